/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-audit"

#include "app/audit/export.h"

#include "app/audit/head.h"
#include "app/crypto/cose.h"
#include "app/crypto/digest.h"
#include "app/crypto/durable.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Lines of JSON, so that it can be read and searched with what is at hand:
 *
 *   {"format":"kouan-audit-1","kiosk":…,"log":…,"exported_s":…,"head":…,"head_hash":…}
 *   {"seal":1,"first":…,"id":…,"sealed":…,"reason":…}     a line for each key
 *   {"anchor":…}                                          a line for each of the hub's words
 *   {"sequence":1,"time_s":…,"role":…,…,"hash":…,"tag":…} a line for each entry
 *   {"signature":…}                                       COSE over [22, 1, kiosk, SHA-256]
 *
 * Hashes are hexadecimal, age and COSE are Base64. The SHA-256 is over all bytes before the last
 * line. */

#define VERSION 1
#define FIELDS 4
#define PAGE 1000
#define FILE_MODE 0600

typedef struct
{
  KouanDurableFile *file;
  KouanDigest *digest;
} Writer;

/* Returns: (transfer full): what the signature is over */
GBytes *
kouan_audit_export_payload (guint kiosk_id, const guint8 digest[static KOUAN_SHA256_SIZE])
{
  GByteArray *out = g_byte_array_new ();

  kouan_signed_write_head (out, KOUAN_SIGNED_AUDIT_EXPORT, VERSION, FIELDS);
  kouan_cbor_write_uint (out, kiosk_id);
  kouan_cbor_write_bytes (out, digest, KOUAN_SHA256_SIZE);
  return g_byte_array_free_to_bytes (out);
}

static JsonBuilder *
begin_line (void)
{
  return json_builder_begin_object (json_builder_new ());
}

static void
add_int (JsonBuilder *line, const char *name, gint64 value)
{
  json_builder_set_member_name (line, name);
  json_builder_add_int_value (line, value);
}

static void
add_text (JsonBuilder *line, const char *name, const char *text)
{
  json_builder_set_member_name (line, name);
  json_builder_add_string_value (line, text);
}

static void
add_hex (JsonBuilder *line, const char *name, const guint8 *data, gsize size)
{
  g_autofree char *text = kouan_hex (data, size);

  add_text (line, name, text);
}

static void
add_bytes (JsonBuilder *line, const char *name, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_base64_encode (data, size);

  add_text (line, name, text);
}

/* @line: (transfer full) */
static gboolean
end_line (Writer *self, JsonBuilder *line, GError **error)
{
  g_autoptr (JsonBuilder) owned = json_builder_end_object (line);
  g_autoptr (JsonNode) root = json_builder_get_root (owned);
  g_autofree char *json = json_to_string (root, FALSE);
  g_autofree char *text = g_strconcat (json, "\n", NULL);

  kouan_digest_update (self->digest, (const guint8 *)text, strlen (text));
  return g_output_stream_write_all (kouan_durable_file_get_stream (self->file), text, strlen (text),
                                    NULL, NULL, error);
}

static gboolean
write_header (Writer *self, KouanDatabase *db, KouanStation *station, gint64 now_s, GError **error)
{
  JsonBuilder *line;
  g_auto (KouanAuditSignedHead) head = { 0 };

  if (!kouan_audit_describe_head (db, kouan_station_get_kiosk_id (station), now_s, &head, error))
    return FALSE;
  line = begin_line ();
  add_text (line, "format", KOUAN_AUDIT_EXPORT_FORMAT);
  add_int (line, "kiosk", head.kiosk_id);
  add_hex (line, "log", head.log_id, sizeof head.log_id);
  add_int (line, "exported_s", now_s);
  add_int (line, "head", head.sequence);
  add_hex (line, "head_hash", head.hash, sizeof head.hash);
  return end_line (self, line, error);
}

