/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-face"

#include "app/face/face.h"

#include "app/face/networks.h"

#include <math.h>

/* A face is found, its parts are pointed at, and it is described, each by a network of its own.
 * What comes in are pixels that kouan-pixels or a camera made: nothing here parses a file. The
 * weights are laid out as floats once an engine is made, 25 MB, and go with it. */

#define SIDE_NEAR 160 /* finds a face that fills a sixth of the picture */
#define SIDE_FAR 416
#define SCORE_GOOD 0.6f /* below, a closer look may find a better one */
#define PICTURE_MIN 32

/* How dlib cuts out a face before it describes it: eyes and mouth in the middle, and as much around
 * them (its shape of 68 points, at 150 pixels with a margin of a quarter). */
#define EYES_TO_MOUTH 0.45
#define MIDDLE_Y 0.43

struct _KouanFaceEngine
{
  gatomicrefcount refs;
  KouanFaceDetector detector;
  KouanFacePointer pointer;
  KouanFaceDescriber describer;
};

/* Returns: whether this program was built with the weights */
gboolean
kouan_face_is_supported (void)
{
  return kouan_face_weights_built_in ().size > 0;
}

/* Takes about 30 ms.
 *
 * Returns: (transfer full) (nullable): %NULL where faces are not supported */
KouanFaceEngine *
kouan_face_engine_new (void)
{
  KouanFaceWeights weights = kouan_face_weights_built_in ();
  KouanFaceEngine *self;

  if (weights.size == 0)
    return NULL;
  g_assert (kouan_face_weights_check (&weights));
  self = g_new0 (KouanFaceEngine, 1);
  g_atomic_ref_count_init (&self->refs);
  kouan_face_detector_load (&self->detector, &weights);
  kouan_face_pointer_load (&self->pointer, &weights);
  kouan_face_describer_load (&self->describer, &weights);
  return self;
}

KouanFaceEngine *
kouan_face_engine_ref (KouanFaceEngine *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kouan_face_engine_unref (KouanFaceEngine *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  kouan_face_detector_clear (&self->detector);
  kouan_face_pointer_clear (&self->pointer);
  kouan_face_describer_clear (&self->describer);
  g_free (self);
}

static KouanFacePicture
picture_of (KouanPage *page)
{
  return (KouanFacePicture){ g_bytes_get_data (page->pixels, NULL), page->width, page->height };
}

static gboolean
find_at (KouanFaceEngine *self, const KouanFacePicture *picture, guint side, KouanFace *face)
{
  g_autoptr (GArray) sights = kouan_face_detector_run (&self->detector, picture, side);
  const KouanFaceSight *best;

  if (sights->len == 0)
    return FALSE;
  best = &g_array_index (sights, KouanFaceSight, 0);
  if (best->score <= face->score)
    return FALSE;
  face->left = best->box.left;
  face->top = best->box.top;
  face->width = best->box.width;
  face->height = best->box.height;
  face->score = best->score;
  face->n_faces = sights->len;
  return TRUE;
}

/**
 * kouan_face_find:
 * @page: upright
 * @face: (out): the likeliest one, with where its parts are
 *
 * Takes about 10 ms, three times that where no face is found at first.
 *
 * Returns: whether there is one
 */
gboolean
kouan_face_find (KouanFaceEngine *self, KouanPage *page, KouanFace *face)
{
  KouanFacePicture picture = picture_of (page);
  double points[2 * KOUAN_FACE_POINTS];
  gboolean found;

  *face = (KouanFace){ 0 };
  if (page->width < PICTURE_MIN || page->height < PICTURE_MIN)
    return FALSE;
  found = find_at (self, &picture, SIDE_NEAR, face);
  if (face->score < SCORE_GOOD)
    found |= find_at (self, &picture, SIDE_FAR, face);
  if (!found)
    return FALSE;
  kouan_face_pointer_run (&self->pointer, &picture,
                          &(KouanFaceBox){ face->left, face->top, face->width, face->height },
                          points);
  for (guint i = 0; i < KOUAN_LANDMARKS; i++)
    {
      face->landmarks.points[i].x = points[2 * i];
      face->landmarks.points[i].y = points[2 * i + 1];
    }
  return TRUE;
}

/**
 * kouan_face_describe:
 * @face: found in @page
 * @description: (out)
 *
 * Takes about 15 ms.
 */
void
kouan_face_describe (KouanFaceEngine *self,
                     KouanPage *page,
                     const KouanFace *face,
                     KouanFaceDescription *description)
{
  KouanFacePicture picture = picture_of (page);
  KouanPicturePoint left = kouan_landmarks_middle (&face->landmarks, 36, 41);
  KouanPicturePoint right = kouan_landmarks_middle (&face->landmarks, 42, 47);
  KouanPicturePoint mouth = kouan_landmarks_middle (&face->landmarks, 48, 67);
  double distance
    = (hypot (left.x - mouth.x, left.y - mouth.y) + hypot (right.x - mouth.x, right.y - mouth.y))
      / 2;
  double side = MAX (2.0, distance / EYES_TO_MOUTH);
  KouanFaceBox box = { (left.x + right.x + mouth.x) / 3 - side / 2,
                       (left.y + right.y + mouth.y) / 3 - MIDDLE_Y * side, side, side };

  G_STATIC_ASSERT (KOUAN_FACE_DESCRIPTOR == KOUAN_FACE_VALUES);
  kouan_face_describer_run (&self->describer, &picture, &box, description->values);
}
