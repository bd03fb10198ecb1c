/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"
#include "app/station/station.h"
#include "app/sync/http.h"

G_BEGIN_DECLS

typedef struct
{
  guint committed;   /* records that the hub has taken now */
  guint archived;    /* records that every backup has, and that are erased here now */
  guint refused;     /* records that the hub will not take, or that are damaged here */
  guint later;       /* records that were tried and will be tried again */
  gint64 bytes;      /* sent */
  guint64 catalogue; /* the version of it that was put in place now, or 0 */
  guint visits;      /* parked visits of other kiosks, by stick */
  guint lists;       /* appointments, revoked codes, trust, roster: put in place now */
  gint64 waiting;    /* records that are still to be sent, tried or not */
  gboolean away;     /* the hub could not be reached */
  gboolean stranger; /* or it does not take this kiosk, or is not ours */
} KouanSyncReport;

typedef struct
{
  guint records_done;
  guint records_total;
  gint64 bytes_done;
  gint64 bytes_total;
  gint64 left_s; /* -1: not known yet */
} KouanSyncProgress;

typedef void (*KouanSyncProgressFunc) (const KouanSyncProgress *progress, gpointer data);

/* One run of the nightly sync, by network. For one thread. */
typedef struct _KouanSyncRun KouanSyncRun;

KouanSyncRun *kouan_sync_run_new (KouanStation *station, KouanClock *clock);
void kouan_sync_run_set_patience (KouanSyncRun *self, gint64 connect_ms, gint64 answer_ms);
void kouan_sync_run_set_progress (KouanSyncRun *self, KouanSyncProgressFunc func, gpointer data);
void kouan_sync_run_skip_committed (KouanSyncRun *self);
gboolean kouan_sync_run_go (KouanSyncRun *self,
                            KouanSyncReport *report,
                            GCancellable *cancellable,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_sync_run_tell (KouanSyncRun *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_sync_run_free (KouanSyncRun *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSyncRun, kouan_sync_run_free)

G_END_DECLS
