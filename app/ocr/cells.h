/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ocr/line.h"
#include "app/ocr/network.h"

G_BEGIN_DECLS

/* What a place shows: the logarithm of the probability of each class. */
typedef struct
{
  float log[KOUAN_OCR_N_CLASSES];
  float contrast; /* deviation of its brightness, 1 being white */
} KouanOcrCell;

/* How the picture is sampled, beside where: all 0 is as the line was found. */
typedef struct
{
  gboolean upside_down;
  float shift;   /* downwards, in heights of a capital */
  float stretch; /* 0.1: cells a tenth higher */
} KouanOcrSampling;

void kouan_ocr_read_cell (const KouanOcrNetwork *network,
                          const KouanOcrImage *image,
                          const KouanOcrLine *line,
                          guint place,
                          const KouanOcrSampling *sampling,
                          KouanOcrCell *cell);
void kouan_ocr_cell_blank (KouanOcrCell *cell);       /* there is nothing */
guint kouan_ocr_cell_best (const KouanOcrCell *cell); /* a character, never NONE */

G_END_DECLS
