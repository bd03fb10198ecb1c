/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/index.h"

#include "app/catalogue/folder.h"
#include "app/crypto/cose.h"

#include <string.h>

/* The index: what index.cose signs. Deterministic CBOR:
 *   [7, 1, version, issued (seconds), [[file name, size, SHA-256], …]]
 * 7 says that this is a catalogue's index, 1 is the format; the files are in the order of their
 * names, each once. */

#define FORMAT 1
#define ELEMENTS 5

static void
free_entry (gpointer data)
{
  KouanIndexEntry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

KouanIndex *
kouan_index_new (guint64 version, gint64 issued_s)
{
  KouanIndex *self = g_new0 (KouanIndex, 1);

  self->version = version;
  self->issued_s = issued_s;
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  return self;
}

void
kouan_index_free (KouanIndex *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/* Names have to come in order. */
void
kouan_index_add (KouanIndex *self, const char *name, GBytes *content)
{
  KouanIndexEntry *entry = g_new0 (KouanIndexEntry, 1);
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);

  entry->name = g_strdup (name);
  entry->size = size;
  kouan_sha256 (data, size, entry->digest);
  g_ptr_array_add (self->entries, entry);
}

gboolean
kouan_index_entry_fits (const KouanIndexEntry *entry, GBytes *content)
{
  guint8 digest[KOUAN_SHA256_SIZE];
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);

  kouan_sha256 (data, size, digest);
  return size == entry->size && memcmp (digest, entry->digest, sizeof digest) == 0;
}

GBytes *
kouan_index_encode (KouanIndex *self)
{
  GByteArray *out = g_byte_array_new ();

  kouan_signed_write_head (out, KOUAN_SIGNED_CATALOGUE, FORMAT, ELEMENTS);
  kouan_cbor_write_uint (out, self->version);
  kouan_cbor_write_int (out, self->issued_s);
  kouan_cbor_write_array (out, self->entries->len);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const KouanIndexEntry *entry = self->entries->pdata[i];

      kouan_cbor_write_array (out, 3);
      kouan_cbor_write_text (out, entry->name);
      kouan_cbor_write_uint (out, entry->size);
      kouan_cbor_write_bytes (out, entry->digest, sizeof entry->digest);
    }
  return g_byte_array_free_to_bytes (out);
}

static gboolean
decode_entry (KouanCborReader *reader, KouanIndex *index)
{
  KouanIndexEntry *entry = g_new0 (KouanIndexEntry, 1);
  const char *name = NULL;
  gsize size = 0;
  const KouanIndexEntry *last
    = index->entries->len > 0 ? index->entries->pdata[index->entries->len - 1] : NULL;
  gboolean good = kouan_cbor_expect_array (reader, 3) && kouan_cbor_read_text (reader, &name, &size)
                  && kouan_cbor_read_uint (reader, &entry->size)
                  && kouan_cbor_read_fixed (reader, entry->digest, sizeof entry->digest)
                  && kouan_folder_is_file_name (name, size)
                  && entry->size <= KOUAN_CATALOGUE_FILE_SIZE_MAX;

  if (good)
    entry->name = g_strndup (name, size);
  good = good && (last == NULL || strcmp (last->name, entry->name) < 0);
  g_ptr_array_add (index->entries, entry);
  return good;
}

/* Returns: (transfer full) (nullable): %NULL if @payload is no index: of another kind, out of
 * order, too long */
KouanIndex *
kouan_index_decode (GBytes *payload)
{
  g_autoptr (KouanIndex) index = kouan_index_new (0, 0);
  KouanCborReader reader;
  gsize size, count = 0;
  const guint8 *data = g_bytes_get_data (payload, &size);

  kouan_cbor_reader_init (&reader, data, size);
  if (!kouan_signed_read_head (&reader, KOUAN_SIGNED_CATALOGUE, FORMAT, ELEMENTS)
      || !kouan_cbor_read_uint (&reader, &index->version)
      || !kouan_cbor_read_int (&reader, &index->issued_s)
      || !kouan_cbor_read_array (&reader, &count) || count == 0
      || count > KOUAN_CATALOGUE_FILES_MAX)
    return NULL;
  for (gsize i = 0; i < count; i++)
    if (!decode_entry (&reader, index))
      return NULL;
  return kouan_cbor_reader_finish (&reader) ? g_steal_pointer (&index) : NULL;
}
