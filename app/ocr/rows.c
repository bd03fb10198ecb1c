/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-ocr"

#include "app/ocr/rows.h"

#include <math.h>
#include <stdlib.h>

/* From blobs to rows of characters. Each blob that could be a character looks for its neighbour to
 * the right; neighbours make chains; chains that go on in the same direction make a row, which then
 * takes in what lies on it. Steep rows do not come together so: for those the directions in which
 * neighbours lie are counted (O'Gorman, "The document spectrum for page layout analysis", 1993),
 * and the caller turns the picture. */

#define HEIGHT_MIN 6 /* pixels of a character */
#define HEIGHT_MAX 90
#define PIXELS_MIN 8
#define CHAIN_MIN 4
#define ROW_MIN 12
#define ROWS_MAX 40
#define SLOPE_MAX 0.42f
#define NOBODY G_MAXUINT
#define ANGLES 90 /* bins of two degrees */

typedef struct
{
  guint next; /* to the right, NOBODY at the end */
  guint previous;
  float cost; /* of the link from the previous one */
} Link;

typedef struct
{
  guint first;
  guint count;
  double at, slope, height;
  double left, right;
  gboolean used;
} Chain;

static int
compare_blobs (gconstpointer a, gconstpointer b)
{
  float x = kouan_ocr_blob_x (a), y = kouan_ocr_blob_x (b);

  return x < y ? -1 : x > y;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

static gboolean
may_be_character (const KouanOcrBlob *blob)
{
  float width = kouan_ocr_blob_width (blob), height = kouan_ocr_blob_height (blob);

  return height >= HEIGHT_MIN && height <= HEIGHT_MAX && width <= 6 * height && width >= 2
         && blob->count >= PIXELS_MIN;
}

/* Returns: (transfer full): what may be characters, from the left */
static GArray *
choose_characters (const GArray *blobs)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (KouanOcrBlob));

  for (guint i = 0; i < blobs->len && chosen->len < KOUAN_OCR_BLOBS_MAX; i++)
    if (may_be_character (&g_array_index (blobs, KouanOcrBlob, i)))
      g_array_append_val (chosen, g_array_index (blobs, KouanOcrBlob, i));
  g_array_sort (chosen, compare_blobs);
  return chosen;
}

/* Returns: how far apart two blobs are that may be neighbours in a row, below 0 if they may not */
static float
link_cost (const KouanOcrBlob *a, const KouanOcrBlob *b)
{
  float height_a = kouan_ocr_blob_height (a), height_b = kouan_ocr_blob_height (b);
  float height = MAX (height_a, height_b);
  float gap = (float)(b->left - a->right);
  float dx = kouan_ocr_blob_x (b) - kouan_ocr_blob_x (a);
  float dy = fabsf (kouan_ocr_blob_y (b) - kouan_ocr_blob_y (a));

  if (MIN (height_a, height_b) < 0.5f * height || gap < -0.25f * height || gap > 1.5f * height
      || dx < 0.3f * height || dy > SLOPE_MAX * dx || dy > 0.6f * height)
    return -1;
  return MAX (gap + 2 * dy + fabsf (height_a - height_b), 0);
}

static void
link_blob (const KouanOcrBlob *blobs, guint count, Link *links, guint i)
{
  float reach = 2.7f * kouan_ocr_blob_height (&blobs[i]) + HEIGHT_MAX / 2.f;
  float best = G_MAXFLOAT;
  guint found = NOBODY;

  for (guint j = i + 1;
       j < count && kouan_ocr_blob_x (&blobs[j]) < (float)blobs[i].right + 1 + reach; j++)
    {
      float cost = link_cost (&blobs[i], &blobs[j]);

      if (cost >= 0 && cost < best)
        {
          best = cost;
          found = j;
        }
    }
  if (found == NOBODY || (links[found].previous != NOBODY && links[found].cost <= best))
    return;
  if (links[found].previous != NOBODY)
    links[links[found].previous].next = NOBODY;
  links[i].next = found;
  links[found].previous = i;
  links[found].cost = best;
}

/* The straight line through the middles, by least squares. */
static void
fit_line (const KouanOcrBlob *blobs, guint count, double *at, double *slope)
{
  double sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0, spread;

  for (guint i = 0; i < count; i++)
    {
      double x = kouan_ocr_blob_x (&blobs[i]), y = kouan_ocr_blob_y (&blobs[i]);

      sum_x += x;
      sum_y += y;
      sum_xx += x * x;
      sum_xy += x * y;
    }
  spread = count * sum_xx - sum_x * sum_x;
  *slope = spread > 1e-6 ? (count * sum_xy - sum_x * sum_y) / spread : 0;
  *at = (sum_y - *slope * sum_x) / count;
}

/* The height that seven in ten do not exceed: dots and pieces are lower. */
static double
usual_height (const KouanOcrBlob *blobs, guint count)
{
  g_autofree double *heights = g_new (double, count);

  for (guint i = 0; i < count; i++)
    heights[i] = kouan_ocr_blob_height (&blobs[i]);
  qsort (heights, count, sizeof *heights, compare_doubles);
  return heights[count * 7 / 10];
}

