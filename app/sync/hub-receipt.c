/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/hub-receipt.h"

#include "app/crypto/cbor.h"

#include <string.h>

/* The hub's word about a record: COSE_Sign1 over a CBOR array of nine. The kiosk changes a record's
 * state on nothing else, and erases on ARCHIVED alone, because a hub that is restored from last
 * night's backup has forgotten what it committed today. Signing the same receipt again makes the
 * same bytes (Ed25519 is deterministic), so a receipt that got lost costs nothing. */

#define VERSION 1
#define FIELDS 9

/* Returns: (transfer full): COSE */
GBytes *
kouan_hub_receipt_sign (const KouanHubReceipt *receipt, KouanSigningKey *key)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) payload = NULL;

  g_return_val_if_fail (receipt != NULL && key != NULL, NULL);
  g_return_val_if_fail (receipt->hub_sequence >= 0 && receipt->time_s >= 0, NULL);

  kouan_signed_write_head (out, KOUAN_SIGNED_HUB_RECEIPT, VERSION, FIELDS);
  kouan_cbor_write_uint (out, receipt->state);
  kouan_cbor_write_uint (out, receipt->hub_id);
  kouan_cbor_write_uint (out, receipt->kiosk_id);
  kouan_cbor_write_bytes (out, receipt->record_id, sizeof receipt->record_id);
  kouan_cbor_write_bytes (out, receipt->sha256, sizeof receipt->sha256);
  kouan_cbor_write_uint (out, (guint64)receipt->hub_sequence);
  kouan_cbor_write_uint (out, (guint64)receipt->time_s);
  payload = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  return kouan_cose_sign (key, payload);
}

static gboolean
read_fields (KouanCborReader *reader, KouanHubReceipt *receipt)
{
  guint64 state = 0, hub_id = 0, kiosk_id = 0, sequence = 0, time_s = 0;

  if (!kouan_signed_read_head (reader, KOUAN_SIGNED_HUB_RECEIPT, VERSION, FIELDS))
    return FALSE;
  kouan_cbor_read_uint (reader, &state);
  kouan_cbor_read_uint (reader, &hub_id);
  kouan_cbor_read_uint (reader, &kiosk_id);
  kouan_cbor_read_fixed (reader, receipt->record_id, sizeof receipt->record_id);
  kouan_cbor_read_fixed (reader, receipt->sha256, sizeof receipt->sha256);
  kouan_cbor_read_uint (reader, &sequence);
  kouan_cbor_read_uint (reader, &time_s);
  if (!kouan_cbor_reader_finish (reader) || state < KOUAN_HUB_RECEIPT_COMMITTED
      || state > KOUAN_HUB_RECEIPT_DUPLICATE || hub_id > G_MAXUINT16 || kiosk_id > G_MAXUINT16
      || sequence > G_MAXINT64 || time_s > G_MAXINT64)
    return FALSE;
  receipt->state = (KouanHubReceiptState)state;
  receipt->hub_id = (guint)hub_id;
  receipt->kiosk_id = (guint)kiosk_id;
  receipt->hub_sequence = (gint64)sequence;
  receipt->time_s = (gint64)time_s;
  return TRUE;
}

/**
 * kouan_hub_receipt_verify:
 * @message: COSE, from anywhere
 * @keyring: must hold the hub's key for KOUAN_PURPOSE_HUB_RECEIPT
 * @receipt: (out caller-allocates): what it says; whether it is about the record in hand is another
 * question, see kouan_hub_receipt_is_for()
 *
 * Returns: FALSE with a KOUAN_CRYPTO_ERROR
 */
gboolean
kouan_hub_receipt_verify (GBytes *message,
                          KouanKeyring *keyring,
                          KouanHubReceipt *receipt,
                          GError **error)
{
  g_autoptr (GBytes) payload = NULL;
  KouanCborReader reader;
  gsize size;
  const guint8 *data;

  g_return_val_if_fail (message != NULL && keyring != NULL && receipt != NULL, FALSE);

  payload = kouan_cose_verify (keyring, KOUAN_PURPOSE_HUB_RECEIPT, message, NULL, error);
  if (payload == NULL)
    return FALSE;
  data = g_bytes_get_data (payload, &size);
  kouan_cbor_reader_init (&reader, data, size);
  if (read_fields (&reader, receipt))
    return TRUE;
  g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                       "signed, but not a hub's receipt");
  return FALSE;
}

gboolean
kouan_hub_receipt_is_for (const KouanHubReceipt *receipt,
                          guint kiosk_id,
                          const guint8 record_id[static KOUAN_UUID_SIZE],
                          const guint8 sha256[static KOUAN_SHA256_SIZE])
{
  g_return_val_if_fail (receipt != NULL, FALSE);

  return receipt->kiosk_id == kiosk_id
         && memcmp (receipt->record_id, record_id, KOUAN_UUID_SIZE) == 0
         && memcmp (receipt->sha256, sha256, KOUAN_SHA256_SIZE) == 0;
}

const char *
kouan_hub_receipt_state_to_string (KouanHubReceiptState state)
{
  switch (state)
    {
    case KOUAN_HUB_RECEIPT_COMMITTED:
      return "committed";
    case KOUAN_HUB_RECEIPT_ARCHIVED:
      return "archived";
    case KOUAN_HUB_RECEIPT_REFUSED:
      return "refused";
    case KOUAN_HUB_RECEIPT_DUPLICATE:
      return "duplicate";
    default:
      g_assert_not_reached ();
    }
}
