/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/enrolment.h"

#include "app/crypto/cbor.h"
#include "app/crypto/cose.h"
#include "app/sync/enrolment-private.h"

#include <string.h>

/* Enrolment is two messages and two people. The request is signed by the key that it brings, which
 * proves that the kiosk has it; the bundle is signed by the hub's roster key and brings that key
 * along, because before the bundle a kiosk knows nobody. What makes both ends sure is the
 * fingerprint that each of them shows.
 *
 * The bundle holds the hall's key, so it is sealed to a recipient that the kiosk has made for this
 * one answer.
 *
 * By stick they are files; by network the hub keeps the request until its operator has read the
 * fingerprint off the machine (app/hub/door.c, app/sync/ask.c).
 *
 * Both are a CBOR array of two: the signer's public key in PEM, and COSE. */

#define VERSION 1
#define REQUEST_FIELDS 5
#define BUNDLE_FIELDS 16
#define TEXT_SIZE_MAX 8192
#define BUNDLE_SIZE_MAX (256 * 1024)
#define LIST_MAX 1024
#define FINGERPRINT_SIZE 12

void
kouan_enrolment_request_free (KouanEnrolmentRequest *self)
{
  g_free (self->record_key);
  g_free (self->certificate);
  g_free (self->recipient);
  g_free (self);
}

static void
key_free (gpointer data)
{
  KouanEnrolmentKey *key = data;

  g_free (key->label);
  g_free (key->pem);
  g_free (key);
}

KouanEnrolmentBundle *
kouan_enrolment_bundle_new (void)
{
  KouanEnrolmentBundle *self = g_new0 (KouanEnrolmentBundle, 1);

  self->hall_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->keys = g_ptr_array_new_with_free_func (key_free);
  return self;
}

void
kouan_enrolment_bundle_free (KouanEnrolmentBundle *self)
{
  g_free (self->hub_url);
  g_free (self->hall_language);
  g_free (self->profile);
  g_hash_table_unref (self->hall_names);
  g_free (self->record_key);
  g_free (self->authority);
  g_free (self->certificate);
  g_clear_pointer (&self->hall_key, kouan_secret_unref);
  g_free (self->hub_recipient);
  g_free (self->escrow_recipient);
  g_ptr_array_unref (self->keys);
  g_free (self);
}

void
kouan_enrolment_bundle_add_key (KouanEnrolmentBundle *self,
                                const char *label,
                                guint purposes,
                                const char *pem)
{
  KouanEnrolmentKey *key = g_new0 (KouanEnrolmentKey, 1);

  key->label = g_strdup (label);
  key->purposes = purposes;
  key->pem = g_strdup (pem);
  g_ptr_array_add (self->keys, key);
}

/* Returns: (transfer full): the head of the SHA-256, in groups of four digits */
char *
kouan_enrolment_fingerprint (const guint8 *data, gsize size)
{
  guint8 digest[KOUAN_SHA256_SIZE];
  g_autofree char *digits = NULL;
  GString *groups = g_string_new (NULL);

  kouan_sha256 (data, size, digest);
  digits = kouan_hex (digest, FINGERPRINT_SIZE);
  for (gsize i = 0; digits[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (groups, '-');
      g_string_append_c (groups, digits[i]);
    }
  return g_string_free (groups, FALSE);
}

static gboolean
set_malformed (GError **error, const char *what)
{
  g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED, what);
  return FALSE;
}

/* @payload: (transfer full). Returns: (transfer full): the signer's public key, and what it has
 * signed */
GBytes *
kouan_enrolment_wrap (KouanSigningKey *key, GByteArray *payload)
{
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (payload);
  g_autoptr (GBytes) message = kouan_cose_sign (key, bytes);
  g_autofree char *pem = kouan_verifying_key_to_pem (kouan_signing_key_get_public (key));
  GByteArray *out = g_byte_array_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);

  kouan_cbor_write_array (out, 2);
  kouan_cbor_write_text (out, pem);
  kouan_cbor_write_bytes (out, data, size);
  return g_byte_array_free_to_bytes (out);
}

