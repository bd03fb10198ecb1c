/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/gst-run.h"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

/* A GStreamer pipeline with two ends, and between its threads and ours a letter box that holds at
 * most one frame of each kind: a screen that is slow gets the newest frame, never a queue of old
 * ones. GStreamer's threads fill the box and wake the main context; only the main context empties
 * it. */

#define N_FORMATS 2

/* The queues leak on purpose: a branch that falls behind must not hold up the camera, nor the other
 * one. Ten pictures a second are as many as a reader can use, and half the work of thirty. */
#define PIPELINE                                                                                   \
  "%s ! tee name=camera"                                                                           \
  " camera. ! queue leaky=downstream max-size-buffers=1 ! videoconvert"                            \
  " ! video/x-raw,format=BGRA ! appsink name=picture max-buffers=1 drop=true"                      \
  " camera. ! queue leaky=downstream max-size-buffers=1 ! videorate drop-only=true max-rate=10"    \
  " ! videoconvert ! video/x-raw,format=GRAY8 ! appsink name=gray max-buffers=1 drop=true"

struct _KouanGstRun
{
  char *source;
  KouanGstRunNews on_news;
  gpointer owner;
  GstElement *pipeline; /* the worker thread's */

  GMutex lock; /* guards what follows */
  KouanFrame *frames[N_FORMATS];
  KouanDeviceState trouble; /* READY: none */
  char *words;              /* of the trouble, for the log */
  gboolean is_scheduled;
  gboolean is_silent;
};

/* @source: the first half of a pipeline, up to and without the "!" before its end */
KouanGstRun *
kouan_gst_run_new (const char *source, KouanGstRunNews on_news, gpointer owner)
{
  KouanGstRun *self = g_atomic_rc_box_new0 (KouanGstRun);

  self->source = g_strdup (source);
  self->on_news = on_news;
  self->owner = owner;
  self->trouble = KOUAN_DEVICE_READY;
  g_mutex_init (&self->lock);
  return self;
}

KouanGstRun *
kouan_gst_run_ref (KouanGstRun *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_frames (KouanGstRun *self)
{
  for (guint i = 0; i < N_FORMATS; i++)
    g_clear_pointer (&self->frames[i], kouan_frame_unref);
}

static void
run_clear (gpointer data)
{
  KouanGstRun *self = data;

  g_assert (self->pipeline == NULL);
  clear_frames (self);
  g_mutex_clear (&self->lock);
  g_free (self->words);
  g_free (self->source);
}

void
kouan_gst_run_unref (KouanGstRun *self)
{
  g_atomic_rc_box_release_full (self, run_clear);
}

static gboolean
on_idle (gpointer data)
{
  KouanGstRun *self = data;
  gboolean is_silent;

  g_mutex_lock (&self->lock);
  self->is_scheduled = FALSE;
  is_silent = self->is_silent;
  g_mutex_unlock (&self->lock);
  if (!is_silent)
    self->on_news (self->owner);
  return G_SOURCE_REMOVE;
}

/* The lock is held. */
static void
wake_main_context (KouanGstRun *self)
{
  if (self->is_scheduled || self->is_silent)
    return;
  self->is_scheduled = TRUE;
  g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, kouan_gst_run_ref (self),
                   (GDestroyNotify)kouan_gst_run_unref);
}

static void
post_frame (KouanGstRun *self, KouanFrame *frame)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->is_silent)
    {
      kouan_frame_unref (frame);
      return;
    }
  g_clear_pointer (&self->frames[frame->format], kouan_frame_unref);
  self->frames[frame->format] = frame;
  wake_main_context (self);
}

/* The first words are the cause; what comes after them only follows from it. @words: (transfer
 * full) */
static void
post_trouble (KouanGstRun *self, KouanDeviceState trouble, char *words)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->trouble != KOUAN_DEVICE_READY)
    {
      g_free (words);
      return;
    }
  self->words = words;
  self->trouble = trouble;
  wake_main_context (self);
}

static void
free_mapped_frame (gpointer data)
{
  GstVideoFrame *mapped = data;

  gst_video_frame_unmap (mapped);
  g_free (mapped);
}

/* The frame keeps GStreamer's buffer mapped instead of copying it. Returns NULL for what is no
 * picture. */
