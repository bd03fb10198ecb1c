/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Numbers that are the same on every machine for the same seed: Marsaglia's xorshift64*. */
typedef struct
{
  guint64 state; /* never 0 */
} KouanOcrRandom;

static inline guint64
kouan_ocr_random_bits (KouanOcrRandom *self)
{
  self->state ^= self->state >> 12;
  self->state ^= self->state << 25;
  self->state ^= self->state >> 27;
  return self->state * G_GUINT64_CONSTANT (2685821657736338717);
}

/* Returns: 0 to @count - 1 */
static inline guint
kouan_ocr_random_below (KouanOcrRandom *self, guint count)
{
  return (guint)((kouan_ocr_random_bits (self) >> 33) % count);
}

static inline float
kouan_ocr_random_between (KouanOcrRandom *self, float low, float high)
{
  return low + (high - low) * (float)(kouan_ocr_random_bits (self) >> 40) / (1 << 24);
}

static inline gboolean
kouan_ocr_random_chance (KouanOcrRandom *self, float chance)
{
  return kouan_ocr_random_between (self, 0, 1) < chance;
}

/* Nearly normal: mean 0, deviation 1, never beyond 3.5. */
static inline float
kouan_ocr_random_normal (KouanOcrRandom *self)
{
  float sum = 0;

  for (guint i = 0; i < 4; i++)
    sum += kouan_ocr_random_between (self, -1, 1);
  return sum * 0.8660254f;
}
