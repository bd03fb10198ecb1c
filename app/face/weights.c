/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-face"

#include "app/face/weights.h"

#include <string.h>

/* The weights are those of @vladmandic/face-api (MIT), whose face descriptor is dlib's (public
 * domain). They are no part of this project: set-up fetches them at a pinned version and digest,
 * convert/ makes one file of them, and blob.c puts it into the program. Without them the program
 * is whole and compares no faces. */

static gsize
entry_values (const KouanFaceEntry *entry)
{
  gsize count = 1;

  for (guint i = 0; i < KOUAN_FACE_DIMENSIONS; i++)
    count *= GUINT32_FROM_LE (entry->dimensions[i]);
  return count;
}

static guint
entry_count (const KouanFaceWeights *self)
{
  guint32 count;

  memcpy (&count, self->data + strlen (KOUAN_FACE_MAGIC), sizeof count);
  return GUINT32_FROM_LE (count);
}

static KouanFaceEntry
entry_at (const KouanFaceWeights *self, guint index)
{
  KouanFaceEntry entry;

  memcpy (&entry, self->data + KOUAN_FACE_HEAD_SIZE + index * sizeof entry, sizeof entry);
  return entry;
}

static gboolean
entry_fits (const KouanFaceWeights *self, const KouanFaceEntry *entry)
{
  gsize offset = GUINT32_FROM_LE (entry->offset);
  gsize room = offset < self->size ? self->size - offset : 0;

  for (guint i = 0; i < KOUAN_FACE_DIMENSIONS; i++)
    if (GUINT32_FROM_LE (entry->dimensions[i]) - 1 >= 4096)
      return FALSE;
  if (memchr (entry->name, '\0', sizeof entry->name) == NULL)
    return FALSE;
  return entry_values (entry) <= room / (entry->is_bytes != 0 ? 1 : sizeof (float));
}

/* Returns: whether it is such a file, and whole */
gboolean
kouan_face_weights_check (const KouanFaceWeights *self)
{
  if (self->size < KOUAN_FACE_HEAD_SIZE
      || memcmp (self->data, KOUAN_FACE_MAGIC, strlen (KOUAN_FACE_MAGIC)) != 0
      || entry_count (self) > (self->size - KOUAN_FACE_HEAD_SIZE) / sizeof (KouanFaceEntry))
    return FALSE;
  for (guint i = 0; i < entry_count (self); i++)
    {
      KouanFaceEntry entry = entry_at (self, i);

      if (!entry_fits (self, &entry))
        return FALSE;
    }
  return TRUE;
}

static float
float_of (guint32 bits)
{
  float value;

  bits = GUINT32_FROM_LE (bits);
  memcpy (&value, &bits, sizeof value);
  return value;
}

static float *
expand (const KouanFaceWeights *self, const KouanFaceEntry *entry)
{
  const guint8 *from = self->data + GUINT32_FROM_LE (entry->offset);
  gsize count = entry_values (entry);
  float scale = float_of (entry->scale), least = float_of (entry->least);
  float *values = g_new (float, count);

  for (gsize i = 0; i < count; i++)
    if (entry->is_bytes != 0)
      values[i] = from[i] * scale + least;
    else
      {
        guint32 bits;

        memcpy (&bits, from + i * sizeof bits, sizeof bits);
        values[i] = float_of (bits);
      }
  return values;
}

/* @self: checked
 *
 * Returns: (transfer full): a value for each weight; there is one of that name */
float *
kouan_face_weights_dup (const KouanFaceWeights *self,
                        const char *name,
                        guint dimensions[static KOUAN_FACE_DIMENSIONS])
{
  for (guint i = 0; i < entry_count (self); i++)
    {
      KouanFaceEntry entry = entry_at (self, i);

      if (!g_str_equal (entry.name, name))
        continue;
      for (guint k = 0; k < KOUAN_FACE_DIMENSIONS; k++)
        dimensions[k] = GUINT32_FROM_LE (entry.dimensions[k]);
      return expand (self, &entry);
    }
  g_error ("No weights of the name %s", name);
}

/* A table of two dimensions is a window of one place. */
static KouanFaceLayer *
layer_of (const guint dimensions[static KOUAN_FACE_DIMENSIONS],
          const float *weights,
          const float *bias)
{
  if (dimensions[2] == 1 && dimensions[3] == 1)
    return kouan_face_layer_new (1, dimensions[0], dimensions[1], weights, bias);
  return kouan_face_layer_new (dimensions[0], dimensions[2], dimensions[3], weights, bias);
}

/* @bias: (nullable)
 *
 * Returns: (transfer full) */
KouanFaceLayer *
kouan_face_weights_dup_layer (const KouanFaceWeights *self, const char *weights, const char *bias)
{
  guint dimensions[KOUAN_FACE_DIMENSIONS], unused[KOUAN_FACE_DIMENSIONS];
  g_autofree float *values = kouan_face_weights_dup (self, weights, dimensions);
  g_autofree float *biases = bias != NULL ? kouan_face_weights_dup (self, bias, unused) : NULL;

  return layer_of (dimensions, values, biases);
}

static float *
dup_part (const KouanFaceWeights *self, const char *name, const char *part, guint *dimensions)
{
  g_autofree char *path = g_strconcat (name, part, NULL);

  return kouan_face_weights_dup (self, path, dimensions);
}

/* A layer whose sums are stretched and moved afterwards, output by output: both go into its
 * weights.
 *
 * Returns: (transfer full) */
KouanFaceLayer *
kouan_face_weights_dup_scaled_layer (const KouanFaceWeights *self, const char *name)
{
  guint dimensions[KOUAN_FACE_DIMENSIONS], unused[KOUAN_FACE_DIMENSIONS];
  g_autofree float *weights = dup_part (self, name, "/conv/filters", dimensions);
  g_autofree float *bias = dup_part (self, name, "/conv/bias", unused);
  g_autofree float *stretch = dup_part (self, name, "/scale/weights", unused);
  g_autofree float *move = dup_part (self, name, "/scale/biases", unused);
  guint outputs = dimensions[3];
  gsize depth = (gsize)dimensions[0] * dimensions[1] * dimensions[2];

  for (gsize i = 0; i < depth; i++)
    for (guint output = 0; output < outputs; output++)
      weights[i * outputs + output] *= stretch[output];
  for (guint output = 0; output < outputs; output++)
    bias[output] = bias[output] * stretch[output] + move[output];
  return layer_of (dimensions, weights, bias);
}