static gboolean
write_seals (Writer *self, KouanDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) seals = kouan_audit_seals_list (db, error);

  for (guint i = 0; seals != NULL && i < seals->len; i++)
    {
      const KouanAuditSeal *seal = seals->pdata[i];
      JsonBuilder *line = begin_line ();

      add_int (line, "seal", seal->number);
      add_int (line, "first", seal->first);
      add_hex (line, "id", seal->id, sizeof seal->id);
      add_bytes (line, "sealed", seal->sealed);
      add_text (line, "reason", seal->reason);
      if (!end_line (self, line, error))
        return FALSE;
    }
  return seals != NULL;
}

static gboolean
write_anchors (Writer *self, KouanDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) anchors = kouan_audit_anchors_list (db, error);

  for (guint i = 0; anchors != NULL && i < anchors->len; i++)
    {
      JsonBuilder *line = begin_line ();

      add_bytes (line, "anchor", ((KouanAuditAnchor *)anchors->pdata[i])->receipt);
      if (!end_line (self, line, error))
        return FALSE;
    }
  return anchors != NULL;
}

static gboolean
write_entry (Writer *self, const KouanAuditEntry *entry, GError **error)
{
  JsonBuilder *line = begin_line ();

  add_int (line, "sequence", entry->sequence);
  add_int (line, "time_s", entry->wall_s);
  add_text (line, "role", entry->role);
  add_text (line, "who", entry->who);
  add_text (line, "action", entry->action);
  add_text (line, "object", entry->object);
  add_text (line, "result", entry->result);
  add_text (line, "reason", entry->reason);
  add_text (line, "clock", entry->clock);
  add_int (line, "seal", entry->seal);
  add_hex (line, "hash", entry->hash, sizeof entry->hash);
  if (entry->seal > 0)
    add_hex (line, "tag", entry->tag, sizeof entry->tag);
  return end_line (self, line, error);
}

static gboolean
write_entries (Writer *self, KouanDatabase *db, gint64 *entries, GError **error)
{
  gint64 after = 0;
  guint count;

  *entries = 0;
  do
    {
      g_autoptr (GPtrArray) page = kouan_audit_list (db, after, PAGE, error);

      if (page == NULL)
        return FALSE;
      count = page->len;
      for (guint i = 0; i < count; i++)
        if (!write_entry (self, page->pdata[i], error))
          return FALSE;
      *entries += count;
      if (count > 0)
        after = ((KouanAuditEntry *)page->pdata[count - 1])->sequence;
    }
  while (count == PAGE);
  return TRUE;
}

static gboolean
write_signature (Writer *self, KouanStation *station, GError **error)
{
  guint8 digest[KOUAN_SHA256_SIZE];
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) message = NULL;
  JsonBuilder *line = begin_line ();

  kouan_digest_finish (self->digest, digest);
  payload = kouan_audit_export_payload (kouan_station_get_kiosk_id (station), digest);
  message = kouan_cose_sign (kouan_station_get_signing_key (station), payload);
  add_bytes (line, "signature", message);
  return end_line (self, line, error);
}

/**
 * kouan_audit_export:
 * @path: whole there afterwards, or not at all
 * @entries: (out): how many are in it
 *
 * The file holds what the log holds: nothing of a visitor. All of it is read in one transaction, so
 * that it ends where its head says.
 */
gboolean
kouan_audit_export (KouanDatabase *db,
                    KouanStation *station,
                    gint64 now_s,
                    const char *path,
                    gint64 *entries,
                    GError **error)
{
  g_autoptr (KouanDurableFile) file = kouan_durable_file_new (path, FILE_MODE, error);
  g_autoptr (KouanDigest) digest = kouan_digest_new ();
  g_autoptr (KouanTransaction) transaction
    = file != NULL ? kouan_transaction_begin (db, error) : NULL;
  Writer writer = { file, digest };

  return transaction != NULL && write_header (&writer, db, station, now_s, error)
         && write_seals (&writer, db, error) && write_anchors (&writer, db, error)
         && write_entries (&writer, db, entries, error) && write_signature (&writer, station, error)
         && kouan_durable_file_commit (file, error);
}
