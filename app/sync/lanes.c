/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/lanes.h"

#include "app/crypto/digest.h"
#include "app/sync/hub-receipt.h"
#include "app/sync/tus-client.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Between the last byte of a record and its receipt the hub hashes it, waits for its disk and
 * commits, and the line would stand still. So a few records are under way at once, each on a
 * connection and a thread of its own: while the hub makes one of them durable, the next one goes.
 *
 * Only one of them sends bytes at a time, whoever holds the baton; it passes the baton on when all
 * but its last bytes have been handed over. So each body has the whole line to itself, a slow line
 * never has to carry two within their deadlines, and a broken one costs what one connection and the
 * end of another had not brought yet.
 *
 * The hub numbers records as they come, and an officer sees a gap in a kiosk's own numbers. So the
 * baton goes from the older record to the younger, and the end of a record is held back until those
 * before it are done with: they arrive in their order as long as the line holds.
 *
 * A lane knows no database and no key. Before the first byte of a record goes it asks for leave, so
 * that the record's state is on the disk first; what the hub has answered is judged by whoever
 * started it. No record's state depends on another's. */

#define LANES 3
#define ANSWER_MAX 16384
#define HASH_STEP (256 * 1024)
#define TELL_EVERY (64 * 1024) /* bytes */
#define HTTP_OK 200

typedef struct
{
  KouanSyncLanes *lanes;
  KouanHttp *http;
  KouanSyncJob *job; /* NULL: free */
  GThread *thread;
  gint64 told;      /* the offset that the owner has been woken for */
  gboolean is_over; /* its bytes, or what there was to say */
  gboolean has_baton;
} Lane;

struct _KouanSyncLanes
{
  char *url;
  Lane lanes[LANES];

  GMutex lock; /* guards what follows, and stage, offset and told of each lane's job */
  GCond changed;
  gboolean is_told;  /* somebody is further on */
  gboolean is_taken; /* the baton */
};

void
kouan_sync_job_free (KouanSyncJob *self)
{
  g_clear_pointer (&self->row, kouan_record_row_free);
  g_free (self->metadata);
  g_free (self->path);
  g_free (self->trouble);
  g_clear_pointer (&self->answer, kouan_http_answer_free);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/* @done: whether older records have to be done with, or only their bytes over. The lock is held. */
static gboolean
is_oldest (const Lane *lane, gboolean done)
{
  for (guint i = 0; i < LANES; i++)
    {
      const Lane *other = &lane->lanes->lanes[i];

      if (other->job == NULL || other->job->row->sequence >= lane->job->row->sequence)
        continue;
      if (done ? other->job->stage != KOUAN_JOB_DONE : !other->is_over)
        return FALSE;
    }
  return TRUE;
}

static void
take_baton (Lane *lane)
{
  KouanSyncLanes *self = lane->lanes;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  while (self->is_taken || !is_oldest (lane, FALSE))
    g_cond_wait (&self->changed, &self->lock);
  self->is_taken = lane->has_baton = TRUE;
}

static void
pass_baton (Lane *lane)
{
  KouanSyncLanes *self = lane->lanes;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (!lane->has_baton)
    return;
  self->is_taken = lane->has_baton = FALSE;
  lane->is_over = TRUE;
  g_cond_broadcast (&self->changed);
}

/* The last bytes of a record do not go before the older ones have their receipts or their failure.
 */
static void
wait_for_turn (gpointer data)
{
  Lane *lane = data;
  KouanSyncLanes *self = lane->lanes;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;

  pass_baton (lane);
  locker = g_mutex_locker_new (&self->lock);
  while (!is_oldest (lane, TRUE))
    g_cond_wait (&self->changed, &self->lock);
}

static void
note_offset (Lane *lane, gint64 offset)
{
  KouanSyncLanes *self = lane->lanes;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  /* After a break the server may have less than had been handed to the line. */
  lane->job->offset = MAX (lane->job->offset, offset);
  if (lane->job->offset - lane->told < TELL_EVERY && offset < lane->job->row->size)
    return;
  lane->told = lane->job->offset;
  self->is_told = TRUE;
  g_cond_broadcast (&self->changed);
}

static void
on_progress (gint64 offset, gpointer data)
{
  Lane *lane = data;

  note_offset (lane, offset);
  if (offset >= lane->job->row->size)
    pass_baton (lane);
}

static gboolean
hash_file (int fd, gint64 size, guint8 *digest)
{
  g_autoptr (KouanDigest) sha256 = kouan_digest_new ();
  g_autofree guint8 *step = g_malloc (HASH_STEP);
  gint64 at = 0;
  ssize_t got;

  while ((got = pread (fd, step, HASH_STEP, at)) != 0)
    {
      if (got < 0 && errno != EINTR)
        return FALSE;
      if (got < 0)
        continue;
      kouan_digest_update (sha256, step, (gsize)got);
      at += got;
    }
  kouan_digest_finish (sha256, digest);
  return at == size;
}

/* Returns: a descriptor of the very bytes that the manifest names; -1 with the job's trouble if
 * there are none any more */
static int
open_file (KouanSyncJob *job)
{
  int fd = job->path != NULL ? open (job->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
  guint8 digest[KOUAN_SHA256_SIZE];

  if (fd < 0)
    {
      job->trouble = g_strdup ("file-missing");
      return -1;
    }
  if (hash_file (fd, job->row->size, digest)
      && memcmp (digest, job->row->sha256, sizeof digest) == 0)
    return fd;
  close (fd);
  job->trouble = g_strdup ("file-damaged");
  return -1;
}

static void
set_stage (Lane *lane, KouanJobStage stage)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lane->lanes->lock);

  lane->job->stage = stage;
  lane->is_over |= stage == KOUAN_JOB_DONE;
  g_cond_broadcast (&lane->lanes->changed);
}

