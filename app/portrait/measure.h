/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"
#include "app/portrait/landmarks.h"

G_BEGIN_DECLS

/* What a portrait measures, without a model of any kind. */
typedef struct
{
  guint width; /* pixels */
  guint height;
  double brightness;        /* of the face's part, mean, 0 to 1 */
  double dark_share;        /* of the face's part, luminance 0 to 25 of 255 */
  double light_share;       /* 247 to 255 */
  double range;             /* entropy of the luminances, 0 to 100 */
  double evenness;          /* what the two halves' luminances have in common, 0 to 1 */
  double redness;           /* CIELAB a*, mean */
  double yellowness;        /* CIELAB b*, mean */
  double chroma;            /* CIELAB, mean: 0 is gray */
  double sharpness;         /* of edges at a fixed scale against the contrast there, 0 to 1 */
  double background;        /* brightness beside the head, mean, 0 to 1 */
  double background_spread; /* its standard deviation, 0 to 1 */
  double background_chroma; /* CIELAB */

  gboolean has_face;   /* whether landmarks were at hand: zeros below otherwise */
  double head_height;  /* chin to crown, share of the height */
  double head_top;     /* room above the crown, share of the height */
  double eye_height;   /* of the eyes above the lower edge, share of the height */
  double eye_distance; /* pixels */
  double off_centre;   /* of the face's middle, share of the width, negative to the left */
  double roll_deg;     /* of the line through the eyes */
  double eye_opening;  /* of the more closed one, share of eye to mouth */
  double mouth_opening;
} KouanPortraitMeasures;

void kouan_portrait_measure (KouanPage *page,
                             const KouanLandmarks *landmarks,
                             KouanPortraitMeasures *measures);

/* Whatever a portrait may be sent back for. A set of bits. */
typedef enum
{
  KOUAN_PORTRAIT_FINE = 0,
  KOUAN_PORTRAIT_TOO_SMALL = 1 << 0,
  KOUAN_PORTRAIT_TOO_DARK = 1 << 1,
  KOUAN_PORTRAIT_TOO_BRIGHT = 1 << 2,
  KOUAN_PORTRAIT_FLAT = 1 << 3,
  KOUAN_PORTRAIT_UNEVEN = 1 << 4,
  KOUAN_PORTRAIT_GRAY = 1 << 5,
  KOUAN_PORTRAIT_TINTED = 1 << 6,
  KOUAN_PORTRAIT_BLURRED = 1 << 7,
  KOUAN_PORTRAIT_BACKGROUND_DARK = 1 << 8,
  KOUAN_PORTRAIT_BACKGROUND_BUSY = 1 << 9,
  KOUAN_PORTRAIT_HEAD_SMALL = 1 << 10,
  KOUAN_PORTRAIT_HEAD_LARGE = 1 << 11,
  KOUAN_PORTRAIT_OFF_CENTRE = 1 << 12,
  KOUAN_PORTRAIT_TILTED = 1 << 13,
  KOUAN_PORTRAIT_EYES_CLOSED = 1 << 14,
  KOUAN_PORTRAIT_MOUTH_OPEN = 1 << 15,
  KOUAN_PORTRAIT_NO_FACE = 1 << 16, /* these two by who looked for faces */
  KOUAN_PORTRAIT_OTHERS = 1 << 17,
  KOUAN_PORTRAIT_LAST = KOUAN_PORTRAIT_OTHERS,
} KouanPortraitFindings;

KouanPortraitFindings kouan_portrait_judge (const KouanPortraitMeasures *measures);

KouanPortraitFindings kouan_portrait_first_finding (KouanPortraitFindings findings);
char **kouan_portrait_finding_ids (KouanPortraitFindings findings);
const char *kouan_portrait_finding_id (KouanPortraitFindings finding);
const char *kouan_portrait_finding_remedy (KouanPortraitFindings finding); /* one sentence */

G_END_DECLS
