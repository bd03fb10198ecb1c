/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-ocr"

#include "app/ocr/line.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* From a row of blobs to the place of each character. Print of one width stands on a grid; seen at
 * an angle the grid grows narrower to one side, and in a book it bends.
 *
 * The grid is found as RANSAC does (Fischler and Bolles, 1981): every few blobs are tried as its
 * origin with every likely width, and what most blobs within 14 characters agree with is kept.
 * From there the blobs are numbered outwards, each from the one before, by a width that changes as
 * the characters' does. Where that loses the thread, because many characters hang together or are
 * missing, a parabola through the whole row, grown from the same window, numbers them instead.
 *
 * Then the places follow the characters: each is where a straight line through the nearest blobs
 * puts it. */

#define WINDOW 14   /* characters to each side, at first */
#define ROUNDS 8    /* of growing by half */
#define AGREES 0.24 /* of a step, off the grid */
#define BLOBS_MAX 400
#define FOLLOW 9            /* blobs that place a character */
#define FOLLOW_UP 15        /* that say how high it stands */
#define TRACKS 0.3          /* of a step, off where the next blob should be */
#define LEARNS 0.2          /* of what a step is longer than expected */
#define CAPITAL_WITHIN 0.18 /* of the height of a capital */
#define LOW_FROM 0.55       /* of it: a filler, not a dot */
#define LOW_MIN 3           /* fillers among capitals, to compare them */
#define NEAR 8              /* places: still among them */

typedef struct
{
  double origin, step, bend;
  guint count; /* blobs */
  double x[BLOBS_MAX], y[BLOBS_MAX], height[BLOBS_MAX];
  int index[BLOBS_MAX];
  gboolean agrees[BLOBS_MAX];
} Grid;

/* Solves the 3 × 3 normal equations by elimination with the largest pivot. */
static gboolean
solve (double matrix[3][4], double solution[3])
{
  for (guint i = 0; i < 3; i++)
    {
      guint pivot = i;

      for (guint row = i + 1; row < 3; row++)
        if (fabs (matrix[row][i]) > fabs (matrix[pivot][i]))
          pivot = row;
      for (guint column = 0; column < 4; column++)
        {
          double held = matrix[i][column];

          matrix[i][column] = matrix[pivot][column];
          matrix[pivot][column] = held;
        }
      if (fabs (matrix[i][i]) < 1e-9)
        return FALSE;
      for (guint row = 0; row < 3; row++)
        if (row != i)
          {
            double factor = matrix[row][i] / matrix[i][i];

            for (guint column = i; column < 4; column++)
              matrix[row][column] -= factor * matrix[i][column];
          }
    }
  for (guint i = 0; i < 3; i++)
    solution[i] = matrix[i][3] / matrix[i][i];
  return TRUE;
}

/* value = c0 + c1 * index + c2 * index², by least squares over the blobs that agree. */
static gboolean
fit_parabola (const Grid *self, const double *values, double solution[3])
{
  double matrix[3][4] = { { 0 } };
  guint used = 0;

  for (guint i = 0; i < self->count; i++)
    {
      double powers[3] = { 1, self->index[i], (double)self->index[i] * self->index[i] };

      if (!self->agrees[i])
        continue;
      used++;
      for (guint row = 0; row < 3; row++)
        {
          for (guint column = 0; column < 3; column++)
            matrix[row][column] += powers[row] * powers[column];
          matrix[row][3] += powers[row] * values[i];
        }
    }
  return used >= 6 && solve (matrix, solution);
}

static void
take_blobs (Grid *self, const KouanOcrRow *row)
{
  self->count = 0;
  for (guint i = 0; i < row->blobs->len && self->count < BLOBS_MAX; i++)
    {
      const KouanOcrBlob *blob = &g_array_index (row->blobs, KouanOcrBlob, i);
      double width = kouan_ocr_blob_width (blob);

      if (width > 1.15 * row->pitch || width < 0.12 * row->pitch)
        continue;
      self->x[self->count] = kouan_ocr_blob_x (blob);
      self->y[self->count] = kouan_ocr_blob_y (blob);
      self->height[self->count] = kouan_ocr_blob_height (blob);
      self->count++;
    }
}

