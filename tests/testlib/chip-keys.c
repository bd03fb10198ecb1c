/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/hash.h"
#include "app/lds/tlv.h"
#include "tests/testlib/chip-private.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

/* What only the real chip can do, and the files that say so. */

static GBytes *
public_info (EVP_PKEY *key)
{
  guchar *der = NULL;
  int size = i2d_PUBKEY (key, &der);
  GBytes *bytes;

  g_assert_cmpint (size, >, 0);
  bytes = g_bytes_new (der, (gsize)size);
  OPENSSL_free (der);
  return bytes;
}

static GBytes *
wrap (guint tag, GByteArray *content)
{
  GByteArray *out = g_byte_array_new ();

  kouan_tlv_write (out, tag, content->data, content->len);
  return g_byte_array_free_to_bytes (out);
}

/* SEQUENCE { protocol, version, parameters } */
static void
append_info (GByteArray *out, const char *protocol, guint version, int parameters)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();

  kouan_tlv_write_oid (content, protocol);
  kouan_tlv_write_uint (content, version);
  if (parameters >= 0)
    kouan_tlv_write_uint (content, (guint)parameters);
  kouan_tlv_write (out, 0x30, content->data, content->len);
}

GBytes *
chip_make_card_access (KouanTestChip *self)
{
  g_autoptr (GByteArray) infos = g_byte_array_new ();

  append_info (infos, self->pace_protocol, 2, (int)self->pace_parameters);
  return wrap (0x31, infos);
}

static EVP_PKEY *
generate_for_agreement (const char *group)
{
  gboolean is_prime = g_str_has_prefix (group, "dh_");
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name (NULL, is_prime ? "DHX" : "EC", NULL);
  EVP_PKEY *key = NULL;
  OSSL_PARAM params[] = {
    OSSL_PARAM_construct_utf8_string (OSSL_PKEY_PARAM_GROUP_NAME, (char *)group, 0),
    OSSL_PARAM_construct_end (),
    OSSL_PARAM_construct_end (),
  };

  if (!is_prime) /* as ICAO wants it */
    params[1]
      = OSSL_PARAM_construct_utf8_string (OSSL_PKEY_PARAM_EC_ENCODING, (char *)"explicit", 0);
  g_assert_cmpint (EVP_PKEY_keygen_init (context), ==, 1);
  g_assert_cmpint (EVP_PKEY_CTX_set_params (context, params), ==, 1);
  g_assert_cmpint (EVP_PKEY_generate (context, &key), ==, 1);
  EVP_PKEY_CTX_free (context);
  return key;
}

static void
append_chip_key (KouanTestChip *self, const char *group, GByteArray *infos)
{
  EVP_PKEY *key = generate_for_agreement (group);
  g_autoptr (GBytes) info = public_info (key);
  g_autoptr (GBytes) element = NULL;
  g_autoptr (GByteArray) content = g_byte_array_new ();
  BIGNUM *secret = NULL;
  guint8 bytes[512];
  int size;

  g_assert_cmpint (EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_PRIV_KEY, &secret), ==, 1);
  size = BN_bn2bin (secret, bytes);
  self->chip_group = kouan_group_new_from_public_key (info, &element, NULL);
  g_assert_nonnull (self->chip_group);
  self->chip_key = kouan_group_key_new (self->chip_group, bytes, (gsize)size);
  g_assert_true (g_bytes_equal (element, kouan_group_key_get_public (self->chip_key)));
  BN_clear_free (secret);
  kouan_tlv_write_oid (content, kouan_group_is_curve (self->chip_group) ? "0.4.0.127.0.7.2.2.1.2"
                                                                        : "0.4.0.127.0.7.2.2.1.1");
  g_byte_array_append (content, g_bytes_get_data (info, NULL), g_bytes_get_size (info));
  kouan_tlv_write (infos, 0x30, content->data, content->len);
  EVP_PKEY_free (key);
}

static void
append_active_info (GByteArray *infos)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();

  kouan_tlv_write_oid (content, "2.23.136.1.1.5");
  kouan_tlv_write_uint (content, 1);
  kouan_tlv_write_oid (content, "0.4.0.127.0.7.1.1.4.1.3"); /* ecdsa-plain-SHA256 */
  kouan_tlv_write (infos, 0x30, content->data, content->len);
}

GBytes *
chip_make_dg14 (KouanTestChip *self, const KouanTestChipOptions *options)
{
  g_autoptr (GByteArray) infos = g_byte_array_new ();
  g_autoptr (GByteArray) set = g_byte_array_new ();

  if ((self->access & KOUAN_TEST_CHIP_PACE) != 0)
    append_info (infos, self->pace_protocol, 2, (int)self->pace_parameters);
  if (self->chip_protocol != NULL)
    {
      append_chip_key (self, options->chip_group != NULL ? options->chip_group : "P-256", infos);
      append_info (infos, self->chip_protocol, 1, -1);
    }
  if (self->active == KOUAN_TEST_CHIP_AA_ECDSA)
    append_active_info (infos);
  if (infos->len == 0)
    return NULL;
  kouan_tlv_write (set, 0x31, infos->data, infos->len);
  return wrap (0x6e, set);
}

