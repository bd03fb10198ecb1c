/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <signal.h>
#include <sys/wait.h>

/* Every escape is tried by a process of its own, locked in by the code that locks in kouan-pixels.
 */

#ifdef KOUAN_SANITIZED
#define CALLS_LOCKED                                                                               \
  FALSE /* a sanitizer needs calls and memory that the lock refuses: see lock.c */
#else
#define CALLS_LOCKED TRUE
#endif

static int
probe (const char *what)
{
  const char *argv[] = { ESCAPE_PROBE, what, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  return status;
}

static void
test_work_is_possible (void)
{
  g_assert_cmpint (WEXITSTATUS (probe ("nothing")), ==, 0);
  g_assert_cmpint (WEXITSTATUS (probe ("read-fonts")), ==, 0);
}

static void
test_refused (gconstpointer what)
{
  int status = probe (what);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 1);
}

static void
test_killed (gconstpointer what)
{
  int status = probe (what);

  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGSYS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pixels/lock/work-is-possible", test_work_is_possible);
  g_test_add_data_func ("/pixels/lock/read-passwd", "read-passwd", test_refused);
  g_test_add_data_func ("/pixels/lock/create", "create", test_refused);
  if (!CALLS_LOCKED)
    return g_test_run ();
  g_test_add_data_func ("/pixels/lock/read-self", "read-self", test_refused);
  g_test_add_data_func ("/pixels/lock/memory", "memory", test_refused);
  g_test_add_data_func ("/pixels/lock/write", "write", test_killed);
  g_test_add_data_func ("/pixels/lock/socket", "socket", test_killed);
  g_test_add_data_func ("/pixels/lock/fork", "fork", test_killed);
  g_test_add_data_func ("/pixels/lock/exec", "exec", test_killed);
  g_test_add_data_func ("/pixels/lock/code", "code", test_killed);
  g_test_add_data_func ("/pixels/lock/kill", "kill", test_killed);
  return g_test_run ();
}
