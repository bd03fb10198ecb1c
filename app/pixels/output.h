/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/pixels/protocol.h"

G_BEGIN_DECLS

/* What is asked of a decoder. */
typedef struct
{
  double dpi;       /* of a page of a PDF */
  guint64 area_max; /* a picture of more pixels is refused */
  guint64 area_fit; /* a picture of more pixels is made smaller */
} KouanPixelsOptions;

void kouan_output_start (guint pages);
void kouan_output_text (const char *text);
void kouan_output_page (guint width, guint height, guint dpi);
void kouan_output_rows (const guint8 *rgb, gsize size);
void kouan_output_end (KouanPixelsStatus status, KouanFileKind kind);
void kouan_output_picture (const KouanPixelsOptions *options,
                           guint8 *rgb,
                           guint width,
                           guint height,
                           guint orientation,
                           double dpi);

gboolean kouan_output_can_hold (const KouanPixelsOptions *options, guint64 width, guint64 height);

G_END_DECLS
