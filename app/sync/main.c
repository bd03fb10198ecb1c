/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/run.h"

#include <glib-unix.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* kouan-sync: sends what waits, takes the hub's receipts, erases what is archived. Once, or again
 * and again until it is stopped. The work is done on a thread of its own so that being asked to
 * stop is heard at once. */

typedef enum
{
  EXIT_ALL_SENT = 0,
  EXIT_LEFT = 1, /* something is left for later, or for a person */
  EXIT_USAGE = 2,
  EXIT_AWAY = 3,
  EXIT_LOCAL = 4, /* this kiosk is in trouble; stderr says which */
} Exit;

#define PAUSE_MIN_S (10 * 60)
#define PAUSE_MAX_S (20 * 60)
#define PRINT_EVERY_US (G_USEC_PER_SEC / 2)

typedef struct
{
  KouanStation *station;
  KouanClock *clock;
  gboolean once, progress;
  GMainLoop *loop;
  GCancellable *stop;
  Exit exit;
  guint pause; /* source, or 0 while a run is under way */
  gint64 printed_us;
} Program;

static void
print_progress (const KouanSyncProgress *progress, gpointer data)
{
  Program *self = data;
  gint64 now_us = kouan_clock_boot_us (self->clock);
  g_autofree char *done = g_format_size ((guint64)progress->bytes_done);
  g_autofree char *total = g_format_size ((guint64)progress->bytes_total);
  g_autofree char *left = NULL;

  if (now_us - self->printed_us < PRINT_EVERY_US
      && progress->records_done < progress->records_total)
    return;
  self->printed_us = now_us;
  left = progress->left_s < 0
           ? g_strdup ("")
           : g_strdup_printf (", %" G_GINT64_FORMAT " min %" G_GINT64_FORMAT " s left",
                              progress->left_s / 60, progress->left_s % 60);
  g_printerr ("%s%u of %u records, %s of %s%s%s", isatty (STDERR_FILENO) ? "\r\033[K" : "",
              progress->records_done, progress->records_total, done, total, left,
              isatty (STDERR_FILENO) ? "" : "\n");
}

static void
add_number (JsonBuilder *line, const char *name, gint64 value)
{
  json_builder_set_member_name (line, name);
  json_builder_add_int_value (line, value);
}

static void
print_report (const KouanSyncReport *report, const GError *error)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  add_number (line, "committed", report->committed);
  add_number (line, "archived", report->archived);
  add_number (line, "refused", report->refused);
  add_number (line, "later", report->later);
  add_number (line, "waiting", report->waiting);
  add_number (line, "bytes", report->bytes);
  add_number (line, "catalogue", (gint64)report->catalogue);
  json_builder_set_member_name (line, "hub");
  json_builder_add_string_value (line, report->away ? "away" : "reached");
  json_builder_set_member_name (line, "trouble");
  if (error != NULL)
    json_builder_add_string_value (line, error->message);
  else
    json_builder_add_null_value (line);
  json_builder_end_object (line);
  root = json_builder_get_root (line);
  text = json_to_string (root, FALSE);
  puts (text);
  fflush (stdout);
}

static Exit
judge (const KouanSyncReport *report, const GError *error)
{
  if (report->away)
    return EXIT_AWAY;
  if (g_error_matches (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL))
    return EXIT_LOCAL;
  if (error != NULL || report->waiting > 0 || report->refused > 0)
    return EXIT_LEFT;
  return EXIT_ALL_SENT;
}

static void
run_once (Program *self)
{
  g_autoptr (KouanSyncRun) run = kouan_sync_run_new (self->station, self->clock);
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  if (self->progress)
    kouan_sync_run_set_progress (run, print_progress, self);
  if (!kouan_sync_run_go (run, &report, self->stop, &error))
    g_message ("%s", error->message);
  if (self->progress && isatty (STDERR_FILENO))
    g_printerr ("\n");
  if (report.away)
    g_printerr ("The hub could not be reached. Nothing is lost; the next run goes on from here.\n");
  print_report (&report, error);
  self->exit = judge (&report, error);
}

static void
work (GTask *task, gpointer source G_GNUC_UNUSED, gpointer data, GCancellable *stop G_GNUC_UNUSED)
{
  run_once (data);
  g_task_return_boolean (task, TRUE);
}

static void start (Program *self);

static gboolean
on_pause_over (gpointer data)
{
  ((Program *)data)->pause = 0;
  start (data);
  return G_SOURCE_REMOVE;
}

static void
on_worked (GObject *source G_GNUC_UNUSED, GAsyncResult *result G_GNUC_UNUSED, gpointer data)
{
  Program *self = data;

  if (self->once || g_cancellable_is_cancelled (self->stop))
    g_main_loop_quit (self->loop);
  else
    self->pause = g_timeout_add_seconds ((guint)g_random_int_range (PAUSE_MIN_S, PAUSE_MAX_S),
                                         on_pause_over, self);
}

static void
start (Program *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_worked, self);

  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, work);
}

static gboolean
on_stop (gpointer data)
{
  Program *self = data;

  /* A run that is under way puts things down first; its end ends the loop. */
  g_cancellable_cancel (self->stop);
  if (self->pause != 0)
    g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
read_options (int *argc, char ***argv, char **folder, Program *self)
{
  const GOptionEntry entries[]
    = { { "station", 0, 0, G_OPTION_ARG_FILENAME, folder, "the kiosk's folder", "DIR" },
        { "once", 0, 0, G_OPTION_ARG_NONE, &self->once, "one run, then end", NULL },
        { "progress", 0, 0, G_OPTION_ARG_NONE, &self->progress, "tell on stderr how far it is",
          NULL },
        G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_description (
    context,
    "One JSON object a run on stdout. Ends with 0 when all is sent, 1 when something is left,\n"
    "2 for a wrong call, 3 when the hub is away, 4 when this kiosk is in trouble.\n");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    g_printerr ("kouan-sync: %s\n", error->message);
  else if (*folder == NULL || *argc > 1)
    g_printerr ("usage: kouan-sync --station DIR [--once] [--progress]\n");
  else
    return TRUE;
  return FALSE;
}

int
main (int argc, char **argv)
{
  Program self = { .exit = EXIT_USAGE };
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  signal (SIGPIPE, SIG_IGN);
  if (!read_options (&argc, &argv, &folder, &self))
    return EXIT_USAGE;
  self.station = kouan_station_load (folder, &error);
  if (self.station == NULL)
    {
      g_printerr ("kouan-sync: %s\n", error->message);
      return EXIT_LOCAL;
    }
  self.clock = kouan_system_clock_new ();
  self.stop = g_cancellable_new ();
  self.loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, on_stop, &self);
  g_unix_signal_add (SIGINT, on_stop, &self);
  start (&self);
  g_main_loop_run (self.loop);
  g_main_loop_unref (self.loop);
  g_object_unref (self.stop);
  g_object_unref (self.clock);
  g_object_unref (self.station);
  return (int)self.exit;
}
