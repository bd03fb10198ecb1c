/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/frame.h"

G_DEFINE_BOXED_TYPE (KouanFrame, kouan_frame, kouan_frame_ref, kouan_frame_unref)

#define BYTES_OF_BGRA 4

static gsize
bytes_needed (guint width, guint height, guint stride, KouanFrameFormat format)
{
  gsize row = (gsize)width * (format == KOUAN_FRAME_BGRA ? BYTES_OF_BGRA : 1);

  return row <= stride ? (gsize)stride * (height - 1) + row : G_MAXSIZE;
}

/**
 * kouan_frame_new:
 * @pixels: (transfer full): at least all rows, the last one without its padding
 *
 * Returns: (transfer full)
 */
KouanFrame *
kouan_frame_new (GBytes *pixels, guint width, guint height, guint stride, KouanFrameFormat format)
{
  KouanFrame *self;

  g_return_val_if_fail (width > 0 && height > 0, NULL);
  g_return_val_if_fail (g_bytes_get_size (pixels) >= bytes_needed (width, height, stride, format),
                        NULL);

  self = g_atomic_rc_box_new0 (KouanFrame);
  self->pixels = pixels;
  self->width = width;
  self->height = height;
  self->stride = stride;
  self->format = format;
  return self;
}

KouanFrame *
kouan_frame_ref (KouanFrame *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
frame_clear (gpointer data)
{
  KouanFrame *self = data;

  g_bytes_unref (self->pixels);
}

void
kouan_frame_unref (KouanFrame *self)
{
  g_atomic_rc_box_release_full (self, frame_clear);
}

const guint8 *
kouan_frame_get_pixels (const KouanFrame *self)
{
  return g_bytes_get_data (self->pixels, NULL);
}