static EVP_PKEY *
generate_for_signing (KouanTestChipActive active)
{
  if (active == KOUAN_TEST_CHIP_AA_ECDSA)
    return EVP_EC_gen ("brainpoolP256r1");
  return EVP_RSA_gen (active == KOUAN_TEST_CHIP_AA_RSA_SHA1 ? 1024 : 2048);
}

GBytes *
chip_make_dg15 (KouanTestChip *self)
{
  g_autoptr (GBytes) info = NULL;
  g_autoptr (GByteArray) content = g_byte_array_new ();

  if (self->active == KOUAN_TEST_CHIP_AA_NONE)
    return NULL;
  self->active_key = generate_for_signing (self->active);
  info = public_info (self->active_key);
  g_byte_array_append (content, g_bytes_get_data (info, NULL), g_bytes_get_size (info));
  return wrap (0x6f, content);
}

/* ISO/IEC 9796-2 scheme 1: 6A | M1 | H(M1 | challenge) | trailer */
static void
sign_rsa (KouanTestChip *self, EVP_PKEY *key, const KouanApdu *command, GByteArray *data)
{
  gboolean is_sha1 = self->active == KOUAN_TEST_CHIP_AA_RSA_SHA1;
  KouanHash hash = is_sha1 ? KOUAN_HASH_SHA1 : KOUAN_HASH_SHA256;
  gsize size = (gsize)EVP_PKEY_get_size (key), trailer = is_sha1 ? 1 : 2;
  gsize recovered = size - 1 - kouan_hash_size (hash) - trailer;
  g_autofree guint8 *message = g_malloc (size);
  g_autofree guint8 *signature = g_malloc (size);
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  guint8 digest[KOUAN_HASH_SIZE_MAX];
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey (NULL, key, NULL);

  message[0] = 0x6a;
  kouan_random_bytes (message + 1, recovered);
  g_byte_array_append (whole, message + 1, recovered);
  g_byte_array_append (whole, command->data, command->size);
  kouan_hash (hash, whole->data, whole->len, digest);
  memcpy (message + 1 + recovered, digest, kouan_hash_size (hash));
  memcpy (message + size - trailer, is_sha1 ? "\xbc" : "\x34\xcc", trailer);
  g_assert_cmpint (EVP_PKEY_sign_init (context), ==, 1);
  g_assert_cmpint (EVP_PKEY_CTX_set_rsa_padding (context, RSA_NO_PADDING), ==, 1);
  g_assert_cmpint (EVP_PKEY_sign (context, signature, &size, message, size), ==, 1);
  EVP_PKEY_CTX_free (context);
  g_byte_array_append (data, signature, size);
}

static void
sign_ecdsa (EVP_PKEY *key, const KouanApdu *command, GByteArray *data)
{
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey (NULL, key, NULL);
  guint8 digest[KOUAN_HASH_SIZE_MAX], der[128], plain[64];
  const guint8 *at = der;
  gsize size = sizeof der;
  ECDSA_SIG *pair;

  kouan_hash (KOUAN_HASH_SHA256, command->data, command->size, digest);
  g_assert_cmpint (EVP_PKEY_sign_init (context), ==, 1);
  g_assert_cmpint (EVP_PKEY_sign (context, der, &size, digest, 32), ==, 1);
  pair = d2i_ECDSA_SIG (NULL, &at, (long)size);
  g_assert_cmpint (BN_bn2binpad (ECDSA_SIG_get0_r (pair), plain, 32), ==, 32);
  g_assert_cmpint (BN_bn2binpad (ECDSA_SIG_get0_s (pair), plain + 32, 32), ==, 32);
  g_byte_array_append (data, plain, sizeof plain);
  ECDSA_SIG_free (pair);
  EVP_PKEY_CTX_free (context);
}

guint
chip_internal_authenticate (KouanTestChip *self, const KouanApdu *command, GByteArray *data)
{
  EVP_PKEY *other = NULL;
  EVP_PKEY *key = self->active_key;

  if (key == NULL || command->size != 8)
    return 0x6a88;
  if (chip_has_fault (self, KOUAN_TEST_CHIP_CLONE))
    key = other = generate_for_signing (self->active);
  if (self->active == KOUAN_TEST_CHIP_AA_ECDSA)
    sign_ecdsa (key, command, data);
  else
    sign_rsa (self, key, command, data);
  EVP_PKEY_free (other);
  return KOUAN_STATUS_OK;
}
