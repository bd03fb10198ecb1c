/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Upright bars with a number above each and a word below, that can be read from a metre away. */
#define KOUAN_TYPE_CHART (kouan_chart_get_type ())
G_DECLARE_FINAL_TYPE (KouanChart, kouan_chart, KOUAN, CHART, GtkWidget)

GtkWidget *kouan_chart_new (const char *title);
void kouan_chart_add (KouanChart *self, const char *label, double value, const char *text);

G_END_DECLS
