/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-pixels"

#include "app/pixels/decode.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

#include "app/pixels/exif.h"

/* JPEG by libjpeg-turbo. Two things it would let pass are refused: a picture whose data ends early
 * (the rest would be gray, and on paper a gray half page is a lost page), and one with more scans
 * than any camera writes (each scan costs the whole picture again). */

#define SCANS_MAX 100
#define SEGMENT_MAX 0xffff

typedef struct
{
  struct jpeg_error_mgr base;
  jmp_buf out;
  gboolean incomplete;
} JpegErrors;

typedef struct
{
  struct jpeg_decompress_struct jpeg;
  struct jpeg_progress_mgr progress;
  JpegErrors errors;
  const KouanPixelsOptions *options;
  guint8 *rgb;
  guint8 *row; /* of CMYK */
  guint orientation;
  double dpi;
  KouanPixelsStatus status;
} Picture;

static void
on_error (j_common_ptr jpeg)
{
  JpegErrors *errors = (JpegErrors *)jpeg->err;

  longjmp (errors->out, 1);
}

static void
on_message (j_common_ptr jpeg, int level)
{
  JpegErrors *errors = (JpegErrors *)jpeg->err;

  if (level < 0
      && (jpeg->err->msg_code == JWRN_JPEG_EOF || jpeg->err->msg_code == JWRN_HIT_MARKER
          || jpeg->err->msg_code == JWRN_HUFF_BAD_CODE))
    errors->incomplete = TRUE;
}

static void
on_progress (j_common_ptr jpeg)
{
  if (((j_decompress_ptr)jpeg)->input_scan_number > SCANS_MAX)
    on_error (jpeg);
}

static guint
orientation_of (j_decompress_ptr jpeg)
{
  for (jpeg_saved_marker_ptr marker = jpeg->marker_list; marker != NULL; marker = marker->next)
    if (marker->data_length > 4 && memcmp (marker->data, "Exif", 4) == 0)
      return kouan_exif_orientation (marker->data, marker->data_length);
  return 1;
}

/* JFIF counts dots an inch or a centimetre. */
static double
dpi_of (j_decompress_ptr jpeg)
{
  if (!jpeg->saw_JFIF_marker || jpeg->X_density != jpeg->Y_density)
    return 0;
  return jpeg->density_unit == 1   ? jpeg->X_density
         : jpeg->density_unit == 2 ? jpeg->X_density * 2.54
                                   : 0;
}

/* Adobe's programs store CMYK as amounts of light, everyone else as amounts of ink. Good enough to
 * read a page by: no colour profile is followed. */
static void
cmyk_to_rgb (const guint8 *cmyk, guint8 *rgb, guint count, gboolean light)
{
  for (guint i = 0; i < count; i++, cmyk += 4, rgb += 3)
    {
      guint black = light ? cmyk[3] : 255 - cmyk[3];

      for (guint c = 0; c < 3; c++)
        rgb[c] = (light ? cmyk[c] : 255 - cmyk[c]) * black / 255;
    }
}

static void
read_rows (Picture *picture)
{
  j_decompress_ptr jpeg = &picture->jpeg;
  gboolean cmyk = jpeg->out_color_space == JCS_CMYK;
  gsize stride = (gsize)jpeg->output_width * 3;

  picture->rgb = g_malloc (stride * jpeg->output_height);
  if (cmyk)
    picture->row = g_malloc ((gsize)jpeg->output_width * 4);
  while (jpeg->output_scanline < jpeg->output_height)
    {
      guint8 *target = picture->rgb + stride * jpeg->output_scanline;
      JSAMPROW row = cmyk ? picture->row : target;

      if (jpeg_read_scanlines (jpeg, &row, 1) == 1 && cmyk)
        cmyk_to_rgb (row, target, jpeg->output_width, jpeg->saw_Adobe_marker);
    }
  jpeg_finish_decompress (jpeg);
}

/* Everything in here may leave through on_error (); what it allocates hangs on @picture. */
static void
decode (Picture *picture, const guint8 *data, gsize size)
{
  j_decompress_ptr jpeg = &picture->jpeg;

  jpeg_mem_src (jpeg, data, size);
  jpeg_save_markers (jpeg, JPEG_APP0 + 1, SEGMENT_MAX);
  jpeg_read_header (jpeg, TRUE);
  picture->orientation = orientation_of (jpeg);
  picture->dpi = dpi_of (jpeg);
  if (!kouan_output_can_hold (picture->options, jpeg->image_width, jpeg->image_height))
    {
      picture->status = KOUAN_PIXELS_STATUS_TOO_LARGE;
      return;
    }
  if (jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK)
    jpeg->out_color_space = JCS_CMYK;
  else
    jpeg->out_color_space = JCS_RGB;
  jpeg_start_decompress (jpeg);
  read_rows (picture);
  if (!picture->errors.incomplete)
    picture->status = KOUAN_PIXELS_STATUS_OK;
}

KouanPixelsStatus
kouan_decode_jpeg (const guint8 *data, gsize size, const KouanPixelsOptions *options)
{
  Picture picture = { .options = options, .status = KOUAN_PIXELS_STATUS_DAMAGED };

  picture.jpeg.err = jpeg_std_error (&picture.errors.base);
  picture.errors.base.error_exit = on_error;
  picture.errors.base.emit_message = on_message;
  jpeg_create_decompress (&picture.jpeg);
  picture.progress.progress_monitor = on_progress;
  picture.jpeg.progress = &picture.progress;
  if (setjmp (picture.errors.out) == 0)
    decode (&picture, data, size);
  else if (picture.errors.base.msg_code == JERR_IMAGE_TOO_BIG)
    picture.status = KOUAN_PIXELS_STATUS_TOO_LARGE;
  if (picture.status == KOUAN_PIXELS_STATUS_OK)
    {
      kouan_output_start (1);
      kouan_output_picture (options, picture.rgb, picture.jpeg.output_width,
                            picture.jpeg.output_height, picture.orientation, picture.dpi);
    }
  jpeg_destroy_decompress (&picture.jpeg);
  g_free (picture.rgb);
  g_free (picture.row);
  return picture.status;
}
