/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/devices-screen.h"

#include "app/board/device-test.h"
#include "app/language/language.h"
#include "ui/staff/setup/device-result.h"
#include "ui/widgets/button.h"
#include "ui/widgets/drawing.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/row-layout.h"
#include "ui/widgets/text.h"

/* Each device in one card: how it is, in the words of CUSS, what is done without it, a test of what
 * it is for, and a switch, which takes effect at once. */

struct _KouanDevicesScreen
{
  KouanStaffScreen parent_instance;

  GCancellable *cancellable; /* (nullable): of the test that is under way */
  char *testing;             /* (nullable): of which device */
  KouanProgress *progress;   /* (nullable): of that test; its card's */
  KouanDeviceTest *test;     /* (nullable): the last one */
  char *tested;              /* (nullable): of which device */
};

G_DEFINE_FINAL_TYPE (KouanDevicesScreen, kouan_devices_screen, KOUAN_TYPE_STAFF_SCREEN)

static void build (KouanDevicesScreen *self);

static KouanStaffMode *
mode_of (KouanDevicesScreen *self)
{
  return kouan_staff_screen_get_mode (KOUAN_STAFF_SCREEN (self));
}

static KouanDeviceSet *
set_of (KouanDevicesScreen *self)
{
  return kouan_kiosk_get_devices (kouan_screen_get_kiosk (KOUAN_SCREEN (self)));
}

static const char *
device_of (gpointer button)
{
  return g_object_get_data (G_OBJECT (button), "kouan-device");
}

static void
on_tested (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanDevicesScreen) self = data;
  g_autoptr (GError) error = NULL;
  KouanDeviceTest *test = kouan_device_test_finish (KOUAN_DEVICE_SET (source), result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    {
      g_clear_pointer (&test, kouan_device_test_free); /* the page was left */
      return;
    }
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->test, kouan_device_test_free);
  g_clear_pointer (&self->tested, g_free);
  self->test = test;
  self->tested = g_steal_pointer (&self->testing);
  build (self);
}

static void
on_progress (double fraction, gpointer data)
{
  KouanDevicesScreen *self = data;

  if (self->progress != NULL)
    kouan_progress_set_done (self->progress, (guint)(fraction * 100), 100);
}

static void
on_stop (KouanProgress *progress G_GNUC_UNUSED, KouanDevicesScreen *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
on_test (GtkButton *button, KouanDevicesScreen *self)
{
  KouanStaffOrder order = kouan_staff_mode_get_order (mode_of (self));
  const char *device = device_of (button);
  g_autoptr (GError) error = NULL;

  if (self->testing != NULL)
    return;
  if (!kouan_staff_note (&order, KOUAN_DUTY_TEST, device, "begun", &error))
    {
      kouan_staff_screen_say_error (KOUAN_STAFF_SCREEN (self), error);
      return;
    }
  self->testing = g_strdup (device);
  self->cancellable = g_cancellable_new ();
  build (self);
  kouan_device_test_async (set_of (self), g_intern_string (device), on_progress, self,
                           self->cancellable, on_tested, g_object_ref (self));
}

static void
on_switch (GtkButton *button, KouanDevicesScreen *self)
{
  KouanStaffOrder order = kouan_staff_mode_get_order (mode_of (self));
  const char *device = device_of (button);
  gboolean disabled
    = kouan_staff_is_disabled (kouan_staff_screen_get_database (KOUAN_STAFF_SCREEN (self)), device);
  g_autoptr (GError) error = NULL;

  if (!kouan_staff_disable (&order, device, !disabled, &error))
    {
      kouan_staff_screen_say_error (KOUAN_STAFF_SCREEN (self), error);
      return;
    }
  kouan_device_set_set_disabled (set_of (self), device, !disabled);
  kouan_staff_screen_say (KOUAN_STAFF_SCREEN (self), KOUAN_NOTICE_INFO,
                          disabled ? _ ("Enabled") : _ ("Disabled"),
                          disabled ? NULL : kouan_device_without (device));
  build (self);
}

static void
add_state (GtkWidget *card, const char *label, KouanNoticeKind kind, const char *state)
{
  GtkWidget *row = kouan_row_new (16, GTK_ACCESSIBLE_ROLE_GROUP);
  GtkWidget *name = kouan_subheading_new (label);
  GtkWidget *icon = kouan_icon_new (kouan_notice_kind_icon (kind));
  GtkWidget *word = kouan_text_new (state);

  gtk_widget_add_css_class (row, "device-state");
  gtk_widget_add_css_class (row, kouan_notice_kind_class (kind));
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (word, "table-value");
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), word);
  gtk_box_append (GTK_BOX (card), row);
}

static void
add_result (KouanDevicesScreen *self, GtkWidget *card, const char *device)
{
  if (g_strcmp0 (self->testing, device) == 0)
    {
      self->progress = KOUAN_PROGRESS (kouan_progress_new (_ ("The test is under way.")));
      kouan_progress_set_cancel (self->progress, _ ("Stop the test"));
      g_signal_connect (self->progress, "cancelled", G_CALLBACK (on_stop), self);
      gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->progress));
    }
  if (self->test != NULL && g_strcmp0 (self->tested, device) == 0)
    gtk_box_append (GTK_BOX (card), kouan_device_result_new (self->test));
}

