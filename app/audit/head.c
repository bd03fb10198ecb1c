/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-audit"

#include "app/audit/head.h"

#include "app/crypto/cbor.h"

#include <string.h>

/* How a log is anchored: COSE_Sign1 up, COSE_Sign1 down.
 *
 *   kiosk, by its record key:  [20, 1, kiosk, log, sequence, hash, time, key number, sealed key]
 *   hub, by its receipt key:   [21, 1, hub, kiosk, log, sequence, hash, hub's time] */

#define VERSION 1
#define HEAD_FIELDS 9
#define ANCHOR_FIELDS 8
#define SEALED_SIZE_MAX 4096

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED, why);
  return FALSE;
}

/* Returns: (transfer full): COSE */
GBytes *
kouan_audit_head_sign (const KouanAuditSignedHead *head, KouanSigningKey *key)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GBytes) payload = NULL;
  gsize size;
  const guint8 *sealed = g_bytes_get_data (head->sealed, &size);

  kouan_signed_write_head (out, KOUAN_SIGNED_AUDIT_HEAD, VERSION, HEAD_FIELDS);
  kouan_cbor_write_uint (out, head->kiosk_id);
  kouan_cbor_write_bytes (out, head->log_id, sizeof head->log_id);
  kouan_cbor_write_uint (out, (guint64)head->sequence);
  kouan_cbor_write_bytes (out, head->hash, sizeof head->hash);
  kouan_cbor_write_uint (out, (guint64)MAX (head->wall_s, 0));
  kouan_cbor_write_uint (out, (guint64)head->seal);
  kouan_cbor_write_bytes (out, sealed, size);
  payload = g_byte_array_free_to_bytes (out);
  return kouan_cose_sign (key, payload);
}

static gboolean
read_head (KouanCborReader *reader, KouanAuditSignedHead *head)
{
  guint64 kiosk_id = 0, sequence = 0, wall_s = 0, seal = 0;
  const guint8 *sealed = NULL;
  gsize size = 0;

  if (!kouan_signed_read_head (reader, KOUAN_SIGNED_AUDIT_HEAD, VERSION, HEAD_FIELDS))
    return FALSE;
  kouan_cbor_read_uint (reader, &kiosk_id);
  kouan_cbor_read_fixed (reader, head->log_id, sizeof head->log_id);
  kouan_cbor_read_uint (reader, &sequence);
  kouan_cbor_read_fixed (reader, head->hash, sizeof head->hash);
  kouan_cbor_read_uint (reader, &wall_s);
  kouan_cbor_read_uint (reader, &seal);
  if (!kouan_cbor_read_bytes (reader, &sealed, &size) || !kouan_cbor_reader_finish (reader)
      || kiosk_id > G_MAXUINT16 || sequence < 1 || sequence > G_MAXINT64 || wall_s > G_MAXINT64
      || seal < 1 || seal > G_MAXINT32 || size > SEALED_SIZE_MAX)
    return FALSE;
  head->kiosk_id = (guint)kiosk_id;
  head->sequence = (gint64)sequence;
  head->wall_s = (gint64)wall_s;
  head->seal = (gint64)seal;
  head->sealed = g_bytes_new (sealed, size);
  return TRUE;
}

void
kouan_audit_head_clear (KouanAuditSignedHead *head)
{
  g_clear_pointer (&head->sealed, g_bytes_unref);
}

/**
 * kouan_audit_head_verify:
 * @keyring: must hold the kiosk's key for KOUAN_PURPOSE_RECORD
 * @head: (out caller-allocates)
 *
 * Returns: FALSE with a KOUAN_CRYPTO_ERROR
 */
gboolean
kouan_audit_head_verify (GBytes *message,
                         KouanKeyring *keyring,
                         KouanAuditSignedHead *head,
                         GError **error)
{
  g_autoptr (GBytes) payload
    = kouan_cose_verify (keyring, KOUAN_PURPOSE_RECORD, message, NULL, error);
  KouanCborReader reader;
  gsize size;
  const guint8 *data;

  *head = (KouanAuditSignedHead){ 0 };
  if (payload == NULL)
    return FALSE;
  data = g_bytes_get_data (payload, &size);
  kouan_cbor_reader_init (&reader, data, size);
  return read_head (&reader, head) || refuse (error, "signed, but not the head of an audit");
}

