/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/board-screen.h"

#include "app/board/board.h"
#include "app/language/language.h"
#include "ui/pages/screens.h"
#include "ui/staff/chart.h"
#include "ui/widgets/halves.h"
#include "ui/widgets/text.h"

/* How this kiosk is: numbers that add up, ages, and two charts. Built anew every few seconds, and
 * as soon as a sync moves. */

#define EVERY_S 5
#define DAY_S 86400
#define OLD_LIST_S (3 * DAY_S)
#define OLD_TRUST_S (100 * (gint64)DAY_S)
#define CERTIFICATE_SOON_S (14 * (gint64)DAY_S)
#define OLD_WAITING_S (2 * DAY_S)
#define FIRST_HOUR 7 /* of the chart, unless somebody came earlier */
#define LAST_HOUR 19

struct _KouanBoardScreen
{
  KouanStaffScreen parent_instance;

  KouanSyncMonitor *sync;
  guint source;
};

G_DEFINE_FINAL_TYPE (KouanBoardScreen, kouan_board_screen, KOUAN_TYPE_STAFF_SCREEN)

/* Returns: (transfer full): "just now", "5 min ago", "3 h ago", "4 days ago" */
static char *
age (gint64 now_s, gint64 then_s)
{
  gint64 seconds = MAX (now_s - then_s, 0);

  if (seconds < 120)
    return g_strdup (_ ("just now"));
  if (seconds < 2 * 3600)
    return g_strdup_printf (_ ("%d min ago"), (int)(seconds / 60));
  if (seconds < 2 * DAY_S)
    return g_strdup_printf (_ ("%d h ago"), (int)(seconds / 3600));
  return g_strdup_printf (_ ("%d days ago"), (int)(seconds / DAY_S));
}

static void
add_count (GtkWidget *table, const char *label, gint64 count, gboolean wrong)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  kouan_staff_table_add (table, label, text, wrong ? KOUAN_NOTICE_PROBLEM : KOUAN_NOTICE_INFO);
}

static GtkWidget *
queue_table (const KouanBoard *board)
{
  const KouanRecordBalance *balance = &board->balance;
  GtkWidget *table = kouan_staff_table_new (_ ("Queue"));
  g_autofree char *oldest = balance->oldest_waiting_s != 0
                              ? age (board->now_s, balance->oldest_waiting_s)
                              : g_strdup (_ ("none"));
  gboolean late
    = balance->oldest_waiting_s != 0 && board->now_s - balance->oldest_waiting_s > OLD_WAITING_S;

  add_count (table, _ ("Taken in"), balance->captured, FALSE);
  add_count (table, _ ("= To be sent"), balance->queued, FALSE);
  add_count (table, _ ("+ At the hub"), balance->sent, FALSE);
  add_count (table, _ ("+ Archived"), balance->archived, FALSE);
  add_count (table, _ ("+ Refused"), balance->refused, balance->refused > 0);
  kouan_staff_table_add (table, _ ("The numbers"),
                         board->adds_up ? _ ("add up") : _ ("do not add up: call the hub"),
                         board->adds_up ? KOUAN_NOTICE_SUCCESS : KOUAN_NOTICE_PROBLEM);
  kouan_staff_table_add (table, _ ("Oldest that waits"), oldest,
                         late ? KOUAN_NOTICE_WARNING : KOUAN_NOTICE_INFO);
  for (guint i = 0; i < board->refused->len; i++)
    {
      const KouanBoardRefused *refused = board->refused->pdata[i];

      kouan_staff_table_add (table, refused->number, kouan_board_refused_text (refused->trouble),
                             KOUAN_NOTICE_PROBLEM);
    }
  return table;
}

static char *
progress_text (const KouanSyncProgress *progress)
{
  g_autofree char *counts
    = g_strdup_printf (_ ("%u of %u records"), progress->records_done, progress->records_total);

  if (progress->left_s < 0)
    return g_steal_pointer (&counts);
  return g_strdup_printf (_ ("%s, %d s left"), counts, (int)progress->left_s);
}