/* @pem: (out): whose signature it is; it proves that its owner made this, not who that is */
GBytes *
kouan_enrolment_unwrap (GBytes *wrapped, KouanPurpose purpose, char **pem, GError **error)
{
  g_autoptr (KouanKeyring) keyring = kouan_keyring_new ();
  g_autoptr (KouanVerifyingKey) key = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autofree char *text = NULL;
  g_autofree char *canonical = NULL;
  GBytes *payload;
  KouanCborReader reader;
  gsize size = 0, message_size = 0;
  const guint8 *data = g_bytes_get_data (wrapped, &size);
  const guint8 *message_data = NULL;

  kouan_cbor_reader_init (&reader, data, size);
  if (!kouan_cbor_expect_array (&reader, 2) || (text = kouan_cbor_dup_text (&reader)) == NULL
      || !kouan_cbor_read_bytes (&reader, &message_data, &message_size)
      || !kouan_cbor_reader_finish (&reader))
    {
      set_malformed (error, "not a file of an enrolment");
      return NULL;
    }
  key = kouan_verifying_key_from_pem (text, error);
  if (key == NULL)
    return NULL;
  /* Its text is compared and fingerprinted, so there must be only one. */
  canonical = kouan_verifying_key_to_pem (key);
  if (!g_str_equal (canonical, text))
    {
      set_malformed (error, "its key is not written as we write keys");
      return NULL;
    }
  kouan_keyring_add (keyring, key, purpose, "itself");
  message = g_bytes_new (message_data, message_size);
  payload = kouan_cose_verify (keyring, purpose, message, NULL, error);
  if (payload != NULL)
    *pem = g_steal_pointer (&text);
  return payload;
}

/* As people write it down: in capitals, with spaces or without hyphens.
 *
 * Returns: (transfer full): as kouan_enrolment_fingerprint() makes it */
char *
kouan_enrolment_fingerprint_read (const char *text)
{
  GString *groups = g_string_new (NULL);
  guint digits = 0;

  g_return_val_if_fail (text != NULL, NULL);

  for (; *text != '\0'; text++)
    {
      if (*text == '-' || g_ascii_isspace (*text))
        continue;
      if (digits > 0 && digits % 4 == 0)
        g_string_append_c (groups, '-');
      g_string_append_c (groups, g_ascii_tolower (*text));
      digits++;
    }
  return g_string_free (groups, FALSE);
}

/* Returns: (transfer full): the file to carry to the hub; @request's record key is taken from @key
 */
GBytes *
kouan_enrolment_request_sign (const KouanEnrolmentRequest *request, KouanSigningKey *key)
{
  GByteArray *out = g_byte_array_new ();

  g_return_val_if_fail (request != NULL && key != NULL, NULL);

  kouan_signed_write_head (out, KOUAN_SIGNED_ENROLMENT_REQUEST, VERSION, REQUEST_FIELDS);
  kouan_cbor_write_uint (out, request->kiosk_id);
  kouan_cbor_write_text (out, request->certificate);
  kouan_cbor_write_text (out, request->recipient);
  return kouan_enrolment_wrap (key, out);
}

/* @record_key: the signer's, in PEM */
KouanEnrolmentRequest *
kouan_enrolment_request_read (GBytes *payload, const char *record_key, GError **error)
{
  g_autoptr (KouanEnrolmentRequest) request = g_new0 (KouanEnrolmentRequest, 1);
  KouanCborReader reader;
  guint64 kiosk_id = 0;
  gsize size;
  const guint8 *data = g_bytes_get_data (payload, &size);

  request->record_key = g_strdup (record_key);
  kouan_cbor_reader_init (&reader, data, size);
  if (kouan_signed_read_head (&reader, KOUAN_SIGNED_ENROLMENT_REQUEST, VERSION, REQUEST_FIELDS)
      && kouan_cbor_read_uint (&reader, &kiosk_id)
      && (request->certificate = kouan_cbor_dup_text (&reader)) != NULL
      && (request->recipient = kouan_cbor_dup_text (&reader)) != NULL
      && kouan_cbor_reader_finish (&reader) && kiosk_id >= 1 && kiosk_id <= G_MAXUINT16)
    {
      request->kiosk_id = (guint)kiosk_id;
      return g_steal_pointer (&request);
    }
  set_malformed (error, "not a kiosk's request");
  return NULL;
}

/* Returns: (transfer full): what a kiosk that has the record key asks for */
KouanEnrolmentRequest *
kouan_enrolment_request_verify (GBytes *message, GError **error)
{
  g_autoptr (GBytes) payload = NULL;
  g_autofree char *record_key = NULL;

  g_return_val_if_fail (message != NULL, NULL);

  payload = kouan_enrolment_unwrap (message, KOUAN_PURPOSE_RECORD, &record_key, error);
  return payload != NULL ? kouan_enrolment_request_read (payload, record_key, error) : NULL;
}

