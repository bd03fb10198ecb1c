/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-ocr"

#include "app/ocr/blobs.h"

#include <string.h>

/* A pixel is dark if it is darker than a share of its surroundings' mean (Bradley and Roth,
 * "Adaptive thresholding using the integral image", 2007; instead of the integral image the sums of
 * the columns move down with the rows). Dark pixels are gathered into runs row by row, and runs
 * that touch, corners included, into blobs by union and find. */

typedef struct
{
  gint left;
  gint right; /* the last one */
  guint label;
} Run;

typedef struct
{
  const KouanOcrImage *image;
  guint reach;
  guint percent;
  guint32 *columns;  /* [width]: sums over the rows in reach */
  guint64 *prefixes; /* [width + 1]: sums of those */
  guint first;       /* rows in the sums: from here */
  guint last;        /* to before here */

  GArray *runs;    /* of the row before and this one */
  GArray *parents; /* guint, by label */
  GArray *blobs;   /* by label */
} Finder;

static void
add_row (Finder *self, guint row, gboolean take_off)
{
  const guint8 *pixels = self->image->pixels + (gsize)row * self->image->width;

  for (guint x = 0; x < self->image->width; x++)
    self->columns[x] += take_off ? -(guint32)pixels[x] : pixels[x];
}

static void
move_to_row (Finder *self, guint row)
{
  guint first = row > self->reach ? row - self->reach : 0;
  guint last = MIN (row + self->reach + 1, self->image->height);

  for (; self->last < last; self->last++)
    add_row (self, self->last, FALSE);
  for (; self->first < first; self->first++)
    add_row (self, self->first, TRUE);
  for (guint x = 0; x < self->image->width; x++)
    self->prefixes[x + 1] = self->prefixes[x] + self->columns[x];
}

static gboolean
is_dark (const Finder *self, const guint8 *pixels, guint x)
{
  guint left = x > self->reach ? x - self->reach : 0;
  guint right = MIN (x + self->reach + 1, self->image->width);
  guint64 area = (guint64)(right - left) * (self->last - self->first);

  return pixels[x] * area * 100 < (self->prefixes[right] - self->prefixes[left]) * self->percent;
}

static guint
find_root (GArray *parents, guint label)
{
  guint *parent = (guint *)(void *)parents->data;

  while (parent[label] != label)
    label = parent[label] = parent[parent[label]];
  return label;
}

static guint
new_label (Finder *self)
{
  guint label = self->parents->len;
  KouanOcrBlob blob = { G_MAXINT, G_MAXINT, -1, -1, 0 };

  g_array_append_val (self->parents, label);
  g_array_append_val (self->blobs, blob);
  return label;
}

/* @above: runs of the row above; @first: the first of them that may still touch */
static void
take_run (Finder *self, Run run, guint row, GArray *above, guint *first)
{
  KouanOcrBlob *blob;

  run.label = G_MAXUINT;
  while (*first < above->len && g_array_index (above, Run, *first).right < run.left - 1)
    (*first)++;
  for (guint i = *first; i < above->len && g_array_index (above, Run, i).left <= run.right + 1; i++)
    {
      guint root = find_root (self->parents, g_array_index (above, Run, i).label);

      if (run.label == G_MAXUINT)
        run.label = root;
      else
        g_array_index (self->parents, guint, MAX (root, run.label)) = MIN (root, run.label);
      run.label = MIN (root, run.label);
    }
  if (run.label == G_MAXUINT)
    run.label = new_label (self);
  blob = &g_array_index (self->blobs, KouanOcrBlob, run.label);
  blob->left = MIN (blob->left, run.left);
  blob->right = MAX (blob->right, run.right);
  blob->top = MIN (blob->top, (gint)row);
  blob->bottom = MAX (blob->bottom, (gint)row);
  blob->count += (guint)(run.right - run.left + 1);
  g_array_append_val (self->runs, run);
}

static void
take_row (Finder *self, guint row, GArray *above)
{
  const guint8 *pixels = self->image->pixels + (gsize)row * self->image->width;
  guint width = self->image->width;
  guint first = 0;

  for (guint x = 0; x < width; x++)
    if (is_dark (self, pixels, x))
      {
        Run run = { (gint)x, 0, 0 };

        while (x + 1 < width && is_dark (self, pixels, x + 1))
          x++;
        run.right = (gint)x;
        take_run (self, run, row, above, &first);
      }
}

/* Gives what belongs to a label that was joined to another to that one. */
static void
join_blobs (Finder *self)
{
  for (guint label = self->blobs->len; label-- > 0;)
    {
      guint root = find_root (self->parents, label);
      KouanOcrBlob *blob = &g_array_index (self->blobs, KouanOcrBlob, label);
      KouanOcrBlob *whole = &g_array_index (self->blobs, KouanOcrBlob, root);

      if (root == label)
        continue;
      whole->left = MIN (whole->left, blob->left);
      whole->right = MAX (whole->right, blob->right);
      whole->top = MIN (whole->top, blob->top);
      whole->bottom = MAX (whole->bottom, blob->bottom);
      whole->count += blob->count;
      blob->count = 0;
    }
}

/**
 * kouan_ocr_find_blobs:
 * @reach: pixels to each side that count as a pixel's surroundings
 * @percent: of their mean, below which it is dark
 *
 * Returns: (transfer full) (element-type KouanOcrBlob): those that have any pixels, unordered
 */
GArray *
kouan_ocr_find_blobs (const KouanOcrImage *image, guint reach, guint percent)
{
  g_autofree guint32 *columns = g_new0 (guint32, image->width);
  g_autofree guint64 *prefixes = g_new0 (guint64, image->width + 1);
  g_autoptr (GArray) parents = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) even = g_array_new (FALSE, FALSE, sizeof (Run));
  g_autoptr (GArray) odd = g_array_new (FALSE, FALSE, sizeof (Run));
  GArray *blobs = g_array_new (FALSE, FALSE, sizeof (KouanOcrBlob));
  Finder finder = { image, reach, percent, columns, prefixes, 0, 0, even, parents, blobs };
  guint kept = 0;

  for (guint row = 0; row < image->height; row++)
    {
      GArray *above = row % 2 == 0 ? odd : even;

      finder.runs = row % 2 == 0 ? even : odd;
      g_array_set_size (finder.runs, 0);
      move_to_row (&finder, row);
      take_row (&finder, row, above);
    }
  join_blobs (&finder);
  for (guint i = 0; i < blobs->len; i++)
    if (g_array_index (blobs, KouanOcrBlob, i).count > 0)
      g_array_index (blobs, KouanOcrBlob, kept++) = g_array_index (blobs, KouanOcrBlob, i);
  g_array_set_size (blobs, kept);
  return blobs;
}