static void
add_button (KouanDevicesScreen *self,
            GtkWidget *row,
            const char *device,
            const char *icon,
            const char *label,
            GCallback callback)
{
  GtkWidget *button = kouan_button_new (icon, label);
  g_autofree char *name = g_strdup_printf ("%s: %s", label, kouan_device_label (device));

  g_object_set_data (G_OBJECT (button), "kouan-device", (gpointer)device);
  kouan_accessible_set_name (button, name);
  g_signal_connect (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (row), button);
}

static void
add_buttons (KouanDevicesScreen *self, GtkWidget *card, const char *device, gboolean disabled)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);

  if (!disabled && kouan_staff_mode_may (mode_of (self), KOUAN_DUTY_TEST))
    add_button (self, row, device, "check", _ ("Test it"), G_CALLBACK (on_test));
  if (kouan_staff_mode_may (mode_of (self), KOUAN_DUTY_DISABLE))
    add_button (self, row, device, disabled ? "plus" : "minus",
                disabled ? _ ("Enable it") : _ ("Disable it"), G_CALLBACK (on_switch));
  gtk_box_append (GTK_BOX (card), row);
}

static void
add_device (KouanDevicesScreen *self, const char *device)
{
  KouanStaffScreen *screen = KOUAN_STAFF_SCREEN (self);
  gboolean there = kouan_device_set_is_configured (set_of (self), device);
  gboolean disabled = kouan_staff_is_disabled (kouan_staff_screen_get_database (screen), device);
  KouanDeviceState state = kouan_device_set_get_state (set_of (self), device);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  g_autofree char *without = g_strdup_printf (_ ("Without it: %s"), kouan_device_without (device));

  gtk_widget_add_css_class (card, "device-card");
  if (!there)
    add_state (card, kouan_device_label (device), KOUAN_NOTICE_INFO, _ ("Not there"));
  else if (disabled)
    add_state (card, kouan_device_label (device), KOUAN_NOTICE_WARNING, _ ("Disabled"));
  else
    add_state (card, kouan_device_label (device), kouan_device_state_kind (state),
               state == KOUAN_DEVICE_OFF ? _ ("Not asked yet")
                                         : kouan_device_state_to_label (state));
  gtk_box_append (GTK_BOX (card), kouan_small_new (without));
  if (there)
    {
      add_result (self, card, device);
      add_buttons (self, card, device, disabled);
    }
  kouan_staff_screen_add (screen, card);
}

static void
build (KouanDevicesScreen *self)
{
  const char *const *names = kouan_device_names ();

  self->progress = NULL;
  kouan_staff_screen_clear (KOUAN_STAFF_SCREEN (self));
  for (guint i = 0; names[i] != NULL; i++)
    add_device (self, names[i]);
}

static void
on_changed (KouanDeviceSet *set G_GNUC_UNUSED, KouanDevicesScreen *self)
{
  if (self->testing == NULL)
    build (self);
}

static void
kouan_devices_screen_enter (KouanScreen *screen)
{
  kouan_device_set_refresh (set_of (KOUAN_DEVICES_SCREEN (screen)));
}

static void
kouan_devices_screen_leave (KouanScreen *screen)
{
  KouanDevicesScreen *self = KOUAN_DEVICES_SCREEN (screen);
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->cancellable);

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

static void
kouan_devices_screen_constructed (GObject *object)
{
  KouanDevicesScreen *self = KOUAN_DEVICES_SCREEN (object);

  G_OBJECT_CLASS (kouan_devices_screen_parent_class)->constructed (object);

  kouan_staff_screen_set_title (KOUAN_STAFF_SCREEN (self), _ ("Devices"));
  g_signal_connect_object (set_of (self), "changed", G_CALLBACK (on_changed), self, 0);
  build (self);
}

static void
kouan_devices_screen_dispose (GObject *object)
{
  KouanDevicesScreen *self = KOUAN_DEVICES_SCREEN (object);

  g_clear_pointer (&self->test, kouan_device_test_free);
  g_clear_pointer (&self->testing, g_free);
  g_clear_pointer (&self->tested, g_free);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (kouan_devices_screen_parent_class)->dispose (object);
}

static void
kouan_devices_screen_class_init (KouanDevicesScreenClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kouan_devices_screen_constructed;
  G_OBJECT_CLASS (klass)->dispose = kouan_devices_screen_dispose;
  KOUAN_SCREEN_CLASS (klass)->enter = kouan_devices_screen_enter;
  KOUAN_SCREEN_CLASS (klass)->leave = kouan_devices_screen_leave;
}

static void
kouan_devices_screen_init (KouanDevicesScreen *self G_GNUC_UNUSED)
{
}
