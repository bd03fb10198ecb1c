/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"
#include "app/devices/camera.h"
#include "app/identity/document-reader.h"
#include "app/identity/mrz-reader.h"

G_BEGIN_DECLS

/* What would help, while it reads. */
typedef enum
{
  KOUAN_OPTICAL_HINT_SHOW,  /* no zone is to be seen */
  KOUAN_OPTICAL_HINT_LIGHT, /* it is too dark */
  KOUAN_OPTICAL_HINT_TILT,  /* a reflection hides part of it */
  KOUAN_OPTICAL_HINT_CLOSER,
  KOUAN_OPTICAL_HINT_STILL,  /* it is being read */
  KOUAN_OPTICAL_HINT_PERMIT, /* one of China's travel permits: not what is wanted here */
  KOUAN_OPTICAL_HINT_DONE,
} KouanOpticalHint;

#define KOUAN_TYPE_OPTICAL_HINT (kouan_optical_hint_get_type ())
GType kouan_optical_hint_get_type (void);
const char *kouan_optical_hint_text (KouanOpticalHint hint); /* translated */

/* Reads a travel document with a camera: a KouanDocumentReader. Property "hint" (KouanOpticalHint);
 * it is notified on the default main context, only while it reads. */
#define KOUAN_TYPE_OPTICAL_READER (kouan_optical_reader_get_type ())
G_DECLARE_FINAL_TYPE (KouanOpticalReader, kouan_optical_reader, KOUAN, OPTICAL_READER, GObject)

KouanOpticalReader *kouan_optical_reader_new (KouanCamera *camera,
                                              KouanClock *clock) G_GNUC_WARN_UNUSED_RESULT;
KouanCamera *kouan_optical_reader_get_camera (KouanOpticalReader *self);
KouanOpticalHint kouan_optical_reader_get_hint (KouanOpticalReader *self);
KouanMrzReading *kouan_optical_reader_get_reading (KouanOpticalReader *self); /* (nullable) */

G_END_DECLS
