/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/record/manifest.h"
#include "app/record/receipt-number.h"
#include "app/record/slip.h"

typedef struct
{
  KouanSigningKey *key;
  KouanKeyring *keyring;
  KouanManifest manifest;
  KouanSlip slip;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->key = kouan_signing_key_generate ();
  fixture->keyring = kouan_keyring_new ();
  kouan_keyring_add (fixture->keyring, kouan_signing_key_get_public (fixture->key),
                     KOUAN_PURPOSE_SLIP | KOUAN_PURPOSE_RECORD, "kiosk");
  fixture->manifest = (KouanManifest){ .record_id = { 1, 2, 3 },
                                       .kiosk_id = 7,
                                       .hall_id = 3,
                                       .sequence = 123,
                                       .created_ms = 1767225600123,
                                       .service = 5,
                                       .size = 67936,
                                       .sha256 = { 9, 8, 7 },
                                       .has_code = TRUE,
                                       .code_id = { 4, 5, 6 } };
  fixture->slip = (KouanSlip){ .number = kouan_receipt_number (7, 123),
                               .record_id = { 1, 2, 3 },
                               .hall_id = 3,
                               .service = 5,
                               .time_s = 1767225600,
                               .missing_count = 2,
                               .missing = { 4, 70000 } };
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_slip_clear (&fixture->slip);
  kouan_keyring_unref (fixture->keyring);
  kouan_signing_key_unref (fixture->key);
}

static void
test_manifest (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) message = kouan_manifest_sign (&fixture->manifest, fixture->key);
  g_autoptr (KouanVerifyingKey) signer = NULL;
  g_autoptr (GError) error = NULL;
  KouanManifest found;

  g_assert_true (kouan_manifest_verify (message, fixture->keyring, &found, &signer, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (kouan_keyring_get_label (fixture->keyring, signer), ==, "kiosk");
  g_assert_cmpmem (found.record_id, 16, fixture->manifest.record_id, 16);
  g_assert_cmpuint (found.kiosk_id, ==, 7);
  g_assert_cmpuint (found.hall_id, ==, 3);
  g_assert_cmpint (found.sequence, ==, 123);
  g_assert_cmpint (found.created_ms, ==, 1767225600123);
  g_assert_cmpint (found.service, ==, 5);
  g_assert_cmpint (found.size, ==, 67936);
  g_assert_cmpmem (found.sha256, 32, fixture->manifest.sha256, 32);
  g_assert_true (found.has_code);
  g_assert_cmpmem (found.code_id, 16, fixture->manifest.code_id, 16);
}

static void
test_manifest_without_code (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) message = NULL;
  KouanManifest found;

  fixture->manifest.has_code = FALSE;
  message = kouan_manifest_sign (&fixture->manifest, fixture->key);
  g_assert_true (kouan_manifest_verify (message, fixture->keyring, &found, NULL, NULL));
  g_assert_false (found.has_code);
  g_assert_cmpint (found.code_id[0], ==, 0);
}

static void
test_manifest_flipped_bits (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) message = kouan_manifest_sign (&fixture->manifest, fixture->key);
  gsize size = g_bytes_get_size (message);

  for (gsize i = 0; i < size; i++)
    {
      guint8 *copy = g_memdup2 (g_bytes_get_data (message, NULL), size);
      g_autoptr (GBytes) changed = NULL;
      g_autoptr (GError) error = NULL;
      KouanManifest found;

      copy[i] ^= 1 << (i % 8);
      changed = g_bytes_new_take (copy, size);
      g_assert_false (kouan_manifest_verify (changed, fixture->keyring, &found, NULL, &error));
      g_assert_true (error->domain == KOUAN_CRYPTO_ERROR);
    }
}

/* Signed by the right key, and still not a manifest. */
static void
test_manifest_other_payloads (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) whole_message = kouan_manifest_sign (&fixture->manifest, fixture->key);
  g_autoptr (GBytes) whole
    = kouan_cose_verify (fixture->keyring, KOUAN_PURPOSE_RECORD, whole_message, NULL, NULL);
  gsize size = g_bytes_get_size (whole);

  for (gsize cut = 0; cut < size; cut++)
    {
      g_autoptr (GBytes) payload = g_bytes_new_from_bytes (whole, 0, cut);
      g_autoptr (GBytes) message = kouan_cose_sign (fixture->key, payload);
      g_autoptr (GError) error = NULL;
      KouanManifest found;

      g_assert_false (kouan_manifest_verify (message, fixture->keyring, &found, NULL, &error));
      g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
    }
}

static GBytes *
with_tail (GBytes *payload)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const guint8 tail = 0;

  g_byte_array_append (bytes, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  g_byte_array_append (bytes, &tail, 1);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* Nothing may follow what was read. */
static void
test_tails (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) manifest = kouan_manifest_sign (&fixture->manifest, fixture->key);
  g_autofree char *slip = kouan_slip_sign (&fixture->slip, fixture->key);
  g_autoptr (GBytes) slip_message = kouan_code_from_text (KOUAN_CODE_RECEIPT, slip, NULL);
  g_autoptr (GBytes) manifest_payload
    = kouan_cose_verify (fixture->keyring, KOUAN_PURPOSE_RECORD, manifest, NULL, NULL);
  g_autoptr (GBytes) slip_payload
    = kouan_cose_verify (fixture->keyring, KOUAN_PURPOSE_SLIP, slip_message, NULL, NULL);
  g_autoptr (GBytes) long_manifest = with_tail (manifest_payload);
  g_autoptr (GBytes) long_slip = with_tail (slip_payload);
  g_autoptr (GBytes) manifest_again = kouan_cose_sign (fixture->key, long_manifest);
  g_autoptr (GBytes) slip_again = kouan_cose_sign (fixture->key, long_slip);
  g_autofree char *text = kouan_code_to_text (KOUAN_CODE_RECEIPT, slip_again);
  g_auto (KouanSlip) found_slip = { 0 };
  KouanManifest found;

  g_assert_false (kouan_manifest_verify (manifest_again, fixture->keyring, &found, NULL, NULL));
  g_assert_false (kouan_slip_verify (text, fixture->keyring, &found_slip, NULL));
}

