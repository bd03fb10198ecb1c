/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-trust"

#include "app/trust/import.h"

#include "app/trust/master-list.h"
#include "app/trust/trust-list-private.h"

#include <string.h>

/* What comes into a trust list, and by whose word.
 *
 * A master list is signed by a certificate that it carries, so its signature alone says that the
 * list is whole and not whose it is. Who vouches for the signer is an authority whose fingerprint a
 * person has compared, or one that is in the trust list already. Only the very first list may vouch
 * for itself, because there has to be a first one; the result says so, and the fingerprint can be
 * compared afterwards.
 *
 * A list takes the place of the former one of the same country: what only that one had goes. One
 * that was signed earlier is refused, because whoever took an authority out had a reason; a person
 * can give another, and it is kept beside the list.
 *
 * Everything is checked before the first change: a call that fails has changed nothing. */

typedef struct
{
  KouanTrustList *list;
  const KouanTrustPlan *plan;
  KouanTrustImport *import;
} Work;

void
kouan_trust_import_clear (KouanTrustImport *import)
{
  g_clear_pointer (&import->signer, g_free);
}

const char *
kouan_trust_kind_id (KouanTrustKind kind)
{
  static const char *const ids[] = { "master-list", "certificate", "revocations" };

  g_return_val_if_fail (kind < G_N_ELEMENTS (ids), NULL);
  return ids[kind];
}

const char *
kouan_vouched_id (KouanVouched vouched)
{
  static const char *const ids[] = { "anchor", "installed", "itself", "by-hand" };

  g_return_val_if_fail (vouched < G_N_ELEMENTS (ids), NULL);
  return ids[vouched];
}

static KouanTrustSource *
find_source (KouanTrustList *list, const char *country, guint *index)
{
  for (guint i = 0; i < list->sources->len; i++)
    {
      KouanTrustSource *source = list->sources->pdata[i];

      if (g_str_equal (source->country, country))
        {
          *index = i;
          return source;
        }
    }
  *index = list->sources->len;
  return NULL;
}

static gboolean
refuse_older (Work *work, const char *what, gint64 in_place_s, gint64 offered_s, GError **error)
{
  g_autoptr (GDateTime) in_place = NULL;
  g_autoptr (GDateTime) offered = NULL;

  if (offered_s >= in_place_s || work->plan->because != NULL)
    return FALSE;
  in_place = g_date_time_new_from_unix_utc (in_place_s);
  offered = g_date_time_new_from_unix_utc (offered_s);
  g_set_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_OLDER,
               "%s was signed on %04d-%02d-%02d, and the one in place on %04d-%02d-%02d", what,
               g_date_time_get_year (offered), g_date_time_get_month (offered),
               g_date_time_get_day_of_month (offered), g_date_time_get_year (in_place),
               g_date_time_get_month (in_place), g_date_time_get_day_of_month (in_place));
  return TRUE;
}

static gboolean
has_room (KouanTrustList *list, guint index, GError **error)
{
  if (index < KOUAN_TRUST_SOURCES_MAX)
    return TRUE;
  g_set_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_FULL,
               "%u sources are in the list, and there is no room for another", list->sources->len);
  return FALSE;
}

/* Takes over @because: that of the plan, where the list is older and it was needed. */
static KouanTrustSource *
put_source (Work *work, guint index, gboolean older)
{
  KouanTrustSource *source;

  if (index == work->list->sources->len)
    g_ptr_array_add (work->list->sources, g_new0 (KouanTrustSource, 1));
  source = work->list->sources->pdata[index];
  memcpy (source->country, work->import->country, sizeof source->country);
  memcpy (source->authority, work->import->authority, sizeof source->authority);
  source->signed_s = work->import->signed_s;
  source->imported_s = work->plan->now_s;
  g_free (source->because);
  source->because = older ? g_strdup (work->plan->because) : NULL;
  return source;
}

static KouanTrustEntry *
new_entry (KouanCertificate *certificate)
{
  KouanTrustEntry *entry = g_new0 (KouanTrustEntry, 1);
  GBytes *key_id = kouan_certificate_get_subject_key_id (certificate);

  entry->der = g_bytes_ref (kouan_certificate_get_der (certificate));
  memcpy (entry->fingerprint, kouan_certificate_get_fingerprint (certificate),
          sizeof entry->fingerprint);
  g_strlcpy (entry->country, kouan_certificate_get_country (certificate), sizeof entry->country);
  entry->subject_hash = kouan_certificate_get_subject_hash (certificate);
  entry->key_id = key_id != NULL ? g_bytes_ref (key_id) : NULL;
  entry->not_after_s = kouan_certificate_get_not_after_s (certificate);
  return entry;
}

