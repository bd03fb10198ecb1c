/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-audit"

#include "app/audit/check.h"
#include "app/audit/export.h"
#include "app/crypto/cose.h"
#include "app/crypto/digest.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* A file that comes from anywhere: a line is of one of the five kinds, in their order, or the file
 * is refused with the number of the line. */

#define LINE_SIZE_MAX (64 * 1024)

typedef struct
{
  const KouanAuditReader *given;
  KouanAuditExport *about;
  KouanAuditVerifier *verifier;
  KouanDigest *digest;
  KouanAuditHead head;
  gint64 number;     /* of the line */
  guint given_count; /* anchors that were given and are of this log */
  gboolean entries;  /* have begun: no seal and no anchor after them */
  gboolean signed_;  /* the last line has been read */
} Reading;

static gboolean
refuse (const Reading *self, const char *what, GError **error)
{
  g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
               "line %" G_GINT64_FORMAT " %s", self->number, what);
  return FALSE;
}

static gboolean
get_text (JsonObject *line, const char *name, const char **text)
{
  JsonNode *node = json_object_get_member (line, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  *text = json_node_get_string (node);
  return TRUE;
}

static gboolean
get_int (JsonObject *line, const char *name, gint64 *value)
{
  JsonNode *node = json_object_get_member (line, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

static gboolean
get_hex (JsonObject *line, const char *name, guint8 *data, gsize size)
{
  const char *text;

  return get_text (line, name, &text) && kouan_unhex (text, data, size);
}

/* Returns: (transfer full) (nullable) */
static GBytes *
get_bytes (JsonObject *line, const char *name)
{
  const char *text;
  guchar *data;
  gsize size;

  if (!get_text (line, name, &text))
    return NULL;
  data = g_base64_decode (text, &size);
  return g_bytes_new_take (data, size);
}

/* Before the first entry. */
static void
add_given_anchors (Reading *self)
{
  GPtrArray *anchors = self->given->anchors;

  for (guint i = 0; anchors != NULL && i < anchors->len; i++)
    if (kouan_audit_add_signed (self->verifier, anchors->pdata[i], self->given->keyring,
                                self->about->kiosk_id, self->about->log_id))
      self->given_count++;
}

static gboolean
take_header (Reading *self, JsonObject *line)
{
  const char *format;
  gint64 kiosk = 0;

  if (!get_text (line, "format", &format) || !g_str_equal (format, KOUAN_AUDIT_EXPORT_FORMAT)
      || !get_int (line, "kiosk", &kiosk) || kiosk < 1 || kiosk > G_MAXUINT16
      || !get_hex (line, "log", self->about->log_id, sizeof self->about->log_id)
      || !get_int (line, "exported_s", &self->about->exported_s)
      || !get_int (line, "head", &self->head.sequence)
      || !get_hex (line, "head_hash", self->head.hash, sizeof self->head.hash))
    return FALSE;
  self->about->kiosk_id = (guint)kiosk;
  add_given_anchors (self);
  return TRUE;
}

/* The first key's id is the log's. */
static gboolean
take_seal (Reading *self, JsonObject *line)
{
  KouanAuditSeal seal = { 0 };
  const char *reason;
  g_autoptr (GBytes) sealed = get_bytes (line, "sealed");

  if (self->entries || sealed == NULL || !get_int (line, "seal", &seal.number)
      || !get_int (line, "first", &seal.first) || !get_hex (line, "id", seal.id, sizeof seal.id)
      || !get_text (line, "reason", &reason)
      || (seal.number == 1 && memcmp (seal.id, self->about->log_id, sizeof seal.id) != 0))
    return FALSE;
  seal.sealed = sealed;
  seal.reason = (char *)reason;
  kouan_audit_add_opened (self->verifier, &seal, self->given->identity);
  return TRUE;
}

static gboolean
take_anchor (Reading *self, JsonObject *line)
{
  g_autoptr (GBytes) receipt = get_bytes (line, "anchor");

  if (self->entries || receipt == NULL)
    return FALSE;
  kouan_audit_add_signed (self->verifier, receipt, self->given->keyring, self->about->kiosk_id,
                          self->about->log_id);
  return TRUE;
}

static gboolean
take_entry (Reading *self, JsonObject *line)
{
  KouanAuditEntry entry = { 0 };

  self->entries = TRUE;
  if (!get_int (line, "sequence", &entry.sequence) || !get_int (line, "time_s", &entry.wall_s)
      || !get_text (line, "role", (const char **)&entry.role)
      || !get_text (line, "who", (const char **)&entry.who)
      || !get_text (line, "action", (const char **)&entry.action)
      || !get_text (line, "object", (const char **)&entry.object)
      || !get_text (line, "result", (const char **)&entry.result)
      || !get_text (line, "reason", (const char **)&entry.reason)
      || !get_text (line, "clock", (const char **)&entry.clock)
      || !get_int (line, "seal", &entry.seal)
      || !get_hex (line, "hash", entry.hash, sizeof entry.hash)
      || (entry.seal > 0 && !get_hex (line, "tag", entry.tag, sizeof entry.tag)))
    return FALSE;
  kouan_audit_verifier_take (self->verifier, &entry);
  return TRUE;
}

static gboolean
take_signature (Reading *self, JsonObject *line, GError **error)
{
  guint8 digest[KOUAN_SHA256_SIZE];
  g_autoptr (GBytes) message = get_bytes (line, "signature");
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) expected = NULL;

  self->signed_ = TRUE;
  if (message == NULL)
    return refuse (self, "is no signature", error);
  payload = kouan_cose_verify (self->given->keyring, KOUAN_PURPOSE_RECORD, message, NULL, error);
  if (payload == NULL)
    return FALSE;
  kouan_digest_finish (self->digest, digest);
  expected = kouan_audit_export_payload (self->about->kiosk_id, digest);
  if (g_bytes_equal (payload, expected))
    return TRUE;
  g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED,
                       "the file is not what the kiosk has signed");
  return FALSE;
}

static gboolean
take_line (Reading *self, const char *text, gsize size, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;
  JsonObject *line;
  gboolean taken;

  if (size > LINE_SIZE_MAX || !json_parser_load_from_data (parser, text, (gssize)size, NULL)
      || (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return refuse (self, "is no line of an audit", error);
  line = json_node_get_object (root);
  if (json_object_has_member (line, "signature") && self->number > 1)
    return take_signature (self, line, error);
  kouan_digest_update (self->digest, (const guint8 *)text, size);
  kouan_digest_update (self->digest, (const guint8 *)"\n", 1);
  if (self->number == 1)
    taken = take_header (self, line);
  else if (json_object_has_member (line, "sealed"))
    taken = take_seal (self, line);
  else if (json_object_has_member (line, "anchor"))
    taken = take_anchor (self, line);
  else
    taken = take_entry (self, line);
  return taken || refuse (self, "lacks something, or is out of its place", error);
}

static gboolean
take_lines (Reading *self, GDataInputStream *lines, GError **error)
{
  for (;;)
    {
      g_autoptr (GError) local = NULL;
      g_autofree char *text = NULL;
      gsize size = 0;

      self->number++;
      text = g_data_input_stream_read_line (lines, &size, NULL, &local);
      if (local != NULL)
        {
          g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO, local->message);
          return FALSE;
        }
      if (text == NULL)
        return self->signed_
               || refuse (self, "should be the signature: the file is cut off", error);
      if (self->signed_)
        return refuse (self, "comes after the signature", error);
      if (!take_line (self, text, size, error))
        return FALSE;
    }
}

/**
 * kouan_audit_export_verify:
 * @about: (out): what the file says of itself
 * @verdict: (out)
 *
 * Anchors that are given need not be in the file. If none of them is of this log, then this is not
 * the log that the hub knows.
 *
 * Returns: FALSE with a KOUAN_CRYPTO_ERROR if it is no such file, is cut off, or is not what a
 * kiosk of the keyring has signed; whether the log in it is whole stands in @verdict
 */
gboolean
kouan_audit_export_verify (const char *path,
                           const KouanAuditReader *reader,
                           KouanAuditExport *about,
                           KouanAuditVerdict *verdict,
                           GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local = NULL;
  g_autoptr (GFileInputStream) in = g_file_read (file, NULL, &local);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (KouanAuditVerifier) verifier = kouan_audit_verifier_new ();
  g_autoptr (KouanDigest) digest = kouan_digest_new ();
  Reading reading = { .given = reader, .about = about, .verifier = verifier, .digest = digest };

  *about = (KouanAuditExport){ 0 };
  if (in == NULL)
    {
      g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO, "%s", local->message);
      return FALSE;
    }
  lines = g_data_input_stream_new (G_INPUT_STREAM (in));
  if (!take_lines (&reading, lines, error))
    return FALSE;
  kouan_audit_verifier_finish (verifier, &reading.head, verdict);
  if (reader->anchors != NULL && reader->anchors->len > 0 && reading.given_count == 0)
    {
      verdict->fault = KOUAN_AUDIT_FAULT_PAST;
      verdict->broken_at = 1;
    }
  return TRUE;
}
