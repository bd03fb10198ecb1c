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
  KOUAN_STATION_ERROR_EXISTS,    /* create: there is a station already, and it is left alone */
  KOUAN_STATION_ERROR_IO,        /* create: the folder could not be written */
} KouanStationError;
#define KOUAN_STATION_ERROR (kouan_station_error_quark ())
GQuark kouan_station_error_quark (void);

/* The names of what lies in a station's folder, for kouan_station_path () and for who enrols one.
 */
#define KOUAN_STATION_CONFIG "kouan.conf"
#define KOUAN_STATION_CONFIG_GOOD_SUFFIX ".good" /* the last one that was right */
#define KOUAN_STATION_DATABASE "kiosk.db"
#define KOUAN_STATION_AUDIT_KEY "audit.key" /* for the next entry of the audit, see app/audit */
#define KOUAN_STATION_MANIFESTS "manifests.log"
#define KOUAN_STATION_RECORDS "records"
#define KOUAN_STATION_DRAFTS "drafts"
#define KOUAN_STATION_SYNC "sync.json" /* how far the sync is, for whoever looks */
#define KOUAN_STATION_CATALOGUE "catalogue"
#define KOUAN_STATION_TROUBLES                                                                     \
  "troubles" /* what devices lack: "printer needs-paper", one a line                               \
              */
#define KOUAN_STATION_KEYS "keys"
#define KOUAN_STATION_TRUST_LIST "trust-list.cose" /* whose signatures on chips count */
#define KOUAN_STATION_SIGNING_KEY "keys/kiosk-sign.pem"
#define KOUAN_STATION_SIGNING_PUBLIC "keys/kiosk-sign.pub.pem"
#define KOUAN_STATION_TLS_KEY "keys/kiosk-tls.pem"
#define KOUAN_STATION_TLS_CERTIFICATE "keys/kiosk-tls.crt"
#define KOUAN_STATION_HUB_CA "keys/hub-ca.crt"
#define KOUAN_STATION_HUB_RECIPIENT "keys/hub-recipient.txt"       /* age1… */
#define KOUAN_STATION_ESCROW_RECIPIENT "keys/escrow-recipient.txt" /* age1… */
#define KOUAN_STATION_HALL_KEY "keys/hall.key" /* 32 bytes as hexadecimal digits */
#define KOUAN_STATION_HALL_KEY_SIZE 32

/* Verifying keys, one a file; what a key may speak for stands in the file's name, between the
 * owner's label and
 * ".pem": "ministry.appointment.pem", "hub.hub-receipt+catalogue.pem", "kiosk-8.walk-in+slip.pem".
 * The words: appointment, walk-in, slip, badge, record, hub-receipt, catalogue, roster, trust-list.
 */
#define KOUAN_STATION_TRUSTED "keys/trusted"

/* One kiosk's folder: kouan.conf, keys, catalogue, database, drafts, records. Read once, at the
 * start; afterwards any thread may ask it. */
#define KOUAN_TYPE_STATION (kouan_station_get_type ())
G_DECLARE_FINAL_TYPE (KouanStation, kouan_station, KOUAN, STATION, GObject)

KouanStation *kouan_station_load (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;

const char *kouan_station_get_folder (KouanStation *self);
char *kouan_station_path (KouanStation *self, const char *name); /* below the folder */
guint kouan_station_get_kiosk_id (KouanStation *self);           /* 1 to 65535 */
guint kouan_station_get_hall_id (KouanStation *self);            /* 1 to 65535 */
const char *
kouan_station_get_hall_name (KouanStation *self,
                             const char *language); /* BCP 47; falls back to the hall's own */
const char *kouan_station_get_hall_language (KouanStation *self);
const char *kouan_station_get_profile (KouanStation *self); /* "service", "border", "overseas" */
const char *
kouan_station_get_value (KouanStation *self, const char *group, const char *key); /* (nullable) */
const char *kouan_station_get_text (KouanStation *self,
                                    const char *group,
                                    const char *key,
                                    const char *language); /* (nullable) translated */
gint64 kouan_station_get_number (KouanStation *self, const char *group, const char *key);

/* What is wrong with kouan.conf, if the last one that was right is used instead. */
const char *kouan_station_get_fault (KouanStation *self); /* (nullable) */

/* One key of kouan.conf, as it stands and as it could. */
typedef struct
{
  char *name;           /* "sync.pause-minutes" */
  char *value;          /* (nullable): in use */
  gboolean is_set;      /* and not the default */
  const char *fallback; /* (nullable) */
  char *kind;           /* "a whole number from 1 to 1440" */
  const char *unit;     /* (nullable): "minutes" */
  const char *what;
} KouanStationSetting;

void kouan_station_setting_free (KouanStationSetting *self);
GPtrArray *kouan_station_list_settings (KouanStation *self); /* of KouanStationSetting */
gboolean kouan_station_set_values (const char *folder, /* "GROUP.KEY" to value */
                                   GHashTable *changes,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_station_check_configuration (const char *folder,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_station_document_configuration (void); /* Markdown */

gboolean kouan_station_parse_window (const char *text, guint *from, guint *to); /* "22:00-05:30" */

char *kouan_station_trusted_name (const char *label, guint purposes); /* "hub.hub-receipt.pem" */

KouanSigningKey *kouan_station_get_signing_key (KouanStation *self); /* this kiosk's */
KouanKeyring *kouan_station_get_keyring (KouanStation *self); /* everybody whose word counts here */
KouanSecret *kouan_station_get_hall_key (KouanStation *self); /* for an appointment's bind */
GPtrArray *
kouan_station_get_recipients (KouanStation *self); /* of KouanAgeRecipient: hub, escrow */

/* What enrolment knows of a new station. Strings may be NULL for the default that the configuration
 * documents. */
typedef struct
{
  guint kiosk_id;
  guint hall_id;
  const char *hall_language;
  const char *profile;
  GHashTable *hall_names; /* (nullable): BCP 47 to name */
  const char *hub_url;
  const char *camera;
  const char *scanner;
  const char *printer;
  const char *stick;
} KouanStationSettings;

gboolean kouan_station_create (const char *folder,
                               const KouanStationSettings *settings,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Held while its holder lives, released by the kernel whatever ends it. */
typedef struct _KouanStationLock KouanStationLock;
#define KOUAN_STATION_LOCK_SUBMIT "submit.lock" /* shared by who submits; alone by who tidies up   \
                                                 */
#define KOUAN_STATION_LOCK_TRUST "trust.lock"   /* alone, by who changes the trust list */
#define KOUAN_STATION_LOCK_SYNC "sync.lock"     /* alone, by who sends */
#define KOUAN_STATION_LOCK_STAFF "staff.lock"   /* alone, by who works on it as staff */

KouanStationLock *kouan_station_lock (
  KouanStation *self,
  const char *name,
  gboolean shared,
  gboolean wait); /* (nullable): somebody else holds it, or the folder cannot be written */
void kouan_station_lock_release (KouanStationLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanStationLock, kouan_station_lock_release)

G_END_DECLS
