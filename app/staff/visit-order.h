/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/staff/orders.h"

G_BEGIN_DECLS

/* What staff may do with the visit that is under way, from elsewhere: the order lies in the
 * database until the kiosk's program, which has the visit, carries it out and answers. */
typedef enum
{
  KOUAN_VISIT_ORDER_TIME,      /* give more of it */
  KOUAN_VISIT_ORDER_PARK,      /* keep it, and close it */
  KOUAN_VISIT_ORDER_FREE,      /* the same, and show the first page */
  KOUAN_VISIT_ORDER_HAND_OVER, /* say what a desk needs to go on with it */
  KOUAN_VISIT_ORDER_CARRY_OUT, /* move it to the stick */
  KOUAN_VISIT_N_ORDERS,
} KouanVisitOrder;

#define KOUAN_VISIT_ORDER_FRESH_S 20 /* after that a kiosk leaves it alone */

const char *kouan_visit_order_to_string (KouanVisitOrder which);

/* Over ssh. */
gboolean kouan_visit_order_give (const KouanStaffOrder *order,
                                 KouanVisitOrder which,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_visit_order_read_answer (KouanDatabase *db,
                                        char **result,
                                        char **text,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_visit_order_withdraw (KouanDatabase *db);

/* At the kiosk. */
gboolean kouan_visit_order_take (KouanDatabase *db, gint64 now_s, KouanVisitOrder *which);
void kouan_visit_order_answer (KouanDatabase *db, const char *result, const char *text);

G_END_DECLS
