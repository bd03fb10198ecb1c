/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/identity/mrz-decode.h"

#include <string.h>

/* Any pixels, of any size, at the size that they have: finding blobs, rows, lines and zones in
 * them, reading those, and summing. The first byte is how wide a row is. What follows are pairs of
 * a brightness and how often it comes, so that strokes and gaps are likely. */

#define PIXELS_MAX (512 * 160)
#define HEIGHT_MAX 512 /* turned, it is as wide as it is high */

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

static void
try_decode (const KouanMrzSight *sight)
{
  g_autoptr (KouanMrzReading) reading = NULL;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 23, 11, 2026);
  reading = kouan_mrz_decode (sight, &today);
  g_assert_cmpuint (strlen (reading->raw[0]), ==, sight->length);
  g_assert_cmpuint (strlen (reading->corrected[sight->n_lines - 1]), ==, sight->length);
  g_assert_true (!reading->accepted || kouan_mrz_checks_fit (reading->mrz));
}

static void
try_image (const KouanOcrNetwork *network, const KouanOcrImage *image, guint reach)
{
  g_autoptr (GArray) blobs = kouan_ocr_find_blobs (image, reach, 84);
  g_autoptr (GPtrArray) rows = kouan_ocr_find_rows (blobs);
  g_autofree KouanMrzSight *sights = g_new0 (KouanMrzSight, KOUAN_MRZ_SIGHTS_MAX);
  g_autofree KouanMrzSight *sum = NULL;
  guint n_sights;
  double slope;

  kouan_ocr_find_slope (blobs, &slope);
  n_sights = kouan_mrz_sight_take (sights, network, image, rows);
  for (guint i = 0; i < n_sights; i++)
    try_decode (&sights[i]);
  if (n_sights == 0)
    return;
  sum = g_memdup2 (sights, sizeof *sights);
  if (kouan_mrz_sight_add (sum, &sights[0]))
    try_decode (sum);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree KouanOcrNetwork *network = NULL;
  g_autoptr (KouanOcrImage) image = NULL;
  g_autoptr (KouanOcrImage) turned = NULL;
  g_autofree guint8 *unrolled = g_malloc (PIXELS_MAX);
  g_autofree guint8 *pixels = NULL;
  guint width, height;
  gsize count;

  if (size < 4)
    return 0;
  count = unroll (data + 2, size - 2, unrolled);
  width = 1 + data[0] * 2;
  height = MIN ((guint)(count / width), HEIGHT_MAX);
  if (height == 0)
    return 0;
  pixels = g_memdup2 (unrolled, (gsize)width * height); /* exact: a read beyond it is seen */
  network = kouan_ocr_network_new ();
  image = kouan_ocr_image_new (pixels, width, height, width, MAX (width, height));
  try_image (network, image, 8 + data[1] % 64);
  turned = kouan_ocr_image_turned (image, data[1] / 40.0);
  try_image (network, turned, 20);
  return 0;
}
