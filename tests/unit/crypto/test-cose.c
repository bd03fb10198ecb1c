/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/cose.h"
#include "app/crypto/keys-private.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/hex.h"

#include <string.h>

typedef struct
{
  KouanSigningKey *key;
  KouanKeyring *keyring;
  GBytes *payload;
  GBytes *message;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *below = g_build_filename ("crypto", (const char *)data, NULL);
  g_autofree char *path = kouan_test_data (below);
  g_autoptr (GError) error = NULL;

  fixture->key = kouan_signing_key_load (path, &error);
  g_assert_no_error (error);
  fixture->keyring = kouan_keyring_new ();
  kouan_keyring_add (fixture->keyring, kouan_signing_key_get_public (fixture->key),
                     KOUAN_PURPOSE_APPOINTMENT, "issuer");
  fixture->payload = kouan_test_bytes ("8301020304");
  fixture->message = kouan_cose_sign (fixture->key, fixture->payload);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_signing_key_unref (fixture->key);
  kouan_keyring_unref (fixture->keyring);
  g_bytes_unref (fixture->payload);
  g_bytes_unref (fixture->message);
}

static void
assert_refused (Fixture *fixture, const guint8 *data, gsize size, int code)
{
  g_autoptr (GBytes) message = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;

  g_assert_null (
    kouan_cose_verify (fixture->keyring, KOUAN_PURPOSE_APPOINTMENT, message, NULL, &error));
  g_assert_true (error->domain == KOUAN_CRYPTO_ERROR);
  if (code >= 0)
    g_assert_cmpint (error->code, ==, code);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanVerifyingKey) signer = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) payload = kouan_cose_verify (fixture->keyring, KOUAN_PURPOSE_APPOINTMENT,
                                                  fixture->message, &signer, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (payload, fixture->payload));
  g_assert_cmpstr (kouan_keyring_get_label (fixture->keyring, signer), ==, "issuer");
}

/* The message byte by byte, as RFC 9052 §4.2 and §3.1 lay it out. */
static void
test_layout (Fixture *fixture, gconstpointer data)
{
  const guint8 *bytes = g_bytes_get_data (fixture->message, NULL);
  guint8 id[KOUAN_KEY_ID_SIZE];
  gboolean eddsa = g_str_equal (data, "ed25519.pem");

  kouan_verifying_key_get_id (kouan_signing_key_get_public (fixture->key), id);
  g_assert_cmpuint (g_bytes_get_size (fixture->message), ==, 80 + 5);
  kouan_test_assert_bytes (bytes, 8, eddsa ? "d2 84 49 a2 01 27 04 44" : "d2 84 49 a2 01 26 04 44");
  g_assert_cmpmem (bytes + 8, 4, id, 4);
  kouan_test_assert_bytes (bytes + 12, 9, "a0 45 8301020304 5840");
}

static void
test_every_flip (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (fixture->message, &size);
  g_autofree guint8 *copy = g_memdup2 (bytes, size);

  for (gsize i = 0; i < size; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        copy[i] ^= 1 << bit;
        assert_refused (fixture, copy, size, i > size - 64 ? KOUAN_CRYPTO_ERROR_FORGED : -1);
        copy[i] ^= 1 << bit;
      }
  copy[8] ^= 1; /* the key's name */
  assert_refused (fixture, copy, size, KOUAN_CRYPTO_ERROR_UNKNOWN_KEY);
  copy[8] ^= 1;
  copy[5] ^= 1; /* EdDSA said of a P-256 key, or the reverse */
  assert_refused (fixture, copy, size, KOUAN_CRYPTO_ERROR_FORGED);
}

/* Signed by the right key, over a header that names the other algorithm. */
static void
test_other_algorithm (Fixture *fixture, gconstpointer data)
{
  gint64 other = g_str_equal (data, "ed25519.pem") ? KOUAN_ALGORITHM_ES256 : KOUAN_ALGORITHM_EDDSA;
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_autoptr (GByteArray) to_sign = g_byte_array_new ();
  g_autoptr (GByteArray) message = g_byte_array_new ();
  guint8 id[KOUAN_KEY_ID_SIZE];
  guint8 signature[KOUAN_SIGNATURE_SIZE];

  kouan_verifying_key_get_id (kouan_signing_key_get_public (fixture->key), id);
  kouan_cbor_write_map (header, 2);
  kouan_cbor_write_int (header, 1);
  kouan_cbor_write_int (header, other);
  kouan_cbor_write_int (header, 4);
  kouan_cbor_write_bytes (header, id, sizeof id);
  kouan_cbor_write_array (to_sign, 4);
  kouan_cbor_write_text (to_sign, "Signature1");
  kouan_cbor_write_bytes (to_sign, header->data, header->len);
  kouan_cbor_write_bytes (to_sign, NULL, 0);
  kouan_cbor_write_bytes (to_sign, (const guint8 *)"x", 1);
  kouan_signing_key_sign (fixture->key, to_sign->data, to_sign->len, signature);
  kouan_cbor_write_tag (message, 18);
  kouan_cbor_write_array (message, 4);
  kouan_cbor_write_bytes (message, header->data, header->len);
  kouan_cbor_write_map (message, 0);
  kouan_cbor_write_bytes (message, (const guint8 *)"x", 1);
  kouan_cbor_write_bytes (message, signature, sizeof signature);
  assert_refused (fixture, message->data, message->len, KOUAN_CRYPTO_ERROR_FORGED);
}

