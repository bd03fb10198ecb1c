/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/keys.h"
#include "app/ctl/ctl.h"
#include "tests/testlib/fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* mrz parse, catalogue check and catalogue sign as a script meets them. argv: kouanctl, the
 * services that ship. */

#define ZONE                                                                                       \
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<|L898902C36UTO7408122F1204159ZE184226B<<<<<10"
#define TODAY "2026-11-23"

static const char *program;
static const char *services;

/* Runs "kouanctl WORD…" with @input on stdin. @lines: (out) (optional): what it printed, one object
 * a line */
static KouanExit
run (const char *const *words, const char *input, GPtrArray **lines)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_auto (GStrv) printed = NULL;
  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);

  g_ptr_array_add (arguments, (gpointer)program);
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (arguments, (gpointer)words[i]);
  g_ptr_array_add (arguments, NULL);
  process = g_subprocess_newv ((const char *const *)arguments->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                 | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  printed = g_strsplit (output, "\n", -1);
  for (guint i = 0; printed[i] != NULL && *printed[i] != '\0'; i++)
    {
      g_autoptr (JsonNode) node = json_from_string (printed[i], &error);

      g_assert_no_error (error);
      g_ptr_array_add (objects, json_node_dup_object (node));
    }
  if (lines != NULL)
    *lines = objects;
  else
    g_ptr_array_unref (objects);
  g_assert_true (g_subprocess_get_if_exited (process));
  return (KouanExit)g_subprocess_get_exit_status (process);
}

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
test_mrz (void)
{
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *object, *checks;

  g_assert_cmpint (run (WORDS ("mrz", "parse", "--today", TODAY, ZONE), NULL, &lines), ==,
                   KOUAN_EXIT_OK);
  g_assert_cmpuint (lines->len, ==, 1);
  object = lines->pdata[0];
  g_assert_true (json_object_get_boolean_member (object, "fits"));
  g_assert_cmpstr (json_object_get_string_member (object, "format"), ==, "TD3");
  g_assert_cmpstr (json_object_get_string_member (object, "issuer_name"), ==, "Utopia");
  g_assert_cmpstr (json_object_get_string_member (object, "birth"), ==, "1974-08-12");
  checks = json_object_get_object_member (object, "check_digits");
  g_assert_cmpuint (json_object_get_size (checks), ==, 5);
  g_assert_true (
    json_object_get_boolean_member (json_object_get_object_member (checks, "composite"), "fits"));
  checks = json_object_get_object_member (object, "checks");
  g_assert_cmpstr (json_object_get_string_member (checks, "document.expiry"), ==, "failed");
}

