/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/secret.h"

#include <glib.h>

G_BEGIN_DECLS

#define KOUAN_SHA256_SIZE 32
#define KOUAN_UUID_SIZE 16
#define KOUAN_KEY_SIZE 32

typedef enum
{
  KOUAN_CRYPTO_ERROR_MALFORMED,   /* not in the format at all */
  KOUAN_CRYPTO_ERROR_UNKNOWN_KEY, /* well formed, made with a key that we do not know */
  KOUAN_CRYPTO_ERROR_FORGED,      /* the key is known and the signature or tag does not match */
  KOUAN_CRYPTO_ERROR_WRONG_KEY,   /* age: none of our identities opens it */
  KOUAN_CRYPTO_ERROR_IO,          /* a key file could not be read or written */
} KouanCryptoError;
#define KOUAN_CRYPTO_ERROR (kouan_crypto_error_quark ())
GQuark kouan_crypto_error_quark (void);

void kouan_random_bytes (guint8 *data, gsize size);
void kouan_sha256 (const guint8 *data, gsize size, guint8 digest[static KOUAN_SHA256_SIZE]);
void kouan_hmac_sha256 (KouanSecret *key,
                        const guint8 *data,
                        gsize size,
                        guint8 tag[static KOUAN_SHA256_SIZE]);
KouanSecret *kouan_hkdf_sha256 (KouanSecret *input, const char *info, gsize size);

KouanSecret *kouan_hkdf_sha256_salted (
  KouanSecret *input, const guint8 *salt, gsize salt_size, const char *info, gsize size);

/* XChaCha20-Poly1305 with a random 192-bit nonce in front: for drafts. @context is authenticated,
 * not stored. */
GBytes *kouan_box_seal (KouanSecret *key, const guint8 *plain, gsize size, const char *context);
GBytes *kouan_box_open (KouanSecret *key, GBytes *box, const char *context, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* RFC 9562 version 7: 48 bits of milliseconds, the rest random. Identifiers, never an order. */
void kouan_uuid7 (gint64 wall_us, guint8 uuid[static KOUAN_UUID_SIZE]);
char *kouan_uuid_to_string (const guint8 uuid[static KOUAN_UUID_SIZE]);
gboolean kouan_uuid_from_string (const char *text, guint8 uuid[static KOUAN_UUID_SIZE]);
char *kouan_hex (const guint8 *data, gsize size);
gboolean
kouan_unhex (const char *text, guint8 *data, gsize size); /* exactly @size bytes, lower case */

G_END_DECLS
