/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/age-private.h"

#include <string.h>

/* Decrypts what passes through, one chunk in memory at a time. It reads one byte beyond a full
 * chunk, and so knows whether a chunk is the last before it opens it: no chunk is tried both ways.
 */

#define SEALED_SIZE (KOUAN_AGE_SEALED_CHUNK_SIZE + 1)

struct _KouanAgeInput
{
  GFilterInputStream parent_instance;

  KouanAgePayload *payload;
  guint8 *sealed; /* SEALED_SIZE bytes, the first @waiting of them already read */
  gsize waiting;
  guint8 *plain; /* KOUAN_AGE_CHUNK_SIZE bytes, of which @given to @filled are to be handed out */
  gsize filled;
  gsize given;
  gboolean ended;
  gboolean broken;
};

#define KOUAN_TYPE_AGE_INPUT (kouan_age_input_get_type ())
G_DECLARE_FINAL_TYPE (KouanAgeInput, kouan_age_input, KOUAN, AGE_INPUT, GFilterInputStream)
G_DEFINE_FINAL_TYPE (KouanAgeInput, kouan_age_input, G_TYPE_FILTER_INPUT_STREAM)

/* Reads until @sealed is full or the base ends. */
static gboolean
fill (KouanAgeInput *self, GCancellable *cancellable, GError **error)
{
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
  gsize read = 0;

  if (!g_input_stream_read_all (base, self->sealed + self->waiting, SEALED_SIZE - self->waiting,
                                &read, cancellable, error))
    return FALSE;
  self->waiting += read;
  return TRUE;
}

static void
drop_front (KouanAgeInput *self, gsize size)
{
  self->waiting -= size;
  memmove (self->sealed, self->sealed + size, self->waiting);
}

static gboolean
next_chunk (KouanAgeInput *self, GCancellable *cancellable, GError **error)
{
  gboolean final = FALSE;
  gsize size = 0;

  if (!fill (self, cancellable, error))
    return FALSE;
  final = self->waiting < SEALED_SIZE;
  size = MIN (self->waiting, KOUAN_AGE_SEALED_CHUNK_SIZE);
  if (!kouan_age_payload_open (self->payload, self->sealed, size, final, self->plain))
    {
      g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED,
                           "the encrypted file is damaged or cut short");
      return FALSE;
    }
  drop_front (self, size);
  self->given = 0;
  self->filled = size - KOUAN_AEAD_TAG_SIZE;
  self->ended = final;
  return TRUE;
}

static gssize
kouan_age_input_read (
  GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  KouanAgeInput *self = KOUAN_AGE_INPUT (stream);
  gsize size = 0;

  if (self->broken)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           "the encrypted stream was given up after an error");
      return -1;
    }
  while (self->given == self->filled && !self->ended)
    if (!next_chunk (self, cancellable, error))
      {
        self->broken = TRUE;
        return -1;
      }
  size = MIN (count, self->filled - self->given);
  memcpy (buffer, self->plain + self->given, size);
  self->given += size;
  return (gssize)size;
}

/* GFilterInputStream would skip in the base, past what has to be authenticated. */
static gssize
kouan_age_input_skip (GInputStream *stream, gsize count, GCancellable *cancellable, GError **error)
{
  guint8 unwanted[4096];
  gssize read
    = kouan_age_input_read (stream, unwanted, MIN (count, sizeof unwanted), cancellable, error);

  kouan_wipe (unwanted, sizeof unwanted);
  return read;
}

static void
kouan_age_input_finalize (GObject *object)
{
  KouanAgeInput *self = KOUAN_AGE_INPUT (object);

  g_clear_pointer (&self->payload, kouan_age_payload_free);
  kouan_wipe (self->plain, KOUAN_AGE_CHUNK_SIZE);
  g_free (self->plain);
  g_free (self->sealed);
  G_OBJECT_CLASS (kouan_age_input_parent_class)->finalize (object);
}

static void
kouan_age_input_class_init (KouanAgeInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_age_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = kouan_age_input_read;
  G_INPUT_STREAM_CLASS (klass)->skip = kouan_age_input_skip;
}

static void
kouan_age_input_init (KouanAgeInput *self)
{
  self->sealed = g_malloc (SEALED_SIZE);
  self->plain = g_malloc (KOUAN_AGE_CHUNK_SIZE);
}

/* (transfer full) (nullable) */
static KouanSecret *
find_file_key (KouanAgeHeader *header, KouanAgeIdentity *identity)
{
  for (guint i = 0; i < header->stanzas->len; i++)
    {
      KouanSecret *file_key
        = kouan_age_unwrap (identity, &g_array_index (header->stanzas, KouanAgeStanza, i));

      if (file_key != NULL)
        return file_key;
    }
  return NULL;
}

static gboolean
open_header (KouanAgeInput *self, KouanAgeIdentity *identity, GError **error)
{
  g_autoptr (KouanAgeHeader) header = NULL;
  g_autoptr (KouanSecret) file_key = NULL;

  if (!fill (self, NULL, error))
    return FALSE;
  header = kouan_age_header_parse (self->sealed, self->waiting, error);
  if (header == NULL)
    return FALSE;
  file_key = find_file_key (header, identity);
  if (file_key == NULL)
    {
      g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_WRONG_KEY,
                           "the file is not encrypted to this identity");
      return FALSE;
    }
  if (!kouan_age_header_verify (header, self->sealed, file_key)
      || self->waiting < header->size + KOUAN_AGE_NONCE_SIZE)
    {
      g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED,
                           "the header is damaged or cut short");
      return FALSE;
    }
  self->payload = kouan_age_payload_new (file_key, self->sealed + header->size, FALSE);
  drop_front (self, header->size + KOUAN_AGE_NONCE_SIZE);
  return TRUE;
}

/**
 * kouan_age_decrypt:
 * @base: the file; the header is read and checked at once
 *
 * Errors, here and while reading: those of @base as they are; %KOUAN_CRYPTO_ERROR_MALFORMED not an
 * age file, or a header larger than 16 KiB; %KOUAN_CRYPTO_ERROR_WRONG_KEY;
 * %KOUAN_CRYPTO_ERROR_FORGED damaged or cut short. What has been read before an error is authentic,
 * but may lack its end.
 *
 * Returns: (transfer full) (nullable): a stream whose error, once met, stays
 */
GInputStream *
kouan_age_decrypt (GInputStream *base, KouanAgeIdentity *identity, GError **error)
{
  g_autoptr (KouanAgeInput) self = NULL;

  g_return_val_if_fail (G_IS_INPUT_STREAM (base), NULL);
  g_return_val_if_fail (identity != NULL, NULL);

  self = g_object_new (KOUAN_TYPE_AGE_INPUT, "base-stream", base, NULL);
  if (!open_header (self, identity, error))
    return NULL;
  return G_INPUT_STREAM (g_steal_pointer (&self));
}
