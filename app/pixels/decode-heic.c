/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-pixels"

#include "app/pixels/decode.h"

#include <string.h>

#include <libheif/heif.h>

/* HEIC by libheif: the primary picture alone, which libheif turns upright and puts together from
 * its tiles. */

typedef struct heif_context HeifContext;
typedef struct heif_image_handle HeifHandle;
typedef struct heif_image HeifImage;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeifContext, heif_context_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeifHandle, heif_image_handle_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HeifImage, heif_image_release)

static gboolean
failed (struct heif_error error)
{
  return error.code != heif_error_Ok;
}

static void
lay_row_on_white (const guint8 *source, guint8 *rgb, guint count, gboolean transparent)
{
  if (!transparent)
    {
      memcpy (rgb, source, (gsize)count * 3);
      return;
    }
  for (guint i = 0; i < count; i++, source += 4, rgb += 3)
    for (guint c = 0; c < 3; c++)
      rgb[c] = (source[c] * source[3] + 255 * (255 - source[3]) + 127) / 255;
}

static KouanPixelsStatus
write_picture (const HeifImage *image, const KouanPixelsOptions *options, gboolean transparent)
{
  int width = heif_image_get_width (image, heif_channel_interleaved);
  int height = heif_image_get_height (image, heif_channel_interleaved);
  g_autofree guint8 *rgb = NULL;
  const guint8 *source;
  int stride;

  if (width <= 0 || height <= 0)
    return KOUAN_PIXELS_STATUS_DAMAGED;
  if (!kouan_output_can_hold (options, width, height))
    return KOUAN_PIXELS_STATUS_TOO_LARGE;
  source = heif_image_get_plane_readonly (image, heif_channel_interleaved, &stride);
  if (source == NULL)
    return KOUAN_PIXELS_STATUS_DAMAGED;
  rgb = g_malloc ((gsize)width * height * 3);
  for (int y = 0; y < height; y++)
    lay_row_on_white (source + (gsize)y * stride, rgb + (gsize)y * width * 3, width, transparent);
  kouan_output_start (1);
  kouan_output_picture (options, rgb, width, height, 1, 0);
  return KOUAN_PIXELS_STATUS_OK;
}

KouanPixelsStatus
kouan_decode_heic (const guint8 *data, gsize size, const KouanPixelsOptions *options)
{
  g_autoptr (HeifContext) context = heif_context_alloc ();
  g_autoptr (HeifHandle) handle = NULL;
  g_autoptr (HeifImage) image = NULL;
  gboolean transparent;
  int width, height;

  heif_context_set_max_decoding_threads (context, 0);
  if (failed (heif_context_read_from_memory_without_copy (context, data, size, NULL))
      || failed (heif_context_get_primary_image_handle (context, &handle)))
    return KOUAN_PIXELS_STATUS_DAMAGED;
  width = heif_image_handle_get_width (handle);
  height = heif_image_handle_get_height (handle);
  if (width <= 0 || height <= 0)
    return KOUAN_PIXELS_STATUS_DAMAGED;
  if (!kouan_output_can_hold (options, width, height))
    return KOUAN_PIXELS_STATUS_TOO_LARGE;
  transparent = heif_image_handle_has_alpha_channel (handle) != 0;
  if (failed (heif_decode_image (
        handle, &image, heif_colorspace_RGB,
        transparent ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, NULL)))
    return KOUAN_PIXELS_STATUS_DAMAGED;
  return write_picture (image, options, transparent);
}
