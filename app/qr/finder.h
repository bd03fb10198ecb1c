/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/geometry.h"
#include "app/qr/picture.h"

G_BEGIN_DECLS

/* What looks like one of the three squares in a code's corners. */
typedef struct
{
  double x, y;   /* its middle, in pixels */
  double module; /* pixels a module, along rows and columns */
  guint hits;    /* rows that crossed it */
  double seen;   /* the same as a share of those that should have, up to 1 */
} KouanQrFinder;

#define KOUAN_QR_FINDER_MODULES 7

guint
kouan_qr_find_finders (const KouanQrPicture *split, guint8 dark, KouanQrFinder *finders, guint max);
double kouan_qr_finder_reach (const KouanQrPicture *split,
                              guint8 dark,
                              KouanQrPoint from,
                              KouanQrPoint step,
                              double module,
                              double reach_max);

G_END_DECLS
