/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/staff/gate.h"

G_BEGIN_DECLS

/* What staff set at a kiosk, and whether it serves. Reading needs no badge; every change does, and
 * stands in the audit in the same transaction. */

/* Who does it: @second where the table says that two are needed. */
typedef struct
{
  KouanStaffGate *gate;
  KouanStaffPass *pass;
  KouanStaffPass *second; /* (nullable) */
} KouanStaffOrder;

/* Out of service. */
const char *const *kouan_staff_reasons (void);            /* words, NULL-terminated */
const char *kouan_staff_reason_text (const char *reason); /* msgid (nullable) */
gboolean kouan_staff_get_reason (KouanDatabase *db, char **reason, GError **error)
  G_GNUC_WARN_UNUSED_RESULT; /* (nullable): it is in service */
gboolean kouan_staff_set_reason (const KouanStaffOrder *order,
                                 const char *reason, /* (nullable): back in service */
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Devices that are not to be used. */
#define KOUAN_N_DEVICES 8
const char *const *kouan_device_names (void); /* as in [devices] of kouan.conf */
gboolean kouan_staff_is_disabled (KouanDatabase *db, const char *device);
gboolean kouan_staff_disable (const KouanStaffOrder *order,
                              const char *device,
                              gboolean disabled,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Somebody at the kiosk wants help. */
gboolean kouan_staff_call (KouanDatabase *db,
                           KouanStation *station,
                           gint64 now_s,
                           const char *page,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 kouan_staff_get_call_s (KouanDatabase *db); /* since when; 0: nobody calls */
gboolean kouan_staff_answer_call (const KouanStaffOrder *order,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Lets somebody try again. */
gboolean kouan_staff_unlock (const KouanStaffOrder *order,
                             const char *person,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What happens outside of the database: said before it begins, or when it has ended. */
gboolean kouan_staff_note (const KouanStaffOrder *order,
                           KouanDuty duty,
                           const char *object,
                           const char *result,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for a change in the database, in one transaction with its entry. */
typedef gboolean (*KouanStaffChange) (KouanDatabase *db, gpointer data, GError **error);
gboolean kouan_staff_do (const KouanStaffOrder *order,
                         KouanDuty duty,
                         const char *object,
                         const char *result,
                         KouanStaffChange change,
                         gpointer data,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
