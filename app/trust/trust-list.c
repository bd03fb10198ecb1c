/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-trust"

#include "app/trust/trust-list.h"

#include "app/trust/trust-list-private.h"

#include <string.h>

/* The trust list in memory: every certificate once, with the sources that have it, found by the
 * name or by the key of whom it certifies. Certificates are parsed when one is asked for: a check
 * needs one or two of hundreds. Two indexes, because authorities have changed the spelling of their
 * names, and certificates of the first generation do not name keys. */

G_DEFINE_QUARK (kouan_trust_error_quark, kouan_trust_error)

void
kouan_trust_source_free (KouanTrustSource *source)
{
  g_free (source->because);
  g_free (source);
}

void
kouan_trust_entry_free (KouanTrustEntry *entry)
{
  g_clear_pointer (&entry->der, g_bytes_unref);
  g_clear_pointer (&entry->key_id, g_bytes_unref);
  g_free (entry);
}

static guint
fingerprint_hash (gconstpointer key)
{
  guint value;

  memcpy (&value, key, sizeof value);
  return value;
}

static gboolean
fingerprint_equal (gconstpointer one, gconstpointer other)
{
  return memcmp (one, other, KOUAN_SHA256_SIZE) == 0;
}

static void
make_indexes (KouanTrustList *self)
{
  self->by_fingerprint = g_hash_table_new (fingerprint_hash, fingerprint_equal);
  self->by_name = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL,
                                         (GDestroyNotify)g_ptr_array_unref);
  self->by_key_id
    = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
}

static void
clear_indexes (KouanTrustList *self)
{
  g_clear_pointer (&self->by_fingerprint, g_hash_table_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->by_key_id, g_hash_table_unref);
}

KouanTrustList *
kouan_trust_list_new (void)
{
  KouanTrustList *self = g_new0 (KouanTrustList, 1);

  g_atomic_ref_count_init (&self->refs);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_trust_source_free);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_trust_entry_free);
  self->revocations = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_revocations_unref);
  make_indexes (self);
  return self;
}

KouanTrustList *
kouan_trust_list_ref (KouanTrustList *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kouan_trust_list_unref (KouanTrustList *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  clear_indexes (self);
  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->revocations);
  g_free (self);
}

guint64
kouan_trust_list_get_version (KouanTrustList *self)
{
  return self->version;
}

gint64
kouan_trust_list_get_changed_s (KouanTrustList *self)
{
  return self->changed_s;
}

/* What the list's age is counted from. */
gint64
kouan_trust_list_get_signed_s (KouanTrustList *self)
{
  gint64 newest = 0;

  for (guint i = 0; i < self->sources->len; i++)
    newest = MAX (newest, ((const KouanTrustSource *)self->sources->pdata[i])->signed_s);
  return newest;
}

GPtrArray *
kouan_trust_list_get_sources (KouanTrustList *self)
{
  return self->sources;
}

GPtrArray *
kouan_trust_list_get_entries (KouanTrustList *self)
{
  return self->entries;
}

GPtrArray *
kouan_trust_list_get_revocations (KouanTrustList *self)
{
  return self->revocations;
}

static void
index_under (GHashTable *index, gpointer key, KouanTrustEntry *entry)
{
  GPtrArray *list = g_hash_table_lookup (index, key);

  if (list == NULL)
    {
      list = g_ptr_array_new ();
      g_hash_table_insert (index, key, list);
    }
  g_ptr_array_add (list, entry);
}

static void
index_entry (KouanTrustList *self, KouanTrustEntry *entry)
{
  g_hash_table_insert (self->by_fingerprint, entry->fingerprint, entry);
  index_under (self->by_name, GUINT_TO_POINTER (entry->subject_hash), entry);
  if (entry->key_id != NULL)
    index_under (self->by_key_id, entry->key_id, entry);
}

void
kouan_trust_list_add_entry (KouanTrustList *self, KouanTrustEntry *entry)
{
  g_ptr_array_add (self->entries, entry);
  index_entry (self, entry);
}

KouanTrustEntry *
kouan_trust_list_find_entry (KouanTrustList *self,
                             const guint8 fingerprint[static KOUAN_SHA256_SIZE])
{
  return g_hash_table_lookup (self->by_fingerprint, fingerprint);
}

/* Takes out what no source has any more. */
void
kouan_trust_list_drop_unsourced (KouanTrustList *self)
{
  clear_indexes (self);
  make_indexes (self);
  for (guint i = self->entries->len; i-- > 0;)
    if (((const KouanTrustEntry *)self->entries->pdata[i])->sources == 0)
      g_ptr_array_remove_index (self->entries, i);
  for (guint i = 0; i < self->entries->len; i++)
    index_entry (self, self->entries->pdata[i]);
}

static void
add_parsed (GPtrArray *found, GPtrArray *entries)
{
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const KouanTrustEntry *entry = entries->pdata[i];
      gsize size;
      const guint8 *der = g_bytes_get_data (entry->der, &size);
      KouanCertificate *certificate;
      gboolean known = FALSE;

      for (guint k = 0; k < found->len && !known; k++)
        known = fingerprint_equal (kouan_certificate_get_fingerprint (found->pdata[k]),
                                   entry->fingerprint);
      certificate = known ? NULL : kouan_certificate_parse (der, size, NULL);
      if (certificate != NULL)
        g_ptr_array_add (found, certificate);
    }
}

/**
 * kouan_trust_list_find_issuers:
 *
 * Returns: (transfer full) (element-type KouanCertificate): authorities that may have issued
 * @certificate by its issuer's key or name, those by key first
 */
GPtrArray *
kouan_trust_list_find_issuers (KouanTrustList *self, KouanCertificate *certificate)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_certificate_unref);
  GBytes *key_id = kouan_certificate_get_authority_key_id (certificate);
  guint32 name = kouan_certificate_get_issuer_hash (certificate);

  if (key_id != NULL)
    add_parsed (found, g_hash_table_lookup (self->by_key_id, key_id));
  add_parsed (found, g_hash_table_lookup (self->by_name, GUINT_TO_POINTER (name)));
  return found;
}

/**
 * kouan_trust_list_find_revocations:
 *
 * Returns: (transfer none) (nullable): what @authority has taken back, signed by it
 */
KouanRevocations *
kouan_trust_list_find_revocations (KouanTrustList *self, KouanCertificate *authority)
{
  for (guint i = 0; i < self->revocations->len; i++)
    {
      KouanRevocations *revocations = self->revocations->pdata[i];

      if (kouan_revocations_get_issuer_hash (revocations)
            == kouan_certificate_get_subject_hash (authority)
          && kouan_revocations_are_by (revocations, authority))
        return revocations;
    }
  return NULL;
}
