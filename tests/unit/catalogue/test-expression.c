/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/catalogue/expression.h"
#include "app/clock/date.h"

#include <string.h>

/* The language of conditions: what it reads, what it refuses and where, and what comes out. */

static const char *const colours[] = { "red", "green", NULL };

typedef struct
{
  const char *name;
  KouanType type;
  const char *value; /* NULL: not known; "*": anything */
} Fact;

static const Fact facts[] = {
  { "today", KOUAN_TYPE_DATE, "2026-05-03" }, { "entry", KOUAN_TYPE_DATE, "2026-01-31" },
  { "never", KOUAN_TYPE_DATE, NULL },         { "age", KOUAN_TYPE_NUMBER, "42" },
  { "blank", KOUAN_TYPE_NUMBER, NULL },       { "married", KOUAN_TYPE_TRUTH, "yes" },
  { "single", KOUAN_TYPE_TRUTH, "no" },       { "unsaid", KOUAN_TYPE_TRUTH, NULL },
  { "maybe", KOUAN_TYPE_TRUTH, "*" },         { "colour", KOUAN_TYPE_TEXT, "red" },
  { "nation", KOUAN_TYPE_TEXT, "UTO" },       { "some", KOUAN_TYPE_NUMBER, "*" },
};

static const Fact *
find_fact (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (g_str_equal (facts[i].name, name))
      return &facts[i];
  return NULL;
}

static gboolean
find_symbol (const char *name, KouanSymbol *symbol, gpointer data)
{
  const Fact *fact = find_fact (name);

  if (fact == NULL)
    return FALSE;
  symbol->type = fact->type;
  symbol->choices = g_str_equal (name, "colour") ? data : NULL;
  symbol->country = g_str_equal (name, "nation");
  return TRUE;
}

static KouanValue
find_value (const char *name, gpointer data G_GNUC_UNUSED)
{
  const Fact *fact = find_fact (name);
  KouanValue value = { .type = fact->type };

  if (fact->value == NULL)
    return value;
  value.known = TRUE;
  value.any = g_str_equal (fact->value, "*");
  if (value.any)
    return value;
  value.number = g_ascii_strtoll (fact->value, NULL, 10);
  value.truth = g_str_equal (fact->value, "yes");
  value.text = fact->value;
  if (fact->type == KOUAN_TYPE_DATE)
    g_assert_true (kouan_date_parse (fact->value, &value.date));
  return value;
}

static KouanExpression *
parse (const char *text, KouanType type, GError **error)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new ();

  for (guint i = 0; colours[i] != NULL; i++)
    g_ptr_array_add (choices, (gpointer)colours[i]);
  return kouan_expression_parse (text, type, find_symbol, choices, error);
}

static KouanValue
evaluate (const char *text, KouanType type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanExpression) expression = parse (text, type, &error);

  g_test_message ("%s", text);
  g_assert_no_error (error);
  return kouan_expression_evaluate (expression, NULL, find_value, NULL);
}

/* "yes", "no", "unknown", "maybe" */
static const char *
truth_of (const char *text)
{
  KouanValue value = evaluate (text, KOUAN_TYPE_TRUTH);

  g_assert_cmpint (value.type, ==, KOUAN_TYPE_TRUTH);
  g_assert_cmpint (kouan_value_is_true (&value), ==, value.known && !value.any && value.truth);
  if (value.any)
    return "maybe";
  return !value.known ? "unknown" : value.truth ? "yes" : "no";
}

