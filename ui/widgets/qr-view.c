/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-widgets"

#include "ui/widgets/qr-view.h"
#include "ui/widgets/button.h"

#include <string.h>

/* Draws the modules of a QR code as squares of a whole number of pixels, black on white in every
 * theme, with the quiet zone of four modules that readers rely on (ISO/IEC 18004, 9.1). */

#define QUIET_MODULES 4

struct _KouanQrView
{
  GtkWidget parent_instance;

  int size;
  guint8 *gray;        /* (nullable): one byte a module, with the quiet zone */
  guint side;          /* modules, with the quiet zone */
  GdkTexture *texture; /* (nullable): for the pixels a module that were drawn last */
  guint texture_scale;
};

G_DEFINE_FINAL_TYPE (KouanQrView, kouan_qr_view, GTK_TYPE_WIDGET)

static void
kouan_qr_view_measure (GtkWidget *widget,
                       GtkOrientation orientation G_GNUC_UNUSED,
                       int for_size G_GNUC_UNUSED,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline G_GNUC_UNUSED,
                       int *natural_baseline G_GNUC_UNUSED)
{
  KouanQrView *self = KOUAN_QR_VIEW (widget);

  *minimum = MAX ((int)self->side * 2, self->size);
  *natural = *minimum;
}

/* @scale: pixels a module */
static GdkTexture *
texture_new (KouanQrView *self, guint scale)
{
  gsize side = (gsize)self->side * scale;
  guint8 *pixels = g_malloc (side * side * 3);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, side * side * 3);

  for (gsize y = 0; y < side; y++)
    for (gsize x = 0; x < side; x++)
      memset (pixels + (y * side + x) * 3, self->gray[y / scale * self->side + x / scale], 3);
  return gdk_memory_texture_new ((int)side, (int)side, GDK_MEMORY_R8G8B8, bytes, side * 3);
}

static void
kouan_qr_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KouanQrView *self = KOUAN_QR_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  guint scale;
  int side;

  if (self->gray == NULL || MIN (width, height) < (int)self->side)
    return;

  scale = (guint)MIN (width, height) / self->side;
  if (self->texture == NULL || self->texture_scale != scale)
    {
      g_clear_object (&self->texture);
      self->texture = texture_new (self, scale);
      self->texture_scale = scale;
    }
  side = (int)(self->side * scale);
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT ((float)((width - side) / 2),
                                                    (float)((height - side) / 2), (float)side,
                                                    (float)side));
}

static void
kouan_qr_view_finalize (GObject *object)
{
  KouanQrView *self = KOUAN_QR_VIEW (object);

  g_clear_pointer (&self->gray, g_free);
  g_clear_object (&self->texture);
  G_OBJECT_CLASS (kouan_qr_view_parent_class)->finalize (object);
}

static void
kouan_qr_view_class_init (KouanQrViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kouan_qr_view_finalize;
  widget_class->measure = kouan_qr_view_measure;
  widget_class->snapshot = kouan_qr_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "qrview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
kouan_qr_view_init (KouanQrView *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/* Returns: (transfer floating): an empty code; @size: the side in pixels that is asked for;
 * @description: what the code is for */
GtkWidget *
kouan_qr_view_new (int size, const char *description)
{
  KouanQrView *self = g_object_new (KOUAN_TYPE_QR_VIEW, NULL);

  self->size = size;
  kouan_accessible_set_name (GTK_WIDGET (self), description);
  return GTK_WIDGET (self);
}

/**
 * kouan_qr_view_set_modules:
 * @dark: @count rows of @count modules, without the quiet zone
 * @count: 21 to 177
 */
void
kouan_qr_view_set_modules (KouanQrView *self, const gboolean *dark, guint count)
{
  g_return_if_fail (KOUAN_IS_QR_VIEW (self));
  g_return_if_fail (dark != NULL && count >= 21 && count <= 177);

  g_clear_pointer (&self->gray, g_free);
  g_clear_object (&self->texture);
  self->side = count + 2 * QUIET_MODULES;
  self->gray = g_malloc ((gsize)self->side * self->side);
  memset (self->gray, 0xff, (gsize)self->side * self->side);
  for (guint y = 0; y < count; y++)
    for (guint x = 0; x < count; x++)
      if (dark[y * count + x])
        self->gray[(y + QUIET_MODULES) * self->side + x + QUIET_MODULES] = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
