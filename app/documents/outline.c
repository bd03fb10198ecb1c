/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/outline.h"

#include "app/documents/outline-private.h"

#include <math.h>

/* Where is the sheet in this picture? On a desk, among other things, in the shadow of the hand that
 * holds the camera, seen at a slant. Every two steep and every two level edges make four sides; the
 * four of which the most can be seen, and the worst of which can still be seen, are the sheet.
 * Where two choices are nearly as good the larger one is taken: a coloured band across the head of
 * a page has sides too.
 *
 * The borders of the picture stand in for sides that lie outside of it, at a discount, so that a
 * page which is cut off is found and can be said to be cut off. A picture in which no more than one
 * side can be seen is taken for the page itself, as scanners give it. */

#define SIDE 480
#define AREA_MIN 0.12    /* of the picture */
#define OUTSIDE_MAX 0.15 /* of the picture's side that a corner may lie beyond it */
#define LOPSIDED_MAX 2.2 /* one side against the opposite one: a very slanted view */
#define SLIM_MAX 2.6     /* length against width */
#define CERTAINTY_MIN 0.62
#define WORST_MIN 0.3
#define GRID 6           /* dots between samples */
#define DIFFERENT_MIN 10 /* levels between the page and what it lies on */
#define SEEN_MIN 2       /* sides that are not the picture's own border */
#define SHARE_OF_MEAN 0.5
#define SHARE_OF_WORST 0.5
#define WORTH_OF_AREA 0.25

typedef struct
{
  KouanPoint corners[4];
  double mean;
  double worst;
  double area; /* of the picture */
  guint seen;
  double score;
} Candidate;

static gboolean
is_steep (const KouanEdge *edge)
{
  return fabs (edge->cosine) > fabs (edge->sine);
}

static double
distance (const KouanPoint *a, const KouanPoint *b)
{
  return hypot (a->x - b->x, a->y - b->y);
}

static double
area_of (const KouanPoint corners[static 4])
{
  double sum = 0;

  for (guint i = 0; i < 4; i++)
    sum += corners[i].x * corners[(i + 1) % 4].y - corners[(i + 1) % 4].x * corners[i].y;
  return sum / 2;
}