/* Where no sync waits for its turn, the window is all that is known. */
static GtkWidget *
sync_table (KouanBoardScreen *self, const KouanBoard *board)
{
  KouanStation *station = kouan_staff_gate_get_station (
    kouan_staff_mode_get_gate (kouan_staff_screen_get_mode (KOUAN_STAFF_SCREEN (self))));
  const KouanSyncState *sync = &board->sync;
  const char *window = kouan_station_get_value (station, "sync", "window");
  GtkWidget *table = kouan_staff_table_new (_ ("Sync"));
  g_autofree char *now = sync->running ? progress_text (&sync->progress) : NULL;
  g_autofree char *next = sync->next_s > board->now_s
                            ? kouan_language_date_time (kouan_language_current (), sync->next_s)
                            : NULL;
  g_autofree char *last = sync->hub_s != 0 ? age (board->now_s, sync->hub_s) : NULL;
  gboolean late = sync->hub_s == 0 || board->now_s - sync->hub_s > OLD_LIST_S;

  kouan_staff_table_add (table, _ ("Now"), now != NULL ? now : _ ("not running"),
                         KOUAN_NOTICE_INFO);
  kouan_staff_table_add (table, _ ("Hub last reached"), last != NULL ? last : _ ("never"),
                         late ? KOUAN_NOTICE_WARNING : KOUAN_NOTICE_SUCCESS);
  if (sync->away)
    kouan_staff_table_add (table, _ ("The last try"), _ ("the hub was away"), KOUAN_NOTICE_WARNING);
  kouan_staff_table_add (table, _ ("Next run"),
                         next != NULL     ? next
                         : window != NULL ? window
                                          : _ ("within half an hour"),
                         KOUAN_NOTICE_INFO);
  return table;
}

static void
add_date (
  GtkWidget *table, const KouanBoard *board, const char *label, gint64 issued_s, gint64 old_s)
{
  g_autofree char *text = issued_s != 0 ? age (board->now_s, issued_s) : NULL;

  kouan_staff_table_add (table, label, text != NULL ? text : _ ("none yet"),
                         issued_s == 0 || board->now_s - issued_s > old_s ? KOUAN_NOTICE_WARNING
                                                                          : KOUAN_NOTICE_INFO);
}

static GtkWidget *
lists_table (const KouanBoard *board)
{
  static const char *const labels[]
    = { N_ ("Appointments"), N_ ("Revoked codes"), N_ ("Trust list"), N_ ("Staff list") };
  GtkWidget *table = kouan_staff_table_new (_ ("What came from the hub"));

  add_date (table, board, _ ("Services and rules"), board->catalogue_issued_s, OLD_TRUST_S);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (i != 2)
      add_date (table, board, _ (labels[i]), board->lists[i].issued_s,
                i == 3 ? OLD_TRUST_S : OLD_LIST_S);
  add_date (table, board, _ (labels[2]), board->trust_signed_s, OLD_TRUST_S);
  return table;
}

static char *
date_text (gint64 wall_s)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (wall_s);

  return kouan_language_date (kouan_language_current (), g_date_time_get_year (date),
                              g_date_time_get_month (date), g_date_time_get_day_of_month (date));
}

static GtkWidget *
machine_table (const KouanBoard *board)
{
  GtkWidget *table = kouan_staff_table_new (_ ("This machine"));
  g_autofree char *room = g_format_size_full (board->room, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *behind
    = g_strdup_printf (_ ("set back by %d min"), (int)(board->clock_behind_s / 60));
  g_autofree char *until
    = board->certificate_until_s != 0 ? date_text (board->certificate_until_s) : NULL;
  gboolean soon = board->certificate_until_s - board->now_s < CERTIFICATE_SOON_S;

  kouan_staff_table_add (table, _ ("Free disk"), room,
                         board->space == KOUAN_OUTBOX_SPACE_PLENTY ? KOUAN_NOTICE_SUCCESS
                         : board->space == KOUAN_OUTBOX_SPACE_LOW  ? KOUAN_NOTICE_WARNING
                                                                   : KOUAN_NOTICE_PROBLEM);
  kouan_staff_table_add (table, _ ("Clock"), board->clock_behind_s != 0 ? behind : _ ("good"),
                         board->clock_behind_s != 0 ? KOUAN_NOTICE_PROBLEM : KOUAN_NOTICE_SUCCESS);
  kouan_staff_table_add (table, _ ("Certificate good until"),
                         until != NULL ? until : _ ("none: this kiosk is not enrolled"),
                         until == NULL || soon ? KOUAN_NOTICE_WARNING : KOUAN_NOTICE_INFO);
  for (guint i = 0; board->troubles[i] != NULL; i++)
    kouan_staff_table_add (table, _ ("Told to the hub"), board->troubles[i], KOUAN_NOTICE_WARNING);
  return table;
}

static GtkWidget *
part (const char *title, GtkWidget *chart)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_box_append (GTK_BOX (box), kouan_subheading_new (title));
  gtk_box_append (GTK_BOX (box), chart);
  return box;
}

