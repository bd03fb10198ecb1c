/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Equal tiles in rows: as many beside each other as their words allow. */
#define KOUAN_TYPE_TILES (kouan_tiles_get_type ())
G_DECLARE_FINAL_TYPE (KouanTiles, kouan_tiles, KOUAN, TILES, GtkWidget)

GtkWidget *kouan_tiles_new (guint columns_max);
void kouan_tiles_append (KouanTiles *self, GtkWidget *tile);

G_END_DECLS
