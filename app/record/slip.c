/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/slip.h"

#include "app/record/receipt-number.h"

#include <string.h>

/* The visitor's receipt as a QR code: a CBOR array of eight, COSE_Sign1 around it, Base45 around
 * that. A desk that knows the kiosk's key sees offline that it is real and what is still to be
 * brought. It names no person: it may be lost. */

#define VERSION 1
#define FIELDS 8

void
kouan_slip_clear (KouanSlip *slip)
{
  g_clear_pointer (&slip->number, g_free);
}

/* Returns: (transfer full): "KR1:…" */
char *
kouan_slip_sign (const KouanSlip *slip, KouanSigningKey *key)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) message = NULL;

  g_return_val_if_fail (slip != NULL && key != NULL && slip->number != NULL, NULL);
  g_return_val_if_fail (slip->service >= 0 && slip->time_s >= 0, NULL);
  g_return_val_if_fail (slip->missing_count <= KOUAN_SLIP_MISSING_MAX, NULL);

  kouan_signed_write_head (out, KOUAN_SIGNED_SLIP, VERSION, FIELDS);
  kouan_cbor_write_text (out, slip->number);
  kouan_cbor_write_bytes (out, slip->record_id, sizeof slip->record_id);
  kouan_cbor_write_uint (out, slip->hall_id);
  kouan_cbor_write_uint (out, (guint64)slip->service);
  kouan_cbor_write_uint (out, (guint64)slip->time_s);
  kouan_cbor_write_array (out, slip->missing_count);
  for (guint i = 0; i < slip->missing_count; i++)
    kouan_cbor_write_uint (out, slip->missing[i]);
  payload = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  message = kouan_cose_sign (key, payload);
  return kouan_code_to_text (KOUAN_CODE_RECEIPT, message);
}

static gboolean
read_missing (KouanCborReader *reader, KouanSlip *slip)
{
  gsize count = 0;

  if (!kouan_cbor_read_array (reader, &count) || count > KOUAN_SLIP_MISSING_MAX)
    return FALSE;
  for (gsize i = 0; i < count; i++)
    {
      guint64 code = 0;

      if (!kouan_cbor_read_uint (reader, &code) || code > G_MAXUINT)
        return FALSE;
      slip->missing[i] = (guint)code;
    }
  slip->missing_count = (guint)count;
  return TRUE;
}

static gboolean
read_payload (GBytes *payload, KouanSlip *slip)
{
  KouanCborReader reader;
  gsize size;
  const guint8 *data = g_bytes_get_data (payload, &size);
  guint64 hall_id = 0, service = 0, time_s = 0;
  gint64 sequence;
  guint kiosk_id;

  kouan_cbor_reader_init (&reader, data, size);
  if (!kouan_signed_read_head (&reader, KOUAN_SIGNED_SLIP, VERSION, FIELDS))
    return FALSE;
  slip->number = kouan_cbor_dup_text (&reader);
  kouan_cbor_read_fixed (&reader, slip->record_id, sizeof slip->record_id);
  kouan_cbor_read_uint (&reader, &hall_id);
  kouan_cbor_read_uint (&reader, &service);
  kouan_cbor_read_uint (&reader, &time_s);
  if (!read_missing (&reader, slip) || !kouan_cbor_reader_finish (&reader) || hall_id > G_MAXUINT16
      || service > G_MAXINT64 || time_s > G_MAXINT64)
    return FALSE;
  slip->hall_id = (guint)hall_id;
  slip->service = (gint64)service;
  slip->time_s = (gint64)time_s;
  return kouan_receipt_number_parse (slip->number, &kiosk_id, &sequence);
}

/**
 * kouan_slip_verify:
 * @text: from a camera: anything
 * @keyring: must hold the kiosk's key for KOUAN_PURPOSE_SLIP
 * @slip: (out caller-allocates): to be cleared by the caller, whatever the answer
 *
 * Returns: FALSE with a KOUAN_CRYPTO_ERROR
 */
gboolean
kouan_slip_verify (const char *text, KouanKeyring *keyring, KouanSlip *slip, GError **error)
{
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) payload = NULL;

  g_return_val_if_fail (text != NULL && keyring != NULL && slip != NULL, FALSE);

  memset (slip, 0, sizeof *slip);
  message = kouan_code_from_text (KOUAN_CODE_RECEIPT, text, error);
  if (message == NULL)
    return FALSE;
  payload = kouan_cose_verify (keyring, KOUAN_PURPOSE_SLIP, message, NULL, error);
  if (payload == NULL)
    return FALSE;
  if (read_payload (payload, slip))
    return TRUE;
  g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                       "the signed bytes are not a receipt");
  return FALSE;
}