static GtkWidget *
hours_chart (const KouanBoard *board)
{
  GtkWidget *chart;
  int first = FIRST_HOUR, last = LAST_HOUR;
  gboolean any = FALSE;

  for (int hour = 0; hour < 24; hour++)
    if (board->hours[hour] > 0)
      {
        any = TRUE;
        first = MIN (first, hour);
        last = MAX (last, hour);
      }
  if (!any)
    return part (_ ("Visits of today, by hour"), kouan_text_new (_ ("None has ended so far.")));
  chart = kouan_chart_new (_ ("Visits of today, by hour"));
  for (int hour = first; hour <= last; hour++)
    {
      g_autofree char *label = g_strdup_printf ("%d", hour);
      g_autofree char *text
        = board->hours[hour] > 0 ? g_strdup_printf ("%u", board->hours[hour]) : g_strdup ("");

      kouan_chart_add (KOUAN_CHART (chart), label, board->hours[hour], text);
    }
  return part (_ ("Visits of today, by hour"), chart);
}

static GtkWidget *
steps_chart (const KouanBoard *board)
{
  GtkWidget *chart;
  gboolean any = FALSE;

  for (guint i = 0; i < KOUAN_BOARD_STEPS; i++)
    any = any || board->steps[i].times > 0;
  if (!any)
    return part (_ ("Minutes at each step, on average of seven days"),
                 kouan_text_new (_ ("None has ended so far.")));
  chart = kouan_chart_new (_ ("Minutes at each step, on average of seven days"));
  for (guint i = 0; i < KOUAN_BOARD_STEPS; i++)
    {
      double minutes = (double)board->steps[i].seconds / 60;
      g_autofree char *text
        = board->steps[i].times > 0 ? g_strdup_printf ("%.1f", minutes) : g_strdup ("");

      kouan_chart_add (KOUAN_CHART (chart), _ (kouan_screen_step_name ((int)i + 1)), minutes, text);
    }
  return part (_ ("Minutes at each step, on average of seven days"), chart);
}

static GtkWidget *
column (GtkWidget *first, GtkWidget *second, GtkWidget *third)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 40);

  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);
  gtk_box_append (GTK_BOX (box), third);
  return box;
}

static void
build (KouanBoardScreen *self)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanBoard) board
    = kouan_board_new (kouan_staff_mode_get_gate (kouan_staff_screen_get_mode (screen)), &error);

  if (board == NULL)
    {
      kouan_staff_screen_say_error (screen, error);
      return;
    }
  kouan_staff_screen_clear (screen);
  kouan_staff_screen_add (
    screen,
    kouan_halves_new (column (queue_table (board), sync_table (self, board), hours_chart (board)),
                      column (machine_table (board), lists_table (board), steps_chart (board))));
}

static gboolean
on_tick (gpointer data)
{
  build (KOUAN_BOARD_SCREEN (data));
  return G_SOURCE_CONTINUE;
}

static void
on_sync (KouanSyncMonitor *monitor G_GNUC_UNUSED,
         GParamSpec *pspec G_GNUC_UNUSED,
         KouanBoardScreen *self)
{
  build (self);
}

static void
kouan_board_screen_enter (KouanScreen *screen)
{
  KouanBoardScreen *self = KOUAN_BOARD_SCREEN (screen);

  self->source = g_timeout_add_seconds (EVERY_S, on_tick, self);
}

static void
kouan_board_screen_leave (KouanScreen *screen)
{
  KouanBoardScreen *self = KOUAN_BOARD_SCREEN (screen);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->sync);
}

static void
kouan_board_screen_constructed (GObject *object)
{
  KouanBoardScreen *self = KOUAN_BOARD_SCREEN (object);
  KouanStaffGate *gate;

  G_OBJECT_CLASS (kouan_board_screen_parent_class)->constructed (object);

  gate = kouan_staff_mode_get_gate (kouan_staff_screen_get_mode (KOUAN_STAFF_SCREEN (self)));
  self->sync = kouan_sync_monitor_new (kouan_staff_gate_get_station (gate));
  g_signal_connect_object (self->sync, "notify::records-done", G_CALLBACK (on_sync), self, 0);
  kouan_staff_screen_set_title (KOUAN_STAFF_SCREEN (self), _ ("How this kiosk is"));
  kouan_screen_set_wide (KOUAN_SCREEN (self), TRUE);
  build (self);
}

static void
kouan_board_screen_dispose (GObject *object)
{
  KouanBoardScreen *self = KOUAN_BOARD_SCREEN (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->sync);
  G_OBJECT_CLASS (kouan_board_screen_parent_class)->dispose (object);
}

static void
kouan_board_screen_class_init (KouanBoardScreenClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kouan_board_screen_constructed;
  G_OBJECT_CLASS (klass)->dispose = kouan_board_screen_dispose;
  KOUAN_SCREEN_CLASS (klass)->enter = kouan_board_screen_enter;
  KOUAN_SCREEN_CLASS (klass)->leave = kouan_board_screen_leave;
}

static void
kouan_board_screen_init (KouanBoardScreen *self G_GNUC_UNUSED)
{
}
