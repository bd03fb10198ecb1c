/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-staff"

#include "app/staff/unlock.h"

#include "app/staff/badge.h"
#include "app/staff/error.h"

#include <string.h>

/* COSE_Sign1 by the key that signs rosters, over [13, 1, kiosk, person, nonce (8 bytes)]. The kiosk
 * makes the nonce when it locks, and a new one at the next lock: a code that is kept is worth
 * nothing. */

#define VERSION 1
#define ELEMENTS 5
#define GROUP 4 /* digits between two hyphens */

void
kouan_unlock_clear (KouanUnlock *self)
{
  g_clear_pointer (&self->person, g_free);
}

char *
kouan_unlock_issue (const KouanUnlock *unlock, KouanSigningKey *key)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) message = NULL;

  g_return_val_if_fail (unlock != NULL && unlock->person != NULL && key != NULL, NULL);

  kouan_signed_write_head (out, KOUAN_SIGNED_UNLOCK, VERSION, ELEMENTS);
  kouan_cbor_write_uint (out, unlock->kiosk_id);
  kouan_cbor_write_text (out, unlock->person);
  kouan_cbor_write_bytes (out, unlock->nonce, sizeof unlock->nonce);
  payload = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  message = kouan_cose_sign (key, payload);
  return kouan_code_to_text (KOUAN_CODE_UNLOCK, message);
}

static gboolean
read_payload (GBytes *payload, KouanUnlock *unlock)
{
  KouanCborReader reader;
  gsize size;
  const guint8 *data = g_bytes_get_data (payload, &size);
  guint64 kiosk_id = 0;

  kouan_cbor_reader_init (&reader, data, size);
  if (!kouan_signed_read_head (&reader, KOUAN_SIGNED_UNLOCK, VERSION, ELEMENTS))
    return FALSE;
  kouan_cbor_read_uint (&reader, &kiosk_id);
  unlock->person = kouan_cbor_dup_text (&reader);
  kouan_cbor_read_fixed (&reader, unlock->nonce, sizeof unlock->nonce);
  unlock->kiosk_id = (guint)MIN (kiosk_id, G_MAXUINT);
  return kouan_cbor_reader_finish (&reader) && unlock->person != NULL;
}

/* @unlock: (out): to be cleared, whatever the answer. FALSE with WRONG_UNLOCK */
gboolean
kouan_unlock_read (const char *text, KouanKeyring *keyring, KouanUnlock *unlock, GError **error)
{
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (text != NULL && keyring != NULL && unlock != NULL, FALSE);

  *unlock = (KouanUnlock){ 0 };
  message = kouan_code_from_text (KOUAN_CODE_UNLOCK, text, &cause);
  if (message != NULL)
    payload = kouan_cose_verify (keyring, KOUAN_PURPOSE_ROSTER, message, NULL, &cause);
  if (payload != NULL && read_payload (payload, unlock))
    return TRUE;
  g_set_error_literal (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_WRONG_UNLOCK,
                       cause != NULL ? cause->message : "the signed bytes are no unlock code");
  return FALSE;
}

char *
kouan_unlock_nonce_to_text (const guint8 nonce[static KOUAN_ATTEMPTS_NONCE_SIZE])
{
  g_autofree char *digits = kouan_hex (nonce, KOUAN_ATTEMPTS_NONCE_SIZE);
  GString *text = g_string_new (NULL);

  for (guint i = 0; digits[i] != '\0'; i++)
    {
      if (i > 0 && i % GROUP == 0)
        g_string_append_c (text, '-');
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

/* Heard over a telephone: hyphens and capitals do not matter. */
gboolean
kouan_unlock_nonce_from_text (const char *text, guint8 nonce[static KOUAN_ATTEMPTS_NONCE_SIZE])
{
  g_autofree char *digits = g_ascii_strdown (text, -1);
  gsize length = 0;

  for (gsize i = 0; digits[i] != '\0'; i++)
    if (digits[i] != '-' && digits[i] != ' ')
      digits[length++] = digits[i];
  digits[length] = '\0';
  return kouan_unhex (digits, nonce, KOUAN_ATTEMPTS_NONCE_SIZE);
}
