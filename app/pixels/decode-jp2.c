/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-pixels"

#include "app/pixels/decode.h"

#include <string.h>

#include <openjpeg.h>

/* JPEG 2000 by OpenJPEG, in its file format (JP2) or as the bare codestream: what most chips of
 * passports hold their portrait in. OpenJPEG keeps each sample in four bytes, so that a picture may
 * have fewer pixels here than elsewhere; no portrait comes near. */

#define AREA_MAX (12 * 1024 * 1024)
#define COMPONENTS_MAX 4
#define PRECISION_MAX 16

G_DEFINE_AUTOPTR_CLEANUP_FUNC (opj_codec_t, opj_destroy_codec)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (opj_stream_t, opj_stream_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (opj_image_t, opj_image_destroy)

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize at;
} Source;

static OPJ_SIZE_T
read_source (void *buffer, OPJ_SIZE_T size, void *data)
{
  Source *source = data;
  gsize count = MIN (size, source->size - source->at);

  if (count == 0)
    return (OPJ_SIZE_T)-1;
  memcpy (buffer, source->data + source->at, count);
  source->at += count;
  return count;
}

static OPJ_OFF_T
skip_source (OPJ_OFF_T count, void *data)
{
  Source *source = data;

  if (count < 0 || (guint64)count > source->size - source->at)
    return -1;
  source->at += (gsize)count;
  return count;
}

static OPJ_BOOL
seek_source (OPJ_OFF_T offset, void *data)
{
  Source *source = data;

  if (offset < 0 || (guint64)offset > source->size)
    return OPJ_FALSE;
  source->at = (gsize)offset;
  return OPJ_TRUE;
}

static opj_stream_t *
open_source (Source *source)
{
  opj_stream_t *stream = opj_stream_default_create (OPJ_TRUE);

  opj_stream_set_user_data (stream, source, NULL);
  opj_stream_set_user_data_length (stream, source->size);
  opj_stream_set_read_function (stream, read_source);
  opj_stream_set_skip_function (stream, skip_source);
  opj_stream_set_seek_function (stream, seek_source);
  return stream;
}

static gboolean
is_codestream (const Source *source)
{
  return source->size >= 4 && memcmp (source->data, "\xff\x4f\xff\x51", 4) == 0;
}

/* What the header promises, before room is made for it. */
static KouanPixelsStatus
check_header (const opj_image_t *image, const KouanPixelsOptions *options)
{
  guint64 width, height;

  if (image->x1 <= image->x0 || image->y1 <= image->y0 || image->numcomps < 1)
    return KOUAN_PIXELS_STATUS_DAMAGED;
  width = image->x1 - image->x0;
  height = image->y1 - image->y0;
  if (!kouan_output_can_hold (options, width, height) || width * height > AREA_MAX)
    return KOUAN_PIXELS_STATUS_TOO_LARGE;
  if (image->numcomps > COMPONENTS_MAX)
    return KOUAN_PIXELS_STATUS_NOT_SUPPORTED;
  for (guint i = 0; i < image->numcomps; i++)
    if (image->comps[i].prec < 1 || image->comps[i].prec > PRECISION_MAX || image->comps[i].dx < 1
        || image->comps[i].dy < 1)
      return KOUAN_PIXELS_STATUS_NOT_SUPPORTED;
  return KOUAN_PIXELS_STATUS_OK;
}

/* One sample of 8 bits; a component may have fewer of them than the picture has pixels. */
static guint8
sample (const opj_image_comp_t *component, guint x, guint y, guint width, guint height)
{
  guint column = (guint)((guint64)x * component->w / width);
  guint row = (guint)((guint64)y * component->h / height);
  gint64 value = component->data[(gsize)row * component->w + column];
  gint64 max = ((gint64)1 << component->prec) - 1;

  if (component->sgnd != 0)
    value += (gint64)1 << (component->prec - 1);
  return (guint8)(CLAMP (value, 0, max) * 255 / max);
}

/* ITU-R BT.601, full range, as JP2's sYCC has it. */
static void
rgb_of_ycc (guint8 *rgb)
{
  double y = rgb[0], blue = rgb[1] - 128.0, red = rgb[2] - 128.0;

  rgb[0] = (guint8)CLAMP (y + 1.402 * red + 0.5, 0, 255);
  rgb[1] = (guint8)CLAMP (y - 0.344136 * blue - 0.714136 * red + 0.5, 0, 255);
  rgb[2] = (guint8)CLAMP (y + 1.772 * blue + 0.5, 0, 255);
}

static void
write_pixels (const opj_image_t *image, guint8 *rgb, guint width, guint height)
{
  gboolean color = image->numcomps >= 3;
  gboolean ycc = color
                 && (image->color_space == OPJ_CLRSPC_SYCC
                     || (image->color_space != OPJ_CLRSPC_SRGB && image->comps[1].dx > 1));

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++, rgb += 3)
      {
        for (guint c = 0; c < 3; c++)
          rgb[c] = sample (&image->comps[color ? c : 0], x, y, width, height);
        if (ycc)
          rgb_of_ycc (rgb);
      }
}

static gboolean
has_samples (const opj_image_t *image)
{
  for (guint i = 0; i < image->numcomps; i++)
    if (image->comps[i].data == NULL || image->comps[i].w == 0 || image->comps[i].h == 0)
      return FALSE;
  return TRUE;
}

static KouanPixelsStatus
write_picture (const opj_image_t *image, const KouanPixelsOptions *options)
{
  guint width = image->x1 - image->x0;
  guint height = image->y1 - image->y0;
  g_autofree guint8 *rgb = NULL;

  if (!has_samples (image))
    return KOUAN_PIXELS_STATUS_DAMAGED;
  rgb = g_malloc ((gsize)width * height * 3);
  write_pixels (image, rgb, width, height);
  kouan_output_start (1);
  kouan_output_picture (options, rgb, width, height, 1, 0);
  return KOUAN_PIXELS_STATUS_OK;
}

KouanPixelsStatus
kouan_decode_jp2 (const guint8 *data, gsize size, const KouanPixelsOptions *options)
{
  Source source = { data, size, 0 };
  g_autoptr (opj_codec_t) codec
    = opj_create_decompress (is_codestream (&source) ? OPJ_CODEC_J2K : OPJ_CODEC_JP2);
  g_autoptr (opj_stream_t) stream = open_source (&source);
  opj_image_t *header = NULL;
  g_autoptr (opj_image_t) image = NULL;
  opj_dparameters_t parameters;
  KouanPixelsStatus status;

  opj_set_default_decoder_parameters (&parameters);
  if (!opj_setup_decoder (codec, &parameters) || !opj_read_header (stream, codec, &header))
    return KOUAN_PIXELS_STATUS_DAMAGED;
  image = header;
  status = check_header (image, options);
  if (status != KOUAN_PIXELS_STATUS_OK)
    return status;
  if (!opj_decode (codec, stream, image) || !opj_end_decompress (codec, stream))
    return KOUAN_PIXELS_STATUS_DAMAGED;
  return write_picture (image, options);
}
