/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/window/window.h"

G_BEGIN_DECLS

gboolean kouan_farewell_show (KouanWindow *window);
int kouan_farewell_leave_up (KouanWindow *window);
void kouan_farewell_take_down (GdkDisplay *display, int screen_fd);

G_END_DECLS
