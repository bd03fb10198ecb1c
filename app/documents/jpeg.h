/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"

G_BEGIN_DECLS

/* One page as the record keeps it: baseline JPEG, newly written, no metadata but its dots an inch.
 */
typedef struct
{
  guint width;  /* pixels */
  guint height; /* pixels */
  guint dpi;
  GBytes *bytes; /* (nullable): where only its size is known */
} KouanJpeg;

#define KOUAN_TYPE_JPEG (kouan_jpeg_get_type ())
GType kouan_jpeg_get_type (void);

KouanJpeg *kouan_jpeg_encode (KouanPage *page, guint quality) G_GNUC_WARN_UNUSED_RESULT;
KouanJpeg *kouan_jpeg_new (guint width, guint height, guint dpi, GBytes *bytes);
KouanJpeg *kouan_jpeg_ref (KouanJpeg *self);
void kouan_jpeg_unref (KouanJpeg *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanJpeg, kouan_jpeg_unref)

G_END_DECLS