/* Returns: whether the owner lets the bytes go; otherwise the job has its error */
static gboolean
ask_leave (Lane *lane)
{
  KouanSyncLanes *self = lane->lanes;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;

  set_stage (lane, KOUAN_JOB_ASKS);
  locker = g_mutex_locker_new (&self->lock);
  while (lane->job->stage == KOUAN_JOB_ASKS)
    g_cond_wait (&self->changed, &self->lock);
  return lane->job->error == NULL;
}

static KouanHttpAnswer *
fetch_receipt (Lane *lane, const char *location, GError **error)
{
  g_autofree char *url = g_strconcat (location, "/receipt", NULL);
  KouanHttpRequest request = { .method = "GET", .url = url, .answer_max = ANSWER_MAX };

  return kouan_http_send (lane->http, &request, lane->job->cancellable, error);
}

/* Our hub sends the receipt along with its answer to the last byte; it is asked for otherwise. */
static KouanHttpAnswer *
find_receipt (Lane *lane, KouanTusResult *result, GError **error)
{
  const char *text = result->last != NULL
                       ? kouan_http_answer_get_header (result->last, KOUAN_HUB_RECEIPT_HEADER)
                       : NULL;
  gsize size = 0;
  g_autofree guchar *receipt = text != NULL ? g_base64_decode (text, &size) : NULL;

  if (size == 0)
    return fetch_receipt (lane, result->location, error);
  g_byte_array_set_size (result->last->body, 0);
  g_byte_array_append (result->last->body, receipt, (guint)size);
  result->last->status = HTTP_OK;
  return g_steal_pointer (&result->last);
}

static void
send_bytes (Lane *lane, KouanTusUpload *upload, KouanTusResult *result, gint64 offset)
{
  KouanSyncJob *job = lane->job;

  upload->fd = open_file (job);
  if (upload->fd < 0)
    return;
  if (ask_leave (lane))
    {
      take_baton (lane);
      job->is_whole
        = kouan_tus_send (lane->http, upload, result, offset, lane->job->cancellable, &job->error);
      pass_baton (lane);
      job->sent = result->sent;
    }
  close (upload->fd);
  if (job->is_whole)
    job->answer = find_receipt (lane, result, &job->error);
}

/* A record is always offered first, also when the hub has signed for it before: a hub that was
 * restored from a backup may have lost it, and then takes it again. */
static gpointer
carry (gpointer data)
{
  Lane *lane = data;
  KouanSyncJob *job = lane->job;
  g_auto (KouanTusResult) result = { 0 };
  KouanTusUpload upload = { .url = lane->lanes->url,
                            .metadata = job->metadata,
                            .size = job->row->size,
                            .progress = on_progress,
                            .wait = wait_for_turn,
                            .progress_data = lane };
  gint64 offset;

  if (kouan_tus_create (lane->http, &upload, &result, &offset, lane->job->cancellable, &job->error))
    {
      if (result.answer != NULL)
        job->answer = g_steal_pointer (&result.answer);
      else
        {
          job->from = lane->told = offset;
          note_offset (lane, offset);
          send_bytes (lane, &upload, &result, offset);
        }
    }
  set_stage (lane, KOUAN_JOB_DONE);
  return NULL;
}

