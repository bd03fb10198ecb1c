/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/monitor.h"
#include "app/sync/output.h"
#include "app/sync/run.h"
#include "app/sync/schedule.h"
#include "app/sync/stick.h"

#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>

/* kouan-sync: sends what waits, by the line or by a stick, takes the hub's receipts, erases what is
 * archived. Once, or again and again within its window until it is stopped. The work is done on a
 * thread of its own so that being asked to stop, or the window's end, is heard at once; what is
 * under way then is put down and goes on from its last byte the next time. */

typedef enum
{
  EXIT_ALL_SENT = 0,
  EXIT_LEFT = 1, /* something is left for later, or for a person */
  EXIT_USAGE = 2,
  EXIT_AWAY = 3,
  EXIT_LOCAL = 4, /* this kiosk is in trouble; stderr says which */
} Exit;

#define SHOW_EVERY_US (G_USEC_PER_SEC / 2)
#define LOOK_EVERY_S 600                                    /* at the clock, while it waits */
#define ASK_EVERY_US (4 * 60 * 60 * (gint64)G_USEC_PER_SEC) /* about what is COMMITTED */

typedef struct
{
  KouanStation *station;
  KouanClock *clock;
  KouanSchedule schedule;
  gboolean once, progress, tell;
  GMainLoop *loop;
  gboolean stopping;
  GCancellable *run; /* (nullable): of the run under way */
  Exit exit;
  guint pause;       /* source: until the next look at the clock */
  gint64 due_us;     /* boot time of the next run */
  gint64 planned_us; /* boot time at which that was planned, and the clock then */
  gint64 planned_s;
  guint window; /* source: until the window closes */

  /* on the thread of the run */
  KouanSyncState state;
  gint64 shown_us;
  gint64 asked_us; /* boot time of the last run that asked about what is COMMITTED; 0: none */
} Program;

