/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/camera.h"
#include "app/documents/jpeg.h"
#include "app/documents/pixels.h"
#include "app/face/compare.h"
#include "app/portrait/measure.h"

G_BEGIN_DECLS

/* A portrait as it was taken, and what is known about it. */
typedef struct
{
  KouanPage *page; /* cut as receivers want it */
  KouanJpeg *jpeg; /* the same, as large as the rule lets a file be */
  KouanPortraitFindings findings;
  gboolean compared; /* with the chip's */
  double distance;   /* the smallest of several frames */
} KouanPortrait;

#define KOUAN_TYPE_PORTRAIT (kouan_portrait_get_type ())
GType kouan_portrait_get_type (void);
KouanPortrait *kouan_portrait_ref (KouanPortrait *self);
void kouan_portrait_unref (KouanPortrait *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanPortrait, kouan_portrait_unref)

/* Looks at whoever stands before a camera. Property "findings" (guint, a KouanPortraitFindings): of
 * the last frame. Signal "taken" (KouanPortrait). */
#define KOUAN_TYPE_PORTRAIT_CAMERA (kouan_portrait_camera_get_type ())
G_DECLARE_FINAL_TYPE (KouanPortraitCamera, kouan_portrait_camera, KOUAN, PORTRAIT_CAMERA, GObject)

KouanPortraitCamera *kouan_portrait_camera_new (KouanCamera *camera);
void kouan_portrait_camera_start (KouanPortraitCamera *self, KouanPixels *pixels, GBytes *dg2);
void kouan_portrait_camera_stop (KouanPortraitCamera *self);
void kouan_portrait_camera_take (KouanPortraitCamera *self);

KouanCamera *kouan_portrait_camera_get_camera (KouanPortraitCamera *self);
gboolean kouan_portrait_camera_has_seen (KouanPortraitCamera *self);
KouanPortraitFindings kouan_portrait_camera_get_findings (KouanPortraitCamera *self);

G_END_DECLS
