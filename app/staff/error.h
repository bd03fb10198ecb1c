/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why somebody does not get in, or a thing is not done. */
typedef enum
{
  KOUAN_STAFF_ERROR_NOT_A_BADGE, /* another kind of code */
  KOUAN_STAFF_ERROR_REFUSED,     /* badge or PIN: which of them is not said */
  KOUAN_STAFF_ERROR_WAIT,        /* after tries in vain; how long, the gate knows */
  KOUAN_STAFF_ERROR_LOCKED,      /* after ten of them */
  KOUAN_STAFF_ERROR_EXPIRED,     /* this and the next one only after the right PIN */
  KOUAN_STAFF_ERROR_REVOKED,
  KOUAN_STAFF_ERROR_ROSTER_OLDER,  /* the badge needs a newer roster than the one in use */
  KOUAN_STAFF_ERROR_NO_ROSTER,     /* none has come to this kiosk yet */
  KOUAN_STAFF_ERROR_STORE,         /* the disk is full or fails: nothing was changed */
  KOUAN_STAFF_ERROR_NOT_YOURS,     /* another role does this */
  KOUAN_STAFF_ERROR_NEEDS_SECOND,  /* two persons have to agree */
  KOUAN_STAFF_ERROR_SAME_PERSON,   /* and they have to be two */
  KOUAN_STAFF_ERROR_NOT_SECOND,    /* of a role that may agree */
  KOUAN_STAFF_ERROR_SECOND_LATE,   /* within two minutes */
  KOUAN_STAFF_ERROR_BUSY,          /* somebody else works on this kiosk */
  KOUAN_STAFF_ERROR_WRONG_UNLOCK,  /* an unlock code for another lock, or for none */
  KOUAN_STAFF_ERROR_ROSTER_BROKEN, /* signed, and wrong */
  KOUAN_STAFF_ERROR_UNKNOWN,       /* no such device, person, receipt or reason */
  KOUAN_STAFF_N_ERRORS,
} KouanStaffError;
#define KOUAN_STAFF_ERROR (kouan_staff_error_quark ())
GQuark kouan_staff_error_quark (void);

const char *kouan_staff_error_title (const GError *error);
const char *kouan_staff_error_remedy (const GError *error);
gboolean kouan_staff_fail_store (const GError *cause, GError **error); /* FALSE */

G_END_DECLS
