/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/search.h"

#include "app/qr/decode.h"
#include "app/qr/fit.h"
#include "app/qr/pair.h"
#include "app/qr/zbar-scan.h"

#include <math.h>
#include <string.h>
#include <time.h>

/* All codes of one picture, at one scale: finders, threes of finders, a grid over each three, the
 * modules under the grid, and what they say. Each step throws away what the next would take time
 * for. What lies inside a code that has been read is not looked at again. */

#define FINDERS_MAX 320
#define NEAREST 64            /* partners of a finder */
#define PARTNERS_IN_HASTE 600 /* of all finders together, but NEAREST_MIN of each */
#define NEAREST_MIN 6
#define FINDERS_MAX_IN_HASTE 200
#define TRIPLES_MAX 240
#define TRIPLES_MAX_IN_HASTE 40
#define FOUND_MAX 128
#define SIZES_AROUND 3 /* versions on either side of the measured one */
#define TIMING_MIN 0.25
#define AGREEMENT_MIN 0.3
#define AGREEMENT_WORTHY 0.45 /* of more attempts */
#define CORNERS 4
#define PAIRED_MAX 8 /* finders, the surest, that are paired without a third */
#define PAIRED_MAX_IN_HASTE 4
#define PAIRED_SEEN_MIN 0.5
#define THIRDS 6
#define TIMING_MIN_OF_PAIR 0.4

struct _KouanQrSearch
{
  KouanZbarScan *zbar;
  KouanQrLayout *layouts[KOUAN_QR_VERSION_MAX + 1];
  KouanQrFinder finders[FINDERS_MAX];
  KouanQrTriple triples[TRIPLES_MAX];

  /* Of the picture under way. */
  gint64 deadline_us;
  gboolean thorough;
  KouanQrPoint found[FOUND_MAX][CORNERS]; /* codes that were read, in pixels of the whole picture */
  guint n_found;
};

/* One look at one scale. */
typedef struct
{
  KouanQrSearch *search;
  const KouanQrPicture *gray;
  const KouanQrPicture *split;
  guint8 dark;
  double scale; /* pixels of the whole picture to one of this */
  GPtrArray *codes;
} Look;

KouanQrSearch *
kouan_qr_search_new (void)
{
  KouanQrSearch *self = g_new0 (KouanQrSearch, 1);

  self->zbar = kouan_zbar_scan_new (FALSE);
  return self;
}

void
kouan_qr_search_free (KouanQrSearch *self)
{
  if (self == NULL)
    return;
  kouan_zbar_scan_free (self->zbar);
  for (guint i = 0; i < G_N_ELEMENTS (self->layouts); i++)
    kouan_qr_layout_free (self->layouts[i]);
  g_free (self);
}

/* Processor time of this thread: on a busy machine a frame takes longer, and is not given up for
 * it.
 */
static gint64
now_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/**
 * kouan_qr_search_begin:
 * @budget_ms: of processor time, for all looks at this picture; what is begun may take some more
 * @thorough: a single picture, for which there is no next one
 */
void
kouan_qr_search_begin (KouanQrSearch *self, guint budget_ms, gboolean thorough)
{
  self->deadline_us = now_us () + (gint64)budget_ms * 1000;
  self->thorough = thorough;
  self->n_found = 0;
}

/* @budget_ms: of processor time from now on, if there is not less left */
void
kouan_qr_search_shorten (KouanQrSearch *self, guint budget_ms)
{
  self->deadline_us = MIN (self->deadline_us, now_us () + (gint64)budget_ms * 1000);
}

gboolean
kouan_qr_search_is_late (const KouanQrSearch *self)
{
  return now_us () > self->deadline_us;
}

static const KouanQrLayout *
layout_of (KouanQrSearch *self, guint version)
{
  if (self->layouts[version] == NULL)
    self->layouts[version] = kouan_qr_layout_new (version);
  return self->layouts[version];
}

/* Whether a point lies within a code that was read: on the same side of all four of its sides. */
static gboolean
is_found (const Look *look, KouanQrPoint at)
{
  double x = at.x * look->scale, y = at.y * look->scale;

  for (guint i = 0; i < look->search->n_found; i++)
    {
      const KouanQrPoint *corners = look->search->found[i];
      int sides = 0;

      for (guint k = 0; k < CORNERS; k++)
        {
          KouanQrPoint a = corners[k], b = corners[(k + 1) % CORNERS];

          sides += (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) > 0 ? 1 : -1;
        }
      if (ABS (sides) == CORNERS)
        return TRUE;
    }
  return FALSE;
}

static void
remember (const Look *look, const KouanQrGrid *grid, KouanQrPoint *middle)
{
  double size = grid->layout->size;
  const KouanQrPoint modules[CORNERS] = { { 0, 0 }, { size, 0 }, { size, size }, { 0, size } };
  KouanQrSearch *search = look->search;

  *middle = kouan_qr_grid_map (grid, size / 2, size / 2);
  if (search->n_found == FOUND_MAX)
    return;
  for (guint i = 0; i < CORNERS; i++)
    {
      KouanQrPoint at = kouan_qr_homography_map (&grid->map, modules[i].x, modules[i].y);

      search->found[search->n_found][i] = (KouanQrPoint){ at.x * look->scale, at.y * look->scale };
    }
  search->n_found++;
}

static gboolean
read_grid (const Look *look, const KouanQrGrid *grid)
{
  g_autofree gint8 *modules = kouan_qr_decode (grid, look->search->thorough);
  KouanQrPoint middle;
  KouanQrCode *code;

  if (modules == NULL)
    return FALSE;
  code = kouan_zbar_scan_modules (look->search->zbar, modules, grid->layout->size);
  if (code == NULL)
    return FALSE;
  remember (look, grid, &middle);
  code->x = (int)(middle.x * look->scale);
  code->y = (int)(middle.y * look->scale);
  kouan_qr_code_add (look->codes, code);
  return TRUE;
}

