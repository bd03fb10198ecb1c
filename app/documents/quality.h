/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/gray.h"

G_BEGIN_DECLS

/* What an officer would send a page back for. A set of bits: a page can have several. */
typedef enum
{
  KOUAN_FINDING_NONE = 0,
  KOUAN_FINDING_BLANK = 1 << 0,
  KOUAN_FINDING_TOO_SMALL = 1 << 1,
  KOUAN_FINDING_TOO_DARK = 1 << 2,
  KOUAN_FINDING_FAINT = 1 << 3,
  KOUAN_FINDING_BLURRED = 1 << 4,
  KOUAN_FINDING_SAME_PAGE = 1 << 5, /* as another one of the same document */
  KOUAN_FINDING_CUT = 1 << 6,       /* a corner or a side is outside of the picture */
  KOUAN_FINDING_GLARE = 1 << 7,
  KOUAN_FINDING_FINGER = 1 << 8,
  KOUAN_FINDING_UPSIDE_DOWN = 1 << 9, /* it may be: the print does not say */
  KOUAN_FINDING_NO_COLOUR = 1 << 10,  /* where colour is asked for */
  KOUAN_FINDING_LAST = KOUAN_FINDING_NO_COLOUR,
} KouanFindings;

typedef struct
{
  guint dpi;
  gboolean paper_known; /* else dpi is of a sheet of A4 */
  guint paper;          /* brightness of the paper, 0 to 255 */
  guint contrast;       /* of the darkest marks against the paper around them, 0 to 255 */
  double
    sharpness; /* 1: from paper to ink in one dot at 100 dots an inch; 0 where there are no marks */
  double glare;    /* percent of the page where light has eaten print */
  double finger;   /* percent of the page under one */
  guint colour;    /* how far the most coloured dots are from the paper's own colour, levels */
  guint cut;       /* corners and sides that are not in the picture, print that runs out of it */
  double upright;  /* above 0: letters stand on their feet; 0: nobody can tell */
  gboolean turned; /* it lay sideways */
} KouanMeasures;

void kouan_quality_measure (KouanPage *page, const KouanGray *gray, KouanMeasures *measures);
KouanFindings kouan_quality_judge (const KouanMeasures *measures, gboolean needs_colour);

const char *kouan_finding_id (KouanFindings finding);
KouanFindings kouan_finding_from_id (const char *id);
const char *kouan_finding_title (KouanFindings finding);
const char *kouan_finding_remedy (KouanFindings finding);
KouanFindings kouan_findings_from_ids (const char *const *ids);
char **kouan_findings_to_ids (KouanFindings findings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
