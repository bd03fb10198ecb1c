/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/testkit/samples.h"

#include <cairo.h>

static GBytes *
take_rgb (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint8 *rgb = g_malloc ((gsize)width * (gsize)height * 3);
  const guint8 *data;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint32 pixel = *(const guint32 *)(const void *)(data + y * stride + x * 4);
        guint8 *out = rgb + ((gsize)y * (gsize)width + (gsize)x) * 3;

        out[0] = (guint8)(pixel >> 16);
        out[1] = (guint8)(pixel >> 8);
        out[2] = (guint8)pixel;
      }
  cairo_surface_destroy (surface);
  return g_bytes_new_take (rgb, (gsize)width * (gsize)height * 3);
}

GBytes *
kouan_sample_page (int *width, int *height)
{
  cairo_surface_t *surface;
  cairo_t *cr;

  *width = 620;
  *height = 877;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, *width, *height);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 0.99, 0.98, 0.96);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.2, 0.2, 0.22);
  for (int line = 0; line < 24; line++)
    {
      cairo_rectangle (cr, 70, 150 + line * 24, line % 6 == 5 ? 240 : 480, 7);
      cairo_fill (cr);
    }
  cairo_rectangle (cr, 170, 80, 280, 22);
  cairo_fill (cr);
  cairo_set_source_rgba (cr, 0.75, 0.1, 0.1, 0.8);
  cairo_set_line_width (cr, 7);
  cairo_arc (cr, 450, 730, 70, 0, 6.2832);
  cairo_stroke (cr);
  cairo_destroy (cr);
  return take_rgb (surface);
}

GBytes *
kouan_sample_frame (int *width, int *height)
{
  cairo_surface_t *surface;
  cairo_t *cr;
  cairo_pattern_t *light;

  *width = 960;
  *height = 720;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, *width, *height);
  cr = cairo_create (surface);
  light = cairo_pattern_create_linear (0, 0, *width, *height);
  cairo_pattern_add_color_stop_rgb (light, 0, 0.55, 0.58, 0.6);
  cairo_pattern_add_color_stop_rgb (light, 1, 0.25, 0.27, 0.3);
  cairo_set_source (cr, light);
  cairo_paint (cr);
  cairo_pattern_destroy (light);
  cairo_translate (cr, 480, 360);
  cairo_rotate (cr, 0.12);
  cairo_set_source_rgb (cr, 0.93, 0.93, 0.92);
  cairo_rectangle (cr, -130, -200, 260, 400);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
  for (int y = 0; y < 21; y++)
    for (int x = 0; x < 21; x++)
      if (((x * 7 + y * 13 + x * y) % 5) < 2)
        cairo_rectangle (cr, -84 + x * 8, -84 + y * 8, 8, 8);
  cairo_fill (cr);
  cairo_destroy (cr);
  return take_rgb (surface);
}

static gboolean
is_finder (guint x, guint y, guint count, gboolean *dark)
{
  guint fx = x < 8 ? x : x >= count - 8 ? count - 1 - x : 99;
  guint fy = y < 8 ? y : y >= count - 8 ? count - 1 - y : 99;
  guint ring;

  if (fx > 7 || fy > 7 || (x >= count - 8 && y >= count - 8))
    return FALSE;
  ring = MIN (MIN (fx, 6 - MIN (fx, 6)), MIN (fy, 6 - MIN (fy, 6)));
  *dark = fx < 7 && fy < 7 && ring != 1;
  return TRUE;
}

gboolean *
kouan_sample_modules (guint count)
{
  gboolean *modules = g_new0 (gboolean, (gsize)count * count);
  guint32 state = 2463534242u;

  for (guint y = 0; y < count; y++)
    for (guint x = 0; x < count; x++)
      {
        gboolean dark = FALSE;

        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        modules[y * count + x] = is_finder (x, y, count, &dark) ? dark : (state & 1) != 0;
      }
  return modules;
}
