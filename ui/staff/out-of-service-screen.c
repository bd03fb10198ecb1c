/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/out-of-service-screen.h"

#include "app/language/language.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/text.h"

/* Whether this kiosk serves: closed with a reason that the attract page shows in every language,
 * and open again; its hours; the machine itself. */

#define IN_SERVICE "in-service"

struct _KouanOutOfServiceScreen
{
  KouanStaffScreen parent_instance;

  KouanChoiceList *reasons; /* child */
  gboolean sure_restart;    /* asked once already */
  gboolean sure_shut_down;
};

G_DEFINE_FINAL_TYPE (KouanOutOfServiceScreen, kouan_out_of_service_screen, KOUAN_TYPE_STAFF_SCREEN)

static KouanStaffMode *
mode_of (KouanOutOfServiceScreen *self)
{
  return kouan_staff_screen_get_mode (KOUAN_STAFF_SCREEN (self));
}

static void
on_reason (KouanChoiceList *list G_GNUC_UNUSED,
           const char *id G_GNUC_UNUSED,
           KouanOutOfServiceScreen *self)
{
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Save this"), TRUE);
}

static void
kouan_out_of_service_screen_primary (KouanScreen *base)
{
  KouanOutOfServiceScreen *self = KOUAN_OUT_OF_SERVICE_SCREEN (base);
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  const char *id = kouan_choice_list_get_selected (self->reasons);
  KouanStaffOrder order = kouan_staff_mode_get_order (mode_of (self));
  gboolean serves = g_str_equal (id, IN_SERVICE);
  g_autoptr (GError) error = NULL;

  kouan_screen_set_primary (base, _ ("Save this"), FALSE);
  if (!kouan_staff_set_reason (&order, serves ? NULL : id, &error))
    kouan_staff_screen_say_error (screen, error);
  else if (serves)
    kouan_staff_screen_say (screen, KOUAN_NOTICE_SUCCESS, _ ("This kiosk serves again"),
                            _ ("Visitors can start when you have left staff mode."));
  else
    kouan_staff_screen_say (screen, KOUAN_NOTICE_WARNING, _ ("This kiosk is out of service"),
                            _ ("The first page says so, with the reason, in every language. A "
                               "visit that is parked here is kept."));
}

static void
add_reasons (KouanOutOfServiceScreen *self)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  const char *const *reasons = kouan_staff_reasons ();
  g_autofree char *now = NULL;
  g_autoptr (GError) error = NULL;

  if (!kouan_staff_get_reason (kouan_staff_screen_get_database (screen), &now, &error))
    kouan_staff_screen_say_error (screen, error);
  self->reasons = KOUAN_CHOICE_LIST (kouan_choice_list_new (_ ("Whether this kiosk serves")));
  kouan_choice_list_add (self->reasons, IN_SERVICE, "good", _ ("In service"), NULL);
  for (guint i = 0; reasons[i] != NULL; i++)
    kouan_choice_list_add (self->reasons, reasons[i], "cross",
                           _ (kouan_staff_reason_text (reasons[i])), NULL);
  kouan_choice_list_select (self->reasons, now != NULL ? now : IN_SERVICE);
  g_signal_connect (self->reasons, "chosen", G_CALLBACK (on_reason), self);
  kouan_staff_screen_add (screen, GTK_WIDGET (self->reasons));
}

static void
on_hours (GtkButton *button G_GNUC_UNUSED, KouanOutOfServiceScreen *self)
{
  kouan_staff_mode_show (mode_of (self), KOUAN_STAFF_PAGE_HOURS);
}

static void
end (KouanOutOfServiceScreen *self, KouanDuty duty, KouanStaffEnd how)
{
  KouanStaffOrder order = kouan_staff_mode_get_order (mode_of (self));
  g_autoptr (GError) error = NULL;

  if (kouan_staff_note (&order, duty, "", "ok", &error))
    kouan_staff_mode_end (mode_of (self), how);
  else
    kouan_staff_screen_say_error (KOUAN_STAFF_SCREEN (self), error);
}

static void
on_restart (GtkButton *button G_GNUC_UNUSED, KouanOutOfServiceScreen *self)
{
  if (self->sure_restart)
    end (self, KOUAN_DUTY_RESTART, KOUAN_STAFF_END_RESTART);
  else
    kouan_staff_screen_say (KOUAN_STAFF_SCREEN (self), KOUAN_NOTICE_WARNING,
                            _ ("Restart this kiosk?"),
                            _ ("Press the button once more. What is handed in and what is parked "
                               "is on the disk and stays."));
  self->sure_restart = TRUE;
}

static void
on_shut_down (GtkButton *button G_GNUC_UNUSED, KouanOutOfServiceScreen *self)
{
  if (self->sure_shut_down)
    end (self, KOUAN_DUTY_SHUT_DOWN, KOUAN_STAFF_END_SHUT_DOWN);
  else
    kouan_staff_screen_say (KOUAN_STAFF_SCREEN (self), KOUAN_NOTICE_WARNING,
                            _ ("Shut this kiosk down?"),
                            _ ("Press the button once more. Somebody has to switch it on again by "
                               "hand."));
  self->sure_shut_down = TRUE;
}

static void
kouan_out_of_service_screen_constructed (GObject *object)
{
  KouanOutOfServiceScreen *self = KOUAN_OUT_OF_SERVICE_SCREEN (object);
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);

  G_OBJECT_CLASS (kouan_out_of_service_screen_parent_class)->constructed (object);

  kouan_staff_screen_set_title (screen, _ ("Out of service and hours"));
  add_reasons (self);
  kouan_screen_set_primary (KOUAN_SCREEN (self), _ ("Save this"), FALSE);
  if (kouan_staff_mode_may (mode_of (self), KOUAN_DUTY_HOURS))
    kouan_staff_screen_add_button (screen, "clock", _ ("Opening hours"), G_CALLBACK (on_hours));
  if (kouan_staff_mode_may (mode_of (self), KOUAN_DUTY_RESTART))
    kouan_staff_screen_add_button (screen, "undo", _ ("Restart"), G_CALLBACK (on_restart));
  if (kouan_staff_mode_may (mode_of (self), KOUAN_DUTY_SHUT_DOWN))
    kouan_staff_screen_add_button (screen, "leave", _ ("Shut down"), G_CALLBACK (on_shut_down));
}

static void
kouan_out_of_service_screen_class_init (KouanOutOfServiceScreenClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kouan_out_of_service_screen_constructed;
  KOUAN_SCREEN_CLASS (klass)->primary = kouan_out_of_service_screen_primary;
}

static void
kouan_out_of_service_screen_init (KouanOutOfServiceScreen *self G_GNUC_UNUSED)
{
}
