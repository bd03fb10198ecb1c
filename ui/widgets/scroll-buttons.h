/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two buttons that scroll what is longer than the screen; away when nothing is. */
#define KOUAN_TYPE_SCROLL_BUTTONS (kouan_scroll_buttons_get_type ())
G_DECLARE_FINAL_TYPE (KouanScrollButtons, kouan_scroll_buttons, KOUAN, SCROLL_BUTTONS, GtkWidget)

GtkWidget *kouan_scroll_buttons_new (GtkScrolledWindow *scroller);
void kouan_scroll_buttons_retranslate (KouanScrollButtons *self);

G_END_DECLS