static void
append_chain (GArray *to, const GArray *blobs, const Link *links, const Chain *chain)
{
  for (guint i = chain->first; i != NOBODY; i = links[i].next)
    g_array_append_val (to, g_array_index (blobs, KouanOcrBlob, i));
}

static void
add_chain (GArray *chains, const GArray *blobs, const Link *links, guint first)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (KouanOcrBlob));
  const KouanOcrBlob *data;
  Chain chain = { .first = first };

  append_chain (members, blobs, links, &chain);
  if (members->len < CHAIN_MIN)
    return;
  data = (const KouanOcrBlob *)(const void *)members->data;
  chain.count = members->len;
  fit_line (data, chain.count, &chain.at, &chain.slope);
  chain.height = usual_height (data, chain.count);
  chain.left = data[0].left;
  chain.right = data[chain.count - 1].right;
  g_array_append_val (chains, chain);
}

static GArray *
make_chains (const GArray *blobs, Link *links)
{
  const KouanOcrBlob *data = (const KouanOcrBlob *)(const void *)blobs->data;
  GArray *chains = g_array_new (FALSE, FALSE, sizeof (Chain));

  for (guint i = 0; i < blobs->len; i++)
    links[i] = (Link){ NOBODY, NOBODY, 0 };
  for (guint i = 0; i < blobs->len; i++)
    link_blob (data, blobs->len, links, i);
  for (guint i = 0; i < blobs->len; i++)
    if (links[i].previous == NOBODY && links[i].next != NOBODY)
      add_chain (chains, blobs, links, i);
  return chains;
}

static gboolean
chain_goes_on (const Chain *chain, const KouanOcrRow *row, double left, double right)
{
  double x = (chain->left + chain->right) / 2;
  double y = chain->at + chain->slope * x;

  return fabs (y - (row->at + row->slope * x)) < 0.35 * row->height
         && chain->height < 1.5 * row->height && chain->height > 0.6 * row->height
         && chain->left - right < 4 * row->height && left - chain->right < 4 * row->height;
}

/* Takes in each chain that goes on where the row ends, until none does. */
static void
extend_row (KouanOcrRow *row, const GArray *blobs, const Link *links, GArray *chains, Chain *seed)
{
  double left = seed->left, right = seed->right;
  gboolean grown = TRUE;

  while (grown)
    {
      grown = FALSE;
      for (guint i = 0; i < chains->len; i++)
        {
          Chain *chain = &g_array_index (chains, Chain, i);

          if (chain->used || !chain_goes_on (chain, row, left, right))
            continue;
          chain->used = grown = TRUE;
          append_chain (row->blobs, blobs, links, chain);
          left = MIN (left, chain->left);
          right = MAX (right, chain->right);
          fit_line ((const KouanOcrBlob *)(void *)row->blobs->data, row->blobs->len, &row->at,
                    &row->slope);
        }
    }
}

static gboolean
row_has (const KouanOcrRow *row, guint count, const KouanOcrBlob *blob)
{
  for (guint i = 0; i < count; i++)
    {
      const KouanOcrBlob *other = &g_array_index (row->blobs, KouanOcrBlob, i);

      if (other->left == blob->left && other->top == blob->top)
        return TRUE;
    }
  return FALSE;
}

/* Takes in what lies on the row and belongs to no chain. */
static void
take_loose (KouanOcrRow *row, const GArray *blobs)
{
  guint count = row->blobs->len;
  double left = G_MAXDOUBLE, right = -G_MAXDOUBLE;

  for (guint i = 0; i < count; i++)
    {
      left = MIN (left, g_array_index (row->blobs, KouanOcrBlob, i).left);
      right = MAX (right, g_array_index (row->blobs, KouanOcrBlob, i).right);
    }
  for (guint i = 0; i < blobs->len; i++)
    {
      const KouanOcrBlob *blob = &g_array_index (blobs, KouanOcrBlob, i);
      double y = row->at + row->slope * kouan_ocr_blob_x (blob);
      double height = kouan_ocr_blob_height (blob);

      if (fabs (kouan_ocr_blob_y (blob) - y) < 0.3 * row->height && height > 0.5 * row->height
          && height < 1.4 * row->height && blob->left > left - 2.5 * row->height
          && blob->right < right + 2.5 * row->height && !row_has (row, count, blob))
        g_array_append_val (row->blobs, *blob);
    }
}

/* Returns: FALSE if the blobs are not as far apart as characters of their height */
static gboolean
find_pitch (KouanOcrRow *row)
{
  g_autofree double *steps = g_new (double, row->blobs->len);
  guint count = 0;

  for (guint i = 1; i < row->blobs->len; i++)
    {
      const KouanOcrBlob *left = &g_array_index (row->blobs, KouanOcrBlob, i - 1);
      const KouanOcrBlob *right = &g_array_index (row->blobs, KouanOcrBlob, i);

      if (kouan_ocr_blob_width (left) < 1.15 * row->height
          && kouan_ocr_blob_width (right) < 1.15 * row->height)
        steps[count++] = kouan_ocr_blob_x (right) - kouan_ocr_blob_x (left);
    }
  if (count < 6)
    return FALSE;
  qsort (steps, count, sizeof *steps, compare_doubles);
  row->pitch = steps[count / 2];
  return row->pitch * sqrt (1 + row->slope * row->slope) > 0.65 * row->height
         && row->pitch < 1.75 * row->height;
}

