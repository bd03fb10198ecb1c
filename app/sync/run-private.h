/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/record/outbox.h"
#include "app/sync/lanes.h"
#include "app/sync/list.h"
#include "app/sync/run.h"
#include "db/kiosk/records.h"

G_BEGIN_DECLS

struct _KouanSyncRun
{
  KouanStation *station;
  KouanClock *clock;
  KouanOutbox *outbox;
  gint64 connect_ms, answer_ms;
  KouanSyncProgressFunc progress_func;
  gpointer progress_data;
  gboolean skips_committed;

  /* while it goes */
  KouanDatabase *db;
  KouanSyncLanes *lanes;
  char *hub_url; /* without a slash at its end */
  char *url;     /* of the hub's records */
  KouanSyncReport *report;
  GPtrArray *doubtful; /* of GBytes: ids of records at which the hub was in trouble */
  KouanSyncProgress progress;
  gint64 bytes_settled; /* of records whose try is over */
  gint64 started_us;    /* boot time */
};

void kouan_sync_run_report_progress (KouanSyncRun *self);

/* What became of one record. */
typedef enum
{
  KOUAN_SENT_COMMITTED,
  KOUAN_SENT_ARCHIVED,
  KOUAN_SENT_REFUSED,
  KOUAN_SENT_FAILED, /* with an error: to be tried again */
} KouanSent;

KouanSyncJob *
kouan_sync_job_new (KouanSyncRun *self, KouanRecordRow *row, GCancellable *cancellable);
KouanSent kouan_sync_judge_job (
  KouanSyncRun *self, KouanSyncJob *done, GBytes **receipt, char **trouble, GError **error);

KouanSent kouan_sync_judge_receipt (KouanSyncRun *self,
                                    const KouanRecordRow *row,
                                    GByteArray *bytes,
                                    GBytes **receipt,
                                    char **trouble,
                                    GError **error);
gboolean kouan_sync_settle (KouanSyncRun *self,
                            const KouanRecordRow *row,
                            KouanSent sent,
                            GBytes *receipt,
                            const char *trouble,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_sync_run_begin (KouanSyncRun *self,
                               KouanStationLock **lock,
                               KouanSyncReport *report,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_sync_take_catalogue (KouanSyncRun *self,
                                    GCancellable *cancellable,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_sync_take_lists (KouanSyncRun *self,
                                GCancellable *cancellable,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_sync_take_trust (KouanSyncRun *self,
                                GBytes *content,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_sync_has_trust (KouanSyncRun *self);
gboolean kouan_sync_take_list (KouanSyncRun *self, KouanListKind kind, GBytes *message);

void kouan_sync_report_status (KouanSyncRun *self,
                               const KouanRecordBalance *balance,
                               GCancellable *cancellable);

G_END_DECLS
