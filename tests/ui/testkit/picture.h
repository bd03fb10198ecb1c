/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Returns: (transfer full): what @window shows, drawn by its own renderer */
GdkTexture *kouan_test_picture_take (GtkWindow *window);

/* Draws what @window shows into a PNG file. For tests and the gallery only: a kiosk takes no pictures of
 * itself. */
void kouan_test_picture_save (GtkWindow *window, const char *path);

/* Runs the main context until @window has drawn a frame at the size it was given. */
void kouan_test_wait_for_frame (GtkWindow *window);

G_END_DECLS
