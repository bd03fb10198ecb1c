/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Back at the leading side, the one primary button at the trailing side, what scrolls between them.
 * Signals: "back", "primary". */
#define KOUAN_TYPE_FOOT (kouan_foot_get_type ())
G_DECLARE_FINAL_TYPE (KouanFoot, kouan_foot, KOUAN, FOOT, GtkWidget)

GtkWidget *kouan_foot_new (void);
void kouan_foot_set_scroller (KouanFoot *self, GtkScrolledWindow *scroller);
void kouan_foot_set_back (KouanFoot *self, gboolean visible, gboolean sensitive);
void kouan_foot_set_primary (KouanFoot *self, const char *label);
void kouan_foot_set_room (KouanFoot *self, int width);
void kouan_foot_retranslate (KouanFoot *self);

GtkWidget *kouan_foot_get_back_button (KouanFoot *self);
GtkWidget *kouan_foot_get_primary_button (KouanFoot *self);

G_END_DECLS
