/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/schedule.h"

/* A hub that a thousand kiosks call at ten o'clock sharp is busy with handshakes and nothing else.
 * So a first run, of a window or after the power came back, is late by a chance of its own, and
 * pauses differ. */

#define CLOCK_JUMP_S 60 /* what a clock may gain or lose while a run is waited for */

void
kouan_schedule_read (KouanSchedule *self, KouanStation *station)
{
  const char *window = kouan_station_get_value (station, "sync", "window");
  guint from = 0, to = 0;

  self->always = window == NULL || !kouan_station_parse_window (window, &from, &to);
  self->from_s = (gint64)from * 60;
  self->to_s = (gint64)to * 60;
  self->spread_s = kouan_station_get_number (station, "sync", "spread-minutes") * 60;
  self->pause_s = kouan_station_get_number (station, "sync", "pause-minutes") * 60;
}

static gint64
until (gint64 now_s, gint64 time_s)
{
  return (time_s - now_s + KOUAN_SCHEDULE_DAY_S) % KOUAN_SCHEDULE_DAY_S;
}

static gint64
length_s (const KouanSchedule *self)
{
  return until (self->from_s, self->to_s);
}

/* Returns: seconds until the window closes; 0 outside of it, -1 if there is none */
gint64
kouan_schedule_left_s (const KouanSchedule *self, gint64 now_s)
{
  gint64 gone_s = until (self->from_s, now_s);

  if (self->always)
    return -1;
  return gone_s < length_s (self) ? length_s (self) - gone_s : 0;
}

/* The first run of the fleet is spread over at most half of the window. */
static gint64
late_s (const KouanSchedule *self, gint64 left_s, double chance)
{
  gint64 spread_s = left_s < 0 ? self->spread_s : MIN (self->spread_s, left_s / 2);

  return (gint64)((double)spread_s * chance);
}

/**
 * kouan_schedule_wait_s:
 * @now_s: time of the day
 * @ran: whether a run has ended just now
 * @chance: 0 to 1
 *
 * Returns: seconds until the next run
 */
gint64
kouan_schedule_wait_s (const KouanSchedule *self, gint64 now_s, gboolean ran, double chance)
{
  gint64 left_s = kouan_schedule_left_s (self, now_s);
  gint64 pause_s = self->pause_s * 2 / 3 + (gint64)((double)(self->pause_s * 2 / 3) * chance);

  g_return_val_if_fail (now_s >= 0 && now_s < KOUAN_SCHEDULE_DAY_S, pause_s);
  g_return_val_if_fail (chance >= 0 && chance <= 1, pause_s);

  if (left_s != 0 && !ran)
    return late_s (self, left_s, chance);
  if (self->always || pause_s < left_s)
    return pause_s;
  return left_s + until ((now_s + left_s) % KOUAN_SCHEDULE_DAY_S, self->from_s)
         + late_s (self, length_s (self), chance);
}

/**
 * kouan_schedule_is_overtaken:
 * @wall_s: seconds that have passed by the clock since a run was planned
 * @boot_s: seconds that have passed
 *
 * A kiosk may begin with a clock that is wrong by years, and be told the time minutes later.
 *
 * Returns: whether the clock was set meanwhile, so that the plan is to be made anew
 */
gboolean
kouan_schedule_is_overtaken (gint64 wall_s, gint64 boot_s)
{
  return wall_s - boot_s > CLOCK_JUMP_S || boot_s - wall_s > CLOCK_JUMP_S;
}
