/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_FRAME_GRAY, /* one byte a pixel, 0 black */
  KOUAN_FRAME_BGRA, /* four bytes a pixel, alpha 255: GDK_MEMORY_B8G8R8A8_PREMULTIPLIED */
} KouanFrameFormat;

/* One picture from a camera. Never changes, may be kept and read from any thread. */
typedef struct
{
  GBytes *pixels;
  guint width;  /* pixels */
  guint height; /* rows */
  guint stride; /* bytes from one row to the next */
  KouanFrameFormat format;
} KouanFrame;

#define KOUAN_TYPE_FRAME (kouan_frame_get_type ())
GType kouan_frame_get_type (void);

KouanFrame *kouan_frame_new (GBytes *pixels,
                             guint width,
                             guint height,
                             guint stride,
                             KouanFrameFormat format) G_GNUC_WARN_UNUSED_RESULT;
KouanFrame *kouan_frame_ref (KouanFrame *self);
void kouan_frame_unref (KouanFrame *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanFrame, kouan_frame_unref)

const guint8 *kouan_frame_get_pixels (const KouanFrame *self);

G_END_DECLS
