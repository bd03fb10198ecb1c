/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KOUAN_COLUMN_WIDTH 900

/* Holds one child in the middle, at most @width wide. */
#define KOUAN_TYPE_COLUMN (kouan_column_get_type ())
G_DECLARE_FINAL_TYPE (KouanColumn, kouan_column, KOUAN, COLUMN, GtkWidget)

GtkWidget *kouan_column_new (GtkWidget *child, int width);
void kouan_column_set_width (KouanColumn *self, int width);
void kouan_column_set_room (KouanColumn *self, int room);
void kouan_column_set_child (KouanColumn *self, GtkWidget *child);

G_END_DECLS
