/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-qr"

#include "app/qr/draw.h"

#include <cairo.h>

/* Pictures of a code, quiet zone and all, the same bytes for the same text. */

#define MODULE_PX_MAX 64

static cairo_status_t
on_png_bytes (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
paint_modules (cairo_t *cr, const KouanQrMatrix *matrix)
{
  guint size = kouan_qr_matrix_get_size (matrix);

  for (guint y = 0; y < size; y++)
    for (guint x = 0; x < size; x++)
      if (kouan_qr_matrix_is_dark (matrix, x, y))
        cairo_rectangle (cr, x, y, 1, 1);
  cairo_fill (cr);
}

/**
 * kouan_qr_draw_png:
 * @module_px: pixels a module, 1 to 64; 8 prints well at 200 dpi
 *
 * Returns: (transfer full): a PNG of one bit a pixel, with the quiet zone
 */
GBytes *
kouan_qr_draw_png (const KouanQrMatrix *matrix, guint module_px)
{
  GByteArray *png = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_t *cr;
  int side_px;

  g_return_val_if_fail (matrix != NULL, NULL);
  g_return_val_if_fail (module_px >= 1 && module_px <= MODULE_PX_MAX, NULL);

  side_px = (int)((kouan_qr_matrix_get_size (matrix) + 2 * KOUAN_QR_QUIET_MODULES) * module_px);
  /* In an A1 surface a set bit comes out of cairo's PNG writer as white. */
  surface = cairo_image_surface_create (CAIRO_FORMAT_A1, side_px, side_px);
  cr = cairo_create (surface);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_scale (cr, module_px, module_px);
  cairo_translate (cr, KOUAN_QR_QUIET_MODULES, KOUAN_QR_QUIET_MODULES);
  paint_modules (cr, matrix);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  g_assert (cairo_surface_write_to_png_stream (surface, on_png_bytes, png) == CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}

static void
append_row (GString *path, const KouanQrMatrix *matrix, guint y)
{
  guint size = kouan_qr_matrix_get_size (matrix);

  for (guint x = 0; x < size; x++)
    {
      guint from = x;

      while (x < size && kouan_qr_matrix_is_dark (matrix, x, y))
        x++;
      if (x > from)
        g_string_append_printf (path, "M%u %uh%uv1h-%uz", from + KOUAN_QR_QUIET_MODULES,
                                y + KOUAN_QR_QUIET_MODULES, x - from, x - from);
    }
}

/* Returns: (transfer full): an SVG 1.1 document of one unit a module, with the quiet zone */
GBytes *
kouan_qr_draw_svg (const KouanQrMatrix *matrix)
{
  GString *svg = g_string_new (NULL);
  guint side;

  g_return_val_if_fail (matrix != NULL, NULL);

  side = kouan_qr_matrix_get_size (matrix) + 2 * KOUAN_QR_QUIET_MODULES;
  g_string_append_printf (
    svg,
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%umm\" height=\"%umm\" "
    "viewBox=\"0 0 %u %u\" shape-rendering=\"crispEdges\">\n"
    "<path fill=\"#fff\" d=\"M0 0h%uv%uH0z\"/>\n<path d=\"",
    side, side, side, side, side, side);
  for (guint y = 0; y < kouan_qr_matrix_get_size (matrix); y++)
    append_row (svg, matrix, y);
  g_string_append (svg, "\"/>\n</svg>\n");
  return g_string_free_to_bytes (svg);
}
