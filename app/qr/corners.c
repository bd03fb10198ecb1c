/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/corners.h"

#include <math.h>

/* The four corners of a finder pattern.
 *
 * Rays from its middle end at its outer edge. In the code's own directions the edge is nearly a
 * square of seven modules, so that each end belongs to one of four sides by which of its two
 * coordinates is the larger. A line through the ends of each side, the worst of them left out, and
 * where neighbouring lines meet there is a corner, to a fraction of a pixel: a dozen ends know more
 * than one pixel does. Three finders give twelve corners, and these say how the code lies in space
 * even where it is too small for an alignment pattern. */

#define RAYS 56
#define REACH_MAX 7.5 /* modules, where 5 is a corner seen straight */
#define SIDE_ENDS_MIN 4
#define OUTLIER_MODULES 0.45

/* a = at + slope * b, a being the coordinate across the side, b that along it. */
typedef struct
{
  double at, slope;
} Side;

typedef struct
{
  double across[RAYS];
  double along[RAYS];
  guint count;
} Ends;

static gboolean
fit_side (const Ends *ends, const Side *before, Side *side)
{
  double n = 0, b = 0, bb = 0, a = 0, ab = 0, spread;

  for (guint i = 0; i < ends->count; i++)
    {
      if (before != NULL
          && fabs (ends->across[i] - before->at - before->slope * ends->along[i]) > OUTLIER_MODULES)
        continue;
      n += 1;
      a += ends->across[i];
      b += ends->along[i];
      bb += ends->along[i] * ends->along[i];
      ab += ends->across[i] * ends->along[i];
    }
  spread = n * bb - b * b;
  if (n < SIDE_ENDS_MIN || spread <= 0)
    return FALSE;
  side->slope = (n * ab - a * b) / spread;
  side->at = (a - side->slope * b) / n;
  return TRUE;
}

/* Sides 0 and 2 lie across x (right, left), 1 and 3 across y (below, above). */
static gboolean
fit_sides (const Ends ends[KOUAN_QR_CORNERS], Side sides[KOUAN_QR_CORNERS])
{
  for (guint i = 0; i < KOUAN_QR_CORNERS; i++)
    {
      Side rough;

      if (!fit_side (ends + i, NULL, &rough))
        return FALSE;
      if (!fit_side (ends + i, &rough, sides + i))
        sides[i] = rough;
    }
  return TRUE;
}

static KouanQrPoint
meet (const Side *across_x, const Side *across_y)
{
  double x
    = (across_x->at + across_x->slope * across_y->at) / (1 - across_x->slope * across_y->slope);

  return (KouanQrPoint){ x, across_y->at + across_y->slope * x };
}

static void
cast_rays (const KouanQrPicture *split,
           guint8 dark,
           KouanQrPoint middle,
           KouanQrPoint right,
           KouanQrPoint down,
           Ends ends[KOUAN_QR_CORNERS])
{
  for (guint i = 0; i < RAYS; i++)
    {
      double x = cos (2 * G_PI * i / RAYS), y = sin (2 * G_PI * i / RAYS);
      KouanQrPoint step = { right.x * x + down.x * y, right.y * x + down.y * y };
      double reach = kouan_qr_finder_reach (split, dark, middle, step, 1, REACH_MAX);
      gboolean is_x = fabs (x) > fabs (y);
      Ends *side = ends + (is_x ? (x > 0 ? 0 : 2) : (y > 0 ? 1 : 3));

      if (reach <= 0)
        continue;
      side->across[side->count] = reach * (is_x ? x : y);
      side->along[side->count++] = reach * (is_x ? y : x);
    }
}

/**
 * kouan_qr_finder_corners:
 * @right: pixels of one module to the right, about
 * @down: and of one downwards
 * @corners: top left, top right, bottom right, bottom left
 *
 * Returns: %FALSE if the edge is not to be seen on all sides
 */
gboolean
kouan_qr_finder_corners (const KouanQrPicture *split,
                         guint8 dark,
                         KouanQrPoint middle,
                         KouanQrPoint right,
                         KouanQrPoint down,
                         KouanQrPoint corners[KOUAN_QR_CORNERS])
{
  static const guint8 meeting[KOUAN_QR_CORNERS][2] = { { 2, 3 }, { 0, 3 }, { 0, 1 }, { 2, 1 } };
  Ends ends[KOUAN_QR_CORNERS] = { 0 };
  Side sides[KOUAN_QR_CORNERS];

  cast_rays (split, dark, middle, right, down, ends);
  if (!fit_sides (ends, sides))
    return FALSE;
  for (guint i = 0; i < KOUAN_QR_CORNERS; i++)
    {
      KouanQrPoint at = meet (sides + meeting[i][0], sides + meeting[i][1]);

      if (!(fabs (at.x) < REACH_MAX && fabs (at.y) < REACH_MAX))
        return FALSE;
      corners[i] = (KouanQrPoint){ middle.x + right.x * at.x + down.x * at.y,
                                   middle.y + right.y * at.x + down.y * at.y };
    }
  return TRUE;
}
