/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/speech/speech.h"
#include "ui/style/style.h"

G_BEGIN_DECLS

/* How one visitor wants to see the kiosk. Properties: "text-size" (guint, a KouanTextSize), "theme"
 * (guint, a KouanTheme), "low-reach", "reduced-motion", "more-time", "voice", "pace" (guint, a KouanPace). Lives
 * as long as the visit and is never stored. */
#define KOUAN_TYPE_PREFERENCES (kouan_preferences_get_type ())
G_DECLARE_FINAL_TYPE (KouanPreferences, kouan_preferences, KOUAN, PREFERENCES, GObject)

KouanPreferences *kouan_preferences_new (KouanTheme hall_theme);
void kouan_preferences_reset (KouanPreferences *self);

KouanTextSize kouan_preferences_get_text_size (KouanPreferences *self);
void kouan_preferences_set_text_size (KouanPreferences *self, KouanTextSize size);
KouanTheme kouan_preferences_get_theme (KouanPreferences *self);
void kouan_preferences_set_theme (KouanPreferences *self, KouanTheme theme);
gboolean kouan_preferences_get_low_reach (KouanPreferences *self);
void kouan_preferences_set_low_reach (KouanPreferences *self, gboolean low_reach);
gboolean kouan_preferences_get_reduced_motion (KouanPreferences *self);
void kouan_preferences_set_reduced_motion (KouanPreferences *self, gboolean reduced_motion);
gboolean kouan_preferences_get_more_time (KouanPreferences *self);
void kouan_preferences_set_more_time (KouanPreferences *self, gboolean more_time);
gboolean kouan_preferences_get_voice (KouanPreferences *self);
void kouan_preferences_set_voice (KouanPreferences *self, gboolean voice);
KouanPace kouan_preferences_get_pace (KouanPreferences *self);
void kouan_preferences_set_pace (KouanPreferences *self, KouanPace pace);
KouanLoudness kouan_preferences_get_loudness (KouanPreferences *self);
void kouan_preferences_set_loudness (KouanPreferences *self, KouanLoudness loudness);
gboolean kouan_preferences_get_has_voice (KouanPreferences *self);
void kouan_preferences_set_has_voice (KouanPreferences *self, gboolean has_voice);

G_END_DECLS
