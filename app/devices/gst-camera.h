/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/camera.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_GST_CAMERA (kouan_gst_camera_get_type ())
G_DECLARE_FINAL_TYPE (KouanGstCamera, kouan_gst_camera, KOUAN, GST_CAMERA, GObject)

KouanCamera *kouan_gst_camera_new (const char *source) G_GNUC_WARN_UNUSED_RESULT;
void kouan_gst_camera_set_patience (KouanGstCamera *self, guint patience_ms);

G_END_DECLS
