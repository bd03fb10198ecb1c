/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/lds/sod.h"
#include "app/lds/tlv.h"
#include "tests/testlib/issuer.h"

#include <string.h>

static const char *const lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                     "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };

typedef struct
{
  KouanTestIssuer *issuer;
  GBytes *files[KOUAN_LDS_GROUPS + 1];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer options)
{
  fixture->issuer = kouan_test_issuer_new (options);
  fixture->files[1] = kouan_lds_make_dg1 (lines);
  fixture->files[2] = g_bytes_new_static ("\x75\x02\x05\x00", 4);
  fixture->files[14] = g_bytes_new_static ("\x6e\x02\x31\x00", 4);
}

static void
tear_down (Fixture *fixture, gconstpointer options G_GNUC_UNUSED)
{
  kouan_test_issuer_free (fixture->issuer);
  for (guint group = 1; group <= KOUAN_LDS_GROUPS; group++)
    g_clear_pointer (&fixture->files[group], g_bytes_unref);
}

static KouanSod *
parse (GBytes *file, GError **error)
{
  gsize size = g_bytes_get_size (file);
  g_autofree guint8 *exact = g_memdup2 (g_bytes_get_data (file, NULL), size);

  return kouan_sod_parse (exact, size, error);
}

/* Every way to sign that Utopia knows: the digests fit, the signature verifies. */
static void
test_sound (Fixture *fixture, gconstpointer options G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = kouan_test_issuer_make_sod (fixture->issuer, fixture->files, 0);
  g_autoptr (GBytes) altered = g_bytes_new_static ("\x75\x02\x04\x00", 4);
  g_autoptr (KouanSod) sod = parse (file, &error);
  KouanSignedData *message;

  g_assert_no_error (error);
  g_assert_cmpuint (kouan_sod_get_version (sod), ==, 1);
  g_assert_cmphex (kouan_sod_get_groups (sod), ==, 1 << 1 | 1 << 2 | 1 << 14);
  g_assert_true (kouan_sod_group_fits (sod, 1, fixture->files[1]));
  g_assert_true (kouan_sod_group_fits (sod, 2, fixture->files[2]));
  g_assert_false (kouan_sod_group_fits (sod, 2, altered));
  g_assert_false (kouan_sod_group_fits (sod, 3, fixture->files[2])); /* not signed at all */
  message = kouan_sod_get_signed_data (sod);
  g_assert_true (kouan_signed_data_verify (message, &error));
  g_assert_no_error (error);
  g_assert_false (kouan_signed_data_signer_was_misnamed (message));
  g_assert_true (g_bytes_equal (kouan_certificate_get_der (kouan_signed_data_get_signer (message)),
                                kouan_test_issuer_get_signer (fixture->issuer)));
}

static void
test_older_object (Fixture *fixture, gconstpointer options G_GNUC_UNUSED)
{
  g_autoptr (GBytes) file
    = kouan_test_issuer_make_sod (fixture->issuer, fixture->files, KOUAN_TEST_ISSUER_LDS_0);
  g_autoptr (KouanSod) sod = parse (file, NULL);

  g_assert_nonnull (sod);
  g_assert_cmpuint (kouan_sod_get_version (sod), ==, 0);
  g_assert_true (kouan_signed_data_verify (kouan_sod_get_signed_data (sod), NULL));
}

/* Malformed in a way that a parser has to see: none of these comes to the question of a signature.
 */
static void
test_malformed (Fixture *fixture, gconstpointer options G_GNUC_UNUSED)
{
  static const KouanTestIssuerFaults faults[]
    = { KOUAN_TEST_ISSUER_CONTENT_TYPE,  KOUAN_TEST_ISSUER_VERSION_1,
        KOUAN_TEST_ISSUER_VERSION_4,     KOUAN_TEST_ISSUER_LDS_2,
        KOUAN_TEST_ISSUER_TRAILING_BYTE, KOUAN_TEST_ISSUER_OUTER_TYPE,
        KOUAN_TEST_ISSUER_NO_ATTRIBUTES };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) file
        = kouan_test_issuer_make_sod (fixture->issuer, fixture->files, faults[i]);
      g_autoptr (KouanSod) sod = parse (file, &error);

      g_assert_null (sod);
      g_assert_error (error, KOUAN_LDS_ERROR, KOUAN_LDS_ERROR_MALFORMED);
    }
}

/* Well formed, and not what was signed. */
static void
test_altered (Fixture *fixture, gconstpointer options G_GNUC_UNUSED)
{
  static const KouanTestIssuerFaults faults[]
    = { KOUAN_TEST_ISSUER_CONTENT_ALTERED, KOUAN_TEST_ISSUER_SIGNATURE_ALTERED };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) file
        = kouan_test_issuer_make_sod (fixture->issuer, fixture->files, faults[i]);
      g_autoptr (KouanSod) sod = parse (file, NULL);

      g_assert_nonnull (sod);
      g_assert_false (kouan_signed_data_verify (kouan_sod_get_signed_data (sod), &error));
      g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED);
    }
}

