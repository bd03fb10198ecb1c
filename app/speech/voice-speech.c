/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-speech"

#include "app/speech/voice-speech.h"

#include "app/devices/sound.h"
#include "app/speech/voice-process.h"

/* The parts of an utterance one behind the other: each is asked of kouan-voice when the one before
 * has been made, and all of them run into one sound, so that the change of the language is not
 * heard as a gap. */

struct _KouanVoiceSpeech
{
  GObject parent_instance;

  KouanVoiceProcess *process;
  KouanSound *sound;
  KouanDeviceState state;

  KouanUtterance *utterance; /* (nullable): being said */
  guint part;
  guint words_per_minute;
};

enum
{
  PROP_0,
  PROP_STATE,
};

static const guint WORDS_PER_MINUTE[] = {
  [KOUAN_PACE_SLOW] = 115,
  [KOUAN_PACE_NORMAL] = 160,
  [KOUAN_PACE_FAST] = 230,
};

static void
set_state (KouanVoiceSpeech *self, KouanDeviceState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

/* Asks for the part, or says that there are no more. */
static void
ask_part (KouanVoiceSpeech *self)
{
  const KouanSpeechPart *part;

  if (self->part >= kouan_utterance_get_count (self->utterance))
    {
      kouan_sound_end (self->sound);
      return;
    }
  part = kouan_utterance_get (self->utterance, self->part);
  if (kouan_voice_process_ask (self->process, part->language, part->text, self->words_per_minute))
    return;
  set_state (self, KOUAN_DEVICE_FAILED);
  kouan_sound_end (self->sound);
}

static void
on_samples (GBytes *samples, gpointer data)
{
  KouanVoiceSpeech *self = KOUAN_VOICE_SPEECH (data);

  if (self->utterance == NULL)
    return;
  if (samples != NULL)
    {
      set_state (self, KOUAN_DEVICE_READY);
      kouan_sound_push (self->sound, samples);
      return;
    }
  self->part++;
  ask_part (self);
}

static void
on_drained (KouanSound *sound, KouanVoiceSpeech *self)
{
  if (kouan_sound_get_state (sound) == KOUAN_DEVICE_FAILED)
    set_state (self, KOUAN_DEVICE_FAILED);
  if (self->utterance == NULL)
    return;
  g_clear_pointer (&self->utterance, kouan_utterance_unref);
  kouan_speech_finished (KOUAN_SPEECH (self));
}

static void
voice_speech_stop (KouanSpeech *speech)
{
  KouanVoiceSpeech *self = KOUAN_VOICE_SPEECH (speech);

  kouan_voice_process_forget (self->process);
  kouan_sound_stop (self->sound);
  g_clear_pointer (&self->utterance, kouan_utterance_unref);
}

static void
voice_speech_say (KouanSpeech *speech, KouanUtterance *utterance, KouanPace pace)
{
  KouanVoiceSpeech *self = KOUAN_VOICE_SPEECH (speech);

  voice_speech_stop (speech);
  self->utterance = kouan_utterance_ref (utterance);
  self->part = 0;
  self->words_per_minute = WORDS_PER_MINUTE[pace];
  ask_part (self);
}

/* The loudest is what espeak-ng makes, which fills the range: nothing louder goes without being
 * clipped. */
static void
voice_speech_set_loudness (KouanSpeech *speech, KouanLoudness loudness)
{
  static const double shares[] = {
    [KOUAN_LOUDNESS_QUIET] = 0.2,  /* -14 dB */
    [KOUAN_LOUDNESS_NORMAL] = 0.5, /* -6 dB */
    [KOUAN_LOUDNESS_LOUD] = 1,
  };

  kouan_sound_set_volume (KOUAN_VOICE_SPEECH (speech)->sound, shares[loudness]);
}

static void
speech_iface_init (KouanSpeechInterface *iface)
{
  iface->say = voice_speech_say;
  iface->stop = voice_speech_stop;
  iface->set_loudness = voice_speech_set_loudness;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanVoiceSpeech,
                               kouan_voice_speech,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_SPEECH, speech_iface_init))

static void
kouan_voice_speech_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_STATE)
    g_value_set_enum (value, KOUAN_VOICE_SPEECH (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kouan_voice_speech_dispose (GObject *object)
{
  KouanVoiceSpeech *self = KOUAN_VOICE_SPEECH (object);

  g_clear_pointer (&self->process, kouan_voice_process_free);
  g_clear_object (&self->sound);
  g_clear_pointer (&self->utterance, kouan_utterance_unref);
  G_OBJECT_CLASS (kouan_voice_speech_parent_class)->dispose (object);
}

static void
kouan_voice_speech_class_init (KouanVoiceSpeechClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = kouan_voice_speech_get_property;
  G_OBJECT_CLASS (klass)->dispose = kouan_voice_speech_dispose;
  g_object_class_override_property (G_OBJECT_CLASS (klass), PROP_STATE, "state");
}

static void
kouan_voice_speech_init (KouanVoiceSpeech *self)
{
  self->state = KOUAN_DEVICE_OFF;
}

/* @program: the whole path of kouan-voice; @sink: where the sound goes, as GStreamer says it */
KouanSpeech *
kouan_voice_speech_new (const char *program, const char *sink, GError **error)
{
  g_autoptr (KouanSound) sound = kouan_sound_new (sink, error);
  KouanVoiceSpeech *self;

  if (sound == NULL)
    return NULL;
  self = g_object_new (KOUAN_TYPE_VOICE_SPEECH, NULL);
  self->process = kouan_voice_process_new (program, on_samples, self);
  self->sound = g_steal_pointer (&sound);
  g_signal_connect (self->sound, "drained", G_CALLBACK (on_drained), self);
  kouan_speech_set_loudness (KOUAN_SPEECH (self), KOUAN_LOUDNESS_NORMAL);
  return KOUAN_SPEECH (self);
}