static gboolean
is_convex (const KouanPoint corners[static 4])
{
  for (guint i = 0; i < 4; i++)
    {
      const KouanPoint *a = &corners[i], *b = &corners[(i + 1) % 4], *c = &corners[(i + 2) % 4];

      if ((b->x - a->x) * (c->y - b->y) - (b->y - a->y) * (c->x - b->x) <= 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_near (const KouanGround *ground, const KouanPoint *point)
{
  double beyond_x = OUTSIDE_MAX * ground->width, beyond_y = OUTSIDE_MAX * ground->height;

  return point->x >= -beyond_x && point->y >= -beyond_y && point->x < ground->width + beyond_x
         && point->y < ground->height + beyond_y;
}

/* Could a sheet of paper look like this from somewhere? */
static gboolean
is_sheet (const KouanGround *ground, const KouanPoint corners[static 4])
{
  double sides[4], across, along;

  for (guint i = 0; i < 4; i++)
    {
      if (!is_near (ground, &corners[i]))
        return FALSE;
      sides[i] = MAX (1, distance (&corners[i], &corners[(i + 1) % 4]));
    }
  across = MAX (sides[0], sides[2]) / MIN (sides[0], sides[2]);
  along = MAX (sides[1], sides[3]) / MIN (sides[1], sides[3]);
  if (across > LOPSIDED_MAX || along > LOPSIDED_MAX)
    return FALSE;
  across = sides[0] + sides[2];
  along = sides[1] + sides[3];
  return MAX (across, along) / MIN (across, along) < SLIM_MAX && is_convex (corners);
}

static KouanPoint
into_picture (const KouanGround *ground, const KouanPoint *from, const KouanPoint *to)
{
  double part = 1, across = to->x - from->x, down = to->y - from->y;

  if (to->x < 0 && across < 0)
    part = MIN (part, -from->x / across);
  if (to->x > ground->width - 1 && across > 0)
    part = MIN (part, (ground->width - 1 - from->x) / across);
  if (to->y < 0 && down < 0)
    part = MIN (part, -from->y / down);
  if (to->y > ground->height - 1 && down > 0)
    part = MIN (part, (ground->height - 1 - from->y) / down);
  part = CLAMP (part, 0, 1);
  return (KouanPoint){ from->x + part * across, from->y + part * down };
}

/* Of the part of a side that is in the picture, how much can be seen. */
static double
support_of (const KouanGround *ground,
            const KouanEdge *edge,
            const KouanPoint *a,
            const KouanPoint *b,
            const KouanPoint *middle)
{
  KouanPoint centre = { (a->x + b->x) / 2, (a->y + b->y) / 2 };
  KouanPoint from = into_picture (ground, &centre, a), to = into_picture (ground, &centre, b);
  gboolean inward = middle->x * edge->cosine + middle->y * edge->sine > edge->distance;

  return kouan_edge_support (edge, kouan_edge_along (edge, &from), kouan_edge_along (edge, &to),
                             inward);
}

static gboolean
meet_all (const KouanEdge *sides[static 4], KouanPoint corners[static 4])
{
  for (guint i = 0; i < 4; i++)
    if (!kouan_edges_meet (sides[(i + 3) % 4], sides[i], &corners[i]))
      return FALSE;
  return TRUE;
}

/* @sides: top, right, bottom, left */
static gboolean
weigh (const KouanGround *ground, const KouanEdge *sides[static 4], Candidate *candidate)
{
  KouanPoint middle = { 0, 0 };

  if (!meet_all (sides, candidate->corners) || !is_sheet (ground, candidate->corners))
    return FALSE;
  candidate->area = area_of (candidate->corners) / ((double)ground->width * ground->height);
  if (candidate->area < AREA_MIN)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      middle.x += candidate->corners[i].x / 4;
      middle.y += candidate->corners[i].y / 4;
    }
  candidate->mean = 0;
  candidate->worst = 1;
  candidate->seen = 0;
  for (guint i = 0; i < 4; i++)
    {
      double support = support_of (ground, sides[i], &candidate->corners[i],
                                   &candidate->corners[(i + 1) % 4], &middle);

      candidate->mean += support / 4;
      candidate->worst = MIN (candidate->worst, support);
      candidate->seen += !sides[i]->border;
    }
  candidate->score = SHARE_OF_MEAN * candidate->mean + SHARE_OF_WORST * candidate->worst
                     + WORTH_OF_AREA * MIN (1, candidate->area);
  return candidate->seen >= SEEN_MIN;
}

/* Where a steep edge crosses the middle row of the picture, a level one the middle column. */
static double
place_of (const KouanGround *ground, const KouanEdge *edge)
{
  if (is_steep (edge))
    return (edge->distance - ground->height / 2.0 * edge->sine) / edge->cosine;
  return (edge->distance - ground->width / 2.0 * edge->cosine) / edge->sine;
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  double difference
    = place_of (data, *(KouanEdge *const *)a) - place_of (data, *(KouanEdge *const *)b);

  return difference < 0 ? -1 : difference > 0;
}

/* Returns: (transfer container): edges of one direction, from the left or from above */
static GPtrArray *
edges_in_order (const KouanGround *ground, const GPtrArray *edges, gboolean steep)
{
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; i < edges->len; i++)
    if (is_steep (g_ptr_array_index (edges, i)) == steep)
      g_ptr_array_add (chosen, g_ptr_array_index (edges, i));
  g_ptr_array_sort_with_data (chosen, compare_places, (gpointer)ground);
  return chosen;
}

static gboolean
best_of (const KouanGround *ground, const GPtrArray *edges, Candidate *best)
{
  g_autoptr (GPtrArray) steep = edges_in_order (ground, edges, TRUE);
  g_autoptr (GPtrArray) level = edges_in_order (ground, edges, FALSE);
  gboolean found = FALSE;

  for (guint left = 0; left < steep->len; left++)
    for (guint right = left + 1; right < steep->len; right++)
      for (guint top = 0; top < level->len; top++)
        for (guint bottom = top + 1; bottom < level->len; bottom++)
          {
            const KouanEdge *sides[4] = { level->pdata[top], steep->pdata[right],
                                          level->pdata[bottom], steep->pdata[left] };
            Candidate candidate;

            if (!weigh (ground, sides, &candidate) || candidate.worst < WORST_MIN
                || (found && candidate.score <= best->score))
              continue;
            *best = candidate;
            found = TRUE;
          }
  return found;
}

static gboolean
is_inside (const KouanPoint corners[static 4], double x, double y)
{
  for (guint i = 0; i < 4; i++)
    {
      const KouanPoint *a = &corners[i], *b = &corners[(i + 1) % 4];

      if ((b->x - a->x) * (y - a->y) - (b->y - a->y) * (x - a->x) < 0)
        return FALSE;
    }
  return TRUE;
}

static guint
middle_of (const guint *levels)
{
  guint total = 0, sum = 0, level = 0;

  for (guint i = 0; i < 256; i++)
    total += levels[i];
  while (level < 255 && (sum += levels[level]) <= total / 2)
    level++;
  return level;
}

/* A frame that is printed on a page has paper on both sides, a little further away. */
static gboolean
differs_from_around (const KouanGround *ground, const KouanPoint corners[static 4])
{
  guint levels[2][3][256] = { 0 };

  for (int y = 2; y < ground->height; y += GRID)
    for (int x = 2; x < ground->width; x += GRID)
      {
        const guint8 *dot = ground->rgb + ((gsize)y * ground->width + x) * 3;
        guint inside = is_inside (corners, x, y);

        for (guint c = 0; c < 3; c++)
          levels[inside][c][dot[c]]++;
      }
  for (guint c = 0; c < 3; c++)
    if (ABS ((int)middle_of (levels[0][c]) - (int)middle_of (levels[1][c])) >= DIFFERENT_MIN)
      return TRUE;
  return FALSE;
}

/**
 * kouan_outline_find:
 * @outline: (out)
 *
 * Takes about 30 ms for a picture of 12 megapixels, most of it to make it smaller.
 *
 * Returns: %FALSE where the picture is the page, as far as can be seen
 */
gboolean
kouan_outline_find (KouanPage *page, KouanOutline *outline)
{
  g_autoptr (KouanGround) ground = kouan_ground_new (page, SIDE);
  g_autoptr (GPtrArray) edges = kouan_edges_find (ground);
  double scale_x = (double)page->width / ground->width;
  double scale_y = (double)page->height / ground->height;
  Candidate best = { 0 };

  if (!best_of (ground, edges, &best) || !differs_from_around (ground, best.corners))
    return FALSE;
  outline->certainty = SHARE_OF_MEAN * best.mean + SHARE_OF_WORST * best.worst;
  outline->sides_cut = 4 - best.seen;
  for (guint i = 0; i < 4; i++)
    outline->corners[i]
      = (KouanPoint){ (best.corners[i].x + 0.5) * scale_x, (best.corners[i].y + 0.5) * scale_y };
  return outline->certainty >= CERTAINTY_MIN;
}
