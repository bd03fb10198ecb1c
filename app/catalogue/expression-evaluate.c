/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/expression-private.h"

/* The value of an expression. What is not known stays so through every sum and comparison, and
 * "and" and "or" are Kleene's: no and anything is no, yes or anything is yes.
 *
 * Children come before their parents in the array, so one pass from the first node to the last is
 * the whole evaluation: no recursion, as many steps as nodes. Sums that leave the calendar (years 1
 * to 9999) or the range of a number are not known. */

#define LAST_DAY 3652059 /* 9999-12-31, counted as GDate does */
#define NUMBER_MAX G_GINT64_CONSTANT (1000000000000000)

KouanValue
kouan_value_unknown (KouanType type)
{
  KouanValue value = { .type = type };

  return value;
}

gboolean
kouan_value_is_true (const KouanValue *value)
{
  return value->known && !value->any && value->type == KOUAN_TYPE_TRUTH && value->truth;
}

/* While a catalogue is checked: whether some answer makes it true. */
gboolean
kouan_value_may_be_true (const KouanValue *value)
{
  return value->any || kouan_value_is_true (value);
}

static KouanValue
truth (gboolean is_true)
{
  KouanValue value = { .type = KOUAN_TYPE_TRUTH, .known = TRUE, .truth = is_true };

  return value;
}

static KouanValue
number (gint64 count)
{
  KouanValue value = { .type = KOUAN_TYPE_NUMBER, .known = TRUE, .number = count };

  return ABS (count) <= NUMBER_MAX ? value : kouan_value_unknown (KOUAN_TYPE_NUMBER);
}

/* @any stands for "may be", and for what a "may be" is part of. */
static KouanValue
any_of (KouanType type)
{
  KouanValue value = { .type = type, .known = TRUE, .any = TRUE };

  return value;
}

/**
 * kouan_date_shift:
 * @months: may be negative; the 31st becomes the last day of a shorter month
 *
 * Returns: FALSE if that leaves the years 1 to 9999
 */
gboolean
kouan_date_shift (const GDate *date, gint64 months, gint64 days, GDate *shifted)
{
  gint64 month = (gint64)g_date_get_year (date) * 12 + g_date_get_month (date) - 1 + months;
  gint64 year = month >= 0 ? month / 12 : -1;
  gint64 day;
  guint in_month;

  if (year < 1 || year > 9999)
    return FALSE;
  in_month = g_date_get_days_in_month (month % 12 + 1, year);
  g_date_clear (shifted, 1);
  g_date_set_dmy (shifted, MIN (g_date_get_day (date), in_month), month % 12 + 1, year);
  day = (gint64)g_date_get_julian (shifted) + days;
  if (day < 1 || day > LAST_DAY)
    return FALSE;
  g_date_set_julian (shifted, day);
  return TRUE;
}

/* A day and so many working days from it, after its months and calendar days. */
static KouanValue
shift (KouanCalendar *calendar, const KouanValue *date, const KouanValue *span, int sign)
{
  KouanValue value = { .type = KOUAN_TYPE_DATE, .known = TRUE };
  GDate day;

  if (!kouan_date_shift (&date->date, sign * (gint64)span->months, sign * (gint64)span->days, &day)
      || !kouan_calendar_shift (calendar, &day, sign * span->working_days, &value.date,
                                &value.beyond))
    return kouan_value_unknown (KOUAN_TYPE_DATE);
  value.beyond = value.beyond || date->beyond;
  return value;
}

static KouanValue
sum (KouanCalendar *calendar,
     KouanType type,
     const KouanValue *left,
     const KouanValue *right,
     int sign)
{
  KouanValue value = { .type = type, .known = TRUE };

  if (left->type == KOUAN_TYPE_NUMBER)
    return number (left->number + sign * right->number);
  if (left->type == KOUAN_TYPE_SPAN)
    {
      value.months = CLAMP (left->months + sign * right->months, -120000, 120000);
      value.days = CLAMP (left->days + sign * right->days, -3650000, 3650000);
      value.working_days = CLAMP (left->working_days + sign * right->working_days,
                                  -KOUAN_CALENDAR_SHIFT_MAX, KOUAN_CALENDAR_SHIFT_MAX);
      return value;
    }
  if (right->type == KOUAN_TYPE_DATE)
    return number ((gint64)g_date_get_julian (&left->date) - g_date_get_julian (&right->date));
  return shift (calendar, left, right, sign);
}

/* Whole months from one day to another: the 15th of May to the 14th of June is none. */
static gint64
months_between (const GDate *from, const GDate *to)
{
  gint64 months = ((gint64)g_date_get_year (to) - g_date_get_year (from)) * 12
                  + ((gint64)g_date_get_month (to) - g_date_get_month (from));
  GDate shifted;

  if (months > 0 && kouan_date_shift (from, months, 0, &shifted)
      && g_date_compare (&shifted, to) > 0)
    months--;
  else if (months < 0 && kouan_date_shift (from, months, 0, &shifted)
           && g_date_compare (&shifted, to) < 0)
    months++;
  return months;
}

