/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/catalogue/catalogue.h"
#include "app/catalogue/index.h"
#include "app/crypto/cose.h"
#include "tests/testlib/fixture.h"
#include "tests/unit/catalogue/sample.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A signed catalogue, and what somebody could do to it on its way. */

#define ISSUED_S 1777777777

typedef struct
{
  char *folder;
  KouanSigningKey *key;
  KouanKeyring *keyring;
} Shop;

static void
write_file (Shop *shop, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (shop->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
sign (Shop *shop, guint64 version)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_catalogue_sign (shop->folder, shop->key, version, ISSUED_S, &error));
  g_assert_no_error (error);
}

static void
shop_open (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *sample = sample_text (NULL, NULL);
  g_autofree char *text = sample_text ("\"id\": \"sample\"", "\"id\": \"first\"");
  g_autoptr (GString) first = g_string_new (text);

  shop->folder = kouan_test_folder_new ();
  shop->key = kouan_signing_key_generate ();
  shop->keyring = kouan_keyring_new ();
  kouan_keyring_add (shop->keyring, kouan_signing_key_get_public (shop->key),
                     KOUAN_PURPOSE_CATALOGUE, "test");
  g_string_replace (first, "\"code\": 900", "\"code\": 7", 1);
  g_string_replace (first, "\"overseas\"", "\"border\"", 1);
  write_file (shop, "sample.json", sample);
  write_file (shop, "zweite.json", first->str);
  sign (shop, 5);
}

static void
shop_close (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  kouan_test_folder_remove (shop->folder);
  kouan_signing_key_unref (shop->key);
  kouan_keyring_unref (shop->keyring);
}

static void
assert_refused (Shop *shop, guint64 version_min, KouanCatalogueError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kouan_catalogue_load (shop->folder, shop->keyring, version_min, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, KOUAN_CATALOGUE_ERROR, (int)code);
}

static void
test_load (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanCatalogue) catalogue
    = kouan_catalogue_load (shop->folder, shop->keyring, 5, &error);
  g_autoptr (GPtrArray) border = NULL;
  g_autoptr (GPtrArray) service = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (kouan_catalogue_get_version (catalogue), ==, 5);
  g_assert_cmpint (kouan_catalogue_get_issued_s (catalogue), ==, ISSUED_S);
  g_assert_cmpuint (kouan_catalogue_get_services (catalogue)->len, ==, 2);
  g_assert_cmpuint (kouan_service_get_code (kouan_catalogue_get_services (catalogue)->pdata[0]), ==,
                    7);
  g_assert_cmpstr (kouan_service_get_id (kouan_catalogue_find_by_code (catalogue, 900)), ==,
                   "sample");
  g_assert_nonnull (kouan_catalogue_find (catalogue, "first"));
  g_assert_null (kouan_catalogue_find (catalogue, "second"));
  g_assert_null (kouan_catalogue_find_by_code (catalogue, 8));
  border = kouan_catalogue_for_profile (catalogue, "border");
  service = kouan_catalogue_for_profile (catalogue, "service");
  g_assert_cmpuint (border->len, ==, 1);
  g_assert_cmpuint (service->len, ==, 2);
}

/* A service stays as long as somebody holds it. */
static void
test_service_outlives (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  KouanCatalogue *catalogue = kouan_catalogue_load (shop->folder, shop->keyring, 0, NULL);
  g_autoptr (KouanService) service = kouan_service_ref (kouan_catalogue_find (catalogue, "sample"));

  kouan_catalogue_unref (catalogue);
  g_assert_cmpstr (kouan_service_get_name (service, "en"), ==, "Sample");
}

static void
test_older (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanCatalogue) newer = NULL;

  assert_refused (shop, 6, KOUAN_CATALOGUE_ERROR_OLDER);
  sign (shop, 6);
  newer = kouan_catalogue_load (shop->folder, shop->keyring, 6, NULL);
  g_assert_nonnull (newer);
}

