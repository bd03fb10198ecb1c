/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A gray picture to read in: 0 is black, rows from the top without padding. */
typedef struct
{
  guint width;
  guint height;
  guint8 pixels[];
} KouanOcrImage;

#define KOUAN_OCR_SIDE_MAX 8192 /* pixels of a side that are looked at */

KouanOcrImage *kouan_ocr_image_new (const guint8 *pixels,
                                    guint width,
                                    guint height,
                                    gsize stride,
                                    guint side) G_GNUC_WARN_UNUSED_RESULT;
KouanOcrImage *kouan_ocr_image_turned (const KouanOcrImage *self,
                                       double radians) G_GNUC_WARN_UNUSED_RESULT;
float kouan_ocr_image_get (const KouanOcrImage *self, float x, float y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanOcrImage, g_free)

G_END_DECLS
