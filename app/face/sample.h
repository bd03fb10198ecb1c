/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/face/map.h"

G_BEGIN_DECLS

/* Rows of R G B, without padding. */
typedef struct
{
  const guint8 *rgb;
  guint width;
  guint height;
} KouanFacePicture;

/* A part of a picture, in its pixels; it may be larger than the picture. */
typedef struct
{
  double left;
  double top;
  double width;
  double height;
} KouanFaceBox;

KouanFaceMap *kouan_face_sample (const KouanFacePicture *picture,
                                 const KouanFaceBox *box,
                                 guint side,
                                 gboolean centred,
                                 const float mean[static 3]);

G_END_DECLS
