/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/age-private.h"

#include "app/crypto/bech32.h"
#include "app/crypto/durable.h"
#include "app/crypto/secret-file.h"
#include "app/crypto/x25519.h"

#include <string.h>

/* X25519 recipients and identities of age v1 (C2SP age.md, "The X25519 recipient type"), and how
 * the file key is wrapped for them. */

#define RECIPIENT_PREFIX "age"
#define IDENTITY_PREFIX "AGE-SECRET-KEY-"
#define IDENTITY_FILE_SIZE_MAX 4096

struct _KouanAgeRecipient
{
  guint8 point[KOUAN_KEY_SIZE];
};

struct _KouanAgeIdentity
{
  KouanSecret *secret;
  guint8 point[KOUAN_KEY_SIZE];
};

/**
 * kouan_age_recipient_parse:
 * @text: "age1…" and nothing around it
 *
 * Errors: %KOUAN_CRYPTO_ERROR_MALFORMED.
 */
KouanAgeRecipient *
kouan_age_recipient_parse (const char *text, GError **error)
{
  g_autoptr (KouanAgeRecipient) self = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (KouanAgeRecipient, 1);
  if (!kouan_bech32_decode (RECIPIENT_PREFIX, text, strlen (text), self->point, sizeof self->point))
    {
      g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                           "not an age X25519 recipient (age1…)");
      return NULL;
    }
  return g_steal_pointer (&self);
}

char *
kouan_age_recipient_to_string (KouanAgeRecipient *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return kouan_bech32_encode (RECIPIENT_PREFIX, self->point, sizeof self->point);
}

void
kouan_age_recipient_free (KouanAgeRecipient *self)
{
  g_free (self);
}

/* (transfer full) for @secret. */
static KouanAgeIdentity *
identity_new (KouanSecret *secret)
{
  KouanAgeIdentity *self = g_new0 (KouanAgeIdentity, 1);

  self->secret = secret;
  kouan_x25519_public (secret, self->point);
  return self;
}

KouanAgeIdentity *
kouan_age_identity_generate (void)
{
  return identity_new (kouan_secret_new_random (KOUAN_KEY_SIZE));
}

/* The one line that is neither empty nor a comment; FALSE if there is none, or more. */
static gboolean
find_key_line (const char *text, gsize size, const char **line, gsize *length)
{
  const char *end = text + size;
  guint found = 0;

  while (text < end)
    {
      const char *stop = memchr (text, '\n', (gsize)(end - text));
      gsize line_length = (gsize)((stop != NULL ? stop : end) - text);

      if (line_length > 0 && *text != '#')
        {
          *line = text;
          *length = line_length;
          found++;
        }
      text += line_length + 1;
    }
  return found == 1;
}

/**
 * kouan_age_identity_load:
 * @path: as age-keygen writes it: comments, and one AGE-SECRET-KEY-1… line
 *
 * Errors: %KOUAN_CRYPTO_ERROR_IO, %KOUAN_CRYPTO_ERROR_MALFORMED.
 */
KouanAgeIdentity *
kouan_age_identity_load (const char *path, GError **error)
{
  g_autoptr (KouanSecret) content = NULL;
  g_autoptr (KouanSecret) secret = NULL;
  const char *line = NULL;
  gsize length = 0;

  g_return_val_if_fail (path != NULL, NULL);

  content = kouan_secret_read_file (path, IDENTITY_FILE_SIZE_MAX, error);
  if (content == NULL)
    return NULL;
  secret = kouan_secret_new (KOUAN_KEY_SIZE);
  if (!find_key_line ((const char *)kouan_secret_data (content), kouan_secret_size (content), &line,
                      &length)
      || !kouan_bech32_decode (IDENTITY_PREFIX, line, length, kouan_secret_data (secret),
                               KOUAN_KEY_SIZE))
    {
      g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                   "%s should hold one age identity (AGE-SECRET-KEY-1…)", path);
      return NULL;
    }
  return identity_new (g_steal_pointer (&secret));
}

/**
 * kouan_age_identity_save:
 *
 * Durable, mode 0600. Errors: %KOUAN_CRYPTO_ERROR_IO.
 */
