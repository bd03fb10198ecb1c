/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/face/sample.h"
#include "app/face/weights.h"

G_BEGIN_DECLS

/* A window for each channel, then one place across all of them. */
typedef struct
{
  float *taps; /* [3][3][channels] */
  KouanFaceLayer *across;
} KouanFacePair;

#define KOUAN_FACE_DETECTOR_PAIRS 5

typedef struct
{
  KouanFaceLayer *first;
  KouanFacePair pairs[KOUAN_FACE_DETECTOR_PAIRS];
  KouanFaceLayer *last;
} KouanFaceDetector;

void kouan_face_detector_load (KouanFaceDetector *self, const KouanFaceWeights *weights);
void kouan_face_detector_clear (KouanFaceDetector *self);

typedef struct
{
  KouanFaceBox box;
  float score; /* 0 to 1 */
} KouanFaceSight;

GArray *kouan_face_detector_run (const KouanFaceDetector *self,
                                 const KouanFacePicture *picture,
                                 guint side); /* of KouanFaceSight, the likeliest first */

#define KOUAN_FACE_POINTS 68
#define KOUAN_FACE_BLOCKS 4
#define KOUAN_FACE_BLOCK_LAYERS 4

typedef struct
{
  KouanFaceLayer *first;
  KouanFacePair pairs[KOUAN_FACE_BLOCKS][KOUAN_FACE_BLOCK_LAYERS]; /* of [0][0] there is none */
  KouanFaceLayer *last;
} KouanFacePointer;

void kouan_face_pointer_load (KouanFacePointer *self, const KouanFaceWeights *weights);
void kouan_face_pointer_clear (KouanFacePointer *self);
void kouan_face_pointer_run (const KouanFacePointer *self,
                             const KouanFacePicture *picture,
                             const KouanFaceBox *box,
                             double points[static 2 * KOUAN_FACE_POINTS]); /* x, y in pixels */

#define KOUAN_FACE_VALUES 128
#define KOUAN_FACE_STEPS 14

typedef struct
{
  KouanFaceLayer *first;
  KouanFaceLayer *steps[KOUAN_FACE_STEPS][2];
  KouanFaceLayer *last;
} KouanFaceDescriber;

void kouan_face_describer_load (KouanFaceDescriber *self, const KouanFaceWeights *weights);
void kouan_face_describer_clear (KouanFaceDescriber *self);
void kouan_face_describer_run (const KouanFaceDescriber *self,
                               const KouanFacePicture *picture,
                               const KouanFaceBox *box,
                               float values[static KOUAN_FACE_VALUES]);

void kouan_face_pair_load (KouanFacePair *self, const KouanFaceWeights *weights, const char *name);
void kouan_face_pair_clear (KouanFacePair *self);
KouanFaceMap *kouan_face_pair_run (const KouanFacePair *self,
                                   const KouanFaceMap *map,
                                   guint stride,
                                   KouanFaceCurve curve);

G_END_DECLS