static guint
count_agreeing (const Grid *self, double origin, double step)
{
  guint count = 0;

  for (guint i = 0; i < self->count; i++)
    {
      double at = (self->x[i] - origin) / step;

      count += fabs (at) <= WINDOW && fabs (at - rint (at)) < 0.15;
    }
  return count;
}

static void
search_grid (Grid *self, double pitch)
{
  guint most = 0;

  for (guint i = 0; i < self->count; i += 1 + self->count / 24)
    for (double factor = 0.88; factor <= 1.12; factor += 0.01)
      {
        guint count = count_agreeing (self, self->x[i], pitch * factor);

        if (count > most)
          {
            most = count;
            self->origin = self->x[i];
            self->step = pitch * factor;
          }
      }
  self->bend = 0;
}

/* Which place each blob is nearest to, and whether it is near enough. */
static void
number_blobs (Grid *self, double window)
{
  for (guint i = 0; i < self->count; i++)
    {
      double at = (self->x[i] - self->origin) / self->step;
      double step, off;

      for (guint round = 0; round < 3; round++) /* the bend, undone by iteration */
        at = (self->x[i] - self->origin - self->bend * at * at) / self->step;
      at = CLAMP (at, -1000.0, 1000.0);
      self->index[i] = (int)rint (at);
      step = self->step + 2 * self->bend * at;
      off = self->x[i] - self->origin - self->step * self->index[i]
            - self->bend * self->index[i] * self->index[i];
      self->agrees[i] = fabs (at) <= window && fabs (off) < AGREES * fabs (step);
    }
}

/* The blob nearest to the middle of the row among those that agree with the grid as it was found.
 */
static gboolean
find_start (Grid *self, guint *start)
{
  double middle = (self->x[0] + self->x[self->count - 1]) / 2;
  gboolean found = FALSE;

  number_blobs (self, WINDOW);
  for (guint i = 0; i < self->count; i++)
    if (self->agrees[i] && (!found || fabs (self->x[i] - middle) < fabs (self->x[*start] - middle)))
      {
        *start = i;
        found = TRUE;
      }
  return found;
}

/* Numbers the blobs from @start to one end of the row. */
static void
track_side (Grid *self, guint start, int direction)
{
  double at = self->x[start], step = self->step;
  int index = self->index[start];

  for (int i = (int)start + direction; i >= 0 && i < (int)self->count; i += direction)
    {
      double away = (self->x[i] - at) * direction;
      double steps = rint (away / step);

      self->agrees[i] = steps >= 1 && fabs (away - steps * step) < TRACKS * step;
      if (!self->agrees[i])
        continue;
      index += (int)steps * direction;
      step += LEARNS * CLAMP (away / steps - step, -0.1 * step, 0.1 * step);
      at = self->x[i];
      self->index[i] = index;
    }
}

static guint
count_agreed (const Grid *self)
{
  guint count = 0;

  for (guint i = 0; i < self->count; i++)
    count += self->agrees[i];
  return count;
}

/* Returns: how many blobs were numbered */
static guint
track (Grid *self, double pitch)
{
  guint start = 0;

  search_grid (self, pitch);
  if (!find_start (self, &start))
    return 0;
  for (guint i = 0; i < self->count; i++)
    self->agrees[i] = i == start;
  track_side (self, start, 1);
  track_side (self, start, -1);
  return count_agreed (self);
}

/* Likewise, by a parabola through the whole row. */
static guint
fit_whole (Grid *self, double pitch)
{
  double window = WINDOW;

  search_grid (self, pitch);
  for (guint round = 0; round < ROUNDS; round++)
    {
      double solution[3];

      number_blobs (self, window);
      if (!fit_parabola (self, self->x, solution) || solution[1] <= 0)
        return 0;
      self->origin = solution[0];
      self->step = solution[1];
      /* Few blobs say little about the bend. */
      self->bend = window < 20 ? (solution[2] + self->bend) / 2 : solution[2];
      window *= 1.5;
    }
  number_blobs (self, window);
  return count_agreed (self);
}

