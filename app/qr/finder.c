/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/finder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Every line through the middle of a finder pattern crosses dark, light, dark, light, dark in the
 * proportions 1:1:3:1:1, however the code is turned (ISO/IEC 18004, 12.1). Rows are searched for
 * these; a find is held against the column through its middle and against the row once more. Finds
 * that lie together are one finder, the better the more rows found it. */

#define RUNS 5
#define MODULES 7.0
#define TOLERANCE_ROW 0.5    /* of a module's width, plus half a pixel */
#define TOLERANCE_CROSS 0.65 /* the second direction may be blurred by motion */
#define STRETCH_MAX 4.0      /* of one direction against the other: a code seen from the side */
#define CORE_MODULES 3
#define NOISE_MODULES 0.4
#define ROWS_STEP_FROM 600 /* pictures of more rows are read every second row */

typedef struct
{
  const KouanQrPicture *split;
  guint8 dark;
  KouanQrFinder *finders;
  guint count;
  guint max;
} Search;

static gboolean
is_finder_like (const int runs[RUNS], double tolerance)
{
  int total = runs[0] + runs[1] + runs[2] + runs[3] + runs[4];
  double module = total / MODULES, slack = module * tolerance + 0.5;

  return total >= MODULES && fabs (runs[0] - module) < slack && fabs (runs[1] - module) < slack
         && fabs (runs[2] - 3 * module) < 3 * module * tolerance + 0.5
         && fabs (runs[3] - module) < slack && fabs (runs[4] - module) < slack;
}

static gboolean
is_dark (const Search *search, int x, int y)
{
  return search->split->pixels[(gsize)y * (gsize)search->split->width + (gsize)x] == search->dark;
}

static gboolean
is_inside (const Search *search, int x, int y)
{
  return x >= 0 && y >= 0 && x < search->split->width && y < search->split->height;
}

/* Length of a run of one colour, up to @max; moves (@x, @y) behind it. */
static int
run_length (const Search *search, int *x, int *y, int dx, int dy, gboolean dark, int max)
{
  int length = 0;

  while (length <= max && is_inside (search, *x, *y) && is_dark (search, *x, *y) == dark)
    {
      length++;
      *x += dx;
      *y += dy;
    }
  return length;
}

/* The five runs of the line through a dark pixel, in the direction (@dx, @dy). @offset: from the
 * pixel to the middle of its run. */
static gboolean
cross (
  const Search *search, int x, int y, int dx, int dy, int run_max, int runs[RUNS], double *offset)
{
  int forth_x = x, forth_y = y, back_x = x - dx, back_y = y - dy;
  int forth = run_length (search, &forth_x, &forth_y, dx, dy, TRUE, 3 * run_max);
  int back = run_length (search, &back_x, &back_y, -dx, -dy, TRUE, 3 * run_max);

  runs[2] = forth + back;
  runs[3] = run_length (search, &forth_x, &forth_y, dx, dy, FALSE, run_max);
  runs[4] = run_length (search, &forth_x, &forth_y, dx, dy, TRUE, run_max);
  runs[1] = run_length (search, &back_x, &back_y, -dx, -dy, FALSE, run_max);
  runs[0] = run_length (search, &back_x, &back_y, -dx, -dy, TRUE, run_max);
  *offset = (forth - back) / 2.0;
  return is_finder_like (runs, TOLERANCE_CROSS);
}

static int
sum (const int runs[RUNS])
{
  return runs[0] + runs[1] + runs[2] + runs[3] + runs[4];
}

static void
add (Search *search, double x, double y, double module)
{
  for (guint i = 0; i < search->count; i++)
    {
      KouanQrFinder *known = search->finders + i;
      double weight = 1.0 / (known->hits + 1);

      if (fabs (known->x - x) >= 2 * module || fabs (known->y - y) >= 2 * module
          || module >= 2 * known->module || known->module >= 2 * module)
        continue;
      known->x += (x - known->x) * weight;
      known->y += (y - known->y) * weight;
      known->module += (module - known->module) * weight;
      known->hits++;
      return;
    }
  if (search->count < search->max)
    search->finders[search->count++] = (KouanQrFinder){ x, y, module, 1, 0 };
}

