/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/reader.h"

/* Whether some answers make a condition true: for a question that nobody would ever see and a
 * document that nobody would ever be asked for.
 *
 * Choices and yes-or-no questions are tried with each of their answers and without one, all
 * combinations of those that the condition hangs on, directly or through what shows them. Dates,
 * numbers, texts and what the document says may be anything, and so may be every comparison that
 * they are part of. That errs on one side only: what is reported as impossible is. */

#define COMBINATIONS_MAX 2000

typedef struct
{
  KouanService *service;
  guint8 *used; /* one a question: the condition hangs on it */
  guint *radix; /* answers to try, the missing one included; 0: it may be anything */
  guint *turn;  /* which one now; 0 is the missing one */
  guint8 *shown;
} Search;

static void
mark_used (Search *self, KouanExpression *expression)
{
  GPtrArray *names = kouan_expression_get_names (expression);

  for (guint i = 0; i < names->len; i++)
    {
      KouanQuestion *question = kouan_service_find_question (self->service, names->pdata[i]);

      if (question == NULL || self->used[question->index])
        continue;
      self->used[question->index] = TRUE;
      if (question->shown_if != NULL)
        mark_used (self, question->shown_if);
      if (question->times != NULL)
        mark_used (self, question->times);
    }
}

static guint
answers_of (KouanQuestion *question)
{
  if (question->kind == KOUAN_QUESTION_CHOICE)
    return question->choices->len + 1;
  return question->kind == KOUAN_QUESTION_YES_NO ? 3 : 0;
}

static void
choose_radices (Search *self)
{
  guint combinations = 1;

  for (guint i = 0; i < self->service->questions->len; i++)
    {
      guint answers = answers_of (self->service->questions->pdata[i]);

      if (!self->used[i] || answers == 0 || combinations * answers > COMBINATIONS_MAX)
        continue;
      self->radix[i] = answers;
      combinations *= answers;
    }
}

static KouanValue
look_up (const char *name, gpointer data)
{
  Search *self = data;
  KouanQuestion *question = kouan_service_find_question (self->service, name);
  KouanSymbol symbol = { 0 };
  KouanValue value = { .known = TRUE, .any = TRUE };
  const char *answer = NULL;

  kouan_question_symbol (self->service, name, G_MAXUINT, &symbol);
  value.type = symbol.type;
  if (question == NULL || (self->shown[question->index] && self->radix[question->index] == 0))
    return value;
  if (self->shown[question->index] && self->turn[question->index] > 0)
    {
      if (question->kind == KOUAN_QUESTION_YES_NO)
        answer = self->turn[question->index] == 1 ? "yes" : "no";
      else
        answer = question->choice_ids->pdata[self->turn[question->index] - 1];
    }
  return kouan_answer_value (question, answer);
}

static gboolean
may_be_true (Search *self, KouanExpression *expression)
{
  KouanValue value = kouan_expression_evaluate (expression, NULL, look_up, self);

  return kouan_value_may_be_true (&value);
}

static KouanValue
run_for_shown (KouanExpression *expression, gpointer data)
{
  return kouan_expression_evaluate (expression, NULL, look_up, data);
}

static gboolean
may_be_shown (Search *self, KouanQuestion *question)
{
  KouanValue shown = kouan_question_shown (question, run_for_shown, self);

  return kouan_value_may_be_true (&shown);
}

static gboolean
try_combination (Search *self, KouanExpression *expression)
{
  for (guint i = 0; i < self->service->questions->len; i++)
    {
      KouanQuestion *question = self->service->questions->pdata[i];

      if (self->used[i])
        self->shown[i] = may_be_shown (self, question);
    }
  return may_be_true (self, expression);
}

static gboolean
next_combination (Search *self)
{
  for (guint i = 0; i < self->service->questions->len; i++)
    {
      if (self->radix[i] == 0)
        continue;
      if (++self->turn[i] < self->radix[i])
        return TRUE;
      self->turn[i] = 0;
    }
  return FALSE;
}

/* Returns: FALSE only if no answers to the questions make @expression true */
gboolean
kouan_is_possible (KouanService *service, KouanExpression *expression)
{
  guint count = service->questions->len + 1;
  g_autofree guint8 *used = g_new0 (guint8, count);
  g_autofree guint8 *shown = g_new0 (guint8, count);
  g_autofree guint *radix = g_new0 (guint, count);
  g_autofree guint *turn = g_new0 (guint, count);
  Search search = { service, used, radix, turn, shown };

  mark_used (&search, expression);
  choose_radices (&search);
  do
    if (try_combination (&search, expression))
      return TRUE;
  while (next_combination (&search));
  return FALSE;
}
