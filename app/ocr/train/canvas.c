/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-ocr"

#include "app/ocr/train/canvas.h"

#include <math.h>
#include <string.h>

#define KERNEL_MAX 6 /* pixels to each side */
#define BLOCK 8      /* of JPEG */

static guint
make_kernel (float sigma, float kernel[2 * KERNEL_MAX + 1])
{
  guint reach = MIN ((guint)(2.5f * sigma + 1), KERNEL_MAX);
  float sum = 0;

  for (guint i = 0; i <= 2 * reach; i++)
    {
      float distance = (float)i - (float)reach;

      kernel[i] = expf (-distance * distance / (2 * sigma * sigma));
      sum += kernel[i];
    }
  for (guint i = 0; i <= 2 * reach; i++)
    kernel[i] /= sum;
  return reach;
}

/* One row or column of @count pixels, @step apart. */
static void
blur_line (float *pixels, guint count, guint step, const float *kernel, guint reach)
{
  float padded[KOUAN_OCR_CANVAS_MAX + 2 * KERNEL_MAX];

  for (guint i = 0; i < count + 2 * reach; i++)
    padded[i] = pixels[(i < reach ? 0 : MIN (i - reach, count - 1)) * step];
  for (guint i = 0; i < count; i++)
    {
      float sum = 0;

      for (guint k = 0; k <= 2 * reach; k++)
        sum += padded[i + k] * kernel[k];
      pixels[i * step] = sum;
    }
}

/* Gaussian; below a quarter of a pixel nothing happens. */
void
kouan_ocr_canvas_blur (KouanOcrCanvas *self, float sigma_x, float sigma_y)
{
  float kernel[2 * KERNEL_MAX + 1];
  guint reach;

  if (sigma_x > 0.25f)
    {
      reach = make_kernel (sigma_x, kernel);
      for (guint y = 0; y < self->height; y++)
        blur_line (self->pixels + y * self->width, self->width, 1, kernel, reach);
    }
  if (sigma_y > 0.25f)
    {
      reach = make_kernel (sigma_y, kernel);
      for (guint x = 0; x < self->width; x++)
        blur_line (self->pixels + x, self->height, self->width, kernel, reach);
    }
}

/* As scanners and telephones do: what differs from its surroundings differs more. */
void
kouan_ocr_canvas_sharpen (KouanOcrCanvas *self, float amount)
{
  KouanOcrCanvas soft = *self;

  kouan_ocr_canvas_blur (&soft, 1, 1);
  for (guint i = 0; i < self->width * self->height; i++)
    self->pixels[i] += amount * (self->pixels[i] - soft.pixels[i]);
}

void
kouan_ocr_canvas_noise (KouanOcrCanvas *self, KouanOcrRandom *random, float deviation)
{
  for (guint i = 0; i < self->width * self->height; i++)
    {
      guint64 bits = kouan_ocr_random_bits (random);
      float sum
        = (float)((bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48))
          / 0x10000;

      self->pixels[i] += deviation * (sum - 2) * 1.7320508f;
    }
}

void
kouan_ocr_canvas_glare (KouanOcrCanvas *self, float x, float y, float radius, float amount)
{
  for (guint row = 0; row < self->height; row++)
    for (guint column = 0; column < self->width; column++)
      {
        float dx = ((float)column - x) / radius, dy = ((float)row - y) / radius;

        self->pixels[row * self->width + column] += amount * expf (-(dx * dx + dy * dy) / 2);
      }
}

void
kouan_ocr_canvas_clip (KouanOcrCanvas *self)
{
  for (guint i = 0; i < self->width * self->height; i++)
    self->pixels[i] = CLAMP (self->pixels[i], 0.f, 1.f);
}

/* The cosines of the discrete cosine transform, by frequency and place. */
static void
make_cosines (float cosines[BLOCK][BLOCK])
{
  for (guint u = 0; u < BLOCK; u++)
    for (guint x = 0; x < BLOCK; x++)
      cosines[u][x]
        = cosf ((2 * (float)x + 1) * (float)u * (float)G_PI / 16) * (u == 0 ? 0.35355339f : 0.5f);
}

static void
transform (const float cosines[BLOCK][BLOCK], gboolean back, float block[BLOCK][BLOCK])
{
  float half[BLOCK][BLOCK] = { { 0 } };
  float whole[BLOCK][BLOCK] = { { 0 } };

  for (guint u = 0; u < BLOCK; u++)
    for (guint x = 0; x < BLOCK; x++)
      for (guint i = 0; i < BLOCK; i++)
        half[u][i] += (back ? cosines[x][u] : cosines[u][x]) * block[x][i];
  for (guint u = 0; u < BLOCK; u++)
    for (guint v = 0; v < BLOCK; v++)
      for (guint i = 0; i < BLOCK; i++)
        whole[u][v] += half[u][i] * (back ? cosines[i][v] : cosines[v][i]);
  memcpy (block, whole, sizeof whole);
}

/* ITU-T T.81, table K.1, roughly: coarser with the frequency. @quality as libjpeg counts it. */
static float
quantum (guint u, guint v, guint quality)
{
  float scale = quality < 50 ? 50.f / (float)quality : 2 - (float)quality / 50;
  float base = 10 + 1.2f * (float)((u + v) * (u + v)) + 4 * (float)(u + v);

  return scale * MIN (base, 120.f) / 255;
}

static void
compress_block (
  KouanOcrCanvas *self, guint left, guint top, const float cosines[BLOCK][BLOCK], guint quality)
{
  float block[BLOCK][BLOCK];

  for (guint y = 0; y < BLOCK; y++)
    for (guint x = 0; x < BLOCK; x++)
      block[y][x] = self->pixels[(top + y) * self->width + left + x];
  transform (cosines, FALSE, block);
  for (guint u = 0; u < BLOCK; u++)
    for (guint v = 0; v < BLOCK; v++)
      {
        float step = quantum (u, v, quality);

        block[u][v] = rintf (block[u][v] / step) * step;
      }
  transform (cosines, TRUE, block);
  for (guint y = 0; y < BLOCK; y++)
    for (guint x = 0; x < BLOCK; x++)
      self->pixels[(top + y) * self->width + left + x] = block[y][x];
}

/* What is left of whole blocks of JPEG, the first of which begins at @left and @top. */
void
kouan_ocr_canvas_jpeg (KouanOcrCanvas *self, guint quality, guint left, guint top)
{
  float cosines[BLOCK][BLOCK];

  make_cosines (cosines);
  for (guint y = top; y + BLOCK <= self->height; y += BLOCK)
    for (guint x = left; x + BLOCK <= self->width; x += BLOCK)
      compress_block (self, x, y, cosines, quality);
}

/* Returns: the brightness between four pixels; beyond the edge that of the edge */
float
kouan_ocr_canvas_get (const KouanOcrCanvas *self, float x, float y)
{
  float inside_x = CLAMP (x, 0, (float)self->width - 1.001f);
  float inside_y = CLAMP (y, 0, (float)self->height - 1.001f);
  guint column = (guint)inside_x, row = (guint)inside_y;
  float right = inside_x - (float)column, low = inside_y - (float)row;
  const float *p = self->pixels + row * self->width + column;

  return (p[0] * (1 - right) + p[1] * right) * (1 - low)
         + (p[self->width] * (1 - right) + p[self->width + 1] * right) * low;
}