static void
test_untrusted (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  kouan_signing_key_unref (shop->key);
  shop->key = kouan_signing_key_generate ();
  sign (shop, 9);
  assert_refused (shop, 0, KOUAN_CATALOGUE_ERROR_UNTRUSTED);
  /* known, but for something else */
  kouan_keyring_add (shop->keyring, kouan_signing_key_get_public (shop->key),
                     KOUAN_PURPOSE_APPOINTMENT, "issuer");
  assert_refused (shop, 0, KOUAN_CATALOGUE_ERROR_UNTRUSTED);
}

static void
test_missing (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *file = g_build_filename (shop->folder, "sample.json", NULL);
  g_autofree char *index = g_build_filename (shop->folder, KOUAN_CATALOGUE_INDEX, NULL);

  g_assert_cmpint (g_unlink (file), ==, 0);
  assert_refused (shop, 0, KOUAN_CATALOGUE_ERROR_MISSING);
  g_assert_cmpint (g_unlink (index), ==, 0);
  assert_refused (shop, 0, KOUAN_CATALOGUE_ERROR_MISSING);
}

static void
test_changed_file (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *longer = sample_text ("For nobody.", "For all.");
  g_autofree char *same_size = sample_text ("For nobody.", "For noboby.");
  g_autofree char *good = sample_text (NULL, NULL);
  g_autoptr (KouanCatalogue) catalogue = NULL;

  write_file (shop, "sample.json", longer);
  assert_refused (shop, 0, KOUAN_CATALOGUE_ERROR_DAMAGED);
  write_file (shop, "sample.json", same_size);
  assert_refused (shop, 0, KOUAN_CATALOGUE_ERROR_DAMAGED);
  write_file (shop, "sample.json", good);
  write_file (shop, "extra.json", "{ nobody looks at this"); /* what is not signed is not there */
  catalogue = kouan_catalogue_load (shop->folder, shop->keyring, 0, NULL);
  g_assert_cmpuint (kouan_catalogue_get_services (catalogue)->len, ==, 2);
}

static void
test_damaged_index (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (shop->folder, KOUAN_CATALOGUE_INDEX, NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (gsize cut = 0; cut < size; cut += 7)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, bytes, cut, NULL));
      g_assert_null (kouan_catalogue_load (shop->folder, shop->keyring, 0, &error));
    }
  for (gsize i = 0; i < size; i += 5)
    {
      g_autoptr (GError) error = NULL;

      bytes[i] ^= 1;
      g_assert_true (g_file_set_contents (path, bytes, size, NULL));
      g_assert_null (kouan_catalogue_load (shop->folder, shop->keyring, 0, &error));
      bytes[i] ^= 1;
    }
}

/* No file of the folder is a way out of it. */
static void
test_link (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *file = g_build_filename (shop->folder, "sample.json", NULL);
  g_autofree char *elsewhere = g_build_filename (shop->folder, "elsewhere", NULL);

  g_assert_cmpint (g_rename (file, elsewhere), ==, 0);
  g_assert_cmpint (symlink (elsewhere, file), ==, 0);
  assert_refused (shop, 0, KOUAN_CATALOGUE_ERROR_MISSING);
  g_assert_cmpint (g_unlink (file), ==, 0);
  g_assert_cmpint (g_mkdir (file, 0700), ==, 0);
  assert_refused (shop, 0, KOUAN_CATALOGUE_ERROR_DAMAGED);
}

/* Signed does not make it right. */
static void
test_malformed (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *unknown = sample_text ("\"section\": \"main\"", "\"section\": \"gone\"");
  g_autofree char *twice = sample_text (NULL, NULL);

  write_file (shop, "sample.json", unknown);
  sign (shop, 6);
  assert_refused (shop, 0, KOUAN_CATALOGUE_ERROR_MALFORMED);
  write_file (shop, "sample.json", twice);
  write_file (shop, "zweite.json", twice);
  sign (shop, 7);
  assert_refused (shop, 0, KOUAN_CATALOGUE_ERROR_MALFORMED);
}

