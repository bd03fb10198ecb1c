/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/widgets/panel.h"

G_BEGIN_DECLS

/* How to leave a visit that has begun. Signals of the panel: "primary" (keep), "secondary" (stay);
 * @on_delete is called for the third way. */
GtkWidget *kouan_leave_panel_new (const char *walk_in_code, GCallback on_delete, gpointer data);

G_END_DECLS
