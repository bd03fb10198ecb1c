/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/readable.h"

#include "app/documents/light.h"
#include "app/documents/outline.h"
#include "app/documents/print.h"
#include "app/documents/warp.h"

#include <math.h>

/* From what a device gave to what an officer wants to read: the page is found and cut out, turned
 * upright, made level, and its light evened out. Each step leaves alone what needs nothing, so that
 * a straight scan stays the dots that it was. What is wrong with the page is measured in between:
 * behind the straightening, since a dark desk is no dark page, and before the light is mended. */

#define LOOK_SIDE 1169 /* dots: A4 at 100 an inch */
#define SKEW_MIN 0.5   /* degrees: less is not seen */
#define UPSIDE_DOWN (-0.16)
#define BEYOND_MAX 0.012 /* of the diagonal that a corner may lie outside of the picture */

static guint
corners_outside (const KouanPage *page, const KouanOutline *outline)
{
  double reach = BEYOND_MAX * hypot (page->width, page->height);
  guint count = 0;

  for (guint i = 0; i < 4; i++)
    {
      const KouanPoint *corner = &outline->corners[i];

      count += corner->x < -reach || corner->y < -reach || corner->x > page->width + reach
               || corner->y > page->height + reach;
    }
  return count;
}

/* Returns: (transfer full): the page alone, or all of @page */
static KouanPage *
cut_out (KouanPage *page, KouanReadable *how, guint *cut)
{
  KouanOutline outline;
  guint width, height;

  *cut = 0;
  how->found = !how->whole && kouan_outline_find (page, &outline);
  if (!how->found)
    return kouan_page_ref (page);
  *cut = outline.sides_cut + corners_outside (page, &outline);
  kouan_warp_size (outline.corners, &width, &height);
  return kouan_warp (page, outline.corners, width, height, 0);
}

/* Returns: (transfer full): what is measured */
static KouanGray *
look_at (KouanPage *page, KouanDirection *direction, gboolean *runs_out)
{
  KouanGray *gray = kouan_gray_new (page, LOOK_SIDE);
  g_autoptr (GArray) letters = kouan_print_letters (gray);

  kouan_print_direction (letters, gray->width, gray->height, direction);
  *runs_out = kouan_print_runs_out (letters, gray->width, gray->height);
  return gray;
}

static guint
turns_wanted (const KouanReadable *how, const KouanDirection *direction)
{
  if (how->by_hand)
    return how->quarter_turns;
  return direction->quarter_turns + (direction->upright < UPSIDE_DOWN ? 2 : 0);
}

/* Takes @page. */
static KouanPage *
level (KouanPage *page, double degrees)
{
  g_autoptr (KouanPage) tilted = page;
  KouanPoint corners[4];
  KouanPage *straight;

  if (fabs (degrees) < SKEW_MIN)
    return g_steal_pointer (&tilted);
  kouan_warp_turn (corners, tilted, degrees);
  straight = kouan_warp (tilted, corners, tilted->width, tilted->height, tilted->dpi);
  straight->paper_known = tilted->paper_known;
  return straight;
}

static KouanPage *
straighten (KouanPage *page, KouanReadable *how, KouanMeasures *measures)
{
  g_autoptr (KouanPage) alone = NULL;
  g_autoptr (KouanGray) gray = NULL;
  KouanPage *upright;
  KouanDirection direction;
  gboolean runs_out;
  guint cut;

  alone = cut_out (page, how, &cut);
  gray = look_at (alone, &direction, &runs_out);
  how->quarter_turns = turns_wanted (how, &direction) % 4;
  how->skew_degrees = direction.skew_degrees;
  kouan_quality_measure (alone, gray, measures);
  measures->cut = cut + (how->found ? 0 : runs_out);
  /* After a turn by its print, what was below nothing is above it. */
  measures->upright = how->by_hand                      ? 1
                      : direction.upright < UPSIDE_DOWN ? -direction.upright
                                                        : direction.upright;
  measures->turned = how->quarter_turns % 2 == 1;
  upright = kouan_page_rotated (alone, how->quarter_turns);
  upright->paper_known = alone->paper_known;
  return level (upright, how->skew_degrees);
}

/**
 * kouan_page_readable:
 * @how: (inout): what was asked for, and then what was done
 * @measures: (out): of the page as it was given
 *
 * Takes a tenth of a second for a scan of A4 at 200 dots an inch, two for a photograph of 12
 * megapixels: for worker threads and terminals.
 *
 * Returns: (transfer full): @page itself where it needs nothing
 */
KouanPage *
kouan_page_readable (KouanPage *page, KouanReadable *how, KouanMeasures *measures)
{
  g_autoptr (KouanPage) straight = NULL;
  KouanPage *lit;

  g_return_val_if_fail (page != NULL && how != NULL && measures != NULL, NULL);

  straight = straighten (page, how, measures);
  lit = kouan_light_evened (straight);
  how->light_evened = lit != straight;
  return lit;
}
