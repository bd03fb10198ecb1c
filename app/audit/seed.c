/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-audit"

#include "app/audit/seed.h"

#include <string.h>

/* Forward-secure sealing, after the construction of M. Bellare and B. Yee, "Forward integrity for
 * secure audit logs" (1997), with the symmetric key evolution that they propose:
 *
 *   tag_n = HMAC-SHA-256 (k_n, hash_n)      k_(n+1) = HMAC-SHA-256 (k_n, "kouan audit next key")
 *
 * k_n is overwritten once entry n is durable, and nobody can go back from k_(n+1). The first key
 * leaves the kiosk only as an age file for the hub and for whoever holds the escrow key. */

static const char step_label[] = "kouan audit next key";

/* The tag that only who had the key of this one entry could make. */
void
kouan_audit_key_tag (KouanSecret *key,
                     const guint8 hash[static KOUAN_AUDIT_HASH_SIZE],
                     guint8 tag[static KOUAN_AUDIT_HASH_SIZE])
{
  kouan_hmac_sha256 (key, hash, KOUAN_AUDIT_HASH_SIZE, tag);
}

/* In place: the former key is gone from this memory. */
void
kouan_audit_key_step (KouanSecret *key)
{
  guint8 next[KOUAN_KEY_SIZE];

  kouan_hmac_sha256 (key, (const guint8 *)step_label, sizeof step_label - 1, next);
  memcpy (kouan_secret_data (key), next, sizeof next);
  kouan_wipe (next, sizeof next);
}

/* What a key is called: the head of the SHA-256 of its sealed form. */
void
kouan_audit_seed_id (GBytes *sealed, guint8 id[static KOUAN_AUDIT_SEAL_ID_SIZE])
{
  guint8 digest[KOUAN_SHA256_SIZE];
  gsize size;
  const guint8 *data = g_bytes_get_data (sealed, &size);

  kouan_sha256 (data, size, digest);
  memcpy (id, digest, KOUAN_AUDIT_SEAL_ID_SIZE);
}

/**
 * kouan_audit_seed_seal:
 * @recipients: (element-type KouanAgeRecipient): who may verify
 *
 * Returns: (transfer full): an age file
 */
GBytes *
kouan_audit_seed_seal (KouanSecret *seed, GPtrArray *recipients, GError **error)
{
  g_autoptr (GOutputStream) sealed = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) plain = kouan_age_encrypt (sealed, recipients, error);

  if (plain == NULL
      || !g_output_stream_write_all (plain, kouan_secret_data (seed), kouan_secret_size (seed),
                                     NULL, NULL, error)
      || !g_output_stream_close (plain, NULL, error)
      || !g_output_stream_close (sealed, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sealed));
}

/* Returns: (transfer full): NULL with a KOUAN_CRYPTO_ERROR if it is for somebody else, or no key */
KouanSecret *
kouan_audit_seed_open (GBytes *sealed, KouanAgeIdentity *identity, GError **error)
{
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_bytes (sealed);
  g_autoptr (GInputStream) plain = kouan_age_decrypt (base, identity, error);
  guint8 bytes[KOUAN_KEY_SIZE + 1];
  KouanSecret *seed = NULL;
  gsize size = 0;

  if (plain == NULL || !g_input_stream_read_all (plain, bytes, sizeof bytes, &size, NULL, error))
    return NULL;
  if (size == KOUAN_KEY_SIZE)
    seed = kouan_secret_new_copy (bytes, size);
  else
    g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                         "opened, but not the key of an audit");
  kouan_wipe (bytes, sizeof bytes);
  return seed;
}
