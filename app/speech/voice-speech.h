/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/speech/speech.h"

G_BEGIN_DECLS

/* espeak-ng, in the process kouan-voice, through GStreamer into the headphone. */
#define KOUAN_TYPE_VOICE_SPEECH (kouan_voice_speech_get_type ())
G_DECLARE_FINAL_TYPE (KouanVoiceSpeech, kouan_voice_speech, KOUAN, VOICE_SPEECH, GObject)

KouanSpeech *kouan_voice_speech_new (const char *program,
                                     const char *sink,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
