/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/lds/dg2.h"
#include "app/pixels/decode.h"

/* What a chip holds for a portrait, as its file or as the picture in it, on its way through the
 * decoder of JPEG 2000. The pixels go nowhere, and each of them is looked at. */

#define AREA_MAX (512 * 512)

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static guint n_pictures;
static guint sum;

void
kouan_output_start (guint pages)
{
  g_assert_cmpuint (pages, ==, 1);
  n_pictures = 0;
}

gboolean
kouan_output_can_hold (const KouanPixelsOptions *options, guint64 width, guint64 height)
{
  return width > 0 && height > 0 && width <= options->area_max
         && height <= options->area_max / width;
}

void
kouan_output_picture (const KouanPixelsOptions *options,
                      guint8 *rgb,
                      guint width,
                      guint height,
                      guint orientation,
                      double dpi)
{
  g_assert_true (kouan_output_can_hold (options, width, height));
  g_assert_cmpuint (orientation, ==, 1);
  g_assert_cmpfloat (dpi, ==, 0);
  for (gsize i = 0; i < (gsize)width * height * 3; i++)
    sum += rgb[i];
  n_pictures++;
}

static void
decode (const guint8 *data, gsize size)
{
  const KouanPixelsOptions options = { 150, AREA_MAX, AREA_MAX };
  KouanPixelsStatus status;

  n_pictures = 0;
  status = kouan_decode_jp2 (data, size, &options);
  g_assert_cmpuint (n_pictures, ==, status == KOUAN_PIXELS_STATUS_OK ? 1 : 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (KouanDg2) dg2 = kouan_dg2_parse (data, size, NULL);

  if (dg2 != NULL)
    {
      gsize length;
      const guint8 *picture = g_bytes_get_data (dg2->picture, &length);

      decode (picture, length);
    }
  else if (size > 0)
    decode (data, size);
  return 0;
}
