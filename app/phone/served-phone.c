/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-phone"

#include "app/phone/served-phone.h"

#include "app/crypto/primitives.h"
#include "app/phone/frames.h"
#include "app/phone/phone-address.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <string.h>

/* A page that this kiosk serves, by kouan-phone: a process that lives from start to stop and has
 * neither a file, nor the key, nor the environment. The token goes to it by a pipe, because the
 * words of a command can be read by everybody on the machine. */

#define READ_AT_ONCE (64 * 1024)

struct _KouanServedPhone
{
  KouanPhone parent_instance;

  char *host;
  guint port;
  char *program;
  char *messages;
  guint time_s;

  /* While it is started. */
  GSubprocess *process;
  GCancellable *cancellable;
  KouanPhoneFrames *frames;
  KouanSecret *key;
  char *token;
  gboolean over;
};

G_DEFINE_FINAL_TYPE (KouanServedPhone, kouan_served_phone, KOUAN_TYPE_PHONE)

static void read_more (KouanServedPhone *self);

static void
take_start (KouanServedPhone *self, guint port)
{
  g_autofree char *address = kouan_phone_page_address (self->host, port, self->token, self->key);

  kouan_phone_set_address (KOUAN_PHONE (self), address);
  kouan_wipe (address, strlen (address));
}

/* What the page did not seal has been put in by somebody who has not seen the screen. */
static void
take_file (KouanServedPhone *self, GBytes *envelope)
{
  g_autoptr (KouanPhoneFile) file = kouan_phone_envelope_open (self->key, envelope);

  if (file == NULL)
    {
      g_message ("A file that nobody here has sealed was thrown away");
      kouan_phone_emit_trouble (KOUAN_PHONE (self), KOUAN_PHONE_ERROR_CUT,
                                "not sealed by the page");
    }
  else
    kouan_phone_emit_file (KOUAN_PHONE (self), file);
}

static void
on_news (const KouanPhoneNews *news, gpointer data)
{
  KouanServedPhone *self = KOUAN_SERVED_PHONE (data);
  KouanPhone *phone = KOUAN_PHONE (self);

  if (self->process == NULL) /* a handler has stopped it */
    return;
  switch (news->kind)
    {
    case KOUAN_PHONE_NEWS_START:
      take_start (self, news->a);
      break;
    case KOUAN_PHONE_NEWS_HERE:
      kouan_phone_emit_here (phone);
      break;
    case KOUAN_PHONE_NEWS_PART:
      kouan_phone_emit_progress (phone, news->b > 0 ? (double)news->a / news->b : 0);
      break;
    case KOUAN_PHONE_NEWS_CUT:
      kouan_phone_emit_trouble (phone, KOUAN_PHONE_ERROR_CUT, "an upload broke off");
      break;
    case KOUAN_PHONE_NEWS_FILE:
      take_file (self, news->file);
      break;
    case KOUAN_PHONE_NEWS_OVER:
    default:
      self->over = TRUE;
    }
}

static KouanPhoneError
why_ended (KouanServedPhone *self)
{
  if (self->over)
    return KOUAN_PHONE_ERROR_TIME_OVER;
  g_subprocess_wait (self->process, NULL, NULL); /* it has closed its mouth: it is gone, or going */
  if (g_subprocess_get_if_exited (self->process))
    return g_subprocess_get_exit_status (self->process) == KOUAN_PHONE_EXIT_NO_SERVER
             ? KOUAN_PHONE_ERROR_OFFLINE
             : KOUAN_PHONE_ERROR_FAILED;
  g_message ("kouan-phone was ended by signal %d", g_subprocess_get_term_sig (self->process));
  return KOUAN_PHONE_ERROR_FAILED;
}

static void
end (KouanServedPhone *self, gboolean broken)
{
  KouanPhoneError code;

  if (broken)
    {
      g_message ("kouan-phone says what it may not, and is ended");
      g_subprocess_force_exit (self->process);
    }
  code = broken ? KOUAN_PHONE_ERROR_FAILED : why_ended (self);
  kouan_phone_stop (KOUAN_PHONE (self));
  kouan_phone_emit_trouble (KOUAN_PHONE (self), code, "kouan-phone has ended");
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KouanServedPhone) self = data;
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (KouanPhoneFrames) frames = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
    = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gboolean understood = TRUE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->process == NULL)
    return;
  cancellable = g_object_ref (self->cancellable);
  if (bytes != NULL && g_bytes_get_size (bytes) > 0)
    {
      frames = g_steal_pointer (&self->frames);
      understood = kouan_phone_frames_feed (frames, g_bytes_get_data (bytes, NULL),
                                            g_bytes_get_size (bytes));
      if (g_cancellable_is_cancelled (cancellable)) /* by what was heard: stopped, or begun anew */
        return;
      self->frames = g_steal_pointer (&frames);
      if (understood)
        {
          read_more (self);
          return;
        }
    }
  end (self, !understood);
}

