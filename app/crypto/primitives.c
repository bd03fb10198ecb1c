/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/primitives.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <sodium.h>
#include <string.h>

/* Hash, MAC and key derivation. The library is trusted to do them; a library that cannot (a broken
 * installation, no memory) ends the process, since nothing that follows would be safe. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_KDF, EVP_KDF_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_KDF_CTX, EVP_KDF_CTX_free)

G_DEFINE_QUARK (kouan_crypto_error, kouan_crypto_error)

/**
 * kouan_random_bytes:
 *
 * From the kernel's generator; waits at boot until it is seeded.
 */
void
kouan_random_bytes (guint8 *data, gsize size)
{
  g_return_if_fail (data != NULL || size == 0);

  randombytes_buf (data, size);
}

void
kouan_sha256 (const guint8 *data, gsize size, guint8 digest[static KOUAN_SHA256_SIZE])
{
  g_return_if_fail (data != NULL || size == 0);

  g_assert (EVP_Q_digest (NULL, "SHA256", NULL, data != NULL ? data : digest, size, digest, NULL)
            == 1);
}

/**
 * kouan_hmac_sha256:
 *
 * RFC 2104 with SHA-256.
 */
void
kouan_hmac_sha256 (KouanSecret *key,
                   const guint8 *data,
                   gsize size,
                   guint8 tag[static KOUAN_SHA256_SIZE])
{
  gsize written = 0;

  g_return_if_fail (key != NULL);
  g_return_if_fail (data != NULL || size == 0);

  g_assert (EVP_Q_mac (NULL, "HMAC", NULL, "SHA256", NULL, kouan_secret_data (key),
                       kouan_secret_size (key), data != NULL ? data : (const guint8 *)"", size, tag,
                       KOUAN_SHA256_SIZE, &written)
            != NULL);
  g_assert (written == KOUAN_SHA256_SIZE);
}

/**
 * kouan_hkdf_sha256_salted:
 * @salt: (nullable): may be empty, which RFC 5869 reads as 32 zeros
 * @info: bytes without NUL that say what the derived key is for
 * @size: at most 255 times 32
 *
 * RFC 5869, extract and expand, with SHA-256.
 *
 * Returns: (transfer full): the derived bytes
 */
KouanSecret *
kouan_hkdf_sha256_salted (
  KouanSecret *input, const guint8 *salt, gsize salt_size, const char *info, gsize size)
{
  g_autoptr (KouanSecret) output = NULL;
  g_autoptr (EVP_KDF) kdf = NULL;
  g_autoptr (EVP_KDF_CTX) context = NULL;
  OSSL_PARAM params[5];
  guint count = 0;

  g_return_val_if_fail (input != NULL && info != NULL, NULL);
  g_return_val_if_fail (size > 0 && size <= 255 * KOUAN_SHA256_SIZE, NULL);

  params[count++] = OSSL_PARAM_construct_utf8_string (OSSL_KDF_PARAM_DIGEST, (char *)"SHA256", 0);
  params[count++] = OSSL_PARAM_construct_octet_string (
    OSSL_KDF_PARAM_KEY, kouan_secret_data (input), kouan_secret_size (input));
  /* OpenSSL 3.0 refuses an empty octet string, and takes a missing one for empty. */
  if (salt_size > 0)
    params[count++]
      = OSSL_PARAM_construct_octet_string (OSSL_KDF_PARAM_SALT, (void *)salt, salt_size);
  if (*info != '\0')
    params[count++]
      = OSSL_PARAM_construct_octet_string (OSSL_KDF_PARAM_INFO, (void *)info, strlen (info));
  params[count] = OSSL_PARAM_construct_end ();

  output = kouan_secret_new (size);
  kdf = EVP_KDF_fetch (NULL, "HKDF", NULL);
  g_assert (kdf != NULL);
  context = EVP_KDF_CTX_new (kdf);
  g_assert (EVP_KDF_derive (context, kouan_secret_data (output), size, params) == 1);
  return g_steal_pointer (&output);
}

/**
 * kouan_hkdf_sha256:
 *
 * RFC 5869 without a salt, for input that is already uniformly random.
 *
 * Returns: (transfer full): the derived bytes
 */
KouanSecret *
kouan_hkdf_sha256 (KouanSecret *input, const char *info, gsize size)
{
  return kouan_hkdf_sha256_salted (input, NULL, 0, info, size);
}
