/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"
#include "app/crypto/keys.h"
#include "db/hub/hub-store.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_HUB_ERROR_EXISTS,    /* what would be made is there already */
  KOUAN_HUB_ERROR_MISSING,   /* a file that the hub cannot do without, or no such record or kiosk */
  KOUAN_HUB_ERROR_MALFORMED, /* the message says what would be right */
  KOUAN_HUB_ERROR_REFUSED,   /* for good: asking again will not help */
  KOUAN_HUB_ERROR_CONFLICT,  /* another content, or another offset, than the hub has */
  KOUAN_HUB_ERROR_DAMAGED,   /* the bytes that came are not the ones that were meant: send all of it
                                again */
  KOUAN_HUB_ERROR_CHECKSUM,  /* this run of bytes was changed on its way: send it again */
  KOUAN_HUB_ERROR_TOO_LARGE,
  KOUAN_HUB_ERROR_FULL, /* no room now */
  KOUAN_HUB_ERROR_BUSY, /* the database is held by others, or away for a moment: in a while */
  KOUAN_HUB_ERROR_IO,   /* the disk or the database, now */
} KouanHubError;
#define KOUAN_HUB_ERROR (kouan_hub_error_quark ())
GQuark kouan_hub_error_quark (void);

typedef struct
{
  guint id;                 /* 1 to 65535 */
  const char *name;         /* for people and in the authority's certificate */
  const char *const *hosts; /* under which kiosks reach it; the first one is in the URL they get */
  const char *listen;       /* address to bind */
  guint port;
  guint enrolment_port;       /* where strangers may ask to be enrolled; 0: nowhere */
  const char *database;       /* (nullable) "postgresql://…"; NULL: a file in the hub's folder */
  gboolean bytes_in_database; /* sealed bytes too, and not in files beside it */
} KouanHubSetup;

gboolean kouan_hub_create (const char *folder,
                           const KouanHubSetup *setup,
                           gint64 now_s,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A hub's folder: hub.conf, keys, database, blobs. Read once, at the start. */
#define KOUAN_TYPE_HUB (kouan_hub_get_type ())
G_DECLARE_FINAL_TYPE (KouanHub, kouan_hub, KOUAN, HUB, GObject)

KouanHub *
kouan_hub_open (const char *folder, KouanClock *clock, GError **error) G_GNUC_WARN_UNUSED_RESULT;

char *kouan_hub_path (KouanHub *self, const char *name); /* below the folder */
char *kouan_hub_read_text (KouanHub *self, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint kouan_hub_get_id (KouanHub *self);
const char *kouan_hub_get_name (KouanHub *self);
const char *kouan_hub_get_url (KouanHub *self);
const char *kouan_hub_get_listen (KouanHub *self);
guint kouan_hub_get_port (KouanHub *self);
guint kouan_hub_get_enrolment_port (KouanHub *self); /* 0: strangers are not answered */
gint64 kouan_hub_get_limit (KouanHub *self, const char *key, gint64 otherwise);
gboolean kouan_hub_keeps_bytes_in_database (KouanHub *self);
const char *kouan_hub_get_followed (KouanHub *self); /* (nullable) */
KouanClock *kouan_hub_get_clock (KouanHub *self);
KouanHubStore *kouan_hub_get_store (KouanHub *self);
KouanSigningKey *kouan_hub_get_receipt_key (KouanHub *self);

/* The files of the folder that other programs read too. */
#define KOUAN_HUB_FILE_CONF "hub.conf"
#define KOUAN_HUB_FILE_DATABASE "hub.db"
#define KOUAN_HUB_FILE_AUTHORITY_KEY "tls/authority.key"
#define KOUAN_HUB_FILE_AUTHORITY "tls/authority.pem"
#define KOUAN_HUB_FILE_SERVER_KEY "tls/server.key"
#define KOUAN_HUB_FILE_SERVER "tls/server.pem"
#define KOUAN_HUB_FILE_RECEIPT_KEY "keys/receipt.key"
#define KOUAN_HUB_FILE_APPOINTMENT_KEY "keys/appointment.key"
#define KOUAN_HUB_FILE_CATALOGUE_KEY "keys/catalogue.key"
#define KOUAN_HUB_FILE_ROSTER_KEY "keys/roster.key"
#define KOUAN_HUB_FILE_IDENTITY "age/hub.key"      /* opens records */
#define KOUAN_HUB_FILE_ESCROW "age/escrow.key"     /* opens them too; belongs in a safe */
#define KOUAN_HUB_FILE_RECIPIENTS "age/recipients" /* both public keys, one a line */
#define KOUAN_HUB_FOLDER_HALLS "halls"             /* <hall>.key */
#define KOUAN_HUB_FOLDER_BLOBS "blobs"

G_END_DECLS
