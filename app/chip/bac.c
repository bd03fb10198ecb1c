/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/bac.h"

#include <string.h>

/* Both sides know two keys, worked out from the zone. The chip sends a nonce. The terminal sends
 * its own nonce, the chip's, and 16 random bytes, encrypted and with a MAC; the chip sends the same
 * with the nonces swapped and random bytes of its own. The session keys come from both sides'
 * random bytes, and the counter from the last halves of the nonces. */

#define CRYPTOGRAM_SIZE (2 * KOUAN_BAC_NONCE_SIZE + KOUAN_BAC_KEYING_SIZE)
#define CIPHER KOUAN_BLOCK_CIPHER_3DES

void
kouan_bac_init (KouanBac *self, KouanChipPassword *password)
{
  guint8 seed[KOUAN_CHIP_SEED_SIZE];

  kouan_chip_password_get_seed (password, seed);
  kouan_chip_derive (CIPHER, seed, sizeof seed, KOUAN_CHIP_KEY_ENCRYPTION, self->encryption_key);
  kouan_chip_derive (CIPHER, seed, sizeof seed, KOUAN_CHIP_KEY_MAC, self->mac_key);
  kouan_random_bytes (self->own_nonce, sizeof self->own_nonce);
  kouan_random_bytes (self->own_keying, sizeof self->own_keying);
  kouan_wipe (seed, sizeof seed);
}

static void
work_out_mac (const KouanBac *self,
              const guint8 *cryptogram,
              guint8 mac[static KOUAN_BLOCK_MAC_SIZE])
{
  g_autoptr (GByteArray) padded = g_byte_array_new ();

  g_byte_array_append (padded, cryptogram, CRYPTOGRAM_SIZE);
  kouan_block_cipher_pad (CIPHER, padded);
  kouan_block_cipher_mac (CIPHER, self->mac_key, padded->data, padded->len, mac);
}

void
kouan_bac_make_token (const KouanBac *self, guint8 token[static KOUAN_BAC_TOKEN_SIZE])
{
  memcpy (token, self->own_nonce, KOUAN_BAC_NONCE_SIZE);
  memcpy (token + KOUAN_BAC_NONCE_SIZE, self->chip_nonce, KOUAN_BAC_NONCE_SIZE);
  memcpy (token + 2 * KOUAN_BAC_NONCE_SIZE, self->own_keying, KOUAN_BAC_KEYING_SIZE);
  kouan_block_cipher_encrypt (CIPHER, self->encryption_key, NULL, token, CRYPTOGRAM_SIZE, token);
  work_out_mac (self, token, token + CRYPTOGRAM_SIZE);
}

static KouanSecureMessaging *
refuse (GError **error, const char *what)
{
  g_set_error_literal (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_TAMPERED, what);
  return NULL;
}

static KouanSecureMessaging *
start_session (const KouanBac *self, const guint8 *chip_keying)
{
  guint8 seed[KOUAN_BAC_KEYING_SIZE];
  guint8 counter[KOUAN_BLOCK_SIZE_MAX] = { 0 };
  KouanSecureMessaging *messaging;

  for (gsize i = 0; i < sizeof seed; i++)
    seed[i] = self->own_keying[i] ^ chip_keying[i];
  memcpy (counter, self->chip_nonce + 4, 4);
  memcpy (counter + 4, self->own_nonce + 4, 4);
  messaging = kouan_secure_messaging_new_derived (CIPHER, seed, sizeof seed, counter);
  kouan_wipe (seed, sizeof seed);
  return messaging;
}

/**
 * kouan_bac_finish:
 * @token: the chip's answer
 *
 * Returns: (transfer full) (nullable): %NULL with %KOUAN_CHIP_ERROR_TAMPERED if the chip does not
 *   know the keys either
 */
KouanSecureMessaging *
kouan_bac_finish (const KouanBac *self, const guint8 *token, gsize size, GError **error)
{
  guint8 plain[CRYPTOGRAM_SIZE];
  guint8 mac[KOUAN_BLOCK_MAC_SIZE];
  KouanSecureMessaging *messaging;

  if (size != KOUAN_BAC_TOKEN_SIZE)
    return refuse (error, "the chip's token is too short or too long");
  work_out_mac (self, token, mac);
  if (!kouan_equal_in_constant_time (mac, token + CRYPTOGRAM_SIZE, sizeof mac))
    return refuse (error, "the MAC of the chip's token is wrong");
  kouan_block_cipher_decrypt (CIPHER, self->encryption_key, NULL, token, sizeof plain, plain);
  if (memcmp (plain, self->chip_nonce, KOUAN_BAC_NONCE_SIZE) != 0
      || memcmp (plain + KOUAN_BAC_NONCE_SIZE, self->own_nonce, KOUAN_BAC_NONCE_SIZE) != 0)
    return refuse (error, "the chip's token is about other nonces");
  messaging = start_session (self, plain + 2 * KOUAN_BAC_NONCE_SIZE);
  kouan_wipe (plain, sizeof plain);
  return messaging;
}

static gboolean
get_challenge (KouanChipChannel *channel, KouanBac *self, GByteArray *answer, GError **error)
{
  const KouanApdu command = { .ins = KOUAN_INS_GET_CHALLENGE, .expected = KOUAN_BAC_NONCE_SIZE };

  if (!kouan_chip_channel_demand (channel, &command, answer, "GET CHALLENGE", error))
    return FALSE;
  if (answer->len != KOUAN_BAC_NONCE_SIZE)
    {
      g_set_error_literal (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_MALFORMED,
                           "a challenge of another size");
      return FALSE;
    }
  memcpy (self->chip_nonce, answer->data, KOUAN_BAC_NONCE_SIZE);
  return TRUE;
}

static gboolean
authenticate (KouanChipChannel *channel, const KouanBac *self, GByteArray *answer, GError **error)
{
  guint8 token[KOUAN_BAC_TOKEN_SIZE];
  const KouanApdu command = { .ins = KOUAN_INS_EXTERNAL_AUTHENTICATE,
                              .data = token,
                              .size = sizeof token,
                              .expected = sizeof token };
  guint status;

  kouan_bac_make_token (self, token);
  if (!kouan_chip_channel_send (channel, &command, answer, &status, error))
    return FALSE;
  if (status == KOUAN_STATUS_OK)
    return TRUE;
  g_set_error (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_ACCESS_DENIED,
               "basic access control: the chip answers %04X", status);
  return FALSE;
}

/**
 * kouan_bac_open:
 *
 * Returns: whether @channel is secure now; else FALSE with %KOUAN_CHIP_ERROR ACCESS_DENIED (not the
 *   zone of this chip), REFUSED (it does not know this protocol), TAMPERED, MALFORMED, or the
 *   transport's
 */
gboolean
kouan_bac_open (KouanChipChannel *channel, KouanChipPassword *password, GError **error)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  KouanSecureMessaging *messaging = NULL;
  KouanBac self;

  kouan_bac_init (&self, password);
  if (get_challenge (channel, &self, answer, error) && authenticate (channel, &self, answer, error))
    messaging = kouan_bac_finish (&self, answer->data, answer->len, error);
  kouan_wipe (&self, sizeof self);
  if (messaging == NULL)
    return FALSE;
  kouan_chip_channel_secure (channel, messaging);
  return TRUE;
}
