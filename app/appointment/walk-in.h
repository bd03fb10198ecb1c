/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/appointment/appointment.h"

G_BEGIN_DECLS

/* What a kiosk gives to somebody who came without an appointment, so that they can come back to
 * their draft. It is a KouanAppointmentError that it cannot be read. */
typedef struct _KouanWalkIn KouanWalkIn;

KouanWalkIn *kouan_walk_in_new (guint service, guint hall, gint64 now_us);
char *kouan_walk_in_issue (KouanWalkIn *self, KouanSigningKey *key);
KouanWalkIn *kouan_walk_in_read (const char *text,
                                 KouanKeyring *keyring,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanVerdict
kouan_walk_in_judge (KouanWalkIn *self, guint hall, gboolean used); /* VALID, OTHER_HALL or USED */

const guint8 *kouan_walk_in_get_id (KouanWalkIn *self); /* KOUAN_UUID_SIZE bytes */
guint kouan_walk_in_get_service (KouanWalkIn *self);
guint kouan_walk_in_get_hall (KouanWalkIn *self);
gint64 kouan_walk_in_get_created_s (KouanWalkIn *self);
KouanSecret *kouan_walk_in_get_secret (KouanWalkIn *self); /* (transfer none): for the draft */

KouanWalkIn *kouan_walk_in_ref (KouanWalkIn *self);
void kouan_walk_in_unref (KouanWalkIn *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanWalkIn, kouan_walk_in_unref)

G_END_DECLS
