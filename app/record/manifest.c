/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/manifest.h"

#include "app/record/receipt-number.h"

/* What a kiosk signs about a sealed record: a CBOR array of eleven, COSE_Sign1 around it. The hub
 * checks it without opening the record, and refuses bytes that are not the ones it names. */

#define VERSION 1
#define FIELDS 11

static gboolean
is_plausible (const KouanManifest *manifest)
{
  return manifest->kiosk_id >= 1 && manifest->kiosk_id <= G_MAXUINT16 && manifest->hall_id >= 1
         && manifest->hall_id <= G_MAXUINT16 && manifest->sequence >= 1
         && manifest->sequence <= KOUAN_RECEIPT_SEQUENCE_MAX && manifest->created_ms >= 0
         && manifest->service >= 0 && manifest->size >= 1;
}

/* Returns: (transfer full): COSE */
GBytes *
kouan_manifest_sign (const KouanManifest *manifest, KouanSigningKey *key)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) payload = NULL;

  g_return_val_if_fail (manifest != NULL && key != NULL && is_plausible (manifest), NULL);

  kouan_signed_write_head (out, KOUAN_SIGNED_RECORD, VERSION, FIELDS);
  kouan_cbor_write_bytes (out, manifest->record_id, sizeof manifest->record_id);
  kouan_cbor_write_uint (out, manifest->kiosk_id);
  kouan_cbor_write_uint (out, manifest->hall_id);
  kouan_cbor_write_uint (out, (guint64)manifest->sequence);
  kouan_cbor_write_uint (out, (guint64)manifest->created_ms);
  kouan_cbor_write_uint (out, (guint64)manifest->service);
  kouan_cbor_write_uint (out, (guint64)manifest->size);
  kouan_cbor_write_bytes (out, manifest->sha256, sizeof manifest->sha256);
  kouan_cbor_write_bytes (out, manifest->code_id,
                          manifest->has_code ? sizeof manifest->code_id : 0);
  payload = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  return kouan_cose_sign (key, payload);
}

static gboolean
read_id (KouanCborReader *reader, guint *id)
{
  guint64 value = 0;

  if (!kouan_cbor_read_uint (reader, &value) || value > G_MAXUINT16)
    return FALSE;
  *id = (guint)value;
  return TRUE;
}

static gboolean
read_number (KouanCborReader *reader, gint64 *number)
{
  guint64 value = 0;

  if (!kouan_cbor_read_uint (reader, &value) || value > G_MAXINT64)
    return FALSE;
  *number = (gint64)value;
  return TRUE;
}

static gboolean
read_code (KouanCborReader *reader, KouanManifest *manifest)
{
  const guint8 *data = NULL;
  gsize size = 0;

  if (!kouan_cbor_read_bytes (reader, &data, &size)
      || (size != 0 && size != sizeof manifest->code_id))
    return FALSE;
  manifest->has_code = size != 0;
  if (manifest->has_code)
    memcpy (manifest->code_id, data, size);
  return TRUE;
}

static gboolean
read_payload (GBytes *payload, KouanManifest *manifest)
{
  KouanCborReader reader;
  gsize size;
  const guint8 *data = g_bytes_get_data (payload, &size);

  kouan_cbor_reader_init (&reader, data, size);
  return kouan_signed_read_head (&reader, KOUAN_SIGNED_RECORD, VERSION, FIELDS)
         && kouan_cbor_read_fixed (&reader, manifest->record_id, sizeof manifest->record_id)
         && read_id (&reader, &manifest->kiosk_id) && read_id (&reader, &manifest->hall_id)
         && read_number (&reader, &manifest->sequence)
         && read_number (&reader, &manifest->created_ms)
         && read_number (&reader, &manifest->service) && read_number (&reader, &manifest->size)
         && kouan_cbor_read_fixed (&reader, manifest->sha256, sizeof manifest->sha256)
         && read_code (&reader, manifest) && kouan_cbor_reader_finish (&reader)
         && is_plausible (manifest);
}

/**
 * kouan_manifest_verify:
 * @message: COSE, from anywhere
 * @keyring: must hold the kiosk's key for KOUAN_PURPOSE_RECORD
 * @manifest: (out caller-allocates): what it says; whether @signer is the kiosk that it names is
 * the caller's to compare
 * @signer: (out) (optional) (transfer full):
 *
 * Returns: FALSE with a KOUAN_CRYPTO_ERROR
 */
gboolean
kouan_manifest_verify (GBytes *message,
                       KouanKeyring *keyring,
                       KouanManifest *manifest,
                       KouanVerifyingKey **signer,
                       GError **error)
{
  g_autoptr (KouanVerifyingKey) found = NULL;
  g_autoptr (GBytes) payload = NULL;

  g_return_val_if_fail (message != NULL && keyring != NULL && manifest != NULL, FALSE);

  memset (manifest, 0, sizeof *manifest);
  payload = kouan_cose_verify (keyring, KOUAN_PURPOSE_RECORD, message, &found, error);
  if (payload == NULL)
    return FALSE;
  if (!read_payload (payload, manifest))
    {
      g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                           "the signed bytes are not a record's manifest");
      return FALSE;
    }
  if (signer != NULL)
    *signer = g_steal_pointer (&found);
  return TRUE;
}