static void
add_certificate (Work *work, KouanCertificate *certificate, guint source)
{
  KouanTrustEntry *entry
    = kouan_trust_list_find_entry (work->list, kouan_certificate_get_fingerprint (certificate));

  if (entry == NULL)
    {
      entry = new_entry (certificate);
      kouan_trust_list_add_entry (work->list, entry);
      work->import->added++;
    }
  entry->sources |= 1u << source;
}

static void
changed (Work *work)
{
  work->list->version++;
  work->list->changed_s = work->plan->now_s;
}

static void
replace_certificates (Work *work, GPtrArray *certificates, guint source)
{
  GPtrArray *entries = work->list->entries;
  guint before;

  for (guint i = 0; i < entries->len; i++)
    ((KouanTrustEntry *)entries->pdata[i])->sources &= ~(1u << source);
  for (guint i = 0; i < certificates->len; i++)
    add_certificate (work, certificates->pdata[i], source);
  before = entries->len;
  kouan_trust_list_drop_unsourced (work->list);
  work->import->removed = before - entries->len;
}

/* The authority that issued the signer, among @candidates. */
static KouanCertificate *
find_authority (KouanCertificate *signer, GPtrArray *candidates)
{
  KouanCertificate *authority = NULL;

  if (kouan_certificate_find_issuer (signer, candidates, &authority, NULL) == KOUAN_ISSUED_FITS)
    return authority;
  g_clear_pointer (&authority, kouan_certificate_unref);
  return NULL;
}

static gboolean
is_anchor (const KouanTrustPlan *plan, KouanCertificate *certificate)
{
  return plan->anchor != NULL
         && memcmp (plan->anchor, kouan_certificate_get_fingerprint (certificate),
                    KOUAN_SHA256_SIZE)
              == 0;
}

static void
set_unvouched (GError **error, KouanCertificate *authority)
{
  g_autofree char *hex
    = kouan_hex (kouan_certificate_get_fingerprint (authority), KOUAN_SHA256_SIZE);

  g_set_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_UNTRUSTED,
               "the master list is vouched for by nobody but itself: compare the fingerprint %s of "
               "its authority (%s) with what that country publishes, and name it as the anchor",
               hex, kouan_certificate_get_subject (authority));
}

/* Who vouches for the signer of @list. */
static gboolean
find_voucher (Work *work, KouanMasterList *list, GError **error)
{
  KouanCertificate *signer = kouan_signed_data_get_signer (list->message);
  g_autoptr (GPtrArray) installed = kouan_trust_list_find_issuers (work->list, signer);
  g_autoptr (KouanCertificate) known = find_authority (signer, installed);
  g_autoptr (KouanCertificate) own = find_authority (signer, list->certificates);
  g_autoptr (KouanCertificate) carried
    = find_authority (signer, kouan_signed_data_get_certificates (list->message));
  KouanCertificate *authority = known != NULL ? known : own != NULL ? own : carried;

  if (authority == NULL)
    {
      g_set_error_literal (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_UNTRUSTED,
                           "no authority that is known issued the master list's signer");
      return FALSE;
    }
  memcpy (work->import->authority, kouan_certificate_get_fingerprint (authority),
          KOUAN_SHA256_SIZE);
  g_strlcpy (work->import->country, kouan_certificate_get_country (authority),
             sizeof work->import->country);
  if (is_anchor (work->plan, authority))
    work->import->vouched = KOUAN_VOUCHED_ANCHOR;
  else if (known != NULL)
    work->import->vouched = KOUAN_VOUCHED_INSTALLED;
  else if (work->list->entries->len == 0 && work->plan->anchor == NULL)
    work->import->vouched = KOUAN_VOUCHED_ITSELF;
  else
    {
      set_unvouched (error, authority);
      return FALSE;
    }
  return TRUE;
}

static gboolean
import_master_list (Work *work, GBytes *file, GError **error)
{
  g_autoptr (KouanMasterList) list = kouan_master_list_parse (file, error);
  KouanTrustSource *source;
  gboolean older;
  guint index;

  if (list == NULL || !find_voucher (work, list, error))
    return FALSE;
  work->import->kind = KOUAN_TRUST_MASTER_LIST;
  work->import->signer
    = g_strdup (kouan_certificate_get_subject (kouan_signed_data_get_signer (list->message)));
  work->import->signed_s = kouan_signed_data_get_signed_s (list->message);
  work->import->certificates = list->certificates->len;
  work->import->unread = list->unread;
  source = find_source (work->list, work->import->country, &index);
  if (!has_room (work->list, index, error)
      || (source != NULL
          && refuse_older (work, "this master list", source->signed_s, work->import->signed_s,
                           error)))
    return FALSE;
  older = source != NULL && work->import->signed_s < source->signed_s;
  source = put_source (work, index, older);
  source->count = list->certificates->len;
  memcpy (source->digest, list->digest, sizeof source->digest);
  replace_certificates (work, list->certificates, index);
  changed (work);
  return TRUE;
}

