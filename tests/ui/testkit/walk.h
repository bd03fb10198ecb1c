/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Everything below @root that a person can press, in sight or not scrolled into it: (element-type GtkWidget). */
GPtrArray *kouan_test_targets (GtkWidget *root);

/* Each fails the test, naming the widget, for what a person cannot hit or cannot be told. */
void kouan_test_check_touch (GtkWidget *root);
void kouan_test_check_names (GtkWidget *root);
void kouan_test_check_fits (GtkWindow *window, int width, int height);

G_END_DECLS
