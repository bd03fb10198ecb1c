/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/page.h"
#include "app/portrait/landmarks.h"

G_BEGIN_DECLS

#define KOUAN_FACE_DESCRIPTOR 128

/* One face in one picture. */
typedef struct
{
  double left; /* of the box around it, in pixels of the picture; may be outside */
  double top;
  double width;
  double height;
  float score;   /* how sure it is that this is a face, 0 to 1 */
  guint n_faces; /* in the picture, this one included */
  KouanLandmarks landmarks;
} KouanFace;

typedef struct
{
  float values[KOUAN_FACE_DESCRIPTOR];
} KouanFaceDescription;

/* The three networks, ready to run. Never changes once it is made: any thread may use it. */
typedef struct _KouanFaceEngine KouanFaceEngine;

gboolean kouan_face_is_supported (void);
KouanFaceEngine *kouan_face_engine_new (void); /* (nullable) */
KouanFaceEngine *kouan_face_engine_ref (KouanFaceEngine *self);
void kouan_face_engine_unref (KouanFaceEngine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanFaceEngine, kouan_face_engine_unref)

gboolean kouan_face_find (KouanFaceEngine *self, KouanPage *page, KouanFace *face);
void kouan_face_describe (KouanFaceEngine *self,
                          KouanPage *page,
                          const KouanFace *face,
                          KouanFaceDescription *description);

G_END_DECLS
