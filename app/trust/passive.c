/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-trust"

#include "app/trust/passive.h"

#include "app/trust/country-code.h"

#include <string.h>

/* Passive authentication (Doc 9303-11 §5.1, Doc 9303-12): is what the chip said what a country
 * signed? Seven questions, each with its own answer:
 *
 *   pa.sod         EF.SOD is what the book says it is
 *   pa.signature   its signature fits the certificate in it
 *   pa.algorithm   the algorithms are ones that somebody could rely on when it was signed
 *   pa.hash.dgN    data group N, as read, has the digest that was signed
 *   pa.chain       an authority in the trust list issued the signer
 *   pa.country     the signer is of the country that issued the document
 *   pa.validity    signer and authority were valid when the document was signed
 *   pa.revocation  the authority has not taken the signer back
 *
 * It fails where something is wrong, and is undetermined where something is not known: an authority
 * that is not in the list says nothing about the document. */

#define DAY_S (24 * 60 * 60)

typedef struct
{
  const KouanPassiveInput *input;
  KouanTrustList *list;
  KouanChecks *checks;
  KouanPassiveReport *report;
  KouanSod *sod;
  KouanCertificate *signer;    /* (nullable) */
  KouanCertificate *authority; /* (nullable) */
} Work;

void
kouan_passive_report_clear (KouanPassiveReport *report)
{
  g_clear_pointer (&report->trouble, g_free);
  g_clear_pointer (&report->signer, g_free);
  g_clear_pointer (&report->serial, g_free);
  g_clear_pointer (&report->issuer, g_free);
  g_clear_pointer (&report->country, g_free);
  g_clear_pointer (&report->authority, g_free);
}

static void
answer (Work *work, const char *id, KouanResult result)
{
  kouan_checks_set (work->checks, id, KOUAN_SOURCE_ELECTRONIC, result);
}

static void
answer_all (Work *work, KouanResult result)
{
  static const char *const ids[]
    = { KOUAN_CHECK_PA_SIGNATURE, KOUAN_CHECK_PA_ALGORITHM, KOUAN_CHECK_PA_CHAIN,
        KOUAN_CHECK_PA_COUNTRY,   KOUAN_CHECK_PA_VALIDITY,  KOUAN_CHECK_PA_REVOCATION };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    answer (work, ids[i], result);
}

static void
check_signature (Work *work)
{
  KouanSignedData *message = kouan_sod_get_signed_data (work->sod);
  g_autoptr (GError) error = NULL;

  if (kouan_signed_data_verify (message, &error))
    answer (work, KOUAN_CHECK_PA_SIGNATURE, KOUAN_RESULT_SUCCESSFUL);
  else
    answer (work, KOUAN_CHECK_PA_SIGNATURE,
            error->code == KOUAN_CRYPTO_ERROR_FORGED ? KOUAN_RESULT_FAILED
                                                     : KOUAN_RESULT_UNDETERMINED);
}

static KouanResult
result_of_strength (KouanStrength strength)
{
  switch (strength)
    {
    case KOUAN_STRENGTH_GOOD:
      return KOUAN_RESULT_SUCCESSFUL;
    case KOUAN_STRENGTH_WEAK:
      return KOUAN_RESULT_UNDETERMINED;
    case KOUAN_STRENGTH_REFUSED:
    default:
      return KOUAN_RESULT_FAILED;
    }
}

/* The weakest of: the digests, the signature over them, the signature over its signer. */
static void
check_algorithm (Work *work)
{
  KouanStrength worst = kouan_signed_data_get_strength (kouan_sod_get_signed_data (work->sod));

  if (kouan_sod_get_hash (work->sod) == KOUAN_HASH_SHA1)
    worst = MAX (worst, KOUAN_STRENGTH_WEAK);
  if (work->signer != NULL)
    worst = MAX (worst, kouan_certificate_get_strength (work->signer));
  answer (work, KOUAN_CHECK_PA_ALGORITHM, result_of_strength (worst));
}

/* A group that was read and is not signed fails; one that is signed and was not read is no matter
 * of this check. */
