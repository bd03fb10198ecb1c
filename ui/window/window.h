/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/language/language.h"
#include "ui/widgets/overlay.h"
#include "ui/widgets/page-frame.h"
#include "ui/window/preferences.h"

G_BEGIN_DECLS

/* The one window of the kiosk.
 *
 * Signals: "language-chosen" (const KouanLanguage *, as gpointer), "staff-called", "staff-here",
 * "leave", "still-here". */
#define KOUAN_TYPE_WINDOW (kouan_window_get_type ())
G_DECLARE_FINAL_TYPE (KouanWindow, kouan_window, KOUAN, WINDOW, GtkWindow)

KouanWindow *kouan_window_new (KouanPreferences *preferences);

KouanPreferences *kouan_window_get_preferences (KouanWindow *self);
KouanPageFrame *kouan_window_get_frame (KouanWindow *self);
void kouan_window_set_cover (KouanWindow *self, GtkWidget *cover);
void kouan_window_set_language (KouanWindow *self, const KouanLanguage *language);
void kouan_window_set_screen (KouanWindow *self, int width, int height);
int kouan_window_get_screen_width (KouanWindow *self);
gboolean kouan_window_is_portrait (KouanWindow *self);

void kouan_window_open (KouanWindow *self, KouanPanel *panel);
void kouan_window_close_panel (KouanWindow *self);
KouanPanel *kouan_window_get_panel (KouanWindow *self);

G_END_DECLS
