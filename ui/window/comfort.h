/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/window/preferences.h"

G_BEGIN_DECLS

/* Text size, colours, reach and motion, as rows of buttons that take effect at once. */
#define KOUAN_TYPE_COMFORT (kouan_comfort_get_type ())
G_DECLARE_FINAL_TYPE (KouanComfort, kouan_comfort, KOUAN, COMFORT, GtkWidget)

GtkWidget *kouan_comfort_new (KouanPreferences *preferences, int screen_width);
GtkWidget *kouan_comfort_get_button (KouanComfort *self, const char *property, guint value);

G_END_DECLS