static KouanFrame *
frame_of_sample (GstSample *sample, KouanFrameFormat format)
{
  g_autofree GstVideoFrame *mapped = g_new0 (GstVideoFrame, 1);
  GstVideoInfo info;
  const guint8 *pixels;
  guint stride;
  guint height;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample))
      || !gst_video_frame_map (mapped, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;
  pixels = GST_VIDEO_FRAME_PLANE_DATA (mapped, 0);
  stride = (guint)GST_VIDEO_FRAME_PLANE_STRIDE (mapped, 0);
  height = (guint)GST_VIDEO_FRAME_HEIGHT (mapped);
  return kouan_frame_new (g_bytes_new_with_free_func (pixels, (gsize)stride * height,
                                                      free_mapped_frame, g_steal_pointer (&mapped)),
                          (guint)info.width, height, stride, format);
}

static GstFlowReturn
take_sample (KouanGstRun *self, GstAppSink *sink, KouanFrameFormat format)
{
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  KouanFrame *frame = sample != NULL ? frame_of_sample (sample, format) : NULL;

  if (frame != NULL)
    post_frame (self, frame);
  return GST_FLOW_OK;
}

static GstFlowReturn
on_picture_sample (GstAppSink *sink, gpointer data)
{
  return take_sample (data, sink, KOUAN_FRAME_BGRA);
}

static GstFlowReturn
on_gray_sample (GstAppSink *sink, gpointer data)
{
  return take_sample (data, sink, KOUAN_FRAME_GRAY);
}

static GstBusSyncReply
on_bus_message (GstBus *bus G_GNUC_UNUSED, GstMessage *message, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      gst_message_parse_error (message, &error, NULL);
      /* Not found, cannot be opened, unplugged: all of them are the resource's. */
      post_trouble (
        data, error->domain == GST_RESOURCE_ERROR ? KOUAN_DEVICE_OFFLINE : KOUAN_DEVICE_FAILED,
        g_strdup (error->message));
    }
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    post_trouble (data, KOUAN_DEVICE_OFFLINE, g_strdup ("the pictures ended"));
  return GST_BUS_DROP;
}

static void
connect_sink (KouanGstRun *self,
              const char *name,
              GstFlowReturn (*on_sample) (GstAppSink *, gpointer))
{
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (self->pipeline), name);
  GstAppSinkCallbacks callbacks = { .new_sample = on_sample };

  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, kouan_gst_run_ref (self),
                              (GDestroyNotify)kouan_gst_run_unref);
}

/* What goes wrong here or later arrives as trouble. */
void
kouan_gst_run_open (KouanGstRun *self)
{
  g_autofree char *description = g_strdup_printf (PIPELINE, self->source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstBus) bus = NULL;

  if (!gst_init_check (NULL, NULL, &error))
    {
      post_trouble (self, KOUAN_DEVICE_FAILED, g_strdup (error->message));
      return;
    }
  self->pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (self->pipeline == NULL)
    {
      post_trouble (self, KOUAN_DEVICE_FAILED, g_strdup (error->message));
      return;
    }
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, on_bus_message, kouan_gst_run_ref (self),
                            (GDestroyNotify)kouan_gst_run_unref);
  connect_sink (self, "picture", on_picture_sample);
  connect_sink (self, "gray", on_gray_sample);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
}

/* Waits for the pipeline's threads. */
void
kouan_gst_run_close (KouanGstRun *self)
{
  g_autoptr (GstBus) bus = NULL;

  if (self->pipeline == NULL)
    return;
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, NULL, NULL, NULL);
  g_clear_pointer (&self->pipeline, gst_object_unref);
}

/* On the main context: from here on there is no news, and nothing is kept. */
void
kouan_gst_run_silence (KouanGstRun *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->is_silent = TRUE;
  clear_frames (self);
}

/* Returns: (transfer full) (nullable): the newest frame of this kind that nobody has taken */
KouanFrame *
kouan_gst_run_take (KouanGstRun *self, KouanFrameFormat format)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_steal_pointer (&self->frames[format]);
}

/**
 * kouan_gst_run_get_trouble:
 * @state: (out): offline or failed
 * @words: (out) (transfer full): for the log
 *
 * Returns: whether there is any
 */
gboolean
kouan_gst_run_get_trouble (KouanGstRun *self, KouanDeviceState *state, char **words)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->trouble == KOUAN_DEVICE_READY)
    return FALSE;
  *state = self->trouble;
  *words = g_strdup (self->words);
  return TRUE;
}
