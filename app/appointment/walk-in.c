/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-appointment"

#include "app/appointment/walk-in.h"

#include "app/appointment/signed-code.h"

/* A walk-in code: as an appointment code, behind "KW1:", signed by a kiosk of the hall, with the
 * payload
 *
 *   [ 2 (walk-in), 1 (version), id (16 bytes, UUIDv7), service, hall, created (s), secret (16
 * bytes) ]
 *
 * It has no end of its own: it is good for as long as the draft that its secret opens. */

#define VERSION 1
#define ELEMENTS 7

struct _KouanWalkIn
{
  gatomicrefcount ref_count;
  guint8 id[KOUAN_UUID_SIZE];
  guint service;
  guint hall;
  gint64 created_s;
  KouanSecret *secret;
};

static KouanWalkIn *
walk_in_new_empty (void)
{
  KouanWalkIn *self = g_new0 (KouanWalkIn, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

/**
 * kouan_walk_in_new:
 * @service: the catalogue's code of the service
 *
 * Returns: (transfer full): with an identifier and a secret of its own
 */
KouanWalkIn *
kouan_walk_in_new (guint service, guint hall, gint64 now_us)
{
  KouanWalkIn *self = NULL;

  g_return_val_if_fail (service > 0 && service <= KOUAN_CODE_NUMBER_MAX, NULL);
  g_return_val_if_fail (hall > 0 && hall <= KOUAN_CODE_NUMBER_MAX, NULL);

  self = walk_in_new_empty ();
  kouan_uuid7 (now_us, self->id);
  self->service = service;
  self->hall = hall;
  self->created_s = MAX (now_us, 0) / G_USEC_PER_SEC;
  self->secret = kouan_secret_new_random (KOUAN_CODE_SECRET_SIZE);
  return self;
}

/**
 * kouan_walk_in_issue:
 * @key: this kiosk's
 *
 * Returns: (transfer full): the text to draw as a QR code
 */
char *
kouan_walk_in_issue (KouanWalkIn *self, KouanSigningKey *key)
{
  g_autoptr (GByteArray) payload = NULL;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  payload = g_byte_array_new ();
  kouan_signed_write_head (payload, KOUAN_SIGNED_WALK_IN, VERSION, ELEMENTS);
  kouan_cbor_write_bytes (payload, self->id, sizeof self->id);
  kouan_cbor_write_uint (payload, self->service);
  kouan_cbor_write_uint (payload, self->hall);
  kouan_cbor_write_uint (payload, (guint64)self->created_s);
  kouan_cbor_write_bytes (payload, kouan_secret_data (self->secret), KOUAN_CODE_SECRET_SIZE);
  return kouan_signed_code_make (KOUAN_CODE_WALK_IN, key, payload);
}

static gboolean
read_payload (KouanWalkIn *self, KouanCborReader *reader)
{
  return kouan_signed_read_head (reader, KOUAN_SIGNED_WALK_IN, VERSION, ELEMENTS)
         && kouan_cbor_read_fixed (reader, self->id, sizeof self->id)
         && kouan_signed_code_read_number (reader, &self->service)
         && kouan_signed_code_read_number (reader, &self->hall)
         && kouan_signed_code_read_time (reader, &self->created_s)
         && (self->secret = kouan_signed_code_read_secret (reader)) != NULL
         && kouan_cbor_reader_finish (reader);
}

/**
 * kouan_walk_in_read:
 * @text: what a QR code said
 * @keyring: keys with %KOUAN_PURPOSE_WALK_IN count
 *
 * Errors: %KOUAN_APPOINTMENT_ERROR.
 *
 * Returns: (transfer full) (nullable): a code that a kiosk of this hall made
 */
KouanWalkIn *
kouan_walk_in_read (const char *text, KouanKeyring *keyring, GError **error)
{
  g_autoptr (KouanWalkIn) self = NULL;
  g_autoptr (GBytes) payload = NULL;
  KouanCborReader reader;

  g_return_val_if_fail (text != NULL && keyring != NULL, NULL);

  payload
    = kouan_signed_code_open (KOUAN_CODE_WALK_IN, KOUAN_PURPOSE_WALK_IN, text, keyring, error);
  if (payload == NULL)
    return NULL;
  self = walk_in_new_empty ();
  kouan_cbor_reader_init (&reader, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  if (!read_payload (self, &reader))
    {
      kouan_signed_code_set_damaged (error, "signed, but not a walk-in code that we can read");
      return NULL;
    }
  return g_steal_pointer (&self);
}

KouanVerdict
kouan_walk_in_judge (KouanWalkIn *self, guint hall, gboolean used)
{
  g_return_val_if_fail (self != NULL, KOUAN_VERDICT_DAMAGED);

  if (used)
    return KOUAN_VERDICT_USED;
  return hall == self->hall ? KOUAN_VERDICT_VALID : KOUAN_VERDICT_OTHER_HALL;
}

const guint8 *
kouan_walk_in_get_id (KouanWalkIn *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

guint
kouan_walk_in_get_service (KouanWalkIn *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->service;
}

guint
kouan_walk_in_get_hall (KouanWalkIn *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->hall;
}

gint64
kouan_walk_in_get_created_s (KouanWalkIn *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->created_s;
}

KouanSecret *
kouan_walk_in_get_secret (KouanWalkIn *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->secret;
}

KouanWalkIn *
kouan_walk_in_ref (KouanWalkIn *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kouan_walk_in_unref (KouanWalkIn *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->secret, kouan_secret_unref);
  g_free (self);
}
