/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KOUAN_HALVES_WIDTH 1200 /* from this width on the halves stand side by side */

#define KOUAN_TYPE_HALVES (kouan_halves_get_type ())
G_DECLARE_FINAL_TYPE (KouanHalves, kouan_halves, KOUAN, HALVES, GtkWidget)

GtkWidget *kouan_halves_new (GtkWidget *first, GtkWidget *second);

G_END_DECLS
