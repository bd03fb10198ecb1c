/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/carry-screen.h"

#include "app/board/job.h"
#include "app/language/language.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/text.h"

/* Sealed records out, receipts and lists back: by the line or by a stick. The work is done by
 * kouan-sync, a process of its own, so that it goes on when the page is left. */

typedef enum
{
  WORK_SYNC,
  WORK_EXPORT,
  WORK_IMPORT,
} Work;

static const struct
{
  const char *word;
  const char *option; /* of kouan-sync */
  KouanDuty duty;
  const char *icon;
  const char *label;
  const char *doing;
} works[] = {
  { "sync", "--once", KOUAN_DUTY_SYNC, "arrow-up", N_ ("Sync now"),
    N_ ("Records are sent to the hub") },
  { "export", "--export", KOUAN_DUTY_EXPORT, "stick", N_ ("Export to a stick"),
    N_ ("Sealed records are put on the stick") },
  { "import", "--import", KOUAN_DUTY_IMPORT, "arrow-down", N_ ("Import from a stick"),
    N_ ("Receipts and lists are taken from the stick") },
};

struct _KouanCarryScreen
{
  KouanStaffScreen parent_instance;

  KouanJob *job; /* (nullable): at work */
  Work work;
  KouanProgress *progress; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (KouanCarryScreen, kouan_carry_screen, KOUAN_TYPE_STAFF_SCREEN)

static void build (KouanCarryScreen *self);

static KouanStaffMode *
mode_of (KouanCarryScreen *self)
{
  return kouan_staff_screen_get_mode (KOUAN_STAFF_SCREEN (self));
}

static char *
dup_stick (KouanCarryScreen *self)
{
  KouanStick *stick = kouan_kiosk_get_stick (kouan_screen_get_kiosk (KOUAN_SCREEN (self)));

  return stick != NULL ? kouan_stick_dup_folder (stick) : NULL;
}

static void
on_changed (KouanJob *job, KouanCarryScreen *self)
{
  const KouanSyncProgress *progress = kouan_job_get_progress (job);

  if (self->progress == NULL || progress->records_total == 0)
    return;
  kouan_progress_set_done (self->progress, MIN (progress->records_done, progress->records_total),
                           progress->records_total);
  if (progress->left_s >= 0)
    kouan_progress_set_seconds_left (self->progress, (int)progress->left_s);
}

static void
say_trouble (KouanCarryScreen *self, const char *title)
{
  kouan_staff_screen_say (KOUAN_STAFF_SCREEN (self), KOUAN_NOTICE_PROBLEM, title,
                          _ ("Nothing is lost: what is not signed for by the hub stays here. Try "
                             "again, or call a technician."));
}

static void
say_synced (KouanCarryScreen *self)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  g_autofree char *text
    = g_strdup_printf (_ ("Sent now: %d. Archived now: %d. Still waiting: %d. Lists taken: %d."),
                       (int)kouan_job_get_number (self->job, "committed"),
                       (int)kouan_job_get_number (self->job, "archived"),
                       (int)kouan_job_get_number (self->job, "waiting"),
                       (int)kouan_job_get_number (self->job, "lists"));

  if (g_strcmp0 (kouan_job_get_text (self->job, "hub"), "away") == 0)
    kouan_staff_screen_say (screen, KOUAN_NOTICE_WARNING, _ ("The hub can't be reached"),
                            _ ("Nothing is lost; the next run goes on from here. Look at the "
                               "network, or carry the records by stick."));
  else if (g_strcmp0 (kouan_job_get_text (self->job, "hub"), "stranger") == 0)
    kouan_staff_screen_say (screen, KOUAN_NOTICE_WARNING, _ ("The hub does not take this kiosk"),
                            _ ("Its certificate is revoked or over, or another hub answers. "
                               "Nothing is lost; ask the hub's operator."));
  else
    kouan_staff_screen_say (screen, KOUAN_NOTICE_SUCCESS, _ ("The hub was reached"), text);
}

static void
say_imported (KouanCarryScreen *self)
{
  g_autofree char *text
    = g_strdup_printf (_ ("Receipts of the hub: %d. Lists: %d. Visits from other kiosks: %d."),
                       (int)(kouan_job_get_number (self->job, "committed")
                             + kouan_job_get_number (self->job, "archived")),
                       (int)kouan_job_get_number (self->job, "lists"),
                       (int)kouan_job_get_number (self->job, "visits"));

  kouan_staff_screen_say (KOUAN_STAFF_SCREEN (self), KOUAN_NOTICE_SUCCESS,
                          _ ("What was new on the stick is here"), text);
}

static void
say_exported (KouanCarryScreen *self)
{
  gint64 full = kouan_job_get_number (self->job, "full");
  gint64 on_it
    = kouan_job_get_number (self->job, "exported") + kouan_job_get_number (self->job, "kept");
  g_autofree char *text
    = g_strdup_printf (_ ("Put on it now: %d. There already: %d. No room for: %d."),
                       (int)kouan_job_get_number (self->job, "exported"),
                       (int)kouan_job_get_number (self->job, "kept"), (int)full);

  if (full == 0 && on_it == 0)
    {
      kouan_staff_screen_say (KOUAN_STAFF_SCREEN (self), KOUAN_NOTICE_INFO,
                              _ ("Nothing had to be put on the stick"),
                              _ ("The hub has everything that was taken in here."));
      return;
    }
  kouan_staff_screen_say (
    KOUAN_STAFF_SCREEN (self), full > 0 ? KOUAN_NOTICE_WARNING : KOUAN_NOTICE_SUCCESS,
    full > 0 ? _ ("The stick is full") : _ ("The records are on the stick"), text);
}

