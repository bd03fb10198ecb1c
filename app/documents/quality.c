/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/quality.h"

#include "app/documents/gray.h"
#include "app/language/language.h"

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
 * The thresholds are from tests/bench/bench-quality.c, which prints the table that they were read
 * from. */

#define SIDE 1169
#define BLOCK 24
#define PAPER_SHARE 10   /* the brightest 1/10 */
#define INK_SHARE 50     /* the darkest 1/50 */
#define MARKS_SHARE 1000 /* 1/1000 of the page */
#define PAGE_PAPER_SHARE 20
#define PRINT_CONTRAST 40 /* a block with less has no print that could be judged */

#define DPI_MIN 150       /* of paper whose size is known */
#define DPI_MIN_OF_A4 100 /* of a picture, which may be of a passport and then has twice as many   \
                           */
#define PAPER_MIN 110     /* exposure 0.5 of a white page gives 128, 0.4 gives 103 */
#define CONTRAST_BLANK                                                                             \
  26 /* strong grain (12 levels) on nothing gives 23, print at a tenth of its contrast 28 */
#define CONTRAST_MIN 60 /* print at 0.3 of its contrast gives 74, at 0.2 51 */
#define SHARPNESS_MIN                                                                              \
  0.33 /* blur of 2.5 dots at 200 an inch gives 0.36, of 3 dots 0.30: print of 8 points goes */

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
} Tally;

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

static void
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
    return;
  tally->sharpness[MIN (100, reached_by (block->steps, total, INK_SHARE) * 100 / (paper - ink))]++;
  tally->printed_blocks++;
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

/* Takes about 20 ms for A4 at 200 dots an inch: for worker threads. */
void
kouan_quality_measure (KouanPage *page, KouanMeasures *measures)
{
  g_autoptr (KouanGray) gray = kouan_gray_new (page, SIDE);
  g_autofree Tally *tally = g_new0 (Tally, 1);
  guint total = (gray->width / BLOCK) * (gray->height / BLOCK) * BLOCK * BLOCK;

  for (guint top = 0; top + BLOCK <= gray->height; top += BLOCK)
    for (guint left = 0; left + BLOCK <= gray->width; left += BLOCK)
      {
        Block block;

        count_block (gray, left, top, &block);
        judge_block (&block, tally);
      }
  measures->dpi = page->dpi;
  measures->paper_known = page->paper_known;
  measures->paper = reached_by (tally->levels, total, PAGE_PAPER_SHARE);
  measures->contrast = reached_by (tally->marks, total, MARKS_SHARE);
  measures->sharpness = middle_sharpness (tally);
}

/* Returns: what is wrong with a page of these measures, by itself; an empty page has no other fault
 */
KouanFindings
kouan_quality_judge (const KouanMeasures *measures)
{
  KouanFindings findings = KOUAN_FINDING_NONE;

  if (measures->contrast < CONTRAST_BLANK)
    return KOUAN_FINDING_BLANK;
  if (measures->dpi < (measures->paper_known ? DPI_MIN : DPI_MIN_OF_A4))
    findings |= KOUAN_FINDING_TOO_SMALL;
  if (measures->paper < PAPER_MIN)
    findings |= KOUAN_FINDING_TOO_DARK;
  else if (measures->contrast < CONTRAST_MIN)
    findings |= KOUAN_FINDING_FAINT;
  if (measures->sharpness > 0 && measures->sharpness < SHARPNESS_MIN)
    findings |= KOUAN_FINDING_BLURRED;
  return findings;
}

typedef struct
{
  KouanFindings finding;
  const char *id;
  const char *title;
  const char *remedy;
} Words;

static const Words words[] = {
  { KOUAN_FINDING_BLANK, "blank", N_ ("This page is empty"),
    N_ ("Is it the back of the page? Turn it over and scan it again, or take it out.") },
  { KOUAN_FINDING_TOO_SMALL, "too-small", N_ ("This picture is too small to read"),
    N_ ("Scan the paper here. Or take the picture again from closer, in full size.") },
  { KOUAN_FINDING_TOO_DARK, "too-dark", N_ ("This page is too dark"),
    N_ ("Take it again in more light. Or scan the paper here.") },
  { KOUAN_FINDING_FAINT, "faint", N_ ("The print on this page is too faint"),
    N_ ("Take it again without glare. Or scan the original here, not a copy.") },
  { KOUAN_FINDING_BLURRED, "blurred", N_ ("This page is blurred"),
    N_ ("Hold still and take it again. Or scan the paper here.") },
  { KOUAN_FINDING_SAME_PAGE, "same-page", N_ ("This page is here twice"),
    N_ ("Take one of them out, and add the page that is missing.") },
};

static const Words *
words_of (KouanFindings finding)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].finding == finding)
      return &words[i];
  g_return_val_if_reached (&words[0]);
}

/* @finding: one of them. Returns: a word for JSON, records and the log */
const char *
kouan_finding_id (KouanFindings finding)
{
  return words_of (finding)->id;
}

/* @finding: one of them. Returns: what is wrong, in the language of the screen */
const char *
kouan_finding_title (KouanFindings finding)
{
  return _ (words_of (finding)->title);
}

/* @finding: one of them. Returns: what to do, in the language of the screen */
const char *
kouan_finding_remedy (KouanFindings finding)
{
  return _ (words_of (finding)->remedy);
}
