/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/station/station.h"

G_BEGIN_DECLS

#define KOUAN_SCHEDULE_DAY_S (24 * 60 * 60)

/* When a kiosk may send, see [sync] in kouan.conf. Times of the day are seconds since midnight. */
typedef struct
{
  gboolean always;
  gint64 from_s;
  gint64 to_s;
  gint64 spread_s;
  gint64 pause_s;
} KouanSchedule;

void kouan_schedule_read (KouanSchedule *self, KouanStation *station);
gint64 kouan_schedule_wait_s (const KouanSchedule *self, gint64 now_s, gboolean ran, double chance);
gint64 kouan_schedule_left_s (const KouanSchedule *self, gint64 now_s); /* -1: for ever */
gboolean kouan_schedule_is_overtaken (gint64 wall_s, gint64 boot_s);

G_END_DECLS
