/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/declaration.h"

#include "app/record/receipt-number.h"

#include <string.h>

/* A declaration as a QR code: a CBOR array of ten, COSE_Sign1 around it, Base45 around that. An
 * officer's reader that knows the kiosk's key sees offline that it is real, for whom, and what it
 * comes to. It carries numbers of documents: whoever shows it shows those documents beside it.
 *
 * A code has room for so much. Where five travellers and long answers are too much for it, the
 * answers stay behind; they are in the record. */

#define VERSION 1
#define FIELDS 10
#define DAY_S (24 * 60 * 60)
#define DAYS_MAX 366

void
kouan_declaration_clear (KouanDeclaration *self)
{
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
}

static void
write_travellers (GByteArray *out, const KouanDeclaration *self)
{
  kouan_cbor_write_array (out, self->travellers_count);
  for (guint i = 0; i < self->travellers_count; i++)
    {
      kouan_cbor_write_array (out, 3);
      kouan_cbor_write_text (out, self->travellers[i].nationality);
      kouan_cbor_write_text (out, self->travellers[i].number);
      kouan_cbor_write_uint (out, self->travellers[i].birth);
    }
}

static GBytes *
make_message (const KouanDeclaration *self, GPtrArray *answers, KouanSigningKey *key)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) payload = NULL;

  kouan_signed_write_head (out, KOUAN_SIGNED_DECLARATION, VERSION, FIELDS);
  kouan_cbor_write_text (out, self->number);
  kouan_cbor_write_uint (out, self->hall_id);
  kouan_cbor_write_uint (out, self->service);
  kouan_cbor_write_uint (out, self->outcome);
  kouan_cbor_write_uint (out, (guint64)self->time_s);
  kouan_cbor_write_uint (out, self->days);
  write_travellers (out, self);
  kouan_cbor_write_array (out, answers != NULL ? answers->len : 0);
  for (guint i = 0; answers != NULL && i < answers->len; i++)
    kouan_cbor_write_text (out, answers->pdata[i]);
  payload = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  return kouan_cose_sign (key, payload);
}

/* Returns: (transfer full): "KD1:…" */
char *
kouan_declaration_sign (const KouanDeclaration *self, KouanSigningKey *key)
{
  g_autoptr (GBytes) message = NULL;

  g_return_val_if_fail (self != NULL && key != NULL && self->number != NULL, NULL);
  g_return_val_if_fail (self->travellers_count <= KOUAN_DECLARATION_TRAVELLERS_MAX, NULL);
  g_return_val_if_fail (self->time_s >= 0 && self->days <= DAYS_MAX, NULL);

  message = make_message (self, self->answers, key);
  if (g_bytes_get_size (message) > KOUAN_CODE_SIZE_MAX)
    {
      g_bytes_unref (message);
      message = make_message (self, NULL, key);
    }
  g_return_val_if_fail (g_bytes_get_size (message) <= KOUAN_CODE_SIZE_MAX, NULL);
  return kouan_code_to_text (KOUAN_CODE_DECLARATION, message);
}

static gboolean
read_short_text (KouanCborReader *reader, char *text, gsize size)
{
  g_autofree char *read = kouan_cbor_dup_text (reader);

  return read != NULL && g_strlcpy (text, read, size) < size;
}

static gboolean
read_travellers (KouanCborReader *reader, KouanDeclaration *self)
{
  gsize count = 0;

  if (!kouan_cbor_read_array (reader, &count) || count > KOUAN_DECLARATION_TRAVELLERS_MAX)
    return FALSE;
  for (gsize i = 0; i < count; i++)
    {
      KouanTraveller *traveller = &self->travellers[i];
      guint64 birth = 0;

      if (!kouan_cbor_expect_array (reader, 3)
          || !read_short_text (reader, traveller->nationality, sizeof traveller->nationality)
          || !read_short_text (reader, traveller->number, sizeof traveller->number)
          || !kouan_cbor_read_uint (reader, &birth) || birth > 99991231)
        return FALSE;
      traveller->birth = (guint)birth;
    }
  self->travellers_count = (guint)count;
  return TRUE;
}

static gboolean
read_answers (KouanCborReader *reader, KouanDeclaration *self)
{
  gsize count = 0;

  if (!kouan_cbor_read_array (reader, &count) || count > KOUAN_DECLARATION_ANSWERS_MAX)
    return FALSE;
  for (gsize i = 0; i < count; i++)
    {
      char *answer = kouan_cbor_dup_text (reader);

      if (answer == NULL)
        return FALSE;
      g_ptr_array_add (self->answers, answer);
    }
  return TRUE;
}

static gboolean
read_payload (GBytes *payload, KouanDeclaration *self)
{
  KouanCborReader reader;
  gsize size;
  const guint8 *data = g_bytes_get_data (payload, &size);
  guint64 hall_id = 0, service = 0, outcome = 0, time_s = 0, days = 0;
  gint64 sequence;
  guint kiosk_id;

  kouan_cbor_reader_init (&reader, data, size);
  if (!kouan_signed_read_head (&reader, KOUAN_SIGNED_DECLARATION, VERSION, FIELDS))
    return FALSE;
  self->number = kouan_cbor_dup_text (&reader);
  kouan_cbor_read_uint (&reader, &hall_id);
  kouan_cbor_read_uint (&reader, &service);
  kouan_cbor_read_uint (&reader, &outcome);
  kouan_cbor_read_uint (&reader, &time_s);
  kouan_cbor_read_uint (&reader, &days);
  if (!read_travellers (&reader, self) || !read_answers (&reader, self)
      || !kouan_cbor_reader_finish (&reader) || hall_id > G_MAXUINT16 || service > G_MAXUINT16
      || outcome > G_MAXUINT16 || time_s > G_MAXINT64 / 2 || days > DAYS_MAX)
    return FALSE;
  self->hall_id = (guint)hall_id;
  self->service = (guint)service;
  self->outcome = (guint)outcome;
  self->time_s = (gint64)time_s;
  self->days = (guint)days;
  return self->number != NULL && kouan_receipt_number_parse (self->number, &kiosk_id, &sequence);
}

/**
 * kouan_declaration_verify:
 * @text: from a camera: anything
 * @keyring: must hold the kiosk's key for KOUAN_PURPOSE_SLIP
 * @self: (out caller-allocates): to be cleared by the caller, whatever the answer
 *
 * Returns: FALSE with a KOUAN_CRYPTO_ERROR
 */
gboolean
kouan_declaration_verify (const char *text,
                          KouanKeyring *keyring,
                          KouanDeclaration *self,
                          GError **error)
{
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) payload = NULL;

  g_return_val_if_fail (text != NULL && keyring != NULL && self != NULL, FALSE);

  memset (self, 0, sizeof *self);
  self->answers = g_ptr_array_new_with_free_func (g_free);
  message = kouan_code_from_text (KOUAN_CODE_DECLARATION, text, error);
  if (message == NULL)
    return FALSE;
  payload = kouan_cose_verify (keyring, KOUAN_PURPOSE_SLIP, message, NULL, error);
  if (payload == NULL)
    return FALSE;
  if (read_payload (payload, self))
    return TRUE;
  g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                       "the signed bytes are not a declaration");
  return FALSE;
}

/* Whether it is within its days; an hour before it, too, since clocks differ. */
gboolean
kouan_declaration_counts (const KouanDeclaration *self, gint64 now_s)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return now_s >= self->time_s - 60 * 60 && now_s < self->time_s + (gint64)self->days * DAY_S;
}