static void
on_progress (const KouanSyncProgress *progress, gpointer data)
{
  Program *self = data;
  gint64 now_us = kouan_clock_boot_us (self->clock);

  if (now_us - self->shown_us < SHOW_EVERY_US && progress->records_done < progress->records_total)
    return;
  self->shown_us = now_us;
  self->state.progress = *progress;
  self->state.at_s = kouan_clock_wall_s (self->clock);
  kouan_sync_state_write (self->station, &self->state);
  if (self->progress)
    kouan_sync_print_progress (progress);
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
keep_state (Program *self, const KouanSyncReport *report, const GError *error)
{
  self->state.running = FALSE;
  self->state.at_s = kouan_clock_wall_s (self->clock);
  self->state.away = report->away;
  self->state.waiting = report->waiting;
  if (!report->away && (error == NULL || report->committed > 0))
    self->state.hub_s = self->state.at_s;
  kouan_sync_state_write (self->station, &self->state);
}

/* Records wait for days until they are in every backup. Whoever sends by hand is told about all of
 * them; by itself the program asks now and then, or they would take the night's hours from new
 * ones.
 */
static gboolean
asks_about_committed (Program *self)
{
  gint64 now_us = kouan_clock_boot_us (self->clock);

  if (!self->once && self->asked_us != 0 && now_us - self->asked_us < ASK_EVERY_US)
    return FALSE;
  self->asked_us = now_us;
  return TRUE;
}

static void
say_away (const KouanSyncReport *report)
{
  if (report->stranger)
    g_printerr (
      "The hub and this kiosk do not know each other: its certificate is revoked or over, or "
      "another hub answers. Nothing is lost; ask the hub's operator.\n");
  else if (report->away)
    g_printerr ("The hub could not be reached. Nothing is lost; the next run goes on from here.\n");
}

static void
run_once (Program *self, GCancellable *cancellable)
{
  g_autoptr (KouanSyncRun) run = kouan_sync_run_new (self->station, self->clock);
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  if (!asks_about_committed (self))
    kouan_sync_run_skip_committed (run);
  kouan_sync_state_read (self->station, &self->state);
  self->state.running = TRUE;
  kouan_sync_run_set_progress (run, on_progress, self);
  if (!kouan_sync_run_go (run, &report, cancellable, &error))
    g_message ("%s", error->message);
  if (report.away)
    self->asked_us = 0;
  say_away (&report);
  keep_state (self, &report, error);
  kouan_sync_print_report (&report, error);
  self->exit = judge (&report, error);
}

static void
work (GTask *task, gpointer source G_GNUC_UNUSED, gpointer data, GCancellable *cancellable)
{
  run_once (data, cancellable);
  g_task_return_boolean (task, TRUE);
}

static gint64
second_of_day (Program *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (kouan_clock_wall_s (self->clock));

  return g_date_time_get_hour (now) * 3600 + g_date_time_get_minute (now) * 60
         + g_date_time_get_second (now);
}

static void start (Program *self);
static void plan (Program *self, gboolean ran);

static gboolean
clock_was_set (Program *self)
{
  gint64 passed_us = kouan_clock_boot_us (self->clock) - self->planned_us;

  return kouan_schedule_is_overtaken (kouan_clock_wall_s (self->clock) - self->planned_s,
                                      passed_us / G_USEC_PER_SEC);
}

static gboolean
on_look (gpointer data)
{
  Program *self = data;
  gint64 left_us = self->due_us - kouan_clock_boot_us (self->clock);

  self->pause = 0;
  if (clock_was_set (self))
    plan (self, FALSE);
  else if (left_us > 0)
    self->pause
      = g_timeout_add ((guint)MIN (left_us / 1000 + 1, LOOK_EVERY_S * 1000), on_look, self);
  else
    start (self);
  return G_SOURCE_REMOVE;
}

static void
plan (Program *self, gboolean ran)
{
  gint64 wait_s
    = kouan_schedule_wait_s (&self->schedule, second_of_day (self), ran, g_random_double ());

  g_message ("the next run begins in %" G_GINT64_FORMAT " s", wait_s);
  self->planned_us = kouan_clock_boot_us (self->clock);
  self->planned_s = kouan_clock_wall_s (self->clock);
  self->due_us = self->planned_us + wait_s * G_USEC_PER_SEC;
  kouan_sync_state_read (self->station, &self->state);
  self->state.next_s = self->planned_s + wait_s;
  self->state.planner = getpid ();
  if (!self->state.running) /* or somebody sends by hand, and the file is theirs */
    kouan_sync_state_write (self->station, &self->state);
  on_look (self);
}

static gboolean
on_window_closed (gpointer data)
{
  Program *self = data;

  self->window = 0;
  g_cancellable_cancel (self->run);
  return G_SOURCE_REMOVE;
}

static void
on_worked (GObject *source G_GNUC_UNUSED, GAsyncResult *result G_GNUC_UNUSED, gpointer data)
{
  Program *self = data;

  g_clear_object (&self->run);
  g_clear_handle_id (&self->window, g_source_remove);
  if (self->once || self->stopping)
    g_main_loop_quit (self->loop);
  else
    plan (self, TRUE);
}

static void
start (Program *self)
{
  gint64 left_s = kouan_schedule_left_s (&self->schedule, second_of_day (self));
  g_autoptr (GTask) task = NULL;

  if (!self->once && left_s == 0)
    {
      plan (self, FALSE);
      return;
    }
  self->run = g_cancellable_new ();
  if (!self->once && left_s >= 0)
    self->window = g_timeout_add_seconds ((guint)left_s, on_window_closed, self);
  task = g_task_new (NULL, self->run, on_worked, self);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, work);
}

