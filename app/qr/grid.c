/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/grid.h"

#include <math.h>

/* Where the modules lie, and how well that agrees with what every code of this version shows: its
 * finders, timing and alignment patterns, and the version itself. */

#define FINDER_MIDDLE 3.5
#define CONTRAST_MIN 2.5 /* half the difference of dark and light, in grays */
#define TIMING 6.5
#define LOST_MODULES 8 /* a side of a finder and what is light around it */

/* The shift at a module between crossings of alignment patterns: even along both directions. */
static KouanQrPoint
shift_at (const KouanQrGrid *self, double x, double y)
{
  const KouanQrLayout *layout = self->layout;
  guint last = layout->n_alignments - 1, column = 0, row = 0;
  const KouanQrPoint *above, *below;
  double right, down;

  while (column + 2 <= last && x > layout->alignments[column + 1] + 0.5)
    column++;
  while (row + 2 <= last && y > layout->alignments[row + 1] + 0.5)
    row++;
  right = (x - layout->alignments[column] - 0.5)
          / (layout->alignments[column + 1] - layout->alignments[column]);
  down
    = (y - layout->alignments[row] - 0.5) / (layout->alignments[row + 1] - layout->alignments[row]);
  above = self->shifts + row * layout->n_alignments + column;
  below = above + layout->n_alignments;
  return (KouanQrPoint){ (above[0].x * (1 - right) + above[1].x * right) * (1 - down)
                           + (below[0].x * (1 - right) + below[1].x * right) * down,
                         (above[0].y * (1 - right) + above[1].y * right) * (1 - down)
                           + (below[0].y * (1 - right) + below[1].y * right) * down };
}

/* (@x, @y): in modules, (0, 0) the code's first corner. Returns: in pixels */
KouanQrPoint
kouan_qr_grid_map (const KouanQrGrid *self, double x, double y)
{
  double span = self->layout->size - 2 * FINDER_MIDDLE;
  double across = (x - FINDER_MIDDLE) / span, down = (y - FINDER_MIDDLE) / span;
  double bow_across = 4 * across * (1 - across), bow_down = 4 * down * (1 - down);
  KouanQrPoint shift = { 0, 0 };

  if (self->shifts != NULL)
    shift = shift_at (self, x, y);
  return kouan_qr_homography_map (
    &self->map, x + self->bows[0] * bow_across + self->bows[1] * bow_down + shift.x,
    y + self->bows[2] * bow_across + self->bows[3] * bow_down + shift.y);
}

/* Mean gray of the ring at distance @radius (0: the core of nine) around a finder's middle. */
static double
mean_of_ring (const KouanQrGrid *self, double x, double y, int radius)
{
  int reach = MAX (radius, 1), count = 0;
  double sum = 0;

  for (int dy = -reach; dy <= reach; dy++)
    for (int dx = -reach; dx <= reach; dx++)
      {
        KouanQrPoint at;

        if (radius > 0 && MAX (ABS (dx), ABS (dy)) != radius)
          continue;
        at = kouan_qr_grid_map (self, x + dx, y + dy);
        sum += kouan_qr_picture_sample (self->gray, at.x, at.y);
        count++;
      }
  return sum / count;
}

/* The plane through values at the three finders. */
static void
plane_through (double size, const double values[3], double plane[3])
{
  double span = size - 2 * FINDER_MIDDLE;

  plane[0] = (values[1] - values[0]) / span;
  plane[1] = (values[2] - values[0]) / span;
  plane[2] = values[0] - FINDER_MIDDLE * (plane[0] + plane[1]);
}

/* A finder that cannot be seen is as light as the two others. */
static void
assume_lost (const KouanQrGrid *self, double values[3])
{
  for (guint i = 0; i < 3; i++)
    if (self->lost >> i & 1)
      values[i] = (values[(i + 1) % 3] + values[(i + 2) % 3]) / 2;
}

/* What is dark and what light, by the cores and rings of the three finders.
 *
 * Returns: %FALSE if there is nothing to tell them apart by */
gboolean
kouan_qr_grid_measure_light (KouanQrGrid *self)
{
  double far = self->layout->size - FINDER_MIDDLE, middles[3], halves[3];
  const KouanQrPoint finders[3]
    = { { FINDER_MIDDLE, FINDER_MIDDLE }, { far, FINDER_MIDDLE }, { FINDER_MIDDLE, far } };

  for (guint i = 0; i < 3; i++)
    {
      double core = mean_of_ring (self, finders[i].x, finders[i].y, 0);
      double ring = mean_of_ring (self, finders[i].x, finders[i].y, 2);

      middles[i] = (core + ring) / 2;
      halves[i] = (ring - core) / 2;
    }
  assume_lost (self, middles);
  assume_lost (self, halves);
  for (guint i = 0; i < 3; i++)
    if (fabs (halves[i]) < CONTRAST_MIN || halves[i] * halves[0] < 0)
      return FALSE;
  plane_through (self->layout->size, middles, self->middle);
  plane_through (self->layout->size, halves, self->half);
  return TRUE;
}

