/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/ctl/ctl.h"
#include "app/ctl/store.h"
#include "app/staff/visit-order.h"

G_BEGIN_DECLS

/* For the files of the verb "staff". Each gets what stands after its own word. */
KouanExit kouan_ctl_staff_roster (int argc, char **argv);
KouanExit kouan_ctl_staff_badge (int argc, char **argv);
KouanExit kouan_ctl_staff_unlock_code (int argc, char **argv);
KouanExit kouan_ctl_staff_duties (int argc, char **argv);
KouanExit kouan_ctl_staff_order (int argc, char **argv); /* argv[0] is the order's word */

void kouan_ctl_staff_list_orders (KouanDuty duty,
                                  void (*func) (const char *command, gpointer data),
                                  gpointer data);

KouanExit kouan_ctl_staff_board (KouanStaffGate *gate);
KouanExit kouan_ctl_staff_devices (KouanStaffGate *gate);
KouanExit kouan_ctl_staff_test (const KouanStaffOrder *order, const char *device, const char *out);
KouanExit kouan_ctl_staff_carry (const KouanStaffOrder *order, KouanDuty duty, const char *stick);
KouanExit
kouan_ctl_staff_visit (const KouanStaffOrder *order, KouanVisitOrder which, const char *out);
KouanExit kouan_ctl_staff_power (const KouanStaffOrder *order, KouanDuty duty);
KouanExit
kouan_ctl_staff_reprint (const KouanStaffOrder *order, const char *number, const char *out);

/* Why not, in the words of the screen; NO, or FAILED where the disk is the matter. */
KouanExit kouan_ctl_staff_refused (const GError *error);
gboolean
kouan_ctl_draw_code (const char *text, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_ctl_read_pin (const char *prompt); /* (nullable): a line of stdin */

G_END_DECLS
