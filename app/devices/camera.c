/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/camera.h"

#include "app/devices/file-camera.h"
#include "app/devices/gst-camera.h"

/* A camera shows what it sees to a person (colour) and to readers (gray). It is on only while a
 * page needs it: it starts off, and what it has in its hands when it is stopped is thrown away. A
 * camera that is not there says so in its state and keeps trying, so that plugging it in is all the
 * repair it needs. */

G_DEFINE_INTERFACE (KouanCamera, kouan_camera, G_TYPE_OBJECT)

enum
{
  PICTURE,
  GRAY,
  STILL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
frame_signal_new (const char *name)
{
  return g_signal_new (name, KOUAN_TYPE_CAMERA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       1, KOUAN_TYPE_FRAME | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
kouan_camera_default_init (KouanCameraInterface *iface)
{
  signals[PICTURE] = frame_signal_new ("picture");
  signals[GRAY] = frame_signal_new ("gray");
  signals[STILL] = frame_signal_new ("still");
  g_object_interface_install_property (
    iface, g_param_spec_enum ("state", NULL, NULL, KOUAN_TYPE_DEVICE_STATE, KOUAN_DEVICE_OFF,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

/**
 * kouan_camera_new_for_source:
 * @source: "gst:" and the first half of a GStreamer pipeline, such as
 *   "gst:v4l2src device=/dev/video0 ! video/x-raw,width=1280,height=720"; or "file:" and a picture
 * or a folder of pictures, which are shown as if they were held in front of a camera
 *
 * Returns: (transfer full): a camera that is off, or NULL with %KOUAN_DEVICE_ERROR_CONFIGURATION
 */
KouanCamera *
kouan_camera_new_for_source (const char *source, GError **error)
{
  const char *pipeline = kouan_device_source_part (source, "gst");
  const char *path = kouan_device_source_part (source, "file");

  if (pipeline != NULL && *pipeline != '\0')
    return kouan_gst_camera_new (pipeline);
  if (path != NULL && *path != '\0')
    return kouan_file_camera_new (path);
  g_set_error (error, KOUAN_DEVICE_ERROR, KOUAN_DEVICE_ERROR_CONFIGURATION,
               "camera \"%s\": it must be \"gst:PIPELINE\" or \"file:PATH\"", source);
  return NULL;
}

/* Starting what is started does nothing. */
void
kouan_camera_start (KouanCamera *self)
{
  g_return_if_fail (KOUAN_IS_CAMERA (self));

  KOUAN_CAMERA_GET_IFACE (self)->start (self);
}

/* Nothing is emitted after this returns, until it is started again. */
void
kouan_camera_stop (KouanCamera *self)
{
  g_return_if_fail (KOUAN_IS_CAMERA (self));

  KOUAN_CAMERA_GET_IFACE (self)->stop (self);
}

/* The next picture, whole, as "still". Asking twice before it came is asking once; a camera that is
 * off forgets it. */
void
kouan_camera_request_still (KouanCamera *self)
{
  g_return_if_fail (KOUAN_IS_CAMERA (self));

  KOUAN_CAMERA_GET_IFACE (self)->request_still (self);
}

KouanDeviceState
kouan_camera_get_state (KouanCamera *self)
{
  KouanDeviceState state;

  g_return_val_if_fail (KOUAN_IS_CAMERA (self), KOUAN_DEVICE_FAILED);

  g_object_get (self, "state", &state, NULL);
  return state;
}

void
kouan_camera_emit_picture (KouanCamera *self, KouanFrame *frame)
{
  g_signal_emit (self, signals[PICTURE], 0, frame);
}

void
kouan_camera_emit_gray (KouanCamera *self, KouanFrame *frame)
{
  g_signal_emit (self, signals[GRAY], 0, frame);
}

void
kouan_camera_emit_still (KouanCamera *self, KouanFrame *frame)
{
  g_signal_emit (self, signals[STILL], 0, frame);
}
