/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One of the project's own SVG drawings, in the colours of the theme. */
#define KOUAN_TYPE_DRAWING (kouan_drawing_get_type ())
G_DECLARE_FINAL_TYPE (KouanDrawing, kouan_drawing, KOUAN, DRAWING, GtkWidget)

GtkWidget *kouan_icon_new (const char *name);
GtkWidget *kouan_illustration_new (const char *name, int height);

void kouan_drawing_set_name (KouanDrawing *self, const char *name);
const char *kouan_drawing_get_name (KouanDrawing *self);
void kouan_drawing_set_description (KouanDrawing *self, const char *description);

G_END_DECLS
