/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"

G_BEGIN_DECLS

/* What an officer would send a page back for. A set of bits: a page can have several. */
typedef enum
{
  KOUAN_FINDING_NONE = 0,
  KOUAN_FINDING_BLANK = 1 << 0,
  KOUAN_FINDING_TOO_SMALL = 1 << 1,
  KOUAN_FINDING_TOO_DARK = 1 << 2,
  KOUAN_FINDING_FAINT = 1 << 3, /* overexposed, or washed out by glare */
  KOUAN_FINDING_BLURRED = 1 << 4,
  KOUAN_FINDING_SAME_PAGE = 1 << 5, /* as another one of the same document */
  KOUAN_FINDING_LAST = KOUAN_FINDING_SAME_PAGE,
} KouanFindings;

typedef struct
{
  guint dpi;
  gboolean paper_known; /* else dpi is of a sheet of A4 */
  guint paper;          /* brightness of the paper, 0 to 255 */
  guint contrast;       /* of the darkest marks against the paper around them, 0 to 255 */
  double
    sharpness; /* 1: from paper to ink in one dot at 100 dots an inch; 0 where there are no marks */
} KouanMeasures;

void kouan_quality_measure (KouanPage *page, KouanMeasures *measures);
KouanFindings kouan_quality_judge (const KouanMeasures *measures);

const char *kouan_finding_id (KouanFindings finding);
const char *kouan_finding_title (KouanFindings finding);
const char *kouan_finding_remedy (KouanFindings finding);

G_END_DECLS
