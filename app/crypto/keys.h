/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/primitives.h"

G_BEGIN_DECLS

#define KOUAN_KEY_ID_SIZE 4

/* What a key may speak for. A signature by a key that is known for something else does not count.
 */
typedef enum
{
  KOUAN_PURPOSE_APPOINTMENT = 1 << 0, /* KA1: codes, by an issuer */
  KOUAN_PURPOSE_WALK_IN = 1 << 1,     /* KW1: codes, by a kiosk of this hall */
  KOUAN_PURPOSE_SLIP = 1 << 2,        /* KR1: a visitor's receipt, by a kiosk */
  KOUAN_PURPOSE_BADGE = 1 << 3,       /* KB1: staff badges */
  KOUAN_PURPOSE_RECORD = 1 << 4,      /* a record's manifest, by a kiosk */
  KOUAN_PURPOSE_HUB_RECEIPT = 1 << 5, /* COMMITTED and ARCHIVED, by the hub */
  KOUAN_PURPOSE_CATALOGUE = 1 << 6,
  KOUAN_PURPOSE_ROSTER = 1 << 7,
  KOUAN_PURPOSE_TRUST_LIST = 1 << 8,
} KouanPurpose;

/* Ed25519 (EdDSA) or P-256 (ES256), as RFC 9053 names them. PEM files: PKCS#8 and
 * SubjectPublicKeyInfo. */
typedef struct _KouanSigningKey KouanSigningKey;
typedef struct _KouanVerifyingKey KouanVerifyingKey;
typedef struct _KouanKeyring KouanKeyring;

KouanSigningKey *kouan_signing_key_generate (void); /* Ed25519 */
KouanSigningKey *kouan_signing_key_load (const char *path,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_signing_key_save (KouanSigningKey *self,
                                 const char *path,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT; /* mode 0600, durable */
KouanVerifyingKey *kouan_signing_key_get_public (KouanSigningKey *self);    /* (transfer none) */
KouanSigningKey *kouan_signing_key_ref (KouanSigningKey *self);
void kouan_signing_key_unref (KouanSigningKey *self);

KouanVerifyingKey *kouan_verifying_key_load (const char *path,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanVerifyingKey *kouan_verifying_key_from_pem (const char *pem,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_verifying_key_to_pem (KouanVerifyingKey *self);
/* Head of the SHA-256 of its SubjectPublicKeyInfo. */
void kouan_verifying_key_get_id (KouanVerifyingKey *self, guint8 id[static KOUAN_KEY_ID_SIZE]);
KouanVerifyingKey *kouan_verifying_key_ref (KouanVerifyingKey *self);
void kouan_verifying_key_unref (KouanVerifyingKey *self);

KouanKeyring *kouan_keyring_new (void);
KouanKeyring *kouan_keyring_ref (KouanKeyring *self);
void kouan_keyring_unref (KouanKeyring *self);
void
kouan_keyring_add (KouanKeyring *self, KouanVerifyingKey *key, guint purposes, const char *label);
guint kouan_keyring_get_size (KouanKeyring *self);
const char *kouan_keyring_get_label (KouanKeyring *self,
                                     KouanVerifyingKey *key); /* (nullable): for logs */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSigningKey, kouan_signing_key_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanVerifyingKey, kouan_verifying_key_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanKeyring, kouan_keyring_unref)

G_END_DECLS
