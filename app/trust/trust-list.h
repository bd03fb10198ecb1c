/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/certificate.h"
#include "app/crypto/keys.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_TRUST_ERROR_MALFORMED, /* not in any of the formats that are taken */
  KOUAN_TRUST_ERROR_UNTRUSTED, /* the signature does not fit, or nobody known vouches for it */
  KOUAN_TRUST_ERROR_OLDER,     /* than what is in place, and no reason was given */
  KOUAN_TRUST_ERROR_FULL,      /* more sources than a list can have */
  KOUAN_TRUST_ERROR_IO,
} KouanTrustError;
#define KOUAN_TRUST_ERROR (kouan_trust_error_quark ())
GQuark kouan_trust_error_quark (void);

#define KOUAN_TRUST_SOURCES_MAX 32
#define KOUAN_TRUST_BY_HAND "--" /* the country of what was imported one certificate at a time */

/* Where certificates came from. */
typedef struct
{
  char country[3];                     /* whose master list, or KOUAN_TRUST_BY_HAND */
  guint8 authority[KOUAN_SHA256_SIZE]; /* fingerprint of who vouched for the list; else zeros */
  guint8 digest[KOUAN_SHA256_SIZE];    /* of the file */
  gint64 signed_s;
  gint64 imported_s;
  guint32 count; /* of the certificates that it brought */
  char *because; /* (nullable): why an older list was put in its place */
} KouanTrustSource;

/* One certificate of an authority, indexed and unparsed. */
typedef struct
{
  GBytes *der;
  guint8 fingerprint[KOUAN_SHA256_SIZE];
  char country[3];
  guint32 subject_hash;
  GBytes *key_id; /* (nullable) */
  gint64 not_after_s;
  guint32 sources; /* bit N: the Nth source has it */
} KouanTrustEntry;

/* Whose signatures on chips count. Changed by imports alone, before anybody else has it. */
typedef struct _KouanTrustList KouanTrustList;

KouanTrustList *kouan_trust_list_new (void);
KouanTrustList *kouan_trust_list_ref (KouanTrustList *self);
void kouan_trust_list_unref (KouanTrustList *self);

guint64 kouan_trust_list_get_version (KouanTrustList *self); /* grows with every import; 0: empty */
gint64 kouan_trust_list_get_changed_s (KouanTrustList *self);
gint64 kouan_trust_list_get_signed_s (KouanTrustList *self); /* of the newest source; 0: of none */
GPtrArray *kouan_trust_list_get_sources (KouanTrustList *self);     /* of KouanTrustSource */
GPtrArray *kouan_trust_list_get_entries (KouanTrustList *self);     /* of KouanTrustEntry */
GPtrArray *kouan_trust_list_get_revocations (KouanTrustList *self); /* of KouanRevocations */

GPtrArray *kouan_trust_list_find_issuers (KouanTrustList *self, KouanCertificate *certificate);
KouanRevocations *kouan_trust_list_find_revocations (KouanTrustList *self,
                                                     KouanCertificate *authority); /* (nullable) */

/* The content, and the file: the content in COSE_Sign1, by a key that may speak for trust lists. */
GBytes *kouan_trust_list_encode (KouanTrustList *self);
KouanTrustList *kouan_trust_list_decode (GBytes *content, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_trust_list_save (KouanTrustList *self,
                                const char *path,
                                KouanSigningKey *key,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanTrustList *kouan_trust_list_load (const char *path,
                                       KouanKeyring *keyring,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTrustList, kouan_trust_list_unref)

G_END_DECLS
