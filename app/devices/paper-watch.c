/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/paper-watch.h"

#include <stdlib.h>
#include <string.h>

/* Ten times a second, so it has to be cheap: the frame is looked at through a grid of 48 by 48
 * cells, each a mean of sixteen samples. A tray under a document camera is darker than paper; what
 * is much brighter than the rim of the picture is paper. It says how to lay it, no more: whether
 * the page is good is judged on the picture that is taken. */

#define GRID 48
#define SAMPLES 4          /* a side of a cell */
#define NIGHT_BELOW 30     /* the brightest hundredth of the picture, 0 to 255: no light at all */
#define DARK_BELOW 100     /* the level of the paper itself */
#define PAPER_ABOVE_RIM 45 /* levels */
#define SATURATED_FROM 252
#define GLARE_SHARE 0.10 /* of the paper's cells, where the rest of it is not as bright */
#define GLARE_REST_BELOW 225
#define PAPER_SHARE_MIN 0.04 /* of the picture: less is dust */
#define NEAR_SHARE_MIN 0.22
#define RIM_SHARE_MAX 0.10 /* of the rim's cells that are paper */
#define MOVING_FROM 5.0    /* levels, mean over the grid */
#define STILL_LOOKS 2

struct _KouanPaperWatch
{
  guint8 cells[GRID * GRID];
  guint8 before[GRID * GRID];
  guint looks;
  guint still;
};

KouanPaperWatch *
kouan_paper_watch_new (void)
{
  return g_new0 (KouanPaperWatch, 1);
}

void
kouan_paper_watch_free (KouanPaperWatch *self)
{
  g_free (self);
}

static guint8
mean_of_cell (const KouanFrame *gray, guint column, guint row)
{
  const guint8 *pixels = kouan_frame_get_pixels (gray);
  guint sum = 0;

  for (guint j = 0; j < SAMPLES; j++)
    for (guint i = 0; i < SAMPLES; i++)
      {
        gsize x = ((gsize)column * SAMPLES + i) * gray->width / (GRID * SAMPLES);
        gsize y = ((gsize)row * SAMPLES + j) * gray->height / (GRID * SAMPLES);

        sum += pixels[y * gray->stride + x];
      }
  return (guint8)(sum / (SAMPLES * SAMPLES));
}

static gboolean
is_rim (guint cell)
{
  guint column = cell % GRID, row = cell / GRID;

  return column == 0 || row == 0 || column == GRID - 1 || row == GRID - 1;
}

static int
compare_levels (const void *a, const void *b)
{
  return *(const guint8 *)a - *(const guint8 *)b;
}

/* @part: 0.5 for the middle one */
static guint8
level_at (const guint8 *levels, guint count, double part)
{
  guint8 sorted[GRID * GRID];

  memcpy (sorted, levels, count);
  qsort (sorted, count, 1, compare_levels);
  return sorted[MIN ((guint)(count * part), count - 1)];
}

static guint8
level_of_rim (const KouanPaperWatch *self)
{
  guint8 rim[4 * GRID];
  guint count = 0;

  for (guint cell = 0; cell < GRID * GRID; cell++)
    if (is_rim (cell))
      rim[count++] = self->cells[cell];
  return level_at (rim, count, 0.5);
}

static double
change (const KouanPaperWatch *self)
{
  guint sum = 0;

  for (guint cell = 0; cell < GRID * GRID; cell++)
    sum += (guint)abs (self->cells[cell] - self->before[cell]);
  return (double)sum / (GRID * GRID);
}

typedef struct
{
  guint paper;
  guint paper_at_rim;
  guint saturated;
  guint8 levels[GRID * GRID]; /* of the paper's cells */
} Count;

static void
count_paper (const KouanPaperWatch *self, Count *count)
{
  guint from = level_of_rim (self) + PAPER_ABOVE_RIM;

  for (guint cell = 0; cell < GRID * GRID; cell++)
    if (self->cells[cell] >= from)
      {
        count->levels[count->paper++] = self->cells[cell];
        count->paper_at_rim += is_rim (cell);
        count->saturated += self->cells[cell] >= SATURATED_FROM;
      }
}

static gboolean
has_glare (const Count *count)
{
  return count->saturated > count->paper * GLARE_SHARE
         && level_at (count->levels, count->paper, 0.5) < GLARE_REST_BELOW;
}

static KouanPaperSight
judge (const KouanPaperWatch *self)
{
  Count count = { 0 };

  count_paper (self, &count);
  if (level_at (self->cells, GRID * GRID, 0.99) < NIGHT_BELOW)
    return KOUAN_PAPER_DARK;
  if (count.paper < PAPER_SHARE_MIN * GRID * GRID)
    return KOUAN_PAPER_NONE;
  if (level_at (count.levels, count.paper, 0.5) < DARK_BELOW)
    return KOUAN_PAPER_DARK;
  if (count.paper_at_rim > RIM_SHARE_MAX * 4 * GRID)
    return KOUAN_PAPER_CUT;
  if (count.paper < NEAR_SHARE_MIN * GRID * GRID)
    return KOUAN_PAPER_FAR;
  if (has_glare (&count))
    return KOUAN_PAPER_GLARE;
  return self->still >= STILL_LOOKS ? KOUAN_PAPER_READY : KOUAN_PAPER_MOVING;
}

/* @gray: the next frame, %KOUAN_FRAME_GRAY */
KouanPaperSight
kouan_paper_watch_look (KouanPaperWatch *self, const KouanFrame *gray)
{
  g_return_val_if_fail (gray->format == KOUAN_FRAME_GRAY, KOUAN_PAPER_NONE);

  memcpy (self->before, self->cells, sizeof self->cells);
  for (guint cell = 0; cell < GRID * GRID; cell++)
    self->cells[cell] = mean_of_cell (gray, cell % GRID, cell / GRID);
  self->still = self->looks > 0 && change (self) < MOVING_FROM ? self->still + 1 : 0;
  self->looks++;
  return judge (self);
}
