/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/setup/device-row.h"

#include "app/language/language.h"
#include "ui/staff/setup/device-result.h"
#include "ui/staff/setup/setup-private.h"
#include "ui/widgets/button.h"
#include "ui/widgets/progress.h"

/* A test opens what kouan.conf says now, tries it once, and lets it go: the whole examination opens
 * it again, and so will the kiosk. */

struct _KouanDeviceRow
{
  GtkWidget parent_instance;

  char *key;
  char *folder;
  const KouanDoctorPrograms *programs;
  KouanClock *clock;

  KouanDeviceSet *set;       /* (nullable): while a test is under way */
  GCancellable *cancellable; /* (nullable): the same */

  GtkWidget *column;
  GtkWidget *field;
  GtkWidget *progress; /* (nullable): of the test */
  GtkWidget *result;   /* (nullable): of the last one */
};

enum
{
  SIGNAL_KEPT,
  SIGNAL_FOCUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanDeviceRow, kouan_device_row, GTK_TYPE_WIDGET)

static void
clear_part (KouanDeviceRow *self, GtkWidget **part)
{
  if (*part != NULL)
    gtk_box_remove (GTK_BOX (self->column), *part);
  *part = NULL;
}

static void
keep (KouanDeviceRow *self)
{
  g_autofree char *source = g_strdup (kouan_field_get_text (KOUAN_FIELD (self->field)));

  g_signal_emit (self, signals[SIGNAL_KEPT], 0, source);
}

static void
on_focused (GtkWidget *field G_GNUC_UNUSED, KouanKeyTarget *target, KouanDeviceRow *self)
{
  g_signal_emit (self, signals[SIGNAL_FOCUSED], 0, target);
}

static void
on_keep (GtkButton *button G_GNUC_UNUSED, KouanDeviceRow *self)
{
  keep (self);
}

static void
on_progress (double fraction, gpointer data)
{
  KouanDeviceRow *self = data;

  if (self->progress != NULL)
    kouan_progress_set_done (KOUAN_PROGRESS (self->progress), (guint)(fraction * 100), 100);
}

static void
on_tested (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanDeviceRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDeviceTest) test
    = kouan_device_test_finish (KOUAN_DEVICE_SET (source), result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return; /* the row is gone */
  g_clear_object (&self->cancellable);
  g_clear_object (&self->set);
  clear_part (self, &self->progress);
  if (test == NULL)
    return; /* it was stopped */
  self->result = kouan_device_result_new (test);
  gtk_box_append (GTK_BOX (self->column), self->result);
}

static void
on_stop (KouanProgress *progress G_GNUC_UNUSED, KouanDeviceRow *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static KouanDeviceSet *
open_set (KouanDeviceRow *self)
{
  g_autoptr (KouanStation) station = kouan_station_load (self->folder, NULL);
  g_autoptr (KouanPixels) pixels
    = kouan_pixels_new (self->programs->pixels != NULL ? self->programs->pixels : "");
  const KouanDevicePrograms programs = { .scan = self->programs->scan,
                                         .phone = self->programs->phone,
                                         .voice = self->programs->voice,
                                         .messages = "" };
  KouanDeviceSet *set;

  if (station == NULL)
    return NULL;
  set = kouan_device_set_new (station, self->clock, pixels, &programs);
  kouan_device_set_set_disabled (set, self->key, FALSE);
  return set;
}

/* What is typed is kept first, so that what is tested is what will be there. */
void
kouan_device_row_test (KouanDeviceRow *self)
{
  g_return_if_fail (KOUAN_IS_DEVICE_ROW (self));

  if (self->cancellable != NULL)
    return;
  keep (self);
  self->set = open_set (self);
  if (self->set == NULL)
    return;
  clear_part (self, &self->result);
  self->cancellable = g_cancellable_new ();
  self->progress = kouan_progress_new (_ ("The test is under way."));
  kouan_progress_set_cancel (KOUAN_PROGRESS (self->progress), _ ("Stop the test"));
  g_signal_connect (self->progress, "cancelled", G_CALLBACK (on_stop), self);
  gtk_box_append (GTK_BOX (self->column), self->progress);
  kouan_device_test_async (self->set, g_intern_string (self->key), on_progress, self,
                           self->cancellable, on_tested, g_object_ref (self));
}

gboolean
kouan_device_row_is_testing (KouanDeviceRow *self)
{
  g_return_val_if_fail (KOUAN_IS_DEVICE_ROW (self), FALSE);

  return self->cancellable != NULL;
}

const char *
kouan_device_row_get_key (KouanDeviceRow *self)
{
  g_return_val_if_fail (KOUAN_IS_DEVICE_ROW (self), NULL);

  return self->key;
}

static void
on_test (GtkButton *button G_GNUC_UNUSED, KouanDeviceRow *self)
{
  kouan_device_row_test (self);
}

static void
kouan_device_row_dispose (GObject *object)
{
  KouanDeviceRow *self = KOUAN_DEVICE_ROW (object);
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->cancellable);

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
  self->progress = self->result = NULL;
  g_clear_object (&self->set);
  g_clear_pointer (&self->column, gtk_widget_unparent);
  G_OBJECT_CLASS (kouan_device_row_parent_class)->dispose (object);
}

static void
kouan_device_row_finalize (GObject *object)
{
  KouanDeviceRow *self = KOUAN_DEVICE_ROW (object);

  g_free (self->key);
  g_free (self->folder);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (kouan_device_row_parent_class)->finalize (object);
}

static void
kouan_device_row_class_init (KouanDeviceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_device_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = kouan_device_row_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_KEPT] = g_signal_new ("kept", KOUAN_TYPE_DEVICE_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_FOCUSED] = g_signal_new ("focused", KOUAN_TYPE_DEVICE_ROW, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, KOUAN_TYPE_KEY_TARGET);
}

static void
kouan_device_row_init (KouanDeviceRow *self)
{
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
}

static void
add_button (KouanDeviceRow *self, GtkWidget *row, const char *label, GCallback func)
{
  GtkWidget *button = kouan_button_new (NULL, label);
  g_autofree char *name = g_strdup_printf ("%s: %s", label, kouan_device_label (self->key));

  kouan_accessible_set_name (button, name);
  g_signal_connect (button, "clicked", func, self);
  gtk_box_append (GTK_BOX (row), button);
}

GtkWidget *
kouan_device_row_new (const char *key,
                      const char *folder,
                      const KouanDoctorPrograms *programs,
                      KouanClock *clock)
{
  KouanDeviceRow *self = g_object_new (KOUAN_TYPE_DEVICE_ROW, NULL);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  g_autoptr (KouanStation) station = kouan_station_load (folder, NULL);

  self->key = g_strdup (key);
  self->folder = g_strdup (folder);
  self->programs = programs;
  self->clock = g_object_ref (clock);
  self->field = kouan_setup_part_device (key, station);
  gtk_box_append (GTK_BOX (self->column), self->field);
  g_signal_connect (self->field, "focused", G_CALLBACK (on_focused), self);
  add_button (self, buttons, _ ("Keep"), G_CALLBACK (on_keep));
  add_button (self, buttons, _ ("Test it"), G_CALLBACK (on_test));
  gtk_box_append (GTK_BOX (self->column), buttons);
  return GTK_WIDGET (self);
}
