/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/gst-run.h"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

/* A GStreamer pipeline with three ends, and between its threads and ours a letter box that holds at
 * most one frame of each kind: a screen that is slow gets the newest frame, never a queue of old
 * ones. GStreamer's threads fill the box and wake the main context; only the main context empties
 * it. */

/* The queues leak on purpose: a branch that falls behind must not hold up the camera, nor another
 * one. Ten pictures a second are as many as a reader can use, and half the work of thirty; a screen
 * needs no more than fifteen, nor more pixels than it has. Where a still goes out is shut until one
 * is asked for: turning 8 million pixels into BGRA for nobody would cost a core. */
#define PIPELINE                                                                                   \
  "%s ! tee name=camera"                                                                           \
  " camera. ! queue leaky=downstream max-size-buffers=1 ! videorate drop-only=true max-rate=15"    \
  " ! videoscale ! videoconvert ! video/x-raw,format=BGRA,width=(int)[1,1280],"                    \
  "height=(int)[1,1280],pixel-aspect-ratio=1/1 ! appsink name=picture max-buffers=1 drop=true"     \
  " camera. ! queue leaky=downstream max-size-buffers=1 ! videorate drop-only=true max-rate=10"    \
  " ! videoconvert ! video/x-raw,format=GRAY8 ! appsink name=gray max-buffers=1 drop=true"         \
  " camera. ! queue name=gate leaky=downstream max-size-buffers=1 ! videoconvert"                  \
  " ! video/x-raw,format=BGRA ! appsink name=still max-buffers=1 drop=true async=false sync=false"

struct _KouanGstRun
{
  char *source;
  KouanGstRunNews on_news;
  gpointer owner;
  GstElement *pipeline; /* the worker thread's */
  int wants_still;      /* atomic */

  GMutex lock; /* guards what follows */
  KouanFrame *frames[KOUAN_GST_RUN_N_ENDS];
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
  for (guint i = 0; i < KOUAN_GST_RUN_N_ENDS; i++)
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
post_frame (KouanGstRun *self, KouanGstRunEnd end, KouanFrame *frame)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->is_silent)
    {
      kouan_frame_unref (frame);
      return;
    }
  g_clear_pointer (&self->frames[end], kouan_frame_unref);
  self->frames[end] = frame;
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
take_sample (KouanGstRun *self, GstAppSink *sink, KouanGstRunEnd end)
{
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  KouanFrameFormat format = end == KOUAN_GST_RUN_GRAY ? KOUAN_FRAME_GRAY : KOUAN_FRAME_BGRA;
  KouanFrame *frame = sample != NULL ? frame_of_sample (sample, format) : NULL;

  if (frame != NULL)
    post_frame (self, end, frame);
  return GST_FLOW_OK;
}

static GstFlowReturn
on_picture_sample (GstAppSink *sink, gpointer data)
{
  return take_sample (data, sink, KOUAN_GST_RUN_PICTURE);
}

static GstFlowReturn
on_gray_sample (GstAppSink *sink, gpointer data)
{
  return take_sample (data, sink, KOUAN_GST_RUN_GRAY);
}

static GstFlowReturn
on_still_sample (GstAppSink *sink, gpointer data)
{
  return take_sample (data, sink, KOUAN_GST_RUN_STILL);
}

/* Lets one frame through for each time that somebody asks. */
static GstPadProbeReturn
on_gate (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info G_GNUC_UNUSED, gpointer data)
{
  KouanGstRun *self = data;

  return g_atomic_int_compare_and_exchange (&self->wants_still, TRUE, FALSE) ? GST_PAD_PROBE_OK
                                                                             : GST_PAD_PROBE_DROP;
}

static void
shut_gate (KouanGstRun *self)
{
  g_autoptr (GstElement) gate = gst_bin_get_by_name (GST_BIN (self->pipeline), "gate");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (gate, "src");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_gate, kouan_gst_run_ref (self),
                     (GDestroyNotify)kouan_gst_run_unref);
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
  connect_sink (self, "still", on_still_sample);
  shut_gate (self);
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

/* Any thread. */
void
kouan_gst_run_request_still (KouanGstRun *self)
{
  g_atomic_int_set (&self->wants_still, TRUE);
}

/* Returns: (transfer full) (nullable): the newest frame at this end that nobody has taken */
KouanFrame *
kouan_gst_run_take (KouanGstRun *self, KouanGstRunEnd end)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_steal_pointer (&self->frames[end]);
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
