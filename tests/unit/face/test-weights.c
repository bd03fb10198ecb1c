/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/face/weights.h"

#include <string.h>

/* A file of two tables: one in bytes, one in floats, and what is wrong with files like it. */

#define TABLES 2

static guint32
bits_of (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return GUINT32_TO_LE (bits);
}

static GByteArray *
file_new (void)
{
  const guint32 head[] = { GUINT32_TO_LE (TABLES), 0 };
  const guint32 first = KOUAN_FACE_HEAD_SIZE + TABLES * (guint32)sizeof (KouanFaceEntry);
  const KouanFaceEntry entries[TABLES] = {
    { "net/layer/conv/filters", { 1, 1, 2, 2 }, 1, first, bits_of (0.5f), bits_of (-1) },
    { "net/layer/conv/bias", { 2, 1, 1, 1 }, 0, first + 4, 0, 0 },
  };
  const guint8 bytes[] = { 0, 2, 4, 255 };
  const guint32 floats[] = { bits_of (3), bits_of (-7) };
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, (const guint8 *)KOUAN_FACE_MAGIC, 8);
  g_byte_array_append (file, (const guint8 *)head, sizeof head);
  g_byte_array_append (file, (const guint8 *)entries, sizeof entries);
  g_byte_array_append (file, bytes, sizeof bytes);
  g_byte_array_append (file, (const guint8 *)floats, sizeof floats);
  return file;
}

static void
test_read (void)
{
  g_autoptr (GByteArray) file = file_new ();
  const KouanFaceWeights weights = { file->data, file->len };
  guint dimensions[KOUAN_FACE_DIMENSIONS];
  g_autofree float *values = NULL;
  KouanFaceLayer *layer;

  g_assert_true (kouan_face_weights_check (&weights));
  values = kouan_face_weights_dup (&weights, "net/layer/conv/filters", dimensions);
  g_assert_cmpuint (dimensions[2], ==, 2);
  g_assert_cmpfloat (values[0], ==, -1);
  g_assert_cmpfloat (values[1], ==, 0);
  g_assert_cmpfloat (values[3], ==, 126.5);
  layer = kouan_face_weights_dup_layer (&weights, "net/layer/conv/filters", "net/layer/conv/bias");
  g_assert_cmpuint (layer->inputs, ==, 2);
  g_assert_cmpuint (layer->outputs, ==, 2);
  g_assert_cmpfloat (layer->bias[1], ==, -7);
  kouan_face_layer_free (layer);
}

static void
test_refused (void)
{
  const guint table = KOUAN_FACE_HEAD_SIZE + G_STRUCT_OFFSET (KouanFaceEntry, dimensions);
  const struct
  {
    guint at;
    guint8 value;
  } changes[] = {
    { 0, 'X' },                                                                 /* another file */
    { 8, 200 },                                                                 /* more tables */
    { table, 0 },                                                               /* no row */
    { table + 3, 200 },                                                         /* too many rows */
    { KOUAN_FACE_HEAD_SIZE + G_STRUCT_OFFSET (KouanFaceEntry, offset) + 2, 9 }, /* far outside */
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GByteArray) file = file_new ();
      const KouanFaceWeights weights = { file->data, file->len };

      file->data[changes[i].at] = changes[i].value;
      g_assert_false (kouan_face_weights_check (&weights));
    }
}

/* However it is cut off. */
static void
test_cut (void)
{
  g_autoptr (GByteArray) file = file_new ();

  for (guint size = 0; size < file->len; size++)
    {
      g_autofree guint8 *copy = g_memdup2 (file->data, size);
      const KouanFaceWeights weights = { copy, size };

      g_assert_false (kouan_face_weights_check (&weights));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/face/weights/read", test_read);
  g_test_add_func ("/face/weights/refused", test_refused);
  g_test_add_func ("/face/weights/cut", test_cut);
  return g_test_run ();
}
