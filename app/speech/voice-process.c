/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-speech"

#include "app/speech/voice-process.h"

#include "app/speech/protocol.h"

#include <string.h>

/* The kiosk's side of kouan-voice. It is started with the first sentence and stays; if it dies, the
 * sentence that it died of is over, and the next one starts another. Sound of what has been cut off
 * is read and dropped: espeak-ng makes a second of speech in some three milliseconds. */

#define READ_SIZE 16384
#define START_AGAIN_MS 500 /* after a process that did not even answer once */

/* One process; outlives the owner where a read is on its way. */
typedef struct
{
  KouanVoiceProcess *owner; /* (nullable): has let go */
  GSubprocess *process;
  GByteArray *received;
  GCancellable *cancellable;
} Run;

struct _KouanVoiceProcess
{
  char *program;
  KouanVoiceSamples on_samples;
  gpointer owner;
  guint32 serial;
  gboolean asked; /* the end of what was asked for has not come */
  gboolean has_answered;
  gint64 not_before_us;
  Run *run; /* (nullable) */
};

static void read_on (Run *run);

static void
clear_run (gpointer data)
{
  Run *run = data;

  g_clear_object (&run->process);
  g_clear_object (&run->cancellable);
  g_byte_array_unref (run->received);
}

static void
run_unref (Run *run)
{
  g_rc_box_release_full (run, clear_run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_unref)

static void
end_run (KouanVoiceProcess *self)
{
  Run *run = g_steal_pointer (&self->run);

  if (run == NULL)
    return;
  if (!self->has_answered)
    self->not_before_us = g_get_monotonic_time () + START_AGAIN_MS * G_TIME_SPAN_MILLISECOND;
  run->owner = NULL;
  g_cancellable_cancel (run->cancellable);
  g_subprocess_force_exit (run->process);
  run_unref (run);
}

/* @on_samples: see there; @owner: kept by the caller until the process is freed */
KouanVoiceProcess *
kouan_voice_process_new (const char *program, KouanVoiceSamples on_samples, gpointer owner)
{
  KouanVoiceProcess *self = g_new0 (KouanVoiceProcess, 1);

  self->program = g_strdup (program);
  self->on_samples = on_samples;
  self->owner = owner;
  return self;
}

void
kouan_voice_process_free (KouanVoiceProcess *self)
{
  end_run (self);
  g_free (self->program);
  g_free (self);
}

static void
tell (KouanVoiceProcess *self, GBytes *samples)
{
  self->has_answered = TRUE;
  if (samples == NULL)
    self->asked = FALSE;
  self->on_samples (samples, self->owner);
}

static void
fail (KouanVoiceProcess *self, const char *why)
{
  gboolean asked = self->asked;

  g_message ("%s", why);
  end_run (self);
  self->asked = FALSE;
  if (asked)
    self->on_samples (NULL, self->owner);
}

/* Takes one chunk off what has come. Returns: FALSE if there is no whole one, or no run any more */
static gboolean
take_chunk (Run *run)
{
  KouanVoiceProcess *self = run->owner;
  KouanVoiceChunk head;
  g_autoptr (GBytes) samples = NULL;

  if (self == NULL || run->received->len < sizeof head)
    return FALSE;
  memcpy (&head, run->received->data, sizeof head);
  if (head.size > KOUAN_VOICE_CHUNK_MAX || head.size % sizeof (gint16) != 0)
    {
      fail (self, "kouan-voice does not keep to what was agreed");
      return FALSE;
    }
  if (run->received->len < sizeof head + head.size)
    return FALSE;
  if (head.size > 0)
    samples = g_bytes_new (run->received->data + sizeof head, head.size);
  g_byte_array_remove_range (run->received, 0, (guint)sizeof head + head.size);
  if (self->asked && head.serial == self->serial)
    tell (self, samples);
  return TRUE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Run) run = data;
  g_autoptr (GBytes) bytes
    = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (run->owner == NULL)
    return;
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      fail (run->owner, "kouan-voice has ended");
      return;
    }
  g_byte_array_append (run->received, g_bytes_get_data (bytes, NULL),
                       (guint)g_bytes_get_size (bytes));
  while (take_chunk (run))
    ;
  if (run->owner != NULL)
    read_on (run);
}

static void
read_on (Run *run)
{
  g_input_stream_read_bytes_async (g_subprocess_get_stdout_pipe (run->process), READ_SIZE,
                                   G_PRIORITY_DEFAULT, run->cancellable, on_read,
                                   g_rc_box_acquire (run));
}

static gboolean
start_run (KouanVoiceProcess *self)
{
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                 | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  const char *const nothing[] = { NULL };
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  if (g_get_monotonic_time () < self->not_before_us)
    return FALSE;
  g_subprocess_launcher_set_environ (launcher, (char **)nothing);
  process = g_subprocess_launcher_spawn (launcher, &error, self->program, NULL);
  if (process == NULL)
    {
      g_message ("Nothing is spoken: %s", error->message);
      self->not_before_us = g_get_monotonic_time () + START_AGAIN_MS * G_TIME_SPAN_MILLISECOND;
      return FALSE;
    }
  self->run = g_rc_box_new0 (Run);
  self->run->owner = self;
  self->run->process = process;
  self->run->received = g_byte_array_new ();
  self->run->cancellable = g_cancellable_new ();
  self->has_answered = FALSE;
  read_on (self->run);
  return TRUE;
}

/* Never waits: a process that is so far behind that its pipe is full is no use any more. */
static gboolean
send (KouanVoiceProcess *self, GByteArray *message)
{
  GPollableOutputStream *stream
    = G_POLLABLE_OUTPUT_STREAM (g_subprocess_get_stdin_pipe (self->run->process));

  return g_pollable_output_stream_write_nonblocking (stream, message->data, message->len, NULL,
                                                     NULL)
         == (gssize)message->len;
}

static gsize
cut (const char *text)
{
  gsize size = strlen (text);

  if (size <= KOUAN_VOICE_TEXT_MAX)
    return size;
  return (gsize)(g_utf8_find_prev_char (text, text + KOUAN_VOICE_TEXT_MAX) - text);
}

/**
 * kouan_voice_process_ask:
 * @text: UTF-8; what is longer than %KOUAN_VOICE_TEXT_MAX bytes is cut off
 *
 * What was asked for before is forgotten. Returns: FALSE if there is no process to ask
 */
gboolean
kouan_voice_process_ask (KouanVoiceProcess *self,
                         const char *language,
                         const char *text,
                         guint words_per_minute)
{
  KouanVoiceRequest request = { ++self->serial, words_per_minute, (guint32)cut (text), { 0 } };
  g_autoptr (GByteArray) message = g_byte_array_new ();

  g_strlcpy (request.language, language, sizeof request.language);
  g_byte_array_append (message, (const guint8 *)&request, sizeof request);
  g_byte_array_append (message, (const guint8 *)text, request.text_size);
  if (self->run != NULL && !send (self, message))
    end_run (self);
  else if (self->run != NULL)
    return self->asked = TRUE;
  self->asked = start_run (self) && send (self, message);
  return self->asked;
}

/* Nothing is asked for any more. */
void
kouan_voice_process_forget (KouanVoiceProcess *self)
{
  self->asked = FALSE;
}

/* Returns: (nullable): of the process that runs now */
const char *
kouan_voice_process_get_id (KouanVoiceProcess *self)
{
  return self->run != NULL ? g_subprocess_get_identifier (self->run->process) : NULL;
}
