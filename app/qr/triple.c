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
 * both agree, the three are one code; perspective and blur make them differ by some percent.
 *
 * Where a wall is tiled with squares in squares, any three of them agree. But between two finders
 * of a code runs a timing pattern, which changes its colour at every module: the changes along the
 * straight line where it should be are counted, and three between which there are about as many as
 * there must be come first. */

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
#define TIMING_WEIGHT 1.5    /* of no changes where the timing pattern should be */
#define TIMING_MIDDLE 3      /* modules from the middle of a finder to the timing pattern */
#define TIMING_LESS 13       /* changes less than there are modules a side */
#define BETWEEN_MODULES 14.0 /* the least, between two middles */

typedef struct
{
  const KouanQrPicture *split;
  guint8 dark;
  const KouanQrFinder *finders;
  guint count;
  guint nearest;
  KouanQrTriple *triples;
  guint found;
  guint max;
} Ranking;

typedef struct
{
  const KouanQrFinder *finder;
  double distance;
  double size; /* modules a side, by the distance to this one */
} Partner;

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

/* Share of the changes that the timing pattern between @from and @to should have and that are
 * missing, or there besides: 0 for just as many, 1 at most. @aside: from the line of the middles to
 * the pattern. */
static double
timing_doubt (const Ranking *ranking,
              const KouanQrFinder *from,
              const KouanQrFinder *to,
              KouanQrPoint aside,
              double size)
{
  const KouanQrPicture *split = ranking->split;
  double x = from->x + aside.x, y = from->y + aside.y, dx = to->x - from->x, dy = to->y - from->y;
  guint steps = (guint)ceil (MAX (fabs (dx), fabs (dy))), changes = 0;
  guint8 before = ranking->dark;

  for (guint i = 0; i < steps; i++)
    {
      double at_x = x + dx * i / steps, at_y = y + dy * i / steps;
      guint8 here;

      if (!(at_x >= 0 && at_y >= 0 && at_x < split->width && at_y < split->height))
        return 1;
      here = split->pixels[(gsize)at_y * (gsize)split->width + (gsize)at_x];
      changes += here != before;
      before = here;
    }
  return MIN (fabs (changes / (size - TIMING_LESS) - 1), 1);
}

static KouanQrPoint
modules_towards (const KouanQrFinder *from, const Partner *to, double modules)
{
  double share = modules / (to->size - KOUAN_QR_FINDER_MODULES);

  return (KouanQrPoint){ (to->finder->x - from->x) * share, (to->finder->y - from->y) * share };
}

static void
consider (Ranking *ranking,
          const KouanQrFinder *corner,
          const Partner *first,
          const Partner *second)
{
  const KouanQrFinder *b = first->finder, *c = second->finder;
  double ux = b->x - corner->x, uy = b->y - corner->y, vx = c->x - corner->x, vy = c->y - corner->y;
  double u = first->distance, v = second->distance, cosine = fabs (ux * vx + uy * vy) / (u * v);
  double differ = fabs (log (first->size / second->size)), seen, timing;
  gboolean turned = ux * vy - uy * vx < 0;
  KouanQrTriple triple;

  if (cosine > COSINE_MAX || u > SIDES_MAX * v || v > SIDES_MAX * u || differ > SIZES_DIFFER_MAX)
    return;
  timing = timing_doubt (ranking, corner, b, modules_towards (corner, second, TIMING_MIDDLE),
                         first->size)
           + timing_doubt (ranking, corner, c, modules_towards (corner, first, TIMING_MIDDLE),
                           second->size);
  seen = MIN (corner->seen, MIN (b->seen, c->seen));
  triple.corner = middle_of (corner);
  triple.right = middle_of (turned ? c : b);
  triple.below = middle_of (turned ? b : c);
  triple.lost = 0;
  triple.size = sqrt (first->size * second->size);
  triple.doubt = differ * 2 + cosine + fabs (log (u / v)) * 0.5 - seen * SEEN_WEIGHT
                 + fabs (log (b->module / c->module)) * 0.5 + timing * TIMING_WEIGHT;
  keep (ranking, &triple);
}

/* The sure ones first, the nearer ones first among these. */
static int
by_worth (gconstpointer a, gconstpointer b)
{
  const Partner *first = a, *second = b;
  gboolean first_is_sure = first->finder->seen >= SURE,
           second_is_sure = second->finder->seen >= SURE;

  if (first_is_sure != second_is_sure)
    return first_is_sure ? -1 : 1;
  return (first->distance > second->distance) - (first->distance < second->distance);
}

/* Leaves those whose distance makes a size that codes have. */
static guint
measure_partners (const Ranking *ranking,
                  const KouanQrFinder *finder,
                  Partner *partners,
                  guint count)
{
  guint kept = 0;

  for (guint i = 0; i < count; i++)
    {
      Partner partner = partners[i];

      partner.size = size_between (ranking, finder, partner.finder);
      if (partner.size >= SIZE_MIN && partner.size <= SIZE_MAX)
        partners[kept++] = partner;
    }
  return kept;
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
      partners[count++] = (Partner){ other, distance, 0 };
    }
  qsort (partners, count, sizeof *partners, by_worth);
  return measure_partners (ranking, finder, partners, MIN (count, ranking->nearest));
}

/**
 * kouan_qr_rank_triples:
 * @nearest: partners that are looked at for each finder
 * @triples: room for @max
 *
 * Returns: how many there are, the most likely first
 */
guint
kouan_qr_rank_triples (const KouanQrPicture *split,
                       guint8 dark,
                       const KouanQrFinder *finders,
                       guint count,
                       guint nearest,
                       KouanQrTriple *triples,
                       guint max)
{
  Ranking ranking = { split, dark, finders, count, nearest, triples, 0, max };
  g_autofree Partner *partners = g_new (Partner, MAX (count, 1));

  for (guint corner = 0; corner < count; corner++)
    {
      guint near = partners_of (&ranking, corner, partners);

      for (guint i = 0; i < near; i++)
        for (guint k = i + 1; k < near; k++)
          consider (&ranking, finders + corner, partners + i, partners + k);
    }
  return ranking.found;
}
