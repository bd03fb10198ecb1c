/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/quality.h"

#include "app/documents/measure-private.h"

#include <stdlib.h>

/* Looks at a page as an officer would, at 100 dots an inch of A4, which takes away most of a
 * scanner's or a camera's grain and leaves the print.
 *
 * The page is cut into blocks of 24 dots (6 mm). In each, the brightest tenth is paper; what is
 * darker is marks. The contrast is what one dot in a thousand has at least, so that a single line
 * of print counts and grain does not. The sharpness is how much of a block's whole contrast happens
 * from one dot to the next, in the middle one of all blocks that have print on them. That is the
 * same for faint and for black print, in light and in shadow, and grain hardly moves it. The
 * variance of the Laplacian, which is often used, does worse: grain of 6 levels gave a page blurred
 * beyond reading (149) a higher value than a sharper one without grain (99).
 *
 * Glare is a block whose paper has run into pure white although the paper of the page has not, that
 * has no print of its own, and lies between blocks that have. */

#define BLOCK 24
#define PAPER_SHARE 10   /* the brightest 1/10 */
#define INK_SHARE 50     /* the darkest 1/50 */
#define MARKS_SHARE 1000 /* 1/1000 of the page */
#define PAGE_PAPER_SHARE 20
#define PRINT_CONTRAST 40 /* a block with less has no print that could be judged */

#define WHITE 251            /* nothing is brighter: the camera was blinded */
#define WHITE_PAPER 247      /* paper that is so white itself says nothing about glare */
#define WHITE_PRINT_MAX 0.08 /* of the printed blocks: a lamp's rim gives fewer */
#define BLINDED_SHARE 0.8    /* of a block */
#define PRINT_WITHIN 12      /* blocks */

typedef struct
{
  guint levels[256];
  guint steps[256];
} Block;

typedef struct
{
  guint levels[256];
  guint marks[256]; /* how much darker than the paper around */
  guint sharpness[101];
  guint printed_blocks;
  guint printed_on_white; /* of them */
} Tally;

/* What each block is, for looking at its neighbours. */
typedef enum
{
  BLOCK_BARE,
  BLOCK_PRINTED,
  BLOCK_BLINDED,
} BlockKind;

/* The value that 1/@share of all @counts reach, from above. */
static guint
reached_by (const guint *counts, guint total, guint share)
{
  guint sum = 0;

  for (guint value = 255; value > 0; value--)
    if ((sum += counts[value]) > total / share)
      return value;
  return 0;
}

/* The value that 1/@share of all @counts stay below or at. */
static guint
not_above (const guint *counts, guint total, guint share)
{
  guint sum = 0;

  for (guint value = 0; value < 255; value++)
    if ((sum += counts[value]) > total / share)
      return value;
  return 255;
}

static void
count_block (const KouanGray *gray, guint left, guint top, Block *block)
{
  *block = (Block){ 0 };
  for (guint y = top; y < top + BLOCK; y++)
    for (guint x = left; x < left + BLOCK; x++)
      {
        const guint8 *dot = gray->data + (gsize)y * gray->width + x;
        int right = x + 1 < gray->width ? abs (dot[1] - dot[0]) : 0;
        int below = y + 1 < gray->height ? abs (dot[gray->width] - dot[0]) : 0;

        block->levels[dot[0]]++;
        block->steps[MAX (right, below)]++;
      }
}

static gboolean
is_blinded (const Block *block)
{
  guint white = 0;

  for (guint level = WHITE; level < 256; level++)
    white += block->levels[level];
  return white >= BLINDED_SHARE * BLOCK * BLOCK;
}

/* Returns: what kind of block it is, by itself */
static BlockKind
judge_block (const Block *block, Tally *tally)
{
  const guint total = BLOCK * BLOCK;
  guint paper = reached_by (block->levels, total, PAPER_SHARE);
  guint ink = not_above (block->levels, total, INK_SHARE);

  for (guint level = 0; level < 256; level++)
    {
      tally->levels[level] += block->levels[level];
      tally->marks[level < paper ? paper - level : 0] += block->levels[level];
    }
  if (paper < ink + PRINT_CONTRAST)
    return is_blinded (block) ? BLOCK_BLINDED : BLOCK_BARE;
  tally->sharpness[MIN (100, reached_by (block->steps, total, INK_SHARE) * 100 / (paper - ink))]++;
  tally->printed_blocks++;
  tally->printed_on_white += paper >= WHITE_PAPER;
  return BLOCK_PRINTED;
}

static double
middle_sharpness (const Tally *tally)
{
  guint sum = 0;

  for (guint hundredths = 0; hundredths <= 100 && tally->printed_blocks > 0; hundredths++)
    if ((sum += tally->sharpness[hundredths]) > tally->printed_blocks / 2)
      return hundredths / 100.0;
  return 0;
}

/* Is there print on both sides of this block, across or down? */
static gboolean
is_in_print (const guint8 *kinds, guint columns, guint rows, guint column, guint row)
{
  gboolean left = FALSE, right = FALSE, above = FALSE, below = FALSE;

  for (guint i = 1; i <= PRINT_WITHIN; i++)
    {
      left |= column >= i && kinds[row * columns + column - i] == BLOCK_PRINTED;
      right |= column + i < columns && kinds[row * columns + column + i] == BLOCK_PRINTED;
      above |= row >= i && kinds[(row - i) * columns + column] == BLOCK_PRINTED;
      below |= row + i < rows && kinds[(row + i) * columns + column] == BLOCK_PRINTED;
    }
  return (left && right) || (above && below);
}

static double
glare_percent (const guint8 *kinds, guint columns, guint rows)
{
  guint count = 0;

  for (guint row = 0; row < rows; row++)
    for (guint column = 0; column < columns; column++)
      if (kinds[row * columns + column] == BLOCK_BLINDED)
        count += is_in_print (kinds, columns, rows, column, row);
  return 100.0 * count / MAX (1, columns * rows);
}

/* Paper that is pure white where print stands on it, be it only in a band of the page, says nothing
 * about a lamp. */
static gboolean
may_tell_glare (const Tally *tally)
{
  return tally->printed_on_white <= WHITE_PRINT_MAX * tally->printed_blocks;
}

/**
 * kouan_quality_measure:
 * @gray: of @page, its longer side about 1,169 dots
 * @measures: (out): all but what only the picture around the page and its print's direction tell
 */
void
kouan_quality_measure (KouanPage *page, const KouanGray *gray, KouanMeasures *measures)
{
  g_autofree Tally *tally = g_new0 (Tally, 1);
  guint columns = gray->width / BLOCK, rows = gray->height / BLOCK;
  guint total = columns * rows * BLOCK * BLOCK;
  g_autofree guint8 *kinds = g_malloc0 (columns * rows + 1);

  for (guint row = 0; row < rows; row++)
    for (guint column = 0; column < columns; column++)
      {
        Block block;

        count_block (gray, column * BLOCK, row * BLOCK, &block);
        kinds[row * columns + column] = judge_block (&block, tally);
      }
  *measures = (KouanMeasures){
    .dpi = page->dpi,
    .paper_known = page->paper_known,
    .paper = reached_by (tally->levels, total, PAGE_PAPER_SHARE),
    .contrast = reached_by (tally->marks, total, MARKS_SHARE),
    .sharpness = middle_sharpness (tally),
  };
  if (may_tell_glare (tally))
    measures->glare = glare_percent (kinds, columns, rows);
  kouan_measure_colours (page, measures);
}
