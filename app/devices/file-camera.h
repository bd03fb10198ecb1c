/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/camera.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_FILE_CAMERA_WORKS,
  KOUAN_FILE_CAMERA_MISSING,    /* as if it were unplugged */
  KOUAN_FILE_CAMERA_UNREADABLE, /* as if its pictures could not be decoded */
  KOUAN_FILE_CAMERA_LATE,       /* there, and sends nothing */
} KouanFileCameraFault;

#define KOUAN_TYPE_FILE_CAMERA (kouan_file_camera_get_type ())
G_DECLARE_FINAL_TYPE (KouanFileCamera, kouan_file_camera, KOUAN, FILE_CAMERA, GObject)

KouanCamera *kouan_file_camera_new (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void kouan_file_camera_set_fault (KouanFileCamera *self, KouanFileCameraFault fault);

G_END_DECLS
