/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/catalogue/check.h"
#include "app/catalogue/pattern.h"
#include "tests/testlib/fixture.h"
#include "tests/unit/catalogue/sample.h"

#include <glib/gstdio.h>
#include <string.h>

/* Each fault that an author can make, with the place where it is told. */

static const struct
{
  const char *from;
  const char *to;
  KouanFaultKind kind;
  const char *path;
} cases[] = {
  { "\"format\": 1", "\"format\": 2", KOUAN_FAULT_VALUE, "$.format" },
  { "\"code\": 900", "\"code\": 0", KOUAN_FAULT_VALUE, "$.code" },
  { "\"id\": \"sample\"", "\"id\": \"Sample\"", KOUAN_FAULT_VALUE, "$.id" },
  { "\"audience\": { \"en\": \"For nobody.\", \"zh-Hans\": \"不对外。\" },", "", KOUAN_FAULT_SHAPE,
    "$.audience" },
  { "\"en\": \"For nobody.\", ", "", KOUAN_FAULT_LANGUAGE, "$.audience.en" },
  { "\"en\": \"For nobody.\"", "\"en\": \"\"", KOUAN_FAULT_SHAPE, "$.audience.en" },
  { "\"en\": \"For nobody.\"", "\"en\": \"x\", \"fr\": \"y\"", KOUAN_FAULT_SHAPE, "$.audience.fr" },
  { "[\"service\", \"overseas\"]", "[\"airport\"]", KOUAN_FAULT_VALUE, "$.profiles" },
  { "[\"service\", \"overseas\"]", "[]", KOUAN_FAULT_SHAPE, "$.profiles" },
  { "[\"service\", \"overseas\"]", "[1]", KOUAN_FAULT_SHAPE, "$.profiles[0]" },
  { "[\"service\", \"overseas\"]", "\"service\"", KOUAN_FAULT_SHAPE, "$.profiles" },
  { "[\"en\", \"zh-Hans\"]", "[\"en\", \"zh-Hans\", \"EN\"]", KOUAN_FAULT_DUPLICATE,
    "$.languages" },
  { "\"source\": { \"en\": \"Act 1\", \"zh-Hans\": \"第一号法\" },", "", KOUAN_FAULT_RULE,
    "$.rules[0].source" },
  { "\"as_of\": \"2026-01-01\"", "\"as_of\": \"2026-13-01\"", KOUAN_FAULT_VALUE,
    "$.rules[0].as_of" },
  { "\"review_by\": \"2027-01-01\"", "\"review_by\": \"2025-01-01\"", KOUAN_FAULT_VALUE,
    "$.rules[0].review_by" },
  { "\"grade\": \"law\"", "\"grade\": \"lore\"", KOUAN_FAULT_VALUE, "$.rules[0].grade" },
  { "\"id\": \"rumour\"", "\"id\": \"law\"", KOUAN_FAULT_DUPLICATE, "$.rules[1].id" },
  { "\"id\": \"born\"", "\"id\": \"name\"", KOUAN_FAULT_DUPLICATE, "$.questions[1].id" },
  { "\"id\": \"born\"", "\"id\": \"be-born\"", KOUAN_FAULT_VALUE, "$.questions[1].id" },
  { "\"id\": \"born\"", "\"id\": \"today\"", KOUAN_FAULT_VALUE, "$.questions[1].id" },
  { "\"id\": \"born\"", "\"id\": \"4th\"", KOUAN_FAULT_VALUE, "$.questions[1].id" },
  { "\"kind\": \"date\"", "\"kind\": \"day\"", KOUAN_FAULT_VALUE, "$.questions[1].kind" },
  { "\"section\": \"main\"", "\"section\": \"none\"", KOUAN_FAULT_REFERENCE,
    "$.questions[0].section" },
  { "\"pattern\": \"name\"", "\"pattern\": \"^a$\"", KOUAN_FAULT_VALUE, "$.questions[0].pattern" },
  { "\"pattern\": \"name\"", "\"pttern\": \"name\"", KOUAN_FAULT_SHAPE, "$.questions[0].pttern" },
  { "\"min_length\": 2", "\"min_length\": 11", KOUAN_FAULT_VALUE, "$.questions[0].min_length" },
  { "\"min_length\": 2", "\"min\": \"2\"", KOUAN_FAULT_SHAPE, "$.questions[0].min" },
  { "\"min\": \"1\"", "\"pattern\": \"digits\"", KOUAN_FAULT_SHAPE, "$.questions[3].pattern" },
  { "\"min\": \"1\"", "\"min\": \"today\"", KOUAN_FAULT_EXPRESSION, "$.questions[3].min" },
  { "\"min\": \"born\"", "\"min\": \"left\"", KOUAN_FAULT_REFERENCE, "$.questions[2].min" },
  { ", { \"id\": \"green\", \"label\": { \"en\": \"Green\", \"zh-Hans\": \"绿\" } }", "",
    KOUAN_FAULT_SHAPE, "$.questions[4].choices" },
  { "{ \"id\": \"green\"", "{ \"id\": \"red\"", KOUAN_FAULT_DUPLICATE,
    "$.questions[4].choices[1].id" },
  { "\"shown_if\": \"colour = 'red'\"", "\"shown_if\": \"colour = 'blue'\"", KOUAN_FAULT_REFERENCE,
    "$.questions[5].shown_if" },
  { "\"shown_if\": \"colour = 'red'\"", "\"shown_if\": \"why = 'x'\"", KOUAN_FAULT_REFERENCE,
    "$.questions[5].shown_if" },
  { "\"shown_if\": \"colour = 'red'\"", "\"shown_if\": \"colour = \"", KOUAN_FAULT_EXPRESSION,
    "$.questions[5].shown_if" },
  { "\"shown_if\": \"shade\"", "\"shown_if\": \"shade and colour = 'green'\"",
    KOUAN_FAULT_UNREACHABLE, "$.questions[6].shown_if" },
  { "\"code\": 2,", "\"code\": 1,", KOUAN_FAULT_DUPLICATE, "$.documents[1].code" },
  { "\"code\": 2,", "\"code\": 20,", KOUAN_FAULT_DUPLICATE, "$.documents[1].code" },
  { "\"id\": \"dark\"", "\"id\": \"always\"", KOUAN_FAULT_DUPLICATE, "$.documents[1].id" },
  { "\"needed_if\": \"shade\"", "\"needed_if\": \"shade and not shade\"", KOUAN_FAULT_NEVER_ASKED,
    "$.documents[1].needed_if" },
  { "\"needed_if\": \"age < 18\"", "\"needed_if\": \"aged\"", KOUAN_FAULT_REFERENCE,
    "$.documents[2].needed_if" },
  { "\"group\": \"proof\"", "\"group\": \"prof\"", KOUAN_FAULT_REFERENCE, "$.documents[3].group" },
  { "\"need\": \"either-or\", \"group\": \"proof\"", "\"need\": \"either-or\"", KOUAN_FAULT_SHAPE,
    "$.documents[3].group" },
  { "\"need\": \"either-or\"", "\"need\": \"optional\"", KOUAN_FAULT_SHAPE,
    "$.documents[3].group" },
  { "\"max_pages\": 7", "\"max_pages\": \"7\"", KOUAN_FAULT_VALUE, "$.documents[7].max_pages" },
  { "\"colour\": true", "\"colour\": 1", KOUAN_FAULT_SHAPE, "$.documents[7].colour" },
  { "\"rules\": [\"rumour\", \"law\"]", "\"rules\": []", KOUAN_FAULT_RULE, "$.documents[0].rules" },
  { "\"rules\": [\"rumour\", \"law\"]", "\"rules\": [\"law\", \"lore\"]", KOUAN_FAULT_REFERENCE,
    "$.documents[0].rules" },
  { "\"currency\": \"CNY\"", "\"currency\": \"yuan\"", KOUAN_FAULT_VALUE, "$.fees[0].currency" },
  { "\"amount\": 1250", "\"amount\": -1", KOUAN_FAULT_VALUE, "$.fees[0].amount" },
  { "\"last\": \"left + 1 month\"", "\"last\": \"1 month\"", KOUAN_FAULT_EXPRESSION,
    "$.deadlines[0].last" },
  { "\"last\": \"left + 1 month\"", "\"note\": \"\"", KOUAN_FAULT_SHAPE, "$.deadlines[0].last" },
  { "nationality != 'UTO'", "nationality != 'UTP'", KOUAN_FAULT_REFERENCE,
    "$.eligibility[0].when" },
  { "\"fees\": [{", "\"fees\": [[], {", KOUAN_FAULT_SHAPE, "$.fees[0]" },
  { "\"sections\": [", "\"sections\": {}, \"x\": [", KOUAN_FAULT_SHAPE, "$.sections" },
};

