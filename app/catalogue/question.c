/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/model.h"
#include "app/catalogue/pattern.h"
#include "app/clock/date.h"
#include "app/identity/country.h"
#include "app/language/language.h"

#include <string.h>

/* A question and what may be answered. Every refusal is one sentence that says what to do. */

#define ADDRESS_LINES_MAX 4

KouanChoice *
kouan_model_choice_new (void)
{
  return g_new0 (KouanChoice, 1);
}

void
kouan_model_choice_free (KouanChoice *self)
{
  g_clear_pointer (&self->label, kouan_phrase_free);
  g_free (self->id);
  g_free (self);
}

const char *
kouan_choice_get_id (KouanChoice *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

const char *
kouan_choice_get_label (KouanChoice *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->label, language);
}

KouanQuestion *
kouan_model_question_new (void)
{
  KouanQuestion *self = g_new0 (KouanQuestion, 1);

  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_model_choice_free);
  self->choice_ids = g_ptr_array_new ();
  self->rules = g_ptr_array_new ();
  return self;
}

void
kouan_model_question_free (KouanQuestion *self)
{
  g_clear_pointer (&self->label, kouan_phrase_free);
  g_clear_pointer (&self->hint, kouan_phrase_free);
  g_clear_pointer (&self->range_problem, kouan_phrase_free);
  g_clear_pointer (&self->minimum, kouan_expression_free);
  g_clear_pointer (&self->maximum, kouan_expression_free);
  g_clear_pointer (&self->shown_if, kouan_expression_free);
  g_clear_pointer (&self->times, kouan_expression_free);
  g_ptr_array_unref (self->choice_ids);
  g_ptr_array_unref (self->choices);
  g_ptr_array_unref (self->rules);
  g_free (self->path);
  g_free (self->id);
  g_free (self);
}

const char *
kouan_question_get_id (KouanQuestion *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

KouanQuestionKind
kouan_question_get_kind (KouanQuestion *self)
{
  g_return_val_if_fail (self != NULL, KOUAN_QUESTION_TEXT);

  return self->kind;
}

KouanPattern
kouan_question_get_pattern (KouanQuestion *self)
{
  g_return_val_if_fail (self != NULL, KOUAN_PATTERN_ANY);

  return self->pattern;
}

gboolean
kouan_question_is_required (KouanQuestion *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->required;
}

/* Whether a family, or an employer's people, have one answer to it. */
gboolean
kouan_question_is_shared (KouanQuestion *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->shared;
}

guint
kouan_question_get_max_length (KouanQuestion *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->max_length;
}

/* Returns: (transfer none): the heading that it stands under */
const char *
kouan_question_get_section (KouanQuestion *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->section, language);
}

const char *
kouan_question_get_label (KouanQuestion *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->label, language);
}

const char *
kouan_question_get_hint (KouanQuestion *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_phrase_get (self->hint, language);
}

GPtrArray *
kouan_question_get_choices (KouanQuestion *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->choices;
}

GPtrArray *
kouan_question_get_rules (KouanQuestion *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rules;
}

static gboolean
is_blank (const char *value)
{
  for (const char *p = value != NULL ? value : ""; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static char *
empty_problem (KouanQuestion *self)
{
  switch (self->kind)
    {
    case KOUAN_QUESTION_CHOICE:
      return g_strdup (_ ("Choose one of the answers."));
    case KOUAN_QUESTION_YES_NO:
      return g_strdup (_ ("Choose yes or no."));
    case KOUAN_QUESTION_DATE:
      return g_strdup (_ ("Give the day, the month and the year."));
    case KOUAN_QUESTION_COUNTRY:
      return g_strdup (_ ("Type how the name begins, and choose one."));
    default:
      return g_strdup (_ ("Type an answer to go on."));
    }
}

static guint
count_lines (const char *value)
{
  guint lines = 1;

  for (const char *p = value; *p != '\0'; p++)
    lines += *p == '\n';
  return lines;
}

static gboolean
has_control (const char *value)
{
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)) && *p != '\n')
      return TRUE;
  return FALSE;
}

/* Returns: (nullable): what to do */
static char *
text_problem (KouanQuestion *self, const char *value)
{
  glong length = g_utf8_strlen (value, -1);
  const char *problem;

  if (has_control (value) || (self->kind == KOUAN_QUESTION_TEXT && strchr (value, '\n') != NULL))
    return g_strdup (_ ("There is a character in it that we can't keep. Type it once more."));
  if (length > (glong)self->max_length)
    return g_strdup_printf (
      ngettext ("Shorten it to %u character.", "Shorten it to %u characters.", self->max_length),
      self->max_length);
  if (length < (glong)self->min_length)
    return g_strdup_printf (
      ngettext ("Type at least %u character.", "Type at least %u characters.", self->min_length),
      self->min_length);
  if (self->kind == KOUAN_QUESTION_ADDRESS && count_lines (value) > ADDRESS_LINES_MAX)
    return g_strdup_printf (_ ("Write the address in at most %d lines."), ADDRESS_LINES_MAX);
  problem = kouan_pattern_problem (self->pattern, value);
  return g_strdup (problem);
}

static int
compare_values (const KouanValue *a, const KouanValue *b)
{
  if (a->type == KOUAN_TYPE_DATE)
    return g_date_compare (&a->date, &b->date);
  return a->number < b->number ? -1 : a->number > b->number;
}

