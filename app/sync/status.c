/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/status.h"

#include "app/crypto/cbor.h"

#include <string.h>

/* Deterministic CBOR, not signed, since the line that it goes over is the kiosk's own and nothing
 * is decided by it:
 *
 *   [1, captured, waiting, sent, archived, refused, oldest waiting (seconds), [trouble, …]]
 *
 * A trouble is a few words in small letters, digits, "-" and spaces: what the page at the hub shows
 * is then harmless whatever a kiosk has come to say. */

#define FORMAT 1
#define FIELDS 8

void
kouan_status_free (KouanStatus *self)
{
  g_strfreev (self->troubles);
  g_free (self);
}

gboolean
kouan_status_is_trouble (const char *words)
{
  gsize length = strspn (words, "abcdefghijklmnopqrstuvwxyz0123456789- ");

  return length > 0 && length <= KOUAN_STATUS_WORDS_MAX && words[length] == '\0';
}

/* @status: its troubles are words of kouan_status_is_trouble()
 *
 * Returns: (transfer full) */
GBytes *
kouan_status_encode (const KouanStatus *status)
{
  GByteArray *out = g_byte_array_new ();
  guint count = status->troubles != NULL ? g_strv_length (status->troubles) : 0;

  kouan_cbor_write_array (out, FIELDS);
  kouan_cbor_write_uint (out, FORMAT);
  kouan_cbor_write_uint (out, (guint64)status->captured);
  kouan_cbor_write_uint (out, (guint64)status->waiting);
  kouan_cbor_write_uint (out, (guint64)status->sent);
  kouan_cbor_write_uint (out, (guint64)status->archived);
  kouan_cbor_write_uint (out, (guint64)status->refused);
  kouan_cbor_write_uint (out, (guint64)status->oldest_waiting_s);
  count = MIN (count, KOUAN_STATUS_TROUBLES_MAX);
  kouan_cbor_write_array (out, count);
  for (guint i = 0; i < count; i++)
    kouan_cbor_write_text (out, status->troubles[i]);
  return g_byte_array_free_to_bytes (out);
}

static gboolean
read_count (KouanCborReader *reader, gint64 *count)
{
  guint64 value = 0;

  if (!kouan_cbor_read_uint (reader, &value) || value > G_MAXINT64)
    return FALSE;
  *count = (gint64)value;
  return TRUE;
}

static gboolean
read_troubles (KouanCborReader *reader, KouanStatus *status)
{
  gsize count = 0;

  if (!kouan_cbor_read_array (reader, &count) || count > KOUAN_STATUS_TROUBLES_MAX)
    return FALSE;
  status->troubles = g_new0 (char *, count + 1);
  for (gsize i = 0; i < count; i++)
    {
      status->troubles[i] = kouan_cbor_dup_text (reader);
      if (status->troubles[i] == NULL || !kouan_status_is_trouble (status->troubles[i]))
        return FALSE;
    }
  return TRUE;
}

/* Returns: (transfer full) (nullable): NULL for what is no status */
KouanStatus *
kouan_status_decode (GBytes *message)
{
  g_autoptr (KouanStatus) status = g_new0 (KouanStatus, 1);
  KouanCborReader reader;
  guint64 format = 0;
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);

  kouan_cbor_reader_init (&reader, data, size);
  if (kouan_cbor_expect_array (&reader, FIELDS) && kouan_cbor_read_uint (&reader, &format)
      && format == FORMAT && read_count (&reader, &status->captured)
      && read_count (&reader, &status->waiting) && read_count (&reader, &status->sent)
      && read_count (&reader, &status->archived) && read_count (&reader, &status->refused)
      && read_count (&reader, &status->oldest_waiting_s) && read_troubles (&reader, status)
      && kouan_cbor_reader_finish (&reader))
    return g_steal_pointer (&status);
  return NULL;
}
