/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/desk-screen.h"

#include "app/language/language.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text.h"

/* Who is in, what is wrong with this kiosk now, and what this person may do about it. */

struct _KouanDeskScreen
{
  KouanStaffScreen parent_instance;
};

G_DEFINE_FINAL_TYPE (KouanDeskScreen, kouan_desk_screen, KOUAN_TYPE_STAFF_SCREEN)

static const struct
{
  KouanStaffPage page;
  KouanDuty duty;
  const char *icon;
  const char *title;
  const char *subtitle;
} doors[] = {
  { KOUAN_STAFF_PAGE_HELP, KOUAN_DUTY_HELP, "person", N_ ("Help the visitor"),
    N_ ("Give time, park, free the kiosk, hand over, print a receipt again") },
  { KOUAN_STAFF_PAGE_BOARD, KOUAN_DUTY_BOARD, "info", N_ ("How this kiosk is"),
    N_ ("Queue, sync, disk, clock, lists, visits of today") },
  { KOUAN_STAFF_PAGE_DEVICES, KOUAN_DUTY_DEVICES, "printer", N_ ("Devices"),
    N_ ("See, test and disable them") },
  { KOUAN_STAFF_PAGE_CARRY, KOUAN_DUTY_SYNC, "stick", N_ ("Send and carry"),
    N_ ("Sync now, export to a stick, import from a stick") },
  { KOUAN_STAFF_PAGE_SERVICE, KOUAN_DUTY_OUT_OF_SERVICE, "clock", N_ ("Out of service and hours"),
    N_ ("Close this kiosk with a reason, opening hours, restart, shut down") },
  { KOUAN_STAFF_PAGE_REPORTS, KOUAN_DUTY_REPORTS, "document", N_ ("Reports"),
    N_ ("Waiting, durations, where people stop, languages, satisfaction") },
  { KOUAN_STAFF_PAGE_AUDIT, KOUAN_DUTY_AUDIT, "documents", N_ ("Audit"),
    N_ ("Who did what, and whether the log is whole") },
  { KOUAN_STAFF_PAGE_PEOPLE, KOUAN_DUTY_UNLOCK, "lock", N_ ("Locked badges"),
    N_ ("Let somebody try again") },
};

static KouanStaffMode *
mode_of (KouanDeskScreen *self)
{
  return kouan_staff_screen_get_mode (KOUAN_STAFF_SCREEN (self));
}

static void
on_door (GtkButton *button, KouanDeskScreen *self)
{
  kouan_staff_mode_show (mode_of (self), (KouanStaffPage)GPOINTER_TO_INT (
                                           g_object_get_data (G_OBJECT (button), "kouan-page")));
}

static void
add_door (KouanDeskScreen *self, guint index)
{
  GtkWidget *button = kouan_staff_screen_add_button (KOUAN_STAFF_SCREEN (self), doors[index].icon,
                                                     _ (doors[index].title), G_CALLBACK (on_door));

  g_object_set_data (G_OBJECT (button), "kouan-page", GINT_TO_POINTER (doors[index].page));
  kouan_accessible_set_description (button, _ (doors[index].subtitle));
  gtk_widget_set_halign (button, GTK_ALIGN_FILL);
}

static void
on_answer (GtkButton *button, KouanDeskScreen *self)
{
  KouanStaffOrder order = kouan_staff_mode_get_order (mode_of (self));
  g_autoptr (GError) error = NULL;

  if (!kouan_staff_answer_call (&order, &error))
    {
      kouan_staff_screen_say_error (KOUAN_STAFF_SCREEN (self), error);
      return;
    }
  kouan_kiosk_tell_hub (kouan_screen_get_kiosk (KOUAN_SCREEN (self)));
  gtk_widget_set_visible (gtk_widget_get_ancestor (GTK_WIDGET (button), KOUAN_TYPE_NOTICE), FALSE);
}

static void
add_call (KouanDeskScreen *self, gint64 called_s)
{
  g_autofree char *time = kouan_language_time (kouan_language_current (), called_s);
  g_autofree char *text = g_strdup_printf (_ ("Since %s."), time);
  GtkWidget *notice = kouan_notice_new (KOUAN_NOTICE_WARNING, _ ("Help is wanted here"), text);
  GtkWidget *button;

  if (kouan_staff_mode_may (mode_of (self), KOUAN_DUTY_CALL))
    {
      button = kouan_button_new ("check", _ ("I am here"));
      g_signal_connect (button, "clicked", G_CALLBACK (on_answer), self);
      kouan_notice_add_action (KOUAN_NOTICE (notice), button);
    }
  kouan_staff_screen_add (KOUAN_STAFF_SCREEN (self), notice);
}

static void
add_who (KouanDeskScreen *self)
{
  KouanStaffPass *pass = kouan_staff_mode_get_pass (mode_of (self));
  g_autofree char *roles = kouan_roles_to_label (pass->roles);
  g_autofree char *text = g_strdup_printf ("%s · %s", pass->name, roles);
  GtkWidget *label = kouan_text_new (text);

  gtk_widget_add_css_class (label, "strong");
  kouan_staff_screen_add (KOUAN_STAFF_SCREEN (self), label);
}

static void
add_clock (KouanDeskScreen *self)
{
  if (kouan_staff_gate_clock_behind_s (kouan_staff_mode_get_gate (mode_of (self))) == 0)
    return;
  kouan_staff_screen_add (
    KOUAN_STAFF_SCREEN (self),
    kouan_notice_new (KOUAN_NOTICE_PROBLEM, _ ("The clock of this kiosk was set back"),
                      _ ("Set it right. Badges are judged by the latest time that is known here, "
                         "and appointments may be refused until then.")));
}

static void
kouan_desk_screen_constructed (GObject *object)
{
  KouanDeskScreen *self = KOUAN_DESK_SCREEN (object);
  gint64 called_s;

  G_OBJECT_CLASS (kouan_desk_screen_parent_class)->constructed (object);

  kouan_staff_screen_set_title (KOUAN_STAFF_SCREEN (self), _ ("Staff"));
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Leave staff mode"), TRUE);
  kouan_screen_set_back_visible (KOUAN_SCREEN (self), FALSE);
  add_who (self);
  called_s = kouan_staff_get_call_s (kouan_staff_screen_get_database (KOUAN_STAFF_SCREEN (self)));
  if (called_s != 0)
    add_call (self, called_s);
  add_clock (self);
  for (guint i = 0; i < G_N_ELEMENTS (doors); i++)
    if (kouan_staff_mode_may (mode_of (self), doors[i].duty))
      add_door (self, i);
}

static void
kouan_desk_screen_primary (KouanScreen *screen)
{
  kouan_staff_mode_end (mode_of (KOUAN_DESK_SCREEN (screen)), KOUAN_STAFF_END_BACK);
}

static void
kouan_desk_screen_class_init (KouanDeskScreenClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kouan_desk_screen_constructed;
  KOUAN_SCREEN_CLASS (klass)->primary = kouan_desk_screen_primary;
}

static void
kouan_desk_screen_init (KouanDeskScreen *self G_GNUC_UNUSED)
{
}
