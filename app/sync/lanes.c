/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/lanes.h"

#include "app/crypto/digest.h"
#include "app/sync/hub-receipt.h"
#include "app/sync/tus-client.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Between two records' bytes a line would stand still: for the round trip of the offer, and
 * while the hub makes the last one durable. So a second record is made ready meanwhile: it is
 * offered, its file is opened, and it waits for leave.
 *
 * It gets it when all bytes of those before it are on the line; if one of them failed, only when
 * whoever started it has seen to that. Its own last bytes are held back until those before it have
 * been answered. So records arrive in the order of the kiosk's numbers (the hub numbers them as
 * they come, and an officer sees a gap), unless one of them fails or the hub lets it wait for long.
 * A break costs what two connections held at most, which the hub keeps small.
 *
 * Offers have a connection of their own, and so have the bytes of each lane.
 *
 * A lane knows no database and no key. What the hub has answered is judged by whoever started it.
 * No record's state depends on another's. */

#define LANES 2
#define ANSWER_MAX 16384
#define HASH_STEP (256 * 1024)
#define TELL_EVERY (64 * 1024)       /* bytes */
#define HOLD_US (5 * G_USEC_PER_SEC) /* of a record, in all: its line has a deadline */
#define LOOK_EVERY_US (100 * 1000)   /* whether the run has been cancelled */
#define HTTP_OK 200

typedef struct
{
  KouanSyncLanes *lanes;
  KouanHttp *bytes;
  KouanSyncJob *job; /* NULL: free */
  GThread *thread;
  gint64 told;          /* the offset that the owner has been woken for */
  gint64 hold_until_us; /* monotonic; 0: nothing was held back of this job yet. The thread's */
} Lane;

struct _KouanSyncLanes
{
  char *url;
  Lane lanes[LANES];

  GMutex offering; /* held while something goes over this connection */
  KouanHttp *offers;

  GMutex lock; /* guards what follows, and of each lane told and its job's stage, from, at and
                  offset */
  GCond changed;
  gboolean is_told; /* somebody is further on */
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

static void
note_offset (Lane *lane, gint64 offset)
{
  KouanSyncLanes *self = lane->lanes;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  lane->job->at = offset;
  lane->job->offset = MAX (lane->job->offset, offset);
  if (lane->job->offset - lane->told < TELL_EVERY && offset < lane->job->row->size)
    return;
  lane->told = lane->job->offset;
  self->is_told = TRUE;
  g_cond_broadcast (&self->changed);
}

static void
begin_at (Lane *lane, gint64 offset)
{
  g_mutex_lock (&lane->lanes->lock);
  lane->job->from = lane->told = offset;
  g_mutex_unlock (&lane->lanes->lock);
  note_offset (lane, offset);
}

static void
on_progress (gint64 offset, gpointer data)
{
  note_offset (data, offset);
}

/* Whether all that were begun before it have been answered, or, if that is enough, are with all
 * their bytes @on_the_line. The lock is held. */
static gboolean
has_turn (KouanSyncLanes *self, const KouanSyncJob *job, gboolean on_the_line)
{
  for (guint i = 0; i < LANES; i++)
    {
      const KouanSyncJob *other = self->lanes[i].job;

      if (other == NULL || other->row->sequence >= job->row->sequence)
        continue;
      if (other->stage == KOUAN_JOB_DONE ? other->error != NULL
                                         : !on_the_line || other->at < other->row->size)
        return FALSE;
    }
  return TRUE;
}

static void
hold_last_bytes (gpointer data)
{
  Lane *lane = data;
  KouanSyncLanes *self = lane->lanes;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (lane->hold_until_us == 0)
    lane->hold_until_us = g_get_monotonic_time () + HOLD_US;
  while (!has_turn (self, lane->job, FALSE) && g_get_monotonic_time () < lane->hold_until_us
         && !g_cancellable_is_cancelled (lane->job->cancellable))
    g_cond_wait_until (&self->changed, &self->lock, g_get_monotonic_time () + LOOK_EVERY_US);
}

/* Returns: FALSE if it could not be read to its end, with errno */
static gboolean
hash_file (int fd, gint64 *size, guint8 *digest)
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
  *size = at;
  return TRUE;
}

/* What passes: a file that is there, and cannot be read now. */
static void
set_unreadable (KouanSyncJob *job)
{
  g_clear_error (&job->error);
  g_set_error (&job->error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL,
               "the record's file cannot be read: %s", g_strerror (errno));
}

/* Returns: a descriptor; -1 with the job's trouble if the file is not there any more, or with its
 * error */
