/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/chip-signature.h"

#include "app/crypto/primitives.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

/* ISO/IEC 9796-2 digital signature scheme 1, with partial recovery. What the RSA operation gives
 * back is
 *
 *     6A | M1 | H(M1 | M2) | trailer
 *
 * where M1 is a random message of the chip and M2 our challenge. The trailer is BC for SHA-1, or
 * one byte that names the hash and CC. 6A reads: partial recovery, more data follows, no padding.
 */

#define RSA_BYTES_MAX 1024

typedef EVP_PKEY OpensslKey;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OpensslKey, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ECDSA_SIG, ECDSA_SIG_free)

static gboolean
refuse (GError **error, KouanCryptoError code, const char *what)
{
  ERR_clear_error ();
  g_set_error_literal (error, KOUAN_CRYPTO_ERROR, (int)code, what);
  return FALSE;
}

/* signature^e mod n. Returns: (transfer full) (nullable) */
static guint8 *
recover (EVP_PKEY *key, GBytes *signature, gsize *size)
{
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new_from_pkey (NULL, key, NULL);
  g_autofree guint8 *message = NULL;

  *size = (gsize)EVP_PKEY_get_size (key);
  if (*size > RSA_BYTES_MAX || g_bytes_get_size (signature) != *size)
    return NULL;
  message = g_malloc (*size);
  if (EVP_PKEY_verify_recover_init (context) != 1
      || EVP_PKEY_CTX_set_rsa_padding (context, RSA_NO_PADDING) != 1
      || EVP_PKEY_verify_recover (context, message, size, g_bytes_get_data (signature, NULL),
                                  g_bytes_get_size (signature))
           != 1)
    return NULL;
  return g_steal_pointer (&message);
}

/* Returns: the trailer's size, 0 if it is none */
static gsize
read_trailer (const guint8 *message, gsize size, KouanHash *hash)
{
  static const struct
  {
    guint8 name;
    KouanHash hash;
  } names[] = {
    { 0x33, KOUAN_HASH_SHA1 },   { 0x34, KOUAN_HASH_SHA256 }, { 0x35, KOUAN_HASH_SHA512 },
    { 0x36, KOUAN_HASH_SHA384 }, { 0x38, KOUAN_HASH_SHA224 },
  };

  *hash = KOUAN_HASH_SHA1;
  if (message[size - 1] == 0xbc)
    return 1;
  for (guint i = 0; message[size - 1] == 0xcc && i < G_N_ELEMENTS (names); i++)
    if (names[i].name == message[size - 2])
      {
        *hash = names[i].hash;
        return 2;
      }
  return 0;
}

static gboolean
verify_recovered (const guint8 *message, gsize size, GBytes *challenge)
{
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  guint8 digest[KOUAN_HASH_SIZE_MAX];
  KouanHash hash;
  gsize trailer = read_trailer (message, size, &hash);
  gsize rest = 1 + kouan_hash_size (hash) + trailer;

  if (trailer == 0 || size < rest || message[0] != 0x6a)
    return FALSE;
  g_byte_array_append (whole, message + 1, size - rest);
  g_byte_array_append (whole, g_bytes_get_data (challenge, NULL), g_bytes_get_size (challenge));
  kouan_hash (hash, whole->data, whole->len, digest);
  return memcmp (digest, message + 1 + size - rest, kouan_hash_size (hash)) == 0;
}

static gboolean
verify_rsa (EVP_PKEY *key, GBytes *challenge, GBytes *signature)
{
  gsize size;
  g_autofree guint8 *message = recover (key, signature, &size);

  return message != NULL && size > 2 && verify_recovered (message, size, challenge);
}

/* r and s, each as long as the other (TR-03111 §5.2.1), as DER. Returns: its size, or 0 */
static int
to_der (GBytes *signature, guint8 **der)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (signature, &size);
  g_autoptr (ECDSA_SIG) pair = ECDSA_SIG_new ();

  if (size < 2 || size % 2 != 0 || size > 256)
    return 0;
  g_assert (ECDSA_SIG_set0 (pair, BN_bin2bn (data, (int)size / 2, NULL),
                            BN_bin2bn (data + size / 2, (int)size / 2, NULL))
            == 1);
  return i2d_ECDSA_SIG (pair, der);
}

static gboolean
verify_ecdsa (EVP_PKEY *key, KouanHash hash, GBytes *challenge, GBytes *signature)
{
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new_from_pkey (NULL, key, NULL);
  guint8 digest[KOUAN_HASH_SIZE_MAX];
  guint8 *der = NULL;
  int size = to_der (signature, &der);
  gboolean fits;

  kouan_hash (hash, g_bytes_get_data (challenge, NULL), g_bytes_get_size (challenge), digest);
  fits = size > 0 && EVP_PKEY_verify_init (context) == 1
         && EVP_PKEY_verify (context, der, (gsize)size, digest, kouan_hash_size (hash)) == 1;
  OPENSSL_free (der);
  return fits;
}

/* Chips from before ActiveAuthenticationInfo do not say which hash they take; the field is small.
 */
static gboolean
verify_ecdsa_with_any (EVP_PKEY *key, GBytes *challenge, GBytes *signature)
{
  for (KouanHash hash = KOUAN_HASH_SHA1; hash <= KOUAN_HASH_SHA512; hash++)
    if (verify_ecdsa (key, hash, challenge, signature))
      return TRUE;
  return FALSE;
}

gboolean
kouan_chip_signature_verify (
  GBytes *info, const KouanHash *hash, GBytes *challenge, GBytes *signature, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (info, &size);
  g_autoptr (OpensslKey) key = size <= 16384 ? d2i_PUBKEY (NULL, &data, (long)size) : NULL;
  gboolean fits;

  if (key != NULL && EVP_PKEY_is_a (key, "RSA"))
    fits = verify_rsa (key, challenge, signature);
  else if (key != NULL && EVP_PKEY_is_a (key, "EC"))
    fits = hash != NULL ? verify_ecdsa (key, *hash, challenge, signature)
                        : verify_ecdsa_with_any (key, challenge, signature);
  else
    return refuse (error, KOUAN_CRYPTO_ERROR_MALFORMED, "not a public key that signs");
  ERR_clear_error ();
  return fits || refuse (error, KOUAN_CRYPTO_ERROR_FORGED, "the chip signed something else");
}
