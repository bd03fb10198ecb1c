/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/outline-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The straight edges of a picture, by a Hough transform in which each dot votes for the lines that
 * run along its own edge (D. Ballard, Generalizing the Hough transform to detect arbitrary shapes,
 * 1981: the gradient says the direction, so a dot has seven votes rather than 180). The strongest
 * lines, no two of them alike, are then laid through the dots that voted for them.
 *
 * Along each line it is noted how different the two sides are, three to five dots away from it. A
 * line that is printed has the same paper on both sides and counts for nothing; the rim of a sheet
 * has paper on one and the desk on the other. */

#define ANGLES 180
#define SPREAD 3         /* degrees that a vote is unsure of */
#define GRADIENT_MIN 5   /* levels from one dot to the next but one */
#define GRADIENT_FULL 28 /* a stronger edge has no more votes */
#define EDGES_MAX 14     /* of each of the two directions */
#define APART_DEGREES 7
#define APART_DOTS 7
#define NEAR 2.5       /* dots from a line that belong to it */
#define ALIKE 0.97     /* cosine between a dot's direction and its line's */
#define VOTES_MIN 0.12 /* of the longer side, at full strength */
#define STEP_MIN 5.0   /* levels between both sides: less is nothing */
#define STEP_FULL 22.0
#define BORDER_SUPPORT 0.55f
#define DARKER_INSIDE 0.65f /* of the support of a bright inside */

typedef struct
{
  float x;
  float y;
  float cosine;
  float sine;
  float weight;
} Dot;

static void
edge_free (gpointer data)
{
  KouanEdge *edge = data;

  g_free (edge->inward);
  g_free (edge->outward);
  g_free (edge);
}

/* The colour whose change is the largest says where the edge goes. */
static float
gradient (const KouanGround *ground, int x, int y, float *across, float *down)
{
  const guint8 *at = ground->rgb + ((gsize)y * ground->width + x) * 3;
  gsize row = (gsize)ground->width * 3;
  int best = 0;

  for (int c = 0; c < 3; c++)
    {
      int gx = at[3 + c] - at[c - 3];
      int gy = at[row + c] - at[c - row];
      int size = gx * gx + gy * gy;

      if (size <= best)
        continue;
      best = size;
      *across = (float)gx;
      *down = (float)gy;
    }
  return sqrtf ((float)best);
}

static GArray *
find_dots (const KouanGround *ground)
{
  GArray *dots = g_array_new (FALSE, FALSE, sizeof (Dot));

  for (int y = 1; y + 1 < ground->height; y++)
    for (int x = 1; x + 1 < ground->width; x++)
      {
        float across = 0, down = 0, size = gradient (ground, x, y, &across, &down);
        Dot dot = { (float)x, (float)y, across / size, down / size, 0 };

        if (size < GRADIENT_MIN)
          continue;
        dot.weight = MIN (size, GRADIENT_FULL) / GRADIENT_FULL;
        g_array_append_val (dots, dot);
      }
  return dots;
}

typedef struct
{
  int reach; /* distances go from -reach to reach */
  float *votes;
  double cosines[ANGLES];
  double sines[ANGLES];
} Space;

static Space *
space_new (const KouanGround *ground)
{
  Space *self = g_new (Space, 1);

  self->reach = (int)hypot (ground->width, ground->height) + 2;
  self->votes = g_new0 (float, (gsize)ANGLES *(2 * self->reach + 1));
  for (int a = 0; a < ANGLES; a++)
    {
      self->cosines[a] = cos (a * G_PI / ANGLES);
      self->sines[a] = sin (a * G_PI / ANGLES);
    }
  return self;
}

static void
space_free (Space *self)
{
  g_free (self->votes);
  g_free (self);
}

static float *
votes_at (const Space *space, int angle, int distance)
{
  return space->votes + (gsize)angle * (2 * space->reach + 1) + space->reach + distance;
}

