/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/papers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <libheif/heif.h>
#include <openjpeg.h>
#include <png.h>
#include <tiffio.h>
#include <webp/encode.h>

#include "app/documents/jpeg.h"

static GBytes *
jpeg_of_gray (guint width, guint height, int components, J_COLOR_SPACE space, guint8 value)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  g_autofree guint8 *row = g_malloc ((gsize)width * components);
  unsigned char *data = NULL;
  unsigned long size = 0;

  memset (row, value, (gsize)width * components);
  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &data, &size);
  jpeg.image_width = width;
  jpeg.image_height = height;
  jpeg.input_components = components;
  jpeg.in_color_space = space;
  jpeg_set_defaults (&jpeg);
  jpeg_start_compress (&jpeg, TRUE);
  for (guint y = 0; y < height; y++)
    jpeg_write_scanlines (&jpeg, &row, 1);
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  return g_bytes_new_with_free_func (data, size, free, data);
}

GBytes *
kouan_test_jpeg_gray (guint width, guint height)
{
  return jpeg_of_gray (width, height, 1, JCS_GRAYSCALE, 200);
}

/* libjpeg writes Adobe's mark: amounts of light, so this is the gray of 200 * 200 / 255. */
GBytes *
kouan_test_jpeg_cmyk (guint width, guint height)
{
  return jpeg_of_gray (width, height, 4, JCS_CMYK, 200);
}

GBytes *
kouan_test_jpeg_oriented (KouanPage *page, guint orientation)
{
  const guint8 exif[]
    = { 0xff, 0xe1, 0, 34, 'E', 'x',  'i',  'f', 0, 0, 'M', 'M', 0, 42, 0,
        0,    0,    8, 0,  1,   0x01, 0x12, 0,   3, 0, 0,   0,   1, 0,  (guint8)orientation,
        0,    0,    0, 0,  0,   0 };
  g_autoptr (KouanJpeg) jpeg = kouan_jpeg_encode (page, 95);
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg->bytes, &size);
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, data, 2);
  g_byte_array_append (file, exif, sizeof exif);
  g_byte_array_append (file, data + 2, size - 2);
  return g_byte_array_free_to_bytes (file);
}

static void
png_append (png_structp png, png_bytep data, size_t size)
{
  g_byte_array_append (png_get_io_ptr (png), data, size);
}

static void
png_flush_nothing (png_structp png G_GNUC_UNUSED)
{
}

