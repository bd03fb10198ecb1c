/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"
#include "app/portrait/landmarks.h"

G_BEGIN_DECLS

/* A portrait that is drawn: a head before a wall, as the rules want it where nothing else is said.
 */
typedef struct
{
  guint width;
  guint height;
  guint8 wall[3];
  gboolean busy;   /* stripes on the wall */
  double shadow;   /* of the face's right half, 0 to 1 of its light */
  double tint[3];  /* factor of each colour; 0: 1 */
  double head;     /* chin to crown, share of the height; 0: 0.64 */
  double aside;    /* of the head, share of the width */
  double roll_deg; /* in the landmarks */
  gboolean other;  /* another person */
  gboolean eyes_closed;
  gboolean mouth_open;
} KouanTestFace;

KouanPage *kouan_test_face_draw (const KouanTestFace *face);
void kouan_test_face_landmarks (const KouanTestFace *face, KouanLandmarks *landmarks);

G_END_DECLS
