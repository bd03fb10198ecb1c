/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/x25519.h"

#include <openssl/err.h>
#include <openssl/evp.h>

typedef EVP_PKEY OpensslKey;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OpensslKey, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)

static EVP_PKEY *
load (KouanSecret *secret)
{
  EVP_PKEY *key = NULL;

  g_assert (kouan_secret_size (secret) == KOUAN_KEY_SIZE);
  key = EVP_PKEY_new_raw_private_key_ex (NULL, "X25519", NULL, kouan_secret_data (secret),
                                         KOUAN_KEY_SIZE);
  g_assert (key != NULL);
  return key;
}

/**
 * kouan_x25519_public:
 * @secret: any 32 bytes
 */
void
kouan_x25519_public (KouanSecret *secret, guint8 point[static KOUAN_KEY_SIZE])
{
  g_autoptr (OpensslKey) key = load (secret);
  gsize size = KOUAN_KEY_SIZE;

  g_assert (EVP_PKEY_get_raw_public_key (key, point, &size) == 1 && size == KOUAN_KEY_SIZE);
}

/**
 * kouan_x25519_shared:
 *
 * Returns: (transfer full) (nullable): the shared secret; %NULL for a @point of low order, with
 * which it would be zero whatever @secret is
 */
KouanSecret *
kouan_x25519_shared (KouanSecret *secret, const guint8 point[static KOUAN_KEY_SIZE])
{
  g_autoptr (OpensslKey) own = load (secret);
  g_autoptr (OpensslKey) peer
    = EVP_PKEY_new_raw_public_key_ex (NULL, "X25519", NULL, point, KOUAN_KEY_SIZE);
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new_from_pkey (NULL, own, NULL);
  g_autoptr (KouanSecret) shared = kouan_secret_new (KOUAN_KEY_SIZE);
  gsize size = KOUAN_KEY_SIZE;

  g_assert (peer != NULL && EVP_PKEY_derive_init (context) == 1);
  if (EVP_PKEY_derive_set_peer (context, peer) != 1
      || EVP_PKEY_derive (context, kouan_secret_data (shared), &size) != 1)
    {
      ERR_clear_error ();
      return NULL;
    }
  g_assert (size == KOUAN_KEY_SIZE);
  return g_steal_pointer (&shared);
}
