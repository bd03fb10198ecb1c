/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* How long the kiosk takes from the start of its process to its first frame, against a bare window
 * of the same toolkit with the same settings, and what it holds in memory at rest. The two take
 * turns, so that whatever else the machine does slows both; medians are compared, so that one slow
 * start does not decide.
 *
 * startup BARE KIOSK ARGUMENT…: both get "--startup-fd N" and write a byte there after their first
 * frame. */

#define ROUNDS 15
#define RATIO_MAX 1.6
#define RESIDENT_MB_MAX 150
#define FIRST_FRAME_MS_MAX 20000
#define REST_LOOK_MS 500 /* at rest: no time used between two looks */
#define REST_LOOKS_MAX 40

typedef struct
{
  GPid pid;
  int startup_fd;
  gint64 start_us;
} Program;

static Program
start (char **command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;
  g_autofree char *number = NULL;
  Program program = { 0 };
  int ends[2];

  if (!g_unix_open_pipe (ends, FD_CLOEXEC, &error))
    g_error ("%s", error->message);
  number = g_strdup_printf ("%d", ends[1]);
  g_strv_builder_addv (builder, (const char **)command);
  g_strv_builder_add_many (builder, "--startup-fd", number, NULL);
  arguments = g_strv_builder_end (builder);
  program.startup_fd = ends[0];
  program.start_us = g_get_monotonic_time ();
  if (!g_spawn_async_with_pipes_and_fds (
        NULL, (const char *const *)arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, -1, -1,
        -1, &ends[1], &ends[1], 1, &program.pid, NULL, NULL, NULL, &error))
    g_error ("%s: %s", command[0], error->message);
  close (ends[1]);
  return program;
}

/* Milliseconds from the start of the process to its first frame. */
static double
wait_first_frame (const Program *program, const char *name)
{
  GPollFD fd = { program->startup_fd, G_IO_IN, 0 };
  char byte;

  if (g_poll (&fd, 1, FIRST_FRAME_MS_MAX) != 1 || read (program->startup_fd, &byte, 1) != 1)
    g_error ("%s showed no first frame", name);
  return (g_get_monotonic_time () - program->start_us) / 1000.0;
}

static void
end (Program *program)
{
  kill (program->pid, SIGTERM);
  waitpid (program->pid, NULL, 0);
  close (program->startup_fd);
}

/* A field of /proc/PID/NAME as a number, fields being counted from 0 and split at spaces. */
static guint64
read_field (GPid pid, const char *name, guint field)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/%s", pid, name);
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_error ("process %d has ended", pid);
  fields = g_strsplit (text, " ", -1);
  return g_ascii_strtoull (fields[field], NULL, 10);
}

/* Resident megabytes, once the process uses no more processor time (proc(5): stat, utime and
 * stime). */
static double
wait_rest (GPid pid)
{
  guint64 used = 0, before = G_MAXUINT64;

  for (int look = 0; look < REST_LOOKS_MAX && used != before; look++)
    {
      before = used;
      g_usleep (REST_LOOK_MS * 1000);
      used = read_field (pid, "stat", 13) + read_field (pid, "stat", 14);
    }
  return read_field (pid, "statm", 1) * (double)sysconf (_SC_PAGESIZE) / 1e6;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a, right = *(const double *)b;

  return (left > right) - (left < right);
}

static double
get_median (double *values, gsize n_values)
{
  qsort (values, n_values, sizeof *values, compare_doubles);
  return values[n_values / 2];
}

static double
measure (char **command)
{
  Program program = start (command);
  double took_ms = wait_first_frame (&program, command[0]);

  end (&program);
  return took_ms;
}

static double
measure_resident (char **command)
{
  Program program = start (command);
  double resident_mb;

  wait_first_frame (&program, command[0]);
  resident_mb = wait_rest (program.pid);
  end (&program);
  return resident_mb;
}

int
main (int argc, char **argv)
{
  double bare_ms[ROUNDS], kiosk_ms[ROUNDS], ratio, bare_mb, kiosk_mb;
  char *bare[] = { argv[1], NULL };
  char **kiosk = argv + 2;

  if (argc < 3)
    {
      g_printerr ("usage: startup BARE KIOSK ARGUMENT…\n");
      return 2;
    }
  measure (bare); /* both are in the page cache then, and so are their fonts */
  measure (kiosk);
  for (int round = 0; round < ROUNDS; round++)
    {
      bare_ms[round] = measure (bare);
      kiosk_ms[round] = measure (kiosk);
    }
  bare_mb = measure_resident (bare);
  kiosk_mb = measure_resident (kiosk);
  ratio = get_median (kiosk_ms, ROUNDS) / get_median (bare_ms, ROUNDS);
  g_print ("{\"figure\":\"startup\",\"first_frame_ms\":%.0f,\"bare_ms\":%.0f,\"ratio\":%.2f,"
           "\"target\":%.1f,\"resident_mb\":%.0f,\"bare_mb\":%.0f,\"target_mb\":%d}\n",
           get_median (kiosk_ms, ROUNDS), get_median (bare_ms, ROUNDS), ratio, RATIO_MAX, kiosk_mb,
           bare_mb, RESIDENT_MB_MAX);
  return ratio <= RATIO_MAX && kiosk_mb < RESIDENT_MB_MAX ? 0 : 1;
}
