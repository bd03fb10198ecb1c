/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who works in a hall. One person may be several. None of them can open a record. */
typedef enum
{
  KOUAN_ROLE_ATTENDANT = 1 << 0,
  KOUAN_ROLE_SUPERVISOR = 1 << 1,
  KOUAN_ROLE_TECHNICIAN = 1 << 2,
  KOUAN_ROLE_SECURITY = 1 << 3,
} KouanRole;
#define KOUAN_ROLES_ALL 0xf
#define KOUAN_N_ROLES 4

/* What staff do at a kiosk. */
typedef enum
{
  KOUAN_DUTY_BOARD,          /* see the queue, the clock, ages and charts */
  KOUAN_DUTY_DEVICES,        /* see how devices are */
  KOUAN_DUTY_CALL,           /* come when staff is called */
  KOUAN_DUTY_HELP,           /* give a visit time, park it, free it, hand it over */
  KOUAN_DUTY_REPRINT,        /* a receipt, marked as a copy */
  KOUAN_DUTY_TEST,           /* a device */
  KOUAN_DUTY_DISABLE,        /* a device */
  KOUAN_DUTY_SYNC,           /* send now */
  KOUAN_DUTY_IMPORT,         /* receipts and lists from a stick */
  KOUAN_DUTY_EXPORT,         /* sealed records to a stick */
  KOUAN_DUTY_OUT_OF_SERVICE, /* and back */
  KOUAN_DUTY_HOURS,          /* opening hours */
  KOUAN_DUTY_RESTART,
  KOUAN_DUTY_SHUT_DOWN,
  KOUAN_DUTY_AUDIT,        /* read who did what */
  KOUAN_DUTY_AUDIT_EXPORT, /* carry it out of the house */
  KOUAN_DUTY_REPORTS,      /* the service standard */
  KOUAN_DUTY_UNLOCK,       /* let somebody try again who has failed ten times */
  KOUAN_DUTY_KEYS,         /* install whose word counts */
  KOUAN_DUTY_POLICY,       /* change what is checked */
  KOUAN_DUTY_WIPE,         /* take away what is not yet at the hub */
  KOUAN_DUTY_OVERRIDE,     /* take a code that has been used */
  KOUAN_N_DUTIES,
} KouanDuty;

gboolean kouan_duty_is_of (KouanDuty duty, guint roles);
gboolean kouan_duty_needs_two (KouanDuty duty);
gboolean kouan_duty_may_second (KouanDuty duty, guint roles);
KouanRole kouan_duty_role_for (KouanDuty duty, guint roles); /* under which it is done, or 0 */

const char *kouan_duty_to_string (KouanDuty duty);
const char *kouan_role_to_string (KouanRole role);
const char *kouan_role_to_label (KouanRole role);
char *kouan_roles_to_string (guint roles); /* "supervisor+technician" */
char *kouan_roles_to_label (guint roles);
gboolean kouan_roles_from_string (const char *text, guint *roles) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
