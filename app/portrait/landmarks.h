/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KOUAN_LANDMARKS 68

typedef struct
{
  double x;
  double y;
} KouanPicturePoint;

/* Where the parts of one face are in a picture, in pixels from its upper left, in the order of the
 * iBUG 300-W annotation: 0 to 16 jaw from the picture's left, 17 to 26 brows, 27 to 35 nose, 36 to
 * 41 the left eye of the picture, 42 to 47 the right one, 48 to 67 mouth. */
typedef struct
{
  KouanPicturePoint points[KOUAN_LANDMARKS];
} KouanLandmarks;

KouanPicturePoint kouan_landmarks_middle (const KouanLandmarks *self, guint from, guint to);

G_END_DECLS
