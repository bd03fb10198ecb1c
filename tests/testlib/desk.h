/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/outline.h"

G_BEGIN_DECLS

/* What is different from one photograph of a page on a desk to the next. 0 throughout: from
 * straight above, in good light, on an empty dark desk. */
typedef struct
{
  guint seed;
  guint desk;      /* one of KOUAN_TEST_DESKS */
  double turn;     /* degrees, clockwise */
  double slant;    /* 0 to 1: how far from straight above */
  double size;     /* of the picture's shorter side that the page takes; 0: 0.8 */
  double left, up; /* of the picture: moved out of the middle */
  gboolean clutter;
  double shadow; /* 0 to 1: of a hand or a phone, how dark */
  double glare;  /* 0 to 1: of a lamp, how large */
  gboolean finger;
  double blur;  /* dots */
  double grain; /* levels */
  double light; /* 0: as it should be, -0.7: very dark */
} KouanTestDesk;

#define KOUAN_TEST_DESKS 6
#define KOUAN_TEST_DESK_WIDTH 2400 /* dots */
#define KOUAN_TEST_DESK_HEIGHT 1800

void kouan_test_desk_any (guint seed, KouanTestDesk *desk);
KouanPage *
kouan_test_photograph (KouanPage *paper, const KouanTestDesk *desk, KouanPoint corners[4]);
double kouan_test_corners_off (const KouanPoint truth[4], const KouanPoint found[4]);

G_END_DECLS