static int
order (const KouanValue *left, const KouanValue *right)
{
  switch (left->type)
    {
    case KOUAN_TYPE_TRUTH:
      return left->truth != right->truth;
    case KOUAN_TYPE_NUMBER:
      return left->number < right->number ? -1 : left->number > right->number;
    case KOUAN_TYPE_TEXT:
      return g_strcmp0 (left->text, right->text);
    default:
      return g_date_compare (&left->date, &right->date);
    }
}

/* Both are there. */
static KouanValue
combine (KouanCalendar *calendar,
         const KouanNode *node,
         const KouanValue *left,
         const KouanValue *right)
{
  switch (node->kind)
    {
    case KOUAN_NODE_EQUAL:
      return truth (order (left, right) == 0);
    case KOUAN_NODE_LESS:
      return truth (order (left, right) < 0);
    case KOUAN_NODE_LESS_EQUAL:
      return truth (order (left, right) <= 0);
    case KOUAN_NODE_ADD:
      return sum (calendar, node->type, left, right, 1);
    case KOUAN_NODE_SUBTRACT:
      return sum (calendar, node->type, left, right, -1);
    case KOUAN_NODE_YEARS:
      return number (months_between (&left->date, &right->date) / 12);
    case KOUAN_NODE_MONTHS:
      return number (months_between (&left->date, &right->date));
    default:
      g_assert_not_reached ();
    }
}

/* One truth decides alone: @decisive is no for "and", yes for "or". */
static KouanValue
join (const KouanValue *left, const KouanValue *right, gboolean decisive)
{
  gboolean left_decides = left->known && !left->any && left->truth == decisive;
  gboolean right_decides = right->known && !right->any && right->truth == decisive;

  if (left_decides || right_decides)
    return truth (decisive);
  if (left->any || right->any)
    return any_of (KOUAN_TYPE_TRUTH);
  if (!left->known || !right->known)
    return kouan_value_unknown (KOUAN_TYPE_TRUTH);
  return truth (!decisive);
}

static KouanValue
evaluate_node (KouanCalendar *calendar,
               const KouanNode *node,
               const KouanValue *values,
               KouanValueFunc lookup,
               gpointer data)
{
  const KouanValue *left = node->left < KOUAN_EXPRESSION_NODES_MAX ? &values[node->left] : NULL;
  const KouanValue *right = node->right < KOUAN_EXPRESSION_NODES_MAX ? &values[node->right] : NULL;
  KouanValue value;

  switch (node->kind)
    {
    case KOUAN_NODE_LITERAL:
      return node->value;
    case KOUAN_NODE_NAME:
      value = lookup (node->name, data);
      g_assert (value.type == node->type);
      return value;
    case KOUAN_NODE_KNOWN:
      return left->any ? any_of (KOUAN_TYPE_TRUTH) : truth (left->known);
    case KOUAN_NODE_NOT:
      if (left->any || !left->known)
        return *left;
      return truth (!left->truth);
    case KOUAN_NODE_IN:
      if (left->any)
        return any_of (KOUAN_TYPE_TRUTH);
      return left->known ? truth (g_hash_table_contains (node->list, left->text))
                         : kouan_value_unknown (KOUAN_TYPE_TRUTH);
    case KOUAN_NODE_AND:
      return join (left, right, FALSE);
    case KOUAN_NODE_OR:
      return join (left, right, TRUE);
    default:
      if (left->any || right->any)
        return any_of (node->type);
      if (!left->known || !right->known)
        return kouan_value_unknown (node->type);
      return combine (calendar, node, left, right);
    }
}

/**
 * kouan_expression_evaluate:
 * @calendar: (nullable): the hall's working days; without it Monday to Friday
 * @values: (scope call): gives the value of a name, of the type that the name was given while
 * parsing
 *
 * Returns: the value, of the type that the expression was parsed for; texts in it live as long as
 * @self and what
 *   @values returned
 */
KouanValue
kouan_expression_evaluate (KouanExpression *self,
                           KouanCalendar *calendar,
                           KouanValueFunc values,
                           gpointer data)
{
  KouanValue results[KOUAN_EXPRESSION_NODES_MAX];
  guint count;

  g_return_val_if_fail (self != NULL && values != NULL, kouan_value_unknown (KOUAN_TYPE_TRUTH));

  count = self->nodes->len;
  for (guint i = 0; i < count; i++)
    results[i]
      = evaluate_node (calendar, &g_array_index (self->nodes, KouanNode, i), results, values, data);
  return results[count - 1];
}
