/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/fingerprint.h"

#include "app/documents/gray.h"

#include <math.h>
#include <string.h>

/* Is this the page that was there before? A perceptual hash of the common kind, a few bits of a
 * thumbnail, takes all letters for one. This one keeps how dark each cell of a grid of 24 by 24 is,
 * laid over what is printed rather than over the sheet, so that a page that lies elsewhere on the
 * glass gives the same cells. Two pages are compared as a correlation, at the best of nine shifts
 * by one cell.
 *
 * Measured over letters and specimens: the same page again, moved, grainy and turned by 0.6
 * degrees: 0.95 at the least; two different pages: 0.74 at the most. Two forms that differ in a few
 * words alone would be taken for one, and a page that is turned by more than a degree for another:
 * the answer is a question to the person, never a verdict. */

#define GRID 24
#define SIDE 1169
#define PAPER_SHARE 20
#define MARK 60u        /* this much darker than paper is print */
#define MARKS_IN_LINE 3 /* a row or column with fewer is margin */
#define SAME 0.90

typedef struct
{
  guint from;
  guint to;
} Extent;

static guint
paper_level (const KouanGray *gray)
{
  gsize count = (gsize)gray->width * gray->height, sum = 0;
  gsize levels[256] = { 0 };
  guint level;

  for (gsize i = 0; i < count; i++)
    levels[gray->data[i]]++;
  for (level = 255; level > 0; level--)
    if ((sum += levels[level]) >= count / PAPER_SHARE)
      break;
  return level;
}

static Extent
extent_of (const guint *marks, guint count)
{
  Extent extent = { 0, count };

  while (extent.from < count && marks[extent.from] < MARKS_IN_LINE)
    extent.from++;
  while (extent.to > extent.from && marks[extent.to - 1] < MARKS_IN_LINE)
    extent.to--;
  return extent;
}

static void
find_print (const KouanGray *gray, guint paper, Extent *across, Extent *down)
{
  g_autofree guint *columns = g_new0 (guint, gray->width);
  g_autofree guint *rows = g_new0 (guint, gray->height);

  for (guint y = 0; y < gray->height; y++)
    for (guint x = 0; x < gray->width; x++)
      if (gray->data[(gsize)y * gray->width + x] + MARK < paper)
        {
          columns[x]++;
          rows[y]++;
        }
  *across = extent_of (columns, gray->width);
  *down = extent_of (rows, gray->height);
}

static guint
part (Extent extent, guint index)
{
  return extent.from + (extent.to - extent.from) * index / GRID;
}

static double
darkness (const KouanGray *gray, guint paper, Extent across, Extent down, guint column, guint row)
{
  guint64 sum = 0, count = 0;

  for (guint y = part (down, row); y < part (down, row + 1); y++)
    for (guint x = part (across, column); x < part (across, column + 1); x++, count++)
      sum += paper - MIN (paper, gray->data[(gsize)y * gray->width + x]);
  return (double)sum / count;
}

/* Around their mean, the strongest being 127. */
static GBytes *
pack (const double cells[static KOUAN_FINGERPRINT_SIZE])
{
  gint8 packed[KOUAN_FINGERPRINT_SIZE];
  double mean = 0, largest = 1e-6;

  for (guint i = 0; i < KOUAN_FINGERPRINT_SIZE; i++)
    mean += cells[i] / KOUAN_FINGERPRINT_SIZE;
  for (guint i = 0; i < KOUAN_FINGERPRINT_SIZE; i++)
    largest = MAX (largest, fabs (cells[i] - mean));
  for (guint i = 0; i < KOUAN_FINGERPRINT_SIZE; i++)
    packed[i] = (gint8)lround ((cells[i] - mean) / largest * 127);
  return g_bytes_new (packed, sizeof packed);
}

/**
 * kouan_fingerprint_new:
 *
 * Returns: (transfer full) (nullable): how the page's print lies, 576 bytes; NULL for a page with
 * no print to speak of
 */
GBytes *
kouan_fingerprint_new (KouanPage *page)
{
  g_autoptr (KouanGray) gray = kouan_gray_new (page, SIDE);
  guint paper = paper_level (gray);
  double cells[KOUAN_FINGERPRINT_SIZE];
  Extent across, down;

  find_print (gray, paper, &across, &down);
  if (across.to - across.from < GRID || down.to - down.from < GRID)
    return NULL;
  for (guint i = 0; i < KOUAN_FINGERPRINT_SIZE; i++)
    cells[i] = darkness (gray, paper, across, down, i % GRID, i / GRID);
  return pack (cells);
}

static double
correlate (const gint8 *a, const gint8 *b, int shift_x, int shift_y)
{
  double both = 0, of_a = 0, of_b = 0;

  for (int y = MAX (0, -shift_y); y < GRID - MAX (0, shift_y); y++)
    for (int x = MAX (0, -shift_x); x < GRID - MAX (0, shift_x); x++)
      {
        double cell_a = a[y * GRID + x], cell_b = b[(y + shift_y) * GRID + x + shift_x];

        both += cell_a * cell_b;
        of_a += cell_a * cell_a;
        of_b += cell_b * cell_b;
      }
  return both / (sqrt (of_a * of_b) + 1e-9);
}

/**
 * kouan_fingerprint_likeness:
 * @a: (nullable): a fingerprint
 * @b: (nullable): another
 *
 * Returns: 1 for the same print, about 0 for prints that have nothing in common; 0 where there is
 * none
 */
double
kouan_fingerprint_likeness (GBytes *a, GBytes *b)
{
  double best = 0;

  if (a == NULL || b == NULL || g_bytes_get_size (a) != KOUAN_FINGERPRINT_SIZE
      || g_bytes_get_size (b) != KOUAN_FINGERPRINT_SIZE)
    return 0;
  for (int shift = 0; shift < 9; shift++)
    best = MAX (best, correlate (g_bytes_get_data (a, NULL), g_bytes_get_data (b, NULL),
                                 shift % 3 - 1, shift / 3 - 1));
  return best;
}

gboolean
kouan_fingerprint_same (GBytes *a, GBytes *b)
{
  return kouan_fingerprint_likeness (a, b) >= SAME;
}
