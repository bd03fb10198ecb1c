/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"
#include "app/staff/badge.h"
#include "app/staff/error.h"
#include "app/station/station.h"
#include "db/database.h"

G_BEGIN_DECLS

#define KOUAN_STAFF_TRIES_FREE 2 /* in vain, before the first wait */
#define KOUAN_STAFF_TRIES_MAX 10 /* then it is locked */
#define KOUAN_STAFF_WAIT_FIRST_S 5
#define KOUAN_STAFF_WAIT_MAX_S 3600
#define KOUAN_STAFF_SECOND_S 120      /* the second person's yes is good for so long */
#define KOUAN_STAFF_CLOCK_SLACK_S 300 /* a clock that is behind by more has been set back */

/* Somebody who got in: who, and as what. Does not change. */
typedef struct
{
  gatomicrefcount ref_count;
  char *person;
  char *name;
  guint roles;       /* of the badge and of the roster */
  gint64 entered_us; /* boot time */
} KouanStaffPass;

KouanStaffPass *kouan_staff_pass_ref (KouanStaffPass *self);
void kouan_staff_pass_unref (KouanStaffPass *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanStaffPass, kouan_staff_pass_unref)

/* The door of staff mode. For the thread that owns @db. */
#define KOUAN_TYPE_STAFF_GATE (kouan_staff_gate_get_type ())
G_DECLARE_FINAL_TYPE (KouanStaffGate, kouan_staff_gate, KOUAN, STAFF_GATE, GObject)

KouanStaffGate *kouan_staff_gate_new (KouanStation *station, KouanClock *clock, KouanDatabase *db);

KouanStaffPass *kouan_staff_gate_enter (KouanStaffGate *self,
                                        const char *badge,
                                        const char *pin,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_staff_gate_enter_async (KouanStaffGate *self,
                                   const char *badge,
                                   const char *pin,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
KouanStaffPass *kouan_staff_gate_enter_finish (KouanStaffGate *self,
                                               GAsyncResult *result,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

gint64 kouan_staff_gate_get_wait_s (KouanStaffGate *self);
char *kouan_staff_gate_dup_lock (KouanStaffGate *self, char **person); /* (nullable) */
gboolean kouan_staff_gate_unlock_by_code (KouanStaffGate *self,
                                          const char *text,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_staff_gate_settle (KouanStaffGate *self);

/* Somebody goes: "left" by themselves, or "idle". */
void kouan_staff_gate_leave (KouanStaffGate *self, KouanStaffPass *pass, const char *how);

/* How far this machine's clock is behind the latest moment that the kiosk knows of; 0: it is not.
 */
gint64 kouan_staff_gate_clock_behind_s (KouanStaffGate *self);

/* Whether @pass, with the yes of @second (nullable), may do it now. */
gboolean kouan_staff_gate_allow (KouanStaffGate *self,
                                 KouanDuty duty,
                                 KouanStaffPass *pass,
                                 KouanStaffPass *second,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

KouanStation *kouan_staff_gate_get_station (KouanStaffGate *self);
KouanClock *kouan_staff_gate_get_clock (KouanStaffGate *self);
KouanDatabase *kouan_staff_gate_get_database (KouanStaffGate *self);

/* The two halves of entering, for tests that stop in between. */
typedef struct _KouanStaffAttempt KouanStaffAttempt;
KouanStaffAttempt *kouan_staff_gate_begin (KouanStaffGate *self,
                                           const char *badge,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_staff_attempt_check (KouanStaffAttempt *self, const char *pin); /* any thread */
KouanStaffPass *kouan_staff_gate_end (KouanStaffGate *self,
                                      KouanStaffAttempt *attempt,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_staff_attempt_free (KouanStaffAttempt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanStaffAttempt, kouan_staff_attempt_free)

G_END_DECLS
