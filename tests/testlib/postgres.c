/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/postgres.h"

#include <unistd.h>

static void
run (const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (words, G_SUBPROCESS_FLAGS_NONE, &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

gboolean
kouan_test_postgres_is_here (void)
{
  return g_getenv ("KOUAN_TEST_POSTGRES") != NULL;
}

char *
kouan_test_postgres_new_database (void)
{
  static int count;
  const char *folder = g_getenv ("KOUAN_TEST_POSTGRES");
  g_autofree char *name = g_strdup_printf ("kouan_%d_%d", (int)getpid (), ++count);
  g_autofree char *program
    = g_build_filename (g_getenv ("KOUAN_TEST_POSTGRES_BIN"), "createdb", NULL);
  const char *words[] = { program, "-h", folder, "-U", "kouan", name, NULL };
  g_autofree char *host = g_uri_escape_string (folder, NULL, FALSE);

  run (words);
  return g_strdup_printf ("postgresql://kouan@%s/%s", host, name);
}

void
kouan_test_postgres_stop (void)
{
  const char *words[] = { g_getenv ("KOUAN_TEST_WITH_POSTGRES"), "--stop", "immediate", NULL };

  run (words);
}

void
kouan_test_postgres_start (void)
{
  const char *words[] = { g_getenv ("KOUAN_TEST_WITH_POSTGRES"), "--start", NULL };

  run (words);
}
