/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double x;
  double y;
} KouanQrPoint;

/* From modules to pixels, three rows of three. */
typedef struct
{
  double m[9];
} KouanQrHomography;

gboolean kouan_qr_solve (double *rows, guint count) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_qr_homography_fit (KouanQrHomography *self,
                                  const KouanQrPoint *from,
                                  const KouanQrPoint *to,
                                  guint count) G_GNUC_WARN_UNUSED_RESULT;

static inline KouanQrPoint
kouan_qr_homography_map (const KouanQrHomography *self, double x, double y)
{
  const double *m = self->m;
  double scale = 1 / (m[6] * x + m[7] * y + m[8]);

  return (KouanQrPoint){ (m[0] * x + m[1] * y + m[2]) * scale,
                         (m[3] * x + m[4] * y + m[5]) * scale };
}

G_END_DECLS
