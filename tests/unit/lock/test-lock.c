/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <signal.h>
#include <sys/wait.h>

/* Every escape is tried by a process of its own, locked in as kouan-pixels and kouan-phone are. */

#ifdef KOUAN_SANITIZED
#define CALLS_LOCKED                                                                               \
  FALSE /* a sanitizer needs calls and memory that the lock refuses: see lock.c */
#else
#define CALLS_LOCKED TRUE
#endif

/* @try: "ROOM WHAT" */
static int
probe (const char *try)
{
  g_auto (GStrv) words = g_strsplit (try, " ", 2);
  const char *argv[] = { ESCAPE_PROBE, words[0], words[1], NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  return status;
}

static void
test_possible (gconstpointer try)
{
  int status = probe (try);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
test_refused (gconstpointer try)
{
  int status = probe (try);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 1);
}

static void
test_killed (gconstpointer try)
{
  int status = probe (try);

  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGSYS);
}

static void
add (const char *try, GTestDataFunc func)
{
  g_autofree char *path = g_strconcat ("/lock/", try, NULL);

  g_strdelimit (path, " ", '/');
  g_test_add_data_func (path, try, func);
}

int
main (int argc, char **argv)
{
  static const char *const possible[] = { "pixels nothing", "pixels read-fonts", "phone nothing" };
  static const char *const refused[]
    = { "pixels read-passwd", "pixels create",        "phone read-passwd", "phone create",
        "phone folder",       "phone read-own-files", "phone read-fonts" };
  static const char *const refused_by_calls[]
    = { "pixels read-self", "pixels memory", "phone read-self", "phone memory" };
  static const char *const killed[]
    = { "pixels write", "pixels socket",     "pixels fork",   "pixels exec",
        "pixels code",  "pixels kill",       "pixels accept", "phone write",
        "phone socket", "phone socket-inet", "phone connect", "phone listen",
        "phone fork",   "phone exec",        "phone code",    "phone kill" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (possible); i++)
    add (possible[i], test_possible);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    add (refused[i], test_refused);
  if (!CALLS_LOCKED)
    return g_test_run ();
  add ("phone accept", test_possible);
  for (guint i = 0; i < G_N_ELEMENTS (refused_by_calls); i++)
    add (refused_by_calls[i], test_refused);
  for (guint i = 0; i < G_N_ELEMENTS (killed); i++)
    add (killed[i], test_killed);
  return g_test_run ();
}
