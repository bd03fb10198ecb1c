/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/finder.h"

G_BEGIN_DECLS

/* Three finders that may belong to one code. */
typedef struct
{
  KouanQrPoint corner, right, below; /* below is clockwise of right: a mirrored code comes turned */
  double size;                       /* modules a side, as measured: not yet one of a version */
  double doubt;                      /* the less, the better do they fit together */
  guint lost; /* bit 0, 1 or 2: the corner, right or below was not seen but guessed */
} KouanQrTriple;

guint kouan_qr_rank_triples (const KouanQrPicture *split,
                             guint8 dark,
                             const KouanQrFinder *finders,
                             guint count,
                             guint nearest,
                             KouanQrTriple *triples,
                             guint max);

G_END_DECLS
