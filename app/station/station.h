/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/age.h"
#include "app/crypto/keys.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_STATION_ERROR_MISSING,   /* a file that the station cannot do without */
  KOUAN_STATION_ERROR_MALFORMED, /* the message names file, group, key and what would be right */
} KouanStationError;
#define KOUAN_STATION_ERROR (kouan_station_error_quark ())
GQuark kouan_station_error_quark (void);

/* One kiosk's folder: kouan.conf, keys, catalogue, database, drafts, records. Read once, at the start. */
#define KOUAN_TYPE_STATION (kouan_station_get_type ())
G_DECLARE_FINAL_TYPE (KouanStation, kouan_station, KOUAN, STATION, GObject)

KouanStation *kouan_station_load (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;

const char *kouan_station_get_folder (KouanStation *self);
char *kouan_station_path (KouanStation *self, const char *name); /* below the folder */
guint kouan_station_get_kiosk_id (KouanStation *self);  /* 1 to 65535 */
guint kouan_station_get_hall_id (KouanStation *self);   /* 1 to 65535 */
const char *kouan_station_get_hall_name (KouanStation *self, const char *language); /* BCP 47; falls back to the hall's own */
const char *kouan_station_get_hall_language (KouanStation *self);
const char *kouan_station_get_profile (KouanStation *self); /* "service", "border", "overseas" */
const char *kouan_station_get_value (KouanStation *self, const char *group, const char *key); /* (nullable) */

KouanSigningKey *kouan_station_get_signing_key (KouanStation *self); /* this kiosk's */
KouanKeyring *kouan_station_get_keyring (KouanStation *self);       /* everybody whose word counts here */
KouanSecret *kouan_station_get_hall_key (KouanStation *self);       /* for an appointment's bind */
GPtrArray *kouan_station_get_recipients (KouanStation *self);       /* of KouanAgeRecipient: hub, escrow */

G_END_DECLS
