/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/triple.h"

#include <math.h>
#include <stdlib.h>

/* Which three finders belong to one code.
 *
 * Seen from the side, a code is no square, and lengths along its two directions cannot be compared
 * with each other. But along one direction the finders themselves are a measure: each is seven
 * modules wide in it. So the distance between two finders, in modules as these two are wide towards
 * each other, gives the code's size, once for each of the two sides that meet in the corner. Where
 * both agree, the three are one code; perspective and blur make them differ by some percent. */

#define NEAREST 14     /* partners that are looked at for each finder */
#define LIKE_MAX 2.4   /* sizes of finders of one code, seen in perspective */
#define SIDES_MAX 3.5  /* one side against the other: seen from 70 degrees aside */
#define COSINE_MAX 0.8 /* of the angle in the corner */
#define SIZE_MIN 16.0
#define SIZE_MAX 190.0
#define SIZES_DIFFER_MAX 0.45 /* natural logarithm of the ratio */
#define SEEN_WEIGHT 1.5       /* of being crossed by all rows against none */
/* In a large code there are more chance finders between two real ones than are looked at: who is
 * crossed by most of its rows comes first, however far away. */
#define SURE 0.6
#define SURE_FIRST 1e6
#define BETWEEN_MODULES 14.0 /* the least, between two middles */

typedef struct
{
  const KouanQrPicture *split;
  guint8 dark;
  const KouanQrFinder *finders;
  guint count;
  KouanQrTriple *triples;
  guint found;
  guint max;
} Ranking;

typedef struct
{
  guint index;
  double distance;
} Partner;

static int
by_distance (gconstpointer a, gconstpointer b)
{
  double first = ((const Partner *)a)->distance, second = ((const Partner *)b)->distance;

  return (first > second) - (first < second);
}

static KouanQrPoint
middle_of (const KouanQrFinder *finder)
{
  return (KouanQrPoint){ finder->x, finder->y };
}

/* Pixels a module of a finder, in the direction (@x, @y) of length 1. */
static double
module_towards (const Ranking *ranking, const KouanQrFinder *finder, double x, double y)
{
  double reach_max = finder->module * 9;
  double forth = kouan_qr_finder_reach (ranking->split, ranking->dark, middle_of (finder),
                                        (KouanQrPoint){ x, y }, finder->module, reach_max);
  double back = kouan_qr_finder_reach (ranking->split, ranking->dark, middle_of (finder),
                                       (KouanQrPoint){ -x, -y }, finder->module, reach_max);

  if (forth > 0 && back > 0 && forth < 2 * back && back < 2 * forth)
    return (forth + back) / KOUAN_QR_FINDER_MODULES;
  return 0;
}

/* Modules a side by two finders, or 0. The width of things shrinks evenly with distance, so that
 * the mean of both ends holds for the length between them. */
static double
size_between (const Ranking *ranking, const KouanQrFinder *a, const KouanQrFinder *b)
{
  double x = b->x - a->x, y = b->y - a->y, length = hypot (x, y);
  double first = module_towards (ranking, a, x / length, y / length);
  double second = module_towards (ranking, b, x / length, y / length);

  if (first <= 0 && second <= 0)
    return 0;
  if (first <= 0 || second <= 0)
    first = second = MAX (first, second);
  return length / sqrt (first * second) + KOUAN_QR_FINDER_MODULES;
}

static void
keep (Ranking *ranking, const KouanQrTriple *triple)
{
  guint at = ranking->found;

  if (ranking->found == ranking->max && triple->doubt >= ranking->triples[at - 1].doubt)
    return;
  if (ranking->found < ranking->max)
    ranking->found++;
  else
    at--;
  for (; at > 0 && ranking->triples[at - 1].doubt > triple->doubt; at--)
    ranking->triples[at] = ranking->triples[at - 1];
  ranking->triples[at] = *triple;
}

static void
consider (Ranking *ranking,
          const KouanQrFinder *corner,
          const KouanQrFinder *b,
          const KouanQrFinder *c)
{
  double ux = b->x - corner->x, uy = b->y - corner->y, vx = c->x - corner->x, vy = c->y - corner->y;
  double u = hypot (ux, uy), v = hypot (vx, vy), cosine = fabs (ux * vx + uy * vy) / (u * v);
  double size_u, size_v, differ, seen;
  gboolean turned = ux * vy - uy * vx < 0;
  KouanQrTriple triple;

  if (cosine > COSINE_MAX || u > SIDES_MAX * v || v > SIDES_MAX * u)
    return;
  size_u = size_between (ranking, corner, b);
  size_v = size_between (ranking, corner, c);
  if (size_u < SIZE_MIN || size_v < SIZE_MIN || size_u > SIZE_MAX || size_v > SIZE_MAX)
    return;
  differ = fabs (log (size_u / size_v));
  if (differ > SIZES_DIFFER_MAX)
    return;
  seen = MIN (corner->seen, MIN (b->seen, c->seen));
  triple.corner = middle_of (corner);
  triple.right = middle_of (turned ? c : b);
  triple.below = middle_of (turned ? b : c);
  triple.lost = 0;
  triple.size = sqrt (size_u * size_v);
  triple.doubt = differ * 2 + cosine + fabs (log (u / v)) * 0.5 - seen * SEEN_WEIGHT
                 + fabs (log (b->module / c->module)) * 0.5;
  keep (ranking, &triple);
}

static guint
partners_of (const Ranking *ranking, guint of, Partner *partners)
{
  const KouanQrFinder *finder = ranking->finders + of;
  guint count = 0;

  for (guint i = 0; i < ranking->count; i++)
    {
      const KouanQrFinder *other = ranking->finders + i;
      double distance = hypot (other->x - finder->x, other->y - finder->y);
      double module = MIN (finder->module, other->module);

      if (i == of || finder->module > LIKE_MAX * other->module
          || other->module > LIKE_MAX * finder->module
          || distance < BETWEEN_MODULES * module / SIDES_MAX || distance > SIZE_MAX * module * 2)
        continue;
      partners[count++] = (Partner){ i, other->seen >= SURE ? distance : distance + SURE_FIRST };
    }
  qsort (partners, count, sizeof *partners, by_distance);
  return MIN (count, NEAREST);
}

/**
 * kouan_qr_rank_triples:
 * @triples: room for @max
 *
 * Returns: how many there are, the most likely first
 */
guint
kouan_qr_rank_triples (const KouanQrPicture *split,
                       guint8 dark,
                       const KouanQrFinder *finders,
                       guint count,
                       KouanQrTriple *triples,
                       guint max)
{
  Ranking ranking = { split, dark, finders, count, triples, 0, max };
  g_autofree Partner *partners = g_new (Partner, MAX (count, 1));

  for (guint corner = 0; corner < count; corner++)
    {
      guint near = partners_of (&ranking, corner, partners);

      for (guint i = 0; i < near; i++)
        for (guint k = i + 1; k < near; k++)
          consider (&ranking, finders + corner, finders + partners[i].index,
                    finders + partners[k].index);
    }
  return ranking.found;
}