static void
test_each_fault (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sample_text (cases[i].from, cases[i].to);
      g_autoptr (GPtrArray) faults
        = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
      g_autoptr (KouanService) service
        = kouan_read_service ("s.json", text, strlen (text), NULL, faults);
      gboolean told = FALSE;

      g_assert_null (service);
      for (guint j = 0; j < faults->len; j++)
        {
          const KouanFault *fault = faults->pdata[j];

          g_test_message ("%s %s %s %s", kouan_fault_id (fault->kind), fault->path, fault->what,
                          fault->remedy);
          told = told || (fault->kind == cases[i].kind && g_str_equal (fault->path, cases[i].path));
          g_assert_true (g_str_has_suffix (fault->what, ".")
                         && g_str_has_suffix (fault->remedy, "."));
          g_assert_cmpstr (fault->file, ==, "s.json");
        }
      g_test_message ("%u: %s", i, cases[i].path);
      g_assert_true (told);
    }
}

static void
test_syntax (void)
{
  static const char *const texts[] = { "", "{", "[]", "3", "null", "{\"format\":1}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GPtrArray) faults
        = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);

      g_assert_null (kouan_read_service ("s.json", texts[i], strlen (texts[i]), NULL, faults));
      g_assert_cmpuint (faults->len, >, 0);
    }
}

