/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/active-authentication.h"

#include "app/crypto/chip-signature.h"

#define CHALLENGE_SIZE 8

/**
 * kouan_active_authentication_run:
 * @hash: (nullable): what DG14's ActiveAuthenticationInfo says of an ECDSA key
 * @extended: whether the signature may come in extended length, which a long one needs
 *
 * Returns: FALSE with %KOUAN_CHIP_ERROR REFUSED (the chip signs nothing), TAMPERED (it signed with
 *   another key), UNSUPPORTED (not a key that signs), or what the talk ended with
 */
gboolean
kouan_active_authentication_run (KouanChipChannel *channel,
                                 GBytes *public_key,
                                 const KouanHash *hash,
                                 gboolean extended,
                                 GError **error)
{
  guint8 random[CHALLENGE_SIZE];
  const KouanApdu command = { .ins = KOUAN_INS_INTERNAL_AUTHENTICATE,
                              .data = random,
                              .size = sizeof random,
                              .expected = KOUAN_APDU_ALL,
                              .extended = extended };
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autoptr (GBytes) challenge = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GError) local = NULL;

  kouan_random_bytes (random, sizeof random);
  if (!kouan_chip_channel_demand (channel, &command, answer, "INTERNAL AUTHENTICATE", error))
    return FALSE;
  challenge = g_bytes_new (random, sizeof random);
  signature = g_bytes_new (answer->data, answer->len);
  if (kouan_chip_signature_verify (public_key, hash, challenge, signature, &local))
    return TRUE;
  g_set_error (error, KOUAN_CHIP_ERROR,
               g_error_matches (local, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED)
                 ? KOUAN_CHIP_ERROR_TAMPERED
                 : KOUAN_CHIP_ERROR_UNSUPPORTED,
               "active authentication: %s", local->message);
  return FALSE;
}
