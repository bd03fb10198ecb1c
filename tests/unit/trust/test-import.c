/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/trust/import.h"
#include "app/trust/master-list.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/issuer.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW_S G_GINT64_CONSTANT (1777777777)
#define DAY_S 86400

static const KouanTestIssuerOptions utopia;
static const KouanTestIssuerOptions erewhon = { .country = "EW" };

static gboolean
import (KouanTrustList *list, GBytes *file, KouanTrustImport *result, GError **error)
{
  const KouanTrustPlan plan = { .now_s = NOW_S };

  kouan_trust_import_clear (result);
  return kouan_trust_list_import (list, file, &plan, result, error);
}

static void
test_master_list (void)
{
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (&utopia);
  g_autoptr (GPtrArray) others = kouan_test_issuer_make_authorities (5);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (KouanTrustList) list = kouan_trust_list_new ();
  g_autoptr (KouanCertificate) signer = NULL;
  g_autoptr (GPtrArray) issuers = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (KouanTrustImport) result = { 0 };

  g_ptr_array_add (others, g_bytes_ref (others->pdata[3])); /* twice in the list */
  g_ptr_array_add (others, g_bytes_ref (kouan_test_issuer_get_signer (issuer))); /* no authority */
  file = kouan_test_issuer_make_master_list (issuer, others, NOW_S - DAY_S, 0);
  g_assert_true (import (list, file, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (result.kind, ==, KOUAN_TRUST_MASTER_LIST);
  g_assert_cmpint (result.vouched, ==, KOUAN_VOUCHED_ITSELF);
  g_assert_cmpstr (result.country, ==, "UT");
  g_assert_cmpint (result.signed_s, ==, NOW_S - DAY_S);
  g_assert_cmpuint (result.certificates, ==, 7);
  g_assert_cmpuint (result.added, ==, 6);
  g_assert_cmpuint (result.unread, ==, 1);
  g_assert_cmpuint (kouan_trust_list_get_version (list), ==, 1);
  g_assert_cmpint (kouan_trust_list_get_signed_s (list), ==, NOW_S - DAY_S);

  signer = kouan_certificate_parse (g_bytes_get_data (kouan_test_issuer_get_signer (issuer), NULL),
                                    g_bytes_get_size (kouan_test_issuer_get_signer (issuer)), NULL);
  issuers = kouan_trust_list_find_issuers (list, signer);
  g_assert_cmpuint (issuers->len, ==, 1);
  g_assert_true (g_bytes_equal (kouan_certificate_get_der (issuers->pdata[0]),
                                kouan_test_issuer_get_authority (issuer)));
}

/* Any list that is not whole is refused, and leaves what is there. */
static void
test_refused (void)
{
  static const guint faults[]
    = { KOUAN_TEST_ISSUER_CONTENT_TYPE,    KOUAN_TEST_ISSUER_VERSION_1,
        KOUAN_TEST_ISSUER_CONTENT_ALTERED, KOUAN_TEST_ISSUER_SIGNATURE_ALTERED,
        KOUAN_TEST_ISSUER_TRAILING_BYTE,   KOUAN_TEST_ISSUER_OUTER_TYPE,
        KOUAN_TEST_ISSUER_NO_CERTIFICATE,  KOUAN_TEST_ISSUER_NO_ATTRIBUTES };
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (&utopia);
  g_autoptr (KouanTrustList) list = kouan_trust_list_new ();
  g_auto (KouanTrustImport) result = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GBytes) file = kouan_test_issuer_make_master_list (issuer, NULL, NOW_S, faults[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (import (list, file, &result, &error));
      g_assert_true (g_error_matches (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_MALFORMED)
                     || g_error_matches (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_UNTRUSTED));
    }
  g_assert_cmpuint (kouan_trust_list_get_version (list), ==, 0);
  g_assert_cmpuint (kouan_trust_list_get_entries (list)->len, ==, 0);
}

static void
test_weak (void)
{
  static const KouanTestIssuerOptions sha1 = { .digest = "SHA1" };
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (&sha1);
  g_autoptr (GBytes) file = kouan_test_issuer_make_master_list (issuer, NULL, NOW_S, 0);
  g_autoptr (KouanTrustList) list = kouan_trust_list_new ();
  g_auto (KouanTrustImport) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (import (list, file, &result, &error));
  g_assert_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_UNTRUSTED);
}

/* The first list may vouch for itself. After that: an authority that is there, or a fingerprint. */
static void
test_voucher (void)
{
  g_autoptr (KouanTestIssuer) first = kouan_test_issuer_new (&utopia);
  g_autoptr (KouanTestIssuer) second = kouan_test_issuer_new (&erewhon);
  g_autoptr (GBytes) own = kouan_test_issuer_make_master_list (first, NULL, NOW_S, 0);
  g_autoptr (GBytes) foreign = kouan_test_issuer_make_master_list (second, NULL, NOW_S, 0);
  GBytes *authority = kouan_test_issuer_get_authority (second);
  guint8 fingerprint[KOUAN_SHA256_SIZE];
  const KouanTrustPlan anchored = { .now_s = NOW_S, .anchor = fingerprint };
  g_autoptr (KouanTrustList) list = kouan_trust_list_new ();
  g_auto (KouanTrustImport) result = { 0 };
  g_autoptr (GError) error = NULL;

  kouan_sha256 (g_bytes_get_data (authority, NULL), g_bytes_get_size (authority), fingerprint);
  g_assert_true (import (list, own, &result, NULL));
  g_assert_false (import (list, foreign, &result, &error));
  g_assert_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_UNTRUSTED);
  g_assert_cmpmem (result.authority, KOUAN_SHA256_SIZE, fingerprint, KOUAN_SHA256_SIZE);
  g_assert_cmpuint (kouan_trust_list_get_entries (list)->len, ==, 1);

  kouan_trust_import_clear (&result);
  g_assert_true (kouan_trust_list_import (list, foreign, &anchored, &result, NULL));
  g_assert_cmpint (result.vouched, ==, KOUAN_VOUCHED_ANCHOR);
  g_assert_true (import (list, foreign, &result, NULL)); /* again: its authority is there now */
  g_assert_cmpint (result.vouched, ==, KOUAN_VOUCHED_INSTALLED);
  g_assert_cmpuint (result.added, ==, 0);
  g_assert_cmpuint (kouan_trust_list_get_sources (list)->len, ==, 2);
}

