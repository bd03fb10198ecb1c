/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-voice"

#include "app/lock/lock.h"
#include "app/speech/protocol.h"
#include "app/speech/voices.h"

#include <errno.h>
#include <espeak-ng/speak_lib.h>
#include <unistd.h>

/* kouan-voice: text in, sound out. espeak-ng reads what a stranger has typed, so it does so here,
 * where it can open nothing but its own dictionaries; whatever a text does to it costs that text.
 * It ends when its input does. */

static guint32 serial; /* of what is being said: the callback of espeak-ng carries no pointer */

static gboolean
read_all (void *data, gsize size)
{
  char *at = data;

  while (size > 0)
    {
      ssize_t got = read (STDIN_FILENO, at, size);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return FALSE;
      at += got;
      size -= (gsize)got;
    }
  return TRUE;
}

static gboolean
write_all (const void *data, gsize size)
{
  const char *at = data;

  while (size > 0)
    {
      ssize_t put = write (STDOUT_FILENO, at, size);

      if (put < 0 && errno == EINTR)
        continue;
      if (put <= 0)
        return FALSE;
      at += put;
      size -= (gsize)put;
    }
  return TRUE;
}

static gboolean
write_chunk (const void *samples, gsize size)
{
  KouanVoiceChunk head = { serial, (guint32)size };

  return write_all (&head, sizeof head) && write_all (samples, size);
}

/* Answers 1 to be called no more. */
static int
on_sound (short *samples, int count, espeak_EVENT *events G_GNUC_UNUSED)
{
  const char *at = (const char *)samples;
  gsize size = samples != NULL && count > 0 ? (gsize)count * sizeof *samples : 0;

  while (size > 0)
    {
      gsize part = MIN (size, KOUAN_VOICE_CHUNK_MAX);

      if (!write_chunk (at, part))
        return 1;
      at += part;
      size -= part;
    }
  return 0;
}

static gboolean
answer (KouanVoiceRequest *request)
{
  char text[KOUAN_VOICE_TEXT_MAX + 1];
  const char *voice;

  if (request->text_size > KOUAN_VOICE_TEXT_MAX || !read_all (text, request->text_size))
    return FALSE;
  text[request->text_size] = '\0';
  request->language[sizeof request->language - 1] = '\0';
  serial = request->serial;
  voice = kouan_voice_find (request->language);
  if (voice != NULL && g_utf8_validate (text, -1, NULL) && espeak_SetVoiceByName (voice) == EE_OK)
    {
      espeak_SetParameter (espeakRATE, (int)CLAMP (request->words_per_minute, 80, 450), 0);
      espeak_Synth (text, request->text_size + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL,
                    NULL);
    }
  return write_chunk (NULL, 0);
}

/* @data_folder: (out): where the dictionaries are; all that is opened behind the lock */
static gboolean
set_up (const char **data_folder)
{
  if (espeak_Initialize (AUDIO_OUTPUT_SYNCHRONOUS, 100, NULL, espeakINITIALIZE_DONT_EXIT)
      != KOUAN_VOICE_RATE_HZ)
    return FALSE;
  espeak_SetSynthCallback (on_sound);
  espeak_Info (data_folder);
  return *data_folder != NULL;
}

int
main (void)
{
  const char *readable[] = { NULL, NULL };
  KouanLockPlan room = {
    .time_max_s = 0, /* who asks cuts off what takes too long */
    .processor_max_s = 48 * 3600,
    .memory_max = G_GUINT64_CONSTANT (256) << 20,
    .files_max = 16,
    .readable = readable,
  };
  KouanVoiceRequest request;

  g_log_writer_default_set_use_stderr (TRUE);
  if (!set_up (&readable[0]))
    {
      g_printerr ("kouan-voice: espeak-ng's voices are not there\n");
      return KOUAN_VOICE_EXIT_NO_VOICES;
    }
  if (!kouan_lock_down (&room))
    return KOUAN_VOICE_EXIT_NOT_LOCKED;
  while (read_all (&request, sizeof request) && answer (&request))
    ;
  return 0;
}
