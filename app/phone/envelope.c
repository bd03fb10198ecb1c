/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-phone"

#include "app/phone/envelope.h"

#include "app/crypto/aead.h"
#include "app/phone/protocol.h"

#include <string.h>

/* What the phone's browser seals and the kiosk opens:
 *
 *   nonce (12) · ChaCha20-Poly1305 (RFC 8439) of: code (2) · index (1) · count (1) · the file
 *
 * under a key that stands in the fragment of the address in the code on the screen. A browser never
 * sends a fragment, so that the key crosses from glass to lens and not through the air: who listens
 * on the Wi-Fi reads nothing and can put nothing in, though the token in the path passes in the
 * clear; and kouan-phone, which faces the network, cannot look into what it hands on. */

KouanPhoneFile *
kouan_phone_file_new (GBytes *bytes, guint code, guint index, guint count)
{
  KouanPhoneFile *self = g_new0 (KouanPhoneFile, 1);

  self->bytes = g_bytes_ref (bytes);
  self->code = code;
  self->index = index;
  self->count = count;
  return self;
}

void
kouan_phone_file_free (KouanPhoneFile *self)
{
  g_bytes_unref (self->bytes);
  g_free (self);
}

/* Takes @plain's place. */
static KouanPhoneFile *
read_plain (guint8 *plain, gsize size)
{
  g_autoptr (GBytes) all = g_bytes_new_take (plain, size);
  g_autoptr (GBytes) file
    = g_bytes_new_from_bytes (all, KOUAN_PHONE_HEAD_SIZE, size - KOUAN_PHONE_HEAD_SIZE);
  guint code = (guint)plain[0] << 8 | plain[1];
  guint index = plain[2], count = plain[3];

  if (code > KOUAN_PHONE_CODE_MAX || count > KOUAN_PHONE_BATCH_MAX || index >= count)
    return NULL;
  return kouan_phone_file_new (file, code, index, count);
}

/* Returns: (transfer full) (nullable): NULL where @key did not seal it */
KouanPhoneFile *
kouan_phone_envelope_open (KouanSecret *key, GBytes *envelope)
{
  g_autoptr (KouanAead) aead = kouan_aead_new_opening (key);
  g_autofree guint8 *plain = NULL;
  gsize size, plain_size;
  const guint8 *bytes = g_bytes_get_data (envelope, &size);

  if (size < KOUAN_PHONE_ENVELOPE_SIZE || size > KOUAN_PHONE_BODY_MAX)
    return NULL;
  plain_size = size - KOUAN_PHONE_NONCE_SIZE - KOUAN_PHONE_TAG_SIZE;
  plain = g_malloc (plain_size);
  if (!kouan_aead_open (aead, bytes, bytes + KOUAN_PHONE_NONCE_SIZE, size - KOUAN_PHONE_NONCE_SIZE,
                        plain))
    return NULL;
  return read_plain (g_steal_pointer (&plain), plain_size);
}

/* What the page does in the browser, for tests and for other clients. Returns: (transfer full) */
GBytes *
kouan_phone_envelope_seal (KouanSecret *key, const KouanPhoneFile *file)
{
  g_autoptr (KouanAead) aead = kouan_aead_new_sealing (key);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (file->bytes, &size);
  g_autofree guint8 *plain = g_malloc (KOUAN_PHONE_HEAD_SIZE + size);
  guint8 *envelope = g_malloc (KOUAN_PHONE_ENVELOPE_SIZE + size);

  plain[0] = file->code >> 8;
  plain[1] = file->code & 0xff;
  plain[2] = file->index;
  plain[3] = file->count;
  if (size > 0)
    memcpy (plain + KOUAN_PHONE_HEAD_SIZE, bytes, size);
  kouan_random_bytes (envelope, KOUAN_PHONE_NONCE_SIZE);
  kouan_aead_seal (aead, envelope, plain, KOUAN_PHONE_HEAD_SIZE + size,
                   envelope + KOUAN_PHONE_NONCE_SIZE);
  return g_bytes_new_take (envelope, KOUAN_PHONE_ENVELOPE_SIZE + size);
}
