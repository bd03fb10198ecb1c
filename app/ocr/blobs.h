/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ocr/image.h"

G_BEGIN_DECLS

/* Dark pixels that hang together. */
typedef struct
{
  gint left;
  gint top;
  gint right; /* the last column and row that belong to it */
  gint bottom;
  guint count; /* pixels */
} KouanOcrBlob;

#define KOUAN_OCR_BLOBS_MAX 12000

static inline float
kouan_ocr_blob_width (const KouanOcrBlob *self)
{
  return (float)(self->right - self->left + 1);
}

static inline float
kouan_ocr_blob_height (const KouanOcrBlob *self)
{
  return (float)(self->bottom - self->top + 1);
}

static inline float
kouan_ocr_blob_x (const KouanOcrBlob *self)
{
  return (float)(self->left + self->right) / 2;
}

static inline float
kouan_ocr_blob_y (const KouanOcrBlob *self)
{
  return (float)(self->top + self->bottom) / 2;
}

GArray *kouan_ocr_find_blobs (const KouanOcrImage *image, guint reach, guint percent);

G_END_DECLS