static void
test_truths (void)
{
  static const struct
  {
    const char *text;
    const char *truth;
  } cases[] = {
    { "yes", "yes" },
    { "married and single", "no" },
    { "married or single", "yes" },
    { "no or no and yes or yes", "yes" }, /* "and" before "or" */
    { "not single and married", "yes" },  /* "not" before "and" */
    { "not (single and married)", "yes" },
    { "not not married", "yes" },
    { "married = single", "no" },
    { "colour = 'red'", "yes" },
    { "colour != 'green'", "yes" },
    { "colour in ['green', 'red']", "yes" },
    { "colour not in ['green', 'red']", "no" },
    { "age in [1, 42]", "yes" },
    { "nation in ['D', 'UTO']", "yes" },
    { "age < 42 or age > 42", "no" },
    { "age <= 42 and age >= 42", "yes" },
    { "age + 1 = 43 and age - 50 < 0", "yes" },
    { "entry < today", "yes" },
    { "entry + 1 month = 2026-02-28", "yes" }, /* the 31st becomes the last */
    { "entry + 30 days >= 2026-03-02", "yes" },
    { "today - entry = 92", "yes" },
    { "years (1974-05-04, today) = 51", "yes" },
    { "years (1974-05-03, today) = 52", "yes" },
    { "months (2026-05-15, 2026-06-14) = 0", "yes" },
    { "months (2026-06-14, 2026-05-15) = 0", "yes" },
    { "months (2026-01-31, 2026-02-28) = 1", "yes" },
    { "known (never) or known (entry)", "yes" },
    { "known (unsaid)", "no" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (truth_of (cases[i].text), ==, cases[i].truth);
}

/* Kleene's tables, and what may be. */
static void
test_unknown (void)
{
  static const struct
  {
    const char *text;
    const char *truth;
  } cases[] = {
    { "unsaid", "unknown" },
    { "not unsaid", "unknown" },
    { "unsaid and married", "unknown" },
    { "unsaid and single", "no" },
    { "unsaid or married", "yes" },
    { "unsaid or single", "unknown" },
    { "never < today", "unknown" },
    { "blank + 1 = 1", "unknown" },
    { "blank in [1, 2]", "unknown" },
    { "2026-01-01 + 1000 years + (1000 years + (1000 years + 1000 years + 1000 years + 1000 years "
      "+ 1000 years + 1000 years)) > today",
      "unknown" },
    { "maybe", "maybe" },
    { "not maybe", "maybe" },
    { "maybe and single", "no" },
    { "maybe or married", "yes" },
    { "maybe and unsaid", "maybe" },
    { "some > 3 and married", "maybe" },
    { "known (some)", "maybe" },
    { "some + blank = 3", "maybe" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (truth_of (cases[i].text), ==, cases[i].truth);
}

static void
assert_day (const char *text, const char *day)
{
  KouanValue value = evaluate (text, KOUAN_TYPE_DATE);
  g_autofree char *found = value.known ? kouan_date_to_string (&value.date) : g_strdup ("unknown");

  g_assert_cmpstr (found, ==, day);
}

static void
test_dates (void)
{
  assert_day ("today", "2026-05-03");
  assert_day ("2024-02-29 + 1 year", "2025-02-28");
  assert_day ("2024-02-29 - 4 years", "2020-02-29");
  assert_day ("2026-03-31 - 1 month + 1 day", "2026-03-01");
  assert_day ("2025-12-31 + 1 day", "2026-01-01");
  assert_day ("9999-12-31 + 1 day", "unknown");
  assert_day ("0001-01-01 - 1 day", "unknown");
  assert_day ("0001-01-01 - 1 month", "unknown");
  assert_day ("today + (1 month + 2 days)", "2026-06-05");
  assert_day ("today + 365000 days + 365000 days + 365000 days", "5024-05-06");
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    KouanExpressionError code;
    const char *message; /* part of it */
  } cases[] = {
    { "", KOUAN_EXPRESSION_ERROR_SYNTAX, "at character 1" },
    { "married and", KOUAN_EXPRESSION_ERROR_SYNTAX, "at character 12" },
    { "married single", KOUAN_EXPRESSION_ERROR_SYNTAX, "one too many" },
    { "(married", KOUAN_EXPRESSION_ERROR_SYNTAX, "“)” should stand here" },
    { "age in 3", KOUAN_EXPRESSION_ERROR_SYNTAX, "“[” should stand here" },
    { "age not 3", KOUAN_EXPRESSION_ERROR_SYNTAX, "“in” should stand here" },
    { "colour = 'red", KOUAN_EXPRESSION_ERROR_SYNTAX, "quotation mark" },
    { "age == 3", KOUAN_EXPRESSION_ERROR_SYNTAX, "at character 6" },
    { "age & 3", KOUAN_EXPRESSION_ERROR_SYNTAX, "at character 5" },
    { "AGE = 3", KOUAN_EXPRESSION_ERROR_SYNTAX, "at character 1" },
    { "today = 2026-02-30", KOUAN_EXPRESSION_ERROR_SYNTAX, "no day of the calendar" },
    { "age = 1234567890123456", KOUAN_EXPRESSION_ERROR_SYNTAX, "too many digits" },
    { "height > 3", KOUAN_EXPRESSION_ERROR_NAME, "“height” is neither" },
    { "colour = 'blue'", KOUAN_EXPRESSION_ERROR_NAME,
      "“blue” is not one of the choices of “colour”" },
    { "'blue' = colour", KOUAN_EXPRESSION_ERROR_NAME, "blue" },
    { "colour in ['red', 'blue']", KOUAN_EXPRESSION_ERROR_NAME, "blue" },
    { "nation = 'QQQ'", KOUAN_EXPRESSION_ERROR_NAME, "no country code" },
    { "age = 'red'", KOUAN_EXPRESSION_ERROR_TYPE, "a number cannot be compared with a text" },
    { "age and married", KOUAN_EXPRESSION_ERROR_TYPE,
      "“and” joins conditions, and this is a number" },
    { "married or age", KOUAN_EXPRESSION_ERROR_TYPE, "“or”" },
    { "not age", KOUAN_EXPRESSION_ERROR_TYPE, "“not”" },
    { "today + today = today", KOUAN_EXPRESSION_ERROR_TYPE, "make no sum" },
    { "today + 3 > today", KOUAN_EXPRESSION_ERROR_TYPE, "a date and a number make no sum" },
    { "30 days < 1 month", KOUAN_EXPRESSION_ERROR_TYPE, "no order" },
    { "colour < 'red'", KOUAN_EXPRESSION_ERROR_TYPE, "no order" },
    { "years (age, today) > 3", KOUAN_EXPRESSION_ERROR_TYPE, "dates" },
    { "today", KOUAN_EXPRESSION_ERROR_TYPE, "this is a date and should be yes or no" },
    { "today + 1001 years > today", KOUAN_EXPRESSION_ERROR_LIMIT, "at most" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (cases[i].text, KOUAN_TYPE_TRUTH, &error));
      g_test_message ("%s: %s", cases[i].text, error->message);
      g_assert_error (error, KOUAN_EXPRESSION_ERROR, (int)cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

static char *
repeat (const char *before, const char *middle, const char *after, guint times)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    g_string_append (text, before);
  g_string_append (text, middle);
  for (guint i = 0; i < times; i++)
    g_string_append (text, after);
  return g_string_free (text, FALSE);
}

static void
assert_limit (char *text, gboolean within)
{
  g_autofree char *owned = text;
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanExpression) expression = parse (owned, KOUAN_TYPE_TRUTH, &error);

  g_assert_cmpint (expression != NULL, ==, within);
  if (!within)
    g_assert_error (error, KOUAN_EXPRESSION_ERROR, KOUAN_EXPRESSION_ERROR_LIMIT);
}

static void
test_limits (void)
{
  assert_limit (repeat ("(", "yes", ")", KOUAN_EXPRESSION_DEPTH_MAX), TRUE);
  assert_limit (repeat ("(", "yes", ")", KOUAN_EXPRESSION_DEPTH_MAX + 1), FALSE);
  assert_limit (repeat ("not ", "yes", "", KOUAN_EXPRESSION_DEPTH_MAX + 1), FALSE);
  assert_limit (repeat ("", "yes", " or no", 127), TRUE);
  assert_limit (repeat ("", "yes", " or no", 128), FALSE);
  assert_limit (repeat (" ", "yes", "", KOUAN_EXPRESSION_SIZE_MAX), FALSE);
}

static void
test_names (void)
{
  g_autoptr (KouanExpression) expression
    = parse ("age > 3 and (age < 9 or known (entry))", KOUAN_TYPE_TRUTH, NULL);
  GPtrArray *names = kouan_expression_get_names (expression);

  g_assert_cmpuint (names->len, ==, 2);
  g_assert_cmpstr (names->pdata[0], ==, "age");
  g_assert_cmpstr (names->pdata[1], ==, "entry");
}

/* Words of the language in any order: it reads or refuses, and what it reads has a value. */
static void
test_random (void)
{
  static const char *const words[]
    = { "and",     "or",      "not",        "(",     ")",       "in",      "[",     "]",
        ",",       "=",       "!=",         "<",     ">=",      "+",       "-",     "age",
        "today",   "entry",   "blank",      "maybe", "some",    "colour",  "'red'", "3",
        "30 days", "2 years", "2026-02-28", "yes",   "known (", "years (", "unsaid" };
  g_autoptr (GRand) random = g_rand_new_with_seed (8);
  guint read = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (KouanExpression) expression = NULL;
      g_autoptr (GError) error = NULL;

      for (gint j = g_rand_int_range (random, 1, 9); j > 0; j--)
        g_string_append_printf (text, "%s ",
                                words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
      expression = parse (text->str, KOUAN_TYPE_TRUTH, &error);
      g_assert_true ((expression == NULL) == (error != NULL));
      if (expression == NULL)
        continue;
      read++;
      g_assert_cmpint (kouan_expression_evaluate (expression, NULL, find_value, NULL).type, ==,
                       KOUAN_TYPE_TRUTH);
    }
  g_assert_cmpuint (read, >, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expression/truths", test_truths);
  g_test_add_func ("/expression/unknown", test_unknown);
  g_test_add_func ("/expression/dates", test_dates);
  g_test_add_func ("/expression/refused", test_refused);
  g_test_add_func ("/expression/limits", test_limits);
  g_test_add_func ("/expression/names", test_names);
  g_test_add_func ("/expression/random", test_random);
  return g_test_run ();
}
