/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/catalogue/answers.h"
#include "app/catalogue/json.h"
#include "app/catalogue/phrase.h"

#include <string.h>

/* What is kept of a visitor's answers, JSON of unknown origin, and texts in several languages. */

static void
test_answers (void)
{
  g_autoptr (KouanAnswers) answers = kouan_answers_new ();
  g_autoptr (GPtrArray) ids = NULL;

  g_assert_null (kouan_answers_get (answers, "name"));
  kouan_answers_set (answers, "name", "Anna");
  kouan_answers_set (answers, "age", "42");
  kouan_answers_set (answers, "name", "Maria");
  kouan_answers_set (answers, "gone", "x");
  kouan_answers_set (answers, "gone", "");
  g_assert_cmpstr (kouan_answers_get (answers, "name"), ==, "Maria");
  g_assert_null (kouan_answers_get (answers, "gone"));
  ids = kouan_answers_list_ids (answers);
  g_assert_cmpuint (ids->len, ==, 2);
  g_assert_cmpstr (ids->pdata[0], ==, "age");
  kouan_answers_set (answers, "age", NULL);
  g_assert_cmpuint (kouan_answers_get_count (answers), ==, 1);
  kouan_answers_clear (answers);
  g_assert_cmpuint (kouan_answers_get_count (answers), ==, 0);
}

static void
test_answers_json (void)
{
  g_autoptr (KouanAnswers) answers = kouan_answers_new ();
  g_autoptr (KouanAnswers) back = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  kouan_answers_set (answers, "b", "line 1\nline \"2\"");
  kouan_answers_set (answers, "a", "李娜");
  node = kouan_answers_to_json (answers);
  text = json_to_string (node, FALSE);
  g_assert_cmpstr (text, ==, "{\"a\":\"李娜\",\"b\":\"line 1\\nline \\\"2\\\"\"}");
  back = kouan_answers_from_json (node, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kouan_answers_get (back, "b"), ==, "line 1\nline \"2\"");
  g_assert_cmpuint (kouan_answers_get_count (back), ==, 2);
}

static void
assert_no_answers (const char *json)
{
  g_autoptr (JsonNode) node = kouan_json_parse (json, strlen (json), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (node);
  g_assert_null (kouan_answers_from_json (node, &error));
  g_assert_error (error, KOUAN_JSON_ERROR, KOUAN_JSON_ERROR_SYNTAX);
}

static void
test_answers_refused (void)
{
  g_autofree char *large = g_strnfill (KOUAN_ANSWER_SIZE_MAX + 1, 'x');
  g_autofree char *too_large = g_strdup_printf ("{\"a\":\"%s\"}", large);
  g_autoptr (GString) many = g_string_new ("{");

  for (guint i = 0; i <= KOUAN_ANSWERS_MAX; i++)
    g_string_append_printf (many, "%s\"a%u\":\"x\"", i > 0 ? "," : "", i);
  g_string_append_c (many, '}');
  assert_no_answers ("[]");
  assert_no_answers ("{\"a\":1}");
  assert_no_answers ("{\"a\":{}}");
  assert_no_answers ("{\"a\":null}");
  assert_no_answers (too_large);
  assert_no_answers (many->str);
}

static void
assert_json (const char *text, gsize size, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = kouan_json_parse (text, size, &error);

  g_test_message ("%.60s", text);
  g_assert_cmpint (node != NULL, ==, code < 0);
  if (code >= 0)
    g_assert_error (error, KOUAN_JSON_ERROR, code);
}

static void
test_json (void)
{
  g_autofree char *deep = g_strnfill (KOUAN_JSON_DEPTH_MAX + 1, '[');
  g_autofree char *very_deep = g_strnfill (200000, '[');
  static const char hidden[] = "{\"a\":'\"'}";

  assert_json ("{\"a\":[1,-2.5e3,true,null,\"[[[[\\\"[\"]}",
               strlen ("{\"a\":[1,-2.5e3,true,null,\"[[[[\\\"[\"]}"), -1);
  assert_json ("{} trailing", 2, -1); /* no longer than it is told */
  assert_json ("", 0, KOUAN_JSON_ERROR_SYNTAX);
  assert_json ("{", 1, KOUAN_JSON_ERROR_SYNTAX);
  assert_json ("\"\xff\"", 3, KOUAN_JSON_ERROR_SYNTAX);
  assert_json ("{}\0{}", 5, KOUAN_JSON_ERROR_SYNTAX);
  assert_json ("/* c */ {}", 10, KOUAN_JSON_ERROR_SYNTAX);
  assert_json (hidden, strlen (hidden), KOUAN_JSON_ERROR_SYNTAX);
  assert_json (deep, strlen (deep), KOUAN_JSON_ERROR_DEPTH);
  assert_json (very_deep, strlen (very_deep), KOUAN_JSON_ERROR_DEPTH);
}

static void
test_text (void)
{
  g_autoptr (KouanPhrase) text = kouan_phrase_new ();
  g_autoptr (KouanPhrase) other = kouan_phrase_new ();

  g_assert_null (kouan_phrase_get (text, "en"));
  g_assert_null (kouan_phrase_get (NULL, "en"));
  kouan_phrase_add (text, "zh-Hans", "护照");
  kouan_phrase_add (text, "en", "Passport");
  g_assert_cmpstr (kouan_phrase_get (text, "zh-Hans"), ==, "护照");
  g_assert_cmpstr (kouan_phrase_get (text, "zh-Hans-CN"), ==, "护照");
  g_assert_cmpstr (kouan_phrase_get (text, "ZH-hans"), ==, "护照");
  g_assert_cmpstr (kouan_phrase_get (text, "zh-Hant"), ==, "Passport");
  g_assert_cmpstr (kouan_phrase_get (text, "zh-Han"), ==, "Passport");
  g_assert_cmpstr (kouan_phrase_get (text, NULL), ==, "Passport");
  g_assert_true (kouan_phrase_has (text, "en"));
  g_assert_false (kouan_phrase_has (text, "zh"));
  kouan_phrase_add (other, "ru", "Паспорт");
  g_assert_cmpstr (kouan_phrase_get (other, "ko"), ==, "Паспорт");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answers/kept", test_answers);
  g_test_add_func ("/answers/json", test_answers_json);
  g_test_add_func ("/answers/refused", test_answers_refused);
  g_test_add_func ("/json/parse", test_json);
  g_test_add_func ("/phrase/fallback", test_text);
  return g_test_run ();
}
