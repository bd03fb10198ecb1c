/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-pixels"

#include "app/pixels/decode.h"

#include <string.h>

#include <tiffio.h>

/* TIFF by libtiff, as far as scanners and fax machines write it; a directory is a page unless it is
 * a small copy of another. libtiff turns the picture upright itself. */

typedef struct
{
  const guint8 *data;
  gsize size;
  gsize at;
} Bytes;

static tmsize_t
bytes_read (thandle_t handle, void *target, tmsize_t count)
{
  Bytes *bytes = handle;
  gsize taken = MIN ((gsize)MAX (count, 0), bytes->size - MIN (bytes->at, bytes->size));

  memcpy (target, bytes->data + bytes->size - (bytes->size - MIN (bytes->at, bytes->size)), taken);
  bytes->at += taken;
  return taken;
}

static tmsize_t
bytes_write (thandle_t handle G_GNUC_UNUSED,
             void *source G_GNUC_UNUSED,
             tmsize_t count G_GNUC_UNUSED)
{
  return -1;
}

static toff_t
bytes_seek (thandle_t handle, toff_t offset, int whence)
{
  Bytes *bytes = handle;
  gsize from = whence == SEEK_CUR ? bytes->at : whence == SEEK_END ? bytes->size : 0;

  bytes->at = MIN (from + offset, bytes->size);
  return bytes->at;
}

static int
bytes_close (thandle_t handle G_GNUC_UNUSED)
{
  return 0;
}

static toff_t
bytes_size (thandle_t handle)
{
  return ((Bytes *)handle)->size;
}

static gboolean
is_page (TIFF *tiff)
{
  guint32 subfile = 0;

  TIFFGetFieldDefaulted (tiff, TIFFTAG_SUBFILETYPE, &subfile);
  return (subfile & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) == 0;
}

static KouanPixelsStatus
check_page (TIFF *tiff, const KouanPixelsOptions *options)
{
  char reason[1024];
  guint32 width, height;

  if (TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width) != 1
      || TIFFGetField (tiff, TIFFTAG_IMAGELENGTH, &height) != 1 || width == 0 || height == 0)
    return KOUAN_PIXELS_STATUS_DAMAGED;
  if (!kouan_output_can_hold (options, width, height))
    return KOUAN_PIXELS_STATUS_TOO_LARGE;
  return TIFFRGBAImageOK (tiff, reason) ? KOUAN_PIXELS_STATUS_OK : KOUAN_PIXELS_STATUS_DAMAGED;
}

/* Walks the directories before anything is decoded. */
static KouanPixelsStatus
check_pages (TIFF *tiff, const KouanPixelsOptions *options, guint *pages)
{
  *pages = 0;
  for (guint directories = 0;; directories++)
    {
      KouanPixelsStatus status
        = is_page (tiff) ? check_page (tiff, options) : KOUAN_PIXELS_STATUS_OK;

      if (status != KOUAN_PIXELS_STATUS_OK)
        return status;
      *pages += is_page (tiff) ? 1 : 0;
      if (*pages > KOUAN_PIXELS_PAGES_MAX || directories > 2 * KOUAN_PIXELS_PAGES_MAX)
        return KOUAN_PIXELS_STATUS_TOO_MANY_PAGES;
      if (TIFFLastDirectory (tiff))
        break;
      if (!TIFFReadDirectory (tiff))
        return KOUAN_PIXELS_STATUS_DAMAGED;
    }
  return *pages > 0 ? KOUAN_PIXELS_STATUS_OK : KOUAN_PIXELS_STATUS_DAMAGED;
}

/* libtiff's RGBA has the colours multiplied with their opacity: white shines through by the rest.
 * In place, as RGB is the shorter of the two. */
static void
lay_on_white (const guint32 *rgba, guint8 *rgb, gsize count)
{
  for (gsize i = 0; i < count; i++, rgb += 3)
    {
      guint32 pixel = rgba[i];
      guint white = 255 - TIFFGetA (pixel);

      rgb[0] = MIN (TIFFGetR (pixel) + white, 255);
      rgb[1] = MIN (TIFFGetG (pixel) + white, 255);
      rgb[2] = MIN (TIFFGetB (pixel) + white, 255);
    }
}

static double
dpi_of (TIFF *tiff)
{
  guint16 unit = RESUNIT_NONE;
  float across = 0, down = 0;

  TIFFGetFieldDefaulted (tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
  if (TIFFGetField (tiff, TIFFTAG_XRESOLUTION, &across) != 1
      || TIFFGetField (tiff, TIFFTAG_YRESOLUTION, &down) != 1 || !(across == down))
    return 0;
  return unit == RESUNIT_INCH ? across : unit == RESUNIT_CENTIMETER ? across * 2.54 : 0;
}

static gboolean
write_page (TIFF *tiff, const KouanPixelsOptions *options)
{
  g_autofree guint32 *pixels = NULL;
  guint32 width = 0, height = 0;

  TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField (tiff, TIFFTAG_IMAGELENGTH, &height);
  pixels = g_new (guint32, (gsize)width * height);
  if (!TIFFReadRGBAImageOriented (tiff, width, height, pixels, ORIENTATION_TOPLEFT, 1))
    return FALSE;
  lay_on_white (pixels, (guint8 *)pixels, (gsize)width * height);
  kouan_output_picture (options, (guint8 *)pixels, width, height, 1, dpi_of (tiff));
  return TRUE;
}

static KouanPixelsStatus
write_pages (TIFF *tiff, const KouanPixelsOptions *options, guint pages)
{
  if (!TIFFSetDirectory (tiff, 0))
    return KOUAN_PIXELS_STATUS_DAMAGED;
  kouan_output_start (pages);
  for (guint written = 0; written < pages;)
    {
      if (is_page (tiff))
        {
          if (!write_page (tiff, options))
            return KOUAN_PIXELS_STATUS_DAMAGED;
          written++;
        }
      if (written < pages && !TIFFReadDirectory (tiff))
        return KOUAN_PIXELS_STATUS_DAMAGED;
    }
  return KOUAN_PIXELS_STATUS_OK;
}

KouanPixelsStatus
kouan_decode_tiff (const guint8 *data, gsize size, const KouanPixelsOptions *options)
{
  Bytes bytes = { data, size, 0 };
  KouanPixelsStatus status = KOUAN_PIXELS_STATUS_DAMAGED;
  TIFF *tiff;
  guint pages;

  TIFFSetErrorHandler (NULL);
  TIFFSetWarningHandler (NULL);
  tiff = TIFFClientOpen ("visitor", "rm", &bytes, bytes_read, bytes_write, bytes_seek, bytes_close,
                         bytes_size, NULL, NULL);
  if (tiff == NULL)
    return KOUAN_PIXELS_STATUS_DAMAGED;
  status = check_pages (tiff, options, &pages);
  if (status == KOUAN_PIXELS_STATUS_OK)
    status = write_pages (tiff, options, pages);
  TIFFClose (tiff);
  return status;
}