static void
write_names (GByteArray *out, GHashTable *names)
{
  g_autoptr (GList) languages = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc)strcmp);

  kouan_cbor_write_array (out, 2 * g_hash_table_size (names));
  for (GList *item = languages; item != NULL; item = item->next)
    {
      kouan_cbor_write_text (out, item->data);
      kouan_cbor_write_text (out, g_hash_table_lookup (names, item->data));
    }
}

static void
write_keys (GByteArray *out, GPtrArray *keys)
{
  kouan_cbor_write_array (out, keys->len);
  for (guint i = 0; i < keys->len; i++)
    {
      const KouanEnrolmentKey *key = keys->pdata[i];

      kouan_cbor_write_array (out, 3);
      kouan_cbor_write_text (out, key->label);
      kouan_cbor_write_uint (out, key->purposes);
      kouan_cbor_write_text (out, key->pem);
    }
}

static GByteArray *
write_bundle (const KouanEnrolmentBundle *bundle)
{
  GByteArray *out = g_byte_array_new ();

  kouan_signed_write_head (out, KOUAN_SIGNED_ENROLMENT_BUNDLE, VERSION, BUNDLE_FIELDS);
  kouan_cbor_write_uint (out, bundle->hub_id);
  kouan_cbor_write_text (out, bundle->hub_url);
  kouan_cbor_write_uint (out, bundle->kiosk_id);
  kouan_cbor_write_uint (out, bundle->hall_id);
  kouan_cbor_write_text (out, bundle->hall_language);
  kouan_cbor_write_text (out, bundle->profile);
  write_names (out, bundle->hall_names);
  kouan_cbor_write_text (out, bundle->record_key);
  kouan_cbor_write_text (out, bundle->authority);
  kouan_cbor_write_text (out, bundle->certificate);
  kouan_cbor_write_bytes (out, kouan_secret_data (bundle->hall_key),
                          kouan_secret_size (bundle->hall_key));
  kouan_cbor_write_text (out, bundle->hub_recipient);
  kouan_cbor_write_text (out, bundle->escrow_recipient);
  write_keys (out, bundle->keys);
  return out;
}

static gboolean
read_names (KouanCborReader *reader, GHashTable *names)
{
  gsize count;

  if (!kouan_cbor_read_array (reader, &count) || count % 2 != 0 || count > LIST_MAX)
    return FALSE;
  for (gsize i = 0; i < count / 2; i++)
    {
      g_autofree char *language = kouan_cbor_dup_text (reader);
      g_autofree char *name = kouan_cbor_dup_text (reader);

      if (language == NULL || name == NULL)
        return FALSE;
      g_hash_table_insert (names, g_steal_pointer (&language), g_steal_pointer (&name));
    }
  return TRUE;
}

static gboolean
is_label (const char *text)
{
  return *text != '\0' && strlen (text) <= 64
         && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text);
}

static gboolean
read_keys (KouanCborReader *reader, KouanEnrolmentBundle *bundle)
{
  gsize count;

  if (!kouan_cbor_read_array (reader, &count) || count > LIST_MAX)
    return FALSE;
  for (gsize i = 0; i < count; i++)
    {
      g_autofree char *label = NULL;
      g_autofree char *pem = NULL;
      guint64 purposes = 0;

      if (!kouan_cbor_expect_array (reader, 3) || (label = kouan_cbor_dup_text (reader)) == NULL
          || !kouan_cbor_read_uint (reader, &purposes)
          || (pem = kouan_cbor_dup_text (reader)) == NULL || !is_label (label) || purposes == 0
          || purposes > G_MAXUINT16)
        return FALSE;
      kouan_enrolment_bundle_add_key (bundle, label, (guint)purposes, pem);
    }
  return TRUE;
}

static gboolean
read_text (KouanCborReader *reader, char **text)
{
  *text = kouan_cbor_dup_text (reader);
  return *text != NULL && strlen (*text) <= TEXT_SIZE_MAX;
}

static gboolean
read_hall_key (KouanCborReader *reader, KouanEnrolmentBundle *bundle)
{
  guint8 key[KOUAN_KEY_SIZE];

  if (!kouan_cbor_read_fixed (reader, key, sizeof key))
    return FALSE;
  bundle->hall_key = kouan_secret_new_copy (key, sizeof key);
  explicit_bzero (key, sizeof key);
  return TRUE;
}

static gboolean
read_number (KouanCborReader *reader, guint *number)
{
  guint64 value = 0;

  if (!kouan_cbor_read_uint (reader, &value) || value < 1 || value > G_MAXUINT16)
    return FALSE;
  *number = (guint)value;
  return TRUE;
}

