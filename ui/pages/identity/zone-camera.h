/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/devices/optical-reader.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals: "read" (KouanDocumentReading *), "lost" when the camera does not work. */
#define KOUAN_TYPE_ZONE_CAMERA (kouan_zone_camera_get_type ())
G_DECLARE_FINAL_TYPE (KouanZoneCamera, kouan_zone_camera, KOUAN, ZONE_CAMERA, GtkWidget)

GtkWidget *kouan_zone_camera_new (KouanOpticalReader *reader);
void kouan_zone_camera_start (KouanZoneCamera *self);
void kouan_zone_camera_stop (KouanZoneCamera *self);

G_END_DECLS
