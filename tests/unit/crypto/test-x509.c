/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/crypto/x509.h"

#include "tests/testlib/fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW_S 1800000000

static const char *const hosts[] = { "localhost", "127.0.0.1", NULL };

typedef struct
{
  char *folder;
  char *ca_key, *ca, *key;
  KouanX509Authority *authority;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = kouan_test_folder_new ();
  fixture->ca_key = g_build_filename (fixture->folder, "ca.key", NULL);
  fixture->ca = g_build_filename (fixture->folder, "ca.pem", NULL);
  fixture->key = g_build_filename (fixture->folder, "leaf.key", NULL);
  g_assert_true (
    kouan_x509_create_authority (fixture->ca_key, fixture->ca, "Test hub", NOW_S, &error));
  g_assert_true (kouan_x509_create_key (fixture->key, &error));
  fixture->authority = kouan_x509_authority_load (fixture->ca_key, fixture->ca, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_x509_authority_free (fixture->authority);
  g_free (fixture->ca_key);
  g_free (fixture->ca);
  g_free (fixture->key);
  kouan_test_folder_remove (fixture->folder);
}

static char *
ca_text (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (fixture->ca, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_client_belongs (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ca = ca_text (fixture);
  g_autofree char *request = kouan_x509_request (fixture->key, "anything", &error);
  g_autofree char *certificate = NULL;
  guint8 one[32], two[32];

  certificate = kouan_x509_issue_client (fixture->authority, request, "kiosk-7", NOW_S, &error);
  g_assert_no_error (error);
  g_assert_true (kouan_x509_belongs (certificate, fixture->key, ca, &error));
  g_assert_false (kouan_x509_belongs (certificate, fixture->ca_key, ca, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED);
  g_clear_error (&error);
  g_assert_false (kouan_x509_belongs (certificate, fixture->key, certificate, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED);
  g_clear_error (&error);
  g_assert_true (kouan_x509_fingerprint (certificate, one, &error));
  g_assert_true (kouan_x509_fingerprint (ca, two, &error));
  g_assert_cmpint (memcmp (one, two, sizeof one), !=, 0);
}

static void
test_keys_are_private_and_never_overwritten (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_cmpint (g_stat (fixture->key, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_false (kouan_x509_create_key (fixture->key, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO);
}

static void
test_request_must_be_signed_by_its_key (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *request = kouan_x509_request (fixture->key, "kiosk-7", &error);
  char *body = strchr (request, '\n') + 1;
  /* The last four digits may hold bits that mean nothing. */
  const char *end = strstr (body, "\n-----END") - 4;
  guint refused = 0;

  for (gsize i = 0; body + i < end; i++)
    {
      g_autofree char *copy = g_strdup (request);
      g_autofree char *certificate = NULL;
      char *at = copy + (body - request) + i;

      if (!g_ascii_isalnum (*at))
        continue;
      *at = *at == 'A' ? 'B' : 'A';
      certificate = kouan_x509_issue_client (fixture->authority, copy, "kiosk-7", NOW_S, &error);
      g_assert_null (certificate);
      g_assert_true (error->domain == KOUAN_CRYPTO_ERROR);
      g_clear_error (&error);
      refused++;
    }
  g_assert_cmpuint (refused, >, 100);
}

static void
test_other_keys_are_refused (Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  const char *const names[] = { "crypto/p384.pem", "crypto/rsa.pem", "crypto/ed25519.pem" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = kouan_test_data (names[i]);

      g_assert_null (kouan_x509_request (path, "kiosk-7", &error));
      g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
    }
}

static void
test_server_names (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const bad[] = { "hub,URI:http", NULL };
  const char *const empty[] = { "", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *certificate
    = kouan_x509_issue_server (fixture->authority, fixture->key, hosts, NOW_S, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (certificate, "-----BEGIN CERTIFICATE-----\n"));
  g_assert_null (kouan_x509_issue_server (fixture->authority, fixture->key, bad, NOW_S, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_null (kouan_x509_issue_server (fixture->authority, fixture->key, empty, NOW_S, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
}

static void
test_bad_files (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  guint8 digest[32];

  g_assert_null (kouan_x509_authority_load (fixture->key, fixture->ca, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_null (kouan_x509_authority_load ("/nowhere", fixture->ca, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (kouan_x509_request (fixture->ca, "kiosk-7", &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
  g_clear_error (&error);
  g_assert_false (kouan_x509_fingerprint ("no certificate", digest, &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/crypto/x509/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("client-belongs", test_client_belongs);
  ADD ("keys-are-private-and-never-overwritten", test_keys_are_private_and_never_overwritten);
  ADD ("request-must-be-signed-by-its-key", test_request_must_be_signed_by_its_key);
  ADD ("other-keys-are-refused", test_other_keys_are_refused);
  ADD ("server-names", test_server_names);
  ADD ("bad-files", test_bad_files);
  return g_test_run ();
}