/* A rule past its review date is a warning: the service is there, and sends to the desk. */
static void
test_review (void)
{
  g_autofree char *text = sample_text (NULL, NULL);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
  g_autoptr (KouanService) service = NULL;
  const KouanFault *fault;
  KouanContext context;

  sample_context (&context);
  service = kouan_read_service ("s.json", text, strlen (text), &context.today, faults);
  g_assert_nonnull (service);
  g_assert_cmpuint (faults->len, ==, 1);
  fault = faults->pdata[0];
  g_assert_true (fault->warning);
  g_assert_cmpint (fault->kind, ==, KOUAN_FAULT_REVIEW);
  g_assert_cmpstr (fault->path, ==, "$.rules[2].review_by");
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* How many faults of @kind a folder of the sample and this second file has. */
static guint
count_faults (const char *second, KouanFaultKind kind)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *first
    = sample_text ("\"review_by\": \"2021-01-01\"", "\"review_by\": \"2031-01-01\"");
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;
  KouanContext context;
  guint count = 0;

  sample_context (&context);
  write_file (folder, "a.json", first);
  write_file (folder, "b.json", second);
  write_file (folder, "schema.json", "not a service");
  write_file (folder, "README", "nor this");
  faults = kouan_catalogue_check (folder, &context.today, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < faults->len; i++)
    {
      const KouanFault *fault = faults->pdata[i];

      g_test_message ("%s %s: %s", fault->file, fault->path, fault->what);
      count += fault->kind == kind;
    }
  kouan_test_folder_remove (folder);
  return count;
}

static void
test_between_files (void)
{
  g_autofree char *same = sample_text (NULL, NULL);
  g_autofree char *other_id = sample_text ("\"id\": \"sample\"", "\"id\": \"other\"");
  g_autoptr (GString) moved = NULL;

  g_assert_cmpuint (count_faults (same, KOUAN_FAULT_DUPLICATE), ==, 2);
  g_assert_cmpuint (count_faults (other_id, KOUAN_FAULT_DUPLICATE), ==, 1);
  moved = g_string_new (other_id);
  g_string_replace (moved, "\"code\": 900", "\"code\": 901", 1);
  g_assert_cmpuint (count_faults (moved->str, KOUAN_FAULT_DUPLICATE), ==, 0);
  g_string_replace (moved, "\"code\": 8,", "\"code\": 9,",
                    1); /* the same paper with another code */
  g_assert_cmpuint (count_faults (moved->str, KOUAN_FAULT_DUPLICATE), ==, 1);
}