static void
sign_payload (Shop *shop, GByteArray *payload)
{
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (payload);
  g_autoptr (GBytes) message = kouan_cose_sign (shop->key, bytes);
  g_autofree char *path = g_build_filename (shop->folder, KOUAN_CATALOGUE_INDEX, NULL);

  g_assert_true (
    g_file_set_contents (path, g_bytes_get_data (message, NULL), g_bytes_get_size (message), NULL));
}

static GByteArray *
index_of (KouanSignedType type, const char *first, const char *second)
{
  static const guint8 digest[KOUAN_SHA256_SIZE];
  GByteArray *out = g_byte_array_new ();
  const char *const names[] = { first, second };

  kouan_signed_write_head (out, type, 1, 5);
  kouan_cbor_write_uint (out, 1);
  kouan_cbor_write_int (out, ISSUED_S);
  kouan_cbor_write_array (out, 2);
  for (guint i = 0; i < 2; i++)
    {
      kouan_cbor_write_array (out, 3);
      kouan_cbor_write_text (out, names[i]);
      kouan_cbor_write_uint (out, 3);
      kouan_cbor_write_bytes (out, digest, sizeof digest);
    }
  return out;
}

/* Well signed, and no index: another thing's bytes, names that lead elsewhere, out of order. */
static void
test_other_payloads (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const names[][2]
    = { { "../a.json", "b.json" }, { "a.json", "/b.json" },    { "b.json", "a.json" },
        { "a.json", "a.json" },    { "a.txt", "b.json" },      { "A.json", "b.json" },
        { ".json", "b.json" },     { "a.json", "schema.json" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      sign_payload (shop, index_of (KOUAN_SIGNED_CATALOGUE, names[i][0], names[i][1]));
      assert_refused (shop, 0, KOUAN_CATALOGUE_ERROR_DAMAGED);
    }
  sign_payload (shop, index_of (KOUAN_SIGNED_ROSTER, "a.json", "b.json"));
  assert_refused (shop, 0, KOUAN_CATALOGUE_ERROR_DAMAGED);
  sign_payload (shop, index_of (KOUAN_SIGNED_CATALOGUE, "a.json", "b.json"));
  assert_refused (shop, 0,
                  KOUAN_CATALOGUE_ERROR_MISSING); /* an index, of files that are not there */
}

static void
test_sign_fails (Shop *shop, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *nowhere = g_build_filename (shop->folder, "nowhere", NULL);
  g_autofree char *index = g_build_filename (shop->folder, KOUAN_CATALOGUE_INDEX, NULL);
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) blocked = NULL;

  g_assert_false (kouan_catalogue_sign (nowhere, shop->key, 1, ISSUED_S, &missing));
  g_assert_error (missing, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_MISSING);
  g_assert_cmpint (g_unlink (index), ==, 0);
  g_assert_cmpint (g_mkdir (index, 0700), ==, 0); /* nothing can be renamed onto a folder */
  g_assert_false (kouan_catalogue_sign (shop->folder, shop->key, 1, ISSUED_S, &blocked));
  g_assert_nonnull (blocked);
}

#define ADD(path, function) g_test_add (path, Shop, NULL, shop_open, function, shop_close)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/catalogue/load", test_load);
  ADD ("/catalogue/service-outlives", test_service_outlives);
  ADD ("/catalogue/older", test_older);
  ADD ("/catalogue/untrusted", test_untrusted);
  ADD ("/catalogue/missing", test_missing);
  ADD ("/catalogue/changed-file", test_changed_file);
  ADD ("/catalogue/damaged-index", test_damaged_index);
  ADD ("/catalogue/link", test_link);
  ADD ("/catalogue/malformed", test_malformed);
  ADD ("/catalogue/other-payloads", test_other_payloads);
  ADD ("/catalogue/sign-fails", test_sign_fails);
  return g_test_run ();
}
