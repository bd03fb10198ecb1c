/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ocr/blobs.h"

G_BEGIN_DECLS

/* Blobs that stand beside each other on a straight line: y = at + slope * x goes through their
 * middles. */
typedef struct
{
  GArray *blobs; /* of KouanOcrBlob, from the left */
  double at;
  double slope;
  double height; /* pixels: most of them are as high */
  double pitch;  /* pixels from middle to middle, as most of them are apart */
} KouanOcrRow;

GPtrArray *kouan_ocr_find_rows (const GArray *blobs);
gboolean kouan_ocr_find_slope (const GArray *blobs, double *radians);

G_END_DECLS
