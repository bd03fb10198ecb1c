/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/sound.h"

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

/* A GStreamer pipeline into a headphone. Stopping throws away what has not been heard: who moves on
 * does not want to hear the rest. */

#define PIPELINE                                                                                   \
  "appsrc name=in format=time "                                                                    \
  "caps=audio/x-raw,format=S16LE,layout=interleaved,channels=1,rate=22050 "                        \
  "! volume name=volume ! audioconvert ! audioresample ! %s"

struct _KouanSound
{
  GObject parent_instance;

  GstElement *pipeline;
  GstAppSrc *in;
  GstElement *volume;
  guint bus_watch;
  gboolean playing;
  gboolean failed;
  guint64 pushed; /* samples since the start */
  guint drained_source;
};

enum
{
  SIGNAL_DRAINED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KouanSound, kouan_sound, G_TYPE_OBJECT)

static void
rest (KouanSound *self)
{
  GstBus *bus = gst_element_get_bus (self->pipeline);

  gst_element_set_state (self->pipeline, GST_STATE_READY);
  /* News of what is over must not reach what comes next. */
  gst_bus_set_flushing (bus, TRUE);
  gst_bus_set_flushing (bus, FALSE);
  gst_object_unref (bus);
  self->playing = FALSE;
  self->pushed = 0;
}

static void
drained (KouanSound *self)
{
  rest (self);
  g_signal_emit (self, signals[SIGNAL_DRAINED], 0);
}

static void
fail (KouanSound *self, GstMessage *message)
{
  g_autoptr (GError) error = NULL;

  gst_message_parse_error (message, &error, NULL);
  if (!self->failed)
    g_message ("No sound: %s", error->message);
  self->failed = TRUE;
}

static gboolean
on_bus (GstBus *bus G_GNUC_UNUSED, GstMessage *message, gpointer data)
{
  KouanSound *self = KOUAN_SOUND (data);

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    fail (self, message);
  else if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_EOS)
    return G_SOURCE_CONTINUE;
  if (self->playing)
    drained (self);
  return G_SOURCE_CONTINUE;
}

static void
kouan_sound_dispose (GObject *object)
{
  KouanSound *self = KOUAN_SOUND (object);

  g_clear_handle_id (&self->bus_watch, g_source_remove);
  g_clear_handle_id (&self->drained_source, g_source_remove);
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->in);
  gst_clear_object (&self->volume);
  gst_clear_object (&self->pipeline);
  G_OBJECT_CLASS (kouan_sound_parent_class)->dispose (object);
}

static void
kouan_sound_class_init (KouanSoundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kouan_sound_dispose;
  signals[SIGNAL_DRAINED] = g_signal_new ("drained", KOUAN_TYPE_SOUND, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
kouan_sound_init (KouanSound *self G_GNUC_UNUSED)
{
}

/**
 * kouan_sound_new:
 * @sink: the end of a pipeline: "alsasink device=hw:0", "autoaudiosink", "filesink location=…"
 *
 * Returns: (transfer full): or NULL with %KOUAN_DEVICE_ERROR_CONFIGURATION. The device is opened
 * with the first sample.
 */
KouanSound *
kouan_sound_new (const char *sink, GError **error)
{
  g_autofree char *text = g_strdup_printf (PIPELINE, sink);
  g_autoptr (GError) local = NULL;
  g_autoptr (KouanSound) self = NULL;
  GstBus *bus;

  if (!gst_is_initialized ())
    gst_init (NULL, NULL);
  self = g_object_new (KOUAN_TYPE_SOUND, NULL);
  self->pipeline = gst_parse_launch_full (text, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &local);
  if (self->pipeline == NULL)
    {
      g_set_error (error, KOUAN_DEVICE_ERROR, KOUAN_DEVICE_ERROR_CONFIGURATION, "sound \"%s\": %s",
                   sink, local->message);
      return NULL;
    }
  gst_object_ref_sink (self->pipeline);
  self->in = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (self->pipeline), "in"));
  self->volume = gst_bin_get_by_name (GST_BIN (self->pipeline), "volume");
  bus = gst_element_get_bus (self->pipeline);
  self->bus_watch = gst_bus_add_watch (bus, on_bus, self);
  gst_object_unref (bus);
  return g_steal_pointer (&self);
}

/* @samples: heard behind those that were pushed before */
void
kouan_sound_push (KouanSound *self, GBytes *samples)
{
  GstBuffer *buffer;
  guint64 count = g_bytes_get_size (samples) / sizeof (gint16);

  g_return_if_fail (KOUAN_IS_SOUND (self));

  if (self->failed)
    return;
  if (!self->playing)
    {
      self->playing = TRUE;
      gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
    }
  buffer = gst_buffer_new_wrapped_bytes (samples);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (self->pushed, GST_SECOND, KOUAN_SOUND_RATE_HZ);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (count, GST_SECOND, KOUAN_SOUND_RATE_HZ);
  self->pushed += count;
  gst_app_src_push_buffer (self->in, buffer);
}

static gboolean
on_nothing_to_drain (gpointer data)
{
  KouanSound *self = KOUAN_SOUND (data);

  self->drained_source = 0;
  drained (self);
  return G_SOURCE_REMOVE;
}

/* No more comes: "drained" follows, never from inside this call. */
void
kouan_sound_end (KouanSound *self)
{
  g_return_if_fail (KOUAN_IS_SOUND (self));

  if (self->playing)
    gst_app_src_end_of_stream (self->in);
  else if (self->drained_source == 0)
    self->drained_source = g_idle_add (on_nothing_to_drain, self);
}

/* Silence at once, without "drained". */
void
kouan_sound_stop (KouanSound *self)
{
  g_return_if_fail (KOUAN_IS_SOUND (self));

  g_clear_handle_id (&self->drained_source, g_source_remove);
  if (self->playing)
    rest (self);
}

/* @share: of the samples' own amplitude, 0 to 1; of what is heard from now on */
void
kouan_sound_set_volume (KouanSound *self, double share)
{
  g_return_if_fail (KOUAN_IS_SOUND (self));
  g_return_if_fail (share >= 0 && share <= 1);

  g_object_set (self->volume, "volume", share, NULL);
}

/* Returns: READY until it is known to be FAILED */
KouanDeviceState
kouan_sound_get_state (KouanSound *self)
{
  g_return_val_if_fail (KOUAN_IS_SOUND (self), KOUAN_DEVICE_FAILED);

  return self->failed ? KOUAN_DEVICE_FAILED : KOUAN_DEVICE_READY;
}
