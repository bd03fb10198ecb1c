/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/deadline.h"

#include "app/catalogue/model.h"

#include "app/language/language.h"

/* "Day 27 of 30": calendar days, the day that a deadline runs from not counted. */

KouanDeadline *
kouan_model_deadline_new (void)
{
  KouanDeadline *self = g_new0 (KouanDeadline, 1);

  self->rules = g_ptr_array_new ();
  return self;
}

void
kouan_model_deadline_free (KouanDeadline *self)
{
  g_clear_pointer (&self->name, kouan_phrase_free);
  g_clear_pointer (&self->after, kouan_phrase_free);
  g_clear_pointer (&self->when, kouan_expression_free);
  g_clear_pointer (&self->from, kouan_expression_free);
  g_clear_pointer (&self->last, kouan_expression_free);
  g_ptr_array_unref (self->rules);
  g_free (self->id);
  g_free (self);
}

const char *
kouan_deadline_get_id (KouanDeadline *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

const char *
kouan_deadline_get_name (KouanDeadline *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->name, language);
}

const char *
kouan_deadline_get_after (KouanDeadline *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->after, language);
}

GPtrArray *
kouan_deadline_get_rules (KouanDeadline *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rules;
}

static int
days_between (const GDate *from, const GDate *to)
{
  return (int)((gint64)g_date_get_julian (to) - g_date_get_julian (from));
}

/**
 * kouan_service_deadlines:
 *
 * Returns: (transfer full) (element-type KouanDeadlineState): those that apply and whose days are
 * known, in the order of the file
 */
GArray *
kouan_service_deadlines (KouanService *self, KouanAnswers *answers, const KouanContext *context)
{
  GArray *states = g_array_new (FALSE, TRUE, sizeof (KouanDeadlineState));
  g_auto (KouanEvaluation) evaluation = { 0 };

  g_return_val_if_fail (self != NULL && answers != NULL && context != NULL, states);

  kouan_evaluation_init (&evaluation, self, answers, context);
  for (guint i = 0; i < self->deadlines->len; i++)
    {
      KouanDeadline *deadline = self->deadlines->pdata[i];
      KouanValue from = kouan_evaluation_run (&evaluation, deadline->from);
      KouanValue last = kouan_evaluation_run (&evaluation, deadline->last);
      KouanValue when = { 0 };
      KouanDeadlineState state = { .deadline = deadline };

      if (deadline->when != NULL)
        when = kouan_evaluation_run (&evaluation, deadline->when);
      if (!from.known || !last.known || (deadline->when != NULL && !kouan_value_is_true (&when)))
        continue;
      state.from = from.date;
      state.last = last.date;
      state.days = days_between (&from.date, &last.date);
      state.day = days_between (&from.date, &context->today);
      state.days_left = days_between (&context->today, &last.date);
      state.certain = kouan_rules_are_certain (deadline->rules, &context->today) && !from.beyond
                      && !last.beyond;
      g_array_append_val (states, state);
    }
  return states;
}

static char *
words_in (const KouanLanguage *language, const char *text)
{
  return language != NULL ? kouan_language_text_in (language, text) : g_strdup (text);
}

/* @language: (nullable): English */
static void
put_number (GString *text, const char *place, int number, const KouanLanguage *language)
{
  g_autofree char *western = g_strdup_printf ("%d", number);
  g_autofree char *digits
    = language != NULL ? kouan_language_digits (language, western) : g_strdup (western);

  g_string_replace (text, place, digits, 1);
}

/**
 * kouan_deadline_state_format:
 * @language: BCP 47
 *
 * Returns: (transfer full): "Today is day 27 of 30. The last day is 3 May 2026." Once it has
 * passed, what happens then and what to do. Where it is not certain, it says so.
 */
char *
kouan_deadline_state_format (const KouanDeadlineState *state, const char *language)
{
  const KouanLanguage *known;
  g_autofree char *pattern = NULL;
  g_autofree char *last = NULL;
  g_autofree char *doubt = NULL;
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (state != NULL && language != NULL, NULL);

  known = kouan_language_find (language);
  last = kouan_language_date (known != NULL ? known : kouan_language_find ("en"),
                              g_date_get_year (&state->last), g_date_get_month (&state->last),
                              g_date_get_day (&state->last));
  pattern = words_in (known, state->days_left < 0 ? N_ ("The last day was {date}.")
                             : state->day < 1     ? N_ ("The last day is {date}.")
                                                  : N_ ("Today is day {day} of {days}. The last "
                                                            "day is {date}."));
  text = g_string_new (pattern);
  put_number (text, "{days}", state->days, known);
  put_number (text, "{day}", state->day, known);
  g_string_replace (text, "{date}", last, 1);
  if (state->days_left < 0)
    g_string_append_printf (text, " %s", kouan_deadline_get_after (state->deadline, language));
  if (!state->certain)
    {
      doubt = words_in (known, N_ ("This day is not certain. Ask at the desk."));
      g_string_append_printf (text, " %s", doubt);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
