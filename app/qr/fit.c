/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/fit.h"

#include "app/qr/corners.h"

#include <math.h>
#include <string.h>

/* Laying the grid over a code, step by step nearer:
 *
 * 1. start: the projective map by the twelve corners of the three finders. It knows the tilt, but
 *    far from the finders it is off by some modules.
 * 2. far corner: the alignment pattern that stands alone opposite the corner is looked for around
 *    where the map expects it.
 * 3. settle: four points that hold the map are moved by ever smaller steps as long as the picture
 *    agrees better with all that is known of the code; for bent paper, the bows too.
 * 4. alignments: in large codes each alignment pattern is looked for by itself, and the modules
 *    between them follow. */

#define FINDER_MIDDLE 3.5
#define FINDERS 3
#define HANDLES 4
#define PATTERN 2 /* modules from the middle of an alignment pattern to its edge */

static KouanQrPoint
per_module (KouanQrPoint from, KouanQrPoint to, double modules)
{
  return (KouanQrPoint){ (to.x - from.x) / modules, (to.y - from.y) / modules };
}

/* The map that only knows the three middles, as if the code were seen straight. */
static gboolean
fit_straight (KouanQrGrid *grid, const KouanQrTriple *triple)
{
  double near = FINDER_MIDDLE, far = grid->layout->size - FINDER_MIDDLE;
  const KouanQrPoint from[] = { { near, near }, { far, near }, { near, far }, { far, far } };
  const KouanQrPoint to[] = { triple->corner,
                              triple->right,
                              triple->below,
                              { triple->right.x + triple->below.x - triple->corner.x,
                                triple->right.y + triple->below.y - triple->corner.y } };

  return kouan_qr_homography_fit (&grid->map, from, to, G_N_ELEMENTS (to));
}

static gboolean
fit_corners (KouanQrGrid *grid,
             const KouanQrPicture *split,
             guint8 dark,
             const KouanQrTriple *triple)
{
  double span = grid->layout->size - 2 * FINDER_MIDDLE;
  KouanQrPoint right = per_module (triple->corner, triple->right, span);
  KouanQrPoint down = per_module (triple->corner, triple->below, span);
  const KouanQrPoint middles[FINDERS] = { triple->corner, triple->right, triple->below };
  KouanQrPoint from[FINDERS * KOUAN_QR_CORNERS], to[FINDERS * KOUAN_QR_CORNERS];
  guint count = 0;

  for (guint i = 0; i < FINDERS; i++)
    {
      double x = i == 1 ? grid->layout->size - KOUAN_QR_FINDER_MODULES : 0;
      double y = i == 2 ? grid->layout->size - KOUAN_QR_FINDER_MODULES : 0;
      const KouanQrPoint corners[KOUAN_QR_CORNERS]
        = { { x, y },
            { x + KOUAN_QR_FINDER_MODULES, y },
            { x + KOUAN_QR_FINDER_MODULES, y + KOUAN_QR_FINDER_MODULES },
            { x, y + KOUAN_QR_FINDER_MODULES } };

      if (triple->lost >> i & 1)
        continue;
      memcpy (from + count, corners, sizeof corners);
      if (!kouan_qr_finder_corners (split, dark, middles[i], right, down, to + count))
        return FALSE;
      count += KOUAN_QR_CORNERS;
    }
  return kouan_qr_homography_fit (&grid->map, from, to, count);
}

/* A map that folds the code over, or shows it far larger on one side, is none. */
static gboolean
is_sane (const KouanQrGrid *grid)
{
  const double *m = grid->map.m;
  double size = grid->layout->size, near = m[8], smallest, largest;
  const double depths[]
    = { near, near + m[6] * size, near + m[7] * size, near + (m[6] + m[7]) * size };

  smallest = largest = depths[0];
  for (guint i = 1; i < G_N_ELEMENTS (depths); i++)
    {
      smallest = MIN (smallest, depths[i]);
      largest = MAX (largest, depths[i]);
    }
  return smallest > 0 && largest < 6 * smallest;
}

/**
 * kouan_qr_fit_start:
 * @grid: with its picture and layout
 * @straight: do not ask the finders' corners
 *
 * Returns: %FALSE if no map fits, or dark and light are the same
 */
gboolean
kouan_qr_fit_start (KouanQrGrid *grid,
                    const KouanQrPicture *split,
                    guint8 dark,
                    const KouanQrTriple *triple,
                    gboolean straight)
{
  memset (grid->bows, 0, sizeof grid->bows);
  g_clear_pointer (&grid->shifts, g_free);
  grid->lost = triple->lost;
  if (straight ? !fit_straight (grid, triple) : !fit_corners (grid, split, dark, triple))
    return FALSE;
  return is_sane (grid) && kouan_qr_grid_measure_light (grid);
}

/* How much the 25 modules around (@x, @y) look like an alignment pattern: 1 wholly, 0 by chance. */
static double
pattern_likeness (const KouanQrGrid *grid, double x, double y)
{
  double dark = 0, light = 0;

  for (int dy = -PATTERN; dy <= PATTERN; dy++)
    for (int dx = -PATTERN; dx <= PATTERN; dx++)
      {
        double here = kouan_qr_grid_light (grid, x + dx, y + dy);

        if (MAX (ABS (dx), ABS (dy)) == 1)
          light += here;
        else
          dark += here;
      }
  return (light / 8 - dark / 17) / 2;
}

/* The best place for the pattern around (@x, @y), in modules, steps of @step. A pattern that lies
 * far off has to be the clearer. */
