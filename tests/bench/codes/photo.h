/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/bench/codes/print.h"
#include "tests/bench/codes/scene.h"

G_BEGIN_DECLS

#define KOUAN_PHOTO_SPOTS_MAX 4
#define KOUAN_PHOTO_SHADOWS_MAX 4

/* A bright reflection: its middle and radius as shares of the sheet's side in the picture. */
typedef struct
{
  double x, y, radius, light;
} KouanPhotoSpot;

/* The edge of a shadow: a line through a point, shares as above, what is left of the light. */
typedef struct
{
  double x, y, towards, softness, keep;
} KouanPhotoShadow;

/* How a sheet is held, lit and photographed. */
typedef struct
{
  int width, height;
  KouanPrint print;
  double module_px;    /* in the middle */
  double x, y;         /* the sheet's middle, as a share of the picture */
  double turn_deg;     /* in the picture's plane */
  double tilt_deg;     /* out of it */
  double tilt_towards; /* radians */
  double curl;         /* the code's side by the radius of the roll; below 0 seen from inside */
  double curl_towards; /* radians */
  double wave;         /* height of waves in the paper by the side of the code */
  double barrel;       /* the lens's distortion in the corners, as a share */
  double light;        /* 1 for the right exposure */
  double slope;        /* of the light from one side to the other */
  double defocus;      /* radius of the disc of confusion in modules */
  double motion;       /* modules */
  double noise;        /* of the sensor at a middle gray, in grays */
  double haze;         /* light that comes from everywhere */
  double sharpen;      /* what the telephone does to please the eye */
  int quality;         /* of the JPEG file */
  KouanPhotoSpot spots[KOUAN_PHOTO_SPOTS_MAX];
  KouanPhotoShadow shadows[KOUAN_PHOTO_SHADOWS_MAX];
  guint n_spots, n_shadows;
} KouanPhoto;

typedef struct
{
  const char *name;
  void (*set) (KouanPhoto *photo, GRand *random, GPtrArray *texts);
} KouanPhotoKind;

extern const KouanPhotoKind kouan_photo_kinds[];
extern const guint kouan_photo_n_kinds;

KouanSceneView *kouan_photo_take (const KouanPhoto *photo, GRand *random) G_GNUC_WARN_UNUSED_RESULT;
KouanSceneView *kouan_photo_of_kind (const KouanPhotoKind *kind,
                                     guint32 seed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
