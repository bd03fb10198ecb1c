/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/kiosk.h"
#include "ui/pages/screen.h"
#include "ui/window/window.h"

G_BEGIN_DECLS

/* Holds the visit against the window: which screen shows, what its title and foot say, who is still
 * there.
 *
 * Signal: "ended": the visit is over and nothing more will be shown */
#define KOUAN_TYPE_SHELL (kouan_shell_get_type ())
G_DECLARE_FINAL_TYPE (KouanShell, kouan_shell, KOUAN, SHELL, GObject)

KouanShell *kouan_shell_new (KouanKiosk *kiosk, KouanWindow *window);

KouanScreen *kouan_shell_get_screen (KouanShell *self);
void kouan_shell_tick (KouanShell *self);
void kouan_shell_refresh (KouanShell *self);
gboolean kouan_shell_is_over (KouanShell *self);

G_END_DECLS