static gboolean
fit_grid (Grid *self, double pitch)
{
  guint tracked = track (self, pitch);
  guint fitted;

  if (tracked * 10 >= self->count * 9)
    return TRUE;
  fitted = fit_whole (self, pitch);
  if (tracked >= fitted)
    track (self, pitch);
  return MAX (tracked, fitted) * 10 >= self->count * 6;
}

static void
find_ends (const Grid *self, int *first, int *last)
{
  *first = G_MAXINT;
  *last = G_MININT;
  for (guint i = 0; i < self->count; i++)
    if (self->agrees[i])
      {
        *first = MIN (*first, self->index[i]);
        *last = MAX (*last, self->index[i]);
      }
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

/* Which blobs are nearest to @index: from @first to before @last. All of them agree; see
 * close_ranks. */
static void
find_nearest (const Grid *self, int index, guint wanted, guint *first, guint *last)
{
  *first = 0;
  *last = MIN (wanted, self->count);
  while (*last < self->count
         && abs (self->index[*last] - index) < abs (self->index[*first] - index))
    {
      (*first)++;
      (*last)++;
    }
}

typedef struct
{
  double value;
  double slope;
} Local;

/* A straight line through the nearest blobs, by least squares. */
static Local
fit_local (const Grid *self, const double *values, int index, guint wanted)
{
  double n = 0, sum_i = 0, sum_v = 0, sum_ii = 0, sum_iv = 0, spread;
  guint first, last;
  Local local = { 0, 0 };

  find_nearest (self, index, wanted, &first, &last);
  for (guint k = first; k < last; k++)
    {
      double i = self->index[k] - index;

      n++;
      sum_i += i;
      sum_v += values[k];
      sum_ii += i * i;
      sum_iv += i * values[k];
    }
  spread = n * sum_ii - sum_i * sum_i;
  local.slope = spread > 1e-6 ? (n * sum_iv - sum_i * sum_v) / spread : 0;
  local.value = n > 0 ? (sum_v - local.slope * sum_i) / n : 0;
  return local;
}

/* Drops the blobs that do not agree. */
static void
close_ranks (Grid *self)
{
  guint kept = 0;

  for (guint i = 0; i < self->count; i++)
    if (self->agrees[i])
      {
        self->x[kept] = self->x[i];
        self->y[kept] = self->y[i];
        self->height[kept] = self->height[i];
        self->index[kept] = self->index[i];
        self->agrees[kept++] = TRUE;
      }
  self->count = kept;
}

/* The height of a capital, among blobs that agree. */
static double
usual_height (const Grid *self)
{
  double heights[BLOBS_MAX];

  for (guint i = 0; i < self->count; i++)
    heights[i] = self->height[i];
  qsort (heights, self->count, sizeof *heights, compare_doubles);
  return heights[self->count * 3 / 4];
}

static double
median_of (double *values, guint count)
{
  qsort (values, count, sizeof *values, compare_doubles);
  return values[count / 2];
}

/* What a blob stands higher than the capitals around it, and how much lower it is. */
static void
compare_with_capitals (const Grid *capitals, const Grid *low, double *above, double *ratio)
{
  double offsets[BLOBS_MAX], ratios[BLOBS_MAX];
  guint count = 0;

  for (guint i = 0; i < low->count; i++)
    {
      guint first, last;
      double height;

      find_nearest (capitals, low->index[i], 1, &first, &last);
      if (abs (capitals->index[first] - low->index[i]) > NEAR)
        continue;
      height = fit_local (capitals, capitals->height, low->index[i], 2 * FOLLOW_UP).value;
      offsets[count]
        = low->y[i] - fit_local (capitals, capitals->y, low->index[i], FOLLOW_UP).value;
      ratios[count++] = height / low->height[i];
    }
  *above = count >= LOW_MIN ? median_of (offsets, count) : 0;
  *ratio = count >= LOW_MIN ? median_of (ratios, count) : 0;
}

/* Leaves in @self what is as high as a capital, and moves what is as high as a filler to @low. */
static void
take_low (Grid *self, Grid *low)
{
  double usual = usual_height (self);

  *low = *self;
  for (guint i = 0; i < self->count; i++)
    {
      double height = self->height[i];

      self->agrees[i] = fabs (height - usual) < CAPITAL_WITHIN * usual;
      low->agrees[i] = height > LOW_FROM * usual && height <= (1 - CAPITAL_WITHIN) * usual;
    }
  close_ranks (self);
  close_ranks (low);
}

/* Merges @low, as if they were capitals, by place. */
static void
put_low_back (Grid *self, const Grid *low, double above, double ratio)
{
  Grid merged = *self;
  guint i = 0, j = 0;

  merged.count = 0;
  while (i < self->count || j < low->count)
    {
      gboolean is_low = i == self->count || (j < low->count && low->index[j] < self->index[i]);
      const Grid *from = is_low ? low : self;
      guint at = is_low ? j++ : i++;

      merged.index[merged.count] = from->index[at];
      merged.y[merged.count] = from->y[at] - (is_low ? above : 0);
      merged.height[merged.count] = from->height[at] * (is_low ? ratio : 1);
      merged.agrees[merged.count++] = TRUE;
    }
  *self = merged;
}

/* The line goes through the middles of its capitals. Lines end in fillers, which are lower and may
 * stand a little higher; where capitals are far away the line has to follow those, by what they
 * differ from the capitals that stand among them. */
static void
follow_fillers (Grid *self)
{
  g_autofree Grid *low = g_new (Grid, 1);
  double above, ratio;

  take_low (self, low);
  if (self->count == 0 || low->count == 0)
    return;
  compare_with_capitals (self, low, &above, &ratio);
  if (ratio > 0)
    put_low_back (self, low, above, ratio);
}

static void
place_characters (Grid *self, const KouanOcrRow *row, int first, KouanOcrLine *line)
{
  double stretch = sqrt (1 + row->slope * row->slope);

  close_ranks (self);
  for (guint i = 0; i < G_N_ELEMENTS (line->places); i++)
    {
      Local along = fit_local (self, self->x, first + (int)i - KOUAN_OCR_LINE_MARGIN, FOLLOW);

      line->places[i].x = (float)along.value;
      line->places[i].pitch
        = (float)(stretch * CLAMP (along.slope, 0.7 * row->pitch, 1.4 * row->pitch));
    }
  follow_fillers (self);
  for (guint i = 0; i < G_N_ELEMENTS (line->places); i++)
    {
      int index = first + (int)i - KOUAN_OCR_LINE_MARGIN;
      double height = fit_local (self, self->height, index, 2 * FOLLOW_UP).value;

      line->places[i].y = (float)fit_local (self, self->y, index, FOLLOW_UP).value;
      line->places[i].height = (float)CLAMP (height, row->height / 2, row->height * 2);
    }
}

/**
 * kouan_ocr_line_fit:
 * @line: (out caller-allocates)
 *
 * Returns: FALSE if the row does not stand on a grid, or has more characters than a line may
 */
gboolean
kouan_ocr_line_fit (const KouanOcrRow *row, KouanOcrLine *line)
{
  g_autofree Grid *grid = g_new0 (Grid, 1);
  int first, last;

  take_blobs (grid, row);
  if (grid->count < 8 || !fit_grid (grid, row->pitch))
    return FALSE;
  find_ends (grid, &first, &last);
  if (last < first || last - first >= KOUAN_OCR_LINE_MAX)
    return FALSE;
  line->count = (guint)(last - first + 1);
  line->slope = (float)row->slope;
  place_characters (grid, row, first, line);
  return TRUE;
}

/* Returns: (transfer none): the place half way between the ends */
const KouanOcrPlace *
kouan_ocr_line_middle (const KouanOcrLine *self)
{
  return &self->places[KOUAN_OCR_LINE_MARGIN + self->count / 2];
}
