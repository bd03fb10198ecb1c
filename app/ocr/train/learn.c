/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-ocr"

#include "app/ocr/train/learn.h"

#include <math.h>
#include <string.h>

/* Back-propagation, written out by hand for the one network there is (Rumelhart, Hinton, Williams,
 * 1986), and Adam (Kingma, Ba, 2015) for the steps. The loss is the cross entropy with a target
 * that leaves a little to every class, so that the network never becomes surer than it can be: its
 * probabilities are multiplied over a whole field later. */

#define MAPS_1 KOUAN_OCR_MAPS_1
#define MAPS_2 KOUAN_OCR_MAPS_2
#define DOUBT 0.02f
#define MEAN_DECAY 0.9f
#define SQUARE_DECAY 0.999f

/* He's initialisation: normal, with a deviation that keeps the signal's strength. */
KouanOcrLearner *
kouan_ocr_learner_new (KouanOcrRandom *random)
{
  KouanOcrLearner *self = g_new0 (KouanOcrLearner, 1);
  KouanOcrLayer layers[KOUAN_OCR_N_LAYERS];

  kouan_ocr_network_layers (&self->network, layers);
  for (guint l = 0; l < KOUAN_OCR_N_LAYERS; l++)
    for (guint i = 0; i < layers[l].n_inputs * layers[l].n_outputs; i++)
      layers[l].weights[i]
        = kouan_ocr_random_normal (random) * sqrtf (2.f / (float)layers[l].n_inputs);
  return self;
}

/* Returns: the loss; @out: (out): its slope for each output before the softmax */
static float
slope_of_outputs (const KouanOcrActivity *activity, guint class, float out[KOUAN_OCR_N_CLASSES])
{
  for (guint j = 0; j < KOUAN_OCR_N_CLASSES; j++)
    out[j] = activity->probability[j] - DOUBT / KOUAN_OCR_N_CLASSES - (j == class ? 1 - DOUBT : 0);
  return -logf (activity->probability[class] + 1e-9f);
}

static void
learn_dense2 (KouanOcrLearner *self,
              const KouanOcrActivity *activity,
              const float out[KOUAN_OCR_N_CLASSES],
              float hidden[KOUAN_OCR_HIDDEN])
{
  for (guint j = 0; j < KOUAN_OCR_N_CLASSES; j++)
    self->gradient.bias4[j] += out[j];
  for (guint i = 0; i < KOUAN_OCR_HIDDEN; i++)
    {
      float sum = 0;

      for (guint j = 0; j < KOUAN_OCR_N_CLASSES; j++)
        {
          self->gradient.dense2[i][j] += activity->hidden[i] * out[j];
          sum += self->network.dense2[i][j] * out[j];
        }
      hidden[i] = activity->hidden[i] > 0 ? sum : 0;
    }
}

static void
learn_dense1 (KouanOcrLearner *self,
              const KouanOcrActivity *activity,
              const float hidden[KOUAN_OCR_HIDDEN],
              float pool2[KOUAN_OCR_POOL2_COUNT][MAPS_2])
{
  const float *flat = (const float *)activity->pool2; /* all positions and maps in a row */
  float *slope = (float *)pool2;

  for (guint j = 0; j < KOUAN_OCR_HIDDEN; j++)
    self->gradient.bias3[j] += hidden[j];
  for (guint i = 0; i < KOUAN_OCR_FLAT; i++)
    {
      float sum = 0;

      if (flat[i] <= 0) /* nothing of it went on, nothing comes back */
        continue;
      for (guint j = 0; j < KOUAN_OCR_HIDDEN; j++)
        {
          self->gradient.dense1[i][j] += flat[i] * hidden[j];
          sum += self->network.dense1[i][j] * hidden[j];
        }
      slope[i] = sum;
    }
}

/* One position of the second layer, of which at least one map has a slope. */
static void
learn_position2 (KouanOcrLearner *self,
                 const float (*below)[MAPS_1],
                 float (*slope_below)[MAPS_1],
                 const float out[MAPS_2])
{
  for (guint row = 0; row < 3; row++)
    {
      /* three positions and their maps in a row */
      const float *values = (const float *)(below + row * KOUAN_OCR_POOL1_WIDTH);
      float *slopes = (float *)(slope_below + row * KOUAN_OCR_POOL1_WIDTH);

      for (guint i = 0; i < 3 * MAPS_1; i++)
        {
          gsize input = (gsize)row * 3 * MAPS_1 + i;
          float sum = 0;

          for (guint map = 0; map < MAPS_2; map++)
            {
              self->gradient.kernel2[input][map] += values[i] * out[map];
              sum += self->network.kernel2[input][map] * out[map];
            }
          slopes[i] += sum;
        }
    }
}

