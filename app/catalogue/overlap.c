/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/reader.h"

/* Two fees of which one person would pay both, though neither is marked to come beside another.
 *
 * Answers are tried, and only what some answers really bring about is reported: choices and
 * yes-or-no questions with each answer and without one, numbers and the person's age just below, at
 * and just above each number that the conditions name. Dates and texts stay unanswered, so an
 * overlap that hangs on them is not seen. */

#define COMBINATIONS_MAX 4000
#define NUMBERS_MAX 16

typedef struct
{
  KouanService *service;
  guint8 *used;
  guint *radix; /* one a question, and one for the age behind them */
  guint *turn;
  guint8 *shown;
  gint64 numbers[NUMBERS_MAX];
  guint n_numbers;
} Search;

static void
add_number (Search *self, gint64 number)
{
  for (guint i = 0; i < self->n_numbers; i++)
    if (self->numbers[i] == number)
      return;
  if (self->n_numbers < NUMBERS_MAX)
    self->numbers[self->n_numbers++] = number;
}

static void
gather (Search *self, KouanExpression *expression)
{
  GPtrArray *names = kouan_expression_get_names (expression);
  g_autoptr (GArray) numbers = kouan_expression_get_numbers (expression);

  for (guint i = 0; i < numbers->len; i++)
    for (gint64 near = -1; near <= 1; near++)
      add_number (self, g_array_index (numbers, gint64, i) + near);
  for (guint i = 0; i < names->len; i++)
    {
      KouanQuestion *question = kouan_service_find_question (self->service, names->pdata[i]);

      if (question == NULL || self->used[question->index])
        continue;
      self->used[question->index] = TRUE;
      if (question->shown_if != NULL)
        gather (self, question->shown_if);
      if (question->times != NULL)
        gather (self, question->times);
    }
}

static guint
answers_of (Search *self, KouanQuestion *question)
{
  switch (question->kind)
    {
    case KOUAN_QUESTION_CHOICE:
      return question->choices->len + 1;
    case KOUAN_QUESTION_YES_NO:
      return 3;
    case KOUAN_QUESTION_NUMBER:
      return self->n_numbers + 1;
    default:
      return 1;
    }
}

static void
choose_radices (Search *self)
{
  guint count = self->service->questions->len;
  guint combinations = self->n_numbers + 1;

  self->radix[count] = self->n_numbers + 1;
  for (guint i = 0; i < count; i++)
    {
      guint answers = self->used[i] ? answers_of (self, self->service->questions->pdata[i]) : 1;

      self->radix[i] = 1;
      if (combinations * answers > COMBINATIONS_MAX)
        continue;
      self->radix[i] = answers;
      combinations *= answers;
    }
}

static KouanValue
number_value (Search *self, guint turn)
{
  KouanValue value = { .type = KOUAN_TYPE_NUMBER };

  value.known = turn > 0;
  value.number = turn > 0 ? self->numbers[turn - 1] : 0;
  return value;
}

static KouanValue
look_up (const char *name, gpointer data)
{
  Search *self = data;
  KouanQuestion *question = kouan_service_find_question (self->service, name);
  KouanSymbol symbol = { 0 };
  KouanValue value = { 0 };
  guint turn;

  kouan_question_symbol (self->service, name, G_MAXUINT, &symbol);
  value.type = symbol.type;
  if (question == NULL)
    return g_str_equal (name, "age")
             ? number_value (self, self->turn[self->service->questions->len])
             : value;
  turn = self->shown[question->index] ? self->turn[question->index] : 0;
  if (question->kind == KOUAN_QUESTION_NUMBER)
    return number_value (self, turn);
  if (turn == 0)
    return value;
  return kouan_answer_value (question, question->kind == KOUAN_QUESTION_CHOICE
                                         ? question->choice_ids->pdata[turn - 1]
                                       : turn == 1 ? "yes"
                                                   : "no");
}

