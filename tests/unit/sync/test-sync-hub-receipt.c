/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/sync/hub-receipt.h"

#include "app/crypto/cbor.h"

#include <string.h>

typedef struct
{
  KouanSigningKey *key;
  KouanKeyring *keyring;
  KouanHubReceipt receipt;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->key = kouan_signing_key_generate ();
  fixture->keyring = kouan_keyring_new ();
  kouan_keyring_add (fixture->keyring, kouan_signing_key_get_public (fixture->key),
                     KOUAN_PURPOSE_HUB_RECEIPT, "hub");
  fixture->receipt = (KouanHubReceipt){ .state = KOUAN_HUB_RECEIPT_ARCHIVED,
                                        .hub_id = 1,
                                        .kiosk_id = 65535,
                                        .hub_sequence = 12,
                                        .time_s = 1800000000 };
  memset (fixture->receipt.record_id, 3, sizeof fixture->receipt.record_id);
  memset (fixture->receipt.sha256, 4, sizeof fixture->receipt.sha256);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_keyring_unref (fixture->keyring);
  kouan_signing_key_unref (fixture->key);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) message = kouan_hub_receipt_sign (&fixture->receipt, fixture->key);
  KouanHubReceipt read = { 0 };

  g_assert_true (kouan_hub_receipt_verify (message, fixture->keyring, &read, &error));
  g_assert_no_error (error);
  g_assert_cmpint (read.state, ==, KOUAN_HUB_RECEIPT_ARCHIVED);
  g_assert_cmpuint (read.hub_id, ==, 1);
  g_assert_cmpuint (read.kiosk_id, ==, 65535);
  g_assert_cmpint (read.hub_sequence, ==, 12);
  g_assert_cmpint (read.time_s, ==, 1800000000);
  g_assert_cmpmem (read.record_id, 16, fixture->receipt.record_id, 16);
  g_assert_cmpmem (read.sha256, 32, fixture->receipt.sha256, 32);
}

static void
test_same_bytes_again (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) one = kouan_hub_receipt_sign (&fixture->receipt, fixture->key);
  g_autoptr (GBytes) two = kouan_hub_receipt_sign (&fixture->receipt, fixture->key);

  g_assert_true (g_bytes_equal (one, two));
}

static void
test_other_purpose (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) message = kouan_hub_receipt_sign (&fixture->receipt, fixture->key);
  g_autoptr (KouanKeyring) keyring = kouan_keyring_new ();
  KouanHubReceipt read;

  kouan_keyring_add (keyring, kouan_signing_key_get_public (fixture->key),
                     KOUAN_PURPOSE_CATALOGUE | KOUAN_PURPOSE_SLIP, "hub");
  g_assert_false (kouan_hub_receipt_verify (message, keyring, &read, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_UNKNOWN_KEY);
}

static void
test_every_bit_counts (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) message = kouan_hub_receipt_sign (&fixture->receipt, fixture->key);
  gsize size = g_bytes_get_size (message);

  for (gsize bit = 0; bit < size * 8; bit++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (message, NULL), size);
      g_autoptr (GBytes) changed = NULL;
      KouanHubReceipt read;

      copy[bit / 8] ^= (guint8)(1 << bit % 8);
      changed = g_bytes_new (copy, size);
      g_assert_false (kouan_hub_receipt_verify (changed, fixture->keyring, &read, NULL));
    }
}

static void
test_truncated (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) message = kouan_hub_receipt_sign (&fixture->receipt, fixture->key);

  for (gsize size = 0; size < g_bytes_get_size (message); size++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (message, 0, size);
      KouanHubReceipt read;

      g_assert_false (kouan_hub_receipt_verify (part, fixture->keyring, &read, NULL));
    }
}

static void
assert_refused (Fixture *fixture, guint64 state, guint64 kiosk_id, gsize count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) message = NULL;
  guint8 zeros[32] = { 0 };
  KouanHubReceipt read;

  kouan_signed_write_head (out, KOUAN_SIGNED_HUB_RECEIPT, 1, count);
  kouan_cbor_write_uint (out, state);
  kouan_cbor_write_uint (out, 1);
  kouan_cbor_write_uint (out, kiosk_id);
  kouan_cbor_write_bytes (out, zeros, 16);
  kouan_cbor_write_bytes (out, zeros, 32);
  for (gsize i = 7; i < count; i++)
    kouan_cbor_write_uint (out, 1);
  payload = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  message = kouan_cose_sign (fixture->key, payload);
  g_assert_false (kouan_hub_receipt_verify (message, fixture->keyring, &read, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
}

static void
test_signed_nonsense (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  assert_refused (fixture, 0, 7, 9);
  assert_refused (fixture, 5, 7, 9);
  assert_refused (fixture, 1, 65536, 9);
  assert_refused (fixture, 1, 7, 8);
  assert_refused (fixture, 1, 7, 10);
}

static void
test_is_for (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanHubReceipt *receipt = &fixture->receipt;
  guint8 record_id[16], sha256[32];

  memset (record_id, 3, sizeof record_id);
  memset (sha256, 4, sizeof sha256);
  g_assert_true (kouan_hub_receipt_is_for (receipt, 65535, record_id, sha256));
  g_assert_false (kouan_hub_receipt_is_for (receipt, 7, record_id, sha256));
  sha256[31] = 0;
  g_assert_false (kouan_hub_receipt_is_for (receipt, 65535, record_id, sha256));
  sha256[31] = 4;
  record_id[0] = 0;
  g_assert_false (kouan_hub_receipt_is_for (receipt, 65535, record_id, sha256));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/sync/hub-receipt/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("same-bytes-again", test_same_bytes_again);
  ADD ("other-purpose", test_other_purpose);
  ADD ("every-bit-counts", test_every_bit_counts);
  ADD ("truncated", test_truncated);
  ADD ("signed-nonsense", test_signed_nonsense);
  ADD ("is-for", test_is_for);
  return g_test_run ();
}
