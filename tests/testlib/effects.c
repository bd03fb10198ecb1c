/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/effects.h"

#include <math.h>
#include <string.h>

static KouanPage *
like (KouanPage *page, guint8 *pixels)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, g_bytes_get_size (page->pixels));

  return kouan_page_new (page->width, page->height, page->dpi, bytes);
}

static guint8 *
copy (KouanPage *page)
{
  return g_memdup2 (g_bytes_get_data (page->pixels, NULL), g_bytes_get_size (page->pixels));
}

/* One row or column, in place, with the ends repeated. */
static void
blur_line (guint8 *line, gsize step, guint count, const double *kernel, int radius, double *work)
{
  for (guint i = 0; i < count; i++)
    {
      work[i] = 0;
      for (int k = -radius; k <= radius; k++)
        work[i] += kernel[k + radius] * line[CLAMP ((int)i + k, 0, (int)count - 1) * step];
    }
  for (guint i = 0; i < count; i++)
    line[i * step] = (guint8)(work[i] + 0.5);
}

KouanPage *
kouan_test_blurred (KouanPage *page, double sigma)
{
  int radius = (int)ceil (sigma * 3);
  g_autofree double *kernel = g_new (double, 2 * radius + 1);
  g_autofree double *work = g_new (double, MAX (page->width, page->height));
  guint8 *pixels = copy (page);
  double sum = 0;

  if (sigma <= 0)
    return like (page, pixels);
  for (int k = -radius; k <= radius; k++)
    sum += kernel[k + radius] = exp (-k * k / (2 * sigma * sigma));
  for (int k = 0; k <= 2 * radius; k++)
    kernel[k] /= sum;
  for (guint y = 0; y < page->height; y++)
    for (guint c = 0; c < 3; c++)
      blur_line (pixels + (gsize)y * page->width * 3 + c, 3, page->width, kernel, radius, work);
  for (guint x = 0; x < page->width * 3; x++)
    blur_line (pixels + x, (gsize)page->width * 3, page->height, kernel, radius, work);
  return like (page, pixels);
}

KouanPage *
kouan_test_exposed (KouanPage *page, double factor, int add)
{
  guint8 *pixels = copy (page);

  for (gsize i = 0; i < g_bytes_get_size (page->pixels); i++)
    pixels[i] = (guint8)CLAMP (pixels[i] * factor + add, 0, 255);
  return like (page, pixels);
}

KouanPage *
kouan_test_grainy (KouanPage *page, guint seed, double sigma)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint8 *pixels = copy (page);

  for (gsize i = 0; i < g_bytes_get_size (page->pixels); i += 3)
    {
      double grain = sigma
                     * (g_rand_double (rand) + g_rand_double (rand) + g_rand_double (rand)
                        + g_rand_double (rand) - 2)
                     * 1.732;

      for (guint c = 0; c < 3; c++)
        pixels[i + c] = (guint8)CLAMP (pixels[i + c] + grain, 0, 255);
    }
  return like (page, pixels);
}

static double
sample (KouanPage *page, double x, double y, guint channel)
{
  const guint8 *pixels = g_bytes_get_data (page->pixels, NULL);
  int left = (int)floor (x), top = (int)floor (y);
  double sum = 0;

  for (int i = 0; i < 4; i++)
    {
      int column = left + i % 2, row = top + i / 2;
      double weight = (i % 2 ? x - left : 1 - (x - left)) * (i / 2 ? y - top : 1 - (y - top));
      gboolean inside
        = column >= 0 && row >= 0 && column < (int)page->width && row < (int)page->height;

      sum += weight * (inside ? pixels[((gsize)row * page->width + column) * 3 + channel] : 250);
    }
  return sum;
}

KouanPage *
kouan_test_moved (KouanPage *page, double degrees, double x, double y)
{
  double s = sin (degrees * G_PI / 180), c = cos (degrees * G_PI / 180);
  guint8 *pixels = copy (page);

  for (guint row = 0; row < page->height; row++)
    for (guint column = 0; column < page->width; column++)
      {
        double from_x = column - page->width / 2.0 - x, from_y = row - page->height / 2.0 - y;

        for (guint channel = 0; channel < 3; channel++)
          pixels[((gsize)row * page->width + column) * 3 + channel]
            = (guint8)(sample (page, c * from_x + s * from_y + page->width / 2.0,
                               c * from_y - s * from_x + page->height / 2.0, channel)
                       + 0.5);
      }
  return like (page, pixels);
}