static KouanValue
run (KouanExpression *expression, gpointer data)
{
  return kouan_expression_evaluate (expression, NULL, look_up, data);
}

static gboolean
holds (Search *self, KouanExpression *when)
{
  KouanValue value;

  if (when == NULL)
    return TRUE;
  value = run (when, self);
  return kouan_value_is_true (&value);
}

static gboolean
both_hold (Search *self, KouanFee *first, KouanFee *second)
{
  for (guint i = 0; i < self->service->questions->len; i++)
    if (self->used[i])
      {
        KouanValue shown = kouan_question_shown (self->service->questions->pdata[i], run, self);

        self->shown[i] = kouan_value_is_true (&shown);
      }
  return holds (self, first->when) && holds (self, second->when);
}

static gboolean
next_combination (Search *self)
{
  for (guint i = 0; i <= self->service->questions->len; i++)
    {
      if (++self->turn[i] < self->radix[i])
        return TRUE;
      self->turn[i] = 0;
    }
  return FALSE;
}

/* "period = 1-to-3-years, married = yes": what brings both about */
static char *
describe (Search *self)
{
  GString *text = g_string_new (NULL);
  guint count = self->service->questions->len;

  for (guint i = 0; i < count; i++)
    {
      KouanQuestion *question = self->service->questions->pdata[i];

      if (self->turn[i] == 0 || !self->shown[i])
        continue;
      g_string_append_printf (text, "%s%s = ", text->len > 0 ? ", " : "", question->id);
      if (question->kind == KOUAN_QUESTION_NUMBER)
        g_string_append_printf (text, "%" G_GINT64_FORMAT, self->numbers[self->turn[i] - 1]);
      else if (question->kind == KOUAN_QUESTION_CHOICE)
        g_string_append (text, question->choice_ids->pdata[self->turn[i] - 1]);
      else
        g_string_append (text, self->turn[i] == 1 ? "yes" : "no");
    }
  if (self->turn[count] > 0)
    g_string_append_printf (text, "%sage = %" G_GINT64_FORMAT, text->len > 0 ? ", " : "",
                            self->numbers[self->turn[count] - 1]);
  return g_string_free (text, FALSE);
}

/* Returns: (transfer full) (nullable): the answers with which both are to be paid */
static char *
find_overlap (KouanService *service, KouanFee *first, KouanFee *second)
{
  guint count = service->questions->len + 1;
  g_autofree guint8 *used = g_new0 (guint8, count);
  g_autofree guint8 *shown = g_new0 (guint8, count);
  g_autofree guint *radix = g_new0 (guint, count);
  g_autofree guint *turn = g_new0 (guint, count);
  Search search = { service, used, radix, turn, shown, { 0 }, 0 };

  if (first->when != NULL)
    gather (&search, first->when);
  if (second->when != NULL)
    gather (&search, second->when);
  choose_radices (&search);
  do
    if (both_hold (&search, first, second))
      return describe (&search);
  while (next_combination (&search));
  return NULL;
}

static void
compare_fees (KouanReader *reader, guint first, guint second)
{
  KouanFee *a = reader->service->fees->pdata[first], *b = reader->service->fees->pdata[second];
  g_autofree char *path = g_strdup_printf ("$.fees[%u]", second);
  g_autofree char *answers = NULL;
  g_autofree char *what = NULL;

  if (a->additional || b->additional)
    return;
  answers = find_overlap (reader->service, a, b);
  if (answers == NULL)
    return;
  what = g_strdup_printf ("This fee and “%s” are both to be paid%s%s.", a->id,
                          *answers != '\0' ? " with " : " always", answers);
  kouan_reader_fault (
    reader, path, KOUAN_FAULT_OVERLAP, what,
    "Make their conditions exclude each other, or write “additional”: true in the "
    "one that comes beside others.");
}

void
kouan_check_fees (KouanReader *reader)
{
  for (guint i = 0; i < reader->service->fees->len; i++)
    for (guint j = 0; j < i; j++)
      compare_fees (reader, j, i);
}
