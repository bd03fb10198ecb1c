/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A code of ours on the glass: a QR view of @text, @height px high. */
GtkWidget *kouan_code_view_new (const char *text, int height);

G_END_DECLS