/* Five runs in row @y that end before @end look like a finder. */
static void
consider (Search *search, int y, int end, const int runs[RUNS])
{
  double middle = end - runs[4] - runs[3] - runs[2] / 2.0, offset;
  int total = sum (runs), x = (int)middle, row, crossed[RUNS], height;

  if (!is_dark (search, x, y)
      || !cross (search, x, y, 0, 1, (int)(total * STRETCH_MAX / MODULES * 2), crossed, &offset))
    return;
  height = sum (crossed);
  if (height * STRETCH_MAX < total || height > total * STRETCH_MAX)
    return;
  row = CLAMP ((int)(y + offset), 0, search->split->height - 1);
  if (!is_dark (search, x, row)
      || !cross (search, x, row, 1, 0, (int)(total * 0.6) + 2, crossed, &middle))
    return;
  add (search, x + middle, y + offset, (sum (crossed) + height) / (2 * MODULES));
}

/* Where the run that begins at @x ends. Rows are mostly long runs: eight pixels at a time. */
static int
end_of_run (const guint8 *row, int x, int width)
{
  guint8 colour = row[x];
  guint64 eight, same = colour * G_GUINT64_CONSTANT (0x0101010101010101);

  for (; x + 8 <= width; x += 8)
    {
      memcpy (&eight, row + x, 8);
      if (eight != same)
        break;
    }
  while (x < width && row[x] == colour)
    x++;
  return x;
}

static void
search_row (Search *search, int y)
{
  int width = search->split->width;
  const guint8 *row = search->split->pixels + (gsize)y * (gsize)width;
  int runs[RUNS] = { 0 }, known = 0;

  for (int x = 0; x < width;)
    {
      gboolean dark = row[x] == search->dark;
      int end = end_of_run (row, x, width);

      memmove (runs, runs + 1, sizeof *runs * (RUNS - 1));
      runs[RUNS - 1] = end - x;
      known++;
      if (dark && known >= RUNS && is_finder_like (runs, TOLERANCE_ROW))
        consider (search, y, end, runs);
      x = end;
    }
}

static int
by_seen (gconstpointer a, gconstpointer b)
{
  double first = ((const KouanQrFinder *)a)->seen, second = ((const KouanQrFinder *)b)->seen;

  return (first < second) - (first > second);
}

/* Chance makes finders of one row or two; a real one is crossed by all rows of its core. */
static void
rate (Search *search, int step)
{
  for (guint i = 0; i < search->count; i++)
    {
      KouanQrFinder *finder = search->finders + i;

      finder->seen = MIN (finder->hits * step / (CORE_MODULES * finder->module), 1);
    }
  qsort (search->finders, search->count, sizeof *search->finders, by_seen);
}

/**
 * kouan_qr_find_finders:
 * @split: black and white, 0 and 255
 * @dark: which of the two is the colour of the modules: 255 for a code in light on dark
 * @finders: room for @max
 *
 * Returns: how many there are, the surest first
 */
guint
kouan_qr_find_finders (const KouanQrPicture *split, guint8 dark, KouanQrFinder *finders, guint max)
{
  Search search = { split, dark, finders, 0, max };
  int step = split->height > ROWS_STEP_FROM ? 2 : 1;

  for (int y = 0; y < split->height; y += step)
    search_row (&search, y);
  rate (&search, step);
  return search.count;
}

/**
 * kouan_qr_finder_reach:
 * @from: the middle of a finder
 * @step: in pixels, of one unit of the answer
 * @module: a module's width in units of @step, about: what is much narrower is noise
 * @reach_max: in units of @step
 *
 * How far it is from the middle of a finder to its outer edge: out of the dark core, through the
 * light ring, through the dark one.
 *
 * Returns: in units of @step, or 0 if the edge is not within @reach_max
 */
double
kouan_qr_finder_reach (const KouanQrPicture *split,
                       guint8 dark,
                       KouanQrPoint from,
                       KouanQrPoint step,
                       double module,
                       double reach_max)
{
  double stride = 0.5 / MAX (hypot (step.x, step.y), 0.01), changed_at = 0;
  guint changes = 0, held = 0, hold = (guint)MAX (module * NOISE_MODULES / stride, 1);

  for (double reach = 0; reach <= reach_max; reach += stride)
    {
      double x = from.x + step.x * reach, y = from.y + step.y * reach;
      gboolean is_dark_here;

      if (!(x >= 0 && y >= 0 && x < split->width && y < split->height))
        return 0;
      is_dark_here = split->pixels[(gsize)y * (gsize)split->width + (gsize)x] == dark;
      if (is_dark_here == (changes % 2 == 0))
        {
          held = 0;
          continue;
        }
      if (held == 0)
        changed_at = reach - stride / 2;
      if (++held < hold)
        continue;
      held = 0;
      if (++changes == 3)
        return changed_at;
    }
  return 0;
}
