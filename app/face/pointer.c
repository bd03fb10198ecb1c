/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-face"

#include "app/face/networks.h"

#include <string.h>

/* Where the parts of a face are: the 68 points of face-api, by four blocks of separable
 * convolutions, each layer of a block seeing the sum of those before it (Huang et al., "Densely
 * connected convolutional networks", 2017, with sums in the place of stacks). */

#define SIDE 112

static const float mean[3] = { 122.782f, 117.001f, 104.298f };

void
kouan_face_pointer_load (KouanFacePointer *self, const KouanFaceWeights *weights)
{
  *self = (KouanFacePointer){ 0 };
  self->first = kouan_face_weights_dup_layer (weights, "face_landmark_68/dense0/conv0/filters",
                                              "face_landmark_68/dense0/conv0/bias");
  for (guint block = 0; block < KOUAN_FACE_BLOCKS; block++)
    for (guint i = block == 0 ? 1 : 0; i < KOUAN_FACE_BLOCK_LAYERS; i++)
      {
        g_autofree char *name = g_strdup_printf ("face_landmark_68/dense%u/conv%u", block, i);

        kouan_face_pair_load (&self->pairs[block][i], weights, name);
      }
  self->last = kouan_face_weights_dup_layer (weights, "face_landmark_68/fc/weights",
                                             "face_landmark_68/fc/bias");
}

void
kouan_face_pointer_clear (KouanFacePointer *self)
{
  g_clear_pointer (&self->first, kouan_face_layer_free);
  for (guint block = 0; block < KOUAN_FACE_BLOCKS; block++)
    for (guint i = 0; i < KOUAN_FACE_BLOCK_LAYERS; i++)
      kouan_face_pair_clear (&self->pairs[block][i]);
  g_clear_pointer (&self->last, kouan_face_layer_free);
}

/* Returns: (transfer full): the sum of the block's layers, none of it negative */
static KouanFaceMap *
run_block (const KouanFacePair pairs[static KOUAN_FACE_BLOCK_LAYERS], KouanFaceMap *first)
{
  KouanFaceMap *sum = first;
  g_autoptr (KouanFaceMap) seen = kouan_face_map_new (sum->height, sum->width, sum->channels);

  memcpy (seen->values, sum->values, kouan_face_map_size (sum) * sizeof (float));
  for (guint i = 1; i < KOUAN_FACE_BLOCK_LAYERS; i++)
    {
      g_autoptr (KouanFaceMap) next = kouan_face_pair_run (&pairs[i], seen, 1, KOUAN_FACE_LINEAR);

      kouan_face_map_add (sum, next);
      memcpy (seen->values, sum->values, kouan_face_map_size (sum) * sizeof (float));
      kouan_face_map_relu (seen);
    }
  kouan_face_map_relu (sum);
  return sum;
}

/* @box: of the face */
void
kouan_face_pointer_run (const KouanFacePointer *self,
                        const KouanFacePicture *picture,
                        const KouanFaceBox *box,
                        double points[static 2 * KOUAN_FACE_POINTS])
{
  double longer = MAX (box->width, box->height);
  g_autoptr (KouanFaceMap) input = kouan_face_sample (picture, box, SIDE, TRUE, mean);
  g_autoptr (KouanFaceMap) map
    = kouan_face_map_convolve (input, self->first, 2, KOUAN_FACE_SAME, KOUAN_FACE_RELU);
  g_autoptr (KouanFaceMap) average = NULL;
  g_autoptr (KouanFaceMap) answer = NULL;

  map = run_block (self->pairs[0], map);
  for (guint block = 1; block < KOUAN_FACE_BLOCKS; block++)
    {
      g_autoptr (KouanFaceMap) below = g_steal_pointer (&map);

      map = kouan_face_pair_run (&self->pairs[block][0], below, 2, KOUAN_FACE_RELU);
      map = run_block (self->pairs[block], map);
    }
  average = kouan_face_map_mean (map);
  answer = kouan_face_map_convolve (average, self->last, 1, KOUAN_FACE_SAME, KOUAN_FACE_LINEAR);
  for (guint i = 0; i < KOUAN_FACE_POINTS; i++)
    {
      points[2 * i] = answer->values[2 * i] * longer - (longer - box->width) / 2 + box->left;
      points[2 * i + 1]
        = answer->values[2 * i + 1] * longer - (longer - box->height) / 2 + box->top;
    }
}
