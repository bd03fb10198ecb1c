/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-face"

#include "app/face/networks.h"

#include <string.h>

/* What a face looks like, as 128 numbers that are close together for pictures of one person: dlib's
 * face recognition network of 29 layers (King, "High quality face recognition with deep metric
 * learning", 2017; a residual network, He et al. 2016). */

#define SIDE 150

static const float mean[3] = { 122.782f, 117.001f, 104.298f };

static const struct
{
  const char *name;
  gboolean halves; /* half as many places, and as many channels again or the same */
} steps[KOUAN_FACE_STEPS] = {
  { "conv32_1", FALSE },   { "conv32_2", FALSE },        { "conv32_3", FALSE },
  { "conv64_down", TRUE }, { "conv64_1", FALSE },        { "conv64_2", FALSE },
  { "conv64_3", FALSE },   { "conv128_down", TRUE },     { "conv128_1", FALSE },
  { "conv128_2", FALSE },  { "conv256_down", TRUE },     { "conv256_1", FALSE },
  { "conv256_2", FALSE },  { "conv256_down_out", TRUE },
};

void
kouan_face_describer_load (KouanFaceDescriber *self, const KouanFaceWeights *weights)
{
  self->first = kouan_face_weights_dup_scaled_layer (weights, "face_recognition/conv32_down");
  for (guint step = 0; step < KOUAN_FACE_STEPS; step++)
    for (guint i = 0; i < 2; i++)
      {
        g_autofree char *name
          = g_strdup_printf ("face_recognition/%s/conv%u", steps[step].name, i + 1);

        self->steps[step][i] = kouan_face_weights_dup_scaled_layer (weights, name);
      }
  self->last = kouan_face_weights_dup_layer (weights, "face_recognition/fc", NULL);
}

void
kouan_face_describer_clear (KouanFaceDescriber *self)
{
  g_clear_pointer (&self->first, kouan_face_layer_free);
  for (guint step = 0; step < KOUAN_FACE_STEPS; step++)
    for (guint i = 0; i < 2; i++)
      g_clear_pointer (&self->steps[step][i], kouan_face_layer_free);
  g_clear_pointer (&self->last, kouan_face_layer_free);
}

/* What was there goes by the two layers and is added to what they make of it. Where a step halves,
 * windows stay inside, so that one row may be lost there and not beside: the larger size counts. */
static KouanFaceMap *
run_step (KouanFaceLayer *const layers[static 2], const KouanFaceMap *map, gboolean halves)
{
  g_autoptr (KouanFaceMap) between = kouan_face_map_convolve (
    map, layers[0], halves ? 2 : 1, halves ? KOUAN_FACE_INSIDE : KOUAN_FACE_SAME, KOUAN_FACE_RELU);
  KouanFaceMap *out
    = kouan_face_map_convolve (between, layers[1], 1, KOUAN_FACE_SAME, KOUAN_FACE_LINEAR);

  if (!halves)
    kouan_face_map_add (out, map);
  else
    {
      g_autoptr (KouanFaceMap) made = out;
      g_autoptr (KouanFaceMap) half = kouan_face_map_halved (map);

      out = kouan_face_map_new (MAX (half->height, made->height), MAX (half->width, made->width),
                                made->channels);
      kouan_face_map_add (out, made);
      kouan_face_map_add (out, half);
    }
  kouan_face_map_relu (out);
  return out;
}

/* @box: square, around the face as the network learned it */
void
kouan_face_describer_run (const KouanFaceDescriber *self,
                          const KouanFacePicture *picture,
                          const KouanFaceBox *box,
                          float values[static KOUAN_FACE_VALUES])
{
  g_autoptr (KouanFaceMap) input = kouan_face_sample (picture, box, SIDE, TRUE, mean);
  g_autoptr (KouanFaceMap) whole
    = kouan_face_map_convolve (input, self->first, 2, KOUAN_FACE_INSIDE, KOUAN_FACE_RELU);
  g_autoptr (KouanFaceMap) map = kouan_face_map_largest (whole, 3, 2, KOUAN_FACE_INSIDE);
  g_autoptr (KouanFaceMap) average = NULL;
  g_autoptr (KouanFaceMap) answer = NULL;

  for (guint step = 0; step < KOUAN_FACE_STEPS; step++)
    {
      g_autoptr (KouanFaceMap) below = g_steal_pointer (&map);

      map = run_step (self->steps[step], below, steps[step].halves);
    }
  average = kouan_face_map_mean (map);
  answer = kouan_face_map_convolve (average, self->last, 1, KOUAN_FACE_SAME, KOUAN_FACE_LINEAR);
  memcpy (values, answer->values, KOUAN_FACE_VALUES * sizeof (float));
}
