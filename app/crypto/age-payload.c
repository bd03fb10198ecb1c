/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/age-private.h"

/* STREAM as age v1 has it: the nonce of a chunk is its number and whether it is the last, so that
 * chunks cannot be left out, swapped or doubled, and an end cannot be moved. */

struct _KouanAgePayload
{
  KouanAead *aead;
  guint64 number;
};

KouanAgePayload *
kouan_age_payload_new (KouanSecret *file_key,
                       const guint8 nonce[static KOUAN_AGE_NONCE_SIZE],
                       gboolean sealing)
{
  g_autoptr (KouanSecret) key
    = kouan_hkdf_sha256_salted (file_key, nonce, KOUAN_AGE_NONCE_SIZE, "payload", KOUAN_KEY_SIZE);
  KouanAgePayload *self = g_new0 (KouanAgePayload, 1);

  self->aead = sealing ? kouan_aead_new_sealing (key) : kouan_aead_new_opening (key);
  return self;
}

void
kouan_age_payload_free (KouanAgePayload *self)
{
  kouan_aead_free (self->aead);
  g_free (self);
}

/* Eleven bytes of number, big-endian, and one that is 1 for the last chunk. */
static void
next_nonce (KouanAgePayload *self, gboolean final, guint8 nonce[static KOUAN_AEAD_NONCE_SIZE])
{
  guint64 number = self->number++;

  for (int i = KOUAN_AEAD_NONCE_SIZE - 2; i >= 0; i--)
    {
      nonce[i] = (guint8)number;
      number >>= 8;
    }
  nonce[KOUAN_AEAD_NONCE_SIZE - 1] = final ? 1 : 0;
}

/**
 * kouan_age_payload_seal:
 * @size: 64 KiB, or less if @final
 * @sealed: (out): @size + 16 bytes
 */
void
kouan_age_payload_seal (
  KouanAgePayload *self, const guint8 *plain, gsize size, gboolean final, guint8 *sealed)
{
  guint8 nonce[KOUAN_AEAD_NONCE_SIZE];

  g_assert (size == KOUAN_AGE_CHUNK_SIZE || (final && size < KOUAN_AGE_CHUNK_SIZE));
  g_assert (size > 0 || self->number == 0);
  next_nonce (self, final, nonce);
  kouan_aead_seal (self->aead, nonce, plain, size, sealed);
}

/**
 * kouan_age_payload_open:
 * @plain: (out): @size - 16 bytes
 *
 * Returns: FALSE also for an empty last chunk behind others, which would be a second spelling of
 * the same file
 */
gboolean
kouan_age_payload_open (
  KouanAgePayload *self, const guint8 *sealed, gsize size, gboolean final, guint8 *plain)
{
  guint8 nonce[KOUAN_AEAD_NONCE_SIZE];

  if (size < KOUAN_AEAD_TAG_SIZE || (size == KOUAN_AEAD_TAG_SIZE && self->number > 0))
    return FALSE;
  next_nonce (self, final, nonce);
  return kouan_aead_open (self->aead, nonce, sealed, size, plain);
}