static void
test_languages_between_files (void)
{
  g_autofree char *text = sample_text ("\"id\": \"sample\"", "\"id\": \"other\"");
  g_autoptr (GString) english = g_string_new (text);
  g_autoptr (GRegex) chinese = g_regex_new (", \"zh-Hans\"(: \"[^\"]*\")?", 0, 0, NULL);
  g_autofree char *only = NULL;

  g_string_replace (english, "\"code\": 900", "\"code\": 901", 1);
  only = g_regex_replace_literal (chinese, english->str, -1, 0, "", 0, NULL);
  g_assert_cmpuint (count_faults (only, KOUAN_FAULT_LANGUAGE), ==, 1);
}

static void
test_no_folder (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", NULL);
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) empty = NULL;
  KouanContext context;

  sample_context (&context);
  g_assert_null (kouan_catalogue_check (nowhere, &context.today, NULL, NULL, &missing));
  g_assert_nonnull (missing);
  g_assert_null (kouan_catalogue_check (folder, &context.today, NULL, NULL, &empty));
  g_assert_nonnull (empty);
  kouan_test_folder_remove (folder);
}

static void
test_patterns (void)
{
  static const struct
  {
    KouanPattern pattern;
    const char *text;
    gboolean fits;
  } texts[] = {
    { KOUAN_PATTERN_ANY, "§", TRUE },
    { KOUAN_PATTERN_NAME, "O’Connor, José-María", TRUE },
    { KOUAN_PATTERN_NAME, "欧阳娜娜", TRUE },
    { KOUAN_PATTERN_NAME, "--", FALSE },
    { KOUAN_PATTERN_NAME, "R2D2", FALSE },
    { KOUAN_PATTERN_DIGITS, "0123", TRUE },
    { KOUAN_PATTERN_DIGITS, "12a", FALSE },
    { KOUAN_PATTERN_LETTERS_DIGITS, "AB12", TRUE },
    { KOUAN_PATTERN_LETTERS_DIGITS, "ab12", FALSE },
    { KOUAN_PATTERN_PHONE, "+86 (10) 1234-5678", TRUE },
    { KOUAN_PATTERN_PHONE, "1234", FALSE },
    { KOUAN_PATTERN_PHONE, "86+1012345678", FALSE },
    { KOUAN_PATTERN_PHONE, "1234567890123456", FALSE },
    { KOUAN_PATTERN_EMAIL, "anna.maria+x@mail.example.org", TRUE },
    { KOUAN_PATTERN_EMAIL, "anna@example", FALSE },
    { KOUAN_PATTERN_EMAIL, "anna@@example.org", FALSE },
    { KOUAN_PATTERN_EMAIL, "@example.org", FALSE },
    { KOUAN_PATTERN_EMAIL, "an na@example.org", FALSE },
    { KOUAN_PATTERN_EMAIL, "anna@example..org", FALSE },
    { KOUAN_PATTERN_EMAIL, "anna@.org", FALSE },
    { KOUAN_PATTERN_CREDIT_CODE, "91350100M000100Y43", TRUE }, /* the standard's own */
    { KOUAN_PATTERN_CREDIT_CODE, "91350100M000100Y44", FALSE },
    { KOUAN_PATTERN_CREDIT_CODE, "91350100M000100Y4", FALSE },
    { KOUAN_PATTERN_CREDIT_CODE, "91350100M000100I43", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i].text);
      g_assert_cmpint (kouan_pattern_problem (texts[i].pattern, texts[i].text) == NULL, ==,
                       texts[i].fits);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/each-fault", test_each_fault);
  g_test_add_func ("/check/syntax", test_syntax);
  g_test_add_func ("/check/review", test_review);
  g_test_add_func ("/check/between-files", test_between_files);
  g_test_add_func ("/check/languages-between-files", test_languages_between_files);
  g_test_add_func ("/check/no-folder", test_no_folder);
  g_test_add_func ("/check/patterns", test_patterns);
  return g_test_run ();
}
