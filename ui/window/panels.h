/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/window/window.h"

G_BEGIN_DECLS

/* The questions that any page may lead to. Answers come as signals of the window: "language-chosen",
 * "staff-called", "leave", "still-here". */
void kouan_window_open_language (KouanWindow *self);
void kouan_window_open_accessibility (KouanWindow *self);
void kouan_window_ask_staff (KouanWindow *self);
void kouan_window_ask_leave (KouanWindow *self, const char *what_is_kept);
void kouan_window_ask_still_there (KouanWindow *self, const char *what_is_kept, guint seconds);
void kouan_window_set_seconds_left (KouanWindow *self, guint seconds);

G_END_DECLS