static void
test_mrz_many (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *file = g_build_filename (folder, "zones", NULL);
  g_autoptr (GPtrArray) lines = NULL;
  static const char wrong[]
    = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C46UTO7408122F1204159ZE184226B<<<<<"
      "10\n\n"
      "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6\n";
  JsonObject *problem;

  g_assert_true (g_file_set_contents (file, ZONE, -1, NULL));
  g_assert_cmpint (run (WORDS ("mrz", "parse", file, "-"), wrong, &lines), ==, KOUAN_EXIT_NO);
  g_assert_cmpuint (lines->len, ==, 3);
  g_assert_true (json_object_get_boolean_member (lines->pdata[0], "fits"));
  g_assert_false (json_object_get_boolean_member (lines->pdata[1], "fits"));
  g_assert_true (json_object_get_boolean_member (lines->pdata[2], "fits"));
  problem
    = json_array_get_object_element (json_object_get_array_member (lines->pdata[1], "problems"), 0);
  g_assert_cmpstr (json_object_get_string_member (problem, "problem"), ==, "check-digit");
  g_assert_cmpint (json_object_get_int_member (problem, "line"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (problem, "character"), ==, 1);
  kouan_test_folder_remove (folder);
}

static void
test_mrz_usage (void)
{
  g_assert_cmpint (run (WORDS ("mrz"), NULL, NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (run (WORDS ("mrz", "guess"), NULL, NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (run (WORDS ("mrz", "parse", "--today", "tomorrow", ZONE), NULL, NULL), ==,
                   KOUAN_EXIT_USAGE);
  g_assert_cmpint (run (WORDS ("mrz", "parse", "--tody", ZONE), NULL, NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (run (WORDS ("mrz", "parse", "-"), "", NULL), ==, KOUAN_EXIT_NO);
  g_assert_cmpint (run (WORDS ("mrz", "parse", "gibberish"), NULL, NULL), ==, KOUAN_EXIT_NO);
}

typedef struct
{
  char *folder;
  char *key;
  char *trust;
  char *other;
} Shop;

static void
copy_services (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (services, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *from = g_build_filename (services, name, NULL);
      g_autofree char *to = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (from, &text, &size, NULL));
      g_assert_true (g_file_set_contents (to, text, size, NULL));
    }
}

static char *
save_public (KouanSigningKey *key, const char *folder, const char *name)
{
  g_autofree char *pem = kouan_verifying_key_to_pem (kouan_signing_key_get_public (key));
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, pem, -1, NULL));
  return path;
}

static void
shop_open (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) key = kouan_signing_key_generate ();
  g_autoptr (KouanSigningKey) stranger = kouan_signing_key_generate ();
  g_autoptr (GError) error = NULL;

  shop->folder = kouan_test_folder_new ();
  shop->key = g_build_filename (shop->folder, "key", NULL);
  g_assert_true (kouan_signing_key_save (key, shop->key, &error));
  g_assert_no_error (error);
  shop->trust = save_public (key, shop->folder, "key.pub");
  shop->other = save_public (stranger, shop->folder, "other.pub");
  copy_services (shop->folder);
}

static void
shop_close (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_free (shop->key);
  g_free (shop->trust);
  g_free (shop->other);
  kouan_test_folder_remove (shop->folder);
}

static void
test_sign_and_check (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *last;

  g_assert_cmpint (
    run (WORDS ("catalogue", "check", shop->folder, "--today", TODAY, "--trust", shop->trust), NULL,
         NULL),
    ==, KOUAN_EXIT_NO); /* not signed yet */
  g_assert_cmpint (
    run (WORDS ("catalogue", "sign", shop->folder, "--key", shop->key, "--version", "12"), NULL,
         NULL),
    ==, KOUAN_EXIT_OK);
  g_assert_cmpint (run (WORDS ("catalogue", "check", shop->folder, "--today", TODAY, "--trust",
                               shop->trust, "--languages", "en"),
                        NULL, &lines),
                   ==, KOUAN_EXIT_OK);
  g_assert_cmpuint (lines->len, ==, 2);
  last = lines->pdata[1];
  g_assert_cmpint (json_object_get_int_member (last, "version"), ==, 12);
  g_assert_cmpint (
    run (WORDS ("catalogue", "check", shop->folder, "--trust", shop->other), NULL, NULL), ==,
    KOUAN_EXIT_NO);
}

static void
test_check_faults (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (shop->folder, "broken.json", NULL);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GPtrArray) warnings = NULL;
  JsonObject *first, *last;

  g_assert_cmpint (
    run (WORDS ("catalogue", "check", shop->folder, "--today", "2031-01-01"), NULL, &warnings), ==,
    KOUAN_EXIT_OK);
  g_assert_cmpstr (json_object_get_string_member (warnings->pdata[0], "severity"), ==, "warning");
  g_assert_cmpstr (json_object_get_string_member (warnings->pdata[0], "fault"), ==, "review");
  g_assert_true (g_file_set_contents (path, "{", -1, NULL));
  g_assert_cmpint (run (WORDS ("catalogue", "check", shop->folder, "--today", TODAY), NULL, &lines),
                   ==, KOUAN_EXIT_NO);
  first = lines->pdata[0];
  last = lines->pdata[lines->len - 1];
  g_assert_cmpstr (json_object_get_string_member (first, "file"), ==, "broken.json");
  g_assert_cmpstr (json_object_get_string_member (first, "path"), ==, "$");
  g_assert_cmpint (json_object_get_int_member (last, "errors"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (last, "services"), >=, 2);
  g_assert_cmpint (
    run (WORDS ("catalogue", "sign", shop->folder, "--key", shop->key, "--version", "1"), NULL,
         NULL),
    ==, KOUAN_EXIT_NO); /* nothing with an error is signed */
}

/* A language that the hall speaks and no file has is told once a file. */
static void
test_untranslated (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *first, *last;

  g_assert_cmpint (
    run (WORDS ("catalogue", "check", shop->folder, "--today", TODAY, "--languages", "en,tlh"),
         NULL, &lines),
    ==, KOUAN_EXIT_OK);
  first = lines->pdata[0];
  last = lines->pdata[lines->len - 1];
  g_assert_cmpstr (json_object_get_string_member (first, "fault"), ==, "translation");
  g_assert_cmpstr (json_object_get_string_member (first, "severity"), ==, "warning");
  g_assert_nonnull (strstr (json_object_get_string_member (first, "what"), "tlh"));
  g_assert_cmpint (json_object_get_int_member (last, "warnings"), ==,
                   json_object_get_int_member (last, "services"));
}

#define PERSON                                                                                     \
  "{\"service\":\"work-residence-permit\",\"today\":\"2026-11-23\",\"context\":{\"nationality\":"  \
  "\"DEU\",\"birth_date\":\"1986-03-14\",\"document_expiry\":\"2031-06-30\"},\"answers\":{"        \
  "\"entered_with\":\"z\",\"entry_date\":\"2026-10-27\",\"permit_marked\":\"yes\",\"period\":"     \
  "\"1-to-3-years\",\"phone\":\"x\"},\"kept\":[\"passport\",7]}"

/* The first line that is of this kind. */
static JsonObject *
find_line (GPtrArray *lines, const char *kind)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_str_equal (json_object_get_string_member (lines->pdata[i], "line"), kind))
      return lines->pdata[i];
  return NULL;
}

static void
test_simulate (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *person = g_build_filename (shop->folder, "person", NULL);
  g_autofree char *calendar = g_build_filename (shop->folder, "days.ics", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *deadline, *summary;

  g_assert_true (g_file_set_contents (person, PERSON, -1, NULL));
  g_assert_cmpint (
    run (WORDS ("catalogue", "simulate", shop->folder, person, "--calendar", calendar), NULL,
         &lines),
    ==, KOUAN_EXIT_NO);
  deadline = find_line (lines, "deadline");
  summary = find_line (lines, "summary");
  g_assert_cmpint (json_object_get_int_member (deadline, "day"), ==, 27);
  g_assert_cmpint (json_object_get_int_member (deadline, "days"), ==, 30);
  g_assert_cmpstr (json_object_get_string_member (deadline, "text"), ==,
                   "Today is day 27 of 30. The last day is 26 November 2026.");
  g_assert_cmpstr (json_object_get_string_member (find_line (lines, "fee"), "amount"), ==,
                   "CNY 800");
  g_assert_true (json_object_get_boolean_member (find_line (lines, "document"), "kept"));
  g_assert_cmpint (json_object_get_int_member (summary, "missing"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (summary, "open_questions"), ==, 9);
  g_assert_true (g_file_get_contents (calendar, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "DTSTART;VALUE=DATE:20261126\r\n"));
}

static void
test_simulate_refuses (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const texts[] = {
    "[]",
    "{}",
    "{\"service\":7}",
    "{\"service\":\"work-residence-permit\",\"today\":\"x\"}",
    "{\"service\":\"work-residence-permit\",\"answers\":[]}",
    "{\"service\":\"work-residence-permit\",\"context\":{\"birth_date\":\"1\"},\"answers\":{}}",
  };
  g_autofree char *person = g_build_filename (shop->folder, "person", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (g_file_set_contents (person, texts[i], -1, NULL));
      g_assert_cmpint (run (WORDS ("catalogue", "simulate", shop->folder, person), NULL, NULL), >=,
                       KOUAN_EXIT_USAGE);
    }
}

static void
test_catalogue_usage (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (run (WORDS ("catalogue"), NULL, NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (run (WORDS ("catalogue", "eat", shop->folder), NULL, NULL), ==,
                   KOUAN_EXIT_USAGE);
  g_assert_cmpint (run (WORDS ("catalogue", "check"), NULL, NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (run (WORDS ("catalogue", "check", shop->folder, "--today", "x"), NULL, NULL), ==,
                   KOUAN_EXIT_USAGE);
  g_assert_cmpint (run (WORDS ("catalogue", "sign", shop->folder, "--key", shop->key), NULL, NULL),
                   ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (
    run (WORDS ("catalogue", "sign", shop->folder, "--key", "/nowhere", "--version", "1"), NULL,
         NULL),
    ==, KOUAN_EXIT_FAILED);
  g_assert_cmpint (run (WORDS ("catalogue", "check", "/nowhere"), NULL, NULL), ==,
                   KOUAN_EXIT_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  program = argv[1];
  services = argv[2];
  g_test_add_func ("/ctl/mrz", test_mrz);
  g_test_add_func ("/ctl/mrz-many", test_mrz_many);
  g_test_add_func ("/ctl/mrz-usage", test_mrz_usage);
  g_test_add ("/ctl/catalogue/sign-and-check", Shop, NULL, shop_open, test_sign_and_check,
              shop_close);
  g_test_add ("/ctl/catalogue/check-faults", Shop, NULL, shop_open, test_check_faults, shop_close);
  g_test_add ("/ctl/catalogue/untranslated", Shop, NULL, shop_open, test_untranslated, shop_close);
  g_test_add ("/ctl/catalogue/simulate", Shop, NULL, shop_open, test_simulate, shop_close);
  g_test_add ("/ctl/catalogue/simulate-refuses", Shop, NULL, shop_open, test_simulate_refuses,
              shop_close);
  g_test_add ("/ctl/catalogue/usage", Shop, NULL, shop_open, test_catalogue_usage, shop_close);
  return g_test_run ();
}
