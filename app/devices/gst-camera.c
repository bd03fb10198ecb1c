/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/gst-camera.h"

#include "app/devices/gst-run.h"

/* A camera that GStreamer can open. Opening and closing a device may block, so one worker thread
 * does both, in order: a device is closed before it is opened again. A pipeline that reports
 * trouble or shows nothing for a while is replaced by a new one, for as long as the camera is
 * wanted. */

#define PATIENCE_MS 5000

struct _KouanGstCamera
{
  GObject parent_instance;

  char *source;
  guint patience_ms;
  KouanDeviceState state;
  GThreadPool *worker;

  /* While it is started. */
  KouanGstRun *run;
  guint watchdog;
  gboolean is_alive; /* a frame since the watchdog looked last */
};

enum
{
  PROP_0,
  PROP_STATE,
};

typedef struct
{
  KouanGstRun *run;
  void (*func) (KouanGstRun *run);
} Job;

static void
run_job (gpointer data, gpointer user_data G_GNUC_UNUSED)
{
  Job *job = data;

  job->func (job->run);
  kouan_gst_run_unref (job->run);
  g_free (job);
}

static void
push_job (KouanGstCamera *self, KouanGstRun *run, void (*func) (KouanGstRun *run))
{
  Job *job = g_new0 (Job, 1);

  job->run = kouan_gst_run_ref (run);
  job->func = func;
  g_thread_pool_push (self->worker, job, NULL);
}

static void
set_state (KouanGstCamera *self, KouanDeviceState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

static void
report_trouble (KouanGstCamera *self, KouanDeviceState state, const char *words)
{
  if (self->state != state)
    g_message ("Camera %s: %s", kouan_device_state_to_string (state), words);
  set_state (self, state);
}

static void
on_news (gpointer data)
{
  g_autoptr (KouanGstCamera) self = g_object_ref (data);
  g_autoptr (KouanGstRun) run = kouan_gst_run_ref (self->run);
  g_autoptr (KouanFrame) picture = kouan_gst_run_take (run, KOUAN_GST_RUN_PICTURE);
  g_autoptr (KouanFrame) gray = kouan_gst_run_take (run, KOUAN_GST_RUN_GRAY);
  g_autoptr (KouanFrame) still = kouan_gst_run_take (run, KOUAN_GST_RUN_STILL);
  g_autofree char *words = NULL;
  KouanDeviceState trouble;

  if (kouan_gst_run_get_trouble (run, &trouble, &words))
    {
      report_trouble (self, trouble, words);
      return;
    }
  self->is_alive = TRUE;
  set_state (self, KOUAN_DEVICE_READY);
  /* Any handler may have stopped the camera. */
  if (picture != NULL && self->run == run)
    kouan_camera_emit_picture (KOUAN_CAMERA (self), picture);
  if (gray != NULL && self->run == run)
    kouan_camera_emit_gray (KOUAN_CAMERA (self), gray);
  if (still != NULL && self->run == run)
    kouan_camera_emit_still (KOUAN_CAMERA (self), still);
}

static void
open_run (KouanGstCamera *self)
{
  self->is_alive = FALSE;
  self->run = kouan_gst_run_new (self->source, on_news, self);
  push_job (self, self->run, kouan_gst_run_open);
}

static void
close_run (KouanGstCamera *self)
{
  kouan_gst_run_silence (self->run);
  push_job (self, self->run, kouan_gst_run_close);
  g_clear_pointer (&self->run, kouan_gst_run_unref);
}

static gboolean
on_watchdog (gpointer data)
{
  KouanGstCamera *self = KOUAN_GST_CAMERA (data);

  if (self->is_alive && self->state == KOUAN_DEVICE_READY)
    {
      self->is_alive = FALSE;
      return G_SOURCE_CONTINUE;
    }
  if (self->state == KOUAN_DEVICE_STARTING || self->state == KOUAN_DEVICE_READY)
    report_trouble (self, KOUAN_DEVICE_OFFLINE, "it sends no pictures");
  if (self->run != NULL)
    {
      close_run (self);
      open_run (self);
    }
  return G_SOURCE_CONTINUE;
}

static void
gst_camera_start (KouanCamera *camera)
{
  KouanGstCamera *self = KOUAN_GST_CAMERA (camera);

  if (self->run != NULL)
    return;
  if (self->worker == NULL)
    self->worker = g_thread_pool_new (run_job, NULL, 1, TRUE, NULL);
  open_run (self);
  self->watchdog = g_timeout_add (self->patience_ms, on_watchdog, self);
  set_state (self, KOUAN_DEVICE_STARTING);
}

static void
gst_camera_stop (KouanCamera *camera)
{
  KouanGstCamera *self = KOUAN_GST_CAMERA (camera);

  if (self->run == NULL)
    return;
  g_clear_handle_id (&self->watchdog, g_source_remove);
  close_run (self);
  set_state (self, KOUAN_DEVICE_OFF);
}

static void
gst_camera_request_still (KouanCamera *camera)
{
  KouanGstCamera *self = KOUAN_GST_CAMERA (camera);

  if (self->run != NULL)
    kouan_gst_run_request_still (self->run);
}

static void
gst_camera_iface_init (KouanCameraInterface *iface)
{
  iface->start = gst_camera_start;
  iface->stop = gst_camera_stop;
  iface->request_still = gst_camera_request_still;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanGstCamera,
                               kouan_gst_camera,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_CAMERA, gst_camera_iface_init))

static void
kouan_gst_camera_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KouanGstCamera *self = KOUAN_GST_CAMERA (object);

  if (id == PROP_STATE)
    g_value_set_enum (value, self->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Waits until the device is closed: whoever opens it next finds it free. */
static void
kouan_gst_camera_finalize (GObject *object)
{
  KouanGstCamera *self = KOUAN_GST_CAMERA (object);

  g_clear_handle_id (&self->watchdog, g_source_remove);
  if (self->run != NULL)
    close_run (self);
  if (self->worker != NULL)
    g_thread_pool_free (self->worker, FALSE, TRUE);
  g_free (self->source);
  G_OBJECT_CLASS (kouan_gst_camera_parent_class)->finalize (object);
}

static void
kouan_gst_camera_class_init (KouanGstCameraClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kouan_gst_camera_get_property;
  object_class->finalize = kouan_gst_camera_finalize;
  g_object_class_override_property (object_class, PROP_STATE, "state");
}

static void
kouan_gst_camera_init (KouanGstCamera *self)
{
  self->state = KOUAN_DEVICE_OFF;
  self->patience_ms = PATIENCE_MS;
}

/* @source: the first half of a pipeline, as gst-launch-1.0 takes it: "v4l2src ! image/jpeg !
 * jpegdec" */
KouanCamera *
kouan_gst_camera_new (const char *source)
{
  KouanGstCamera *self = g_object_new (KOUAN_TYPE_GST_CAMERA, NULL);

  self->source = g_strdup (source);
  return KOUAN_CAMERA (self);
}

/* How long it may show nothing before it is opened anew; counts from the next start. */
void
kouan_gst_camera_set_patience (KouanGstCamera *self, guint patience_ms)
{
  g_return_if_fail (KOUAN_IS_GST_CAMERA (self));
  g_return_if_fail (patience_ms > 0);

  self->patience_ms = patience_ms;
}
