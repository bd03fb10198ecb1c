/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-appointment"

#include "app/appointment/signed-code.h"

#define YEAR_10000_S G_GINT64_CONSTANT (253402300800)

char *
kouan_signed_code_make (const char *prefix, KouanSigningKey *key, GByteArray *payload)
{
  g_autoptr (GBytes) bytes = g_bytes_new (payload->data, payload->len);
  g_autoptr (GBytes) message = kouan_cose_sign (key, bytes);

  kouan_wipe (payload->data, payload->len);
  return kouan_code_to_text (prefix, message);
}

void
kouan_signed_code_set_damaged (GError **error, const char *why)
{
  g_set_error_literal (error, KOUAN_APPOINTMENT_ERROR, KOUAN_APPOINTMENT_ERROR_DAMAGED, why);
}

/* Errors of crypto, as they look to who holds the code. */
static void
translate (GError **error, const GError *cause)
{
  gboolean unknown = g_error_matches (cause, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_UNKNOWN_KEY);

  g_set_error_literal (error, KOUAN_APPOINTMENT_ERROR,
                       unknown ? KOUAN_APPOINTMENT_ERROR_NOT_OURS : KOUAN_APPOINTMENT_ERROR_DAMAGED,
                       cause->message);
}

/**
 * kouan_signed_code_open:
 *
 * Errors: %KOUAN_APPOINTMENT_ERROR_NOT_OURS another prefix, or a key that may not sign this; else
 * %KOUAN_APPOINTMENT_ERROR_DAMAGED.
 *
 * Returns: (transfer full) (nullable): the payload, whose signer is known
 */
GBytes *
kouan_signed_code_open (
  const char *prefix, KouanPurpose purpose, const char *text, KouanKeyring *keyring, GError **error)
{
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GError) cause = NULL;

  if (!g_str_has_prefix (text, prefix))
    {
      g_set_error (error, KOUAN_APPOINTMENT_ERROR, KOUAN_APPOINTMENT_ERROR_NOT_OURS,
                   "not a %s code", prefix);
      return NULL;
    }
  message = kouan_code_from_text (prefix, text, &cause);
  if (message != NULL)
    payload = kouan_cose_verify (keyring, purpose, message, NULL, &cause);
  if (payload == NULL)
    translate (error, cause);
  return g_steal_pointer (&payload);
}

gboolean
kouan_signed_code_read_number (KouanCborReader *reader, guint *number)
{
  guint64 value = 0;

  if (!kouan_cbor_read_uint (reader, &value) || value == 0 || value > KOUAN_CODE_NUMBER_MAX)
    return FALSE;
  *number = (guint)value;
  return TRUE;
}

gboolean
kouan_signed_code_read_time (KouanCborReader *reader, gint64 *time_s)
{
  guint64 value = 0;

  if (!kouan_cbor_read_uint (reader, &value) || value >= YEAR_10000_S)
    return FALSE;
  *time_s = (gint64)value;
  return TRUE;
}

KouanSecret *
kouan_signed_code_read_secret (KouanCborReader *reader)
{
  g_autoptr (KouanSecret) secret = kouan_secret_new (KOUAN_CODE_SECRET_SIZE);

  if (!kouan_cbor_read_fixed (reader, kouan_secret_data (secret), KOUAN_CODE_SECRET_SIZE))
    return NULL;
  return g_steal_pointer (&secret);
}