gboolean
kouan_age_identity_save (KouanAgeIdentity *self, const char *path, GError **error)
{
  g_autofree char *recipient = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean saved = FALSE;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  recipient = kouan_bech32_encode (RECIPIENT_PREFIX, self->point, sizeof self->point);
  secret = kouan_bech32_encode (IDENTITY_PREFIX, kouan_secret_data (self->secret), KOUAN_KEY_SIZE);
  content = g_strconcat ("# public key: ", recipient, "\n", secret, "\n", NULL);
  saved = kouan_write_file_durably (path, (const guint8 *)content, strlen (content), 0600, &cause);
  kouan_wipe (secret, strlen (secret));
  kouan_wipe (content, strlen (content));
  if (!saved)
    g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO, cause->message);
  return saved;
}

KouanAgeRecipient *
kouan_age_identity_get_recipient (KouanAgeIdentity *self)
{
  KouanAgeRecipient *recipient = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  recipient = g_new0 (KouanAgeRecipient, 1);
  memcpy (recipient->point, self->point, sizeof self->point);
  return recipient;
}

void
kouan_age_identity_free (KouanAgeIdentity *self)
{
  g_return_if_fail (self != NULL);

  kouan_secret_unref (self->secret);
  g_free (self);
}

static KouanSecret *
wrap_key (KouanSecret *shared,
          const guint8 share[static KOUAN_KEY_SIZE],
          const guint8 point[static KOUAN_KEY_SIZE])
{
  guint8 salt[2 * KOUAN_KEY_SIZE];

  memcpy (salt, share, KOUAN_KEY_SIZE);
  memcpy (salt + KOUAN_KEY_SIZE, point, KOUAN_KEY_SIZE);
  return kouan_hkdf_sha256_salted (shared, salt, sizeof salt, "age-encryption.org/v1/X25519",
                                   KOUAN_KEY_SIZE);
}

/* Each wrap key is used once, so that the nonce may be fixed. */
static const guint8 zero_nonce[KOUAN_AEAD_NONCE_SIZE];

/**
 * kouan_age_wrap:
 * @stanza: (out): with an ephemeral share of its own
 *
 * Returns: FALSE for a recipient of low order, to whom nothing may be sent
 */
gboolean
kouan_age_wrap (KouanAgeRecipient *recipient, KouanSecret *file_key, KouanAgeStanza *stanza)
{
  g_autoptr (KouanSecret) ephemeral = kouan_secret_new_random (KOUAN_KEY_SIZE);
  g_autoptr (KouanSecret) shared = kouan_x25519_shared (ephemeral, recipient->point);
  g_autoptr (KouanSecret) key = NULL;
  g_autoptr (KouanAead) aead = NULL;

  if (shared == NULL)
    return FALSE;
  kouan_x25519_public (ephemeral, stanza->share);
  key = wrap_key (shared, stanza->share, recipient->point);
  aead = kouan_aead_new_sealing (key);
  kouan_aead_seal (aead, zero_nonce, kouan_secret_data (file_key), KOUAN_AGE_FILE_KEY_SIZE,
                   stanza->body);
  return TRUE;
}

/**
 * kouan_age_unwrap:
 *
 * Returns: (transfer full) (nullable): the file key, or %NULL if @stanza is for somebody else
 */
KouanSecret *
kouan_age_unwrap (KouanAgeIdentity *identity, const KouanAgeStanza *stanza)
{
  g_autoptr (KouanSecret) shared = kouan_x25519_shared (identity->secret, stanza->share);
  g_autoptr (KouanSecret) key = NULL;
  g_autoptr (KouanSecret) file_key = NULL;
  g_autoptr (KouanAead) aead = NULL;

  if (shared == NULL)
    return NULL;
  key = wrap_key (shared, stanza->share, identity->point);
  aead = kouan_aead_new_opening (key);
  file_key = kouan_secret_new (KOUAN_AGE_FILE_KEY_SIZE);
  if (!kouan_aead_open (aead, zero_nonce, stanza->body, sizeof stanza->body,
                        kouan_secret_data (file_key)))
    return NULL;
  return g_steal_pointer (&file_key);
}
