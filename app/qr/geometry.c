/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/geometry.h"

#include <math.h>
#include <string.h>

/* The projective map that takes points to points, by least squares where there are more than the
 * four that determine it. Both sides are first moved and scaled to lie around the origin, without
 * which the squares of pixels and modules drown each other (Hartley, In Defense of the Eight-Point
 * Algorithm, 1997). */

#define UNKNOWNS 8
#define PIVOT_MIN 1e-12

/* How points are moved and scaled to lie around the origin. */
typedef struct
{
  double x, y, scale;
} Frame;

static void
swap_rows (double *a, double *b, guint length)
{
  for (guint i = 0; i < length; i++)
    {
      double kept = a[i];

      a[i] = b[i];
      b[i] = kept;
    }
}

/**
 * kouan_qr_solve:
 * @rows: @count linear equations of @count unknowns, each with its right side behind it; the
 * answers end up in the right sides
 *
 * Returns: %FALSE if they do not have one answer
 */
gboolean
kouan_qr_solve (double *rows, guint count)
{
  guint length = count + 1;

  for (guint i = 0; i < count; i++)
    {
      guint pivot = i;

      for (guint row = i + 1; row < count; row++)
        if (fabs (rows[row * length + i]) > fabs (rows[pivot * length + i]))
          pivot = row;
      if (!(fabs (rows[pivot * length + i]) > PIVOT_MIN))
        return FALSE;
      if (pivot != i)
        swap_rows (rows + pivot * length, rows + i * length, length);
      for (guint row = i + 1; row < count; row++)
        {
          double factor = rows[row * length + i] / rows[i * length + i];

          for (guint k = i; factor != 0 && k < length; k++)
            rows[row * length + k] -= factor * rows[i * length + k];
        }
    }
  for (guint i = count; i-- > 0;)
    {
      for (guint k = i + 1; k < count; k++)
        rows[i * length + count] -= rows[i * length + k] * rows[k * length + count];
      rows[i * length + count] /= rows[i * length + i];
    }
  return TRUE;
}

static Frame
frame_of (const KouanQrPoint *points, guint count)
{
  Frame frame = { 0, 0, 0 };

  for (guint i = 0; i < count; i++)
    {
      frame.x += points[i].x / count;
      frame.y += points[i].y / count;
    }
  for (guint i = 0; i < count; i++)
    frame.scale += hypot (points[i].x - frame.x, points[i].y - frame.y) / count;
  frame.scale = frame.scale > 0 ? 1 / frame.scale : 1;
  return frame;
}

static KouanQrPoint
into_frame (const Frame *frame, KouanQrPoint point)
{
  return (KouanQrPoint){ (point.x - frame->x) * frame->scale, (point.y - frame->y) * frame->scale };
}

/* One equation of the least squares: adds its products to the normal equations. */
static void
add_equation (double normal[UNKNOWNS][UNKNOWNS + 1], const double factors[UNKNOWNS + 1])
{
  for (guint i = 0; i < UNKNOWNS; i++)
    for (guint k = 0; factors[i] != 0 && k <= UNKNOWNS; k++)
      normal[i][k] += factors[i] * factors[k];
}

static void
multiply (const double a[9], const double b[9], double product[9])
{
  for (guint i = 0; i < 3; i++)
    for (guint k = 0; k < 3; k++)
      product[3 * i + k] = a[3 * i] * b[k] + a[3 * i + 1] * b[3 + k] + a[3 * i + 2] * b[6 + k];
}

/* Out of the frames again. */
static void
unframe (KouanQrHomography *self, const Frame *from, const Frame *to)
{
  const double in[9]
    = { from->scale, 0, -from->x * from->scale, 0, from->scale, -from->y * from->scale, 0, 0, 1 };
  const double out[9] = { 1 / to->scale, 0, to->x, 0, 1 / to->scale, to->y, 0, 0, 1 };
  double half[9];

  multiply (self->m, in, half);
  multiply (out, half, self->m);
}

/* Returns: %FALSE if the points are too few or in line */
gboolean
kouan_qr_homography_fit (KouanQrHomography *self,
                         const KouanQrPoint *from,
                         const KouanQrPoint *to,
                         guint count)
{
  double normal[UNKNOWNS][UNKNOWNS + 1] = { 0 };
  Frame from_frame = frame_of (from, count), to_frame = frame_of (to, count);

  if (count < 4)
    return FALSE;
  for (guint i = 0; i < count; i++)
    {
      KouanQrPoint a = into_frame (&from_frame, from[i]), b = into_frame (&to_frame, to[i]);
      const double across[] = { a.x, a.y, 1, 0, 0, 0, -a.x * b.x, -a.y * b.x, b.x };
      const double down[] = { 0, 0, 0, a.x, a.y, 1, -a.x * b.y, -a.y * b.y, b.y };

      add_equation (normal, across);
      add_equation (normal, down);
    }
  if (!kouan_qr_solve (&normal[0][0], UNKNOWNS))
    return FALSE;
  for (guint i = 0; i < UNKNOWNS; i++)
    self->m[i] = normal[i][UNKNOWNS];
  self->m[8] = 1;
  unframe (self, &from_frame, &to_frame);
  return TRUE;
}
