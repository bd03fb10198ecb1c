/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/camera.h"
#include "app/documents/page.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_CAMERA_STILL_ERROR_LATE, /* no picture came */
} KouanCameraStillError;
#define KOUAN_CAMERA_STILL_ERROR (kouan_camera_still_error_quark ())
GQuark kouan_camera_still_error_quark (void);
const char *kouan_camera_still_error_title (const GError *error);
const char *kouan_camera_still_error_remedy (const GError *error);

/* One picture as large as the camera can, as a page; the camera has to be on. */
void kouan_camera_still_async (KouanCamera *camera,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
KouanPage *kouan_camera_still_finish (KouanCamera *camera,
                                      GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
