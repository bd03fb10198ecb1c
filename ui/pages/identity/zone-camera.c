/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/pages/identity/zone-camera.h"

#include "app/language/language.h"
#include "ui/widgets/camera-view.h"

/* The live picture while the lines of a passport are read off it: a frame of a passport's shape to
 * aim at, and one sentence that says what would help. */

struct _KouanZoneCamera
{
  GtkWidget parent_instance;

  KouanOpticalReader *reader;
  KouanCameraView *view;     /* child */
  GCancellable *cancellable; /* (nullable): of the reading that is under way */
  guint start_source;
};

enum
{
  SIGNAL_READ,
  SIGNAL_LOST,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanZoneCamera, kouan_zone_camera, GTK_TYPE_WIDGET)

static void
on_picture (KouanCamera *camera G_GNUC_UNUSED, KouanFrame *frame, KouanZoneCamera *self)
{
  if (self->cancellable != NULL)
    kouan_camera_view_set_pixels (self->view, frame->pixels, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED,
                                  frame->width, frame->height, frame->stride);
}

static void
show_hint (KouanZoneCamera *self)
{
  KouanOpticalHint hint = kouan_optical_reader_get_hint (self->reader);

  kouan_camera_view_set_status (
    self->view, hint == KOUAN_OPTICAL_HINT_DONE ? KOUAN_NOTICE_SUCCESS : KOUAN_NOTICE_INFO,
    kouan_optical_hint_text (hint));
}

static void
on_hint_changed (KouanOpticalReader *reader G_GNUC_UNUSED,
                 GParamSpec *pspec G_GNUC_UNUSED,
                 KouanZoneCamera *self)
{
  show_hint (self);
}

static void
on_read_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanZoneCamera) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDocumentReading) reading
    = kouan_document_reader_read_finish (KOUAN_DOCUMENT_READER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (reading != NULL)
    g_signal_emit (self, signals[SIGNAL_READ], 0, reading);
  else
    g_signal_emit (self, signals[SIGNAL_LOST], 0);
}

static gboolean
on_start_due (gpointer data)
{
  KouanZoneCamera *self = KOUAN_ZONE_CAMERA (data);

  self->start_source = 0;
  self->cancellable = g_cancellable_new ();
  show_hint (self);
  kouan_document_reader_read_async (KOUAN_DOCUMENT_READER (self->reader), NULL, NULL, NULL,
                                    self->cancellable, on_read_ready, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* Begins when the loop is idle: a reading that has just been cancelled, of the page that this one
 * replaces in another language, ends before. */
void
kouan_zone_camera_start (KouanZoneCamera *self)
{
  g_return_if_fail (KOUAN_IS_ZONE_CAMERA (self));

  if (self->cancellable == NULL && self->start_source == 0)
    self->start_source = g_idle_add (on_start_due, self);
}

void
kouan_zone_camera_stop (KouanZoneCamera *self)
{
  g_return_if_fail (KOUAN_IS_ZONE_CAMERA (self));

  g_clear_handle_id (&self->start_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  kouan_camera_view_clear (self->view);
}

static void
kouan_zone_camera_dispose (GObject *object)
{
  KouanZoneCamera *self = KOUAN_ZONE_CAMERA (object);

  if (self->view != NULL)
    kouan_zone_camera_stop (self);
  if (self->view != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->view));
  self->view = NULL;
  g_clear_object (&self->reader);
  G_OBJECT_CLASS (kouan_zone_camera_parent_class)->dispose (object);
}

static void
kouan_zone_camera_class_init (KouanZoneCameraClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_zone_camera_dispose;
  signals[SIGNAL_READ] = g_signal_new ("read", KOUAN_TYPE_ZONE_CAMERA, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_LOST] = g_signal_new ("lost", KOUAN_TYPE_ZONE_CAMERA, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
kouan_zone_camera_init (KouanZoneCamera *self)
{
  self->view
    = KOUAN_CAMERA_VIEW (kouan_camera_view_new (KOUAN_AIM_PASSPORT, _ ("What the camera sees")));
  gtk_widget_set_parent (GTK_WIDGET (self->view), GTK_WIDGET (self));
}

/* Returns: (transfer floating) */
GtkWidget *
kouan_zone_camera_new (KouanOpticalReader *reader)
{
  KouanZoneCamera *self;

  g_return_val_if_fail (KOUAN_IS_OPTICAL_READER (reader), NULL);

  self = g_object_new (KOUAN_TYPE_ZONE_CAMERA, NULL);
  self->reader = g_object_ref (reader);
  g_signal_connect_object (reader, "notify::hint", G_CALLBACK (on_hint_changed), self, 0);
  g_signal_connect_object (kouan_optical_reader_get_camera (reader), "picture",
                           G_CALLBACK (on_picture), self, 0);
  return GTK_WIDGET (self);
}