static void
test_every_truncation (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (fixture->message, &size);
  g_autofree guint8 *longer = g_malloc0 (size + 1);

  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *exact = g_memdup2 (bytes, i);

      assert_refused (fixture, exact, i, KOUAN_CRYPTO_ERROR_MALFORMED);
    }
  memcpy (longer, bytes, size);
  assert_refused (fixture, longer, size + 1, KOUAN_CRYPTO_ERROR_MALFORMED);
}

static void
test_other_purpose (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanKeyring) empty = kouan_keyring_new ();
  g_autoptr (GError) error = NULL;
  KouanVerifyingKey *signer = NULL;

  g_assert_null (kouan_cose_verify (fixture->keyring, KOUAN_PURPOSE_CATALOGUE, fixture->message,
                                    &signer, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_UNKNOWN_KEY);
  g_assert_null (signer);
  g_clear_error (&error);
  g_assert_null (
    kouan_cose_verify (empty, KOUAN_PURPOSE_APPOINTMENT, fixture->message, NULL, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_UNKNOWN_KEY);
}

/* Well-formed COSE that is not of our shape: its own example of RFC 9052, appendix C.2.1, keeps the
 * key's name in the unprotected header; others leave the tag away, detach the payload, or add a
 * header parameter. */
static void
test_other_shapes (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *shapes[] = {
    "d28443a10126a10442313154546869732069732074686520636f6e74656e742e5840"
    "8eb33e4ca31d1c465ab05aac34cc6b23d58fef5c083106c4d25a91aef0b0117e2af9a291aa32e14ab834dc56ed2a22"
    "34"
    "44547e01f11d3b0916e5a4c345cacb36",
    "84 49 a2012704440000 0000 a0 4101 40",
    "d2 84 40 a0 41 01 40",
    "d2 84 41 a0 a0 41 01 40",
    "d2 84 49 a2012704440000000 0 a0 f6 40",
    "d2 83 40 a0 40",
    "d1 84 40 a0 40 40",
    "d9 0012 84 40 a0 40 40",
    "f6",
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (GBytes) bytes = kouan_test_bytes (shapes[i]);

      assert_refused (fixture, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                      KOUAN_CRYPTO_ERROR_MALFORMED);
    }
}

static void
test_two_keys_of_one_name (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) other = kouan_signing_key_generate ();
  g_autoptr (GBytes) message = kouan_cose_sign (other, fixture->payload);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) payload = NULL;

  assert_refused (fixture, g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                  KOUAN_CRYPTO_ERROR_UNKNOWN_KEY);
  kouan_keyring_add (fixture->keyring, kouan_signing_key_get_public (other),
                     KOUAN_PURPOSE_CATALOGUE, "for something else");
  kouan_keyring_add (fixture->keyring, kouan_signing_key_get_public (other),
                     KOUAN_PURPOSE_APPOINTMENT, "second entry");
  payload = kouan_cose_verify (fixture->keyring, KOUAN_PURPOSE_APPOINTMENT, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (payload, fixture->payload));
}

static void
test_sizes (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const gsize sizes[] = { 0, 23, 24, 255, 256, 65535, 65536, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) payload = g_bytes_new_take (g_malloc0 (sizes[i] + 1), sizes[i]);
      g_autoptr (GBytes) message = kouan_cose_sign (fixture->key, payload);
      g_autoptr (GBytes) back
        = kouan_cose_verify (fixture->keyring, KOUAN_PURPOSE_APPOINTMENT, message, NULL, NULL);

      g_assert_nonnull (back);
      g_assert_true (g_bytes_equal (payload, back));
    }
}

static void
test_signed_head (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  KouanCborReader reader;

  kouan_signed_write_head (out, KOUAN_SIGNED_SLIP, 1, 2);
  kouan_test_assert_bytes (out->data, out->len, "82 03 01");
  kouan_cbor_reader_init (&reader, out->data, out->len);
  g_assert_true (kouan_signed_read_head (&reader, KOUAN_SIGNED_SLIP, 1, 2));
  g_assert_true (kouan_cbor_reader_finish (&reader));
  kouan_cbor_reader_init (&reader, out->data, out->len);
  g_assert_false (kouan_signed_read_head (&reader, KOUAN_SIGNED_BADGE, 1, 2));
  kouan_cbor_reader_init (&reader, out->data, out->len);
  g_assert_false (kouan_signed_read_head (&reader, KOUAN_SIGNED_SLIP, 2, 2));
  kouan_cbor_reader_init (&reader, out->data, out->len);
  g_assert_false (kouan_signed_read_head (&reader, KOUAN_SIGNED_SLIP, 1, 3));
}

static void
add (const char *name, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_autofree char *eddsa = g_strconcat ("/crypto/cose/eddsa/", name, NULL);
  g_autofree char *es256 = g_strconcat ("/crypto/cose/es256/", name, NULL);

  g_test_add (eddsa, Fixture, "ed25519.pem", set_up, test, tear_down);
  g_test_add (es256, Fixture, "p256.pem", set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("round-trip", test_round_trip);
  add ("layout", test_layout);
  add ("every-flip", test_every_flip);
  add ("other-algorithm", test_other_algorithm);
  add ("every-truncation", test_every_truncation);
  add ("other-purpose", test_other_purpose);
  add ("other-shapes", test_other_shapes);
  add ("two-keys-of-one-name", test_two_keys_of_one_name);
  add ("sizes", test_sizes);
  add ("signed-head", test_signed_head);
  return g_test_run ();
}
