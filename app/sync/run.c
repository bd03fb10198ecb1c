/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/run.h"

#include "app/crypto/primitives.h"
#include "app/sync/anchor.h"
#include "app/sync/backoff.h"
#include "app/sync/run-private.h"

#include <string.h>

/* A run goes through the queue once, oldest first; while one record goes, the next is made ready
 * (lanes.c). Each record gets its try, and whatever goes wrong with it is written down on it alone,
 * with the time before which it is left in peace, so that one bad record never holds up another.
 * Only when the hub itself is gone does a run end early, and then no record is blamed for it.
 *
 * Erasing needs ARCHIVED under the hub's signature. What was archived and not yet erased when the
 * power failed is erased first. */

#define ANSWER_MAX 16384
#define BANDWIDTH_KBIT_MIN 128 /* below it requests would not end in their time */

KouanSyncRun *
kouan_sync_run_new (KouanStation *station, KouanClock *clock)
{
  KouanSyncRun *self;

  g_return_val_if_fail (KOUAN_IS_STATION (station) && KOUAN_IS_CLOCK (clock), NULL);

  self = g_new0 (KouanSyncRun, 1);
  self->station = g_object_ref (station);
  self->clock = g_object_ref (clock);
  self->outbox = kouan_outbox_new (station, clock);
  self->doubtful = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  return self;
}

static void
close_line (KouanSyncRun *self)
{
  g_clear_pointer (&self->lanes, kouan_sync_lanes_free);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->hub_url, g_free);
}

void
kouan_sync_run_free (KouanSyncRun *self)
{
  g_clear_object (&self->db);
  close_line (self);
  g_ptr_array_unref (self->doubtful);
  g_object_unref (self->outbox);
  g_object_unref (self->clock);
  g_object_unref (self->station);
  g_free (self);
}

/* How long to wait for a connection, and for the answer to a request; a body gets more by its size.
 */
void
kouan_sync_run_set_patience (KouanSyncRun *self, gint64 connect_ms, gint64 answer_ms)
{
  self->connect_ms = connect_ms;
  self->answer_ms = answer_ms;
}

/* Asks for no word about the records that are COMMITTED: they have waited for it before. */
void
kouan_sync_run_skip_committed (KouanSyncRun *self)
{
  self->skips_committed = TRUE;
}

/* @func: called on the thread of kouan_sync_run_go(), after each run of bytes and each record */
void
kouan_sync_run_set_progress (KouanSyncRun *self, KouanSyncProgressFunc func, gpointer data)
{
  self->progress_func = func;
  self->progress_data = data;
}

void
kouan_sync_run_report_progress (KouanSyncRun *self)
{
  KouanSyncProgress *progress = &self->progress;
  gint64 spent_us = kouan_clock_boot_us (self->clock) - self->started_us;
  gint64 offset = 0, going = 0, left, sent;

  if (self->lanes != NULL)
    kouan_sync_lanes_sum (self->lanes, &offset, &going);
  progress->bytes_done = MAX (progress->bytes_done, self->bytes_settled + offset);
  left = MAX (progress->bytes_total - progress->bytes_done, 0);
  sent = self->report->bytes + going;
  progress->left_s = -1;
  if (sent > 0 && spent_us > 0)
    progress->left_s = (gint64)((double)left / (double)sent * (double)spent_us / G_USEC_PER_SEC);
  if (self->progress_func != NULL)
    self->progress_func (progress, self->progress_data);
}

static gboolean
fail_local (GError *cause, GError **error)
{
  g_set_error_literal (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL, cause->message);
  g_error_free (cause);
  return FALSE;
}

/* Returns: bytes a second, or 0 for no limit */
static gint64
send_max (KouanStation *station)
{
  gint64 kbit = kouan_station_get_number (station, "sync", "bandwidth-kbit");

  return kbit == 0 ? 0 : MAX (kbit, BANDWIDTH_KBIT_MIN) * 1000 / 8;
}

