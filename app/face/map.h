/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Values of a layer: [height][width][channels]. */
typedef struct
{
  guint height;
  guint width;
  guint channels;
  float *values;
} KouanFaceMap;

KouanFaceMap *kouan_face_map_new (guint height, guint width, guint channels);
void kouan_face_map_free (KouanFaceMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanFaceMap, kouan_face_map_free)

gsize kouan_face_map_size (const KouanFaceMap *self);

typedef enum
{
  KOUAN_FACE_LINEAR,
  KOUAN_FACE_RELU,
  KOUAN_FACE_LEAKY, /* a tenth of what is negative */
} KouanFaceCurve;

/* Weights of a layer that sees a square window of all channels below. */
typedef struct
{
  guint side; /* of the window */
  guint inputs;
  guint outputs;
  float *panels; /* [outputs / LANES][side * side * inputs][LANES], 32 bytes aligned */
  float *bias;   /* [outputs, up to a multiple of LANES] */
} KouanFaceLayer;

KouanFaceLayer *kouan_face_layer_new (
  guint side, guint inputs, guint outputs, const float *weights, const float *bias);
void kouan_face_layer_free (KouanFaceLayer *self);

typedef enum
{
  KOUAN_FACE_SAME, /* as many places as the stride gives; zeros around, one more at the far side */
  KOUAN_FACE_INSIDE, /* no window leaves the map */
} KouanFaceEdge;

KouanFaceMap *kouan_face_map_convolve (const KouanFaceMap *self,
                                       const KouanFaceLayer *layer,
                                       guint stride,
                                       KouanFaceEdge edge,
                                       KouanFaceCurve curve);
KouanFaceMap *kouan_face_map_filter (const KouanFaceMap *self, const float *taps, guint stride);
KouanFaceMap *
kouan_face_map_largest (const KouanFaceMap *self, guint side, guint stride, KouanFaceEdge edge);
KouanFaceMap *kouan_face_map_halved (const KouanFaceMap *self);
KouanFaceMap *kouan_face_map_mean (const KouanFaceMap *self);
void kouan_face_map_add (KouanFaceMap *self, const KouanFaceMap *other);
void kouan_face_map_relu (KouanFaceMap *self);

G_END_DECLS
