/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/widgets/accessible.h"

G_BEGIN_DECLS

/* Plain GtkButtons with the kiosk's content: an icon (nullable) and a verb that may wrap. */
GtkWidget *kouan_button_new (const char *icon, const char *label);
GtkWidget *kouan_button_new_primary (const char *icon, const char *label);

void kouan_button_set_label (GtkButton *self, const char *label);
const char *kouan_button_get_label (GtkButton *self);
void kouan_button_set_icon (GtkButton *self, const char *icon);
void kouan_button_set_wrap (GtkButton *self, gboolean wrap);
void kouan_button_set_stacked (GtkButton *self);
void kouan_button_set_left_to_right (GtkButton *self);
void kouan_button_set_icon_only (GtkButton *self, gboolean icon_only);

G_END_DECLS
