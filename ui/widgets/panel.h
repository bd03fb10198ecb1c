/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A card that stands over the page: title, body, and buttons at its foot.
 *
 * Signals: "primary", "secondary": a button of the foot; "cancelled": Escape, or a press beside the card. */
#define KOUAN_TYPE_PANEL (kouan_panel_get_type ())
G_DECLARE_FINAL_TYPE (KouanPanel, kouan_panel, KOUAN, PANEL, GtkWidget)

GtkWidget *kouan_panel_new (const char *icon, const char *title);
void kouan_panel_set_title (KouanPanel *self, const char *title);
void kouan_panel_set_wide (KouanPanel *self, gboolean wide);
gboolean kouan_panel_is_wide (KouanPanel *self);
void kouan_panel_set_body (KouanPanel *self, GtkWidget *body);
void kouan_panel_set_primary (KouanPanel *self, const char *label);
void kouan_panel_set_secondary (KouanPanel *self, const char *label);

/* A question with one or two answers. */
GtkWidget *kouan_question_new (const char *icon,
                               const char *title,
                               const char *text,
                               const char *primary,
                               const char *secondary);

/* For tests and the robot. */
GtkWidget *kouan_panel_get_primary_button (KouanPanel *self);
GtkWidget *kouan_panel_get_secondary_button (KouanPanel *self);

G_END_DECLS