static gboolean
on_stop (gpointer data)
{
  Program *self = data;

  /* A run that is under way puts things down first; its end ends the loop. */
  self->stopping = TRUE;
  if (self->run != NULL)
    g_cancellable_cancel (self->run);
  else
    g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

/* By stick: out, then in, if both are asked for. */
static Exit
use_stick (Program *self, const char *to, const char *from)
{
  g_autoptr (KouanSyncRun) run = kouan_sync_run_new (self->station, self->clock);
  g_autoptr (GError) error = NULL;
  KouanStickReport exported = { 0 };
  KouanSyncReport imported = { 0 };
  Exit exit = EXIT_ALL_SENT;

  kouan_sync_state_read (self->station, &self->state);
  kouan_sync_run_set_progress (run, on_progress, self);
  if (to != NULL)
    {
      if (!kouan_sync_run_export (run, to, &exported, &error))
        g_printerr ("kouan-sync: %s\n", error->message);
      kouan_sync_print_export (&exported, error);
      exit = error != NULL ? EXIT_LOCAL : exported.full > 0 ? EXIT_LEFT : EXIT_ALL_SENT;
    }
  if (from == NULL || error != NULL)
    return exit;
  if (!kouan_sync_run_import (run, from, &imported, &error))
    g_printerr ("kouan-sync: %s\n", error->message);
  kouan_sync_print_report (&imported, error);
  return MAX (exit, judge (&imported, error));
}

static gboolean
read_options (int *argc, char ***argv, char **folder, char **to, char **from, Program *self)
{
  const GOptionEntry entries[]
    = { { "station", 0, 0, G_OPTION_ARG_FILENAME, folder, "the kiosk's folder", "DIR" },
        { "once", 0, 0, G_OPTION_ARG_NONE, &self->once, "one run, then end", NULL },
        { "tell", 0, 0, G_OPTION_ARG_NONE, &self->tell,
          "only tell the hub how this kiosk is, then end", NULL },
        { "progress", 0, 0, G_OPTION_ARG_NONE, &self->progress,
          "a JSON object on stdout twice a second: how far it is", NULL },
        { "export", 0, 0, G_OPTION_ARG_FILENAME, to, "put what waits on a stick", "DIR" },
        { "import", 0, 0, G_OPTION_ARG_FILENAME, from, "take receipts and lists from a stick",
          "DIR" },
        G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_description (
    context,
    "One JSON object a run on stdout. Ends with 0 when all is sent, 1 when something is left,\n"
    "2 for a wrong call, 3 when the hub is away or does not take this kiosk, 4 when this kiosk is "
    "in trouble.\n");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    g_printerr ("kouan-sync: %s\n", error->message);
  else if (*folder == NULL || *argc > 1)
    g_printerr ("usage: kouan-sync --station DIR [--once] [--progress] | [--tell] | [--export DIR] "
                "[--import DIR]\n");
  else
    return TRUE;
  return FALSE;
}

static Exit
tell_hub (Program *self)
{
  g_autoptr (KouanSyncRun) run = kouan_sync_run_new (self->station, self->clock);
  g_autoptr (GError) error = NULL;

  if (kouan_sync_run_tell (run, &error))
    return EXIT_ALL_SENT;
  g_printerr ("kouan-sync: %s\n", error->message);
  return EXIT_LOCAL;
}

static void
use_line (Program *self)
{
  kouan_schedule_read (&self->schedule, self->station);
  self->loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, on_stop, self);
  g_unix_signal_add (SIGINT, on_stop, self);
  if (self->once)
    start (self);
  else
    plan (self, FALSE);
  g_main_loop_run (self->loop);
  g_main_loop_unref (self->loop);
}

int
main (int argc, char **argv)
{
  Program self = { .exit = EXIT_USAGE };
  g_autofree char *folder = NULL;
  g_autofree char *to = NULL;
  g_autofree char *from = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  signal (SIGPIPE, SIG_IGN);
  if (!read_options (&argc, &argv, &folder, &to, &from, &self))
    return EXIT_USAGE;
  self.station = kouan_station_load (folder, &error);
  if (self.station == NULL)
    {
      g_printerr ("kouan-sync: %s\n", error->message);
      return EXIT_LOCAL;
    }
  self.clock = kouan_system_clock_new ();
  if (self.tell)
    self.exit = tell_hub (&self);
  else if (to != NULL || from != NULL)
    self.exit = use_stick (&self, to, from);
  else
    use_line (&self);
  g_object_unref (self.clock);
  g_object_unref (self.station);
  return (int)self.exit;
}
