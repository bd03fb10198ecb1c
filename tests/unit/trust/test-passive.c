/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/trust/country-code.h"
#include "app/trust/import.h"
#include "app/trust/passive.h"
#include "tests/testlib/issuer.h"

#include <string.h>

#define NOW_S G_GINT64_CONSTANT (1777777777)  /* 2026-05-03 */
#define THEN_S G_GINT64_CONSTANT (1700000000) /* 2023-11-14 */
#define DAY_S 86400

static const char *const lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                     "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };

/* A document of an issuer, a trust list, and what came of one against the other. */
typedef struct
{
  KouanTestIssuer *issuer;
  KouanTrustList *list;
  KouanPassiveInput input;
  KouanChecks *checks;
  KouanPassiveReport report;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->issuer = kouan_test_issuer_new (data);
  fixture->list = kouan_trust_list_new ();
  fixture->input.files[1] = kouan_lds_make_dg1 (lines);
  fixture->input.files[2] = g_bytes_new_static ("\x75\x02\x05\x00", 4);
  fixture->input.issuer = "UTO";
  fixture->input.now_s = NOW_S;
  fixture->checks = kouan_checks_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_test_issuer_free (fixture->issuer);
  kouan_trust_list_unref (fixture->list);
  kouan_checks_unref (fixture->checks);
  kouan_passive_report_clear (&fixture->report);
  g_clear_pointer (&fixture->input.sod, g_bytes_unref);
  for (guint group = 1; group <= KOUAN_LDS_GROUPS; group++)
    g_clear_pointer (&fixture->input.files[group], g_bytes_unref);
}

