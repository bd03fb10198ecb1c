/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/device-state.h"
#include "app/devices/frame.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Property "state" (KouanDeviceState). Signals, on the default main context, never after stop:
 * "picture" (KouanFrame, BGRA) for the screen, "gray" (KouanFrame, GRAY) for readers,
 * "still" (KouanFrame, BGRA): one that was asked for, as large as the camera sends it. */
#define KOUAN_TYPE_CAMERA (kouan_camera_get_type ())
G_DECLARE_INTERFACE (KouanCamera, kouan_camera, KOUAN, CAMERA, GObject)

struct _KouanCameraInterface
{
  GTypeInterface parent_iface;

  void (*start) (KouanCamera *self);
  void (*stop) (KouanCamera *self);
  void (*request_still) (KouanCamera *self);
};

KouanCamera *kouan_camera_new_for_source (const char *source,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

void kouan_camera_start (KouanCamera *self);
void kouan_camera_stop (KouanCamera *self);
void kouan_camera_request_still (KouanCamera *self);
KouanDeviceState kouan_camera_get_state (KouanCamera *self);

/* For implementations. */
void kouan_camera_emit_picture (KouanCamera *self, KouanFrame *frame);
void kouan_camera_emit_gray (KouanCamera *self, KouanFrame *frame);
void kouan_camera_emit_still (KouanCamera *self, KouanFrame *frame);

G_END_DECLS