/* An anchor that is another's does not let a first list through. */
static void
test_wrong_anchor (void)
{
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (&utopia);
  g_autoptr (GBytes) file = kouan_test_issuer_make_master_list (issuer, NULL, NOW_S, 0);
  const guint8 fingerprint[KOUAN_SHA256_SIZE] = { 1, 2, 3 };
  const KouanTrustPlan anchored = { .now_s = NOW_S, .anchor = fingerprint };
  g_autoptr (KouanTrustList) list = kouan_trust_list_new ();
  g_auto (KouanTrustImport) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (kouan_trust_list_import (list, file, &anchored, &result, &error));
  g_assert_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_UNTRUSTED);
}

/* A country's newer list takes the place of its older one, and what only that had goes. */
static void
test_replaced (void)
{
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (&utopia);
  g_autoptr (GPtrArray) three = kouan_test_issuer_make_authorities (3);
  g_autoptr (GPtrArray) two = g_ptr_array_new ();
  g_autoptr (GBytes) older = kouan_test_issuer_make_master_list (issuer, three, NOW_S - DAY_S, 0);
  g_autoptr (GBytes) newer = NULL;
  g_autoptr (KouanTrustList) list = kouan_trust_list_new ();
  const KouanTrustPlan because = { .now_s = NOW_S, .because = "the new one lacks a country" };
  g_auto (KouanTrustImport) result = { 0 };
  g_autoptr (GError) error = NULL;
  const KouanTrustSource *source;

  g_ptr_array_add (two, three->pdata[0]);
  newer = kouan_test_issuer_make_master_list (issuer, two, NOW_S, 0);
  g_assert_true (import (list, older, &result, NULL));
  g_assert_true (import (list, three->pdata[1], &result, NULL)); /* by hand as well */
  g_assert_cmpuint (result.added, ==, 0);
  g_assert_true (import (list, newer, &result, NULL));
  g_assert_cmpuint (result.added, ==, 0);
  g_assert_cmpuint (result.removed, ==, 1); /* the second one is kept: it came by hand too */
  g_assert_cmpuint (kouan_trust_list_get_entries (list)->len, ==, 3);

  g_assert_false (import (list, older, &result, &error));
  g_assert_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_OLDER);
  g_assert_cmpuint (kouan_trust_list_get_entries (list)->len, ==, 3);
  kouan_trust_import_clear (&result);
  g_assert_true (kouan_trust_list_import (list, older, &because, &result, NULL));
  g_assert_cmpuint (kouan_trust_list_get_entries (list)->len, ==, 4);
  source = kouan_trust_list_get_sources (list)->pdata[0];
  g_assert_cmpstr (source->because, ==, because.because);
}

static void
test_revocations (void)
{
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (&utopia);
  g_autoptr (KouanTestIssuer) namesake = kouan_test_issuer_new (&utopia);
  g_autoptr (GBytes) forged
    = kouan_test_issuer_make_revocations (namesake, NOW_S, NOW_S + DAY_S, FALSE);
  g_autoptr (GBytes) older
    = kouan_test_issuer_make_revocations (issuer, NOW_S - DAY_S, NOW_S + DAY_S, FALSE);
  g_autoptr (GBytes) newer
    = kouan_test_issuer_make_revocations (issuer, NOW_S, NOW_S + DAY_S, FALSE);
  g_autoptr (KouanTrustList) list = kouan_trust_list_new ();
  g_auto (KouanTrustImport) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (import (list, newer, &result, &error)); /* of an authority that is not there */
  g_assert_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_true (import (list, kouan_test_issuer_get_authority (issuer), &result, NULL));
  g_assert_false (import (list, forged, &result, &error));
  g_assert_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_true (import (list, newer, &result, NULL));
  g_assert_cmpint (result.kind, ==, KOUAN_TRUST_REVOCATIONS);
  g_assert_false (import (list, older, &result, &error));
  g_assert_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_OLDER);
  g_assert_true (import (list, newer, &result, NULL));
  g_assert_cmpuint (kouan_trust_list_get_revocations (list)->len, ==, 1);
}

