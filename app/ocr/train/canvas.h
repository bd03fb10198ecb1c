/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ocr/train/random.h"

G_BEGIN_DECLS

#define KOUAN_OCR_CANVAS_MAX 64

/* A piece of a photograph, at the resolution of its camera. */
typedef struct
{
  guint width;
  guint height;
  float pixels[KOUAN_OCR_CANVAS_MAX * KOUAN_OCR_CANVAS_MAX]; /* rows; 0 black, 1 white */
} KouanOcrCanvas;

/* What happens to a picture on its way: each changes it in place. */
void kouan_ocr_canvas_blur (KouanOcrCanvas *self, float sigma_x, float sigma_y);
void kouan_ocr_canvas_sharpen (KouanOcrCanvas *self, float amount);
void kouan_ocr_canvas_noise (KouanOcrCanvas *self, KouanOcrRandom *random, float deviation);
void kouan_ocr_canvas_glare (KouanOcrCanvas *self, float x, float y, float radius, float amount);
void kouan_ocr_canvas_jpeg (KouanOcrCanvas *self, guint quality, guint left, guint top);
void kouan_ocr_canvas_clip (KouanOcrCanvas *self);
float kouan_ocr_canvas_get (const KouanOcrCanvas *self, float x, float y);

G_END_DECLS
