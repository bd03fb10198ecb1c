/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/staff/orders.h"

G_BEGIN_DECLS

#define KOUAN_HOURS_DAYS 7

/* When the hall is open: of each day, from Monday on, minutes since midnight; from == to: closed.
 */
typedef struct
{
  struct
  {
    guint from;
    guint to;
  } days[KOUAN_HOURS_DAYS];
} KouanHours;

gboolean kouan_hours_parse (const char *text, KouanHours *hours) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_hours_to_string (const KouanHours *hours);
char *kouan_hours_day_to_string (const KouanHours *hours, guint day); /* "08:30-17:00", "closed" */
gboolean kouan_hours_is_open (const KouanHours *hours, GDateTime *when);
GDateTime *kouan_hours_next_opening (const KouanHours *hours, GDateTime *when); /* (nullable) */

/* @set: (out): FALSE where nothing is set: the hall is always open to this kiosk */
gboolean kouan_hours_load (KouanDatabase *db, KouanHours *hours, gboolean *set, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_staff_set_hours (const KouanStaffOrder *order,
                                const KouanHours *hours, /* (nullable): always open */
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