static void
row_free (gpointer data)
{
  KouanOcrRow *row = data;

  g_array_unref (row->blobs);
  g_free (row);
}

static Chain *
longest_chain (GArray *chains)
{
  Chain *longest = NULL;

  for (guint i = 0; i < chains->len; i++)
    {
      Chain *chain = &g_array_index (chains, Chain, i);

      if (!chain->used && (longest == NULL || chain->count > longest->count))
        longest = chain;
    }
  return longest;
}

static KouanOcrRow *
make_row (const GArray *blobs, const Link *links, GArray *chains, Chain *seed)
{
  KouanOcrRow *row = g_new0 (KouanOcrRow, 1);

  row->blobs = g_array_new (FALSE, FALSE, sizeof (KouanOcrBlob));
  row->at = seed->at;
  row->slope = seed->slope;
  row->height = seed->height;
  append_chain (row->blobs, blobs, links, seed);
  extend_row (row, blobs, links, chains, seed);
  take_loose (row, blobs);
  g_array_sort (row->blobs, compare_blobs);
  return row;
}

/**
 * kouan_ocr_find_rows:
 * @blobs: (element-type KouanOcrBlob)
 *
 * Returns: (transfer full) (element-type KouanOcrRow): those that lie within 22 degrees of level
 * and could be print of one width, the longest first
 */
GPtrArray *
kouan_ocr_find_rows (const GArray *blobs)
{
  g_autoptr (GArray) characters = choose_characters (blobs);
  g_autofree Link *links = g_new (Link, characters->len + 1);
  g_autoptr (GArray) chains = make_chains (characters, links);
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);
  Chain *seed;

  while (rows->len < ROWS_MAX && (seed = longest_chain (chains)) != NULL && seed->count >= 7)
    {
      KouanOcrRow *row;

      seed->used = TRUE;
      row = make_row (characters, links, chains, seed);
      if (row->blobs->len >= ROW_MIN && find_pitch (row))
        g_ptr_array_add (rows, row);
      else
        row_free (row);
    }
  return rows;
}

/* Counts in which direction the nearest blob of about the same size lies. */
static void
count_directions (const GArray *blobs, guint counts[ANGLES])
{
  const KouanOcrBlob *data = (const KouanOcrBlob *)(const void *)blobs->data;

  for (guint i = 0; i < blobs->len; i++)
    {
      float size = MAX (kouan_ocr_blob_height (&data[i]), kouan_ocr_blob_width (&data[i]));
      float nearest = 2 * size, direction_x = 0, direction_y = 0;
      double angle;

      for (guint j = i + 1;
           j < blobs->len && kouan_ocr_blob_x (&data[j]) - kouan_ocr_blob_x (&data[i]) < nearest;
           j++)
        {
          float dx = kouan_ocr_blob_x (&data[j]) - kouan_ocr_blob_x (&data[i]);
          float dy = kouan_ocr_blob_y (&data[j]) - kouan_ocr_blob_y (&data[i]);
          float other = MAX (kouan_ocr_blob_height (&data[j]), kouan_ocr_blob_width (&data[j]));
          float distance = sqrtf (dx * dx + dy * dy);

          if (distance < nearest && distance > 0.5f * size && other < 1.5f * size
              && size < 1.5f * other)
            {
              nearest = distance;
              direction_x = dx;
              direction_y = dy;
            }
        }
      if (direction_x == 0 && direction_y == 0)
        continue;
      angle = atan2 ((double)direction_y, (double)direction_x) + G_PI / 2; /* 0 to pi */
      counts[(guint)(angle / G_PI * ANGLES) % ANGLES]++;
    }
}

/**
 * kouan_ocr_find_slope:
 * @radians: (out): the direction in which most blobs have their neighbour, downwards positive;
 * within a quarter turn of level
 *
 * Returns: FALSE if no direction stands out
 */
gboolean
kouan_ocr_find_slope (const GArray *blobs, double *radians)
{
  g_autoptr (GArray) characters = choose_characters (blobs);
  guint counts[ANGLES] = { 0 };
  guint best = 0, most = 0, all = 0;
  double mean = 0;

  count_directions (characters, counts);
  for (guint i = 0; i < ANGLES; i++)
    {
      guint three = counts[(i + ANGLES - 1) % ANGLES] + counts[i] + counts[(i + 1) % ANGLES];

      all += counts[i];
      if (three > most)
        {
          most = three;
          best = i;
        }
    }
  if (most < ROW_MIN || most * 8 < all)
    return FALSE;
  for (int i = -1; i <= 1; i++)
    mean += i * (double)counts[(best + ANGLES + (guint)i) % ANGLES];
  *radians = (best + 0.5 + mean / most) * G_PI / ANGLES - G_PI / 2;
  return TRUE;
}
