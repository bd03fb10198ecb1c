/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/cose.h"

G_BEGIN_DECLS

#define KOUAN_BIND_SIZE 10
#define KOUAN_CODE_SECRET_SIZE 16
#define KOUAN_CODE_NUMBER_MAX 65535 /* services and halls */

/* Why a text could not be read as a code of ours. */
typedef enum
{
  KOUAN_APPOINTMENT_ERROR_NOT_OURS, /* another code, or another issuer's */
  KOUAN_APPOINTMENT_ERROR_DAMAGED,  /* says it is ours, and is not as we made it: torn or forged */
} KouanAppointmentError;
#define KOUAN_APPOINTMENT_ERROR (kouan_appointment_error_quark ())
GQuark kouan_appointment_error_quark (void);

/* The answers at the screen; kouan_verdict_words() has the sentences. */
typedef enum
{
  KOUAN_VERDICT_VALID,
  KOUAN_VERDICT_TOO_EARLY,
  KOUAN_VERDICT_TOO_LATE,
  KOUAN_VERDICT_OTHER_HALL,
  KOUAN_VERDICT_USED,
  KOUAN_VERDICT_NOT_OURS,
  KOUAN_VERDICT_DAMAGED,
  KOUAN_VERDICT_REVOKED, /* taken back by who issued it: the hub's list says so */
  KOUAN_VERDICT_MOVED,   /* to a time that has not come yet: the hub's list says so */
} KouanVerdict;

/* A place at a hall, for somebody, from a time until a time. */
typedef struct _KouanAppointment KouanAppointment;

/* At the issuer's. @service and @hall: 1 to KOUAN_CODE_NUMBER_MAX; not_before_s < expires_s */
KouanAppointment *kouan_appointment_new (
  guint service, guint hall, gint64 not_before_s, gint64 expires_s, gint64 now_us);
gboolean kouan_appointment_bind (KouanAppointment *self,
                                 KouanSecret *hall_key,
                                 const char *document_number,
                                 const char *birth_date) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_appointment_issue (KouanAppointment *self, KouanSigningKey *key);

/* At the kiosk */
KouanAppointment *kouan_appointment_read (const char *text,
                                          KouanKeyring *keyring,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanVerdict
kouan_appointment_judge (KouanAppointment *self, guint hall, gint64 now_s, gboolean used);
void
kouan_appointment_move (KouanAppointment *self, guint hall, gint64 not_before_s, gint64 expires_s);
gboolean kouan_appointment_is_bound (KouanAppointment *self);
gboolean kouan_appointment_binds (KouanAppointment *self,
                                  KouanSecret *hall_key,
                                  const char *document_number,
                                  const char *birth_date);

const guint8 *kouan_appointment_get_id (KouanAppointment *self); /* KOUAN_UUID_SIZE bytes */
guint kouan_appointment_get_service (KouanAppointment *self);
guint kouan_appointment_get_hall (KouanAppointment *self);
gint64 kouan_appointment_get_not_before_s (KouanAppointment *self);
gint64 kouan_appointment_get_expires_s (KouanAppointment *self);
KouanSecret *
kouan_appointment_get_secret (KouanAppointment *self); /* (transfer none): for the draft */
gint64 kouan_appointment_get_time_for (KouanAppointment *self,
                                       KouanVerdict verdict); /* what {time} stands for */

KouanAppointment *kouan_appointment_ref (KouanAppointment *self);
void kouan_appointment_unref (KouanAppointment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanAppointment, kouan_appointment_unref)

G_END_DECLS
