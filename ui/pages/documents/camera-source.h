/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/documents/source-part.h"

G_BEGIN_DECLS

/* A paper under the document camera. */
#define KOUAN_TYPE_CAMERA_SOURCE (kouan_camera_source_get_type ())
G_DECLARE_FINAL_TYPE (KouanCameraSource, kouan_camera_source, KOUAN, CAMERA_SOURCE, KouanSourcePart)

G_END_DECLS