/**
 * kouan_sync_lanes_new:
 * @url: where records are offered
 *
 * Returns: (transfer full): nothing has been sent yet
 */
KouanSyncLanes *
kouan_sync_lanes_new (const KouanHttpOptions *options, const char *url)
{
  KouanSyncLanes *self = g_new0 (KouanSyncLanes, 1);

  self->url = g_strdup (url);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  for (guint i = 0; i < LANES; i++)
    self->lanes[i] = (Lane){ .lanes = self, .http = kouan_http_new (options) };
  return self;
}

void
kouan_sync_lanes_free (KouanSyncLanes *self)
{
  g_assert (!kouan_sync_lanes_are_busy (self));

  for (guint i = 0; i < LANES; i++)
    kouan_http_free (self->lanes[i].http);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self->url);
  g_free (self);
}

static Lane *
find_free (KouanSyncLanes *self)
{
  for (guint i = 0; i < LANES; i++)
    if (self->lanes[i].job == NULL)
      return &self->lanes[i];
  return NULL;
}

/* Returns: (transfer none): a connection for other requests, good until the next record is started;
 * there must be room */
KouanHttp *
kouan_sync_lanes_get_free (KouanSyncLanes *self)
{
  Lane *lane = find_free (self);

  g_return_val_if_fail (lane != NULL, NULL);

  return lane->http;
}

gboolean
kouan_sync_lanes_have_room (KouanSyncLanes *self)
{
  return find_free (self) != NULL;
}

gboolean
kouan_sync_lanes_are_busy (KouanSyncLanes *self)
{
  for (guint i = 0; i < LANES; i++)
    if (self->lanes[i].job != NULL)
      return TRUE;
  return FALSE;
}

/* @job: (transfer full): the lane's until kouan_sync_lanes_next() gives it back; there must be room
 */
void
kouan_sync_lanes_start (KouanSyncLanes *self, KouanSyncJob *job)
{
  Lane *lane = find_free (self);

  g_return_if_fail (lane != NULL && job != NULL);

  g_mutex_lock (&self->lock);
  job->stage = KOUAN_JOB_GOES;
  lane->job = job;
  lane->is_over = FALSE;
  g_mutex_unlock (&self->lock);
  lane->thread = g_thread_new ("sync-lane", carry, lane);
}

static Lane *
find_waiting (KouanSyncLanes *self)
{
  for (guint i = 0; i < LANES; i++)
    if (self->lanes[i].job != NULL && self->lanes[i].job->stage != KOUAN_JOB_GOES)
      return &self->lanes[i];
  return NULL;
}

/**
 * kouan_sync_lanes_next:
 *
 * Waits until a job asks, or is done, or is further on. One must be under way.
 *
 * Returns: (nullable): one that ASKS, (transfer none); or that is DONE, (transfer full). NULL if
 * bytes have gone
 */
KouanSyncJob *
kouan_sync_lanes_next (KouanSyncLanes *self)
{
  KouanSyncJob *job = NULL;
  Lane *lane;

  g_return_val_if_fail (kouan_sync_lanes_are_busy (self), NULL);

  g_mutex_lock (&self->lock);
  while ((lane = find_waiting (self)) == NULL && !self->is_told)
    g_cond_wait (&self->changed, &self->lock);
  self->is_told = FALSE;
  if (lane != NULL)
    job = lane->job;
  g_mutex_unlock (&self->lock);
  if (job == NULL || job->stage == KOUAN_JOB_ASKS)
    return job;
  g_clear_pointer (&lane->thread, g_thread_join);
  g_mutex_lock (&self->lock);
  lane->job = NULL;
  g_mutex_unlock (&self->lock);
  return job;
}

/* @why_not: (nullable) (transfer full): then no byte of it goes, and this is the job's error */
void
kouan_sync_lanes_let (KouanSyncLanes *self, KouanSyncJob *job, GError *why_not)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  job->error = why_not;
  job->stage = KOUAN_JOB_GOES;
  g_cond_broadcast (&self->changed);
}

/* @offset: (out): of the records under way, what is at the hub or was handed to the line
 * @sent: (out): of it, what went in this run */
void
kouan_sync_lanes_sum (KouanSyncLanes *self, gint64 *offset, gint64 *sent)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  *offset = *sent = 0;
  for (guint i = 0; i < LANES; i++)
    {
      const KouanSyncJob *job = self->lanes[i].job;

      if (job == NULL)
        continue;
      *offset += job->offset;
      *sent += job->offset - job->from;
    }
}
