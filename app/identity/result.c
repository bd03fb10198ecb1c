/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-identity"

#include "app/identity/result.h"

#include "app/identity/country.h"
#include "app/language/language.h"

#include <string.h>

/* What was checked on a document, and what came of it: never one verdict, but one result for each
 * check and each way of looking (BSI TR-03135 part 1, ICAO Doc 9303-2 appendix C). The kiosk
 * reports; people decide. */

struct _KouanChecks
{
  gatomicrefcount refs;
  GArray *checks; /* of KouanCheck */
};

KouanChecks *
kouan_checks_new (void)
{
  KouanChecks *self = g_new0 (KouanChecks, 1);

  g_atomic_ref_count_init (&self->refs);
  self->checks = g_array_new (FALSE, FALSE, sizeof (KouanCheck));
  return self;
}

KouanChecks *
kouan_checks_ref (KouanChecks *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kouan_checks_unref (KouanChecks *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->checks);
  g_free (self);
}

static KouanCheck *
find (KouanChecks *self, const char *id, KouanSource source)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      KouanCheck *check = &g_array_index (self->checks, KouanCheck, i);

      if (check->source == source && g_str_equal (check->id, id))
        return check;
    }
  return NULL;
}

/* A check that is there already gets the new result and keeps its place. */
void
kouan_checks_set (KouanChecks *self, const char *id, KouanSource source, KouanResult result)
{
  KouanCheck check = { g_intern_string (id), source, result };
  KouanCheck *known;

  g_return_if_fail (self != NULL && id != NULL);

  known = find (self, id, source);
  if (known != NULL)
    known->result = result;
  else
    g_array_append_val (self->checks, check);
}

/* kouan_checks_set() with each of @others. */
void
kouan_checks_set_all (KouanChecks *self, KouanChecks *others)
{
  g_return_if_fail (self != NULL && others != NULL && self != others);

  for (guint i = 0; i < others->checks->len; i++)
    {
      const KouanCheck *check = &g_array_index (others->checks, KouanCheck, i);

      kouan_checks_set (self, check->id, check->source, check->result);
    }
}

const KouanCheck *
kouan_checks_get (KouanChecks *self, const char *id, KouanSource source)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  return find (self, id, source);
}

guint
kouan_checks_get_count (KouanChecks *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->checks->len;
}

const KouanCheck *
kouan_checks_get_nth (KouanChecks *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->checks->len, NULL);

  return &g_array_index (self->checks, KouanCheck, index);
}

/* TR-03135's order: one failure fails the whole, one doubt makes it doubtful. */
static guint
weight (KouanResult result)
{
  static const guint weights[] = {
    [KOUAN_RESULT_SUCCESSFUL] = 1,    [KOUAN_RESULT_FAILED] = 4,  [KOUAN_RESULT_UNDETERMINED] = 2,
    [KOUAN_RESULT_NOT_SUPPORTED] = 0, [KOUAN_RESULT_ABORTED] = 3,
  };

  return weights[result];
}

/**
 * kouan_checks_summary:
 * @source: (nullable): only checks of this way of looking; %NULL for all of them
 *
 * Returns: the gravest result: failed, then aborted, undetermined, successful; not supported if
 * nothing was checked. It chooses a colour and a next step, and is no decision.
 */
KouanResult
kouan_checks_summary (KouanChecks *self, const KouanSource *source)
{
  KouanResult summary = KOUAN_RESULT_NOT_SUPPORTED;

  g_return_val_if_fail (self != NULL, KOUAN_RESULT_NOT_SUPPORTED);

  for (guint i = 0; i < self->checks->len; i++)
    {
      const KouanCheck *check = &g_array_index (self->checks, KouanCheck, i);

      if ((source == NULL || check->source == *source) && weight (check->result) > weight (summary))
        summary = check->result;
    }
  return summary;
}

static KouanResult
country_result (const KouanMrz *mrz)
{
  return kouan_country_find (mrz->issuer) != NULL && kouan_country_find (mrz->nationality) != NULL
           ? KOUAN_RESULT_SUCCESSFUL
           : KOUAN_RESULT_UNDETERMINED;
}

/* A document is valid on the day of its expiry. A date with a part unknown leaves it open. */
static KouanResult
expiry_result (const KouanMrz *mrz, const GDate *today)
{
  GDate day;

  if (!kouan_mrz_date_to_gdate (&mrz->expiry, &day))
    return KOUAN_RESULT_UNDETERMINED;
  return g_date_compare (&day, today) >= 0 ? KOUAN_RESULT_SUCCESSFUL : KOUAN_RESULT_FAILED;
}

/* Returns: what the check of this check digit is called */
const char *
kouan_checks_id_of_digit (KouanMrzCheckDigit check)
{
  static const char *const ids[KOUAN_MRZ_N_CHECKS] = {
    [KOUAN_MRZ_CHECK_DOCUMENT_NUMBER] = KOUAN_CHECK_MRZ_DOCUMENT_NUMBER,
    [KOUAN_MRZ_CHECK_BIRTH] = KOUAN_CHECK_MRZ_BIRTH,
    [KOUAN_MRZ_CHECK_EXPIRY] = KOUAN_CHECK_MRZ_EXPIRY,
    [KOUAN_MRZ_CHECK_OPTIONAL] = KOUAN_CHECK_MRZ_OPTIONAL,
    [KOUAN_MRZ_CHECK_COMPOSITE] = KOUAN_CHECK_MRZ_COMPOSITE,
  };

  g_return_val_if_fail (check < KOUAN_MRZ_N_CHECKS, NULL);
  return ids[check];
}

/**
 * kouan_checks_new_for_mrz:
 * @source: how the zone was read
 *
 * Returns: (transfer full): what the zone alone tells: its check digits, its codes, and its expiry.
 * The caller adds what it knows beside, as KOUAN_CHECK_BIND.
 */