static void
on_finished (KouanJob *job, KouanCarryScreen *self)
{
  int exit = kouan_job_get_exit (job);
  KouanStaffOrder order = kouan_staff_mode_get_order (mode_of (self));
  g_autofree char *result = g_strdup_printf ("exit-%d", exit);
  g_autoptr (GError) error = NULL;

  if (exit < 0 || exit == 2 || exit == 4)
    say_trouble (self, _ ("It could not be done"));
  else if (self->work == WORK_EXPORT)
    say_exported (self);
  else if (self->work == WORK_IMPORT)
    say_imported (self);
  else
    say_synced (self);
  if (!kouan_staff_note (&order, works[self->work].duty, works[self->work].word, result, &error))
    g_message ("The end of it is not in the audit: %s", error->message);
  g_clear_object (&self->job);
  build (self);
}

static void
start (KouanCarryScreen *self, Work work, const char *stick)
{
  KouanKiosk *kiosk = kouan_screen_get_kiosk (KOUAN_SCREEN (self));
  KouanStation *station = kouan_session_get_station (kouan_kiosk_get_session (kiosk));
  const char *words[] = { kouan_kiosk_get_sync_program (kiosk),
                          "--station",
                          kouan_station_get_folder (station),
                          "--progress",
                          works[work].option,
                          stick,
                          NULL };
  g_autoptr (GError) error = NULL;

  self->job = kouan_job_new (words, &error);
  if (self->job == NULL)
    {
      g_message ("%s", error->message);
      say_trouble (self, _ ("It could not be started"));
      return;
    }
  self->work = work;
  g_signal_connect_object (self->job, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (self->job, "finished", G_CALLBACK (on_finished), self, 0);
  kouan_staff_screen_say (KOUAN_STAFF_SCREEN (self), KOUAN_NOTICE_INFO, NULL, NULL);
  build (self);
}

/* The order stands in the audit before anything leaves the kiosk. */
static void
carry (KouanCarryScreen *self, Work work)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  KouanStaffOrder order = kouan_staff_mode_get_order (mode_of (self));
  g_autofree char *stick = work != WORK_SYNC ? dup_stick (self) : NULL;
  g_autoptr (GError) error = NULL;

  if (work != WORK_SYNC && stick == NULL)
    {
      kouan_staff_screen_say (screen, KOUAN_NOTICE_WARNING, _ ("No stick is in"),
                              _ ("Put the stick of the hall in, wait a moment, and try again."));
      return;
    }
  if (kouan_staff_note (&order, works[work].duty, works[work].word, "begun", &error))
    start (self, work, stick);
  else if (g_error_matches (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_NEEDS_SECOND)
           || g_error_matches (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_SECOND_LATE))
    kouan_staff_mode_ask_second (mode_of (self), works[work].word);
  else
    kouan_staff_screen_say_error (screen, error);
}

static void
on_work (GtkButton *button, KouanCarryScreen *self)
{
  g_autoptr (KouanCarryScreen) alive = g_object_ref (self);

  carry (self, (Work)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "kouan-work")));
}

static void
build (KouanCarryScreen *self)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);

  self->progress = NULL;
  kouan_staff_screen_clear (screen);
  if (self->job != NULL)
    {
      self->progress = KOUAN_PROGRESS (kouan_progress_new (_ (works[self->work].doing)));
      kouan_staff_screen_add (screen, GTK_WIDGET (self->progress));
      kouan_staff_screen_add (
        screen, kouan_text_new (_ ("You can leave this page: the work goes on by itself.")));
      on_changed (self->job, self);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    if (kouan_staff_mode_may (mode_of (self), works[i].duty))
      {
        GtkWidget *button = kouan_staff_screen_add_button (
          screen, works[i].icon, _ (works[i].label), G_CALLBACK (on_work));

        g_object_set_data (G_OBJECT (button), "kouan-work", GINT_TO_POINTER ((int)i));
      }
  kouan_staff_screen_add (
    screen, kouan_small_new (_ ("Records are sealed for the hub: whoever finds the stick reads "
                                "nothing. Exporting takes two persons.")));
}

static void
kouan_carry_screen_enter (KouanScreen *screen)
{
  KouanCarryScreen *self = KOUAN_CARRY_SCREEN (screen);
  g_autofree char *resume = kouan_staff_mode_take_resume (mode_of (self));

  for (guint i = 0; resume != NULL && i < G_N_ELEMENTS (works); i++)
    if (g_str_equal (works[i].word, resume))
      carry (self, (Work)i);
}

static void
kouan_carry_screen_constructed (GObject *object)
{
  KouanCarryScreen *self = KOUAN_CARRY_SCREEN (object);

  G_OBJECT_CLASS (kouan_carry_screen_parent_class)->constructed (object);

  kouan_staff_screen_set_title (KOUAN_STAFF_SCREEN (self), _ ("Send and carry"));
  build (self);
}

static void
kouan_carry_screen_dispose (GObject *object)
{
  g_clear_object (&KOUAN_CARRY_SCREEN (object)->job);
  G_OBJECT_CLASS (kouan_carry_screen_parent_class)->dispose (object);
}

static void
kouan_carry_screen_class_init (KouanCarryScreenClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kouan_carry_screen_constructed;
  G_OBJECT_CLASS (klass)->dispose = kouan_carry_screen_dispose;
  KOUAN_SCREEN_CLASS (klass)->enter = kouan_carry_screen_enter;
}

static void
kouan_carry_screen_init (KouanCarryScreen *self G_GNUC_UNUSED)
{
}