static void
import (Fixture *fixture, GBytes *file)
{
  const KouanTrustPlan plan = { .now_s = NOW_S };
  g_autoptr (GError) error = NULL;
  g_auto (KouanTrustImport) result = { 0 };
  gboolean done = kouan_trust_list_import (fixture->list, file, &plan, &result, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

static void
trust (Fixture *fixture)
{
  import (fixture, kouan_test_issuer_get_authority (fixture->issuer));
}

static void
authenticate (Fixture *fixture, guint faults)
{
  g_clear_pointer (&fixture->input.sod, g_bytes_unref);
  fixture->input.sod = kouan_test_issuer_make_sod (fixture->issuer, fixture->input.files, faults);
  kouan_passive_report_clear (&fixture->report);
  kouan_checks_unref (fixture->checks);
  fixture->checks = kouan_checks_new ();
  kouan_passive_authenticate (&fixture->input, fixture->list, fixture->checks, &fixture->report);
}

static void
assert_result (Fixture *fixture, const char *id, KouanResult result)
{
  const KouanCheck *check = kouan_checks_get (fixture->checks, id, KOUAN_SOURCE_ELECTRONIC);

  g_assert_nonnull (check);
  if (check->result != result)
    g_error ("%s: %s, not %s", id, kouan_result_id (check->result), kouan_result_id (result));
}

static void
test_sound (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const KouanSource electronic = KOUAN_SOURCE_ELECTRONIC;

  trust (fixture);
  authenticate (fixture, KOUAN_TEST_ISSUER_SOUND);
  assert_result (fixture, KOUAN_CHECK_PA_SOD, KOUAN_RESULT_SUCCESSFUL);
  assert_result (fixture, KOUAN_CHECK_PA_SIGNATURE, KOUAN_RESULT_SUCCESSFUL);
  assert_result (fixture, KOUAN_CHECK_PA_ALGORITHM, KOUAN_RESULT_SUCCESSFUL);
  assert_result (fixture, "pa.hash.dg1", KOUAN_RESULT_SUCCESSFUL);
  assert_result (fixture, "pa.hash.dg2", KOUAN_RESULT_SUCCESSFUL);
  assert_result (fixture, KOUAN_CHECK_PA_CHAIN, KOUAN_RESULT_SUCCESSFUL);
  assert_result (fixture, KOUAN_CHECK_PA_COUNTRY, KOUAN_RESULT_SUCCESSFUL);
  assert_result (fixture, KOUAN_CHECK_PA_VALIDITY, KOUAN_RESULT_SUCCESSFUL);
  assert_result (fixture, KOUAN_CHECK_PA_REVOCATION, KOUAN_RESULT_NOT_SUPPORTED);
  g_assert_cmpint (kouan_checks_summary (fixture->checks, &electronic), ==,
                   KOUAN_RESULT_SUCCESSFUL);
  g_assert_cmpstr (fixture->report.country, ==, "UT");
  g_assert_cmpstr (fixture->report.serial, ==, "1267");
  g_assert_nonnull (strstr (fixture->report.authority, "Country Signing Authority"));
  g_assert_false (fixture->report.misnamed);
}

static void
test_malformed (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const guint faults[] = { KOUAN_TEST_ISSUER_CONTENT_TYPE,  KOUAN_TEST_ISSUER_VERSION_1,
                                  KOUAN_TEST_ISSUER_VERSION_4,     KOUAN_TEST_ISSUER_LDS_2,
                                  KOUAN_TEST_ISSUER_TRAILING_BYTE, KOUAN_TEST_ISSUER_OUTER_TYPE,
                                  KOUAN_TEST_ISSUER_NO_ATTRIBUTES };

  trust (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      authenticate (fixture, faults[i]);
      assert_result (fixture, KOUAN_CHECK_PA_SOD, KOUAN_RESULT_FAILED);
      assert_result (fixture, KOUAN_CHECK_PA_SIGNATURE, KOUAN_RESULT_ABORTED);
      assert_result (fixture, KOUAN_CHECK_PA_CHAIN, KOUAN_RESULT_ABORTED);
      assert_result (fixture, "pa.hash.dg1", KOUAN_RESULT_ABORTED);
      g_assert_nonnull (fixture->report.trouble);
    }
}

static void
test_altered (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  trust (fixture);
  authenticate (fixture, KOUAN_TEST_ISSUER_SIGNATURE_ALTERED);
  assert_result (fixture, KOUAN_CHECK_PA_SIGNATURE, KOUAN_RESULT_FAILED);
  assert_result (fixture, KOUAN_CHECK_PA_CHAIN, KOUAN_RESULT_SUCCESSFUL);
  authenticate (fixture, KOUAN_TEST_ISSUER_CONTENT_ALTERED);
  assert_result (fixture, KOUAN_CHECK_PA_SIGNATURE, KOUAN_RESULT_FAILED);
}

/* Another person's data under a sound signature; and a group that nobody signed. */
static void
test_groups (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  trust (fixture);
  authenticate (fixture, KOUAN_TEST_ISSUER_SOUND);
  g_bytes_unref (fixture->input.files[2]);
  fixture->input.files[2] = g_bytes_new_static ("\x75\x02\x04\x00", 4);
  fixture->input.files[11] = g_bytes_new_static ("\x6b\x00", 2);
  kouan_passive_report_clear (&fixture->report);
  kouan_passive_authenticate (&fixture->input, fixture->list, fixture->checks, &fixture->report);
  assert_result (fixture, KOUAN_CHECK_PA_SIGNATURE, KOUAN_RESULT_SUCCESSFUL);
  assert_result (fixture, "pa.hash.dg1", KOUAN_RESULT_SUCCESSFUL);
  assert_result (fixture, "pa.hash.dg2", KOUAN_RESULT_FAILED);
  assert_result (fixture, "pa.hash.dg11", KOUAN_RESULT_FAILED);
}

/* No list, a list without this country, and one with an authority that only bears the name. */
static void
test_chain (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestIssuer) namesake = kouan_test_issuer_new (NULL);
  g_autoptr (GPtrArray) foreign = kouan_test_issuer_make_authorities (2);

  authenticate (fixture, KOUAN_TEST_ISSUER_SOUND);
  assert_result (fixture, KOUAN_CHECK_PA_CHAIN, KOUAN_RESULT_UNDETERMINED);
  import (fixture, foreign->pdata[0]);
  authenticate (fixture, KOUAN_TEST_ISSUER_SOUND);
  assert_result (fixture, KOUAN_CHECK_PA_CHAIN, KOUAN_RESULT_UNDETERMINED);
  import (fixture, kouan_test_issuer_get_authority (namesake));
  authenticate (fixture, KOUAN_TEST_ISSUER_SOUND);
  assert_result (fixture, KOUAN_CHECK_PA_CHAIN, KOUAN_RESULT_FAILED);
  g_assert_null (fixture->report.authority);
  trust (fixture); /* beside its namesake */
  authenticate (fixture, KOUAN_TEST_ISSUER_SOUND);
  assert_result (fixture, KOUAN_CHECK_PA_CHAIN, KOUAN_RESULT_SUCCESSFUL);
  kouan_passive_report_clear (&fixture->report);
  kouan_passive_authenticate (&fixture->input, NULL, fixture->checks, &fixture->report);
  assert_result (fixture, KOUAN_CHECK_PA_CHAIN, KOUAN_RESULT_NOT_SUPPORTED);
}

static void
test_signer (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  trust (fixture);
  authenticate (fixture, KOUAN_TEST_ISSUER_MISNAMED);
  assert_result (fixture, KOUAN_CHECK_PA_SIGNATURE, KOUAN_RESULT_SUCCESSFUL);
  assert_result (fixture, KOUAN_CHECK_PA_CHAIN, KOUAN_RESULT_SUCCESSFUL);
  g_assert_true (fixture->report.misnamed);
  authenticate (fixture, KOUAN_TEST_ISSUER_NO_CERTIFICATE);
  assert_result (fixture, KOUAN_CHECK_PA_SIGNATURE, KOUAN_RESULT_UNDETERMINED);
  assert_result (fixture, KOUAN_CHECK_PA_CHAIN, KOUAN_RESULT_UNDETERMINED);
  assert_result (fixture, KOUAN_CHECK_PA_COUNTRY, KOUAN_RESULT_UNDETERMINED);
}

static void
test_country (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  trust (fixture);
  fixture->input.issuer = "CHN";
  authenticate (fixture, KOUAN_TEST_ISSUER_SOUND);
  assert_result (fixture, KOUAN_CHECK_PA_COUNTRY, KOUAN_RESULT_FAILED);
  fixture->input.issuer = NULL;
  authenticate (fixture, KOUAN_TEST_ISSUER_SOUND);
  assert_result (fixture, KOUAN_CHECK_PA_COUNTRY, KOUAN_RESULT_UNDETERMINED);
}

static void
test_country_codes (void)
{
  static const struct
  {
    const char *signer;
    const char *issuer;
    KouanIssuerFit fit;
  } pairs[] = {
    { "DE", "D", KOUAN_ISSUER_FITS },    { "DE", "DEU", KOUAN_ISSUER_FITS },
    { "CN", "CHN", KOUAN_ISSUER_FITS },  { "HK", "CHN", KOUAN_ISSUER_FITS },
    { "MO", "CHN", KOUAN_ISSUER_FITS },  { "HK", "HKG", KOUAN_ISSUER_FITS },
    { "GB", "GBO", KOUAN_ISSUER_FITS },  { "KS", "RKS", KOUAN_ISSUER_FITS },
    { "UN", "UNO", KOUAN_ISSUER_FITS },  { "ZW", "ZWE", KOUAN_ISSUER_FITS },
    { "AD", "AND", KOUAN_ISSUER_FITS },  { "TW", "CHN", KOUAN_ISSUER_OTHER },
    { "DE", "FRA", KOUAN_ISSUER_OTHER }, { "DE", "", KOUAN_ISSUER_OTHER },
    { "DE", "DE", KOUAN_ISSUER_OTHER },  { "QQ", "DEU", KOUAN_ISSUER_UNKNOWN },
    { "", "DEU", KOUAN_ISSUER_UNKNOWN }, { "D ", "DEU", KOUAN_ISSUER_UNKNOWN },
    { "EU", "DEU", KOUAN_ISSUER_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_assert_cmpint (kouan_country_signs_for (pairs[i].signer, pairs[i].issuer), ==, pairs[i].fit);
}

static void
test_validity (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GDate before, within;

  g_date_set_dmy (&before, 31, G_DATE_DECEMBER, 2018);
  g_date_set_dmy (&within, 1, G_DATE_JUNE, 2021);
  trust (fixture);
  fixture->input.issued = &before;
  authenticate (fixture, KOUAN_TEST_ISSUER_SOUND);
  assert_result (fixture, KOUAN_CHECK_PA_VALIDITY, KOUAN_RESULT_FAILED);
  fixture->input.issued = &within;
  authenticate (fixture, KOUAN_TEST_ISSUER_SOUND);
  assert_result (fixture, KOUAN_CHECK_PA_VALIDITY, KOUAN_RESULT_SUCCESSFUL);
}

/* A signer that had ended when it signed. */
static void
test_signed_late (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  trust (fixture);
  authenticate (fixture, KOUAN_TEST_ISSUER_SOUND);
  assert_result (fixture, KOUAN_CHECK_PA_VALIDITY, KOUAN_RESULT_FAILED);
  assert_result (fixture, KOUAN_CHECK_PA_SIGNATURE, KOUAN_RESULT_SUCCESSFUL);
  g_assert_cmpint (fixture->report.signed_s, ==, THEN_S);
}

static void
test_revocation (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) clear
    = kouan_test_issuer_make_revocations (fixture->issuer, NOW_S - 9 * DAY_S, NOW_S + DAY_S, FALSE);
  g_autoptr (GBytes) outdated
    = kouan_test_issuer_make_revocations (fixture->issuer, NOW_S - 8 * DAY_S, NOW_S - DAY_S, FALSE);
  g_autoptr (GBytes) accusing
    = kouan_test_issuer_make_revocations (fixture->issuer, NOW_S - 7 * DAY_S, NOW_S - DAY_S, TRUE);

  trust (fixture);
  import (fixture, clear);
  authenticate (fixture, KOUAN_TEST_ISSUER_SOUND);
  assert_result (fixture, KOUAN_CHECK_PA_REVOCATION, KOUAN_RESULT_SUCCESSFUL);
  import (fixture, outdated);
  authenticate (fixture, KOUAN_TEST_ISSUER_SOUND);
  assert_result (fixture, KOUAN_CHECK_PA_REVOCATION, KOUAN_RESULT_UNDETERMINED);
  import (fixture, accusing);
  authenticate (fixture, KOUAN_TEST_ISSUER_SOUND);
  assert_result (fixture, KOUAN_CHECK_PA_REVOCATION, KOUAN_RESULT_FAILED);
}

static void
test_strength (Fixture *fixture, gconstpointer data)
{
  const KouanTestIssuerOptions *options = data;
  gboolean md5 = g_str_equal (options->digest, "MD5");

  trust (fixture);
  authenticate (fixture, KOUAN_TEST_ISSUER_SOUND);
  assert_result (fixture, KOUAN_CHECK_PA_ALGORITHM,
                 md5 ? KOUAN_RESULT_FAILED : KOUAN_RESULT_UNDETERMINED);
}

static void
test_nothing_read (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_passive_authenticate (&fixture->input, fixture->list, fixture->checks, &fixture->report);
  assert_result (fixture, KOUAN_CHECK_PA_SOD, KOUAN_RESULT_NOT_SUPPORTED);
  assert_result (fixture, KOUAN_CHECK_PA_CHAIN, KOUAN_RESULT_NOT_SUPPORTED);
  g_assert_null (kouan_checks_get (fixture->checks, "pa.hash.dg1", KOUAN_SOURCE_ELECTRONIC));
}

static const KouanTestIssuerOptions plain;
static const KouanTestIssuerOptions written_out
  = { .curve = "brainpoolP256r1", .written_out = TRUE, .country = "ut" };
static const KouanTestIssuerOptions rsa = { .curve = "RSA", .signed_s = THEN_S };
static const KouanTestIssuerOptions ended
  = { .signed_s = THEN_S, .not_after_s = THEN_S - 30 * DAY_S };
static const KouanTestIssuerOptions sha1 = { .digest = "SHA1" };
static const KouanTestIssuerOptions md5 = { .curve = "RSA", .digest = "MD5" };

#define add(name, options, test)                                                                   \
  g_test_add ("/trust/passive/" name, Fixture, options, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("sound/plain", &plain, test_sound);
  add ("sound/written-out", &written_out, test_sound);
  add ("sound/rsa", &rsa, test_sound);
  add ("malformed", &plain, test_malformed);
  add ("altered", &plain, test_altered);
  add ("groups", &plain, test_groups);
  add ("chain", &plain, test_chain);
  add ("signer", &plain, test_signer);
  add ("country", &plain, test_country);
  add ("validity", &plain, test_validity);
  add ("signed-late", &ended, test_signed_late);
  add ("revocation", &plain, test_revocation);
  add ("strength/sha1", &sha1, test_strength);
  add ("strength/md5", &md5, test_strength);
  add ("nothing-read", &plain, test_nothing_read);
  g_test_add_func ("/trust/passive/country-codes", test_country_codes);
  return g_test_run ();
}
