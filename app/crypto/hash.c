/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/hash.h"

#include <openssl/evp.h>

static const struct
{
  const char *name;
  gsize size;
} hashes[] = {
  [KOUAN_HASH_SHA1] = { "SHA1", 20 },     [KOUAN_HASH_SHA224] = { "SHA224", 28 },
  [KOUAN_HASH_SHA256] = { "SHA256", 32 }, [KOUAN_HASH_SHA384] = { "SHA384", 48 },
  [KOUAN_HASH_SHA512] = { "SHA512", 64 },
};

/* Returns: in bytes */
gsize
kouan_hash_size (KouanHash hash)
{
  g_return_val_if_fail (hash < G_N_ELEMENTS (hashes), 0);

  return hashes[hash].size;
}

/**
 * kouan_hash:
 * @digest: (out): its first kouan_hash_size() bytes are written
 */
void
kouan_hash (KouanHash hash,
            const guint8 *data,
            gsize size,
            guint8 digest[static KOUAN_HASH_SIZE_MAX])
{
  g_return_if_fail (hash < G_N_ELEMENTS (hashes));
  g_return_if_fail (data != NULL || size == 0);

  g_assert (
    EVP_Q_digest (NULL, hashes[hash].name, NULL, data != NULL ? data : digest, size, digest, NULL)
    == 1);
}
