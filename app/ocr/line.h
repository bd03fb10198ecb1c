/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ocr/rows.h"

G_BEGIN_DECLS

#define KOUAN_OCR_LINE_MAX 60    /* characters */
#define KOUAN_OCR_LINE_MARGIN 16 /* places beyond each end */

/* Where a character stands. */
typedef struct
{
  float x;
  float y;
  float pitch;  /* pixels to the next one, here */
  float height; /* pixels of a capital */
} KouanOcrPlace;

/* A line of print of one width. places[KOUAN_OCR_LINE_MARGIN] is the first character that was
 * seen, and count of them were. */
typedef struct
{
  guint count;
  float slope; /* downwards to the right */
  KouanOcrPlace places[KOUAN_OCR_LINE_MAX + 2 * KOUAN_OCR_LINE_MARGIN];
} KouanOcrLine;

gboolean kouan_ocr_line_fit (const KouanOcrRow *row, KouanOcrLine *line);
const KouanOcrPlace *kouan_ocr_line_middle (const KouanOcrLine *self);

G_END_DECLS
