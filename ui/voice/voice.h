/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/speech/headphone.h"
#include "app/speech/speech.h"
#include "ui/voice/voice-keys.h"
#include "ui/window/window.h"

G_BEGIN_DECLS

/* Says what is on the window, and lets five keys reach all of it. Signal "used": somebody listens
 * or presses a key. */
#define KOUAN_TYPE_VOICE (kouan_voice_get_type ())
G_DECLARE_FINAL_TYPE (KouanVoice, kouan_voice, KOUAN, VOICE, GObject)

KouanVoice *kouan_voice_new (KouanWindow *window,
                             KouanSpeech *speech,
                             KouanHeadphone *headphone,
                             const KouanVoiceKeys *keys);
gboolean kouan_voice_press (KouanVoice *self, KouanVoiceKey key);
void kouan_voice_look (KouanVoice *self);

G_END_DECLS
