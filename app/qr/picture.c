/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/picture.h"

#include <math.h>
#include <string.h>

/* Gray pictures and what the locator makes of them: smaller, larger, softer, black and white. */

KouanQrPicture *
kouan_qr_picture_new (int width, int height)
{
  KouanQrPicture *self = g_new (KouanQrPicture, 1);

  g_assert (width > 0 && height > 0);
  self->width = width;
  self->height = height;
  self->pixels = g_malloc ((gsize)width * (gsize)height);
  return self;
}

void
kouan_qr_picture_free (KouanQrPicture *self)
{
  if (self == NULL)
    return;
  g_free (self->pixels);
  g_free (self);
}

static const guint8 *
row_of (const KouanQrPicture *self, int y)
{
  return self->pixels + (gsize)CLAMP (y, 0, self->height - 1) * (gsize)self->width;
}

/* Returns: (transfer full) (nullable): means of two by two pixels; NULL where nothing would be left
 */
KouanQrPicture *
kouan_qr_picture_halve (const KouanQrPicture *self)
{
  KouanQrPicture *half;

  if (self->width < 2 || self->height < 2)
    return NULL;
  half = kouan_qr_picture_new (self->width / 2, self->height / 2);
  for (int y = 0; y < half->height; y++)
    {
      const guint8 *upper = row_of (self, 2 * y), *lower = row_of (self, 2 * y + 1);
      guint8 *out = half->pixels + (gsize)y * (gsize)half->width;

      for (int x = 0; x < half->width; x++)
        out[x]
          = (guint8)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) / 4);
    }
  return half;
}

/* The value a quarter of a pixel before and after a middle one, by the cubic through four
 * neighbours that Catmull and Rom gave (1974), in units of 1/128. */
static int
cubic (int before, int here, int after, int beyond)
{
  return -9 * before + 111 * here + 29 * after - 3 * beyond;
}

static void
double_row (const gint16 *row, int width, guint8 *out)
{
  for (int x = 0; x < width; x++)
    {
      int far_left = row[MAX (x - 2, 0)], left = row[MAX (x - 1, 0)], here = row[x];
      int right = row[MIN (x + 1, width - 1)], far_right = row[MIN (x + 2, width - 1)];

      out[2 * x] = (guint8)CLAMP ((cubic (right, here, left, far_left) + 64) >> 7, 0, 255);
      out[2 * x + 1] = (guint8)CLAMP ((cubic (left, here, right, far_right) + 64) >> 7, 0, 255);
    }
}

/* Returns: (transfer full): twice as wide and high, for modules of hardly more than a pixel */
KouanQrPicture *
kouan_qr_picture_double (const KouanQrPicture *self)
{
  KouanQrPicture *twice = kouan_qr_picture_new (2 * self->width, 2 * self->height);
  g_autofree gint16 *between = g_new (gint16, self->width);

  for (int y = 0; y < twice->height; y++)
    {
      int step = y % 2 == 0 ? -1 : 1; /* towards the nearer neighbour */
      const guint8 *before = row_of (self, y / 2 - step), *here = row_of (self, y / 2);
      const guint8 *after = row_of (self, y / 2 + step), *beyond = row_of (self, y / 2 + 2 * step);

      for (int x = 0; x < self->width; x++)
        between[x] = (gint16)((cubic (before[x], here[x], after[x], beyond[x]) + 64) >> 7);
      double_row (between, self->width, twice->pixels + (gsize)y * (gsize)twice->width);
    }
  return twice;
}

/* Returns: (transfer full): each pixel the mean of the nine around it, the middle ones weighing
 * more (1 2 1): takes the grid of a screen out of a picture of it */
KouanQrPicture *
kouan_qr_picture_soften (const KouanQrPicture *self)
{
  KouanQrPicture *soft = kouan_qr_picture_new (self->width, self->height);
  int last = self->width - 1;

  for (int y = 0; y < self->height; y++)
    {
      const guint8 *a = row_of (self, y - 1), *b = row_of (self, y), *c = row_of (self, y + 1);
      guint8 *out = soft->pixels + (gsize)y * (gsize)self->width;

      for (int x = 0; x <= last; x++)
        {
          int l = MAX (x - 1, 0), r = MIN (x + 1, last);

          out[x] = (guint8)((a[l] + 2 * a[x] + a[r] + 2 * (b[l] + 2 * b[x] + b[r]) + c[l] + 2 * c[x]
                             + c[r] + 8)
                            / 16);
        }
    }
  return soft;
}

