/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/sync/http.h"
#include "db/kiosk/records.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_JOB_GOES,
  KOUAN_JOB_ASKS, /* the hub wants the bytes: kouan_sync_lanes_let() says whether they may go */
  KOUAN_JOB_DONE,
} KouanJobStage;

/* One record on its way. Whoever starts it owns it again when it is DONE. */
typedef struct
{
  KouanRecordRow *row;
  char *metadata;            /* of tus */
  char *path;                /* (nullable): of the sealed file */
  GCancellable *cancellable; /* (nullable) */

  KouanJobStage stage;
  gint64 from;   /* offset at which this try went on */
  gint64 at;     /* what is at the hub or on the line */
  gint64 offset; /* the most that it ever was: less may be there after a break */

  /* once it is done */
  gint64 sent;             /* bytes that the hub has taken */
  char *trouble;           /* (nullable): what is wrong with the file, in a word */
  KouanHttpAnswer *answer; /* (nullable): to the offer, or the one that brings the receipt */
  gboolean is_whole;       /* the hub has all bytes: the answer is about them */
  GError *error;           /* (nullable): of the line */
} KouanSyncJob;

void kouan_sync_job_free (KouanSyncJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSyncJob, kouan_sync_job_free)

/* For one thread, which alone touches the database and the keys. */
typedef struct _KouanSyncLanes KouanSyncLanes;

KouanSyncLanes *kouan_sync_lanes_new (const KouanHttpOptions *options, const char *url);
gboolean kouan_sync_lanes_have_room (KouanSyncLanes *self);
gboolean kouan_sync_lanes_are_busy (KouanSyncLanes *self);
void kouan_sync_lanes_start (KouanSyncLanes *self, KouanSyncJob *job);
KouanSyncJob *kouan_sync_lanes_next (KouanSyncLanes *self);
void kouan_sync_lanes_let (KouanSyncLanes *self, KouanSyncJob *job, GError *why_not);
KouanHttpAnswer *kouan_sync_lanes_send (KouanSyncLanes *self,
                                        const KouanHttpRequest *request,
                                        GCancellable *cancellable,
                                        GError **error);
void kouan_sync_lanes_sum (KouanSyncLanes *self, gint64 *offset, gint64 *sent);
void kouan_sync_lanes_free (KouanSyncLanes *self); /* none may be busy */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSyncLanes, kouan_sync_lanes_free)

G_END_DECLS
