/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-face"

#include "app/face/networks.h"

#include <math.h>

/* Where faces are: the tiny face detector of face-api, a YOLO (Redmon and Farhadi, "YOLO9000",
 * 2017) of separable convolutions. The picture is seen as a square of places, each of which says
 * for five usual shapes of a face how sure it is and how far the face is from that shape. */

#define SHAPES 5
#define NUMBERS 5 /* x, y, width, height, sureness */
#define SURE_MIN 0.4f
#define OVERLAP_MAX 0.3 /* more of two of them, and it is one face */

static const struct
{
  float width; /* in places */
  float height;
} shapes[SHAPES] = {
  { 1.603231f, 2.094468f }, { 6.041143f, 7.080126f }, { 2.882459f, 3.518061f },
  { 4.266906f, 5.178857f }, { 9.041765f, 10.66308f },
};

static const float mean[3] = { 117.001f, 114.697f, 97.404f };

void
kouan_face_pair_load (KouanFacePair *self, const KouanFaceWeights *weights, const char *name)
{
  guint dimensions[KOUAN_FACE_DIMENSIONS];
  g_autofree char *taps = g_strconcat (name, "/depthwise_filter", NULL);
  g_autofree char *across = g_strconcat (name, "/pointwise_filter", NULL);
  g_autofree char *bias = g_strconcat (name, "/bias", NULL);

  self->taps = kouan_face_weights_dup (weights, taps, dimensions);
  self->across = kouan_face_weights_dup_layer (weights, across, bias);
}

void
kouan_face_pair_clear (KouanFacePair *self)
{
  g_clear_pointer (&self->taps, g_free);
  g_clear_pointer (&self->across, kouan_face_layer_free);
}

KouanFaceMap *
kouan_face_pair_run (const KouanFacePair *self,
                     const KouanFaceMap *map,
                     guint stride,
                     KouanFaceCurve curve)
{
  g_autoptr (KouanFaceMap) filtered = kouan_face_map_filter (map, self->taps, stride);

  return kouan_face_map_convolve (filtered, self->across, 1, KOUAN_FACE_SAME, curve);
}

void
kouan_face_detector_load (KouanFaceDetector *self, const KouanFaceWeights *weights)
{
  self->first = kouan_face_weights_dup_layer (weights, "tiny_face_detector/conv0/filters",
                                              "tiny_face_detector/conv0/bias");
  for (guint i = 0; i < KOUAN_FACE_DETECTOR_PAIRS; i++)
    {
      g_autofree char *name = g_strdup_printf ("tiny_face_detector/conv%u", i + 1);

      kouan_face_pair_load (&self->pairs[i], weights, name);
    }
  self->last = kouan_face_weights_dup_layer (weights, "tiny_face_detector/conv8/filters",
                                             "tiny_face_detector/conv8/bias");
}

void
kouan_face_detector_clear (KouanFaceDetector *self)
{
  g_clear_pointer (&self->first, kouan_face_layer_free);
  for (guint i = 0; i < KOUAN_FACE_DETECTOR_PAIRS; i++)
    kouan_face_pair_clear (&self->pairs[i]);
  g_clear_pointer (&self->last, kouan_face_layer_free);
}

static KouanFaceMap *
look (const KouanFaceDetector *self, KouanFaceMap *input)
{
  g_autoptr (KouanFaceMap) map = NULL;
  g_autoptr (KouanFaceMap) whole
    = kouan_face_map_convolve (input, self->first, 1, KOUAN_FACE_INSIDE, KOUAN_FACE_LEAKY);

  map = kouan_face_map_largest (whole, 2, 2, KOUAN_FACE_SAME);
  for (guint i = 0; i < KOUAN_FACE_DETECTOR_PAIRS; i++)
    {
      gboolean is_last = i + 1 == KOUAN_FACE_DETECTOR_PAIRS;
      g_autoptr (KouanFaceMap) next
        = kouan_face_pair_run (&self->pairs[i], map, 1, KOUAN_FACE_LEAKY);

      kouan_face_map_free (map);
      map = kouan_face_map_largest (next, 2, is_last ? 1 : 2, KOUAN_FACE_SAME);
    }
  return kouan_face_map_convolve (map, self->last, 1, KOUAN_FACE_SAME, KOUAN_FACE_LINEAR);
}

static float
sigmoid (float value)
{
  return 1 / (1 + expf (-value));
}

/* @scale: pixels of the picture from place to place */
static void
collect (const KouanFaceMap *map, double scale, GArray *sights)
{
  for (guint y = 0; y < map->height; y++)
    for (guint x = 0; x < map->width; x++)
      for (guint i = 0; i < SHAPES; i++)
        {
          const float *numbers
            = map->values + ((gsize)y * map->width + x) * map->channels + (gsize)i * NUMBERS;
          KouanFaceSight sight = { .score = sigmoid (numbers[4]) };

          if (sight.score < SURE_MIN)
            continue;
          sight.box.width = expf (numbers[2]) * shapes[i].width * scale;
          sight.box.height = expf (numbers[3]) * shapes[i].height * scale;
          sight.box.left = (x + sigmoid (numbers[0])) * scale - sight.box.width / 2;
          sight.box.top = (y + sigmoid (numbers[1])) * scale - sight.box.height / 2;
          g_array_append_val (sights, sight);
        }
}

static int
compare_scores (gconstpointer a, gconstpointer b)
{
  const KouanFaceSight *one = a, *other = b;

  return (one->score < other->score) - (one->score > other->score);
}

/* What two boxes share, of what they cover together. */
static double
overlap (const KouanFaceBox *a, const KouanFaceBox *b)
{
  double width = MIN (a->left + a->width, b->left + b->width) - MAX (a->left, b->left);
  double height = MIN (a->top + a->height, b->top + b->height) - MAX (a->top, b->top);
  double shared = MAX (0, width) * MAX (0, height);

  return shared / (a->width * a->height + b->width * b->height - shared);
}

static void
drop_repeated (GArray *sights)
{
  for (guint i = 0; i < sights->len; i++)
    for (guint k = sights->len - 1; k > i; k--)
      if (overlap (&g_array_index (sights, KouanFaceSight, i).box,
                   &g_array_index (sights, KouanFaceSight, k).box)
          > OVERLAP_MAX)
        g_array_remove_index (sights, k);
}

/**
 * kouan_face_detector_run:
 * @side: of the square that the picture is seen as, a multiple of 32: more finds smaller faces
 *
 * Returns: (transfer full) (element-type KouanFaceSight)
 */
GArray *
kouan_face_detector_run (const KouanFaceDetector *self, const KouanFacePicture *picture, guint side)
{
  const KouanFaceBox whole = { 0, 0, picture->width, picture->height };
  GArray *sights = g_array_new (FALSE, FALSE, sizeof (KouanFaceSight));
  g_autoptr (KouanFaceMap) input = kouan_face_sample (picture, &whole, side, FALSE, mean);
  g_autoptr (KouanFaceMap) map = look (self, input);

  collect (map, MAX (whole.width, whole.height) / map->width, sights);
  g_array_sort (sights, compare_scores);
  drop_repeated (sights);
  return sights;
}