static void
test_a_slip_is_no_manifest (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = kouan_slip_sign (&fixture->slip, fixture->key);
  g_autoptr (GBytes) message = kouan_code_from_text (KOUAN_CODE_RECEIPT, text, NULL);
  g_autoptr (GError) error = NULL;
  KouanManifest found;

  g_assert_false (kouan_manifest_verify (message, fixture->keyring, &found, NULL, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
}

static void
test_slip (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = kouan_slip_sign (&fixture->slip, fixture->key);
  g_auto (KouanSlip) found = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (text, "KR1:"));
  g_assert_true (kouan_slip_verify (text, fixture->keyring, &found, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (found.number, ==, "00007-000123-35");
  g_assert_cmpmem (found.record_id, 16, fixture->slip.record_id, 16);
  g_assert_cmpuint (found.hall_id, ==, 3);
  g_assert_cmpint (found.service, ==, 5);
  g_assert_cmpint (found.time_s, ==, 1767225600);
  g_assert_cmpuint (found.missing_count, ==, 2);
  g_assert_cmpuint (found.missing[1], ==, 70000);
}

/* 247 letters fit version 10 at level M, which every camera here reads; a slip with a few lines
 * stays below. */
static void
test_slip_fits_its_code (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = NULL;
  g_autofree char *full = NULL;
  g_auto (KouanSlip) found = { 0 };

  fixture->slip.missing_count = 8;
  text = kouan_slip_sign (&fixture->slip, fixture->key);
  g_test_message ("%zu letters", strlen (text));
  g_assert_cmpuint (strlen (text), <=, 311); /* version 10, level M, alphanumeric */
  fixture->slip.missing_count = KOUAN_SLIP_MISSING_MAX;
  full = kouan_slip_sign (&fixture->slip, fixture->key);
  g_assert_true (kouan_slip_verify (full, fixture->keyring, &found, NULL));
}

static void
test_slip_refusals (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) stranger = kouan_signing_key_generate ();
  g_autofree char *foreign = kouan_slip_sign (&fixture->slip, stranger);
  g_autoptr (GBytes) manifest = kouan_manifest_sign (&fixture->manifest, fixture->key);
  g_autofree char *other_type = kouan_code_to_text (KOUAN_CODE_RECEIPT, manifest);
  const struct
  {
    const char *text;
    KouanCryptoError code;
  } refusals[] = {
    { foreign, KOUAN_CRYPTO_ERROR_UNKNOWN_KEY },
    { other_type, KOUAN_CRYPTO_ERROR_MALFORMED },
    { "KA1:ABC", KOUAN_CRYPTO_ERROR_MALFORMED },
    { "KR1:", KOUAN_CRYPTO_ERROR_MALFORMED },
    { "https://example.com", KOUAN_CRYPTO_ERROR_MALFORMED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_auto (KouanSlip) found = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_false (kouan_slip_verify (refusals[i].text, fixture->keyring, &found, &error));
      g_assert_error (error, KOUAN_CRYPTO_ERROR, (gint)refusals[i].code);
    }
}

static void
test_slip_with_a_false_number (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = NULL;
  g_auto (KouanSlip) found = { 0 };
  g_autoptr (GError) error = NULL;

  fixture->slip.number[4] = '8';
  text = kouan_slip_sign (&fixture->slip, fixture->key);
  g_assert_false (kouan_slip_verify (text, fixture->keyring, &found, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
}

static void
test_members (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanMembers) members = kouan_members_new ();
  g_autoptr (GBytes) empty = kouan_members_to_json (members);
  g_autoptr (GBytes) two = NULL;
  guint8 digest[32] = { 0xab };
  const char *expected
    = "{\"members\":[{\"name\":\"a.json\",\"sha256\":"
      "\"ab00000000000000000000000000000000000000000000000000000000000000\",\"size\":12},"
      "{\"name\":\"documents/01.pdf\",\"sha256\":"
      "\"ab00000000000000000000000000000000000000000000000000000000000000\",\"size\":0}],"
      "\"version\":1}";

  g_assert_cmpmem (g_bytes_get_data (empty, NULL), g_bytes_get_size (empty),
                   "{\"members\":[],\"version\":1}", 26);
  kouan_members_add (members, "a.json", 12, digest);
  kouan_members_add (members, "documents/01.pdf", 0, digest);
  two = kouan_members_to_json (members);
  g_assert_cmpmem (g_bytes_get_data (two, NULL), g_bytes_get_size (two), expected,
                   strlen (expected));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add ("/record/signed/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("manifest", test_manifest);
  ADD ("manifest-without-code", test_manifest_without_code);
  ADD ("manifest-flipped-bits", test_manifest_flipped_bits);
  ADD ("manifest-other-payloads", test_manifest_other_payloads);
  ADD ("tails", test_tails);
  ADD ("a-slip-is-no-manifest", test_a_slip_is_no_manifest);
  ADD ("slip", test_slip);
  ADD ("slip-fits-its-code", test_slip_fits_its_code);
  ADD ("slip-refusals", test_slip_refusals);
  ADD ("slip-with-a-false-number", test_slip_with_a_false_number);
  ADD ("members", test_members);
  return g_test_run ();
}
