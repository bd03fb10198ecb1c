/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/face/map.h"

G_BEGIN_DECLS

/* The file that convert/ makes: a head, entries, and the weights they name. All numbers little
 * endian. */
#define KOUAN_FACE_MAGIC "KOUANFW1"
#define KOUAN_FACE_NAME_SIZE 64
#define KOUAN_FACE_DIMENSIONS 4
#define KOUAN_FACE_HEAD_SIZE 16 /* magic, count of entries, zeros */

typedef struct
{
  char name[KOUAN_FACE_NAME_SIZE];           /* padded with zeros; "face_recognition/fc" */
  guint32 dimensions[KOUAN_FACE_DIMENSIONS]; /* 1 where there are fewer */
  guint32 is_bytes;                          /* a byte each: value = byte * scale + least */
  guint32 offset;                            /* from the beginning of the file */
  guint32 scale;                             /* bits of an IEEE 754 float */
  guint32 least;
} KouanFaceEntry;

typedef struct
{
  const guint8 *data;
  gsize size;
} KouanFaceWeights;

KouanFaceWeights kouan_face_weights_built_in (void);
gboolean kouan_face_weights_check (const KouanFaceWeights *self);

float *kouan_face_weights_dup (const KouanFaceWeights *self,
                               const char *name,
                               guint dimensions[static KOUAN_FACE_DIMENSIONS]);
KouanFaceLayer *
kouan_face_weights_dup_layer (const KouanFaceWeights *self, const char *weights, const char *bias);
KouanFaceLayer *kouan_face_weights_dup_scaled_layer (const KouanFaceWeights *self,
                                                     const char *name);

G_END_DECLS
