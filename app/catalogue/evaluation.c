/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/model.h"

#include "app/clock/date.h"
#include "app/identity/country.h"

#include <string.h>

/* What the answers of one visit come to. A question that is not shown has no answer, whatever is
 * kept for it; since a condition sees only the questions before it, one pass decides what is shown.
 */

static const struct
{
  const char *name;
  KouanType type;
  gboolean country;
} context_names[] = {
  { "today", KOUAN_TYPE_DATE, FALSE },      { "birth_date", KOUAN_TYPE_DATE, FALSE },
  { "age", KOUAN_TYPE_NUMBER, FALSE },      { "document_expiry", KOUAN_TYPE_DATE, FALSE },
  { "nationality", KOUAN_TYPE_TEXT, TRUE }, { "issuer", KOUAN_TYPE_TEXT, TRUE },
};

/* Returns: FALSE if @name is none that every service has */
gboolean
kouan_context_symbol (const char *name, KouanSymbol *symbol)
{
  for (guint i = 0; i < G_N_ELEMENTS (context_names); i++)
    if (g_str_equal (context_names[i].name, name))
      {
        symbol->type = context_names[i].type;
        symbol->country = context_names[i].country;
        return TRUE;
      }
  return FALSE;
}

static KouanValue
date_value (const GDate *date)
{
  KouanValue value = { .type = KOUAN_TYPE_DATE };

  value.known = g_date_valid (date);
  value.date = *date;
  return value;
}

static KouanValue
country_value (const char *code)
{
  KouanValue value = { .type = KOUAN_TYPE_TEXT, .known = *code != '\0', .text = code };

  return value;
}

/* Whole years on the day; a birthday on the 29th of February is reached on the 28th of a common
 * year, as GDate counts months. */
static KouanValue
age_value (const KouanContext *context)
{
  KouanValue value = { .type = KOUAN_TYPE_NUMBER };
  const GDate *today = &context->today;
  const GDate *birth = &context->birth_date;

  if (!g_date_valid (birth) || g_date_compare (birth, today) > 0)
    return value;
  value.known = TRUE;
  value.number = g_date_get_year (today) - g_date_get_year (birth);
  if (g_date_get_month (today) < g_date_get_month (birth)
      || (g_date_get_month (today) == g_date_get_month (birth)
          && g_date_get_day (today)
               < MIN (g_date_get_day (birth), g_date_get_days_in_month (g_date_get_month (today),
                                                                        g_date_get_year (today)))))
    value.number--;
  return value;
}

static KouanValue
context_value (const KouanContext *context, const char *name)
{
  if (g_str_equal (name, "today"))
    return date_value (&context->today);
  if (g_str_equal (name, "birth_date"))
    return date_value (&context->birth_date);
  if (g_str_equal (name, "document_expiry"))
    return date_value (&context->document_expiry);
  if (g_str_equal (name, "age"))
    return age_value (context);
  return country_value (g_str_equal (name, "nationality") ? context->nationality : context->issuer);
}

static KouanType
type_of (KouanQuestionKind kind)
{
  switch (kind)
    {
    case KOUAN_QUESTION_DATE:
      return KOUAN_TYPE_DATE;
    case KOUAN_QUESTION_NUMBER:
      return KOUAN_TYPE_NUMBER;
    case KOUAN_QUESTION_YES_NO:
      return KOUAN_TYPE_TRUTH;
    default:
      return KOUAN_TYPE_TEXT;
    }
}

/* "42", "-7": at most fifteen digits. */
gboolean
kouan_number_parse (const char *text, gint64 *number)
{
  const char *digits = *text == '-' ? text + 1 : text;
  gsize size = strspn (digits, "0123456789");

  if (size == 0 || size > 15 || digits[size] != '\0')
    return FALSE;
  *number = g_ascii_strtoll (text, NULL, 10);
  return TRUE;
}

/**
 * kouan_answer_value:
 * @answer: (nullable)
 *
 * Returns: what an answer is to an expression; not known if there is none, or it does not read
 */
KouanValue
kouan_answer_value (KouanQuestion *question, const char *answer)
{
  KouanValue value = { .type = type_of (question->kind) };

  if (answer == NULL)
    return value;
  switch (value.type)
    {
    case KOUAN_TYPE_DATE:
      value.known = kouan_date_parse (answer, &value.date);
      break;
    case KOUAN_TYPE_NUMBER:
      value.known = kouan_number_parse (answer, &value.number);
      break;
    case KOUAN_TYPE_TRUTH:
      value.truth = g_str_equal (answer, "yes");
      value.known = value.truth || g_str_equal (answer, "no");
      break;
    default:
      value.known
        = question->kind == KOUAN_QUESTION_COUNTRY ? kouan_country_find (answer) != NULL
          : question->kind == KOUAN_QUESTION_CHOICE
            ? g_ptr_array_find_with_equal_func (question->choice_ids, answer, g_str_equal, NULL)
            : TRUE;
      value.text = answer;
    }
  return value;
}

