/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-portrait"

#include "app/portrait/landmarks.h"

/* Returns: the middle of the points @from to @to, the last one included */
KouanPicturePoint
kouan_landmarks_middle (const KouanLandmarks *self, guint from, guint to)
{
  KouanPicturePoint sum = { 0, 0 };

  for (guint i = from; i <= to; i++)
    {
      sum.x += self->points[i].x / (to - from + 1);
      sum.y += self->points[i].y / (to - from + 1);
    }
  return sum;
}
