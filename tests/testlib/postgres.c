/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/postgres.h"

#include <string.h>
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

static GSubprocess *
hold (const char *address, const char *sql)
{
  g_autofree char *program = g_build_filename (g_getenv ("KOUAN_TEST_POSTGRES_BIN"), "psql", NULL);
  g_autofree char *words = g_strdup_printf ("BEGIN; %s;\n\\echo held\n", sql);
  g_autoptr (GError) error = NULL;
  GSubprocess *holder
    = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        program, "-qX", address, NULL);
  char answer[16];

  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (holder), words,
                                            strlen (words), NULL, NULL, &error));
  g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (holder), answer,
                                        sizeof answer, NULL, &error),
                   >, 0);
  g_assert_no_error (error);
  return holder;
}

/* Somebody else has the table to themselves, as a backup or a migration may. */
GSubprocess *
kouan_test_postgres_hold (const char *address, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("LOCK TABLE %s", table);

  return hold (address, sql);
}

void
kouan_test_postgres_await_waiting (const char *address)
{
  g_autofree char *program = g_build_filename (g_getenv ("KOUAN_TEST_POSTGRES_BIN"), "psql", NULL);
  g_autofree char *query = g_test_build_filename (G_TEST_DIST, "testlib", "waiting.sql", NULL);
  const char *words[] = { program, "-qXAt", "-f", query, address, NULL };
  gboolean waiting = FALSE;

  while (!waiting)
    {
      g_autofree char *answer = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_spawn_sync (NULL, (char **)words, NULL, G_SPAWN_DEFAULT, NULL, NULL, &answer,
                                   NULL, NULL, &error));
      waiting = g_ascii_strtoll (answer, NULL, 10) > 0;
    }
}

void
kouan_test_postgres_let_go (GSubprocess *holder)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_output_stream_close (g_subprocess_get_stdin_pipe (holder), NULL, &error));
  g_assert_true (g_subprocess_wait (holder, NULL, &error));
  g_assert_no_error (error);
  g_object_unref (holder);
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

void
kouan_test_postgres_freeze (void)
{
  const char *words[] = { g_getenv ("KOUAN_TEST_WITH_POSTGRES"), "--freeze", NULL };

  run (words);
}

void
kouan_test_postgres_thaw (void)
{
  const char *words[] = { g_getenv ("KOUAN_TEST_WITH_POSTGRES"), "--thaw", NULL };

  run (words);
}
