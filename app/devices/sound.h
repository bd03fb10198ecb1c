/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/device-state.h"

G_BEGIN_DECLS

#define KOUAN_SOUND_RATE_HZ 22050

/* Plays samples: signed, 16 bits, one channel, 22 050 a second. Signal "drained": all up to the end
 * has been heard, or nothing can be. */
#define KOUAN_TYPE_SOUND (kouan_sound_get_type ())
G_DECLARE_FINAL_TYPE (KouanSound, kouan_sound, KOUAN, SOUND, GObject)

KouanSound *kouan_sound_new (const char *sink, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_sound_push (KouanSound *self, GBytes *samples);
void kouan_sound_end (KouanSound *self);
void kouan_sound_stop (KouanSound *self);
void kouan_sound_set_volume (KouanSound *self, double share);
KouanDeviceState kouan_sound_get_state (KouanSound *self);

G_END_DECLS
