/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/print.h"

/* The letters on a page, as boxes. Marks are what is darker than half way from the paper to the
 * ink around it, in blocks of 24 dots, so that a shadow makes no letters. Runs of marks in a row
 * that touch runs in the row above belong together (A. Rosenfeld, J. Pfaltz, Sequential operations
 * in digital picture processing, 1966); rules, frames, pictures and specks are left out by size. */

#define BLOCK 24
#define CONTRAST_MIN 34
#define LETTER_MIN 3   /* dots: at 100 an inch print of 6 points has letters of 4 */
#define LETTER_MAX 48  /* print of 34 points */
#define RUNS_OUT_MIN 6 /* letters at one border */

typedef struct
{
  guint from;
  guint to; /* the last dot */
  guint label;
} Run;

typedef struct
{
  KouanLetter box;
  guint parent;
} Part;

static guint
root_of (GArray *parts, guint label)
{
  Part *part = &g_array_index (parts, Part, label);

  while (part->parent != label)
    {
      part->parent = g_array_index (parts, Part, part->parent).parent;
      label = part->parent;
      part = &g_array_index (parts, Part, label);
    }
  return label;
}

static void
join (GArray *parts, guint a, guint b)
{
  a = root_of (parts, a);
  b = root_of (parts, b);
  if (a == b)
    return;
  g_array_index (parts, Part, MAX (a, b)).parent = MIN (a, b);
}

/* What is a mark in this block: darker than this. 0 where nothing is. */
static guint8
threshold_of (const KouanGray *gray, guint left, guint top)
{
  guint levels[256] = { 0 }, count = 0, sum = 0, paper = 255, ink = 0;
  guint right = MIN (left + BLOCK, gray->width), bottom = MIN (top + BLOCK, gray->height);

  for (guint y = top; y < bottom; y++)
    for (guint x = left; x < right; x++, count++)
      levels[gray->data[(gsize)y * gray->width + x]]++;
  while (paper > 0 && (sum += levels[paper]) <= count / 4)
    paper--;
  for (sum = 0; ink < 255 && (sum += levels[ink]) <= count / 50;)
    ink++;
  return paper > ink + CONTRAST_MIN ? (guint8)((paper + ink) / 2) : 0;
}

static guint8 *
thresholds_of_row (const KouanGray *gray, guint top)
{
  guint count = (gray->width + BLOCK - 1) / BLOCK;
  guint8 *thresholds = g_malloc (count);

  for (guint i = 0; i < count; i++)
    thresholds[i] = threshold_of (gray, i * BLOCK, top);
  return thresholds;
}

static void
find_runs (const KouanGray *gray, const guint8 *thresholds, guint y, GArray *runs)
{
  const guint8 *row = gray->data + (gsize)y * gray->width;

  g_array_set_size (runs, 0);
  for (guint x = 0; x < gray->width; x++)
    {
      Run run = { x, x, 0 };

      while (x < gray->width && row[x] < thresholds[x / BLOCK])
        run.to = x++;
      if (x > run.from)
        g_array_append_val (runs, run);
    }
}

static void
add_part (GArray *parts, Run *run, guint y)
{
  Part part = { { (guint16)run->from, (guint16)y, (guint16)run->to, (guint16)y }, parts->len };

  run->label = part.parent;
  g_array_append_val (parts, part);
}

/* Gives each run the label of what it touches above, or a new one. */
static void
label_runs (GArray *parts, const GArray *above, GArray *runs, guint y)
{
  guint first = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      Run *run = &g_array_index (runs, Run, i);

      add_part (parts, run, y);
      while (first < above->len && g_array_index (above, Run, first).to + 1 < run->from)
        first++;
      for (guint k = first; k < above->len && g_array_index (above, Run, k).from <= run->to + 1;
           k++)
        join (parts, run->label, g_array_index (above, Run, k).label);
    }
}

static void
merge_boxes (GArray *parts)
{
  for (guint i = 0; i < parts->len; i++)
    {
      guint root = root_of (parts, i);
      const KouanLetter *box = &g_array_index (parts, Part, i).box;
      KouanLetter *whole = &g_array_index (parts, Part, root).box;

      whole->left = MIN (whole->left, box->left);
      whole->top = MIN (whole->top, box->top);
      whole->right = MAX (whole->right, box->right);
      whole->bottom = MAX (whole->bottom, box->bottom);
    }
}

static gboolean
is_letter (const KouanLetter *box)
{
  guint width = box->right - box->left + 1u, height = box->bottom - box->top + 1u;

  return MAX (width, height) >= LETTER_MIN && MAX (width, height) <= LETTER_MAX
         && MIN (width, height) * 12 >= MAX (width, height);
}

/**
 * kouan_print_letters:
 * @gray: about 100 dots an inch
 *
 * Returns: (transfer full) (element-type KouanLetter): in no order
 */
GArray *
kouan_print_letters (const KouanGray *gray)
{
  GArray *letters = g_array_new (FALSE, FALSE, sizeof (KouanLetter));
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_autoptr (GArray) above = g_array_new (FALSE, FALSE, sizeof (Run));
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));
  g_autofree guint8 *thresholds = NULL;

  for (guint y = 0; y < gray->height; y++)
    {
      GArray *spare = above;

      if (y % BLOCK == 0)
        {
          g_free (thresholds);
          thresholds = thresholds_of_row (gray, y);
        }
      above = runs;
      runs = spare;
      find_runs (gray, thresholds, y, runs);
      label_runs (parts, above, runs, y);
    }
  merge_boxes (parts);
  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);

      if (part->parent == i && is_letter (&part->box))
        g_array_append_val (letters, part->box);
    }
  return letters;
}

/* Returns: whether print runs out of the page: letters that touch its border */
gboolean
kouan_print_runs_out (const GArray *letters, guint width, guint height)
{
  guint left = 0, right = 0, top = 0, bottom = 0;

  for (guint i = 0; i < letters->len; i++)
    {
      const KouanLetter *letter = &g_array_index (letters, KouanLetter, i);

      left += letter->left == 0;
      right += letter->right + 1u == width;
      top += letter->top == 0;
      bottom += letter->bottom + 1u == height;
    }
  return MAX (MAX (left, right), MAX (top, bottom)) >= RUNS_OUT_MIN;
}
