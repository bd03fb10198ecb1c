/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/widgets/notice.h"

G_BEGIN_DECLS

/* What is held up to the camera. */
typedef enum
{
  KOUAN_AIM_NOTHING,
  KOUAN_AIM_CODE,     /* a square */
  KOUAN_AIM_PASSPORT, /* ID-3, 125 by 88 mm */
  KOUAN_AIM_CARD,     /* ID-1, 85.6 by 54 mm */
  KOUAN_AIM_PAGE,     /* A4 */
  KOUAN_AIM_FACE,     /* an oval */
} KouanAim;

/* The live picture, a frame to aim at, and what the kiosk sees. */
#define KOUAN_TYPE_CAMERA_VIEW (kouan_camera_view_get_type ())
G_DECLARE_FINAL_TYPE (KouanCameraView, kouan_camera_view, KOUAN, CAMERA_VIEW, GtkWidget)

GtkWidget *kouan_camera_view_new (KouanAim aim, const char *description);
void kouan_camera_view_set_pixels (KouanCameraView *self,
                                   GBytes *pixels,
                                   GdkMemoryFormat format,
                                   int width,
                                   int height,
                                   gsize stride);
void kouan_camera_view_clear (KouanCameraView *self);
void kouan_camera_view_set_mirrored (KouanCameraView *self, gboolean mirrored);
void kouan_camera_view_set_whole (KouanCameraView *self, gboolean whole);
void kouan_camera_view_set_status (KouanCameraView *self, KouanNoticeKind kind, const char *status);

G_END_DECLS