static void
vote (Space *space, const Dot *dot)
{
  int angle = (int)lrint (atan2 (dot->sine, dot->cosine) * ANGLES / G_PI) + 2 * ANGLES;

  for (int a = angle - SPREAD; a <= angle + SPREAD; a++)
    {
      int i = a % ANGLES;
      double distance = dot->x * space->cosines[i] + dot->y * space->sines[i];
      int below = (int)floor (distance);
      float part = (float)(distance - below);

      *votes_at (space, i, below) += dot->weight * (1 - part);
      *votes_at (space, i, below + 1) += dot->weight * part;
    }
}

/* No second line that is nearly the same. */
static void
wipe_around (Space *space, int angle, int distance)
{
  for (int a = angle - APART_DEGREES; a <= angle + APART_DEGREES; a++)
    for (int d = distance - APART_DOTS; d <= distance + APART_DOTS; d++)
      {
        gboolean turned = a < 0 || a >= ANGLES; /* the same line, seen from its other side */
        int at = turned ? -d : d;

        if (abs (at) <= space->reach)
          *votes_at (space, (a + ANGLES) % ANGLES, at) = 0;
      }
}

/* Moves the line to where its dots lie: their middle, and the direction in which they are spread
 * the least. */
static void
fit (KouanEdge *edge, const GArray *dots)
{
  double sum = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0, angle;

  for (guint i = 0; i < dots->len; i++)
    {
      const Dot *dot = &g_array_index (dots, Dot, i);
      double away = dot->x * edge->cosine + dot->y * edge->sine - edge->distance;

      if (fabs (away) > NEAR || fabs (dot->cosine * edge->cosine + dot->sine * edge->sine) < ALIKE)
        continue;
      sum += dot->weight;
      x += dot->weight * dot->x;
      y += dot->weight * dot->y;
      xx += dot->weight * dot->x * dot->x;
      xy += dot->weight * dot->x * dot->y;
      yy += dot->weight * dot->y * dot->y;
    }
  if (sum < 4)
    return;
  x /= sum;
  y /= sum;
  angle = 0.5 * atan2 (2 * (xy / sum - x * y), (xx / sum - x * x) - (yy / sum - y * y)) + G_PI / 2;
  if (cos (angle) * edge->cosine + sin (angle) * edge->sine < 0)
    angle += G_PI;
  edge->cosine = cos (angle);
  edge->sine = sin (angle);
  edge->distance = x * edge->cosine + y * edge->sine;
}

static gboolean
strongest (const Space *space, gboolean steep, int *angle, int *distance, double votes_min)
{
  double best = votes_min;
  gboolean found = FALSE;

  for (int a = 0; a < ANGLES; a++)
    {
      if ((a > ANGLES / 4 && a <= 3 * ANGLES / 4) == steep)
        continue;
      for (int d = -space->reach; d <= space->reach; d++)
        if (*votes_at (space, a, d) > best)
          {
            best = *votes_at (space, a, d);
            *angle = a;
            *distance = d;
            found = TRUE;
          }
    }
  return found;
}

static const guint8 *
dot_at (const KouanGround *ground, double x, double y)
{
  int column = CLAMP ((int)lrint (x), 0, ground->width - 1);
  int row = CLAMP ((int)lrint (y), 0, ground->height - 1);

  return ground->rgb + ((gsize)row * ground->width + column) * 3;
}

/* Returns: 0 to 1: how different the two sides of the line are here; below 0 where the side of the
 * normal is the darker one */
static float
step_at (const KouanGround *ground, const KouanEdge *edge, double x, double y)
{
  int largest = 0, sum = 0;
  float size;

  for (int c = 0; c < 3; c++)
    {
      int step = 0;

      for (int away = 3; away <= 5; away += 2)
        step += dot_at (ground, x + away * edge->cosine, y + away * edge->sine)[c]
                - dot_at (ground, x - away * edge->cosine, y - away * edge->sine)[c];
      largest = MAX (largest, abs (step));
      sum += step;
    }
  size = (float)CLAMP ((largest / 2.0 - STEP_MIN) / (STEP_FULL - STEP_MIN), 0, 1);
  return sum >= 0 ? size : -size;
}

