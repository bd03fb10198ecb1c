/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <fcntl.h>
#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/pixels/protocol.h"

/* kouan-pixels as a program: its words, its standard input, and machines that cannot lock it in. */

typedef struct
{
  int exit_code;
  guint8 frames[4 * KOUAN_PIXELS_FRAME_SIZE];
  gsize size;
} Run;

/* @input: a file to be its standard input */
static Run
run (const char *const *argv, const char *input)
{
  int in = open (input, O_RDONLY), out = -1, status;
  Run result = { 0 };
  ssize_t count;
  GPid pid;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (in, >=, 0);
  g_spawn_async_with_pipes_and_fds (
    NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, in, -1,
    -1, NULL, NULL, 0, &pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  while ((count = read (out, result.frames + result.size, sizeof result.frames - result.size)) > 0)
    result.size += (gsize)count;
  close (out);
  close (in);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  result.exit_code = WIFEXITED (status) ? WEXITSTATUS (status) : -WTERMSIG (status);
  return result;
}

static guint32
word (const Run *result, gsize at)
{
  guint32 value;

  memcpy (&value, result->frames + at, sizeof value);
  return GUINT32_FROM_BE (value);
}

static void
assert_says (const Run *result, KouanPixelsStatus status, KouanFileKind kind)
{
  g_assert_cmpint (result->exit_code, ==, 0);
  g_assert_cmpuint (result->size, ==, 2 * KOUAN_PIXELS_FRAME_SIZE);
  g_assert_cmpmem (result->frames, 4, "KPX1", 4);
  g_assert_cmpuint (word (result, 4), ==, 0);
  g_assert_cmpmem (result->frames + KOUAN_PIXELS_FRAME_SIZE, 4, "DONE", 4);
  g_assert_cmpuint (word (result, KOUAN_PIXELS_FRAME_SIZE + 4), ==, status);
  g_assert_cmpuint (word (result, KOUAN_PIXELS_FRAME_SIZE + 8), ==, kind);
}

/* Input that never ends is not waited for. */
static void
test_endless (void)
{
  Run result = run ((const char *[]){ KOUAN_PIXELS_PROGRAM, NULL }, "/dev/zero");

  assert_says (&result, KOUAN_PIXELS_STATUS_TOO_LARGE, KOUAN_FILE_KIND_UNKNOWN);
}

static void
test_empty (void)
{
  Run result = run ((const char *[]){ KOUAN_PIXELS_PROGRAM, NULL }, "/dev/null");

  assert_says (&result, KOUAN_PIXELS_STATUS_NOT_SUPPORTED, KOUAN_FILE_KIND_EMPTY);
}

static void
test_usage (void)
{
  static const char *const wrong[][4] = {
    { KOUAN_PIXELS_PROGRAM, "--dpi", NULL, NULL },
    { KOUAN_PIXELS_PROGRAM, "--dpi", "0", NULL },
    { KOUAN_PIXELS_PROGRAM, "--dpi", "100000", NULL },
    { KOUAN_PIXELS_PROGRAM, "--max-pixels", "40000001", NULL },
    { KOUAN_PIXELS_PROGRAM, "--fit-pixels", "-1", NULL },
    { KOUAN_PIXELS_PROGRAM, "passport.pdf", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      Run result = run (wrong[i], "/dev/null");

      g_assert_cmpint (result.exit_code, ==, KOUAN_PIXELS_EXIT_USAGE);
      g_assert_cmpuint (result.size, ==, 0);
    }
}

#ifndef KOUAN_SANITIZED
/* Without one of its locks it says nothing and reads nothing. */
static void
test_not_locked (gconstpointer lock)
{
  Run result
    = run ((const char *[]){ WITHOUT_LOCK, lock, KOUAN_PIXELS_PROGRAM, NULL }, "/dev/null");

  g_assert_cmpint (result.exit_code, ==, KOUAN_PIXELS_EXIT_NOT_LOCKED);
  g_assert_cmpuint (result.size, ==, 0);
}
#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pixels/program/endless", test_endless);
  g_test_add_func ("/pixels/program/empty", test_empty);
  g_test_add_func ("/pixels/program/usage", test_usage);
#ifndef KOUAN_SANITIZED
  g_test_add_data_func ("/pixels/program/without-landlock", "landlock", test_not_locked);
  g_test_add_data_func ("/pixels/program/without-seccomp", "seccomp", test_not_locked);
#endif
  return g_test_run ();
}
