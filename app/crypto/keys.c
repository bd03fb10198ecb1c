/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/keys.h"

#include "app/crypto/durable.h"
#include "app/crypto/keys-private.h"
#include "app/crypto/secret-file.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>

/* Keys that sign and keys that verify. The private half stays in OpenSSL's heap (which wipes it
 * when freed, but does not lock it); its file is read through locked memory. */

#define PEM_SIZE_MAX 8192

typedef EVP_PKEY OpensslKey;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OpensslKey, EVP_PKEY_free)
typedef BIO OpensslBio;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OpensslBio, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ECDSA_SIG, ECDSA_SIG_free)

struct _KouanVerifyingKey
{
  gatomicrefcount ref_count;
  EVP_PKEY *key;
  KouanAlgorithm algorithm;
  guint8 id[KOUAN_KEY_ID_SIZE];
};

struct _KouanSigningKey
{
  gatomicrefcount ref_count;
  EVP_PKEY *key;
  KouanVerifyingKey *public;
};

static gboolean
find_algorithm (EVP_PKEY *key, KouanAlgorithm *algorithm)
{
  char group[32] = "";

  if (EVP_PKEY_is_a (key, "ED25519"))
    {
      *algorithm = KOUAN_ALGORITHM_EDDSA;
      return TRUE;
    }
  *algorithm = KOUAN_ALGORITHM_ES256;
  return EVP_PKEY_is_a (key, "EC") && EVP_PKEY_get_group_name (key, group, sizeof group, NULL) == 1
         && g_str_equal (group, SN_X9_62_prime256v1);
}

static GBytes *
public_der (EVP_PKEY *key)
{
  g_autofree guint8 *copy = NULL;
  guint8 *der = NULL;
  int size = i2d_PUBKEY (key, &der);

  g_assert (size > 0);
  copy = g_memdup2 (der, (gsize)size);
  OPENSSL_free (der);
  return g_bytes_new_take (g_steal_pointer (&copy), (gsize)size);
}

/* (transfer full) for @key, also when it is refused. */
static KouanVerifyingKey *
verifying_key_new (EVP_PKEY *key)
{
  g_autoptr (OpensslKey) owned = key;
  g_autoptr (GBytes) der = NULL;
  KouanVerifyingKey *self = NULL;
  KouanAlgorithm algorithm;
  guint8 digest[KOUAN_SHA256_SIZE];

  if (!find_algorithm (key, &algorithm))
    return NULL;
  /* A point may be written in two ways; the identifier must not depend on which one a file has. */
  if (algorithm == KOUAN_ALGORITHM_ES256)
    g_assert (EVP_PKEY_set_utf8_string_param (key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                              "uncompressed")
              == 1);
  der = public_der (key);
  kouan_sha256 (g_bytes_get_data (der, NULL), g_bytes_get_size (der), digest);

  self = g_new0 (KouanVerifyingKey, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->key = g_steal_pointer (&owned);
  self->algorithm = algorithm;
  memcpy (self->id, digest, sizeof self->id);
  return self;
}

static KouanVerifyingKey *
public_half (EVP_PKEY *key)
{
  g_autoptr (GBytes) der = public_der (key);
  const guint8 *data = g_bytes_get_data (der, NULL);

  return verifying_key_new (d2i_PUBKEY (NULL, &data, (long)g_bytes_get_size (der)));
}

static void
set_malformed (GError **error, const char *name)
{
  ERR_clear_error ();
  g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
               "%s is not an unencrypted Ed25519 or P-256 key in PEM", name);
}

/* Without it OpenSSL asks for a passphrase on the terminal. */
static int
refuse_passphrase (char *buffer G_GNUC_UNUSED,
                   int size G_GNUC_UNUSED,
                   int writing G_GNUC_UNUSED,
                   void *data G_GNUC_UNUSED)
{
  return -1;
}

