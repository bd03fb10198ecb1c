/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-pixels"

#include "app/pixels/decode.h"

#include <setjmp.h>
#include <string.h>

#include <png.h>

/* PNG by libpng: every depth and kind becomes RGB of 8 bits, what can be seen through is laid on
 * white. */

#define METERS_PER_INCH 0.0254
#define CHUNK_MAX (8 * 1024 * 1024)

typedef struct
{
  png_structp png;
  png_infop info;
  const guint8 *data;
  gsize left;
  const KouanPixelsOptions *options;
  guint8 *rgb;
  png_bytep *rows;
  guint width;
  guint height;
  KouanPixelsStatus status;
} Picture;

static void G_GNUC_NORETURN
on_error (png_structp png, png_const_charp message G_GNUC_UNUSED)
{
  png_longjmp (png, 1);
}

static void
on_warning (png_structp png G_GNUC_UNUSED, png_const_charp message G_GNUC_UNUSED)
{
}

static void
read_bytes (png_structp png, png_bytep target, size_t count)
{
  Picture *picture = png_get_io_ptr (png);

  if (count > picture->left)
    png_error (png, "early end");
  memcpy (target, picture->data, count);
  picture->data += count;
  picture->left -= count;
}

static double
dpi_of (const Picture *picture)
{
  return png_get_pixels_per_meter (picture->png, picture->info) * METERS_PER_INCH;
}

static void
ask_for_rgb (Picture *picture)
{
  static const png_color_16 white = { .red = 0xff, .green = 0xff, .blue = 0xff, .gray = 0xff };
  gboolean transparent
    = (png_get_color_type (picture->png, picture->info) & PNG_COLOR_MASK_ALPHA) != 0
      || png_get_valid (picture->png, picture->info, PNG_INFO_tRNS) != 0;

  png_set_expand (picture->png);
  png_set_scale_16 (picture->png);
  png_set_gray_to_rgb (picture->png);
  if (transparent)
    png_set_background (picture->png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
  png_set_interlace_handling (picture->png);
  png_read_update_info (picture->png, picture->info);
}

/* Everything in here may leave through on_error (); what it allocates hangs on @picture. */
static void
decode (Picture *picture)
{
  png_set_user_limits (picture->png, KOUAN_PIXELS_SIDE_MAX, KOUAN_PIXELS_SIDE_MAX);
  png_set_chunk_malloc_max (picture->png, CHUNK_MAX);
  png_set_read_fn (picture->png, picture, read_bytes);
  png_read_info (picture->png, picture->info);
  picture->width = png_get_image_width (picture->png, picture->info);
  picture->height = png_get_image_height (picture->png, picture->info);
  if (!kouan_output_can_hold (picture->options, picture->width, picture->height))
    {
      picture->status = KOUAN_PIXELS_STATUS_TOO_LARGE;
      return;
    }
  ask_for_rgb (picture);
  if (png_get_rowbytes (picture->png, picture->info) != (gsize)picture->width * 3)
    png_error (picture->png, "not RGB");
  picture->rgb = g_malloc ((gsize)picture->width * picture->height * 3);
  picture->rows = g_new (png_bytep, picture->height);
  for (guint y = 0; y < picture->height; y++)
    picture->rows[y] = picture->rgb + (gsize)y * picture->width * 3;
  png_read_image (picture->png, picture->rows);
  png_read_end (picture->png, NULL);
  picture->status = KOUAN_PIXELS_STATUS_OK;
}

/* libpng answers a side beyond its limit with an error like any other; the header says which it
 * was. */
static gboolean
claims_too_much (const guint8 *data, gsize size)
{
  guint32 sides[2];

  if (size < 24 || memcmp (data + 12, "IHDR", 4) != 0)
    return FALSE;
  memcpy (sides, data + 16, sizeof sides);
  return GUINT32_FROM_BE (sides[0]) > KOUAN_PIXELS_SIDE_MAX
         || GUINT32_FROM_BE (sides[1]) > KOUAN_PIXELS_SIDE_MAX;
}

KouanPixelsStatus
kouan_decode_png (const guint8 *data, gsize size, const KouanPixelsOptions *options)
{
  Picture picture
    = { .data = data, .left = size, .options = options, .status = KOUAN_PIXELS_STATUS_DAMAGED };

  if (claims_too_much (data, size))
    return KOUAN_PIXELS_STATUS_TOO_LARGE;
  picture.png = png_create_read_struct (PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
  picture.info = png_create_info_struct (picture.png);
  if (setjmp (png_jmpbuf (picture.png)) == 0)
    decode (&picture);
  if (picture.status == KOUAN_PIXELS_STATUS_OK)
    {
      kouan_output_start (1);
      kouan_output_picture (options, picture.rgb, picture.width, picture.height, 1,
                            dpi_of (&picture));
    }
  png_destroy_read_struct (&picture.png, &picture.info, NULL);
  g_free (picture.rgb);
  g_free (picture.rows);
  return picture.status;
}
