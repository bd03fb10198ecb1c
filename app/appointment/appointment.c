/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-appointment"

#include "app/appointment/appointment.h"

#include "app/appointment/bind.h"
#include "app/appointment/signed-code.h"

#include <string.h>

/* An appointment code: a COSE_Sign1 message, in Base45 behind "KA1:", whose payload is the
 * deterministic CBOR array
 *
 *   [ 1 (appointment), 1 (version), id (16 bytes, UUIDv7), service, hall, not before (s), expires
 * (s), bind (10 bytes, or none if the issuer did not know the document), secret (16 bytes) ]
 *
 * An array with integers in place of CWT's map keeps it at 131 to 145 bytes until 2106, which is QR
 * version 8 or 9 at level M. */

#define VERSION 1
#define ELEMENTS 9

G_DEFINE_QUARK (kouan_appointment_error, kouan_appointment_error)

struct _KouanAppointment
{
  gatomicrefcount ref_count;
  guint8 id[KOUAN_UUID_SIZE];
  guint service;
  guint hall;
  gint64 not_before_s;
  gint64 expires_s;
  gboolean moved; /* hall and times are not those of the code any more */
  gboolean bound;
  guint8 bind[KOUAN_BIND_SIZE];
  KouanSecret *secret;
};

static KouanAppointment *
appointment_new_empty (void)
{
  KouanAppointment *self = g_new0 (KouanAppointment, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

/**
 * kouan_appointment_new:
 * @service: the catalogue's code of the service
 * @not_before_s: from when the kiosk takes it: an issuer that wants people let in early says so
 * here
 * @expires_s: from when it no longer takes it
 * @now_us: for the identifier
 *
 * Returns: (transfer full): an appointment with an identifier and a secret of its own, bound to no
 * document
 */
KouanAppointment *
kouan_appointment_new (
  guint service, guint hall, gint64 not_before_s, gint64 expires_s, gint64 now_us)
{
  KouanAppointment *self = NULL;

  g_return_val_if_fail (service > 0 && service <= KOUAN_CODE_NUMBER_MAX, NULL);
  g_return_val_if_fail (hall > 0 && hall <= KOUAN_CODE_NUMBER_MAX, NULL);
  g_return_val_if_fail (not_before_s >= 0 && not_before_s < expires_s, NULL);

  self = appointment_new_empty ();
  kouan_uuid7 (now_us, self->id);
  self->service = service;
  self->hall = hall;
  self->not_before_s = not_before_s;
  self->expires_s = expires_s;
  self->secret = kouan_secret_new_random (KOUAN_CODE_SECRET_SIZE);
  return self;
}

/**
 * kouan_appointment_bind:
 * @document_number: in any spelling; letters and digits count
 * @birth_date: YYMMDD
 *
 * Makes the code good for one document only. Returns: FALSE if there is no such number or date.
 */
gboolean
kouan_appointment_bind (KouanAppointment *self,
                        KouanSecret *hall_key,
                        const char *document_number,
                        const char *birth_date)
{
  g_return_val_if_fail (self != NULL && hall_key != NULL, FALSE);
  g_return_val_if_fail (document_number != NULL && birth_date != NULL, FALSE);

  self->bound = kouan_bind_compute (hall_key, document_number, birth_date, self->bind);
  return self->bound;
}

/**
 * kouan_appointment_issue:
 *
 * Returns: (transfer full): the text to draw as a QR code
 */
char *
kouan_appointment_issue (KouanAppointment *self, KouanSigningKey *key)
{
  g_autoptr (GByteArray) payload = NULL;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  payload = g_byte_array_new ();
  kouan_signed_write_head (payload, KOUAN_SIGNED_APPOINTMENT, VERSION, ELEMENTS);
  kouan_cbor_write_bytes (payload, self->id, sizeof self->id);
  kouan_cbor_write_uint (payload, self->service);
  kouan_cbor_write_uint (payload, self->hall);
  kouan_cbor_write_uint (payload, (guint64)self->not_before_s);
  kouan_cbor_write_uint (payload, (guint64)self->expires_s);
  kouan_cbor_write_bytes (payload, self->bind, self->bound ? sizeof self->bind : 0);
  kouan_cbor_write_bytes (payload, kouan_secret_data (self->secret), KOUAN_CODE_SECRET_SIZE);
  return kouan_signed_code_make (KOUAN_CODE_APPOINTMENT, key, payload);
}

static gboolean
read_bind (KouanAppointment *self, KouanCborReader *reader)
{
  const guint8 *bind = NULL;
  gsize size = 0;

  if (!kouan_cbor_read_bytes (reader, &bind, &size) || (size != 0 && size != sizeof self->bind))
    return FALSE;
  self->bound = size > 0;
  memcpy (self->bind, bind, size);
  return TRUE;
}

static gboolean
read_payload (KouanAppointment *self, KouanCborReader *reader)
{
  return kouan_signed_read_head (reader, KOUAN_SIGNED_APPOINTMENT, VERSION, ELEMENTS)
         && kouan_cbor_read_fixed (reader, self->id, sizeof self->id)
         && kouan_signed_code_read_number (reader, &self->service)
         && kouan_signed_code_read_number (reader, &self->hall)
         && kouan_signed_code_read_time (reader, &self->not_before_s)
         && kouan_signed_code_read_time (reader, &self->expires_s)
         && self->not_before_s < self->expires_s && read_bind (self, reader)
         && (self->secret = kouan_signed_code_read_secret (reader)) != NULL
         && kouan_cbor_reader_finish (reader);
}

/**
 * kouan_appointment_read:
 * @text: what a QR code said
 * @keyring: keys with %KOUAN_PURPOSE_APPOINTMENT count
 *
 * Errors: %KOUAN_APPOINTMENT_ERROR; kouan_verdict_of_error() has the verdict for it.
 *
 * Returns: (transfer full) (nullable): an appointment that an issuer of ours made
 */
KouanAppointment *
kouan_appointment_read (const char *text, KouanKeyring *keyring, GError **error)
{
  g_autoptr (KouanAppointment) self = NULL;
  g_autoptr (GBytes) payload = NULL;
  KouanCborReader reader;

  g_return_val_if_fail (text != NULL && keyring != NULL, NULL);

  payload = kouan_signed_code_open (KOUAN_CODE_APPOINTMENT, KOUAN_PURPOSE_APPOINTMENT, text,
                                    keyring, error);
  if (payload == NULL)
    return NULL;
  self = appointment_new_empty ();
  kouan_cbor_reader_init (&reader, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  if (!read_payload (self, &reader))
    {
      kouan_signed_code_set_damaged (error, "signed, but not an appointment that we can read");
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * kouan_appointment_judge:
 * @hall: the one that the kiosk stands in
 * @used: whether this code has brought in a record
 *
 * Of several reasons the one that helps most: a used code needs no new appointment, and nobody is
 * sent to another hall with a code that is too late there as well.
 */
KouanVerdict
kouan_appointment_judge (KouanAppointment *self, guint hall, gint64 now_s, gboolean used)
{
  g_return_val_if_fail (self != NULL, KOUAN_VERDICT_DAMAGED);

  if (used)
    return KOUAN_VERDICT_USED;
  if (now_s >= self->expires_s)
    return KOUAN_VERDICT_TOO_LATE;
  if (hall != self->hall)
    return KOUAN_VERDICT_OTHER_HALL;
  if (now_s < self->not_before_s)
    return self->moved ? KOUAN_VERDICT_MOVED : KOUAN_VERDICT_TOO_EARLY;
  return KOUAN_VERDICT_VALID;
}

/**
 * kouan_appointment_move:
 * @hall: as of now
 * @not_before_s: as of now
 * @expires_s: as of now
 *
 * The issuer has given the appointment another place or time since the code was made, and has said
 * so in a list that is signed like the code. The code stays good: it is judged by these instead.
 */
void
kouan_appointment_move (KouanAppointment *self, guint hall, gint64 not_before_s, gint64 expires_s)
{
  g_return_if_fail (self != NULL && hall > 0 && not_before_s >= 0 && not_before_s <= expires_s);

  self->moved
    |= hall != self->hall || not_before_s != self->not_before_s || expires_s != self->expires_s;
  self->hall = hall;
  self->not_before_s = not_before_s;
  self->expires_s = expires_s;
}

gboolean
kouan_appointment_is_bound (KouanAppointment *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->bound;
}

/**
 * kouan_appointment_binds:
 *
 * Returns: whether the code was issued for this document. One that is bound to none is good for
 * any: whether that may be so, kouan_appointment_is_bound() lets the caller decide.
 */
gboolean
kouan_appointment_binds (KouanAppointment *self,
                         KouanSecret *hall_key,
                         const char *document_number,
                         const char *birth_date)
{
  guint8 bind[KOUAN_BIND_SIZE];

  g_return_val_if_fail (self != NULL && hall_key != NULL, FALSE);
  g_return_val_if_fail (document_number != NULL && birth_date != NULL, FALSE);

  if (!self->bound)
    return TRUE;
  return kouan_bind_compute (hall_key, document_number, birth_date, bind)
         && kouan_equal_in_constant_time (bind, self->bind, sizeof bind);
}

const guint8 *
kouan_appointment_get_id (KouanAppointment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

guint
kouan_appointment_get_service (KouanAppointment *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->service;
}

guint
kouan_appointment_get_hall (KouanAppointment *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->hall;
}

gint64
kouan_appointment_get_not_before_s (KouanAppointment *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->not_before_s;
}

gint64
kouan_appointment_get_expires_s (KouanAppointment *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->expires_s;
}

KouanSecret *
kouan_appointment_get_secret (KouanAppointment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->secret;
}

/**
 * kouan_appointment_get_time_for:
 *
 * Returns: the end for %KOUAN_VERDICT_TOO_LATE, else the beginning
 */
gint64
kouan_appointment_get_time_for (KouanAppointment *self, KouanVerdict verdict)
{
  g_return_val_if_fail (self != NULL, 0);

  return verdict == KOUAN_VERDICT_TOO_LATE ? self->expires_s : self->not_before_s;
}

KouanAppointment *
kouan_appointment_ref (KouanAppointment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kouan_appointment_unref (KouanAppointment *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->secret, kouan_secret_unref);
  g_free (self);
}
