/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/crypto/cbor.h"
#include "app/crypto/cose.h"
#include "app/sync/enrolment-private.h"

#include <string.h>

/* What a hub says of itself to a machine that does not know it yet: signed by the roster key, which
 * is the one whose fingerprint people read to each other. It brings the authority of the line, so
 * that everything after it goes to nobody but the hub that signed it. */

#define VERSION 1
#define FIELDS 5
#define NAME_SIZE_MAX 200
#define AUTHORITY_SIZE_MAX 8192

void
kouan_enrolment_card_free (KouanEnrolmentCard *self)
{
  g_free (self->name);
  g_free (self->authority);
  g_free (self);
}

/* Returns: (transfer full) */
GBytes *
kouan_enrolment_card_sign (const KouanEnrolmentCard *card, KouanSigningKey *roster)
{
  GByteArray *out = g_byte_array_new ();

  g_return_val_if_fail (card != NULL && roster != NULL, NULL);

  kouan_signed_write_head (out, KOUAN_SIGNED_ENROLMENT_CARD, VERSION, FIELDS);
  kouan_cbor_write_uint (out, card->hub_id);
  kouan_cbor_write_text (out, card->name);
  kouan_cbor_write_text (out, card->authority);
  return kouan_enrolment_wrap (roster, out);
}

/* Returns: (transfer full) */
KouanEnrolmentCard *
kouan_enrolment_card_read (GBytes *payload, GError **error)
{
  g_autoptr (KouanEnrolmentCard) card = g_new0 (KouanEnrolmentCard, 1);
  KouanCborReader reader;
  guint64 hub_id = 0;
  gsize size;
  const guint8 *data = g_bytes_get_data (payload, &size);

  kouan_cbor_reader_init (&reader, data, size);
  if (kouan_signed_read_head (&reader, KOUAN_SIGNED_ENROLMENT_CARD, VERSION, FIELDS)
      && kouan_cbor_read_uint (&reader, &hub_id) && hub_id >= 1 && hub_id <= G_MAXUINT16
      && (card->name = kouan_cbor_dup_text (&reader)) != NULL
      && (card->authority = kouan_cbor_dup_text (&reader)) != NULL
      && kouan_cbor_reader_finish (&reader) && strlen (card->name) <= NAME_SIZE_MAX
      && strlen (card->authority) <= AUTHORITY_SIZE_MAX)
    {
      card->hub_id = (guint)hub_id;
      return g_steal_pointer (&card);
    }
  g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED, "not a hub's card");
  return NULL;
}

/**
 * kouan_enrolment_card_verify:
 * @hub: (out): the fingerprint of the key that has signed it; only people can say whose that is
 *
 * Returns: (transfer full)
 */
KouanEnrolmentCard *
kouan_enrolment_card_verify (GBytes *message, char **hub, GError **error)
{
  g_autoptr (GBytes) payload = NULL;
  g_autofree char *pem = NULL;
  KouanEnrolmentCard *card;

  g_return_val_if_fail (message != NULL && hub != NULL, NULL);

  payload = kouan_enrolment_unwrap (message, KOUAN_PURPOSE_ROSTER, &pem, error);
  card = payload != NULL ? kouan_enrolment_card_read (payload, error) : NULL;
  if (card != NULL)
    *hub = kouan_enrolment_fingerprint ((const guint8 *)pem, strlen (pem));
  return card;
}
