/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/pair.h"

#include "app/qr/corners.h"

#include <math.h>
#include <string.h>

/* A code of which only two finders can be seen: a reflection lies on the third, a thumb, a pen's
 * stroke, the edge of the picture.
 *
 * Two finders are eight corners, and four would do for a projective map. So each way in which the
 * two can belong to a code is assumed in turn (the third may be any of the three, and either of the
 * two may be first), and the map says where the third has to be. Far from the two it is off by a
 * module or two, which is for the timing patterns to judge and for the fit to mend. */

#define SEEN 2 /* finders */
#define FINDER_MIDDLE 3.5
#define SIZE_MIN 19.0
#define SIZE_MAX 130.0
#define REACH_MODULES 9
#define ALIKE_MAX 1.9 /* module of one by that of the other */

/* Which two of corner, right and below are seen: the first of these is the first of the pair. */
static const guint8 roles[][SEEN] = { { 0, 1 }, { 1, 0 }, { 0, 2 }, { 2, 0 }, { 1, 2 }, { 2, 1 } };

typedef struct
{
  const KouanQrPicture *split;
  guint8 dark;
  KouanQrPoint at[SEEN];
  double modules[SEEN];
  double size; /* modules a side, as if the two stood along one side */
} Pair;

static double
half_way_out (const Pair *pair, guint which, KouanQrPoint step)
{
  return kouan_qr_finder_reach (pair->split, pair->dark, pair->at[which], step,
                                pair->modules[which], pair->modules[which] * REACH_MODULES);
}

/* Pixels a module of a finder in the direction of (@x, @y), a vector of length 1; 0 if its edge is
 * not to be seen. */
static double
module_towards (const Pair *pair, guint which, double x, double y)
{
  double forth = half_way_out (pair, which, (KouanQrPoint){ x, y });
  double back = half_way_out (pair, which, (KouanQrPoint){ -x, -y });

  return forth > 0 && back > 0 && forth < 2 * back && back < 2 * forth
           ? (forth + back) / KOUAN_QR_FINDER_MODULES
           : 0;
}

/* The code's own directions, for a start as if it were seen straight: one is that of the pair, the
 * other square to it, as long as the finder is wide there. */
static gboolean
guess_directions (const Pair *pair,
                  const guint8 role[SEEN],
                  KouanQrPoint *right,
                  KouanQrPoint *down)
{
  double x = pair->at[1].x - pair->at[0].x, y = pair->at[1].y - pair->at[0].y;
  double length = hypot (x, y), along, across;
  gboolean forth = role[0] < role[1];

  x = forth ? x / length : -x / length;
  y = forth ? y / length : -y / length;
  if (role[0] + role[1] == 3) /* from right to below: half way between left and down */
    {
      double left_x = x, left_y = y;

      x = (left_y - left_x) * G_SQRT2 / 2;
      y = -(left_x + left_y) * G_SQRT2 / 2;
    }
  along = module_towards (pair, 0, x, y);
  across = module_towards (pair, 0, -y, x);
  if (along <= 0 || across <= 0)
    return FALSE;
  if (role[0] + role[1] == 2) /* from corner to below: down is known, and right square to it */
    {
      *down = (KouanQrPoint){ x * along, y * along };
      *right = (KouanQrPoint){ y * across, -x * across };
      return TRUE;
    }
  *right = (KouanQrPoint){ x * along, y * along };
  *down = (KouanQrPoint){ -y * across, x * across };
  return TRUE;
}

/* The corners of one finder; what they say of the directions is better than what was guessed. */
static gboolean
find_corners (const Pair *pair,
              guint which,
              KouanQrPoint *right,
              KouanQrPoint *down,
              KouanQrPoint corners[KOUAN_QR_CORNERS])
{
  for (guint round = 0; round < 2; round++)
    {
      double modules = 2 * KOUAN_QR_FINDER_MODULES;

      if (!kouan_qr_finder_corners (pair->split, pair->dark, pair->at[which], *right, *down,
                                    corners))
        return FALSE;
      right->x = (corners[1].x - corners[0].x + corners[2].x - corners[3].x) / modules;
      right->y = (corners[1].y - corners[0].y + corners[2].y - corners[3].y) / modules;
      down->x = (corners[3].x - corners[0].x + corners[2].x - corners[1].x) / modules;
      down->y = (corners[3].y - corners[0].y + corners[2].y - corners[1].y) / modules;
    }
  return TRUE;
}

