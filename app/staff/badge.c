/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-staff"

#include "app/staff/badge.h"

#include "app/staff/error.h"

#include <string.h>

/* A badge is one half of getting in; it is a QR code that can be photographed, so that it is worth
 * nothing without the PIN, and it ends by itself. COSE_Sign1 over a deterministic CBOR array
 *
 *   [4, 1, badge id (16 bytes), person, roles, first roster, issued (s), expires (s)]
 *
 * in Base45 behind "KB1:". Whether it is expired or revoked is the gate's question: here only
 * whether it is one of ours. */

#define VERSION 1
#define ELEMENTS 8
#define DAY_S 86400
#define YEAR_10000_S G_GINT64_CONSTANT (253402300800)

void
kouan_badge_free (KouanBadge *self)
{
  g_free (self->person);
  g_free (self);
}

/* Small letters, digits and "-": it stands in the audit and on a command line. */
gboolean
kouan_person_is_id (const char *text)
{
  gsize length = text != NULL ? strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") : 0;

  return length > 0 && length <= KOUAN_PERSON_SIZE_MAX && text[length] == '\0';
}

/**
 * kouan_badge_issue:
 *
 * Returns: (transfer full): "KB1:…"
 */
char *
kouan_badge_issue (const KouanBadge *badge, KouanSigningKey *key)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) message = NULL;

  g_return_val_if_fail (badge != NULL && key != NULL, NULL);
  g_return_val_if_fail (kouan_person_is_id (badge->person), NULL);
  g_return_val_if_fail (badge->roles != 0 && badge->roles <= KOUAN_ROLES_ALL, NULL);
  g_return_val_if_fail (badge->issued_s >= 0 && badge->issued_s < badge->expires_s, NULL);
  g_return_val_if_fail (badge->expires_s - badge->issued_s <= KOUAN_BADGE_DAYS_MAX * DAY_S, NULL);

  kouan_signed_write_head (out, KOUAN_SIGNED_BADGE, VERSION, ELEMENTS);
  kouan_cbor_write_bytes (out, badge->id, sizeof badge->id);
  kouan_cbor_write_text (out, badge->person);
  kouan_cbor_write_uint (out, badge->roles);
  kouan_cbor_write_uint (out, badge->roster_min);
  kouan_cbor_write_uint (out, (guint64)badge->issued_s);
  kouan_cbor_write_uint (out, (guint64)badge->expires_s);
  payload = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  message = kouan_cose_sign (key, payload);
  return kouan_code_to_text (KOUAN_CODE_BADGE, message);
}

static gboolean
read_payload (GBytes *payload, KouanBadge *badge)
{
  KouanCborReader reader;
  gsize size;
  const guint8 *data = g_bytes_get_data (payload, &size);
  guint64 roles = 0, issued_s = 0, expires_s = 0;

  kouan_cbor_reader_init (&reader, data, size);
  if (!kouan_signed_read_head (&reader, KOUAN_SIGNED_BADGE, VERSION, ELEMENTS))
    return FALSE;
  kouan_cbor_read_fixed (&reader, badge->id, sizeof badge->id);
  badge->person = kouan_cbor_dup_text (&reader);
  kouan_cbor_read_uint (&reader, &roles);
  kouan_cbor_read_uint (&reader, &badge->roster_min);
  kouan_cbor_read_uint (&reader, &issued_s);
  kouan_cbor_read_uint (&reader, &expires_s);
  if (!kouan_cbor_reader_finish (&reader) || !kouan_person_is_id (badge->person) || roles == 0
      || roles > KOUAN_ROLES_ALL || expires_s >= YEAR_10000_S || issued_s >= expires_s
      || expires_s - issued_s > KOUAN_BADGE_DAYS_MAX * DAY_S)
    return FALSE;
  badge->roles = (guint)roles;
  badge->issued_s = (gint64)issued_s;
  badge->expires_s = (gint64)expires_s;
  return TRUE;
}

/**
 * kouan_badge_read:
 * @text: what a camera read; anything
 * @keyring: keys with %KOUAN_PURPOSE_BADGE count
 *
 * Errors: %KOUAN_STAFF_ERROR_NOT_A_BADGE another prefix; %KOUAN_STAFF_ERROR_REFUSED damaged, forged
 * or by a key that is not ours.
 */
KouanBadge *
kouan_badge_read (const char *text, KouanKeyring *keyring, GError **error)
{
  g_autoptr (KouanBadge) badge = g_new0 (KouanBadge, 1);
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (text != NULL && keyring != NULL, NULL);

  if (!g_str_has_prefix (text, KOUAN_CODE_BADGE))
    {
      g_set_error_literal (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_NOT_A_BADGE,
                           "the code is not a badge");
      return NULL;
    }
  message = kouan_code_from_text (KOUAN_CODE_BADGE, text, &cause);
  if (message != NULL)
    payload = kouan_cose_verify (keyring, KOUAN_PURPOSE_BADGE, message, NULL, &cause);
  if (payload != NULL && read_payload (payload, badge))
    return g_steal_pointer (&badge);
  g_set_error_literal (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_REFUSED,
                       cause != NULL ? cause->message : "the signed bytes are not a badge");
  return NULL;
}
