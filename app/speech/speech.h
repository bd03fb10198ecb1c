/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/device-state.h"
#include "app/speech/utterance.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_PACE_SLOW,
  KOUAN_PACE_NORMAL,
  KOUAN_PACE_FAST,
} KouanPace;

typedef enum
{
  KOUAN_LOUDNESS_QUIET,
  KOUAN_LOUDNESS_NORMAL,
  KOUAN_LOUDNESS_LOUD,
} KouanLoudness;

/* What speaks. One thing at a time: what is said cuts off what was being said.
 *
 * Property "state" (KouanDeviceState). Signal "finished": what was said came to its end; not for
 * what was cut off or stopped. */
#define KOUAN_TYPE_SPEECH (kouan_speech_get_type ())
G_DECLARE_INTERFACE (KouanSpeech, kouan_speech, KOUAN, SPEECH, GObject)

struct _KouanSpeechInterface
{
  GTypeInterface parent_iface;

  void (*say) (KouanSpeech *self, KouanUtterance *utterance, KouanPace pace);
  void (*stop) (KouanSpeech *self);
  void (*set_loudness) (KouanSpeech *self, KouanLoudness loudness);
};

KouanSpeech *kouan_speech_new_for_source (const char *source,
                                          const char *voice_program,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

void kouan_speech_say (KouanSpeech *self, KouanUtterance *utterance, KouanPace pace);
void kouan_speech_stop (KouanSpeech *self);
void kouan_speech_set_loudness (KouanSpeech *self, KouanLoudness loudness);
KouanDeviceState kouan_speech_get_state (KouanSpeech *self);

/* For implementations. */
void kouan_speech_finished (KouanSpeech *self);

G_END_DECLS
