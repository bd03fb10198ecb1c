/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assets/demo/sheet.h"

#include <gio/gio.h>

G_BEGIN_DECLS

cairo_surface_t *kouan_demo_paint (
  double width_mm, double height_mm, double dpi, KouanSheetDraw draw, gconstpointer data);
void kouan_demo_blur (cairo_surface_t *surface, guint radius_px);
void kouan_demo_grain (cairo_surface_t *surface, int amount, guint32 seed);

gboolean kouan_demo_save_png (cairo_surface_t *surface, const char *path, GError **error);
gboolean kouan_demo_save_jpeg (
  cairo_surface_t *surface, const char *path, int quality, guint dpi, GError **error);
gboolean kouan_demo_save_pdf (const char *path,
                              double width_mm,
                              double height_mm,
                              const KouanSheetDraw *pages,
                              guint n_pages,
                              gconstpointer data,
                              GError **error);

G_END_DECLS
