/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/trust/import.h"
#include "app/trust/passive.h"
#include "tests/testlib/issuer.h"

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdlib.h>

/* Times the import of a master list (one generated of 600 certificates, or those that are named on
 * the command line) and passive authentication against it, beside OpenSSL's own verification of one
 * bare signature of the same kind: the least that any check of a chip could take. */

#define CERTIFICATES 600
#define ROUNDS 101
#define NOW_S G_GINT64_CONSTANT (1777777777)

static const char *const lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                     "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };

static int
compare (const void *one, const void *other)
{
  double a = *(const double *)one, b = *(const double *)other;

  return a < b ? -1 : a > b;
}

static double
median (double *values, guint count)
{
  qsort (values, count, sizeof *values, compare);
  return values[count / 2];
}

static double
milliseconds_since (gint64 start_us)
{
  return (double)(g_get_monotonic_time () - start_us) / 1000;
}

static void
time_import (const char *name, GBytes *file)
{
  const KouanTrustPlan plan = { .now_s = NOW_S };
  double import_ms[5], reading_ms[5];
  guint certificates = 0;

  for (guint i = 0; i < G_N_ELEMENTS (import_ms); i++)
    {
      g_autoptr (KouanTrustList) list = kouan_trust_list_new ();
      g_autoptr (KouanTrustList) again = NULL;
      g_autoptr (GBytes) content = NULL;
      g_auto (KouanTrustImport) import = { 0 };
      g_autoptr (GError) error = NULL;
      gint64 start_us = g_get_monotonic_time ();

      if (!kouan_trust_list_import (list, file, &plan, &import, &error))
        g_error ("%s: %s", name, error->message);
      content = kouan_trust_list_encode (list);
      import_ms[i] = milliseconds_since (start_us);
      certificates = import.certificates;
      start_us = g_get_monotonic_time ();
      again = kouan_trust_list_decode (content, NULL);
      reading_ms[i] = milliseconds_since (start_us);
      g_assert_nonnull (again);
    }
  g_print ("%s: %u certificates imported in %.1f ms, read again in %.1f ms (median of 5)\n", name,
           certificates, median (import_ms, 5), median (reading_ms, 5));
}

/* Verifies one signature of the signer's kind, with its key at hand. */
static double
time_bare_signature (KouanTestIssuer *issuer)
{
  GBytes *der = kouan_test_issuer_get_signer (issuer);
  GBytes *authority_der = kouan_test_issuer_get_authority (issuer);
  const guint8 *at = g_bytes_get_data (der, NULL);
  const guint8 *authority_at = g_bytes_get_data (authority_der, NULL);
  X509 *x509 = d2i_X509 (NULL, &at, (long)g_bytes_get_size (der));
  X509 *authority = d2i_X509 (NULL, &authority_at, (long)g_bytes_get_size (authority_der));
  EVP_PKEY *key = X509_get0_pubkey (authority);
  double took_ms[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 start_us = g_get_monotonic_time ();

      g_assert_cmpint (X509_verify (x509, key), ==, 1);
      took_ms[i] = milliseconds_since (start_us);
    }
  X509_free (x509);
  X509_free (authority);
  return median (took_ms, ROUNDS);
}

static void
time_passive (const char *name, const KouanTestIssuerOptions *options, GPtrArray *others)
{
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (options);
  g_autoptr (GBytes) master = kouan_test_issuer_make_master_list (issuer, others, NOW_S, 0);
  g_autoptr (GBytes) dg1 = kouan_lds_make_dg1 (lines);
  g_autofree guint8 *portrait = g_malloc0 (20000);
  g_autoptr (GBytes) dg2 = g_bytes_new_static (portrait, 20000);
  g_autoptr (KouanTrustList) list = kouan_trust_list_new ();
  const KouanTrustPlan plan = { .now_s = NOW_S };
  KouanPassiveInput input = { .issuer = "UTO", .now_s = NOW_S };
  g_auto (KouanTrustImport) import = { 0 };
  double took_ms[ROUNDS], bare_ms;
  gboolean imported = kouan_trust_list_import (list, master, &plan, &import, NULL);

  g_assert_true (imported);
  input.files[1] = dg1;
  input.files[2] = dg2;
  input.sod = kouan_test_issuer_make_sod (issuer, input.files, 0);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (KouanChecks) checks = kouan_checks_new ();
      g_auto (KouanPassiveReport) report = { 0 };
      gint64 start_us = g_get_monotonic_time ();

      kouan_passive_authenticate (&input, list, checks, &report);
      took_ms[i] = milliseconds_since (start_us);
      g_assert_cmpint (kouan_checks_summary (checks, NULL), ==, KOUAN_RESULT_SUCCESSFUL);
    }
  bare_ms = time_bare_signature (issuer);
  g_print ("%s: passive authentication %.2f ms, one bare signature by OpenSSL %.3f ms, "
           "ratio %.1f (medians of %d)\n",
           name, median (took_ms, ROUNDS), bare_ms, median (took_ms, ROUNDS) / bare_ms, ROUNDS);
  g_bytes_unref (input.sod);
}

int
main (int argc, char **argv)
{
  static const KouanTestIssuerOptions curve;
  static const KouanTestIssuerOptions written_out
    = { .curve = "brainpoolP256r1", .written_out = TRUE };
  static const KouanTestIssuerOptions rsa = { .curve = "RSA" };
  g_autoptr (GPtrArray) others = kouan_test_issuer_make_authorities (CERTIFICATES - 1);
  g_autoptr (KouanTestIssuer) issuer = kouan_test_issuer_new (NULL);
  g_autoptr (GBytes) generated = kouan_test_issuer_make_master_list (issuer, others, NOW_S, 0);

  time_import ("generated", generated);
  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GBytes) file = NULL;
      char *contents;
      gsize size;

      if (!g_file_get_contents (argv[i], &contents, &size, NULL))
        g_error ("%s cannot be read", argv[i]);
      file = g_bytes_new_take (contents, size);
      time_import (argv[i], file);
    }
  time_passive ("P-256", &curve, others);
  time_passive ("brainpoolP256r1, written out", &written_out, others);
  time_passive ("RSA 2048", &rsa, others);
  return 0;
}