KouanChecks *
kouan_checks_new_for_mrz (const KouanMrz *mrz, KouanSource source, const GDate *today)
{
  KouanChecks *self = kouan_checks_new ();

  g_return_val_if_fail (mrz != NULL && today != NULL, self);

  for (guint i = 0; i < KOUAN_MRZ_N_CHECKS; i++)
    kouan_checks_set (self, kouan_checks_id_of_digit (i), source,
                      !mrz->checks[i].present ? KOUAN_RESULT_NOT_SUPPORTED
                      : mrz->checks[i].fits   ? KOUAN_RESULT_SUCCESSFUL
                                              : KOUAN_RESULT_FAILED);
  kouan_checks_set (self, KOUAN_CHECK_MRZ_COUNTRY, source, country_result (mrz));
  kouan_checks_set (self, KOUAN_CHECK_EXPIRY, source, expiry_result (mrz, today));
  return self;
}

const char *
kouan_result_id (KouanResult result)
{
  static const char *const ids[]
    = { "successful", "failed", "undetermined", "not-supported", "aborted" };

  g_return_val_if_fail (result < G_N_ELEMENTS (ids), NULL);
  return ids[result];
}

const char *
kouan_result_symbol (KouanResult result)
{
  static const char *const symbols[] = { "✓", "✗", "?", "–", "⊘" };

  g_return_val_if_fail (result < G_N_ELEMENTS (symbols), NULL);
  return symbols[result];
}

const char *
kouan_result_text (KouanResult result)
{
  static const char *const texts[]
    = { N_ ("Fits"), N_ ("Does not fit"), N_ ("Not certain"), N_ ("Not checked"), N_ ("Stopped") };

  g_return_val_if_fail (result < G_N_ELEMENTS (texts), NULL);
  return _ (texts[result]);
}

const char *
kouan_source_id (KouanSource source)
{
  static const char *const ids[] = { "typed", "optical", "electronic", "combined" };

  g_return_val_if_fail (source < G_N_ELEMENTS (ids), NULL);
  return ids[source];
}

/* @id: (nullable). Returns: FALSE, @result untouched, if nothing has this id */
gboolean
kouan_result_from_id (const char *id, KouanResult *result)
{
  for (KouanResult i = KOUAN_RESULT_SUCCESSFUL; i <= KOUAN_RESULT_ABORTED; i++)
    if (g_strcmp0 (kouan_result_id (i), id) == 0)
      {
        *result = i;
        return TRUE;
      }
  return FALSE;
}

/* @id: (nullable). Returns: FALSE, @source untouched, if nothing has this id */
gboolean
kouan_source_from_id (const char *id, KouanSource *source)
{
  for (KouanSource i = KOUAN_SOURCE_TYPED; i <= KOUAN_SOURCE_COMBINED; i++)
    if (g_strcmp0 (kouan_source_id (i), id) == 0)
      {
        *source = i;
        return TRUE;
      }
  return FALSE;
}

/* Returns: (transfer none): what was checked, in the language of the screen; the id itself if it
 * has no text */
const char *
kouan_check_text (const char *id)
{
  static const struct
  {
    const char *id;
    const char *text;
  } texts[] = {
    { KOUAN_CHECK_MRZ_DOCUMENT_NUMBER, N_ ("Check digit of the document number") },
    { KOUAN_CHECK_MRZ_BIRTH, N_ ("Check digit of the date of birth") },
    { KOUAN_CHECK_MRZ_EXPIRY, N_ ("Check digit of the date of expiry") },
    { KOUAN_CHECK_MRZ_OPTIONAL, N_ ("Check digit of the personal number") },
    { KOUAN_CHECK_MRZ_COMPOSITE, N_ ("Check digit of the whole") },
    { KOUAN_CHECK_MRZ_COUNTRY, N_ ("Country codes") },
    { KOUAN_CHECK_EXPIRY, N_ ("Not expired") },
    { KOUAN_CHECK_CHIP_ACCESS, N_ ("The chip opened to this document") },
    { KOUAN_CHECK_CHIP_CARD_ACCESS, N_ ("What the chip offers is what it signed") },
    { KOUAN_CHECK_CHIP_AUTHENTICATION, N_ ("The chip has its own key") },
    { KOUAN_CHECK_CHIP_ACTIVE_AUTHENTICATION, N_ ("The chip signs with its own key") },
    { KOUAN_CHECK_CHIP_MRZ, N_ ("Page and chip say the same") },
    { KOUAN_CHECK_BIND, N_ ("Belongs to the appointment") },
    { KOUAN_CHECK_FACE_MATCH, N_ ("The chip shows this person") },
    { KOUAN_CHECK_FACE_QUALITY, N_ ("The picture is as receivers want it") },
    { KOUAN_CHECK_PA_SOD, N_ ("The chip holds a signature") },
    { KOUAN_CHECK_PA_SIGNATURE, N_ ("Signature of the chip's data") },
    { KOUAN_CHECK_PA_ALGORITHM, N_ ("Strength of the signature") },
    { KOUAN_CHECK_PA_CHAIN, N_ ("Signed by a known passport authority") },
    { KOUAN_CHECK_PA_COUNTRY, N_ ("Signed by the country that issued it") },
    { KOUAN_CHECK_PA_VALIDITY, N_ ("The signer was allowed to sign then") },
    { KOUAN_CHECK_PA_REVOCATION, N_ ("The signer was not withdrawn") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (texts[i].id, id) == 0)
      return _ (texts[i].text);
  if (id != NULL && g_str_has_prefix (id, KOUAN_CHECK_PA_HASH))
    return _ ("Data on the chip as it was signed");
  return id;
}