/* Returns: (transfer full): COSE */
GBytes *
kouan_audit_anchor_sign (const KouanAuditSignedAnchor *anchor, KouanSigningKey *key)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GBytes) payload = NULL;

  kouan_signed_write_head (out, KOUAN_SIGNED_AUDIT_ANCHOR, VERSION, ANCHOR_FIELDS);
  kouan_cbor_write_uint (out, anchor->hub_id);
  kouan_cbor_write_uint (out, anchor->kiosk_id);
  kouan_cbor_write_bytes (out, anchor->log_id, sizeof anchor->log_id);
  kouan_cbor_write_uint (out, (guint64)anchor->sequence);
  kouan_cbor_write_bytes (out, anchor->hash, sizeof anchor->hash);
  kouan_cbor_write_uint (out, (guint64)anchor->hub_s);
  payload = g_byte_array_free_to_bytes (out);
  return kouan_cose_sign (key, payload);
}

static gboolean
read_anchor (KouanCborReader *reader, KouanAuditSignedAnchor *anchor)
{
  guint64 hub_id = 0, kiosk_id = 0, sequence = 0, hub_s = 0;

  if (!kouan_signed_read_head (reader, KOUAN_SIGNED_AUDIT_ANCHOR, VERSION, ANCHOR_FIELDS))
    return FALSE;
  kouan_cbor_read_uint (reader, &hub_id);
  kouan_cbor_read_uint (reader, &kiosk_id);
  kouan_cbor_read_fixed (reader, anchor->log_id, sizeof anchor->log_id);
  kouan_cbor_read_uint (reader, &sequence);
  kouan_cbor_read_fixed (reader, anchor->hash, sizeof anchor->hash);
  kouan_cbor_read_uint (reader, &hub_s);
  if (!kouan_cbor_reader_finish (reader) || hub_id > G_MAXUINT16 || kiosk_id > G_MAXUINT16
      || sequence < 1 || sequence > G_MAXINT64 || hub_s > G_MAXINT64)
    return FALSE;
  anchor->hub_id = (guint)hub_id;
  anchor->kiosk_id = (guint)kiosk_id;
  anchor->sequence = (gint64)sequence;
  anchor->hub_s = (gint64)hub_s;
  return TRUE;
}

/* @keyring: must hold the hub's key for KOUAN_PURPOSE_HUB_RECEIPT */
gboolean
kouan_audit_anchor_verify (GBytes *message,
                           KouanKeyring *keyring,
                           KouanAuditSignedAnchor *anchor,
                           GError **error)
{
  g_autoptr (GBytes) payload
    = kouan_cose_verify (keyring, KOUAN_PURPOSE_HUB_RECEIPT, message, NULL, error);
  KouanCborReader reader;
  gsize size;
  const guint8 *data;

  if (payload == NULL)
    return FALSE;
  data = g_bytes_get_data (payload, &size);
  kouan_cbor_reader_init (&reader, data, size);
  return read_anchor (&reader, anchor) || refuse (error, "signed, but not the anchor of an audit");
}

/* NOT_FOUND if the log has not been sealed yet. */
gboolean
kouan_audit_log_id (KouanDatabase *db, guint8 id[static KOUAN_AUDIT_SEAL_ID_SIZE], GError **error)
{
  g_autoptr (GPtrArray) seals = kouan_audit_seals_list (db, error);

  if (seals == NULL)
    return FALSE;
  if (seals->len > 0)
    {
      memcpy (id, ((KouanAuditSeal *)seals->pdata[0])->id, KOUAN_AUDIT_SEAL_ID_SIZE);
      return TRUE;
    }
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
                       "the audit has no seal yet");
  return FALSE;
}

/**
 * kouan_audit_describe_head:
 * @head: (out): to be cleared
 *
 * Returns: FALSE with NOT_FOUND as long as nothing has been written under a seal
 */
gboolean
kouan_audit_describe_head (
  KouanDatabase *db, guint kiosk_id, gint64 wall_s, KouanAuditSignedHead *head, GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);
  g_autoptr (KouanAuditSeal) last = NULL;
  KouanAuditHead now;

  *head = (KouanAuditSignedHead){ 0 };
  if (transaction == NULL || !kouan_audit_log_id (db, head->log_id, error)
      || !kouan_audit_read_head (db, &now, error))
    return FALSE;
  last = kouan_audit_seals_last (db, error);
  if (last == NULL)
    return FALSE;
  head->kiosk_id = kiosk_id;
  head->sequence = now.sequence;
  head->wall_s = wall_s;
  head->seal = last->number;
  head->sealed = g_bytes_ref (last->sealed);
  memcpy (head->hash, now.hash, sizeof head->hash);
  return TRUE;
}