/* Settles the grid and reads what is under it. */
static gboolean
settle_and_read (const Look *look, KouanQrGrid *grid, gboolean bowed, double *agreement)
{
  *agreement = kouan_qr_fit_settle (grid, bowed);
  if (*agreement < AGREEMENT_MIN)
    return FALSE;
  kouan_qr_fit_alignments (grid);
  return read_grid (look, grid);
}

/* The version whose timing patterns fit best, near the one that was measured. Large codes are
 * measured less exactly. */
static double
choose_version (const Look *look, KouanQrGrid *grid, const KouanQrTriple *triple, gboolean straight)
{
  int measured = (int)lrint ((triple->size - 17) / 4);
  int around = CLAMP (measured / 5 + 1, 1, SIZES_AROUND), best_version = 0;
  double best = triple->lost != 0 ? TIMING_MIN_OF_PAIR : TIMING_MIN;

  for (int version = measured - around; version <= measured + around; version++)
    {
      double timing;

      if (version < 1 || version > KOUAN_QR_VERSION_MAX)
        continue;
      grid->layout = layout_of (look->search, (guint)version);
      if (!kouan_qr_fit_start (grid, look->split, look->dark, triple, straight))
        continue;
      timing = kouan_qr_grid_timing (grid);
      if (timing > best)
        {
          best = timing;
          best_version = version;
        }
    }
  if (best_version == 0)
    return 0;
  grid->layout = layout_of (look->search, (guint)best_version);
  return kouan_qr_fit_start (grid, look->split, look->dark, triple, straight) ? best : 0;
}

static gboolean
try_triple (const Look *look, const KouanQrTriple *triple)
{
  g_auto (KouanQrGrid) grid = { .gray = look->gray };
  double agreement = 0;

  for (guint straight = 0; straight < (triple->lost != 0 ? 1 : 2); straight++)
    {
      if (choose_version (look, &grid, triple, straight) <= 0)
        continue;
      kouan_qr_fit_far_corner (&grid);
      if (settle_and_read (look, &grid, FALSE, &agreement))
        return TRUE;
      if (agreement < AGREEMENT_WORTHY || kouan_qr_search_is_late (look->search))
        continue;
      g_clear_pointer (&grid.shifts, g_free);
      if (settle_and_read (look, &grid, TRUE, &agreement))
        return TRUE;
    }
  return FALSE;
}

/* Codes of which only two finders are seen. */
static void
try_pairs (const Look *look, guint n_finders)
{
  KouanQrSearch *search = look->search;
  guint most = search->thorough ? PAIRED_MAX : PAIRED_MAX_IN_HASTE;

  for (guint i = 1; i < MIN (n_finders, most); i++)
    for (guint k = 0; k < i; k++)
      {
        const KouanQrFinder *a = search->finders + k, *b = search->finders + i;
        KouanQrTriple thirds[THIRDS];
        guint count;

        if (MIN (a->seen, b->seen) < PAIRED_SEEN_MIN || kouan_qr_search_is_late (search))
          continue;
        count = kouan_qr_guess_thirds (look->split, look->dark, a, b, thirds, THIRDS);
        for (guint third = 0; third < count; third++)
          if (try_triple (look, thirds + third))
            return;
      }
}

static guint
drop_found (const Look *look, KouanQrFinder *finders, guint count)
{
  guint kept = 0;

  for (guint i = 0; i < count; i++)
    if (!is_found (look, (KouanQrPoint){ finders[i].x, finders[i].y }))
      finders[kept++] = finders[i];
  return kept;
}

/**
 * kouan_qr_search_look:
 * @split: @gray in black and white
 * @light_on_dark: look for codes of that kind
 * @scale: pixels of the whole picture to one of these
 * @codes: (element-type KouanQrCode): what is found is added
 *
 * Returns: how many finders lie outside the codes that were read: whether another look is worth it
 */
guint
kouan_qr_search_look (KouanQrSearch *self,
                      const KouanQrPicture *gray,
                      const KouanQrPicture *split,
                      gboolean light_on_dark,
                      double scale,
                      GPtrArray *codes)
{
  Look look = { self, gray, split, light_on_dark ? 255 : 0, scale, codes };
  guint n_finders = kouan_qr_find_finders (split, look.dark, self->finders, FINDERS_MAX);
  guint n_triples, nearest = NEAREST;

  n_finders = drop_found (&look, self->finders, n_finders);
  if (!self->thorough)
    {
      n_finders = MIN (n_finders, FINDERS_MAX_IN_HASTE);
      nearest = CLAMP (PARTNERS_IN_HASTE / MAX (n_finders, 1), NEAREST_MIN, NEAREST);
    }
  n_triples
    = kouan_qr_rank_triples (split, look.dark, self->finders, n_finders, nearest, self->triples,
                             self->thorough ? TRIPLES_MAX : TRIPLES_MAX_IN_HASTE);
  /* The likeliest is tried on the slowest machine too. */
  for (guint i = 0; i < n_triples && (i == 0 || !kouan_qr_search_is_late (self)); i++)
    {
      const KouanQrTriple *triple = self->triples + i;

      if (!is_found (&look, triple->corner) && !is_found (&look, triple->right)
          && !is_found (&look, triple->below))
        try_triple (&look, triple);
    }
  n_finders = drop_found (&look, self->finders, n_finders);
  try_pairs (&look, n_finders);
  return drop_found (&look, self->finders, n_finders);
}