/* What a name of an expression stands for in this service, as far as the question @before. */
gboolean
kouan_question_symbol (KouanService *service, const char *name, guint before, KouanSymbol *symbol)
{
  KouanQuestion *question = kouan_service_find_question (service, name);

  if (question == NULL || question->index >= before)
    return kouan_context_symbol (name, symbol);
  symbol->type = type_of (question->kind);
  symbol->choices = question->kind == KOUAN_QUESTION_CHOICE ? question->choice_ids : NULL;
  symbol->country = question->kind == KOUAN_QUESTION_COUNTRY;
  symbol->stands_for = question->id;
  return TRUE;
}

/**
 * kouan_question_shown:
 * @run: (scope call)
 *
 * Returns: whether it is asked: one of several only as far as there are so many
 */
KouanValue
kouan_question_shown (KouanQuestion *self, KouanRunFunc run, gpointer data)
{
  KouanValue shown = { .type = KOUAN_TYPE_TRUTH, .known = TRUE, .truth = TRUE };
  KouanValue times;

  if (self->times != NULL)
    {
      times = run (self->times, data);
      shown.known = times.known;
      shown.any = times.any;
      shown.truth = times.number >= self->turn;
    }
  if (self->shown_if == NULL || (!shown.any && !kouan_value_is_true (&shown)))
    return shown;
  times = shown;
  shown = run (self->shown_if, data);
  shown.any = shown.any || (times.any && kouan_value_is_true (&shown));
  return shown;
}

static KouanValue
run_for_shown (KouanExpression *expression, gpointer data)
{
  return kouan_evaluation_run (data, expression);
}

static KouanValue
look_up (const char *name, gpointer data)
{
  KouanEvaluation *self = data;
  KouanQuestion *question = kouan_service_find_question (self->service, name);

  if (question == NULL)
    return context_value (self->context, name);
  return kouan_answer_value (
    question, self->visible[question->index] ? kouan_answers_get (self->answers, name) : NULL);
}

void
kouan_evaluation_init (KouanEvaluation *self,
                       KouanService *service,
                       KouanAnswers *answers,
                       const KouanContext *context)
{
  self->service = service;
  self->answers = answers;
  self->context = context;
  self->visible = g_new0 (guint8, service->questions->len + 1);
  for (guint i = 0; i < service->questions->len; i++)
    {
      KouanQuestion *question = service->questions->pdata[i];
      KouanValue shown = kouan_question_shown (question, run_for_shown, self);

      self->visible[i] = kouan_value_is_true (&shown);
    }
}

void
kouan_evaluation_clear (KouanEvaluation *self)
{
  g_clear_pointer (&self->visible, g_free);
}

/* Texts in the value are the answers' and the context's. */
KouanValue
kouan_evaluation_run (KouanEvaluation *self, KouanExpression *expression)
{
  return kouan_expression_evaluate (expression, self->context->calendar, look_up, self);
}

/* @when: (nullable): always */
gboolean
kouan_evaluation_holds (KouanEvaluation *self, KouanExpression *when)
{
  KouanValue value;

  if (when == NULL)
    return TRUE;
  value = kouan_evaluation_run (self, when);
  return kouan_value_is_true (&value);
}

/**
 * kouan_service_visible_questions:
 *
 * Returns: (transfer container) (element-type KouanQuestion): what is asked, given these answers,
 * in order
 */
GPtrArray *
kouan_service_visible_questions (KouanService *self,
                                 KouanAnswers *answers,
                                 const KouanContext *context)
{
  GPtrArray *questions = g_ptr_array_new ();
  g_auto (KouanEvaluation) evaluation = { 0 };

  g_return_val_if_fail (self != NULL && answers != NULL && context != NULL, questions);

  kouan_evaluation_init (&evaluation, self, answers, context);
  for (guint i = 0; i < self->questions->len; i++)
    if (evaluation.visible[i])
      g_ptr_array_add (questions, self->questions->pdata[i]);
  return questions;
}

/* Returns: (transfer full): of the answers those that the next person of a group has too */
KouanAnswers *
kouan_service_shared_answers (KouanService *self, KouanAnswers *answers)
{
  KouanAnswers *shared = kouan_answers_new ();

  g_return_val_if_fail (self != NULL && answers != NULL, shared);

  for (guint i = 0; i < self->questions->len; i++)
    {
      KouanQuestion *question = self->questions->pdata[i];

      if (question->shared)
        kouan_answers_set (shared, question->id, kouan_answers_get (answers, question->id));
    }
  return shared;
}

/* Takes out what was answered and is not asked any more: a record holds nothing that nobody asked
 * for. */
void
kouan_service_forget_hidden (KouanService *self, KouanAnswers *answers, const KouanContext *context)
{
  g_auto (KouanEvaluation) evaluation = { 0 };
  g_autoptr (GPtrArray) ids = NULL;

  g_return_if_fail (self != NULL && answers != NULL && context != NULL);

  kouan_evaluation_init (&evaluation, self, answers, context);
  ids = kouan_answers_list_ids (answers);
  for (guint i = 0; i < ids->len; i++)
    {
      KouanQuestion *question = kouan_service_find_question (self, ids->pdata[i]);

      if (question == NULL || !evaluation.visible[question->index])
        kouan_answers_set (answers, ids->pdata[i], NULL);
    }
}

