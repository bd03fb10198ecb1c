/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-trust"

#include "app/trust/trust-list.h"

#include "app/crypto/cose.h"
#include "app/crypto/durable.h"
#include "app/trust/trust-list-private.h"

#include <string.h>

/* The trust list on the disk: one file, replaced whole, signed by whoever made it, its index beside
 * each certificate so that reading it parses none.
 *
 *   [9, 1, version, changed_s, [source…], [entry…], [revocation list in DER…]]
 *   source: [country, authority, digest, signed_s, imported_s, count, because or null]
 *   entry:  [der, fingerprint, country, subject hash, key id or null, not_after_s, sources]
 *
 * Not rows of a database: a kiosk reads all of it once and never changes a part of it, and a file
 * that carries its signature is the same wherever it is carried. */

#define VERSION 1
#define ELEMENTS 7
#define SOURCE_ELEMENTS 7
#define ENTRY_ELEMENTS 7
#define FILE_MAX (32 * 1024 * 1024)
#define FILE_MODE 0644

static void
write_optional_text (GByteArray *out, const char *text)
{
  if (text != NULL)
    kouan_cbor_write_text (out, text);
  else
    kouan_cbor_write_null (out);
}

static void
write_bytes (GByteArray *out, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  kouan_cbor_write_bytes (out, data, size);
}

static void
write_source (GByteArray *out, const KouanTrustSource *source)
{
  kouan_cbor_write_array (out, SOURCE_ELEMENTS);
  kouan_cbor_write_text (out, source->country);
  kouan_cbor_write_bytes (out, source->authority, sizeof source->authority);
  kouan_cbor_write_bytes (out, source->digest, sizeof source->digest);
  kouan_cbor_write_int (out, source->signed_s);
  kouan_cbor_write_int (out, source->imported_s);
  kouan_cbor_write_uint (out, source->count);
  write_optional_text (out, source->because);
}

static void
write_entry (GByteArray *out, const KouanTrustEntry *entry)
{
  kouan_cbor_write_array (out, ENTRY_ELEMENTS);
  write_bytes (out, entry->der);
  kouan_cbor_write_bytes (out, entry->fingerprint, sizeof entry->fingerprint);
  kouan_cbor_write_text (out, entry->country);
  kouan_cbor_write_uint (out, entry->subject_hash);
  if (entry->key_id != NULL)
    write_bytes (out, entry->key_id);
  else
    kouan_cbor_write_null (out);
  kouan_cbor_write_int (out, entry->not_after_s);
  kouan_cbor_write_uint (out, entry->sources);
}

/* Returns: (transfer full): what is signed, and what a hub hands down the line */
GBytes *
kouan_trust_list_encode (KouanTrustList *self)
{
  GByteArray *out = g_byte_array_new ();

  kouan_signed_write_head (out, KOUAN_SIGNED_TRUST_LIST, VERSION, ELEMENTS);
  kouan_cbor_write_uint (out, self->version);
  kouan_cbor_write_int (out, self->changed_s);
  kouan_cbor_write_array (out, self->sources->len);
  for (guint i = 0; i < self->sources->len; i++)
    write_source (out, self->sources->pdata[i]);
  kouan_cbor_write_array (out, self->entries->len);
  for (guint i = 0; i < self->entries->len; i++)
    write_entry (out, self->entries->pdata[i]);
  kouan_cbor_write_array (out, self->revocations->len);
  for (guint i = 0; i < self->revocations->len; i++)
    write_bytes (out, kouan_revocations_get_der (self->revocations->pdata[i]));
  return g_byte_array_free_to_bytes (out);
}

static gboolean
read_country (KouanCborReader *reader, char country[static 3])
{
  const char *text;
  gsize size;

  if (!kouan_cbor_read_text (reader, &text, &size) || size > 2)
    return FALSE;
  memcpy (country, text, size);
  country[size] = '\0';
  return TRUE;
}

static gboolean
read_uint32 (KouanCborReader *reader, guint32 *value)
{
  guint64 number;

  if (!kouan_cbor_read_uint (reader, &number) || number > G_MAXUINT32)
    return FALSE;
  *value = (guint32)number;
  return TRUE;
}

static gboolean
is_null (KouanCborReader *reader)
{
  KouanCborReader ahead = *reader;

  return kouan_cbor_read_null (&ahead) && kouan_cbor_read_null (reader);
}

static gboolean
read_source (KouanCborReader *reader, KouanTrustList *self)
{
  KouanTrustSource *source = g_new0 (KouanTrustSource, 1);

  g_ptr_array_add (self->sources, source);
  if (!kouan_cbor_expect_array (reader, SOURCE_ELEMENTS) || !read_country (reader, source->country)
      || !kouan_cbor_read_fixed (reader, source->authority, sizeof source->authority)
      || !kouan_cbor_read_fixed (reader, source->digest, sizeof source->digest)
      || !kouan_cbor_read_int (reader, &source->signed_s)
      || !kouan_cbor_read_int (reader, &source->imported_s)
      || !read_uint32 (reader, &source->count))
    return FALSE;
  if (is_null (reader))
    return TRUE;
  source->because = kouan_cbor_dup_text (reader);
  return source->because != NULL;
}

