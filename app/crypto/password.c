/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/password.h"

#include <sodium.h>
#include <string.h>

/* Argon2id (RFC 9106) in the text form of its reference implementation, which carries the salt and
 * the cost. The cost is the point: a roster that is stolen with a disk is searched, and six digits
 * are a million guesses. */

#define PREFIX "$argon2id$v=19$m="
#define BYTES_MAX (512 * 1024 * 1024) /* of a hash from elsewhere: checking it must not end us */
#define PASSES_MAX 16
#define KIBIBYTE 1024

static void
start_sodium (void)
{
  g_assert (sodium_init () >= 0);
}

/**
 * kouan_password_hash:
 *
 * Takes as long as @cost says, on the calling thread.
 *
 * Returns: (transfer full): text with a salt of its own
 */
char *
kouan_password_hash (const char *password, KouanPasswordCost cost)
{
  char hash[crypto_pwhash_STRBYTES];

  g_return_val_if_fail (password != NULL, NULL);

  start_sodium ();
  if (crypto_pwhash_str_alg (hash, password, strlen (password), cost.passes, cost.bytes,
                             crypto_pwhash_ALG_ARGON2ID13)
      != 0)
    g_error ("no memory for a password's %" G_GSIZE_FORMAT " bytes", cost.bytes);
  return g_strdup (hash);
}

/* Returns: whether @text is one that kouan_password_matches() would work on, at a bearable cost */
gboolean
kouan_password_is_hash (const char *text)
{
  guint64 kibibytes, passes;
  char *end = NULL;

  if (text == NULL || !g_str_has_prefix (text, PREFIX) || strlen (text) >= crypto_pwhash_STRBYTES)
    return FALSE;
  kibibytes = g_ascii_strtoull (text + strlen (PREFIX), &end, 10);
  if (!g_str_has_prefix (end, ",t="))
    return FALSE;
  passes = g_ascii_strtoull (end + strlen (",t="), &end, 10);
  return g_str_has_prefix (end, ",p=1$") && kibibytes > 0 && kibibytes <= BYTES_MAX / KIBIBYTE
         && passes > 0 && passes <= PASSES_MAX;
}

/* On any thread; as long as the hash's own cost says, whether it matches or not. */
gboolean
kouan_password_matches (const char *password, const char *hash)
{
  char padded[crypto_pwhash_STRBYTES] = { 0 };

  g_return_val_if_fail (password != NULL, FALSE);
  g_return_val_if_fail (kouan_password_is_hash (hash), FALSE);

  start_sodium ();
  g_strlcpy (padded, hash, sizeof padded);
  return crypto_pwhash_str_verify (padded, password, strlen (password)) == 0;
}
