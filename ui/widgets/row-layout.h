/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One thing beside another, such as a mark and its words. */
#define KOUAN_TYPE_ROW_LAYOUT (kouan_row_layout_get_type ())
G_DECLARE_FINAL_TYPE (KouanRowLayout, kouan_row_layout, KOUAN, ROW_LAYOUT, GtkLayoutManager)

GtkLayoutManager *kouan_row_layout_new_folding (int spacing);
GtkLayoutManager *kouan_row_layout_new (int spacing);
GtkWidget *kouan_row_new (int spacing, GtkAccessibleRole role);

G_END_DECLS