static gboolean
import_certificate (Work *work, GBytes *file, KouanCertificate *certificate, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  KouanTrustSource *source;
  guint index;

  if (!kouan_certificate_is_authority (certificate))
    {
      g_set_error_literal (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_MALFORMED,
                           "a certificate, and not of an authority");
      return FALSE;
    }
  find_source (work->list, KOUAN_TRUST_BY_HAND, &index);
  if (!has_room (work->list, index, error))
    return FALSE;
  work->import->kind = KOUAN_TRUST_CERTIFICATE;
  work->import->vouched = KOUAN_VOUCHED_BY_HAND;
  work->import->signer = g_strdup (kouan_certificate_get_subject (certificate));
  work->import->certificates = 1;
  g_strlcpy (work->import->country, KOUAN_TRUST_BY_HAND, sizeof work->import->country);
  source = put_source (work, index, FALSE);
  kouan_sha256 (data, size, source->digest);
  add_certificate (work, certificate, index);
  source->count += work->import->added;
  memcpy (work->import->authority, kouan_certificate_get_fingerprint (certificate),
          KOUAN_SHA256_SIZE);
  g_strlcpy (work->import->country, kouan_certificate_get_country (certificate),
             sizeof work->import->country);
  changed (work);
  return TRUE;
}

/* (transfer full) (nullable): the entry whose authority signed it */
static KouanCertificate *
find_revoking_authority (KouanTrustList *list, KouanRevocations *revocations)
{
  guint32 name = kouan_revocations_get_issuer_hash (revocations);
  GPtrArray *entries = g_hash_table_lookup (list->by_name, GUINT_TO_POINTER (name));

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const KouanTrustEntry *entry = entries->pdata[i];
      gsize size;
      const guint8 *der = g_bytes_get_data (entry->der, &size);
      g_autoptr (KouanCertificate) certificate = kouan_certificate_parse (der, size, NULL);

      if (certificate != NULL && kouan_revocations_are_by (revocations, certificate))
        return g_steal_pointer (&certificate);
    }
  return NULL;
}

static gboolean
import_revocations (Work *work, KouanRevocations *revocations, GError **error)
{
  g_autoptr (KouanCertificate) authority = find_revoking_authority (work->list, revocations);
  KouanRevocations *former;

  if (authority == NULL)
    {
      g_set_error_literal (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_UNTRUSTED,
                           "no authority in the trust list signed this revocation list: import the "
                           "country's master list first");
      return FALSE;
    }
  former = kouan_trust_list_find_revocations (work->list, authority);
  work->import->kind = KOUAN_TRUST_REVOCATIONS;
  work->import->vouched = KOUAN_VOUCHED_INSTALLED;
  work->import->signed_s = kouan_revocations_get_issued_s (revocations);
  work->import->signer = g_strdup (kouan_certificate_get_subject (authority));
  memcpy (work->import->authority, kouan_certificate_get_fingerprint (authority),
          KOUAN_SHA256_SIZE);
  g_strlcpy (work->import->country, kouan_certificate_get_country (authority),
             sizeof work->import->country);
  if (former != NULL
      && refuse_older (work, "this revocation list", kouan_revocations_get_issued_s (former),
                       work->import->signed_s, error))
    return FALSE;
  if (former != NULL)
    g_ptr_array_remove (work->list->revocations, former);
  g_ptr_array_add (work->list->revocations, kouan_revocations_ref (revocations));
  changed (work);
  return TRUE;
}

/**
 * kouan_trust_list_import:
 * @file: a master list, an authority's certificate or a revocation list, in DER
 * @import: (out): valid also where it fails, as far as the file was understood
 *
 * Errors: of KOUAN_TRUST_ERROR; nothing has changed then.
 */
gboolean
kouan_trust_list_import (KouanTrustList *self,
                         GBytes *file,
                         const KouanTrustPlan *plan,
                         KouanTrustImport *import,
                         GError **error)
{
  gsize size;
  const guint8 *data;
  g_autoptr (KouanCertificate) certificate = NULL;
  g_autoptr (KouanRevocations) revocations = NULL;
  Work work = { self, plan, import };

  g_return_val_if_fail (self != NULL && file != NULL && plan != NULL && import != NULL, FALSE);

  *import = (KouanTrustImport){ 0 };
  data = g_bytes_get_data (file, &size);
  certificate = kouan_certificate_parse (data, size, NULL);
  if (certificate != NULL)
    return import_certificate (&work, file, certificate, error);
  revocations = kouan_revocations_parse (data, size, NULL);
  if (revocations != NULL)
    return import_revocations (&work, revocations, error);
  return import_master_list (&work, file, error);
}
