/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-pixels"

#include "app/pixels/decode.h"

#include <webp/decode.h>

/* WebP by libwebp: one still picture; what can be seen through is laid on white. */

static void
lay_on_white (const guint8 *rgba, guint8 *rgb, gsize count)
{
  for (gsize i = 0; i < count; i++, rgba += 4, rgb += 3)
    {
      guint opaque = rgba[3];

      for (guint c = 0; c < 3; c++)
        rgb[c] = (rgba[c] * opaque + 255 * (255 - opaque) + 127) / 255;
    }
}

static KouanPixelsStatus
write_picture (const guint8 *data,
               gsize size,
               const KouanPixelsOptions *options,
               const WebPBitstreamFeatures *features)
{
  guint channels = features->has_alpha ? 4 : 3;
  gsize area = (gsize)features->width * features->height;
  g_autofree guint8 *pixels = g_malloc (area * channels);
  int stride = features->width * (int)channels;
  const guint8 *read = features->has_alpha
                         ? WebPDecodeRGBAInto (data, size, pixels, area * 4, stride)
                         : WebPDecodeRGBInto (data, size, pixels, area * 3, stride);

  if (read == NULL)
    return KOUAN_PIXELS_STATUS_DAMAGED;
  if (features->has_alpha)
    lay_on_white (pixels, pixels, area);
  kouan_output_start (1);
  kouan_output_picture (options, pixels, features->width, features->height, 1, 0);
  return KOUAN_PIXELS_STATUS_OK;
}

KouanPixelsStatus
kouan_decode_webp (const guint8 *data, gsize size, const KouanPixelsOptions *options)
{
  WebPBitstreamFeatures features;

  if (WebPGetFeatures (data, size, &features) != VP8_STATUS_OK || features.width <= 0
      || features.height <= 0)
    return KOUAN_PIXELS_STATUS_DAMAGED;
  if (!kouan_output_can_hold (options, features.width, features.height))
    return KOUAN_PIXELS_STATUS_TOO_LARGE;
  if (features.has_animation)
    return KOUAN_PIXELS_STATUS_NOT_SUPPORTED;
  return write_picture (data, size, options, &features);
}
