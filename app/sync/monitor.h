/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/sync/run.h"

G_BEGIN_DECLS

/* How far the sync is, across processes: kouan-sync writes a small file in the station's folder,
 * and whoever shows it, staff mode or kouanctl, reads it. */
typedef struct
{
  gboolean running;
  gint64 at_s; /* when this was so, by the clock; 0: there has been no sync here */
  KouanSyncProgress progress;
  gint64 hub_s;   /* when the hub was last reached; 0: never */
  gboolean away;  /* the hub could not be reached, the last time */
  gint64 waiting; /* records that were left, at the end of the last run */
  gint64 next_s;  /* when the next run begins; 0: no process waits for it */
  gint64 planner; /* that process */
} KouanSyncState;

void kouan_sync_state_write (KouanStation *station, const KouanSyncState *state);
void kouan_sync_state_read (KouanStation *station, KouanSyncState *state);

#define KOUAN_TYPE_SYNC_MONITOR (kouan_sync_monitor_get_type ())
G_DECLARE_FINAL_TYPE (KouanSyncMonitor, kouan_sync_monitor, KOUAN, SYNC_MONITOR, GObject)

KouanSyncMonitor *kouan_sync_monitor_new (KouanStation *station);
const KouanSyncState *kouan_sync_monitor_get_state (KouanSyncMonitor *self);

G_END_DECLS