static void
test_signer (Fixture *fixture, gconstpointer options G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) misnamed
    = kouan_test_issuer_make_sod (fixture->issuer, fixture->files, KOUAN_TEST_ISSUER_MISNAMED);
  g_autoptr (GBytes) bare = kouan_test_issuer_make_sod (fixture->issuer, fixture->files,
                                                        KOUAN_TEST_ISSUER_NO_CERTIFICATE);
  g_autoptr (KouanSod) sod = parse (misnamed, &error);

  g_assert_no_error (error);
  g_assert_true (kouan_signed_data_signer_was_misnamed (kouan_sod_get_signed_data (sod)));
  g_assert_true (kouan_signed_data_verify (kouan_sod_get_signed_data (sod), &error));
  g_assert_no_error (error);
  g_clear_pointer (&sod, kouan_sod_free);

  sod = parse (bare, &error);
  g_assert_no_error (error);
  g_assert_null (kouan_signed_data_get_signer (kouan_sod_get_signed_data (sod)));
  g_assert_false (kouan_signed_data_verify (kouan_sod_get_signed_data (sod), &error));
  g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_UNKNOWN_KEY);
}

/* A file that ends anywhere before its end is refused, and the sanitizer sees no look beyond. */
static void
test_cut (Fixture *fixture, gconstpointer options G_GNUC_UNUSED)
{
  g_autoptr (GBytes) file = kouan_test_issuer_make_sod (fixture->issuer, fixture->files, 0);

  for (gsize size = 0; size < g_bytes_get_size (file); size++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (file, 0, size);

      g_assert_null (parse (cut, NULL));
    }
}

/* The signing time and the strength of what it was signed with. */
static void
test_told (Fixture *fixture, gconstpointer options)
{
  const KouanTestIssuerOptions *told = options;
  g_autoptr (GBytes) file = kouan_test_issuer_make_sod (fixture->issuer, fixture->files, 0);
  g_autoptr (KouanSod) sod = parse (file, NULL);
  KouanSignedData *message = kouan_sod_get_signed_data (sod);

  if (told->signed_s != 0)
    g_assert_cmpint (kouan_signed_data_get_signed_s (message), ==, told->signed_s);
  else
    g_assert_cmpint (kouan_signed_data_get_signed_s (message), >, 0);
  g_assert_cmpint (kouan_signed_data_get_strength (message), ==,
                   g_strcmp0 (told->digest, "MD5") == 0    ? KOUAN_STRENGTH_REFUSED
                   : g_strcmp0 (told->digest, "SHA1") == 0 ? KOUAN_STRENGTH_WEAK
                                                           : KOUAN_STRENGTH_GOOD);
}

/* Contents that are not what a security object may be, under a signature or not. */
static void
test_digests (void)
{
  GBytes *files[KOUAN_LDS_GROUPS + 1] = { NULL };
  g_autoptr (GBytes) file = g_bytes_new_static ("\x61\x00", 2);
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (NULL);
  g_autoptr (GBytes) one = NULL;
  g_autoptr (GBytes) all = NULL;
  g_autoptr (KouanSod) sod = NULL;

  files[1] = file;
  one = kouan_test_issuer_make_sod (issuer, files, 0);
  g_assert_null (parse (one, NULL)); /* two groups are the least */
  for (guint group = 1; group <= KOUAN_LDS_GROUPS; group++)
    files[group] = file;
  all = kouan_test_issuer_make_sod (issuer, files, 0);
  sod = parse (all, NULL);
  g_assert_nonnull (sod);
  g_assert_cmphex (kouan_sod_get_groups (sod), ==, 0x1fffe);
}

static const KouanTestIssuerOptions plain;
static const KouanTestIssuerOptions written_out
  = { .curve = "brainpoolP256r1", .written_out = TRUE };
static const KouanTestIssuerOptions rsa = { .curve = "RSA", .signed_s = 1700000000 };
static const KouanTestIssuerOptions sha512 = { .curve = "P-521", .digest = "SHA512" };
static const KouanTestIssuerOptions sha224 = { .digest = "SHA224" };
static const KouanTestIssuerOptions sha384
  = { .curve = "P-384", .digest = "SHA384", .signed_s = 7 };
static const KouanTestIssuerOptions sha1 = { .digest = "SHA1" };
static const KouanTestIssuerOptions md5 = { .curve = "RSA", .digest = "MD5" };

#define add(name, options, test)                                                                   \
  g_test_add ("/lds/sod/" name, Fixture, options, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("sound/plain", &plain, test_sound);
  add ("sound/written-out", &written_out, test_sound);
  add ("sound/rsa", &rsa, test_sound);
  add ("sound/sha512", &sha512, test_sound);
  add ("sound/sha224", &sha224, test_sound);
  add ("sound/sha1", &sha1, test_sound);
  add ("older-object", &plain, test_older_object);
  add ("malformed", &plain, test_malformed);
  add ("altered/plain", &plain, test_altered);
  add ("altered/rsa", &rsa, test_altered);
  add ("signer", &plain, test_signer);
  add ("cut", &plain, test_cut);
  add ("told/rsa", &rsa, test_told);
  add ("told/sha384", &sha384, test_told);
  add ("told/sha1", &sha1, test_told);
  add ("told/md5", &md5, test_told);
  g_test_add_func ("/lds/sod/digests", test_digests);
  return g_test_run ();
}
