/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/catalogue.h"
#include "app/staff/orders.h"

G_BEGIN_DECLS

/* A receipt once more, marked as a copy: the same number, the same code, the same list. */
GBytes *kouan_receipt_copy (KouanStation *station,
                            KouanCatalogue *catalogue,
                            const char *slip,
                            double *height_mm,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The order to print one: says it in the audit, and finds what was given out. */
char *kouan_staff_find_slip (const KouanStaffOrder *order,
                             const char *number,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