static int
open_file (KouanSyncJob *job)
{
  int fd = job->path != NULL ? open (job->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;

  if (fd < 0 && job->path != NULL && errno != ENOENT)
    set_unreadable (job);
  else if (fd < 0)
    job->trouble = g_strdup ("file-missing");
  return fd;
}

/* That its file is another size costs nothing to find out, and saves the line. */
static gboolean
has_size (KouanSyncJob *job, int fd)
{
  struct stat info;

  errno = EISDIR;
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      set_unreadable (job);
      return FALSE;
    }
  if (info.st_size == job->row->size)
    return TRUE;
  job->trouble = g_strdup ("file-damaged");
  return FALSE;
}

/* The hub has hashed what came, and it is not the record: where the file is not either, nothing is
 * sent of it again. That is not looked at before, since the hub does so anyway, and it took a
 * quarter of an upload's time of the processor. */
static void
find_damage (KouanSyncJob *job, int fd)
{
  guint8 digest[KOUAN_SHA256_SIZE];
  gint64 size;

  if (!hash_file (fd, &size, digest))
    set_unreadable (job);
  else if (size != job->row->size || memcmp (digest, job->row->sha256, sizeof digest) != 0)
    {
      g_clear_error (&job->error);
      job->trouble = g_strdup ("file-damaged");
    }
}

static void
set_stage (Lane *lane, KouanJobStage stage)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lane->lanes->lock);

  lane->job->stage = stage;
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

  return kouan_http_send (lane->bytes, &request, lane->job->cancellable, error);
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
  if (has_size (job, upload->fd) && ask_leave (lane))
    {
      job->is_whole
        = kouan_tus_send (lane->bytes, upload, result, offset, job->cancellable, &job->error);
      job->sent = result->sent;
      if (result->is_wrong)
        find_damage (job, upload->fd);
    }
  close (upload->fd);
  if (job->is_whole)
    job->answer = find_receipt (lane, result, &job->error);
}

static gboolean
offer (Lane *lane, const KouanTusUpload *upload, KouanTusResult *result, gint64 *offset)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&lane->lanes->offering);

  return kouan_tus_create (lane->lanes->offers, upload, result, offset, lane->job->cancellable,
                           &lane->job->error);
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
                            .progress_data = lane,
                            .before_last = hold_last_bytes,
                            .hold_data = lane };
  gint64 offset;

  if (offer (lane, &upload, &result, &offset))
    {
      if (result.answer != NULL)
        job->answer = g_steal_pointer (&result.answer);
      else
        {
          begin_at (lane, offset);
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
  self->offers = kouan_http_new (options);
  g_mutex_init (&self->offering);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  for (guint i = 0; i < LANES; i++)
    self->lanes[i] = (Lane){ .lanes = self, .bytes = kouan_http_new (options) };
  return self;
}

void
kouan_sync_lanes_free (KouanSyncLanes *self)
{
  g_assert (!kouan_sync_lanes_are_busy (self));

  kouan_http_free (self->offers);
  for (guint i = 0; i < LANES; i++)
    kouan_http_free (self->lanes[i].bytes);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_mutex_clear (&self->offering);
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

/**
 * kouan_sync_lanes_send:
 *
 * Any other request, between two offers; else as kouan_http_send().
 */
KouanHttpAnswer *
kouan_sync_lanes_send (KouanSyncLanes *self,
                       const KouanHttpRequest *request,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->offering);

  return kouan_http_send (self->offers, request, cancellable, error);
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
  lane->hold_until_us = 0;
  g_mutex_unlock (&self->lock);
  lane->thread = g_thread_new ("sync-lane", carry, lane);
}

/* One that asks and has its turn comes before one that is done: the line is free. */
static Lane *
find_waiting (KouanSyncLanes *self)
{
  Lane *done = NULL;

  for (guint i = 0; i < LANES; i++)
    {
      Lane *lane = &self->lanes[i];

      if (lane->job == NULL)
        continue;
      if (lane->job->stage == KOUAN_JOB_ASKS && has_turn (self, lane->job, TRUE))
        return lane;
      if (lane->job->stage == KOUAN_JOB_DONE)
        done = lane;
    }
  return done;
}

/**
 * kouan_sync_lanes_next:
 *
 * Waits until a job whose turn it is asks, or one is done, or is further on. One must be under way.
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
  if (lane != NULL)
    job = lane->job;
  else
    self->is_told = FALSE;
  g_mutex_unlock (&self->lock);
  if (job == NULL || job->stage == KOUAN_JOB_ASKS)
    return job;
  g_clear_pointer (&lane->thread, g_thread_join);
  g_mutex_lock (&self->lock);
  lane->job = NULL;
  g_cond_broadcast (&self->changed);
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
