/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/model.h"

#include "app/language/language.h"

/* A rule and how far it may be trusted. What is neither a law's text nor a government's word, and
 * what is past its review date, is never shown as certain: it is shown with who said so, and the
 * desk is asked. */

KouanRule *
kouan_model_rule_new (void)
{
  KouanRule *self = g_new0 (KouanRule, 1);

  g_date_clear (&self->as_of, 1);
  g_date_clear (&self->review_by, 1);
  return self;
}

void
kouan_model_rule_free (KouanRule *self)
{
  g_clear_pointer (&self->text, kouan_phrase_free);
  g_clear_pointer (&self->source, kouan_phrase_free);
  g_free (self->jurisdiction);
  g_free (self->id);
  g_free (self);
}

const char *
kouan_rule_get_id (KouanRule *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

const char *
kouan_rule_get_text (KouanRule *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->text, language);
}

const char *
kouan_rule_get_source (KouanRule *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->source, language);
}

/* Returns: (transfer none): ISO 3166: "CN", "CN-BJ" */
const char *
kouan_rule_get_jurisdiction (KouanRule *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->jurisdiction;
}

KouanGrade
kouan_rule_get_grade (KouanRule *self)
{
  g_return_val_if_fail (self != NULL, KOUAN_GRADE_UNSURE);

  return self->grade;
}

/* The day on which somebody saw the source say so. */
void
kouan_rule_get_as_of (KouanRule *self, GDate *date)
{
  g_return_if_fail (self != NULL && date != NULL);

  *date = self->as_of;
}

/* The last day on which it counts without being looked at again. */
void
kouan_rule_get_review_by (KouanRule *self, GDate *date)
{
  g_return_if_fail (self != NULL && date != NULL);

  *date = self->review_by;
}

gboolean
kouan_rule_is_due (KouanRule *self, const GDate *today)
{
  g_return_val_if_fail (self != NULL && today != NULL, TRUE);

  return g_date_compare (today, &self->review_by) > 0;
}

gboolean
kouan_rule_is_certain (KouanRule *self, const GDate *today)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->grade <= KOUAN_GRADE_GOVERNMENT && !kouan_rule_is_due (self, today);
}

/* Returns: whether one of them is enough to rely on */
gboolean
kouan_rules_are_certain (GPtrArray *rules, const GDate *today)
{
  for (guint i = 0; i < rules->len; i++)
    if (kouan_rule_is_certain (rules->pdata[i], today))
      return TRUE;
  return FALSE;
}

/* Returns: whether all of them may be relied on: for what says something of each */
gboolean
kouan_rules_are_all_certain (GPtrArray *rules, const GDate *today)
{
  for (guint i = 0; i < rules->len; i++)
    if (!kouan_rule_is_certain (rules->pdata[i], today))
      return FALSE;
  return rules->len > 0;
}

static char *
text_in (const char *language, const char *text)
{
  const KouanLanguage *known = kouan_language_find (language);

  return known != NULL ? kouan_language_text_in (known, text) : g_strdup (text);
}

static char *
date_in (const char *language, const GDate *date)
{
  const KouanLanguage *known = kouan_language_find (language);

  return kouan_language_date (known != NULL ? known : kouan_language_find ("en"),
                              g_date_get_year (date), g_date_get_month (date),
                              g_date_get_day (date));
}

/**
 * kouan_rule_format:
 * @language: BCP 47
 *
 * Returns: (transfer full): the rule, its source and its date in two or three sentences; where it
 * is not certain it says so, why, and that the desk knows
 */
char *
kouan_rule_format (KouanRule *self, const GDate *today, const char *language)
{
  g_autofree char *as_of = NULL;
  g_autofree char *where = NULL;
  g_autofree char *doubt = NULL;
  g_autoptr (GString) source = NULL;

  g_return_val_if_fail (self != NULL && today != NULL && language != NULL, NULL);

  as_of = date_in (language, &self->as_of);
  where = text_in (language, N_ ("Source: {source}, seen on {date}."));
  source = g_string_new (where);
  g_string_replace (source, "{date}", as_of, 1);
  g_string_replace (source, "{source}", kouan_rule_get_source (self, language), 1);
  if (kouan_rule_is_due (self, today))
    doubt = text_in (
      language,
      N_ ("This rule is due to be checked again. Ask at the desk whether it still holds."));
  else if (!kouan_rule_is_certain (self, today))
    doubt = text_in (language,
                     N_ ("We have this from others, not from the authority. Ask at the desk."));
  return g_strjoin ("\n", kouan_rule_get_text (self, language), source->str, doubt, NULL);
}
