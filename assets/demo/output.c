/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-specimens"

#include "assets/demo/output.h"

#include <cairo-pdf.h>
#include <stdio.h>
#include <jpeglib.h>
#include <string.h>

/* From drawings to files, the same bytes each time. */

#define MM_AN_INCH 25.4
#define POINTS_AN_INCH 72.0
#define BYTES_A_PIXEL 4
#define CREATED "2026-01-01T00:00:00Z"

/* Returns: (transfer full): an RGB image on white */
cairo_surface_t *
kouan_demo_paint (
  double width_mm, double height_mm, double dpi, KouanSheetDraw draw, gconstpointer data)
{
  double scale = dpi / MM_AN_INCH;
  cairo_surface_t *surface = cairo_image_surface_create (
    CAIRO_FORMAT_RGB24, (int)(width_mm * scale + 0.5), (int)(height_mm * scale + 0.5));
  KouanSheet sheet = { cairo_create (surface), width_mm, height_mm };

  cairo_scale (sheet.cr, scale, scale);
  kouan_sheet_colour (&sheet, 0xFFFFFF, 1);
  cairo_paint (sheet.cr);
  draw (&sheet, data);
  cairo_destroy (sheet.cr);
  cairo_surface_flush (surface);
  return surface;
}

/* The mean of 2 × @radius_px + 1 pixels along a line that begins at @from and has @step bytes a
 * pixel. */
static void
blur_line (guint8 *from, gsize step, guint length, guint radius_px, guint8 *scratch)
{
  guint sum = 0;

  for (guint i = 0; i < length; i++)
    scratch[i] = from[i * step];
  for (int i = -(int)radius_px; i <= (int)radius_px; i++)
    sum += scratch[CLAMP (i, 0, (int)length - 1)];
  for (guint i = 0; i < length; i++)
    {
      from[i * step] = (guint8)(sum / (2 * radius_px + 1));
      sum += scratch[MIN (i + radius_px + 1, length - 1)];
      sum -= scratch[i >= radius_px ? i - radius_px : 0];
    }
}

/* Three box blurs one after the other, which is nearly what a lens out of focus does. */
void
kouan_demo_blur (cairo_surface_t *surface, guint radius_px)
{
  guint width = (guint)cairo_image_surface_get_width (surface);
  guint height = (guint)cairo_image_surface_get_height (surface);
  gsize stride = (gsize)cairo_image_surface_get_stride (surface);
  guint8 *pixels = cairo_image_surface_get_data (surface);
  g_autofree guint8 *scratch = g_malloc (MAX (width, height));

  for (guint pass = 0; pass < 3; pass++)
    for (guint channel = 0; channel < 3; channel++)
      {
        for (guint y = 0; y < height; y++)
          blur_line (pixels + y * stride + channel, BYTES_A_PIXEL, width, radius_px, scratch);
        for (guint x = 0; x < width; x++)
          blur_line (pixels + (gsize)x * BYTES_A_PIXEL + channel, stride, height, radius_px,
                     scratch);
      }
  cairo_surface_mark_dirty (surface);
}

/* The noise of a sensor: each pixel brighter or darker by at most @amount. */
void
kouan_demo_grain (cairo_surface_t *surface, int amount, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint8 *pixels = cairo_image_surface_get_data (surface);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint8 *pixel = pixels + y * stride + x * BYTES_A_PIXEL;
        int change = g_rand_int_range (random, -amount, amount + 1);

        for (int channel = 0; channel < 3; channel++)
          pixel[channel] = (guint8)CLAMP (pixel[channel] + change, 0, 255);
      }
  cairo_surface_mark_dirty (surface);
}

static gboolean
fail (GError **error, const char *path)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be written", path);
  return FALSE;
}

gboolean
kouan_demo_save_png (cairo_surface_t *surface, const char *path, GError **error)
{
  return cairo_surface_write_to_png (surface, path) == CAIRO_STATUS_SUCCESS || fail (error, path);
}

static void
compress (cairo_surface_t *surface, struct jpeg_compress_struct *jpeg)
{
  int stride = cairo_image_surface_get_stride (surface);
  guint8 *pixels = cairo_image_surface_get_data (surface);

  while (jpeg->next_scanline < jpeg->image_height)
    {
      JSAMPROW row = pixels + (gsize)jpeg->next_scanline * (gsize)stride;

      jpeg_write_scanlines (jpeg, &row, 1);
    }
}

/* @dpi: is written into the file, which is how a page knows its size */
gboolean
kouan_demo_save_jpeg (
  cairo_surface_t *surface, const char *path, int quality, guint dpi, GError **error)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  FILE *file = fopen (path, "wbe");

  if (file == NULL)
    return fail (error, path);
  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_stdio_dest (&jpeg, file);
  jpeg.image_width = (JDIMENSION)cairo_image_surface_get_width (surface);
  jpeg.image_height = (JDIMENSION)cairo_image_surface_get_height (surface);
  jpeg.input_components = BYTES_A_PIXEL;
  jpeg.in_color_space = G_BYTE_ORDER == G_LITTLE_ENDIAN ? JCS_EXT_BGRX : JCS_EXT_XRGB;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, quality, TRUE);
  jpeg.density_unit = 1;
  jpeg.X_density = (UINT16)dpi;
  jpeg.Y_density = (UINT16)dpi;
  jpeg_start_compress (&jpeg, TRUE);
  compress (surface, &jpeg);
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  return fclose (file) == 0 || fail (error, path);
}

/* @pages: each draws a page of its own */
gboolean
kouan_demo_save_pdf (const char *path,
                     double width_mm,
                     double height_mm,
                     const KouanSheetDraw *pages,
                     guint n_pages,
                     gconstpointer data,
                     GError **error)
{
  double scale = POINTS_AN_INCH / MM_AN_INCH;
  cairo_surface_t *surface = cairo_pdf_surface_create (path, width_mm * scale, height_mm * scale);
  KouanSheet sheet = { cairo_create (surface), width_mm, height_mm };
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, CREATED);
  cairo_scale (sheet.cr, scale, scale);
  for (guint i = 0; i < n_pages; i++)
    {
      pages[i](&sheet, data);
      cairo_show_page (sheet.cr);
    }
  cairo_destroy (sheet.cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status == CAIRO_STATUS_SUCCESS || fail (error, path);
}
