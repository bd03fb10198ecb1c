/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-specimens"

#include "assets/demo/tray.h"

#include "assets/demo/output.h"

/* What a document camera sees: a dark tray, brighter under its lamp, and a page that lies there a
 * little askew. */

#define FRAME_WIDTH 3264
#define FRAME_HEIGHT 2448
#define PAGE_HEIGHT 2220.0
#define TILT (1.6 * G_PI / 180)
#define GRAIN 4
#define SEED 4711

static void
draw_tray (cairo_t *cr)
{
  cairo_pattern_t *lamp
    = cairo_pattern_create_radial (FRAME_WIDTH / 2.0, FRAME_HEIGHT / 2.0, 200, FRAME_WIDTH / 2.0,
                                   FRAME_HEIGHT / 2.0, FRAME_WIDTH * 0.7);

  cairo_pattern_add_color_stop_rgb (lamp, 0, 0.32, 0.33, 0.34);
  cairo_pattern_add_color_stop_rgb (lamp, 1, 0.18, 0.19, 0.20);
  cairo_set_source (cr, lamp);
  cairo_paint (cr);
  cairo_pattern_destroy (lamp);
}

cairo_surface_t *
kouan_demo_lay_on_tray (cairo_surface_t *page)
{
  cairo_surface_t *frame
    = cairo_image_surface_create (CAIRO_FORMAT_RGB24, FRAME_WIDTH, FRAME_HEIGHT);
  cairo_t *cr = cairo_create (frame);
  double width = cairo_image_surface_get_width (page);
  double height = cairo_image_surface_get_height (page);

  draw_tray (cr);
  cairo_translate (cr, FRAME_WIDTH / 2.0, FRAME_HEIGHT / 2.0);
  cairo_rotate (cr, TILT);
  cairo_scale (cr, PAGE_HEIGHT / height, PAGE_HEIGHT / height);
  cairo_set_source_surface (cr, page, -width / 2, -height / 2);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BEST);
  cairo_paint_with_alpha (cr, 0.96);
  cairo_destroy (cr);
  cairo_surface_flush (frame);
  kouan_demo_grain (frame, GRAIN, SEED);
  return frame;
}
