/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-pixels"

#include "app/pixels/resample.h"

#include <math.h>
#include <string.h>

/* Making a picture smaller by a box filter: each target pixel is the mean of the area of the source
 * that it covers, border pixels counting by the part that is covered. Thin strokes turn gray
 * instead of vanishing, which is what keeps small print readable. Rows are first shrunk sideways,
 * then added up downwards. */

#define ONE 65536u /* fixed point, 16 bits of fraction */

typedef struct
{
  guint first;
  guint count;
  guint32 *weights; /* sum to ONE */
} Span;

/* The part of source pixel @i that lies in [@from, @to), as a share of that length. */
static guint32
share (guint i, double from, double to)
{
  double covered = MIN (to, i + 1.0) - MAX (from, (double)i);

  return (guint32)lround (MAX (covered, 0) / (to - from) * ONE);
}

static Span *
spans_new (guint source, guint target, guint32 **weights)
{
  Span *spans = g_new (Span, target);
  guint count_max = source / target + 3;
  double step = (double)source / target;

  *weights = g_new (guint32, (gsize)target * count_max);
  for (guint t = 0; t < target; t++)
    {
      Span *span = &spans[t];
      guint last = MIN (source - 1, (guint)((t + 1) * step));
      guint32 sum = 0;

      span->first = MIN (source - 1, (guint)(t * step));
      span->count = MIN (last - span->first + 1, count_max);
      span->weights = *weights + (gsize)t * count_max;
      for (guint i = 0; i < span->count; i++)
        sum += span->weights[i] = share (span->first + i, t * step, (t + 1) * step);
      span->weights[span->count / 2] += ONE - sum;
    }
  return spans;
}

static void
shrink_row (const guint8 *row, const Span *spans, guint target, guint32 *out)
{
  for (guint t = 0; t < target; t++)
    {
      const guint8 *pixel = row + (gsize)spans[t].first * 3;
      guint32 r = ONE / 2, g = ONE / 2, b = ONE / 2;

      for (guint i = 0; i < spans[t].count; i++, pixel += 3)
        {
          guint32 weight = spans[t].weights[i];

          r += weight * pixel[0];
          g += weight * pixel[1];
          b += weight * pixel[2];
        }
      out[t * 3] = r >> 16;
      out[t * 3 + 1] = g >> 16;
      out[t * 3 + 2] = b >> 16;
    }
}

static void
add_row (guint32 *sums, const guint32 *row, guint count, guint32 weight)
{
  for (guint i = 0; i < count; i++)
    sums[i] += row[i] * weight;
}

static void
write_row (guint8 *target, const guint32 *sums, guint count)
{
  for (guint i = 0; i < count; i++)
    target[i] = MIN (sums[i] >> 16, 255);
}

/**
 * kouan_resample_rgb:
 * @source: @source_width * @source_height pixels of 3 bytes, rows without padding
 * @target: room for @target_width * @target_height of them; neither side may be longer than the
 * source's
 */
void
kouan_resample_rgb (const guint8 *source,
                    guint source_width,
                    guint source_height,
                    guint8 *target,
                    guint target_width,
                    guint target_height)
{
  g_autofree guint32 *across_weights = NULL;
  g_autofree guint32 *down_weights = NULL;
  g_autofree Span *across = NULL;
  g_autofree Span *down = NULL;
  g_autofree guint32 *row = NULL;
  g_autofree guint32 *sums = NULL;
  guint count = target_width * 3;

  g_return_if_fail (target_width > 0 && target_width <= source_width);
  g_return_if_fail (target_height > 0 && target_height <= source_height);

  across = spans_new (source_width, target_width, &across_weights);
  down = spans_new (source_height, target_height, &down_weights);
  row = g_new (guint32, count);
  sums = g_new (guint32, count);
  for (guint y = 0; y < target_height; y++)
    {
      for (guint i = 0; i < count; i++)
        sums[i] = ONE / 2;
      for (guint i = 0; i < down[y].count; i++)
        {
          if (down[y].weights[i] == 0)
            continue;
          shrink_row (source + (gsize)(down[y].first + i) * source_width * 3, across, target_width,
                      row);
          add_row (sums, row, count, down[y].weights[i]);
        }
      write_row (target + (gsize)y * count, sums, count);
    }
}

/**
 * kouan_resample_fit:
 * @width: (inout): pixels
 * @height: (inout): pixels
 *
 * Makes the sides smaller, in proportion, until their product is at most @area_max.
 */
void
kouan_resample_fit (guint *width, guint *height, guint64 area_max)
{
  guint64 area = (guint64)*width * *height;
  double factor;

  if (area <= area_max)
    return;
  factor = sqrt ((double)area_max / area);
  *width = MAX (1, (guint)(*width * factor));
  *height = CLAMP ((guint)(*height * factor), 1, (guint)(area_max / *width));
}
