/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-speech"

#include "app/speech/speech.h"

#include "app/speech/file-speech.h"
#include "app/speech/voice-speech.h"

/* The voice of the kiosk, for who cannot see the screen. What is said, and whether it may be said
 * aloud, is decided by the one who calls; a voice only speaks. */

enum
{
  SIGNAL_FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (KouanSpeech, kouan_speech, G_TYPE_OBJECT)

static void
kouan_speech_default_init (KouanSpeechInterface *iface)
{
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", KOUAN_TYPE_SPEECH, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_object_interface_install_property (
    iface, g_param_spec_enum ("state", NULL, NULL, KOUAN_TYPE_DEVICE_STATE, KOUAN_DEVICE_OFF,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

/**
 * kouan_speech_new_for_source:
 * @source: "espeak:" and where the sound goes, as GStreamer says it ("espeak:alsasink
 * device=hw:0"), or "file:" and a file that receives a line for each thing that is said
 * @voice_program: the whole path of kouan-voice
 *
 * Returns: (transfer full): or NULL with %KOUAN_DEVICE_ERROR_CONFIGURATION
 */
KouanSpeech *
kouan_speech_new_for_source (const char *source, const char *voice_program, GError **error)
{
  const char *file = kouan_device_source_part (source, "file");
  const char *sink = kouan_device_source_part (source, "espeak");

  if (file != NULL && *file != '\0')
    return kouan_file_speech_new (file);
  if (sink != NULL && *sink != '\0')
    return kouan_voice_speech_new (voice_program, sink, error);
  g_set_error (error, KOUAN_DEVICE_ERROR, KOUAN_DEVICE_ERROR_CONFIGURATION,
               "voice \"%s\": it must be \"espeak:SINK\" or \"file:FILE\"", source);
  return NULL;
}

/* Cuts off what is being said. @utterance: kept until its end */
void
kouan_speech_say (KouanSpeech *self, KouanUtterance *utterance, KouanPace pace)
{
  g_return_if_fail (KOUAN_IS_SPEECH (self));
  g_return_if_fail (utterance != NULL && pace <= KOUAN_PACE_FAST);

  KOUAN_SPEECH_GET_IFACE (self)->say (self, utterance, pace);
}

/* Silence, at once. */
void
kouan_speech_stop (KouanSpeech *self)
{
  g_return_if_fail (KOUAN_IS_SPEECH (self));

  KOUAN_SPEECH_GET_IFACE (self)->stop (self);
}

/* Of what is being said now, and of all that follows. */
void
kouan_speech_set_loudness (KouanSpeech *self, KouanLoudness loudness)
{
  g_return_if_fail (KOUAN_IS_SPEECH (self));
  g_return_if_fail (loudness <= KOUAN_LOUDNESS_LOUD);

  KOUAN_SPEECH_GET_IFACE (self)->set_loudness (self, loudness);
}

KouanDeviceState
kouan_speech_get_state (KouanSpeech *self)
{
  KouanDeviceState state;

  g_return_val_if_fail (KOUAN_IS_SPEECH (self), KOUAN_DEVICE_FAILED);

  g_object_get (self, "state", &state, NULL);
  return state;
}

void
kouan_speech_finished (KouanSpeech *self)
{
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
}