static void
check_groups (Work *work)
{
  for (guint group = 1; group <= KOUAN_LDS_GROUPS; group++)
    {
      g_autofree char *id = NULL;
      GBytes *file = work->input->files[group];

      if (file == NULL)
        continue;
      id = g_strdup_printf (KOUAN_CHECK_PA_HASH "%u", group);
      answer (work, id,
              work->sod == NULL                               ? KOUAN_RESULT_ABORTED
              : kouan_sod_group_fits (work->sod, group, file) ? KOUAN_RESULT_SUCCESSFUL
                                                              : KOUAN_RESULT_FAILED);
    }
}

static KouanResult
result_of_issued (KouanIssued issued)
{
  switch (issued)
    {
    case KOUAN_ISSUED_FITS:
      return KOUAN_RESULT_SUCCESSFUL;
    case KOUAN_ISSUED_UNKNOWN:
      return KOUAN_RESULT_UNDETERMINED;
    case KOUAN_ISSUED_FORGED:
    case KOUAN_ISSUED_UNFIT:
    default:
      return KOUAN_RESULT_FAILED;
    }
}

static void
check_chain (Work *work)
{
  g_autoptr (GPtrArray) candidates = NULL;
  const char *why = NULL;
  KouanIssued issued;

  if (work->list == NULL || work->signer == NULL)
    {
      answer (work, KOUAN_CHECK_PA_CHAIN,
              work->list == NULL ? KOUAN_RESULT_NOT_SUPPORTED : KOUAN_RESULT_UNDETERMINED);
      return;
    }
  candidates = kouan_trust_list_find_issuers (work->list, work->signer);
  issued = kouan_certificate_find_issuer (work->signer, candidates, &work->authority, &why);
  answer (work, KOUAN_CHECK_PA_CHAIN, result_of_issued (issued));
  if (issued != KOUAN_ISSUED_FITS)
    g_clear_pointer (&work->authority, kouan_certificate_unref);
  else
    work->report->authority = g_strdup (kouan_certificate_get_subject (work->authority));
  if (issued == KOUAN_ISSUED_UNFIT)
    work->report->trouble = g_strdup (why);
}

static void
check_country (Work *work)
{
  KouanIssuerFit fit;

  if (work->signer == NULL || work->input->issuer == NULL)
    {
      answer (work, KOUAN_CHECK_PA_COUNTRY, KOUAN_RESULT_UNDETERMINED);
      return;
    }
  fit = kouan_country_signs_for (kouan_certificate_get_country (work->signer), work->input->issuer);
  answer (work, KOUAN_CHECK_PA_COUNTRY,
          fit == KOUAN_ISSUER_FITS    ? KOUAN_RESULT_SUCCESSFUL
          : fit == KOUAN_ISSUER_OTHER ? KOUAN_RESULT_FAILED
                                      : KOUAN_RESULT_UNDETERMINED);
}

/* When the document was signed: the day that the caller knows, else what EF.SOD says; 0: unknown.
 * Of a day its noon is taken, so that zones of time do not matter at the ends of a validity. */
static gint64
signing_moment_s (Work *work)
{
  if (work->input->issued != NULL)
    {
      g_autoptr (GDateTime) noon = g_date_time_new_utc (
        g_date_get_year (work->input->issued), (int)g_date_get_month (work->input->issued),
        g_date_get_day (work->input->issued), 12, 0, 0);

      return g_date_time_to_unix (noon);
    }
  return kouan_signed_data_get_signed_s (kouan_sod_get_signed_data (work->sod));
}

static gboolean
was_valid (KouanCertificate *certificate, gint64 moment_s)
{
  return moment_s >= kouan_certificate_get_not_before_s (certificate) - DAY_S
         && moment_s <= kouan_certificate_get_not_after_s (certificate) + DAY_S;
}

/* Where nobody says when it was signed, only a signer that is valid today is certain to have been:
 * signers stop signing long before their certificates end, and documents outlive them. */
static void
check_validity (Work *work)
{
  gint64 moment_s = signing_moment_s (work);
  gboolean known = moment_s != 0;
  gboolean valid;

  if (work->signer == NULL)
    {
      answer (work, KOUAN_CHECK_PA_VALIDITY, KOUAN_RESULT_UNDETERMINED);
      return;
    }
  moment_s = known ? moment_s : work->input->now_s;
  valid = was_valid (work->signer, moment_s)
          && (work->authority == NULL || was_valid (work->authority, moment_s));
  answer (work, KOUAN_CHECK_PA_VALIDITY,
          valid   ? KOUAN_RESULT_SUCCESSFUL
          : known ? KOUAN_RESULT_FAILED
                  : KOUAN_RESULT_UNDETERMINED);
}