static gboolean
open_line (KouanSyncRun *self, GError **error)
{
  g_autofree char *authority = kouan_station_path (self->station, KOUAN_STATION_HUB_CA);
  g_autofree char *certificate = kouan_station_path (self->station, KOUAN_STATION_TLS_CERTIFICATE);
  g_autofree char *key = kouan_station_path (self->station, KOUAN_STATION_TLS_KEY);
  const char *url = kouan_station_get_value (self->station, "hub", "url");
  KouanHttpOptions options = { .authority = authority,
                               .certificate = certificate,
                               .key = key,
                               .connect_ms = self->connect_ms,
                               .answer_ms = self->answer_ms,
                               .send_max = send_max (self->station) };

  if (url == NULL)
    {
      g_set_error_literal (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL,
                           KOUAN_STATION_CONFIG ": [hub] url: not there");
      return FALSE;
    }
  close_line (self);
  self->hub_url = g_strndup (url, strlen (url) - g_str_has_suffix (url, "/"));
  self->url = g_strconcat (self->hub_url, "/records", NULL);
  self->lanes = kouan_sync_lanes_new (&options, self->url);
  return TRUE;
}

static gboolean
open_queue (KouanSyncRun *self, GError **error)
{
  KouanRecordBalance balance;
  GError *local = NULL;

  g_ptr_array_set_size (self->doubtful, 0);
  g_clear_object (&self->db);
  self->db = kouan_outbox_open_database (self->outbox, &local);
  if (self->db == NULL || !kouan_records_balance (self->db, &balance, &local))
    return fail_local (local, error);
  self->started_us = kouan_clock_boot_us (self->clock);
  self->progress = (KouanSyncProgress){ .records_total = (guint)balance.queued,
                                        .bytes_total = balance.bytes_waiting };
  return TRUE;
}

static gboolean
erase (KouanSyncRun *self, const guint8 *id, GError **error)
{
  GError *local = NULL;

  return kouan_outbox_erase (self->outbox, self->db, id, &local) || fail_local (local, error);
}

static gboolean
erase_left_over (KouanSyncRun *self, GError **error)
{
  GError *local = NULL;
  g_autoptr (GPtrArray) ids = kouan_records_archived (self->db, &local);

  if (ids == NULL)
    return fail_local (local, error);
  for (guint i = 0; i < ids->len; i++)
    if (!erase (self, g_bytes_get_data (ids->pdata[i], NULL), error))
      return FALSE;
  return TRUE;
}

static gboolean
set_state (KouanSyncRun *self,
           const KouanRecordRow *row,
           KouanRecordState state,
           GBytes *receipt,
           const char *trouble,
           GError **error)
{
  GError *local = NULL;

  return kouan_records_set_state (self->db, row->id, state, receipt, trouble,
                                  kouan_clock_wall_s (self->clock), &local)
         || fail_local (local, error);
}

static gboolean
take_committed (KouanSyncRun *self,
                const KouanRecordRow *row,
                GBytes *receipt,
                const char *trouble,
                GError **error)
{
  self->report->committed += row->state != KOUAN_RECORD_COMMITTED;
  return set_state (self, row, KOUAN_RECORD_COMMITTED, receipt, trouble, error);
}

static gboolean
take_archived (KouanSyncRun *self, const KouanRecordRow *row, GBytes *receipt, GError **error)
{
  if (!take_committed (self, row, receipt, NULL, error)
      || !set_state (self, row, KOUAN_RECORD_ARCHIVED, receipt, NULL, error)
      || !erase (self, row->id, error))
    return FALSE;
  self->report->archived++;
  return TRUE;
}

static gboolean
take_refused (KouanSyncRun *self,
              const KouanRecordRow *row,
              GBytes *receipt,
              const char *trouble,
              GError **error)
{
  g_message ("record %s is refused: %s", row->number, trouble);
  self->report->refused++;
  return set_state (self, row, KOUAN_RECORD_REFUSED, receipt, trouble, error);
}

