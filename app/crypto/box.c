/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/primitives.h"

#include <sodium.h>
#include <string.h>

/* XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03): its 192-bit nonce may be drawn at random for
 * every save of a draft without ever keeping a counter, which a power cut could set back. */

#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_SIZE crypto_aead_xchacha20poly1305_ietf_ABYTES

G_STATIC_ASSERT (crypto_aead_xchacha20poly1305_ietf_KEYBYTES == KOUAN_KEY_SIZE);

/**
 * kouan_box_seal:
 * @key: 32 bytes
 * @context: what this box is, so that one box cannot be passed off as another under the same key
 *
 * Returns: (transfer full): nonce (24), ciphertext (@size), tag (16)
 */
GBytes *
kouan_box_seal (KouanSecret *key, const guint8 *plain, gsize size, const char *context)
{
  g_autofree guint8 *box = NULL;
  unsigned long long written = 0;

  g_return_val_if_fail (key != NULL && kouan_secret_size (key) == KOUAN_KEY_SIZE, NULL);
  g_return_val_if_fail (plain != NULL || size == 0, NULL);
  g_return_val_if_fail (context != NULL, NULL);

  box = g_malloc (NONCE_SIZE + size + TAG_SIZE);
  kouan_random_bytes (box, NONCE_SIZE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (box + NONCE_SIZE, &written, plain, size,
                                              (const guint8 *)context, strlen (context), NULL, box,
                                              kouan_secret_data (key));
  g_assert (written == size + TAG_SIZE);
  return g_bytes_new_take (g_steal_pointer (&box), NONCE_SIZE + size + TAG_SIZE);
}

static void
wipe_and_free (gpointer data)
{
  GByteArray *plain = data;

  kouan_wipe (plain->data, plain->len);
  g_byte_array_unref (plain);
}

/**
 * kouan_box_open:
 *
 * Errors: %KOUAN_CRYPTO_ERROR_MALFORMED too short; %KOUAN_CRYPTO_ERROR_FORGED damaged, another key
 * or another context (they cannot be told apart).
 *
 * Returns: (transfer full): the plain bytes, wiped when the last reference goes
 */
GBytes *
kouan_box_open (KouanSecret *key, GBytes *box, const char *context, GError **error)
{
  GByteArray *plain = NULL;
  const guint8 *data = NULL;
  gsize size = 0;

  g_return_val_if_fail (key != NULL && kouan_secret_size (key) == KOUAN_KEY_SIZE, NULL);
  g_return_val_if_fail (box != NULL && context != NULL, NULL);

  data = g_bytes_get_data (box, &size);
  if (size < NONCE_SIZE + TAG_SIZE || size > G_MAXUINT)
    {
      g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                   "a box of %" G_GSIZE_FORMAT " bytes cannot be", size);
      return NULL;
    }
  plain = g_byte_array_sized_new (size - NONCE_SIZE - TAG_SIZE + 1); /* never NULL data */
  g_byte_array_set_size (plain, size - NONCE_SIZE - TAG_SIZE);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (plain->data, NULL, NULL, data + NONCE_SIZE,
                                                  size - NONCE_SIZE, (const guint8 *)context,
                                                  strlen (context), data, kouan_secret_data (key))
      != 0)
    {
      g_byte_array_unref (plain);
      g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED,
                           "the box does not open with this key");
      return NULL;
    }
  return g_bytes_new_with_free_func (plain->data, plain->len, wipe_and_free, plain);
}