/* A list that should have been replaced by now clears nobody, and still accuses. */
static void
check_revocation (Work *work)
{
  KouanRevocations *revocations
    = work->authority != NULL ? kouan_trust_list_find_revocations (work->list, work->authority)
                              : NULL;
  gint64 next_s;

  if (revocations == NULL)
    {
      answer (work, KOUAN_CHECK_PA_REVOCATION, KOUAN_RESULT_NOT_SUPPORTED);
      return;
    }
  next_s = kouan_revocations_get_next_s (revocations);
  answer (work, KOUAN_CHECK_PA_REVOCATION,
          kouan_revocations_contain (revocations, work->signer) ? KOUAN_RESULT_FAILED
          : next_s != 0 && next_s < work->input->now_s          ? KOUAN_RESULT_UNDETERMINED
                                                                : KOUAN_RESULT_SUCCESSFUL);
}

static void
report_signer (Work *work)
{
  KouanSignedData *message = kouan_sod_get_signed_data (work->sod);
  KouanPassiveReport *report = work->report;

  report->misnamed = kouan_signed_data_signer_was_misnamed (message);
  report->signed_s = kouan_signed_data_get_signed_s (message);
  if (work->signer == NULL)
    return;
  report->signer = g_strdup (kouan_certificate_get_subject (work->signer));
  report->serial = g_strdup (kouan_certificate_get_serial (work->signer));
  report->issuer = g_strdup (kouan_certificate_get_issuer (work->signer));
  report->country = g_strdup (kouan_certificate_get_country (work->signer));
  report->not_before_s = kouan_certificate_get_not_before_s (work->signer);
  report->not_after_s = kouan_certificate_get_not_after_s (work->signer);
}

static void
check_sod (Work *work)
{
  work->signer = kouan_signed_data_get_signer (kouan_sod_get_signed_data (work->sod));
  answer (work, KOUAN_CHECK_PA_SOD, KOUAN_RESULT_SUCCESSFUL);
  report_signer (work);
  check_signature (work);
  check_algorithm (work);
  check_chain (work);
  check_country (work);
  check_validity (work);
  check_revocation (work);
  g_clear_pointer (&work->authority, kouan_certificate_unref);
}

/* A chip without EF.SOD cannot be checked; one with an EF.SOD that is none is wrong, and what would
 * have followed did not happen. */
static void
give_up (Work *work, GError *error)
{
  answer (work, KOUAN_CHECK_PA_SOD,
          error == NULL                                  ? KOUAN_RESULT_NOT_SUPPORTED
          : error->code == KOUAN_LDS_ERROR_NOT_SUPPORTED ? KOUAN_RESULT_UNDETERMINED
                                                         : KOUAN_RESULT_FAILED);
  answer_all (work, error == NULL ? KOUAN_RESULT_NOT_SUPPORTED : KOUAN_RESULT_ABORTED);
  if (error != NULL)
    work->report->trouble = g_strdup (error->message);
}

/**
 * kouan_passive_authenticate:
 * @list: (nullable): without one there is no answer about the chain
 * @checks: gets every check named KOUAN_CHECK_PA_*, as electronic
 * @report: (out): to be cleared by the caller
 */
void
kouan_passive_authenticate (const KouanPassiveInput *input,
                            KouanTrustList *list,
                            KouanChecks *checks,
                            KouanPassiveReport *report)
{
  Work work = { .input = input, .list = list, .checks = checks, .report = report };
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanSod) sod = NULL;

  g_return_if_fail (input != NULL && checks != NULL && report != NULL);

  *report = (KouanPassiveReport){ 0 };
  report->list_signed_s = list != NULL ? kouan_trust_list_get_signed_s (list) : 0;
  if (input->sod != NULL)
    sod = kouan_sod_parse (g_bytes_get_data (input->sod, NULL), g_bytes_get_size (input->sod),
                           &error);
  work.sod = sod;
  if (sod != NULL)
    check_sod (&work);
  else
    give_up (&work, error);
  if (input->sod != NULL)
    check_groups (&work);
}