/**
 * kouan_sync_settle:
 * @sent: COMMITTED, ARCHIVED or REFUSED, under the hub's signature in @receipt
 *
 * Follows the hub's word about a record, and counts it in the report.
 */
gboolean
kouan_sync_settle (KouanSyncRun *self,
                   const KouanRecordRow *row,
                   KouanSent sent,
                   GBytes *receipt,
                   const char *trouble,
                   GError **error)
{
  if (sent == KOUAN_SENT_ARCHIVED)
    return take_archived (self, row, receipt, error);
  if (sent == KOUAN_SENT_REFUSED)
    return take_refused (self, row, receipt, trouble, error);
  g_return_val_if_fail (sent == KOUAN_SENT_COMMITTED, FALSE);
  return take_committed (self, row, receipt, trouble, error);
}

static const char *
trouble_of (const GError *cause)
{
  switch ((KouanSyncError)cause->code)
    {
    case KOUAN_SYNC_ERROR_AWAY:
      return "line-breaks";
    case KOUAN_SYNC_ERROR_LATE:
      return "too-slow";
    case KOUAN_SYNC_ERROR_STRANGER:
      return "not-our-hub";
    case KOUAN_SYNC_ERROR_BUSY:
      return "hub-in-trouble";
    case KOUAN_SYNC_ERROR_LOCAL:
      return "kiosk-in-trouble";
    case KOUAN_SYNC_ERROR_CANCELLED:
      return "interrupted";
    case KOUAN_SYNC_ERROR_NONSENSE:
    default:
      return "hub-answers-nonsense";
    }
}

static double
chance (void)
{
  guint32 number;

  kouan_random_bytes ((guint8 *)&number, sizeof number);
  return (double)number / G_MAXUINT32;
}

/* @blame: whether it was the record's own failure; otherwise it is tried again as soon as there is
 * a hub */
static gboolean
put_back (KouanSyncRun *self,
          const KouanRecordRow *row,
          const GError *cause,
          gboolean blame,
          GError **error)
{
  gint64 now_s = kouan_clock_wall_s (self->clock);
  gint64 attempts = row->attempts + (blame ? 1 : 0);
  gint64 next_s = blame ? now_s + kouan_backoff_s (attempts, chance ()) : row->next_attempt_s;
  GError *local = NULL;

  g_message ("record %s: %s", row->number, cause->message);
  self->report->later += blame;
  return kouan_records_set_retry (self->db, row->id, attempts, next_s, trouble_of (cause), now_s,
                                  &local)
         || fail_local (local, error);
}

/* A hub that is in trouble says so to every record, and then none is blamed. But where it has taken
 * another one in the same run, it was the record's own failure. */
