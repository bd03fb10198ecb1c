/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-session"

#include "app/catalogue/estimate.h"
#include "app/clock/date.h"
#include "app/record/declaration.h"
#include "app/session/session-private.h"

/* From a visit at the border to the code that an officer reads: the person at the kiosk by the
 * document that was shown, those who travel along by what was typed. */

static guint
digits_of (const GDate *day)
{
  if (!g_date_valid (day))
    return 0;
  return g_date_get_year (day) * 10000u + g_date_get_month (day) * 100u + g_date_get_day (day);
}

static void
add_holder (KouanSession *self, KouanDeclaration *declaration)
{
  g_autoptr (KouanMrz) mrz = kouan_session_get_mrz (self);
  KouanTraveller *holder = &declaration->travellers[declaration->travellers_count];
  KouanContext context;

  if (mrz == NULL)
    return;
  kouan_session_get_context (self, &context);
  g_strlcpy (holder->nationality, mrz->nationality, sizeof holder->nationality);
  g_strlcpy (holder->number, mrz->document_number, sizeof holder->number);
  holder->birth = digits_of (&context.birth_date);
  declaration->travellers_count++;
}

static const char *
answer (KouanSession *self, const char *group, guint turn, const char *part)
{
  g_autofree char *id = g_strdup_printf ("%s_%u_person_%s", group, turn, part);

  return kouan_answers_get (self->visit->answers, id);
}

static void
add_others (KouanSession *self, KouanDeclaration *declaration)
{
  const char *group = kouan_service_get_travellers (self->service);
  const char *number;

  if (group == NULL)
    return;
  for (guint turn = 1; declaration->travellers_count < KOUAN_DECLARATION_TRAVELLERS_MAX
                       && (number = answer (self, group, turn, "passport")) != NULL;
       turn++)
    {
      KouanTraveller *other = &declaration->travellers[declaration->travellers_count++];
      const char *nationality = answer (self, group, turn, "nationality");
      const char *birth = answer (self, group, turn, "birth_date");
      GDate day;

      g_strlcpy (other->number, number, sizeof other->number);
      g_strlcpy (other->nationality, nationality != NULL ? nationality : "",
                 sizeof other->nationality);
      other->birth = birth != NULL && kouan_date_parse (birth, &day) ? digits_of (&day) : 0;
    }
}

static GPtrArray *
declared_answers (KouanSession *self)
{
  GPtrArray *questions = kouan_service_get_declared (self->service);
  GPtrArray *answers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < questions->len; i++)
    {
      const char *value
        = kouan_answers_get (self->visit->answers, kouan_question_get_id (questions->pdata[i]));

      g_ptr_array_add (answers, g_strdup (value != NULL ? value : ""));
    }
  return answers;
}

/**
 * kouan_session_declare:
 *
 * Once the record is committed; answers that were hidden are forgotten by then.
 *
 * Returns: (transfer full) (nullable): the KD1: text; %NULL where the service declares nothing
 */
char *
kouan_session_declare (KouanSession *self)
{
  g_auto (KouanDeclaration) declaration = { 0 };
  KouanOutcome *outcome;
  KouanContext context;

  if (!kouan_service_is_declaration (self->service))
    return NULL;
  kouan_session_get_context (self, &context);
  outcome = kouan_service_outcome (self->service, self->visit->answers, &context);
  declaration.number = g_strdup (self->receipt_number);
  declaration.hall_id = kouan_station_get_hall_id (self->station);
  declaration.service = kouan_service_get_code (self->service);
  declaration.outcome = kouan_outcome_get_code (outcome);
  declaration.time_s = self->receipt_time_s;
  declaration.days = kouan_service_get_declaration_days (self->service);
  declaration.answers = declared_answers (self);
  add_holder (self, &declaration);
  add_others (self, &declaration);
  return kouan_declaration_sign (&declaration, kouan_station_get_signing_key (self->station));
}

/* (nullable) */
static KouanOutcome *
outcome_of (KouanSession *self)
{
  KouanContext context;

  if (self->service == NULL)
    return NULL;
  kouan_session_get_context (self, &context);
  return kouan_service_outcome (self->service, self->visit->answers, &context);
}

/* Whether what is declared leads to an officer, and not straight on. */
gboolean
kouan_session_needs_officer (KouanSession *self)
{
  KouanOutcome *outcome;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), FALSE);

  outcome = outcome_of (self);
  return outcome != NULL && kouan_outcome_needs_officer (outcome);
}

/* Returns: (transfer none) (nullable): what the declaration comes to, in @language */
const char *
kouan_session_get_outcome_name (KouanSession *self, const char *language)
{
  KouanOutcome *outcome;

  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  outcome = outcome_of (self);
  return outcome != NULL ? kouan_outcome_get_name (outcome, language) : NULL;
}

/* Returns: (nullable): the KD1: text of a declaration; only after the record is committed */
const char *
kouan_session_get_declaration_code (KouanSession *self)
{
  g_return_val_if_fail (KOUAN_IS_SESSION (self), NULL);

  return self->declaration_code;
}
