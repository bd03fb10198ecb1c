/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/cose.h"

#include "app/crypto/cbor.h"
#include "app/crypto/keys-private.h"

#include <string.h>

/* One shape of COSE_Sign1 (RFC 9052 §4.2), in deterministic CBOR. What another writer may choose
 * (header order, an untagged message, a header parameter more) is refused here: every message has
 * been made by this project or to its rule, and a reader that takes one spelling has fewer ways to
 * be wrong. */

#define TAG_COSE_SIGN1 18
#define LABEL_ALGORITHM 1
#define LABEL_KEY_ID 4

typedef struct
{
  const guint8 *protected_header;
  gsize protected_size;
  gint64 algorithm;
  guint8 key_id[KOUAN_KEY_ID_SIZE];
  const guint8 *payload;
  gsize payload_size;
  guint8 signature[KOUAN_SIGNATURE_SIZE];
} Message;

/* Sig_structure of RFC 9052 §4.4, without external data. */
static GByteArray *
to_be_signed (const guint8 *header, gsize header_size, const guint8 *payload, gsize payload_size)
{
  GByteArray *out = g_byte_array_new ();

  kouan_cbor_write_array (out, 4);
  kouan_cbor_write_text (out, "Signature1");
  kouan_cbor_write_bytes (out, header, header_size);
  kouan_cbor_write_bytes (out, NULL, 0);
  kouan_cbor_write_bytes (out, payload, payload_size);
  return out;
}

static GByteArray *
make_header (KouanVerifyingKey *key)
{
  GByteArray *out = g_byte_array_new ();
  guint8 id[KOUAN_KEY_ID_SIZE];

  kouan_verifying_key_get_id (key, id);
  kouan_cbor_write_map (out, 2);
  kouan_cbor_write_int (out, LABEL_ALGORITHM);
  kouan_cbor_write_int (out, kouan_verifying_key_get_algorithm (key));
  kouan_cbor_write_int (out, LABEL_KEY_ID);
  kouan_cbor_write_bytes (out, id, sizeof id);
  return out;
}

/**
 * kouan_cose_sign:
 *
 * Returns: (transfer full): 81 bytes more than @payload if that is shorter than 256 bytes and
 * longer than 23
 */
GBytes *
kouan_cose_sign (KouanSigningKey *key, GBytes *payload)
{
  g_autoptr (GByteArray) header = NULL;
  g_autoptr (GByteArray) signed_bytes = NULL;
  GByteArray *out = NULL;
  guint8 signature[KOUAN_SIGNATURE_SIZE];
  const guint8 *data = NULL;
  gsize size = 0;

  g_return_val_if_fail (key != NULL && payload != NULL, NULL);

  data = g_bytes_get_data (payload, &size);
  header = make_header (kouan_signing_key_get_public (key));
  signed_bytes = to_be_signed (header->data, header->len, data, size);
  kouan_signing_key_sign (key, signed_bytes->data, signed_bytes->len, signature);

  out = g_byte_array_new ();
  kouan_cbor_write_tag (out, TAG_COSE_SIGN1);
  kouan_cbor_write_array (out, 4);
  kouan_cbor_write_bytes (out, header->data, header->len);
  kouan_cbor_write_map (out, 0);
  kouan_cbor_write_bytes (out, data, size);
  kouan_cbor_write_bytes (out, signature, sizeof signature);
  return g_byte_array_free_to_bytes (out);
}

static gboolean
parse_header (Message *message)
{
  KouanCborReader reader;
  gsize count = 0;
  gint64 label = 0;

  kouan_cbor_reader_init (&reader, message->protected_header, message->protected_size);
  return kouan_cbor_read_map (&reader, &count) && count == 2
         && kouan_cbor_read_int (&reader, &label) && label == LABEL_ALGORITHM
         && kouan_cbor_read_int (&reader, &message->algorithm)
         && kouan_cbor_read_int (&reader, &label) && label == LABEL_KEY_ID
         && kouan_cbor_read_fixed (&reader, message->key_id, sizeof message->key_id)
         && kouan_cbor_reader_finish (&reader);
}