/* What is no authority's certificate, and what is nothing at all. */
static void
test_others (void)
{
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (&utopia);
  g_autoptr (KouanTrustList) list = kouan_trust_list_new ();
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) letter = g_bytes_new_static ("Dear all", 8);
  GBytes *files[] = { kouan_test_issuer_get_signer (issuer), nothing, letter };
  g_auto (KouanTrustImport) result = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (import (list, files[i], &result, &error));
      g_assert_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_MALFORMED);
    }
}

typedef struct
{
  char *folder;
  char *path;
  KouanSigningKey *key;
  KouanKeyring *keyring;
} File;

static void
file_set_up (File *file, gconstpointer data G_GNUC_UNUSED)
{
  file->folder = kouan_test_folder_new ();
  file->path = g_build_filename (file->folder, "trust-list.cose", NULL);
  file->key = kouan_signing_key_generate ();
  file->keyring = kouan_keyring_new ();
  kouan_keyring_add (file->keyring, kouan_signing_key_get_public (file->key),
                     KOUAN_PURPOSE_TRUST_LIST, "test");
}

static void
file_tear_down (File *file, gconstpointer data G_GNUC_UNUSED)
{
  kouan_keyring_unref (file->keyring);
  kouan_signing_key_unref (file->key);
  g_free (file->path);
  kouan_test_folder_remove (file->folder);
}

static void
test_file (File *file, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (&utopia);
  g_autoptr (GPtrArray) others = kouan_test_issuer_make_authorities (4);
  g_autoptr (GBytes) master = kouan_test_issuer_make_master_list (issuer, others, NOW_S, 0);
  g_autoptr (GBytes) revocations
    = kouan_test_issuer_make_revocations (issuer, NOW_S, NOW_S + DAY_S, TRUE);
  g_autoptr (KouanTrustList) list = kouan_trust_list_new ();
  g_autoptr (KouanTrustList) again = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GBytes) content_again = NULL;
  g_auto (KouanTrustImport) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (import (list, master, &result, NULL));
  g_assert_true (import (list, revocations, &result, NULL));
  g_assert_true (kouan_trust_list_save (list, file->path, file->key, &error));
  g_assert_no_error (error);
  again = kouan_trust_list_load (file->path, file->keyring, &error);
  g_assert_no_error (error);
  content = kouan_trust_list_encode (list);
  content_again = kouan_trust_list_encode (again);
  g_assert_true (g_bytes_equal (content, content_again));
  g_assert_cmpuint (kouan_trust_list_get_version (again), ==, 2);
  g_assert_cmpuint (kouan_trust_list_get_revocations (again)->len, ==, 1);
}

/* A list that was touched is no list; where there is none, it is empty. */
static void
test_file_refused (File *file, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanKeyring) strangers = kouan_keyring_new ();
  g_autoptr (KouanTrustList) list = kouan_trust_list_load (file->path, file->keyring, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_nonnull (list);
  g_assert_cmpuint (kouan_trust_list_get_version (list), ==, 0);
  g_assert_true (kouan_trust_list_save (list, file->path, file->key, NULL));
  g_assert_null (kouan_trust_list_load (file->path, strangers, &error));
  g_assert_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (file->path, &bytes, &size, NULL));
  bytes[size - 1] ^= 1;
  g_assert_true (g_file_set_contents (file->path, bytes, (gssize)size, NULL));
  g_assert_null (kouan_trust_list_load (file->path, file->keyring, &error));
  g_assert_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_UNTRUSTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trust/import/master-list", test_master_list);
  g_test_add_func ("/trust/import/refused", test_refused);
  g_test_add_func ("/trust/import/weak", test_weak);
  g_test_add_func ("/trust/import/voucher", test_voucher);
  g_test_add_func ("/trust/import/wrong-anchor", test_wrong_anchor);
  g_test_add_func ("/trust/import/replaced", test_replaced);
  g_test_add_func ("/trust/import/revocations", test_revocations);
  g_test_add_func ("/trust/import/others", test_others);
  g_test_add ("/trust/import/file", File, NULL, file_set_up, test_file, file_tear_down);
  g_test_add ("/trust/import/file-refused", File, NULL, file_set_up, test_file_refused,
              file_tear_down);
  return g_test_run ();
}