/* Returns: 1 for as light as the finders' rings, -1 for as dark as their cores, within ±1.5; 0,
 * which is neither, beyond the picture */
double
kouan_qr_grid_light (const KouanQrGrid *self, double x, double y)
{
  KouanQrPoint at = kouan_qr_grid_map (self, x, y);
  double gray = kouan_qr_picture_sample (self->gray, at.x, at.y);
  double middle = self->middle[0] * x + self->middle[1] * y + self->middle[2];
  double half = self->half[0] * x + self->half[1] * y + self->half[2];
  double floor = self->half[2] > 0 ? CONTRAST_MIN / 2 : -CONTRAST_MIN / 2;

  if (!(at.x >= 0 && at.y >= 0 && at.x <= self->gray->width && at.y <= self->gray->height))
    return 0;
  if (half * floor <= 0 || fabs (half) < fabs (floor)) /* the plane, far out */
    half = floor;
  return CLAMP ((gray - middle) / half, -1.5, 1.5);
}

static gboolean
is_of_lost (const KouanQrGrid *self, const KouanQrMark *mark)
{
  guint far = self->layout->size - LOST_MODULES;
  guint x = self->lost >> 1 & 1 ? far : 0, y = self->lost >> 2 & 1 ? far : 0;

  return mark->x >= x && mark->y >= y && mark->x < x + LOST_MODULES && mark->y < y + LOST_MODULES;
}

/* Returns: 1 where all that is known of the code is seen, 0 where it is chance */
double
kouan_qr_grid_agreement (const KouanQrGrid *self)
{
  const KouanQrLayout *layout = self->layout;
  guint step = 1 + layout->n_marks / 700;
  double sum = 0, all = 0;

  for (guint i = 0; i < layout->n_marks; i += step)
    {
      const KouanQrMark *mark = layout->marks + i;
      double light;

      if (self->lost != 0 && is_of_lost (self, mark))
        continue;
      light = kouan_qr_grid_light (self, mark->x + 0.5, mark->y + 0.5);

      sum += light * mark->light;
      all += 1;
    }
  return sum / all;
}

/* One timing pattern: each module against the mean of its two neighbours, which neither blur nor
 * light changes the sign of. */
static void
add_timing (const KouanQrGrid *self, gboolean across, double *agree, double *all)
{
  guint size = self->layout->size;
  double before, here, after;

  before = here = after = 0;
  for (guint i = 7; i < size - 7; i++)
    {
      double along = i + 0.5;

      before = here;
      here = after;
      after = across ? kouan_qr_grid_light (self, along, TIMING)
                     : kouan_qr_grid_light (self, TIMING, along);
      if (i >= 9)
        {
          double step = (here - (before + after) / 2) * (i % 2 == 0 ? 1 : -1);

          *agree += step;
          *all += fabs (step);
        }
    }
}

/* Returns: 1 where both timing patterns alternate as they must, 0 where it is chance, below it
 * where they are off by one */
double
kouan_qr_grid_timing (const KouanQrGrid *self)
{
  double agree[2] = { 0, 0 }, all[2] = { 1e-6, 1e-6 };

  add_timing (self, TRUE, agree, all);
  add_timing (self, FALSE, agree + 1, all + 1);
  return (agree[0] / all[0] + agree[1] / all[1]) / 2;
}

/* Returns: pixels a module, in the middle of the code */
double
kouan_qr_grid_module_px (const KouanQrGrid *self)
{
  double middle = self->layout->size / 2.0;
  KouanQrPoint at = kouan_qr_homography_map (&self->map, middle, middle);
  KouanQrPoint right = kouan_qr_homography_map (&self->map, middle + 1, middle);
  KouanQrPoint down = kouan_qr_homography_map (&self->map, middle, middle + 1);

  return sqrt (fabs ((right.x - at.x) * (down.y - at.y) - (right.y - at.y) * (down.x - at.x)));
}

void
kouan_qr_grid_clear (KouanQrGrid *self)
{
  g_clear_pointer (&self->shifts, g_free);
}