/* (transfer full) for @key. */
static KouanSigningKey *
signing_key_new (EVP_PKEY *key)
{
  g_autoptr (OpensslKey) owned = key;
  KouanSigningKey *self = NULL;
  KouanAlgorithm algorithm;

  if (!find_algorithm (key, &algorithm))
    return NULL;
  self = g_new0 (KouanSigningKey, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->key = g_steal_pointer (&owned);
  self->public = public_half (self->key);
  g_assert (self->public != NULL);
  return self;
}

KouanSigningKey *
kouan_signing_key_generate (void)
{
  EVP_PKEY *key = EVP_PKEY_Q_keygen (NULL, NULL, "ED25519");

  g_assert (key != NULL);
  return signing_key_new (key);
}

/**
 * kouan_signing_key_load:
 * @path: a PEM file with a private key that no passphrase protects
 *
 * Errors: %KOUAN_CRYPTO_ERROR_IO, %KOUAN_CRYPTO_ERROR_MALFORMED (also for any other kind of key).
 */
KouanSigningKey *
kouan_signing_key_load (const char *path, GError **error)
{
  g_autoptr (KouanSecret) pem = NULL;
  g_autoptr (OpensslBio) bio = NULL;
  KouanSigningKey *self = NULL;
  EVP_PKEY *key = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  pem = kouan_secret_read_file (path, PEM_SIZE_MAX, error);
  if (pem == NULL)
    return NULL;
  bio = BIO_new_mem_buf (kouan_secret_data (pem), (int)kouan_secret_size (pem));
  key = PEM_read_bio_PrivateKey (bio, NULL, refuse_passphrase, NULL);
  self = key != NULL ? signing_key_new (key) : NULL;
  if (self == NULL)
    set_malformed (error, path);
  return self;
}

/**
 * kouan_signing_key_save:
 *
 * PKCS#8 in PEM, mode 0600, durable. Errors: %KOUAN_CRYPTO_ERROR_IO.
 */
gboolean
kouan_signing_key_save (KouanSigningKey *self, const char *path, GError **error)
{
  g_autoptr (OpensslBio) bio = NULL;
  g_autoptr (GError) cause = NULL;
  char *pem = NULL;
  long size = 0;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  bio = BIO_new (BIO_s_secmem ()); /* wiped when freed */
  g_assert (PEM_write_bio_PKCS8PrivateKey (bio, self->key, NULL, NULL, 0, NULL, NULL) == 1);
  size = BIO_get_mem_data (bio, &pem);
  if (kouan_write_file_durably (path, (const guint8 *)pem, (gsize)size, 0600, &cause))
    return TRUE;
  g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO, cause->message);
  return FALSE;
}

KouanVerifyingKey *
kouan_signing_key_get_public (KouanSigningKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->public;
}

