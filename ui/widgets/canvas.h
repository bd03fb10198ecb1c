/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Pixels, as large as fits or enlarged about a point. */
#define KOUAN_TYPE_CANVAS (kouan_canvas_get_type ())
G_DECLARE_FINAL_TYPE (KouanCanvas, kouan_canvas, KOUAN, CANVAS, GtkWidget)

GtkWidget *kouan_canvas_new (void);
void kouan_canvas_set_pixels (
  KouanCanvas *self, GBytes *pixels, GdkMemoryFormat format, int width, int height, gsize stride);
void
kouan_canvas_add_smaller (KouanCanvas *self, GBytes *pixels, int width, int height, gsize stride);
void kouan_canvas_clear (KouanCanvas *self);
gboolean kouan_canvas_has_picture (KouanCanvas *self);
void kouan_canvas_set_mirrored (KouanCanvas *self, gboolean mirrored);
void kouan_canvas_set_aspect (KouanCanvas *self, double aspect);
void kouan_canvas_set_tallest (KouanCanvas *self, int tallest);
void kouan_canvas_set_cover (KouanCanvas *self, gboolean cover);
void kouan_canvas_set_zoom (KouanCanvas *self, double zoom, double x, double y);
graphene_rect_t kouan_canvas_get_picture_bounds (KouanCanvas *self);

G_END_DECLS