static gboolean
read_bundle (KouanCborReader *reader, KouanEnrolmentBundle *bundle)
{
  return kouan_signed_read_head (reader, KOUAN_SIGNED_ENROLMENT_BUNDLE, VERSION, BUNDLE_FIELDS)
         && read_number (reader, &bundle->hub_id) && read_text (reader, &bundle->hub_url)
         && read_number (reader, &bundle->kiosk_id) && read_number (reader, &bundle->hall_id)
         && read_text (reader, &bundle->hall_language) && read_text (reader, &bundle->profile)
         && read_names (reader, bundle->hall_names) && read_text (reader, &bundle->record_key)
         && read_text (reader, &bundle->authority) && read_text (reader, &bundle->certificate)
         && read_hall_key (reader, bundle) && read_text (reader, &bundle->hub_recipient)
         && read_text (reader, &bundle->escrow_recipient) && read_keys (reader, bundle)
         && kouan_cbor_reader_finish (reader);
}

/**
 * kouan_enrolment_bundle_seal:
 * @roster: the hub's key that signs who may do what
 * @recipient: "age1…" of the request
 *
 * Returns: (transfer full): the file to carry to the kiosk; no one else opens it
 */
GBytes *
kouan_enrolment_bundle_seal (const KouanEnrolmentBundle *bundle,
                             KouanSigningKey *roster,
                             const char *recipient,
                             GError **error)
{
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GPtrArray) recipients = NULL;
  g_autoptr (GOutputStream) sealed = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = NULL;
  KouanAgeRecipient *parsed;
  gsize size;
  const guint8 *data;

  g_return_val_if_fail (bundle != NULL && roster != NULL && recipient != NULL, NULL);

  parsed = kouan_age_recipient_parse (recipient, error);
  if (parsed == NULL)
    return NULL;
  recipients = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_age_recipient_free);
  g_ptr_array_add (recipients, parsed);
  plain = kouan_enrolment_wrap (roster, write_bundle (bundle));
  data = g_bytes_get_data (plain, &size);
  stream = kouan_age_encrypt (sealed, recipients, error);
  if (stream == NULL || !g_output_stream_write_all (stream, data, size, NULL, NULL, error)
      || !g_output_stream_close (stream, NULL, error)
      || !g_output_stream_close (sealed, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sealed));
}

static GBytes *
decrypt (GBytes *message, KouanAgeIdentity *identity, GError **error)
{
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_bytes (message);
  g_autoptr (GInputStream) stream = kouan_age_decrypt (base, identity, error);
  g_autofree guint8 *plain = g_malloc (BUNDLE_SIZE_MAX);
  gsize size;

  if (stream == NULL
      || !g_input_stream_read_all (stream, plain, BUNDLE_SIZE_MAX, &size, NULL, error))
    return NULL;
  if (size < BUNDLE_SIZE_MAX)
    return g_bytes_new (plain, size);
  set_malformed (error, "larger than any bundle");
  return NULL;
}

KouanEnrolmentBundle *
kouan_enrolment_bundle_read (GBytes *payload, GError **error)
{
  g_autoptr (KouanEnrolmentBundle) bundle = kouan_enrolment_bundle_new ();
  KouanCborReader reader;
  gsize size;
  const guint8 *data = g_bytes_get_data (payload, &size);

  kouan_cbor_reader_init (&reader, data, size);
  if (read_bundle (&reader, bundle))
    return g_steal_pointer (&bundle);
  set_malformed (error, "signed, but not a bundle");
  return NULL;
}

/**
 * kouan_enrolment_bundle_open:
 * @identity: of the recipient that the request named
 * @hub: (out): the fingerprint of the key that has signed it, to be compared with what the hub
 * shows
 *
 * Returns: (transfer full): what the hub has answered
 */
KouanEnrolmentBundle *
kouan_enrolment_bundle_open (GBytes *message,
                             KouanAgeIdentity *identity,
                             char **hub,
                             GError **error)
{
  g_autoptr (KouanEnrolmentBundle) bundle = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autofree char *pem = NULL;

  g_return_val_if_fail (message != NULL && identity != NULL && hub != NULL, NULL);

  plain = decrypt (message, identity, error);
  payload
    = plain != NULL ? kouan_enrolment_unwrap (plain, KOUAN_PURPOSE_ROSTER, &pem, error) : NULL;
  bundle = payload != NULL ? kouan_enrolment_bundle_read (payload, error) : NULL;
  if (bundle == NULL)
    return NULL;
  *hub = kouan_enrolment_fingerprint ((const guint8 *)pem, strlen (pem));
  return g_steal_pointer (&bundle);
}
