/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"
#include "app/devices/camera.h"
#include "app/devices/printer.h"
#include "app/devices/scanner.h"
#include "app/devices/stick.h"
#include "app/identity/document-reader.h"
#include "app/phone/phone.h"
#include "app/speech/speech.h"
#include "app/station/station.h"
#include "db/database.h"

G_BEGIN_DECLS

/* Programs that some devices live in; whole paths. */
typedef struct
{
  const char *scan;
  const char *phone;
  const char *voice;
  const char *messages; /* the folder of translations, for the phone's page */
} KouanDevicePrograms;

/* The devices that the station's configuration names. What is wrong with one of them stands in the
 * station's list of troubles as soon as the device says so.
 *
 * Signal: "changed": the state of one of them */
#define KOUAN_TYPE_DEVICE_SET (kouan_device_set_get_type ())
G_DECLARE_FINAL_TYPE (KouanDeviceSet, kouan_device_set, KOUAN, DEVICE_SET, GObject)

KouanDeviceSet *kouan_device_set_new (KouanStation *station,
                                      KouanClock *clock,
                                      KouanPixels *pixels,
                                      const KouanDevicePrograms *programs);
void kouan_device_set_open (KouanDeviceSet *self, KouanDatabase *db);
void kouan_device_set_set_disabled (KouanDeviceSet *self, const char *name, gboolean disabled);
void kouan_device_set_refresh (KouanDeviceSet *self);

/* Each (transfer none) (nullable): it is not there, or staff have disabled it. */
KouanCamera *kouan_device_set_get_camera (KouanDeviceSet *self);
KouanCamera *kouan_device_set_get_document_camera (KouanDeviceSet *self);
KouanScanner *kouan_device_set_get_scanner (KouanDeviceSet *self);
KouanDocumentReader *kouan_device_set_get_chip_reader (KouanDeviceSet *self);
KouanPrinter *kouan_device_set_get_printer (KouanDeviceSet *self);
KouanStick *kouan_device_set_get_stick (KouanDeviceSet *self);
KouanPhone *kouan_device_set_get_phone (KouanDeviceSet *self);
KouanSpeech *kouan_device_set_get_speech (KouanDeviceSet *self);

/* By the names of kouan_device_names (). */
gboolean kouan_device_set_is_configured (KouanDeviceSet *self, const char *name);
KouanDeviceState kouan_device_set_get_state (KouanDeviceSet *self, const char *name);

/* For the test of a device: what it found. */
KouanStation *kouan_device_set_get_station (KouanDeviceSet *self);
KouanClock *kouan_device_set_get_clock (KouanDeviceSet *self);
void kouan_device_set_note (KouanDeviceSet *self, const char *name, KouanDeviceState state);

const char *kouan_device_label (const char *name);   /* translated: "Scanner" */
const char *kouan_device_without (const char *name); /* translated: what is done without it */

G_END_DECLS
