/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A lying bar beside the figure that it shows: for eyes alone, the figure is text. */
#define KOUAN_TYPE_BAR (kouan_bar_get_type ())
G_DECLARE_FINAL_TYPE (KouanBar, kouan_bar, KOUAN, BAR, GtkWidget)

GtkWidget *kouan_bar_new (double fraction); /* 0 to 1 */

G_END_DECLS
