/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/age-private.h"

#include <string.h>

/* Encrypts what passes through, one chunk in memory at a time. Only an explicit close writes the
 * last chunk: a stream that is dropped, or that met an error, leaves a file that nothing opens. */

struct _KouanAgeOutput
{
  GFilterOutputStream parent_instance;

  KouanAgePayload *payload;
  guint8 *plain; /* KOUAN_AGE_CHUNK_SIZE bytes, the first @filled in use */
  gsize filled;
  guint8 *sealed;
  gboolean broken; /* an error was met, or the stream is being dropped */
};

#define KOUAN_TYPE_AGE_OUTPUT (kouan_age_output_get_type ())
G_DECLARE_FINAL_TYPE (KouanAgeOutput, kouan_age_output, KOUAN, AGE_OUTPUT, GFilterOutputStream)
G_DEFINE_FINAL_TYPE (KouanAgeOutput, kouan_age_output, G_TYPE_FILTER_OUTPUT_STREAM)

static GOutputStream *
base_of (KouanAgeOutput *self)
{
  return g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (self));
}

static gboolean
write_chunk (KouanAgeOutput *self, gboolean final, GCancellable *cancellable, GError **error)
{
  gsize size = self->filled;

  kouan_age_payload_seal (self->payload, self->plain, size, final, self->sealed);
  kouan_wipe (self->plain, size);
  self->filled = 0;
  self->broken = !g_output_stream_write_all (base_of (self), self->sealed,
                                             size + KOUAN_AEAD_TAG_SIZE, NULL, cancellable, error);
  return !self->broken;
}

static gboolean
check_usable (KouanAgeOutput *self, GError **error)
{
  if (!self->broken)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       "the encrypted stream was given up after an error");
  return FALSE;
}

static gssize
kouan_age_output_write (
  GOutputStream *stream, const void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  KouanAgeOutput *self = KOUAN_AGE_OUTPUT (stream);
  const guint8 *data = buffer;

  if (!check_usable (self, error))
    return -1;
  for (gsize taken = 0; taken < count;)
    {
      gsize more = MIN (count - taken, KOUAN_AGE_CHUNK_SIZE - self->filled);

      /* A full chunk waits for one byte more, since only then is it known not to be the last. */
      if (more == 0)
        {
          if (!write_chunk (self, FALSE, cancellable, error))
            return -1;
          continue;
        }
      memcpy (self->plain + self->filled, data + taken, more);
      self->filled += more;
      taken += more;
    }
  return (gssize)count;
}

static gboolean
kouan_age_output_flush (GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  KouanAgeOutput *self = KOUAN_AGE_OUTPUT (stream);

  return check_usable (self, error) && g_output_stream_flush (base_of (self), cancellable, error);
}

static gboolean
close_base (KouanAgeOutput *self, GCancellable *cancellable, GError **error)
{
  if (!g_filter_output_stream_get_close_base_stream (G_FILTER_OUTPUT_STREAM (self)))
    return TRUE;
  return g_output_stream_close (base_of (self), cancellable, error);
}

static gboolean
kouan_age_output_close (GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  KouanAgeOutput *self = KOUAN_AGE_OUTPUT (stream);

  if (check_usable (self, error) && write_chunk (self, TRUE, cancellable, error))
    return close_base (self, cancellable, error);
  self->broken = TRUE;
  if (base_of (self) != NULL)
    close_base (self, NULL, NULL);
  return FALSE;
}

/* GOutputStream closes whatever is dropped open, which here would make half a file look whole. */
static void
kouan_age_output_dispose (GObject *object)
{
  KouanAgeOutput *self = KOUAN_AGE_OUTPUT (object);

  self->broken = TRUE;
  G_OBJECT_CLASS (kouan_age_output_parent_class)->dispose (object);
}

static void
kouan_age_output_finalize (GObject *object)
{
  KouanAgeOutput *self = KOUAN_AGE_OUTPUT (object);

  g_clear_pointer (&self->payload, kouan_age_payload_free);
  kouan_wipe (self->plain, KOUAN_AGE_CHUNK_SIZE);
  g_free (self->plain);
  g_free (self->sealed);
  G_OBJECT_CLASS (kouan_age_output_parent_class)->finalize (object);
}

static void
kouan_age_output_class_init (KouanAgeOutputClass *klass)
{
  GOutputStreamClass *stream_class = G_OUTPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kouan_age_output_dispose;
  G_OBJECT_CLASS (klass)->finalize = kouan_age_output_finalize;
  stream_class->write_fn = kouan_age_output_write;
  stream_class->flush = kouan_age_output_flush;
  stream_class->close_fn = kouan_age_output_close;
}

static void
kouan_age_output_init (KouanAgeOutput *self)
{
  self->plain = g_malloc (KOUAN_AGE_CHUNK_SIZE);
  self->sealed = g_malloc (KOUAN_AGE_SEALED_CHUNK_SIZE);
}

/* (transfer full) (nullable) (element-type KouanAgeStanza) */
static GArray *
wrap_for_all (GPtrArray *recipients, KouanSecret *file_key)
{
  g_autoptr (GArray) stanzas = g_array_new (FALSE, FALSE, sizeof (KouanAgeStanza));

  for (guint i = 0; i < recipients->len; i++)
    {
      KouanAgeStanza stanza;

      if (!kouan_age_wrap (g_ptr_array_index (recipients, i), file_key, &stanza))
        return NULL;
      g_array_append_val (stanzas, stanza);
    }
  return g_steal_pointer (&stanzas);
}

/**
 * kouan_age_encrypt:
 * @base: where the file goes; closed with the stream unless
 * g_filter_output_stream_set_close_base_stream() says otherwise
 * @recipients: (element-type KouanAgeRecipient): at least one; each of them alone can open the file
 *
 * Header and nonce are written at once. Errors: those of @base as they are (%G_IO_ERROR_NO_SPACE
 * among them); %KOUAN_CRYPTO_ERROR_WRONG_KEY for a recipient of low order.
 *
 * Returns: (transfer full) (nullable): a stream whose error, once met, stays
 */
GOutputStream *
kouan_age_encrypt (GOutputStream *base, GPtrArray *recipients, GError **error)
{
  g_autoptr (KouanSecret) file_key = NULL;
  g_autoptr (GArray) stanzas = NULL;
  g_autoptr (GByteArray) start = NULL;
  KouanAgeOutput *self = NULL;
  guint8 nonce[KOUAN_AGE_NONCE_SIZE];

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (base), NULL);
  g_return_val_if_fail (recipients != NULL && recipients->len > 0, NULL);

  file_key = kouan_secret_new_random (KOUAN_AGE_FILE_KEY_SIZE);
  stanzas = wrap_for_all (recipients, file_key);
  if (stanzas == NULL)
    {
      g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_WRONG_KEY,
                           "a recipient's key is a point of low order");
      return NULL;
    }
  kouan_random_bytes (nonce, sizeof nonce);
  start = kouan_age_header_write (stanzas, file_key);
  g_byte_array_append (start, nonce, sizeof nonce);
  if (!g_output_stream_write_all (base, start->data, start->len, NULL, NULL, error))
    return NULL;
  self = g_object_new (KOUAN_TYPE_AGE_OUTPUT, "base-stream", base, NULL);
  self->payload = kouan_age_payload_new (file_key, nonce, TRUE);
  return G_OUTPUT_STREAM (self);
}