static gboolean
blame_after_all (KouanSyncRun *self, GError **error)
{
  if (self->report->committed == 0)
    return TRUE;
  for (guint i = 0; i < self->doubtful->len; i++)
    {
      const guint8 *id = g_bytes_get_data (self->doubtful->pdata[i], NULL);
      g_autoptr (GError) cause
        = g_error_new_literal (KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_BUSY, "the hub has taken others");
      GError *local = NULL;
      g_autoptr (KouanRecordRow) row = kouan_records_find (self->db, id, &local);

      if (row == NULL)
        return fail_local (local, error);
      if (!put_back (self, row, cause, TRUE, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether it was the record's failure or the hub is gone: somebody else than the record asks. */
static gboolean
hub_is_there (KouanSyncRun *self, GCancellable *cancellable)
{
  KouanHttpRequest request = { .method = "OPTIONS", .url = self->url, .answer_max = ANSWER_MAX };
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHttpAnswer) answer
    = kouan_sync_lanes_send (self->lanes, &request, cancellable, &error);

  return answer != NULL && answer->status / 100 == 2;
}

/* Returns: FALSE with an error if the run cannot go on */
static gboolean
handle_failure (KouanSyncRun *self,
                const KouanRecordRow *row,
                GError *cause,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GError) owned = cause;
  gboolean cancelled = g_error_matches (cause, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_CANCELLED);
  gboolean busy = g_error_matches (cause, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_BUSY);
  gboolean ours = g_error_matches (cause, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL);
  gboolean goes_on = ours || (!cancelled && hub_is_there (self, cancellable));

  if (!put_back (self, row, cause, goes_on && !busy, error))
    return FALSE;
  if (goes_on && busy)
    g_ptr_array_add (self->doubtful, g_bytes_new (row->id, sizeof row->id));
  if (goes_on)
    return TRUE;
  self->report->away = !cancelled;
  self->report->stranger = g_error_matches (owned, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_STRANGER);
  g_propagate_error (error, g_steal_pointer (&owned));
  return FALSE;
}

static gboolean
settle_job (KouanSyncRun *self,
            KouanSyncJob *job,
            gboolean is_over,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GBytes) receipt = NULL;
  g_autofree char *trouble = NULL;
  GError *cause = NULL;
  KouanSent sent = kouan_sync_judge_job (self, job, &receipt, &trouble, &cause);
  gboolean back;

  if (sent != KOUAN_SENT_FAILED)
    return kouan_sync_settle (self, job->row, sent, receipt, trouble, error);
  if (!is_over)
    return handle_failure (self, job->row, cause, cancellable, error);
  back = put_back (self, job->row, cause, FALSE, error);
  g_error_free (cause);
  return back;
}

static void
count_record (KouanSyncRun *self, const KouanRecordRow *row)
{
  if (row->state == KOUAN_RECORD_COMMITTED)
    return;
  self->progress.records_done++;
  self->bytes_settled += row->size;
  kouan_sync_run_report_progress (self);
}

/* A record whose bytes are about to go says so on the disk first. */
static void
let_it_go (KouanSyncRun *self, KouanSyncJob *job, const GError *end)
{
  GError *why_not = end != NULL ? g_error_copy (end) : NULL;

  if (why_not == NULL && job->row->state == KOUAN_RECORD_QUEUED)
    (void)!set_state (self, job->row, KOUAN_RECORD_SENDING, NULL, NULL, &why_not);
  kouan_sync_lanes_let (self->lanes, job, why_not);
}

/* @end: (nullable): why the run cannot go on: nothing more is sent then, and whatever else goes
 * wrong is nobody's fault
 *
 * Returns: FALSE with an error if the run cannot go on */
static gboolean
follow_lanes (KouanSyncRun *self, const GError *end, GCancellable *cancellable, GError **error)
{
  KouanSyncJob *next = kouan_sync_lanes_next (self->lanes);
  g_autoptr (KouanSyncJob) job = NULL;

  if (next == NULL)
    kouan_sync_run_report_progress (self);
  else if (next->stage == KOUAN_JOB_ASKS)
    let_it_go (self, next, end);
  else
    job = next;
  if (job == NULL)
    return TRUE;
  self->report->bytes += job->sent;
  if (!settle_job (self, job, end != NULL, cancellable, error))
    return FALSE;
  count_record (self, job->row);
  return TRUE;
}

/* @after: (inout): the kiosk's number of the last record that was begun
 * Returns: whether there was one more to begin; FALSE without an error at the end of the queue */
static gboolean
begin_next (KouanSyncRun *self, gint64 *after, GCancellable *cancellable, GError **error)
{
  GError *local = NULL;
  KouanRecordRow *row = kouan_records_next_due (self->db, kouan_clock_wall_s (self->clock), *after,
                                                !self->skips_committed, &local);

  if (row != NULL)
    {
      *after = row->sequence;
      kouan_sync_lanes_start (self->lanes, kouan_sync_job_new (self, row, cancellable));
      return TRUE;
    }
  if (!g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
    return fail_local (local, error);
  g_error_free (local);
  return FALSE;
}

/* Whatever is under way when the run ends early is waited for, since the hub may have committed it.
 */
static gboolean
go_through_queue (KouanSyncRun *self, GCancellable *cancellable, GError **error)
{
  KouanSyncLanes *lanes = self->lanes;
  GError *first = NULL;
  gboolean more = TRUE;
  gint64 after = 0;

  while (more || kouan_sync_lanes_are_busy (lanes))
    {
      g_autoptr (GError) local = NULL;

      if (more && kouan_sync_lanes_have_room (lanes))
        more = begin_next (self, &after, cancellable, &local);
      else
        more = follow_lanes (self, first, cancellable, &local) && more;
      if (first == NULL)
        first = g_steal_pointer (&local);
    }
  if (first == NULL)
    return blame_after_all (self, error);
  g_propagate_error (error, first);
  return FALSE;
}

/* @tell: whether the hub is there to be told of it */
static gboolean
count_waiting (KouanSyncRun *self, gboolean tell, GCancellable *cancellable, GError **error)
{
  KouanRecordBalance balance;
  GError *local = NULL;

  if (!kouan_records_balance (self->db, &balance, &local))
    return fail_local (local, error);
  self->report->waiting = balance.queued;
  if (tell)
    {
      kouan_sync_anchor_audit (self, cancellable);
      kouan_sync_report_status (self, &balance, cancellable);
    }
  return TRUE;
}

/**
 * kouan_sync_run_begin:
 * @lock: (out): to be held until the end
 *
 * What a run by network and one by stick have in common.
 */
gboolean
kouan_sync_run_begin (KouanSyncRun *self,
                      KouanStationLock **lock,
                      KouanSyncReport *report,
                      GError **error)
{
  *report = (KouanSyncReport){ 0 };
  self->report = report;
  *lock = kouan_station_lock (self->station, KOUAN_STATION_LOCK_SYNC, FALSE, FALSE);
  if (*lock != NULL)
    return open_queue (self, error);
  g_set_error_literal (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL,
                       "another sync is under way, or the station's folder cannot be written");
  return FALSE;
}

/**
 * kouan_sync_run_go:
 * @report: (out): what was done, also when it ended early
 *
 * Returns: TRUE if every record that was due got its try. FALSE with a KOUAN_SYNC_ERROR: LOCAL for
 * what is wrong with this kiosk (or because another run is under way), CANCELLED, or, with
 * @report's away set, what kept the hub from answering
 */
gboolean
kouan_sync_run_go (KouanSyncRun *self,
                   KouanSyncReport *report,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (KouanStationLock) lock = NULL;
  gboolean done;

  g_return_val_if_fail (self != NULL && report != NULL, FALSE);

  if (!kouan_sync_run_begin (self, &lock, report, error) || !open_line (self, error))
    return FALSE;
  done = erase_left_over (self, error) && go_through_queue (self, cancellable, error);
  if (done
      && (!kouan_sync_take_catalogue (self, cancellable, error)
          || !kouan_sync_take_lists (self, cancellable, error)))
    {
      report->away = !g_cancellable_is_cancelled (cancellable);
      done = FALSE;
    }
  return count_waiting (self, done, cancellable, done ? error : NULL) && done;
}

/**
 * kouan_sync_run_tell:
 *
 * Only tells the hub how this kiosk is, at once: somebody has called, or was answered. It sends no
 * record and takes no lock, so that it neither waits for a run nor keeps one off.
 *
 * Returns: FALSE with LOCAL; that the hub is away is a matter for the log
 */
gboolean
kouan_sync_run_tell (KouanSyncRun *self, GError **error)
{
  KouanRecordBalance balance;
  GError *local = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!open_line (self, error) || !open_queue (self, error))
    return FALSE;
  if (!kouan_records_balance (self->db, &balance, &local))
    return fail_local (local, error);
  kouan_sync_report_status (self, &balance, NULL);
  return TRUE;
}