static KouanQrPoint
middle_of (guint role, double size)
{
  return (KouanQrPoint){ role == 1 ? size - FINDER_MIDDLE : FINDER_MIDDLE,
                         role == 2 ? size - FINDER_MIDDLE : FINDER_MIDDLE };
}

/* The map from modules to pixels by the corners of both. */
static gboolean
fit_map (const Pair *pair, const guint8 role[SEEN], double size, KouanQrHomography *map)
{
  KouanQrPoint from[SEEN * KOUAN_QR_CORNERS], to[SEEN * KOUAN_QR_CORNERS], right, down;

  if (!guess_directions (pair, role, &right, &down))
    return FALSE;
  for (guint i = 0; i < SEEN; i++)
    {
      KouanQrPoint middle = middle_of (role[i], size);
      double left = middle.x - FINDER_MIDDLE, top = middle.y - FINDER_MIDDLE;
      double end = KOUAN_QR_FINDER_MODULES;
      const KouanQrPoint corners[KOUAN_QR_CORNERS]
        = { { left, top }, { left + end, top }, { left + end, top + end }, { left, top + end } };

      memcpy (from + i * KOUAN_QR_CORNERS, corners, sizeof corners);
      if (!find_corners (pair, i, &right, &down, to + i * KOUAN_QR_CORNERS))
        return FALSE;
    }
  return kouan_qr_homography_fit (map, from, to, G_N_ELEMENTS (to));
}

static gboolean
guess_third (const Pair *pair, const guint8 role[SEEN], KouanQrTriple *triple)
{
  guint lost = 3U - role[0] - role[1];
  double size = pair->size;
  KouanQrPoint *const points[] = { &triple->corner, &triple->right, &triple->below };
  KouanQrPoint middle = middle_of (lost, size);
  KouanQrHomography map;

  if (size < SIZE_MIN || size > SIZE_MAX || !fit_map (pair, role, size, &map)
      || map.m[6] * middle.x + map.m[7] * middle.y + map.m[8] <= 0)
    return FALSE;
  for (guint i = 0; i < SEEN; i++)
    *points[role[i]] = pair->at[i];
  *points[lost] = kouan_qr_homography_map (&map, middle.x, middle.y);
  triple->size = size;
  triple->doubt = 0;
  triple->lost = 1U << lost;
  return TRUE;
}

/**
 * kouan_qr_guess_thirds:
 * @triples: room for @max
 *
 * Returns: how many codes the two may belong to, each with a third finder that was not seen
 */
guint
kouan_qr_guess_thirds (const KouanQrPicture *split,
                       guint8 dark,
                       const KouanQrFinder *a,
                       const KouanQrFinder *b,
                       KouanQrTriple *triples,
                       guint max)
{
  Pair pair = { split, dark, { { a->x, a->y }, { b->x, b->y } }, { a->module, b->module }, 0 };
  double x = b->x - a->x, y = b->y - a->y, length = hypot (x, y), first, second;
  guint count = 0;

  if (a->module > ALIKE_MAX * b->module || b->module > ALIKE_MAX * a->module || length < 1)
    return 0;
  first = module_towards (&pair, 0, x / length, y / length);
  second = module_towards (&pair, 1, x / length, y / length);
  if (first <= 0 || second <= 0)
    return 0;
  /* Along a diagonal, a finder is as much wider as the way to the other is longer. */
  pair.size = length / sqrt (first * second) + KOUAN_QR_FINDER_MODULES;
  for (guint i = 0; i < G_N_ELEMENTS (roles) && count < max; i++)
    count += guess_third (&pair, roles[i], triples + count);
  return count;
}
