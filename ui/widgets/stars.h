/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How was it? Five faces with words. Signal: "rated" (guint 1 to 5). */
#define KOUAN_TYPE_STARS (kouan_stars_get_type ())
G_DECLARE_FINAL_TYPE (KouanStars, kouan_stars, KOUAN, STARS, GtkWidget)

GtkWidget *kouan_stars_new (const char *question);
guint kouan_stars_get_rating (KouanStars *self);
void kouan_stars_set_rating (KouanStars *self, guint rating);
GtkWidget *kouan_stars_get_button (KouanStars *self, guint rating);

G_END_DECLS