static gboolean
read_slice (KouanCborReader *reader, GBytes *content, GBytes **slice)
{
  const guint8 *data;
  gsize size;

  if (!kouan_cbor_read_bytes (reader, &data, &size))
    return FALSE;
  *slice = g_bytes_new_from_bytes (content, (gsize)(data - reader->data), size);
  return TRUE;
}

static gboolean
read_entry (KouanCborReader *reader, KouanTrustList *self, GBytes *content)
{
  KouanTrustEntry *entry = g_new0 (KouanTrustEntry, 1);
  gboolean read
    = kouan_cbor_expect_array (reader, ENTRY_ELEMENTS) && read_slice (reader, content, &entry->der)
      && kouan_cbor_read_fixed (reader, entry->fingerprint, sizeof entry->fingerprint)
      && read_country (reader, entry->country) && read_uint32 (reader, &entry->subject_hash)
      && (is_null (reader) || read_slice (reader, content, &entry->key_id))
      && kouan_cbor_read_int (reader, &entry->not_after_s) && read_uint32 (reader, &entry->sources);

  if (!read || kouan_trust_list_find_entry (self, entry->fingerprint) != NULL)
    {
      kouan_trust_entry_free (entry);
      return FALSE;
    }
  kouan_trust_list_add_entry (self, entry);
  return TRUE;
}

static gboolean
read_revocations (KouanCborReader *reader, KouanTrustList *self)
{
  KouanRevocations *revocations;
  const guint8 *data;
  gsize size;

  if (!kouan_cbor_read_bytes (reader, &data, &size))
    return FALSE;
  revocations = kouan_revocations_parse (data, size, NULL);
  if (revocations == NULL)
    return FALSE;
  g_ptr_array_add (self->revocations, revocations);
  return TRUE;
}

static gboolean
read_content (KouanTrustList *self, GBytes *content)
{
  KouanCborReader reader;
  gsize size, count;
  const guint8 *data = g_bytes_get_data (content, &size);

  kouan_cbor_reader_init (&reader, data, size);
  if (!kouan_signed_read_head (&reader, KOUAN_SIGNED_TRUST_LIST, VERSION, ELEMENTS)
      || !kouan_cbor_read_uint (&reader, &self->version)
      || !kouan_cbor_read_int (&reader, &self->changed_s)
      || !kouan_cbor_read_array (&reader, &count) || count > KOUAN_TRUST_SOURCES_MAX)
    return FALSE;
  for (gsize i = 0; i < count; i++)
    if (!read_source (&reader, self))
      return FALSE;
  if (!kouan_cbor_read_array (&reader, &count))
    return FALSE;
  for (gsize i = 0; i < count; i++)
    if (!read_entry (&reader, self, content))
      return FALSE;
  if (!kouan_cbor_read_array (&reader, &count))
    return FALSE;
  for (gsize i = 0; i < count; i++)
    if (!read_revocations (&reader, self))
      return FALSE;
  return kouan_cbor_reader_finish (&reader);
}

/* Returns: (transfer full) (nullable): the list that kouan_trust_list_encode () made @content of */
KouanTrustList *
kouan_trust_list_decode (GBytes *content, GError **error)
{
  g_autoptr (KouanTrustList) self = kouan_trust_list_new ();

  if (read_content (self, content))
    return g_steal_pointer (&self);
  g_set_error_literal (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_MALFORMED, "not a trust list");
  return NULL;
}

static gboolean
set_io (GError **error, const char *path, const GError *reason)
{
  g_set_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_IO, "%s: %s", path, reason->message);
  return FALSE;
}

/* Replaces @path in one step: after a power cut it is the old list or the new one. */
gboolean
kouan_trust_list_save (KouanTrustList *self, const char *path, KouanSigningKey *key, GError **error)
{
  g_autoptr (GBytes) content = kouan_trust_list_encode (self);
  g_autoptr (GBytes) message = kouan_cose_sign (key, content);
  g_autoptr (GError) reason = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);

  return kouan_write_file_durably (path, data, size, FILE_MODE, &reason)
         || set_io (error, path, reason);
}

static GBytes *
read_file (const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  char *data;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, &reason))
    {
      set_io (error, path, reason);
      return NULL;
    }
  if (size <= FILE_MAX)
    return g_bytes_new_take (data, size);
  g_free (data);
  g_set_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_MALFORMED, "%s: too large", path);
  return NULL;
}

/**
 * kouan_trust_list_load:
 * @keyring: who may speak for trust lists
 *
 * Returns: (transfer full) (nullable): an empty list where there is no file yet. A file that cannot
 * be believed is an error, never an empty list
 */
KouanTrustList *
kouan_trust_list_load (const char *path, KouanKeyring *keyring, GError **error)
{
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) reason = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return kouan_trust_list_new ();
  message = read_file (path, error);
  if (message == NULL)
    return NULL;
  content = kouan_cose_verify (keyring, KOUAN_PURPOSE_TRUST_LIST, message, NULL, &reason);
  if (content != NULL)
    return kouan_trust_list_decode (content, error);
  g_set_error (error, KOUAN_TRUST_ERROR, KOUAN_TRUST_ERROR_UNTRUSTED, "%s: %s", path,
               reason->message);
  return NULL;
}
