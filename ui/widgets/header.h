/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Who runs this hall, what time it is, and three buttons. Signals: "language", "accessibility", "staff". */
#define KOUAN_TYPE_HEADER (kouan_header_get_type ())
G_DECLARE_FINAL_TYPE (KouanHeader, kouan_header, KOUAN, HEADER, GtkWidget)

GtkWidget *kouan_header_new (void);
void kouan_header_set_hall (KouanHeader *self, const char *hall_name);
void kouan_header_set_time (KouanHeader *self, const char *date_time, const char *short_time);
void kouan_header_set_called (KouanHeader *self, gboolean called);
void kouan_header_set_room (KouanHeader *self, int width, gboolean low);
void kouan_header_retranslate (KouanHeader *self);

GtkWidget *kouan_header_get_language_button (KouanHeader *self);
GtkWidget *kouan_header_get_accessibility_button (KouanHeader *self);
GtkWidget *kouan_header_get_staff_button (KouanHeader *self);

G_END_DECLS