KouanSigningKey *
kouan_signing_key_ref (KouanSigningKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kouan_signing_key_unref (KouanSigningKey *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  EVP_PKEY_free (self->key);
  kouan_verifying_key_unref (self->public);
  g_free (self);
}

static void
ecdsa_from_der (const guint8 *der, gsize size, guint8 signature[static KOUAN_SIGNATURE_SIZE])
{
  g_autoptr (ECDSA_SIG) numbers = d2i_ECDSA_SIG (NULL, &der, (long)size);
  const int half = KOUAN_SIGNATURE_SIZE / 2;

  g_assert (numbers != NULL);
  g_assert (BN_bn2binpad (ECDSA_SIG_get0_r (numbers), signature, half) == half);
  g_assert (BN_bn2binpad (ECDSA_SIG_get0_s (numbers), signature + half, half) == half);
}

/**
 * kouan_signing_key_sign:
 * @signature: (out): Ed25519's, or r and s of 32 bytes each (RFC 9053 §2.1)
 */
void
kouan_signing_key_sign (KouanSigningKey *self,
                        const guint8 *data,
                        gsize size,
                        guint8 signature[static KOUAN_SIGNATURE_SIZE])
{
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  gboolean eddsa = self->public->algorithm == KOUAN_ALGORITHM_EDDSA;
  guint8 raw[128];
  gsize raw_size = sizeof raw;

  g_assert (
    EVP_DigestSignInit_ex (context, NULL, eddsa ? NULL : "SHA256", NULL, NULL, self->key, NULL)
    == 1);
  g_assert (EVP_DigestSign (context, raw, &raw_size, data, size) == 1);
  if (!eddsa)
    {
      ecdsa_from_der (raw, raw_size, signature);
      return;
    }
  g_assert (raw_size == KOUAN_SIGNATURE_SIZE);
  memcpy (signature, raw, KOUAN_SIGNATURE_SIZE);
}

/* Returns: (transfer full): DER, to be freed by OPENSSL_free() */
static int
ecdsa_to_der (const guint8 signature[static KOUAN_SIGNATURE_SIZE], guint8 **der)
{
  g_autoptr (ECDSA_SIG) numbers = ECDSA_SIG_new ();
  const int half = KOUAN_SIGNATURE_SIZE / 2;
  int size = 0;

  g_assert (ECDSA_SIG_set0 (numbers, BN_bin2bn (signature, half, NULL),
                            BN_bin2bn (signature + half, half, NULL))
            == 1);
  size = i2d_ECDSA_SIG (numbers, der);
  g_assert (size > 0);
  return size;
}

gboolean
kouan_verifying_key_verify (KouanVerifyingKey *self,
                            const guint8 *data,
                            gsize size,
                            const guint8 signature[static KOUAN_SIGNATURE_SIZE])
{
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  gboolean eddsa = self->algorithm == KOUAN_ALGORITHM_EDDSA;
  guint8 *der = NULL;
  int der_size = 0;
  int verified = 0;

  g_assert (
    EVP_DigestVerifyInit_ex (context, NULL, eddsa ? NULL : "SHA256", NULL, NULL, self->key, NULL)
    == 1);
  if (!eddsa)
    der_size = ecdsa_to_der (signature, &der);
  verified = eddsa ? EVP_DigestVerify (context, signature, KOUAN_SIGNATURE_SIZE, data, size)
                   : EVP_DigestVerify (context, der, (gsize)der_size, data, size);
  OPENSSL_free (der);
  ERR_clear_error ();
  return verified == 1;
}

/**
 * kouan_verifying_key_from_pem:
 * @pem: SubjectPublicKeyInfo
 *
 * Errors: %KOUAN_CRYPTO_ERROR_MALFORMED.
 */
KouanVerifyingKey *
kouan_verifying_key_from_pem (const char *pem, GError **error)
{
  g_autoptr (OpensslBio) bio = NULL;
  KouanVerifyingKey *self = NULL;
  EVP_PKEY *key = NULL;

  g_return_val_if_fail (pem != NULL, NULL);

  bio = BIO_new_mem_buf (pem, -1);
  key = PEM_read_bio_PUBKEY (bio, NULL, refuse_passphrase, NULL);
  self = key != NULL ? verifying_key_new (key) : NULL;
  if (self == NULL)
    set_malformed (error, "this text");
  return self;
}

KouanVerifyingKey *
kouan_verifying_key_load (const char *path, GError **error)
{
  g_autofree char *pem = NULL;
  g_autoptr (GError) cause = NULL;
  KouanVerifyingKey *self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_get_contents (path, &pem, NULL, &cause))
    {
      g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO, cause->message);
      return NULL;
    }
  self = kouan_verifying_key_from_pem (pem, NULL);
  if (self == NULL)
    set_malformed (error, path);
  return self;
}

/**
 * kouan_verifying_key_to_pem:
 *
 * Returns: (transfer full): SubjectPublicKeyInfo in PEM
 */
char *
kouan_verifying_key_to_pem (KouanVerifyingKey *self)
{
  g_autoptr (OpensslBio) bio = NULL;
  char *data = NULL;
  long size = 0;

  g_return_val_if_fail (self != NULL, NULL);

  bio = BIO_new (BIO_s_mem ());
  g_assert (PEM_write_bio_PUBKEY (bio, self->key) == 1);
  size = BIO_get_mem_data (bio, &data);
  return g_strndup (data, (gsize)size);
}

void
kouan_verifying_key_get_id (KouanVerifyingKey *self, guint8 id[static KOUAN_KEY_ID_SIZE])
{
  g_return_if_fail (self != NULL);

  memcpy (id, self->id, KOUAN_KEY_ID_SIZE);
}

KouanAlgorithm
kouan_verifying_key_get_algorithm (KouanVerifyingKey *self)
{
  return self->algorithm;
}

KouanVerifyingKey *
kouan_verifying_key_ref (KouanVerifyingKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kouan_verifying_key_unref (KouanVerifyingKey *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  EVP_PKEY_free (self->key);
  g_free (self);
}