static gboolean
parse (GBytes *bytes, Message *message)
{
  KouanCborReader reader;
  const guint8 *data = NULL;
  gsize size = 0;
  gsize count = 0;
  guint64 tag = 0;

  data = g_bytes_get_data (bytes, &size);
  kouan_cbor_reader_init (&reader, data, size);
  return kouan_cbor_read_tag (&reader, &tag) && tag == TAG_COSE_SIGN1
         && kouan_cbor_expect_array (&reader, 4)
         && kouan_cbor_read_bytes (&reader, &message->protected_header, &message->protected_size)
         && kouan_cbor_read_map (&reader, &count) && count == 0
         && kouan_cbor_read_bytes (&reader, &message->payload, &message->payload_size)
         && kouan_cbor_read_fixed (&reader, message->signature, sizeof message->signature)
         && kouan_cbor_reader_finish (&reader) && parse_header (message);
}

/* (transfer full) (nullable): the one of @candidates that signed it */
static KouanVerifyingKey *
find_signer (GPtrArray *candidates, const Message *message)
{
  g_autoptr (GByteArray) signed_bytes = to_be_signed (
    message->protected_header, message->protected_size, message->payload, message->payload_size);

  for (guint i = 0; i < candidates->len; i++)
    {
      KouanVerifyingKey *key = g_ptr_array_index (candidates, i);

      if (message->algorithm == kouan_verifying_key_get_algorithm (key)
          && kouan_verifying_key_verify (key, signed_bytes->data, signed_bytes->len,
                                         message->signature))
        return kouan_verifying_key_ref (key);
    }
  return NULL;
}

/**
 * kouan_cose_verify:
 * @purpose: what the message claims to be
 * @signer: (out) (optional) (transfer full): whose key it was
 *
 * Errors: %KOUAN_CRYPTO_ERROR_MALFORMED, %KOUAN_CRYPTO_ERROR_UNKNOWN_KEY (no key of that name in
 * @keyring may speak for @purpose), %KOUAN_CRYPTO_ERROR_FORGED.
 *
 * Returns: (transfer full) (nullable): the payload, which is then known to come from @signer
 */
GBytes *
kouan_cose_verify (KouanKeyring *keyring,
                   KouanPurpose purpose,
                   GBytes *message,
                   KouanVerifyingKey **signer,
                   GError **error)
{
  g_autoptr (GPtrArray) candidates = NULL;
  g_autoptr (KouanVerifyingKey) found = NULL;
  Message parsed = { 0 };

  g_return_val_if_fail (keyring != NULL && message != NULL, NULL);

  if (!parse (message, &parsed))
    {
      g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                           "not a COSE_Sign1 message of our shape");
      return NULL;
    }
  candidates = kouan_keyring_find (keyring, purpose, parsed.key_id);
  if (candidates->len == 0)
    {
      g_autofree char *id = kouan_hex (parsed.key_id, sizeof parsed.key_id);

      g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_UNKNOWN_KEY,
                   "no key %s that may sign this", id);
      return NULL;
    }
  found = find_signer (candidates, &parsed);
  if (found == NULL)
    {
      g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_FORGED,
                           "the signature does not match");
      return NULL;
    }
  if (signer != NULL)
    *signer = g_steal_pointer (&found);
  return g_bytes_new_from_bytes (
    message, (gsize)(parsed.payload - (const guint8 *)g_bytes_get_data (message, NULL)),
    parsed.payload_size);
}

/**
 * kouan_signed_write_head:
 * @count: elements of the payload's array, these two included
 *
 * What every signed payload begins with, so that a key with two purposes cannot have one thing read
 * as another.
 */
void
kouan_signed_write_head (GByteArray *out, KouanSignedType type, guint version, gsize count)
{
  g_return_if_fail (count >= 2);

  kouan_cbor_write_array (out, count);
  kouan_cbor_write_uint (out, type);
  kouan_cbor_write_uint (out, version);
}

/**
 * kouan_signed_read_head:
 *
 * Returns: whether the payload is an array of @count that begins with @type and @version
 */
gboolean
kouan_signed_read_head (KouanCborReader *reader, KouanSignedType type, guint version, gsize count)
{
  guint64 found_type = 0;
  guint64 found_version = 0;

  return kouan_cbor_expect_array (reader, count) && kouan_cbor_read_uint (reader, &found_type)
         && kouan_cbor_read_uint (reader, &found_version) && found_type == type
         && found_version == version;
}