static void
add_row (guint32 *columns, const guint8 *row, int width)
{
  for (int x = 0; x < width; x++)
    columns[x] += row[x];
}

static void
remove_row (guint32 *columns, const guint8 *row, int width)
{
  for (int x = 0; x < width; x++)
    columns[x] -= row[x];
}

/* A part of a row, near a border of the picture. @before: running sums of the columns, before[x]
 * those left of x; @rows: how many rows are in them. */
static void
split_row_clamped (const guint8 *row,
                   const guint32 *before,
                   int from,
                   int to,
                   int width,
                   int radius,
                   int rows,
                   double keep,
                   double lift,
                   guint8 *out)
{
  for (int x = from; x < to; x++)
    {
      int left = MAX (x - radius, 0), right = MIN (x + radius + 1, width);
      double mean = (double)(before[right] - before[left]) / (rows * (right - left));

      out[x] = row[x] > mean * keep + lift ? 255 : 0;
    }
}

/* The same where the window lies wholly inside: nothing to clamp, so that it runs in vectors. */
static void
split_row_inside (const guint8 *row,
                  const guint32 *before,
                  int from,
                  int to,
                  int radius,
                  float factor,
                  float lift,
                  guint8 *out)
{
  const guint32 *left = before - radius, *right = before + radius + 1;

  for (int x = from; x < to; x++)
    out[x] = ((float)row[x] - lift) * factor > (float)(gint32)(right[x] - left[x]) ? 255 : 0;
}

/**
 * kouan_qr_picture_split:
 * @window_px: side of the square around a pixel that it is compared with
 * @margin: how much darker than its surroundings it has to be to count as black, as a share
 * @light_on_dark: the other way round: how much lighter to count as white
 *
 * Black and white by comparison with the neighbourhood (Bradley and Roth, Adaptive Thresholding
 * using the Integral Image, 2007), which stands shadows and a gradient of light. The sums are kept
 * as running sums of columns, so that the window's size costs nothing.
 *
 * Returns: (transfer full): 0 or 255 in each pixel
 */
KouanQrPicture *
kouan_qr_picture_split (const KouanQrPicture *self,
                        int window_px,
                        double margin,
                        gboolean light_on_dark)
{
  int width = self->width, height = self->height, radius = MAX (window_px / 2, 1);
  int inside_from = MIN (radius, width), inside_to = MAX (width - radius - 1, inside_from);
  KouanQrPicture *split = kouan_qr_picture_new (width, height);
  double keep = 1 - margin, lift = light_on_dark ? 255 * margin : 0;
  g_autofree guint32 *columns = g_new0 (guint32, width);
  g_autofree guint32 *before = g_new0 (guint32, width + 1);

  for (int y = 0; y < MIN (radius, height); y++)
    add_row (columns, row_of (self, y), width);
  for (int y = 0; y < height; y++)
    {
      int rows = MIN (y + radius + 1, height) - MAX (y - radius, 0);
      float factor = (float)((double)rows * (2 * radius + 1) / keep);
      const guint8 *row = row_of (self, y);
      guint8 *out = split->pixels + (gsize)y * (gsize)width;

      if (y + radius < height)
        add_row (columns, row_of (self, y + radius), width);
      if (y - radius - 1 >= 0)
        remove_row (columns, row_of (self, y - radius - 1), width);
      for (int x = 0; x < width; x++)
        before[x + 1] = before[x] + columns[x];
      split_row_clamped (row, before, 0, inside_from, width, radius, rows, keep, lift, out);
      split_row_inside (row, before, inside_from, inside_to, radius, factor, (float)lift, out);
      split_row_clamped (row, before, inside_to, width, width, radius, rows, keep, lift, out);
    }
  return split;
}

/* Returns: the gray between four pixels; beyond the border, the border's */
double
kouan_qr_picture_sample (const KouanQrPicture *self, double x, double y)
{
  double right = CLAMP (x - 0.5, 0, self->width - 1), down = CLAMP (y - 0.5, 0, self->height - 1);
  int left = (int)right, top = (int)down;
  int step = left + 1 < self->width ? 1 : 0;
  const guint8 *upper = row_of (self, top) + left, *lower = row_of (self, top + 1) + left;

  right -= left;
  down -= top;
  return (upper[0] + (upper[step] - upper[0]) * right) * (1 - down)
         + (lower[0] + (lower[step] - lower[0]) * right) * down;
}
