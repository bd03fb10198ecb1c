/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* First line of main(), before GLib or GTK is called; @environment is its third argument. */
void kouan_harden_environment (char **environment, const char *const *also_kept);

/* Second line of main(). */
void kouan_harden_process (void);

/* Before the window is shown. */
void kouan_harden_window (GtkWindow *window);

/* For every page and panel, after its widgets have been made. */
void kouan_harden_widgets (GtkWidget *root);

/* At the end of a visit. */
void kouan_harden_clear_clipboards (GdkDisplay *display);

G_END_DECLS
