/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/board/device-set.h"
#include "app/devices/camera.h"
#include "app/devices/optical-reader.h"
#include "app/devices/printer.h"
#include "app/devices/scanner.h"
#include "app/devices/stick.h"
#include "app/documents/pixels.h"
#include "app/phone/phone.h"
#include "app/session/idle.h"
#include "app/session/session.h"
#include "app/staff/gate.h"

G_BEGIN_DECLS

/* What a screen may reach: the visit, and the devices that this station has. A device that is NULL
 * is not there, and the screen shows the other ways. */
#define KOUAN_TYPE_KIOSK (kouan_kiosk_get_type ())
G_DECLARE_FINAL_TYPE (KouanKiosk, kouan_kiosk, KOUAN, KIOSK, GObject)

KouanKiosk *kouan_kiosk_new (KouanSession *session, KouanIdle *idle, KouanPixels *pixels);
void kouan_kiosk_set_camera (KouanKiosk *self, KouanCamera *camera);
void kouan_kiosk_set_codes_program (KouanKiosk *self, const char *program);
void kouan_kiosk_set_optical_reader (KouanKiosk *self, KouanOpticalReader *reader);
void kouan_kiosk_set_chip_reader (KouanKiosk *self, KouanDocumentReader *reader);
void kouan_kiosk_set_scanner (KouanKiosk *self, KouanScanner *scanner);
void kouan_kiosk_set_stick (KouanKiosk *self, KouanStick *stick);
void kouan_kiosk_set_document_camera (KouanKiosk *self, KouanCamera *camera);
void kouan_kiosk_set_phone (KouanKiosk *self, KouanPhone *phone);
void kouan_kiosk_set_printer (KouanKiosk *self, KouanPrinter *printer);

/* For staff mode. */
void kouan_kiosk_set_gate (KouanKiosk *self, KouanStaffGate *gate);
void kouan_kiosk_set_devices (KouanKiosk *self, KouanDeviceSet *devices);
void kouan_kiosk_set_sync_program (KouanKiosk *self, const char *program);
void kouan_kiosk_tell_hub (KouanKiosk *self);
KouanStaffGate *kouan_kiosk_get_gate (KouanKiosk *self); /* (nullable): the disk is not open */
KouanDeviceSet *kouan_kiosk_get_devices (KouanKiosk *self);
const char *kouan_kiosk_get_sync_program (KouanKiosk *self);

KouanSession *kouan_kiosk_get_session (KouanKiosk *self);
KouanIdle *kouan_kiosk_get_idle (KouanKiosk *self);
KouanPixels *kouan_kiosk_get_pixels (KouanKiosk *self);
const char *kouan_kiosk_get_codes_program (KouanKiosk *self);
KouanCamera *kouan_kiosk_get_camera (KouanKiosk *self);
KouanOpticalReader *kouan_kiosk_get_optical_reader (KouanKiosk *self);
KouanDocumentReader *kouan_kiosk_get_chip_reader (KouanKiosk *self);
KouanScanner *kouan_kiosk_get_scanner (KouanKiosk *self);
KouanStick *kouan_kiosk_get_stick (KouanKiosk *self);
KouanCamera *kouan_kiosk_get_document_camera (KouanKiosk *self);
KouanPhone *kouan_kiosk_get_phone (KouanKiosk *self);
KouanPrinter *kouan_kiosk_get_printer (KouanKiosk *self);

G_END_DECLS