static double
find_pattern (const KouanQrGrid *grid, KouanQrPoint *at, double reach, double step, double toll)
{
  KouanQrPoint middle = *at;
  double best = -G_MAXDOUBLE;
  int steps = (int)(reach / step);

  for (int dy = -steps; dy <= steps; dy++)
    for (int dx = -steps; dx <= steps; dx++)
      {
        double x = middle.x + dx * step, y = middle.y + dy * step;
        double likeness
          = pattern_likeness (grid, x, y) - toll * hypot (dx * step, dy * step) / reach;

        if (likeness > best)
          {
            best = likeness;
            *at = (KouanQrPoint){ x, y };
          }
      }
  return best;
}

/* The four points that hold the map: three finders and the far alignment pattern, or in codes that
 * have none, where a fourth finder would be. */
static void
handles_of (const KouanQrLayout *layout, KouanQrPoint handles[HANDLES])
{
  double near = FINDER_MIDDLE, far = layout->size - FINDER_MIDDLE;
  double last = layout->n_alignments > 0 ? layout->size - 6.5 : far;

  handles[0] = (KouanQrPoint){ near, near };
  handles[1] = (KouanQrPoint){ far, near };
  handles[2] = (KouanQrPoint){ near, far };
  handles[3] = (KouanQrPoint){ last, last };
}

/* Moves the map so that the far alignment pattern lies where it is seen. */
void
kouan_qr_fit_far_corner (KouanQrGrid *grid)
{
  KouanQrPoint handles[HANDLES], to[HANDLES], found;
  KouanQrHomography before = grid->map;
  double reach = MIN (2 + grid->layout->size * 0.08, 9);

  if (grid->layout->n_alignments == 0)
    return;
  handles_of (grid->layout, handles);
  found = handles[3];
  if (find_pattern (grid, &found, reach, 0.5, 0.25) < 0.2)
    return;
  find_pattern (grid, &found, 0.4, 0.2, 0);
  for (guint i = 0; i < HANDLES; i++)
    to[i] = kouan_qr_grid_map (grid, handles[i].x, handles[i].y);
  to[3] = kouan_qr_grid_map (grid, found.x, found.y);
  if (!kouan_qr_homography_fit (&grid->map, handles, to, HANDLES) || !is_sane (grid))
    grid->map = before;
}

typedef struct
{
  KouanQrGrid *grid;
  KouanQrPoint handles[HANDLES];
  double values[2 * HANDLES + KOUAN_QR_BOWS]; /* where the handles lie, in pixels; the bows */
  guint n_values;
  double agreement;
} Settling;

static double
agreement_at (Settling *settling)
{
  KouanQrPoint to[HANDLES];

  for (guint i = 0; i < HANDLES; i++)
    to[i] = (KouanQrPoint){ settling->values[2 * i], settling->values[2 * i + 1] };
  if (!kouan_qr_homography_fit (&settling->grid->map, settling->handles, to, HANDLES)
      || !is_sane (settling->grid))
    return -1;
  memcpy (settling->grid->bows, settling->values + 2 * HANDLES, sizeof settling->grid->bows);
  return kouan_qr_grid_agreement (settling->grid);
}

/* Moves one value to either side as long as that is better. */
static gboolean
improve (Settling *settling, guint index, double step)
{
  double kept = settling->values[index];

  for (int side = -1; side <= 1; side += 2)
    {
      double agreement;

      settling->values[index] = kept + side * step;
      agreement = agreement_at (settling);
      if (agreement > settling->agreement + 1e-4)
        {
          settling->agreement = agreement;
          return TRUE;
        }
    }
  settling->values[index] = kept;
  return FALSE;
}

/**
 * kouan_qr_fit_settle:
 * @bowed: whether the paper may be bent
 *
 * Returns: how well the picture agrees, see kouan_qr_grid_agreement()
 */
double
kouan_qr_fit_settle (KouanQrGrid *grid, gboolean bowed)
{
  static const double steps[] = { 0.5, 0.25, 0.12 };
  Settling settling = { .grid = grid, .n_values = 2 * HANDLES + (bowed ? KOUAN_QR_BOWS : 0) };
  double module_px = kouan_qr_grid_module_px (grid);

  handles_of (grid->layout, settling.handles);
  for (guint i = 0; i < HANDLES; i++)
    {
      KouanQrPoint at
        = kouan_qr_homography_map (&grid->map, settling.handles[i].x, settling.handles[i].y);

      settling.values[2 * i] = at.x;
      settling.values[2 * i + 1] = at.y;
    }
  memcpy (settling.values + 2 * HANDLES, grid->bows, sizeof grid->bows);
  settling.agreement = agreement_at (&settling);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    for (guint round = 0, moved = 1; round < 4 && moved > 0; round++)
      {
        moved = 0;
        for (guint k = 0; k < settling.n_values; k++)
          moved += improve (&settling, k, steps[i] * (k < 2 * HANDLES ? module_px : 1));
      }
  return agreement_at (&settling);
}

/* Looks for each alignment pattern by itself; one that is not to be seen stays where it was. */
void
kouan_qr_fit_alignments (KouanQrGrid *grid)
{
  const KouanQrLayout *layout = grid->layout;
  guint count = layout->n_alignments;
  g_autofree KouanQrPoint *shifts = NULL;

  if (count < 3)
    return;
  g_clear_pointer (&grid->shifts, g_free);
  shifts = g_new0 (KouanQrPoint, count * count);
  for (guint row = 0; row < count; row++)
    for (guint column = 0; column < count; column++)
      {
        double x = layout->alignments[column] + 0.5, y = layout->alignments[row] + 0.5;
        KouanQrPoint found = { x, y };

        if (!kouan_qr_layout_has_alignment (layout, column, row)
            || find_pattern (grid, &found, 1.5, 0.25, 0.15) < 0.35)
          continue;
        shifts[row * count + column] = (KouanQrPoint){ found.x - x, found.y - y };
      }
  grid->shifts = g_steal_pointer (&shifts);
}