static void
look_along (KouanEdge *edge, const KouanGround *ground)
{
  double x0 = edge->distance * edge->cosine, y0 = edge->distance * edge->sine;
  float inward = 0, outward = 0;

  edge->first = -(int)hypot (ground->width, ground->height);
  edge->count = -2 * edge->first + 1;
  edge->inward = g_new (float, edge->count);
  edge->outward = g_new (float, edge->count);
  for (int i = 0; i < edge->count; i++)
    {
      double x = x0 - (edge->first + i) * edge->sine, y = y0 + (edge->first + i) * edge->cosine;
      gboolean inside = x >= 0 && y >= 0 && x < ground->width && y < ground->height;
      float step = edge->border || !inside ? 0 : step_at (ground, edge, x, y);

      if (edge->border)
        step = BORDER_SUPPORT;
      inward += step > 0 ? step : -step * DARKER_INSIDE;
      outward += step < 0 ? -step : step * DARKER_INSIDE;
      edge->inward[i] = inward;
      edge->outward[i] = edge->border ? inward : outward;
    }
}

static void
add_border (
  GPtrArray *edges, const KouanGround *ground, double cosine, double sine, double distance)
{
  KouanEdge *edge = g_new0 (KouanEdge, 1);

  *edge = (KouanEdge){ .cosine = cosine, .sine = sine, .distance = distance, .border = TRUE };
  look_along (edge, ground);
  g_ptr_array_add (edges, edge);
}

/* Returns: (transfer full) (element-type KouanEdge): the picture's own borders first */
GPtrArray *
kouan_edges_find (const KouanGround *ground)
{
  GPtrArray *edges = g_ptr_array_new_with_free_func (edge_free);
  g_autoptr (GArray) dots = find_dots (ground);
  Space *space = space_new (ground);
  double votes_min = VOTES_MIN * MAX (ground->width, ground->height);

  add_border (edges, ground, 1, 0, 0);
  add_border (edges, ground, 1, 0, ground->width - 1);
  add_border (edges, ground, 0, 1, 0);
  add_border (edges, ground, 0, 1, ground->height - 1);
  for (guint i = 0; i < dots->len; i++)
    vote (space, &g_array_index (dots, Dot, i));
  for (int i = 0; i < 2 * EDGES_MAX; i++)
    {
      int angle = 0, distance = 0;
      KouanEdge *edge;

      if (!strongest (space, i % 2, &angle, &distance, votes_min))
        continue;
      wipe_around (space, angle, distance);
      edge = g_new0 (KouanEdge, 1);
      edge->cosine = space->cosines[angle];
      edge->sine = space->sines[angle];
      edge->distance = distance;
      fit (edge, dots);
      fit (edge, dots);
      look_along (edge, ground);
      g_ptr_array_add (edges, edge);
    }
  space_free (space);
  return edges;
}

/* Where on the line a point is that lies on it. */
double
kouan_edge_along (const KouanEdge *edge, const KouanPoint *point)
{
  return point->y * edge->cosine - point->x * edge->sine;
}

/* Returns: 0 to 1: how much of the line between two places on it looks like the rim of a sheet that
 * lies on the side of its normal (@inward), or on the other one */
double
kouan_edge_support (const KouanEdge *edge, double from, double to, gboolean inward)
{
  const float *sums = inward ? edge->inward : edge->outward;
  int a = CLAMP ((int)lrint (MIN (from, to)) - edge->first, 0, edge->count - 1);
  int b = CLAMP ((int)lrint (MAX (from, to)) - edge->first, 0, edge->count - 1);

  return b > a ? (double)(sums[b] - sums[a]) / (b - a) : 0;
}

gboolean
kouan_edges_meet (const KouanEdge *a, const KouanEdge *b, KouanPoint *point)
{
  double determinant = a->cosine * b->sine - a->sine * b->cosine;

  if (fabs (determinant) < 0.3) /* less than 17 degrees between them */
    return FALSE;
  point->x = (a->distance * b->sine - b->distance * a->sine) / determinant;
  point->y = (a->cosine * b->distance - b->cosine * a->distance) / determinant;
  return TRUE;
}
