/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-ocr"

#include "app/ocr/image.h"

#include <math.h>
#include <string.h>

static KouanOcrImage *
image_alloc (guint width, guint height)
{
  KouanOcrImage *self = g_malloc (sizeof *self + (gsize)width * height);

  self->width = width;
  self->height = height;
  return self;
}

/* Where each pixel of a side comes from when the side grows: between which two, and how far. */
typedef struct
{
  guint first;
  guint second;
  guint weight; /* of the second, in 256ths */
} Tap;

static Tap *
make_taps (guint size, guint source_size)
{
  Tap *taps = g_new (Tap, size);

  for (guint i = 0; i < size; i++)
    {
      double at = (i + 0.5) * source_size / size - 0.5;

      at = CLAMP (at, 0, source_size - 1.0);
      taps[i].first = (guint)at;
      taps[i].second = MIN (taps[i].first + 1, source_size - 1);
      taps[i].weight = (guint)((at - taps[i].first) * 256);
    }
  return taps;
}

static void
enlarge (KouanOcrImage *self, const guint8 *pixels, guint width, guint height, gsize stride)
{
  g_autofree Tap *columns = make_taps (self->width, width);
  g_autofree Tap *rows = make_taps (self->height, height);

  for (guint y = 0; y < self->height; y++)
    {
      const guint8 *upper = pixels + rows[y].first * stride;
      const guint8 *lower = pixels + rows[y].second * stride;
      guint8 *out = self->pixels + (gsize)y * self->width;
      guint low = rows[y].weight;

      for (guint x = 0; x < self->width; x++)
        {
          Tap tap = columns[x];
          guint left = upper[tap.first] * (256 - low) + lower[tap.first] * low;
          guint right = upper[tap.second] * (256 - low) + lower[tap.second] * low;

          out[x] = (guint8)((left * (256 - tap.weight) + right * tap.weight + (1 << 15)) >> 16);
        }
    }
}

/* Each pixel is the mean of those that fall onto it. */
static void
reduce (KouanOcrImage *self, const guint8 *pixels, guint width, guint height, gsize stride)
{
  g_autofree guint32 *sums = g_new (guint32, width);

  for (guint y = 0; y < self->height; y++)
    {
      guint top = (guint)((guint64)y * height / self->height);
      guint bottom = MAX ((guint)((guint64)(y + 1) * height / self->height), top + 1);
      guint8 *out = self->pixels + (gsize)y * self->width;

      memset (sums, 0, width * sizeof *sums);
      for (guint row = top; row < bottom; row++)
        for (guint x = 0; x < width; x++)
          sums[x] += pixels[row * stride + x];
      for (guint x = 0; x < self->width; x++)
        {
          guint left = (guint)((guint64)x * width / self->width);
          guint right = MAX ((guint)((guint64)(x + 1) * width / self->width), left + 1);
          guint64 sum = 0;

          for (guint column = left; column < right; column++)
            sum += sums[column];
          out[x] = (guint8)(sum / ((right - left) * (bottom - top)));
        }
    }
}

/**
 * kouan_ocr_image_new:
 * @pixels: @height rows of @width bytes, @stride bytes apart
 * @side: pixels that the longer side is to have
 *
 * Returns: (transfer full): the picture, larger or smaller
 */
KouanOcrImage *
kouan_ocr_image_new (const guint8 *pixels, guint width, guint height, gsize stride, guint side)
{
  guint longer = MAX (width, height);
  KouanOcrImage *self;

  g_return_val_if_fail (width > 0 && height > 0 && stride >= width, NULL);
  g_return_val_if_fail (side > 0 && side <= KOUAN_OCR_SIDE_MAX, NULL);

  self = image_alloc (MAX ((guint)((guint64)width * side / longer), 1),
                      MAX ((guint)((guint64)height * side / longer), 1));
  if (side > longer)
    enlarge (self, pixels, width, height, stride);
  else
    reduce (self, pixels, width, height, stride);
  return self;
}

/* Returns: the brightness between four pixels; beyond the edge that of the edge */
float
kouan_ocr_image_get (const KouanOcrImage *self, float x, float y)
{
  float inside_x = CLAMP (x, 0, (float)(self->width - 1));
  float inside_y = CLAMP (y, 0, (float)(self->height - 1));
  guint column = (guint)inside_x, row = (guint)inside_y;
  guint next_column = MIN (column + 1, self->width - 1);
  guint next_row = MIN (row + 1, self->height - 1);
  float right = inside_x - (float)column, low = inside_y - (float)row;
  const guint8 *upper = self->pixels + (gsize)row * self->width;
  const guint8 *lower = self->pixels + (gsize)next_row * self->width;

  return (upper[column] * (1 - right) + upper[next_column] * right) * (1 - low)
         + (lower[column] * (1 - right) + lower[next_column] * right) * low;
}

/**
 * kouan_ocr_image_turned:
 * @radians: by which what slopes downwards to the right is turned back up
 *
 * Returns: (transfer full): the whole picture, in a frame that holds it; what was not in it is gray
 */
KouanOcrImage *
kouan_ocr_image_turned (const KouanOcrImage *self, double radians)
{
  float cosine = (float)cos (radians), sine = (float)sin (radians);
  float width = (float)self->width, height = (float)self->height;
  guint new_width = (guint)(fabsf (width * cosine) + fabsf (height * sine)) + 1;
  guint new_height = (guint)(fabsf (width * sine) + fabsf (height * cosine)) + 1;
  KouanOcrImage *turned = image_alloc (new_width, new_height);

  for (guint row = 0; row < new_height; row++)
    for (guint column = 0; column < new_width; column++)
      {
        float x = (float)column - (float)new_width / 2, y = (float)row - (float)new_height / 2;
        float from_x = x * cosine - y * sine + width / 2;
        float from_y = x * sine + y * cosine + height / 2;
        gboolean inside = from_x >= 0 && from_y >= 0 && from_x < width && from_y < height;

        turned->pixels[(gsize)row * new_width + column]
          = inside ? (guint8)(kouan_ocr_image_get (self, from_x, from_y) + 0.5f) : 128;
      }
  return turned;
}
