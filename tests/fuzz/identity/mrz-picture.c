/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/identity/mrz-reader.h"

#include <string.h>

/* Any pixels, of any size: the first two bytes are how wide a row is and how far apart rows are.
 * Runs of a byte pair are what makes rows of characters likely: each pair is a brightness and how
 * often it comes. */

#define PIXELS_MAX (512 * 512)

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gsize
unroll (const guint8 *data, gsize size, guint8 *pixels)
{
  gsize count = 0;

  for (gsize i = 0; i + 1 < size && count < PIXELS_MAX; i += 2)
    for (guint n = 0; n <= data[i + 1] && count < PIXELS_MAX; n++)
      pixels[count++] = data[i];
  return count;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (KouanMrzReader) reader = NULL;
  g_autoptr (KouanMrzPile) pile = NULL;
  g_autofree guint8 *unrolled = NULL;
  g_autofree guint8 *pixels = NULL;
  guint width, stride;
  gsize count;
  GDate today;

  if (size < 4)
    return 0;
  unrolled = g_malloc (PIXELS_MAX);
  count = unroll (data + 2, size - 2, unrolled);
  width = 1 + data[0] * 2;
  stride = width + data[1] % 16;
  if (count < stride)
    return 0;
  pixels = g_memdup2 (unrolled, count); /* exact, so that a read beyond it is seen */
  reader = kouan_mrz_reader_new ();
  pile = kouan_mrz_pile_new ();
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 23, 11, 2026);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KouanMrzReading) reading = kouan_mrz_reader_read (
        reader, pile, pixels, width, (guint)(count / stride), stride,
        i == 0 ? KOUAN_MRZ_EFFORT_PICTURE : KOUAN_MRZ_EFFORT_FRAME, &today);

      if (reading != NULL)
        g_assert_cmpuint (strlen (reading->raw[0]), ==, strlen (reading->corrected[0]));
    }
  return 0;
}
