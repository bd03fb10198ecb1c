/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ocr/network.h"
#include "app/ocr/train/random.h"

G_BEGIN_DECLS

/* A network on its way to being one. */
typedef struct
{
  KouanOcrNetwork network;
  KouanOcrNetwork gradient; /* summed since the last step */
  KouanOcrNetwork mean;     /* of the gradients, and of their squares: Adam's moments */
  KouanOcrNetwork square;
  guint n_summed;
  guint n_steps;
} KouanOcrLearner;

KouanOcrLearner *kouan_ocr_learner_new (KouanOcrRandom *random);
float kouan_ocr_learner_take (KouanOcrLearner *self, const KouanOcrActivity *activity, guint class);
void kouan_ocr_learner_step (KouanOcrLearner *self, float rate);

G_END_DECLS