static char *
format_limit (const KouanValue *limit)
{
  if (limit->type == KOUAN_TYPE_DATE)
    return kouan_language_date (kouan_language_current (), g_date_get_year (&limit->date),
                                g_date_get_month (&limit->date), g_date_get_day (&limit->date));
  return g_strdup_printf ("%" G_GINT64_FORMAT, limit->number);
}

/* @side: below 0 where the value is too small. */
static char *
range_sentence (KouanQuestion *self, int side, const KouanValue *limit)
{
  g_autofree char *text = format_limit (limit);

  if (self->range_problem != NULL)
    return g_strdup (kouan_phrase_get (self->range_problem, kouan_language_current ()->code));
  if (limit->type == KOUAN_TYPE_DATE)
    return side < 0 ? g_strdup_printf (_ ("Give a day that is not before %s."), text)
                    : g_strdup_printf (_ ("Give a day that is not after %s."), text);
  return side < 0 ? g_strdup_printf (_ ("Type a number that is not below %s."), text)
                  : g_strdup_printf (_ ("Type a number that is not above %s."), text);
}

static char *
range_problem (KouanQuestion *self,
               const KouanValue *value,
               KouanAnswers *answers,
               const KouanContext *context)
{
  g_auto (KouanEvaluation) evaluation = { 0 };

  kouan_evaluation_init (&evaluation, self->service, answers, context);
  for (int side = -1; side <= 1; side += 2)
    {
      KouanExpression *expression = side < 0 ? self->minimum : self->maximum;
      KouanValue limit = { 0 };

      if (expression != NULL)
        limit = kouan_evaluation_run (&evaluation, expression);
      if (limit.known && compare_values (value, &limit) * side > 0)
        return range_sentence (self, side, &limit);
    }
  return NULL;
}

static char *
value_problem (KouanQuestion *self,
               const char *text,
               KouanAnswers *answers,
               const KouanContext *context)
{
  KouanValue value = kouan_answer_value (self, text);

  if (value.known)
    return self->kind == KOUAN_QUESTION_DATE || self->kind == KOUAN_QUESTION_NUMBER
             ? range_problem (self, &value, answers, context)
             : NULL;
  if (self->kind == KOUAN_QUESTION_DATE)
    return g_strdup (_ ("The calendar has no such day. Check the day and the month."));
  if (self->kind == KOUAN_QUESTION_NUMBER)
    return g_strdup (_ ("Type a whole number, in digits."));
  return empty_problem (self);
}

/**
 * kouan_question_validate:
 * @value: (nullable): what was answered, as KouanAnswers has it
 * @answers: the others, on which limits may hang
 * @problem: (out) (optional) (transfer full) (nullable): what to do, in the language of the screen
 *
 * Returns: whether the answer can stay
 */
gboolean
kouan_question_validate (KouanQuestion *self,
                         const char *value,
                         KouanAnswers *answers,
                         const KouanContext *context,
                         char **problem)
{
  g_autofree char *found = NULL;
  gboolean fits;

  g_return_val_if_fail (self != NULL && answers != NULL && context != NULL, FALSE);

  if (value != NULL
      && (!g_utf8_validate (value, -1, NULL) || strlen (value) > KOUAN_ANSWER_SIZE_MAX))
    found = g_strdup (_ ("This is too long to keep. Shorten it."));
  else if (is_blank (value))
    found = self->required ? empty_problem (self) : NULL;
  else if (self->kind == KOUAN_QUESTION_TEXT || self->kind == KOUAN_QUESTION_ADDRESS)
    found = text_problem (self, value);
  else
    found = value_problem (self, value, answers, context);
  fits = found == NULL;
  if (problem != NULL)
    *problem = g_steal_pointer (&found);
  return fits;
}

/**
 * kouan_question_format_answer:
 * @value: as KouanAnswers has it
 * @language: BCP 47
 *
 * Returns: (transfer full): as people write it: the choice's words, the day in letters
 */
char *
kouan_question_format_answer (KouanQuestion *self, const char *value, const char *language)
{
  const KouanLanguage *known = kouan_language_find (language);
  KouanValue parsed;

  g_return_val_if_fail (self != NULL && value != NULL && language != NULL, NULL);

  parsed = kouan_answer_value (self, value);
  if (!parsed.known)
    return g_strdup (value);
  if (known == NULL)
    known = kouan_language_find ("en");
  switch (self->kind)
    {
    case KOUAN_QUESTION_DATE:
      return kouan_language_date (known, g_date_get_year (&parsed.date),
                                  g_date_get_month (&parsed.date), g_date_get_day (&parsed.date));
    case KOUAN_QUESTION_YES_NO:
      return kouan_language_text_in (known, parsed.truth ? N_ ("Yes") : N_ ("No"));
    case KOUAN_QUESTION_COUNTRY:
      return kouan_language_country (known, kouan_country_find (value)->name);
    case KOUAN_QUESTION_CHOICE:
      for (guint i = 0; i < self->choices->len; i++)
        if (g_str_equal (kouan_choice_get_id (self->choices->pdata[i]), value))
          return g_strdup (kouan_choice_get_label (self->choices->pdata[i], language));
      return g_strdup (value);
    default:
      return g_strdup (value);
    }
}