/**
 * kouan_service_unmet:
 *
 * Returns: (transfer container) (element-type KouanEligibility): what speaks against using this
 * service. A condition that nobody can tell yet does not: the kiosk never decides, it says what it
 * knows.
 */
GPtrArray *
kouan_service_unmet (KouanService *self, KouanAnswers *answers, const KouanContext *context)
{
  GPtrArray *unmet = g_ptr_array_new ();
  g_auto (KouanEvaluation) evaluation = { 0 };

  g_return_val_if_fail (self != NULL && answers != NULL && context != NULL, unmet);

  kouan_evaluation_init (&evaluation, self, answers, context);
  for (guint i = 0; i < self->eligibility->len; i++)
    {
      KouanEligibility *eligibility = self->eligibility->pdata[i];
      KouanValue met = kouan_evaluation_run (&evaluation, eligibility->when);

      if (met.known && !met.truth)
        g_ptr_array_add (unmet, eligibility);
    }
  return unmet;
}

/* Returns: (transfer container) (element-type KouanFee): what is to be paid, as far as the answers
 * say */
GPtrArray *
kouan_service_fees (KouanService *self, KouanAnswers *answers, const KouanContext *context)
{
  GPtrArray *fees = g_ptr_array_new ();
  g_auto (KouanEvaluation) evaluation = { 0 };

  g_return_val_if_fail (self != NULL && answers != NULL && context != NULL, fees);

  kouan_evaluation_init (&evaluation, self, answers, context);
  for (guint i = 0; i < self->fees->len; i++)
    {
      KouanFee *fee = self->fees->pdata[i];

      if (kouan_evaluation_holds (&evaluation, fee->when))
        g_ptr_array_add (fees, fee);
    }
  return fees;
}

/* Adds what of @rules is not certain, each rule once. */
static void
add_doubtful (GPtrArray *doubtful, GPtrArray *rules, const GDate *today)
{
  for (guint i = 0; i < rules->len; i++)
    if (!kouan_rule_is_certain (rules->pdata[i], today)
        && !g_ptr_array_find (doubtful, rules->pdata[i], NULL))
      g_ptr_array_add (doubtful, rules->pdata[i]);
}

/* Of a paper that is asked for: the rules that ask, and those by which it is confirmed. */
static void
add_doubtful_document (GPtrArray *doubtful,
                       KouanDocumentItem *document,
                       KouanEvaluation *evaluation)
{
  if (!kouan_evaluation_holds (evaluation, document->needed_if))
    return;
  add_doubtful (doubtful, document->rules, &evaluation->context->today);
  for (guint i = 0; i < document->authentication->len; i++)
    {
      KouanAuthentication *authentication = document->authentication->pdata[i];

      if (!kouan_evaluation_holds (evaluation, authentication->when))
        continue;
      add_doubtful (doubtful, authentication->rules, &evaluation->context->today);
      return;
    }
}

/**
 * kouan_service_desk_rules:
 *
 * Returns: (transfer container) (element-type KouanRule): rules behind what these answers come to
 * that are past their review date or below a government's word: the visitor is sent to the desk
 * about them
 */
GPtrArray *
kouan_service_desk_rules (KouanService *self, KouanAnswers *answers, const KouanContext *context)
{
  GPtrArray *doubtful = g_ptr_array_new ();
  g_auto (KouanEvaluation) evaluation = { 0 };

  g_return_val_if_fail (self != NULL && answers != NULL && context != NULL, doubtful);

  kouan_evaluation_init (&evaluation, self, answers, context);
  for (guint i = 0; i < self->questions->len; i++)
    if (evaluation.visible[i])
      add_doubtful (doubtful, ((KouanQuestion *)self->questions->pdata[i])->rules, &context->today);
  for (guint i = 0; i < self->documents->len; i++)
    add_doubtful_document (doubtful, self->documents->pdata[i], &evaluation);
  for (guint i = 0; i < self->fees->len; i++)
    if (kouan_evaluation_holds (&evaluation, ((KouanFee *)self->fees->pdata[i])->when))
      add_doubtful (doubtful, ((KouanFee *)self->fees->pdata[i])->rules, &context->today);
  for (guint i = 0; i < self->deadlines->len; i++)
    if (kouan_evaluation_holds (&evaluation, ((KouanDeadline *)self->deadlines->pdata[i])->when))
      add_doubtful (doubtful, ((KouanDeadline *)self->deadlines->pdata[i])->rules, &context->today);
  for (guint i = 0; i < self->eligibility->len; i++)
    add_doubtful (doubtful, ((KouanEligibility *)self->eligibility->pdata[i])->rules,
                  &context->today);
  for (guint i = 0; i < self->estimates->len; i++)
    add_doubtful (doubtful, ((KouanEstimate *)self->estimates->pdata[i])->rules, &context->today);
  return doubtful;
}
