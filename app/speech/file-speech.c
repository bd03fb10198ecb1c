/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-speech"

#include "app/speech/file-speech.h"

#include <stdio.h>

/* A voice on paper. It comes to the end of everything at once, in the next turn of the main loop,
 * so that nothing that is tested with it has to wait. */

struct _KouanFileSpeech
{
  GObject parent_instance;

  FILE *file; /* (nullable): cannot be written */
  gboolean failed;
  gboolean endless;
  gboolean speaking;
  KouanLoudness loudness;
  guint finish_source;
};

enum
{
  PROP_0,
  PROP_STATE,
};

static void
end (KouanFileSpeech *self)
{
  self->speaking = FALSE;
  g_clear_handle_id (&self->finish_source, g_source_remove);
}

static void
file_speech_stop (KouanSpeech *speech)
{
  KouanFileSpeech *self = KOUAN_FILE_SPEECH (speech);

  if (!self->speaking)
    return;
  end (self);
  fputs ("-\n", self->file);
  fflush (self->file);
}

static gboolean
on_finish (gpointer data)
{
  KouanFileSpeech *self = KOUAN_FILE_SPEECH (data);

  self->finish_source = 0;
  end (self);
  kouan_speech_finished (KOUAN_SPEECH (self));
  return G_SOURCE_REMOVE;
}

static void
file_speech_say (KouanSpeech *speech, KouanUtterance *utterance, KouanPace pace G_GNUC_UNUSED)
{
  KouanFileSpeech *self = KOUAN_FILE_SPEECH (speech);

  if (self->file == NULL || self->failed)
    return;
  file_speech_stop (speech);
  for (guint i = 0; i < kouan_utterance_get_count (utterance); i++)
    {
      const KouanSpeechPart *part = kouan_utterance_get (utterance, i);

      fprintf (self->file, "%s%s\t%s\n", i > 0 ? "+" : "", part->language, part->text);
    }
  fflush (self->file);
  self->speaking = TRUE;
  if (!self->endless)
    self->finish_source = g_idle_add (on_finish, self);
}

static void
file_speech_set_loudness (KouanSpeech *speech, KouanLoudness loudness)
{
  KOUAN_FILE_SPEECH (speech)->loudness = loudness;
}

static void
speech_iface_init (KouanSpeechInterface *iface)
{
  iface->say = file_speech_say;
  iface->stop = file_speech_stop;
  iface->set_loudness = file_speech_set_loudness;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanFileSpeech,
                               kouan_file_speech,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_SPEECH, speech_iface_init))

static void
kouan_file_speech_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KouanFileSpeech *self = KOUAN_FILE_SPEECH (object);

  if (id == PROP_STATE)
    g_value_set_enum (value, self->failed || self->file == NULL ? KOUAN_DEVICE_FAILED
                                                                : KOUAN_DEVICE_READY);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kouan_file_speech_finalize (GObject *object)
{
  KouanFileSpeech *self = KOUAN_FILE_SPEECH (object);

  end (self);
  g_clear_pointer (&self->file, fclose);
  G_OBJECT_CLASS (kouan_file_speech_parent_class)->finalize (object);
}

static void
kouan_file_speech_class_init (KouanFileSpeechClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = kouan_file_speech_get_property;
  G_OBJECT_CLASS (klass)->finalize = kouan_file_speech_finalize;
  g_object_class_override_property (G_OBJECT_CLASS (klass), PROP_STATE, "state");
}

static void
kouan_file_speech_init (KouanFileSpeech *self)
{
  self->loudness = KOUAN_LOUDNESS_NORMAL;
}

/* @path: what is said is added to its end, as one visit after another does */
KouanSpeech *
kouan_file_speech_new (const char *path)
{
  KouanFileSpeech *self = g_object_new (KOUAN_TYPE_FILE_SPEECH, NULL);

  self->file = fopen (path, "ae");
  if (self->file == NULL)
    g_message ("What is said cannot be written down");
  return KOUAN_SPEECH (self);
}

void
kouan_file_speech_set_endless (KouanFileSpeech *self, gboolean endless)
{
  g_return_if_fail (KOUAN_IS_FILE_SPEECH (self));

  self->endless = endless;
}

void
kouan_file_speech_finish (KouanFileSpeech *self)
{
  g_return_if_fail (KOUAN_IS_FILE_SPEECH (self));

  if (self->speaking)
    on_finish (self);
}

KouanLoudness
kouan_file_speech_get_loudness (KouanFileSpeech *self)
{
  g_return_val_if_fail (KOUAN_IS_FILE_SPEECH (self), KOUAN_LOUDNESS_NORMAL);

  return self->loudness;
}

void
kouan_file_speech_set_failed (KouanFileSpeech *self, gboolean failed)
{
  g_return_if_fail (KOUAN_IS_FILE_SPEECH (self));

  if (self->failed == failed)
    return;
  self->failed = failed;
  g_object_notify (G_OBJECT (self), "state");
}
