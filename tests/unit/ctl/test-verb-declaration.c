/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"
#include "app/record/declaration.h"
#include "app/record/receipt-number.h"
#include "tests/testlib/fixture.h"

#include <string.h>

/* declaration verify as an officer's reader calls it. argv: kouanctl, the services that ship. */

#define NOW_S 1795400000

static const char *program;
static const char *services;

typedef struct
{
  char *folder;
  char *pem;
  char *text;
} Desk;

static KouanExit
run (const char *const *words, char **output)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (arguments, (gpointer)program);
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (arguments, (gpointer)words[i]);
  g_ptr_array_add (arguments, NULL);
  process = g_subprocess_newv ((const char *const *)arguments->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, output, NULL, &error);
  g_assert_no_error (error);
  return (KouanExit)g_subprocess_get_exit_status (process);
}

#define WORDS(...) ((const char *const[]){ "declaration", __VA_ARGS__, NULL })

static void
desk_open (Desk *desk, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) key = kouan_signing_key_generate ();
  g_autofree char *pem = kouan_verifying_key_to_pem (kouan_signing_key_get_public (key));
  g_auto (KouanDeclaration) declaration = {
    .number = kouan_receipt_number (7, 1),
    .hall_id = 1,
    .service = 22,
    .outcome = 2,
    .time_s = NOW_S,
    .days = 1,
    .travellers_count = 1,
    .travellers = { { "UTO", "L898902C3", 19740812 } },
    .answers = g_ptr_array_new_with_free_func (g_free),
  };
  static const char *const answers[] = { "yes", "no", "2026-11-20", "BRA", "0" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    g_ptr_array_add (declaration.answers, g_strdup (answers[i]));
  desk->folder = kouan_test_folder_new ();
  desk->pem = g_build_filename (desk->folder, "kiosk.pem", NULL);
  g_assert_true (g_file_set_contents (desk->pem, pem, -1, NULL));
  desk->text = kouan_declaration_sign (&declaration, key);
}

static void
desk_close (Desk *desk, gconstpointer data G_GNUC_UNUSED)
{
  kouan_test_folder_remove (desk->folder);
  g_free (desk->pem);
  g_free (desk->text);
}

static void
assert_has (const char *output, const char *part)
{
  g_test_message ("%s", output);
  g_assert_nonnull (strstr (output, part));
}

static void
test_verify (Desk *desk, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *output = NULL;
  g_autofree char *late = NULL;

  g_assert_cmpint (run (WORDS ("verify", "--kiosk", desk->pem, "--catalogue", services,
                               "--language", "zh-Hans", "--now", "1795400060", desk->text),
                        &output),
                   ==, KOUAN_EXIT_OK);
  assert_has (output, "\"outcome_name\":\"请到卫生检疫处\"");
  assert_has (output, "\"document_number\":\"L898902C3\",\"birth_date\":\"1974-08-12\"");
  assert_has (output, "\"symptoms\":\"yes\"");
  assert_has (output, "\"been_in\":\"BRA\"");
  g_assert_cmpint (
    run (WORDS ("verify", "--kiosk", desk->pem, "--now", "1795500000", desk->text), &late), ==,
    KOUAN_EXIT_NO);
  assert_has (late, "\"valid\":true,\"counts_now\":false");
}

static void
test_refuses (Desk *desk, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) other = kouan_signing_key_generate ();
  g_autofree char *pem = kouan_verifying_key_to_pem (kouan_signing_key_get_public (other));
  g_autofree char *path = g_build_filename (desk->folder, "other.pem", NULL);
  g_autofree char *output = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *none = NULL;

  g_assert_true (g_file_set_contents (path, pem, -1, NULL));
  g_assert_cmpint (run (WORDS ("verify", "--kiosk", path, desk->text), &output), ==, KOUAN_EXIT_NO);
  assert_has (output, "\"reason\":\"unknown-key\"");
  g_assert_cmpint (run (WORDS ("verify", "--kiosk", desk->pem, "KD1:???"), &nothing), ==,
                   KOUAN_EXIT_NO);
  assert_has (nothing, "\"reason\":\"malformed\"");
  g_assert_cmpint (run (WORDS ("verify", desk->text), &none), ==, KOUAN_EXIT_USAGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  program = argv[1];
  services = argv[2];
  g_test_add ("/declaration/verify", Desk, NULL, desk_open, test_verify, desk_close);
  g_test_add ("/declaration/refuses", Desk, NULL, desk_open, test_refuses, desk_close);
  return g_test_run ();
}