static void
learn_layer2 (KouanOcrLearner *self,
              const KouanOcrActivity *activity,
              const float pool2[KOUAN_OCR_POOL2_COUNT][MAPS_2],
              float pool1[KOUAN_OCR_POOL1_COUNT][MAPS_1])
{
  for (guint at = 0; at < KOUAN_OCR_POOL2_COUNT; at++)
    for (gint32 choice = 0; choice < 4; choice++)
      {
        guint row = 2 * (at / KOUAN_OCR_POOL2_WIDTH) + (guint)choice / 2;
        guint column = 2 * (at % KOUAN_OCR_POOL2_WIDTH) + (guint)choice % 2;
        gsize first = (gsize)row * KOUAN_OCR_POOL1_WIDTH + column;
        float out[MAPS_2];

        for (guint map = 0; map < MAPS_2; map++)
          {
            out[map] = activity->choice2[at][map] == choice ? pool2[at][map] : 0;
            self->gradient.bias2[map] += out[map];
          }
        learn_position2 (self, (const float (*)[MAPS_1])activity->pool1 + first, pool1 + first,
                         out);
      }
}

static void
learn_layer1 (KouanOcrLearner *self,
              const KouanOcrActivity *activity,
              const float pool1[KOUAN_OCR_POOL1_COUNT][MAPS_1])
{
  for (guint at = 0; at < KOUAN_OCR_POOL1_COUNT; at++)
    for (gint32 choice = 0; choice < 4; choice++)
      {
        guint row = 2 * (at / KOUAN_OCR_POOL1_WIDTH) + (guint)choice / 2;
        guint column = 2 * (at % KOUAN_OCR_POOL1_WIDTH) + (guint)choice % 2;
        const float *pixels = activity->cell + row * KOUAN_OCR_CELL_WIDTH + column;
        float out[MAPS_1];

        for (guint map = 0; map < MAPS_1; map++)
          {
            out[map] = activity->choice1[at][map] == choice ? pool1[at][map] : 0;
            self->gradient.bias1[map] += out[map];
          }
        for (guint i = 0; i < 25; i++)
          for (guint map = 0; map < MAPS_1; map++)
            self->gradient.kernel1[i][map]
              += pixels[i / 5 * KOUAN_OCR_CELL_WIDTH + i % 5] * out[map];
      }
}

/**
 * kouan_ocr_learner_take:
 * @activity: a cell that went through the network as it is now
 * @class: what the cell shows
 *
 * Adds to the gradient.
 *
 * Returns: the loss
 */
float
kouan_ocr_learner_take (KouanOcrLearner *self, const KouanOcrActivity *activity, guint class)
{
  float out[KOUAN_OCR_N_CLASSES];
  float hidden[KOUAN_OCR_HIDDEN];
  float pool2[KOUAN_OCR_POOL2_COUNT][MAPS_2] = { { 0 } };
  float pool1[KOUAN_OCR_POOL1_COUNT][MAPS_1] = { { 0 } };
  float loss = slope_of_outputs (activity, class, out);

  learn_dense2 (self, activity, out, hidden);
  learn_dense1 (self, activity, hidden, pool2);
  learn_layer2 (self, activity, (const float (*)[MAPS_2])pool2, pool1);
  learn_layer1 (self, activity, (const float (*)[MAPS_1])pool1);
  self->n_summed++;
  return loss;
}

/* One step of Adam down the mean of what was summed, and a new sum. */
void
kouan_ocr_learner_step (KouanOcrLearner *self, float rate)
{
  float *weights = (float *)&self->network;
  const float *gradient = (const float *)&self->gradient;
  float *mean = (float *)&self->mean;
  float *square = (float *)&self->square;
  float mean_scale, square_scale;

  g_return_if_fail (self->n_summed > 0);

  self->n_steps++;
  mean_scale = 1 / (1 - powf (MEAN_DECAY, (float)self->n_steps));
  square_scale = 1 / (1 - powf (SQUARE_DECAY, (float)self->n_steps));
  for (gsize i = 0; i < sizeof self->network / sizeof (float); i++)
    {
      float slope = gradient[i] / (float)self->n_summed;

      mean[i] += (1 - MEAN_DECAY) * (slope - mean[i]);
      square[i] += (1 - SQUARE_DECAY) * (slope * slope - square[i]);
      weights[i] -= rate * mean[i] * mean_scale / (sqrtf (square[i] * square_scale) + 1e-8f);
    }
  memset (&self->gradient, 0, sizeof self->gradient);
  self->n_summed = 0;
}
