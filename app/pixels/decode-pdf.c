/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-pixels"

#include "app/pixels/decode.h"

#include <math.h>

#include <cairo.h>
#include <poppler.h>

/* PDF by poppler and cairo: what a person would see on paper, marks and filled-in forms included. A
 * page larger than fits is drawn at fewer dots an inch, as a poster photographed from further away
 * would be; only what exceeds the format's own bounds (ISO 32000-1, annex C: 14,400 units) is
 * refused. */

#define POINTS_PER_INCH 72.0
#define POINTS_MAX 14400.0
#define ROOM_FOR_ROUNDING 0.998

typedef cairo_surface_t CairoSurface;
typedef cairo_t Cairo;
typedef PopplerDocument PdfDocument; /* poppler-glib 22.12 has no autoptr of its own */
typedef PopplerPage PdfPage;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CairoSurface, cairo_surface_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Cairo, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfPage, g_object_unref)

static gboolean
is_side (double points)
{
  return isfinite (points) && points > 0;
}

static KouanPixelsStatus
check_pages (PdfDocument *document, guint pages)
{
  for (guint i = 0; i < pages; i++)
    {
      g_autoptr (PdfPage) page = poppler_document_get_page (document, i);
      double width, height;

      if (page == NULL)
        return KOUAN_PIXELS_STATUS_DAMAGED;
      poppler_page_get_size (page, &width, &height);
      if (!is_side (width) || !is_side (height))
        return KOUAN_PIXELS_STATUS_DAMAGED;
      if (width > POINTS_MAX || height > POINTS_MAX)
        return KOUAN_PIXELS_STATUS_TOO_LARGE;
    }
  return KOUAN_PIXELS_STATUS_OK;
}

static void
write_surface (CairoSurface *surface, guint width, guint height)
{
  const guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = cairo_image_surface_get_stride (surface);
  guint rows_at_once = CLAMP (65536 / (width * 3), 1, height);
  g_autofree guint8 *rgb = g_malloc ((gsize)width * 3 * rows_at_once);
  guint8 *at = rgb;

  for (guint y = 0; y < height; y++)
    {
      const guint32 *row = (const guint32 *)(gconstpointer)(pixels + y * stride);

      for (guint x = 0; x < width; x++, at += 3)
        {
          at[0] = row[x] >> 16;
          at[1] = row[x] >> 8;
          at[2] = row[x];
        }
      if ((y + 1) % rows_at_once == 0 || y + 1 == height)
        {
          kouan_output_rows (rgb, at - rgb);
          at = rgb;
        }
    }
}

static double
dpi_that_fits (const KouanPixelsOptions *options, double width, double height)
{
  double area = width * height / (POINTS_PER_INCH * POINTS_PER_INCH);
  double longest = MAX (width, height) / POINTS_PER_INCH;
  double area_max = MIN (options->area_fit, options->area_max) * ROOM_FOR_ROUNDING;

  return MIN (options->dpi, MIN (sqrt (area_max / area), KOUAN_PIXELS_SIDE_MAX / longest));
}

/* The text layer, for comparing what papers say; a scan has none. */
static void
write_text (PdfPage *page)
{
  g_autofree char *text = poppler_page_get_text (page);
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL)
    kouan_output_text (valid);
}

static gboolean
write_page (PdfPage *page, const KouanPixelsOptions *options)
{
  g_autoptr (CairoSurface) surface = NULL;
  g_autoptr (Cairo) cairo = NULL;
  double width, height, dpi;
  guint columns, rows;

  poppler_page_get_size (page, &width, &height);
  dpi = dpi_that_fits (options, width, height);
  columns = MAX (1, lround (width * dpi / POINTS_PER_INCH));
  rows = MAX (1, lround (height * dpi / POINTS_PER_INCH));
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, columns, rows);
  cairo = cairo_create (surface);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_scale (cairo, dpi / POINTS_PER_INCH, dpi / POINTS_PER_INCH);
  poppler_page_render (page, cairo);
  cairo_surface_flush (surface);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    return FALSE;
  write_text (page);
  kouan_output_page (columns, rows, MAX (1, lround (dpi)));
  write_surface (surface, columns, rows);
  return TRUE;
}

static KouanPixelsStatus
write_pages (PdfDocument *document, const KouanPixelsOptions *options)
{
  int pages = poppler_document_get_n_pages (document);
  KouanPixelsStatus status;

  if (pages <= 0)
    return KOUAN_PIXELS_STATUS_DAMAGED;
  if (pages > KOUAN_PIXELS_PAGES_MAX)
    return KOUAN_PIXELS_STATUS_TOO_MANY_PAGES;
  status = check_pages (document, pages);
  if (status != KOUAN_PIXELS_STATUS_OK)
    return status;
  kouan_output_start (pages);
  for (int i = 0; i < pages; i++)
    {
      g_autoptr (PdfPage) page = poppler_document_get_page (document, i);

      if (page == NULL || !write_page (page, options))
        return KOUAN_PIXELS_STATUS_DAMAGED;
    }
  return KOUAN_PIXELS_STATUS_OK;
}

KouanPixelsStatus
kouan_decode_pdf (const guint8 *data, gsize size, const KouanPixelsOptions *options)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (PdfDocument) document = poppler_document_new_from_bytes (bytes, NULL, &error);

  if (document != NULL)
    return write_pages (document, options);
  return g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)
           ? KOUAN_PIXELS_STATUS_ENCRYPTED
           : KOUAN_PIXELS_STATUS_DAMAGED;
}