static void
read_more (KouanServedPhone *self)
{
  g_input_stream_read_bytes_async (g_subprocess_get_stdout_pipe (self->process), READ_AT_ONCE,
                                   G_PRIORITY_DEFAULT, self->cancellable, on_read,
                                   g_object_ref (self));
}

static GSubprocess *
spawn (KouanServedPhone *self, const char *language, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                 | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  const char *const nothing[] = { NULL };
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  g_autofree char *time = g_strdup_printf ("%u", self->time_s);

  g_subprocess_launcher_set_environ (launcher, (char **)nothing);
  return g_subprocess_launcher_spawn (launcher, error, self->program, "--address", self->host,
                                      "--port", port, "--seconds", time, "--language", language,
                                      "--messages", self->messages, NULL);
}

static void
make_secrets (KouanServedPhone *self)
{
  guint8 random[KOUAN_PHONE_TOKEN_SIZE / 2];

  kouan_random_bytes (random, sizeof random);
  self->token = kouan_hex (random, sizeof random);
  self->key = kouan_secret_new_random (KOUAN_PHONE_KEY_SIZE);
}

static gboolean
on_not_started (gpointer data)
{
  kouan_phone_emit_trouble (KOUAN_PHONE (data), KOUAN_PHONE_ERROR_FAILED,
                            "kouan-phone cannot be started");
  return G_SOURCE_REMOVE;
}

static void
kouan_served_phone_start (KouanPhone *phone, const char *language)
{
  KouanServedPhone *self = KOUAN_SERVED_PHONE (phone);
  g_autofree char *greeting = NULL;
  g_autoptr (GError) error = NULL;

  self->process = spawn (self, language, &error);
  if (self->process == NULL)
    {
      g_message ("No phone: %s", error->message);
      g_idle_add_full (G_PRIORITY_DEFAULT, on_not_started, g_object_ref (self), g_object_unref);
      return;
    }
  make_secrets (self);
  self->over = FALSE;
  self->frames = kouan_phone_frames_new (on_news, self);
  self->cancellable = g_cancellable_new ();
  greeting = g_strconcat (self->token, "\n", NULL);
  /* Less than a pipe holds: it does not wait. */
  if (!g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->process), greeting,
                                  strlen (greeting), NULL, NULL, &error))
    g_message ("kouan-phone does not listen: %s", error->message);
  read_more (self);
}

static void
kouan_served_phone_stop (KouanPhone *phone)
{
  KouanServedPhone *self = KOUAN_SERVED_PHONE (phone);

  if (self->process == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_subprocess_force_exit (self->process);
  g_clear_object (&self->process);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->frames, kouan_phone_frames_free);
  g_clear_pointer (&self->key, kouan_secret_unref);
  g_clear_pointer (&self->token, g_free);
}

static void
kouan_served_phone_finalize (GObject *object)
{
  KouanServedPhone *self = KOUAN_SERVED_PHONE (object);

  kouan_served_phone_stop (KOUAN_PHONE (self));
  g_free (self->host);
  g_free (self->program);
  g_free (self->messages);
  G_OBJECT_CLASS (kouan_served_phone_parent_class)->finalize (object);
}

static void
kouan_served_phone_class_init (KouanServedPhoneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_served_phone_finalize;
  KOUAN_PHONE_CLASS (klass)->start = kouan_served_phone_start;
  KOUAN_PHONE_CLASS (klass)->stop = kouan_served_phone_stop;
}

static void
kouan_served_phone_init (KouanServedPhone *self)
{
  self->time_s = KOUAN_PHONE_TIME_S;
}

/* @port: 0 for any that is free */
KouanPhone *
kouan_served_phone_new (const char *host, guint port, const char *program, const char *messages)
{
  KouanServedPhone *self = g_object_new (KOUAN_TYPE_SERVED_PHONE, NULL);

  self->host = g_strdup (host);
  self->port = port;
  self->program = g_strdup (program);
  self->messages = g_strdup (messages);
  return KOUAN_PHONE (self);
}

/* From a start until it is over; counts from the next one. */
void
kouan_served_phone_set_time (KouanServedPhone *self, guint time_s)
{
  g_return_if_fail (KOUAN_IS_SERVED_PHONE (self));
  g_return_if_fail (time_s > 0 && time_s <= KOUAN_PHONE_TIME_MAX_S);

  self->time_s = time_s;
}