static GBytes *
write_png (
  guint width, guint height, int color_type, int depth, gboolean interlaced, png_bytep *rows)
{
  GByteArray *file = g_byte_array_new ();
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct (png);
  png_color palette[2] = { { 255, 0, 0 }, { 0, 0, 255 } };

  png_set_write_fn (png, file, png_append, png_flush_nothing);
  png_set_IHDR (png, info, width, height, depth, color_type,
                interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level (png, 1);
  if (color_type == PNG_COLOR_TYPE_PALETTE)
    png_set_PLTE (png, info, palette, 2);
  png_write_info (png, info);
  png_write_image (png, rows);
  png_write_end (png, NULL);
  png_destroy_write_struct (&png, &info);
  return g_byte_array_free_to_bytes (file);
}

GBytes *
kouan_test_png (KouanPage *page)
{
  g_autofree png_bytep *rows = g_new (png_bytep, page->height);
  guint8 *data = (guint8 *)g_bytes_get_data (page->pixels, NULL);

  for (guint y = 0; y < page->height; y++)
    rows[y] = data + (gsize)y * page->width * 3;
  return write_png (page->width, page->height, PNG_COLOR_TYPE_RGB, 8, FALSE, rows);
}

/* Every byte is 0x40: gray 64 of opacity 64 and the like. */
GBytes *
kouan_test_png_of (guint width, guint height, int color_type, int depth, gboolean interlaced)
{
  g_autofree guint8 *row = g_malloc ((gsize)width * 8);
  g_autofree png_bytep *rows = g_new (png_bytep, height);

  memset (row, 0x40, (gsize)width * 8);
  for (guint y = 0; y < height; y++)
    rows[y] = row;
  return write_png (width, height, color_type, depth, interlaced, rows);
}

/* Only what claims the size, with the right check sum, and an end: the bomb without its powder. */
GBytes *
kouan_test_png_header (guint width, guint height)
{
  g_autoptr (GBytes) real = kouan_test_png_of (1, 1, PNG_COLOR_TYPE_RGB, 8, FALSE);
  gsize size;
  guint8 *data = g_memdup2 (g_bytes_get_data (real, NULL), g_bytes_get_size (real));
  const guint32 sides[2] = { GUINT32_TO_BE (width), GUINT32_TO_BE (height) };
  guint32 crc = 0xffffffff;

  size = g_bytes_get_size (real);
  memcpy (data + 16, sides, sizeof sides);
  for (guint i = 12; i < 29; i++)
    {
      crc ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
  crc = GUINT32_TO_BE (~crc);
  memcpy (data + 29, &crc, 4);
  return g_bytes_new_take (data, size);
}

static void
write_tiff_page (TIFF *tiff, const KouanPage *page, int compression)
{
  guint8 *data = (guint8 *)g_bytes_get_data (page->pixels, NULL);

  TIFFSetField (tiff, TIFFTAG_IMAGEWIDTH, page->width);
  TIFFSetField (tiff, TIFFTAG_IMAGELENGTH, page->height);
  TIFFSetField (tiff, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField (tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
  TIFFSetField (tiff, TIFFTAG_ROWSPERSTRIP, 64);
  TIFFSetField (tiff, TIFFTAG_COMPRESSION, compression);
  TIFFSetField (tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
  TIFFSetField (tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  for (guint y = 0; y < page->height; y++)
    TIFFWriteScanline (tiff, data + (gsize)y * page->width * 3, y, 0);
  TIFFWriteDirectory (tiff);
}

GBytes *
kouan_test_tiff (KouanPage *page, guint pages, int compression)
{
  g_autofree char *path = NULL;
  char *data;
  gsize size;
  int fd = g_file_open_tmp ("kouan-test-XXXXXX.tif", &path, NULL);
  TIFF *tiff = TIFFFdOpen (fd, path, "w");

  for (guint i = 0; i < pages; i++)
    write_tiff_page (tiff, page, compression);
  TIFFClose (tiff);
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  remove (path);
  return g_bytes_new_take (data, size);
}

GBytes *
kouan_test_webp (KouanPage *page, gboolean transparent)
{
  const guint8 *rgb = g_bytes_get_data (page->pixels, NULL);
  gsize area = (gsize)page->width * page->height;
  g_autofree guint8 *rgba = g_malloc (area * 4);
  uint8_t *data = NULL;
  gsize size;

  for (gsize i = 0; i < area; i++)
    {
      memcpy (rgba + i * 4, rgb + i * 3, 3);
      rgba[i * 4 + 3] = transparent ? 0 : 255;
    }
  if (transparent)
    size = WebPEncodeLosslessRGBA (rgba, page->width, page->height, page->width * 4, &data);
  else
    size = WebPEncodeRGB (rgb, page->width, page->height, page->width * 3, 95, &data);
  g_assert_cmpuint (size, >, 0);
  return g_bytes_new_with_free_func (data, size, WebPFree, data);
}

static struct heif_error
heif_append (struct heif_context *context G_GNUC_UNUSED, const void *data, size_t size, void *file)
{
  const struct heif_error fine = { heif_error_Ok, heif_suberror_Unspecified, "" };

  g_byte_array_append (file, data, size);
  return fine;
}

GBytes *
kouan_test_heic (KouanPage *page)
{
  struct heif_context *context = heif_context_alloc ();
  struct heif_encoder *encoder;
  struct heif_image *image;
  struct heif_writer writer = { 1, heif_append };
  GByteArray *file = g_byte_array_new ();
  const guint8 *rgb = g_bytes_get_data (page->pixels, NULL);
  guint8 *plane;
  int stride;

  g_assert_cmpint (
    heif_context_get_encoder_for_format (context, heif_compression_HEVC, &encoder).code, ==, 0);
  heif_image_create (page->width, page->height, heif_colorspace_RGB, heif_chroma_interleaved_RGB,
                     &image);
  heif_image_add_plane (image, heif_channel_interleaved, page->width, page->height, 8);
  plane = heif_image_get_plane (image, heif_channel_interleaved, &stride);
  for (guint y = 0; y < page->height; y++)
    memcpy (plane + (gsize)y * stride, rgb + (gsize)y * page->width * 3, (gsize)page->width * 3);
  heif_encoder_set_lossy_quality (encoder, 80);
  g_assert_cmpint (heif_context_encode_image (context, image, encoder, NULL, NULL).code, ==, 0);
  g_assert_cmpint (heif_context_write (context, &writer, file).code, ==, 0);
  heif_image_release (image);
  heif_encoder_release (encoder);
  heif_context_free (context);
  return g_byte_array_free_to_bytes (file);
}

typedef struct
{
  GByteArray *bytes;
  gsize at;
} Target;

static OPJ_SIZE_T
write_target (void *data, OPJ_SIZE_T size, void *user)
{
  Target *target = user;

  if (target->at + size > target->bytes->len)
    g_byte_array_set_size (target->bytes, (guint)(target->at + size));
  memcpy (target->bytes->data + target->at, data, size);
  target->at += size;
  return size;
}

static OPJ_OFF_T
skip_target (OPJ_OFF_T count, void *user)
{
  Target *target = user;

  target->at += (gsize)count;
  return count;
}

static OPJ_BOOL
seek_target (OPJ_OFF_T offset, void *user)
{
  Target *target = user;

  target->at = (gsize)offset;
  return OPJ_TRUE;
}

static opj_image_t *
jp2_image (KouanPage *page)
{
  opj_image_cmptparm_t components[3] = { 0 };
  const guint8 *rgb = g_bytes_get_data (page->pixels, NULL);
  opj_image_t *image;

  for (guint c = 0; c < 3; c++)
    {
      components[c].dx = components[c].dy = 1;
      components[c].w = page->width;
      components[c].h = page->height;
      components[c].prec = 8;
    }
  image = opj_image_create (3, components, OPJ_CLRSPC_SRGB);
  image->x1 = page->width;
  image->y1 = page->height;
  for (gsize i = 0; i < (gsize)page->width * page->height; i++)
    for (guint c = 0; c < 3; c++)
      image->comps[c].data[i] = rgb[i * 3 + c];
  return image;
}

GBytes *
kouan_test_jp2 (KouanPage *page, gboolean codestream)
{
  Target target = { g_byte_array_new (), 0 };
  opj_codec_t *codec = opj_create_compress (codestream ? OPJ_CODEC_J2K : OPJ_CODEC_JP2);
  opj_stream_t *stream = opj_stream_default_create (OPJ_FALSE);
  opj_image_t *image = jp2_image (page);
  opj_cparameters_t parameters;

  opj_set_default_encoder_parameters (&parameters);
  opj_stream_set_user_data (stream, &target, NULL);
  opj_stream_set_write_function (stream, write_target);
  opj_stream_set_skip_function (stream, skip_target);
  opj_stream_set_seek_function (stream, seek_target);
  g_assert_true (opj_setup_encoder (codec, &parameters, image));
  g_assert_true (opj_start_compress (codec, image, stream));
  g_assert_true (opj_encode (codec, stream));
  g_assert_true (opj_end_compress (codec, stream));
  opj_stream_destroy (stream);
  opj_destroy_codec (codec);
  opj_image_destroy (image);
  return g_byte_array_free_to_bytes (target.bytes);
}
