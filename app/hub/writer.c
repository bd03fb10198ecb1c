/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/receiver-private.h"

#include "app/crypto/digest.h"
#include "app/hub/trouble.h"

#include <string.h>

/* Bytes of one request into one staged blob. Behind the row's offset it may hold anything, so
 * a writer puts its bytes there first, syncs them, and only then moves the offset; if the offset
 * has meanwhile been moved by another, that fails and nothing is lost.
 *
 * A run with a checksum counts whole or not at all. A run without one (any tus client may send
 * that) counts every 256 KiB, and what is left when its line breaks counts too. A line that brings
 * more than 256 KiB in 50 ms counts less often, and so does a slow disk: it is at work on that
 * during at most a tenth of the time, or every 4 MiB. So a broken line costs what it held, and a
 * killed hub what came in the last 50 ms, or in ten times what one sync takes.
 *
 * The disk is waited for by a thread of its own while more comes, up to 4 MiB: a thread that reads
 * lines must not stand still for one of them.
 *
 * A kiosk whose line broke without a word comes back on a new one while the old one still waits for
 * bytes. The newcomer wins: the old writer keeps what it has got and is told to stop. */

#define STEP_SIZE_MAX (4 * 1024 * 1024)
#define REST 9 /* times as long as the last sync took, before the next */
#define REST_US_MIN (50 * 1000)
#define SYNCERS 4

struct _KouanHubWriter
{
  KouanHubReceiver *receiver;
  GBytes *id;
  GMutex lock;        /* guards what follows: a newcomer reaches in from its own thread */
  GCond synced;       /* is_syncing has become FALSE */
  KouanHubBlob *blob; /* NULL once displaced or finished; stays while is_syncing */
  KouanHubUpload *upload;
  gint64 at;           /* where the next byte goes; the upload's offset is what counts already */
  gint64 rested_us;    /* boot time from which the disk may be asked again */
  gboolean is_syncing; /* a syncer has it, up to: */
  gint64 syncs_to;
  GError *sync_error;  /* (nullable): then the run is over */
  KouanDigest *sha256; /* one of the two, or neither */
  GChecksum *sha1;
  KouanHubChecksum expected;
};

static void
clear (gpointer data)
{
  KouanHubWriter *self = data;

  g_clear_pointer (&self->sha256, kouan_digest_free);
  g_clear_pointer (&self->sha1, g_checksum_free);
  g_clear_error (&self->sync_error);
  kouan_hub_upload_free (self->upload);
  g_bytes_unref (self->id);
  g_cond_clear (&self->synced);
  g_mutex_clear (&self->lock);
}

static void
unref (KouanHubWriter *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static gboolean
has_checksum (KouanHubWriter *self)
{
  return self->sha256 != NULL || self->sha1 != NULL;
}

/* What was handed over up to @to counts from here on. Without the lock: as long as it is_syncing
 * nobody else changes the upload, or takes the blob away.
 * @rested_us: (out): when the disk may be asked again */
static gboolean
let_count (KouanHubWriter *self, gint64 to, gint64 *rested_us, GError **error)
{
  KouanHubReceiver *receiver = self->receiver;
  KouanHubUpload *upload = self->upload;
  gint64 expires_s = kouan_hub_receiver_expiry (receiver);
  gint64 asked_us = kouan_clock_boot_us (receiver->clock);
  gint64 answered_us;
  GError *local = NULL;

  if (!kouan_hub_blob_sync (self->blob, error))
    return FALSE;
  answered_us = kouan_clock_boot_us (receiver->clock);
  *rested_us = answered_us + MAX (REST * (answered_us - asked_us), REST_US_MIN);
  if (!kouan_hub_store_advance (receiver->store, upload->offer.id, upload->offset, to, expires_s,
                                &local))
    return kouan_hub_translate (local, error);
  return TRUE;
}

/* The lock is held. */
static void
note_counted (KouanHubWriter *self, gint64 to)
{
  self->upload->offset = to;
  self->upload->expires_s = kouan_hub_receiver_expiry (self->receiver);
}

static void
sync_writer (gpointer data, gpointer unused G_GNUC_UNUSED)
{
  KouanHubWriter *self = data;
  gint64 rested_us = 0;
  g_autoptr (GError) error = NULL;
  gboolean done = let_count (self, self->syncs_to, &rested_us, &error);

  g_mutex_lock (&self->lock);
  self->is_syncing = FALSE;
  self->rested_us = rested_us;
  if (done)
    note_counted (self, self->syncs_to);
  else
    self->sync_error = g_steal_pointer (&error);
  g_cond_broadcast (&self->synced);
  g_mutex_unlock (&self->lock);
  unref (self);
}

/* Returns: (transfer full): who waits for the disk. Each of them has a connection to the database,
 * so they are few and stay. */
GThreadPool *
kouan_hub_writer_new_syncers (void)
{
  return g_thread_pool_new (sync_writer, NULL, SYNCERS, TRUE, NULL);
}

/* The lock is held, and is not while it waits. */
static void
wait_for_sync (KouanHubWriter *self)
{
  while (self->is_syncing)
    g_cond_wait (&self->synced, &self->lock);
}

static gboolean
check_sync (KouanHubWriter *self, GError **error)
{
  if (self->sync_error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->sync_error));
  return FALSE;
}

static gboolean
check_open (KouanHubWriter *self, GError **error)
{
  if (self->blob != NULL)
    return TRUE;
  g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_CONFLICT,
                       "the kiosk has come back on another line");
  return FALSE;
}

/* Everything up to @at counts when this returns. A disk that has failed once says so once: asked
 * again it would answer that all is well, and bytes would count that are on no disk. So the first
 * failure ends the run, and the kiosk sends them anew. The lock is held. */
static gboolean
advance (KouanHubWriter *self, GError **error)
{
  wait_for_sync (self);
  if (!check_sync (self, error))
    return FALSE;
  if (self->at == self->upload->offset)
    return TRUE;
  if (!check_open (self, error))
    return FALSE;
  if (!kouan_hub_blob_hand_over (self->blob, &self->sync_error)
      || !let_count (self, self->at, &self->rested_us, &self->sync_error))
    return check_sync (self, error);
  note_counted (self, self->at);
  return TRUE;
}

/* Everything up to @at will count soon. The lock is held. */
static gboolean
start_advance (KouanHubWriter *self, GError **error)
{
  if (!kouan_hub_blob_hand_over (self->blob, &self->sync_error))
    return check_sync (self, error);
  self->is_syncing = TRUE;
  self->syncs_to = self->at;
  g_thread_pool_push (self->receiver->syncers, g_atomic_rc_box_acquire (self), NULL);
  return TRUE;
}

/* Whether enough has come to let it count. */
static gboolean
is_due (KouanHubWriter *self)
{
  gint64 size = self->at - self->upload->offset;

  return size >= STEP_SIZE_MAX
         || (size >= KOUAN_HUB_STEP_SIZE
             && kouan_clock_boot_us (self->receiver->clock) >= self->rested_us);
}

/* As much as may come without counting is here: the disk is waited for. The lock is held. */
static gboolean
go_on (KouanHubWriter *self, GError **error)
{
  if (self->is_syncing && self->at - self->upload->offset >= STEP_SIZE_MAX)
    wait_for_sync (self);
  if (!check_sync (self, error))
    return FALSE;
  return self->is_syncing || self->blob == NULL || !is_due (self) || start_advance (self, error);
}

/* The lock is held. */
static void
stop (KouanHubWriter *self)
{
  g_autoptr (GError) local = NULL;

  wait_for_sync (self);
  if (self->blob == NULL)
    return;
  if (!has_checksum (self) && !advance (self, &local))
    g_message ("the end of a broken run could not be kept: %s", local->message);
  g_clear_pointer (&self->blob, kouan_hub_blob_close);
}

/* It stays among the receiver's writers until it has stopped, so that whoever comes for its upload
 * meanwhile waits for it too; the others need not, and the receiver is not locked while the disk is
 * waited for. */
static void
retire (KouanHubReceiver *receiver, KouanHubWriter *writer)
{
  g_mutex_lock (&writer->lock);
  stop (writer);
  g_mutex_unlock (&writer->lock);
  g_mutex_lock (&receiver->lock);
  if (g_hash_table_lookup (receiver->writers, writer->id) == writer)
    g_hash_table_remove (receiver->writers, writer->id);
  g_mutex_unlock (&receiver->lock);
}

/* Whoever writes to this upload keeps what it has got and stops. */
void
kouan_hub_receiver_displace (KouanHubReceiver *self, const guint8 *id)
{
  g_autoptr (GBytes) key = g_bytes_new (id, KOUAN_HUB_ID_SIZE);
  KouanHubWriter *writer;

  g_mutex_lock (&self->lock);
  writer = g_hash_table_lookup (self->writers, key);
  if (writer != NULL)
    g_atomic_rc_box_acquire (writer);
  g_mutex_unlock (&self->lock);
  if (writer == NULL)
    return;
  retire (self, writer);
  unref (writer);
}

static gboolean
check_offset (const KouanHubUpload *upload, gint64 offset, GError **error)
{
  if (offset == upload->offset)
    return TRUE;
  g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_CONFLICT,
               "the hub has %" G_GINT64_FORMAT " bytes", upload->offset);
  return FALSE;
}

static void
register_writer (KouanHubWriter *self)
{
  KouanHubReceiver *receiver = self->receiver;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&receiver->lock);

  g_hash_table_replace (receiver->writers, g_bytes_ref (self->id), self);
}

/**
 * kouan_hub_writer_new:
 * @offset: where the kiosk means to go on
 * @checksum: (nullable): of the run, if it is to count whole or not at all
 *
 * Whoever wrote to the same upload is displaced. CONFLICT if the hub has another number of bytes;
 * MISSING.
 *
 * Returns: (transfer full)
 */
KouanHubWriter *
kouan_hub_writer_new (KouanHubReceiver *receiver,
                      const KouanHubKiosk *kiosk,
                      const guint8 id[static KOUAN_HUB_ID_SIZE],
                      gint64 offset,
                      const KouanHubChecksum *checksum,
                      GError **error)
{
  g_autoptr (KouanHubUpload) upload = NULL;
  KouanHubProgress progress;
  KouanHubWriter *self;
  KouanHubBlob *blob;

  g_return_val_if_fail (KOUAN_IS_HUB_RECEIVER (receiver) && kiosk != NULL, NULL);

  if (!kouan_hub_receiver_look (receiver, kiosk, id, &progress, &upload, error))
    return NULL;
  if (upload == NULL)
    {
      g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_CONFLICT,
                           "the hub has the whole record");
      return NULL;
    }
  if (!check_offset (upload, offset, error))
    return NULL;
  blob = kouan_hub_blobs_open (receiver->blobs, id, offset, error);
  if (blob == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (KouanHubWriter);
  g_mutex_init (&self->lock);
  g_cond_init (&self->synced);
  self->receiver = g_object_ref (receiver);
  self->id = g_bytes_new (id, KOUAN_HUB_ID_SIZE);
  self->blob = blob;
  self->at = offset;
  self->upload = g_steal_pointer (&upload);
  if (checksum != NULL)
    {
      self->expected = *checksum;
      if (checksum->type == G_CHECKSUM_SHA256)
        self->sha256 = kouan_digest_new ();
      else
        self->sha1 = g_checksum_new (G_CHECKSUM_SHA1);
    }
  register_writer (self);
  return self;
}

static gboolean
check_writable (KouanHubWriter *self, gsize size, GError **error)
{
  if (!check_open (self, error))
    return FALSE;
  if (size <= (gsize)(self->upload->offer.size - self->at))
    return TRUE;
  g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_TOO_LARGE,
                       "more bytes than the record has");
  return FALSE;
}

/* Takes the next bytes of the run. After an error the run is over. */
gboolean
kouan_hub_writer_write (KouanHubWriter *self, const char *data, gsize size, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  locker = g_mutex_locker_new (&self->lock);
  if (!check_writable (self, size, error))
    return FALSE;
  if (!kouan_hub_blob_write (self->blob, data, size, error))
    return FALSE;
  self->at += (gint64)size;
  if (self->sha256 != NULL)
    kouan_digest_update (self->sha256, (const guint8 *)data, size);
  else if (self->sha1 != NULL)
    g_checksum_update (self->sha1, (const guchar *)data, (gssize)size);
  else
    return go_on (self, error);
  return TRUE;
}

static gboolean
check_run (KouanHubWriter *self, GError **error)
{
  guint8 digest[KOUAN_HUB_DIGEST_SIZE];
  gsize size = sizeof digest;

  if (self->sha256 != NULL)
    kouan_digest_finish (self->sha256, digest);
  else if (self->sha1 != NULL)
    g_checksum_get_digest (self->sha1, digest, &size);
  else
    return TRUE;
  if (size == self->expected.size && memcmp (digest, self->expected.digest, size) == 0)
    return TRUE;
  self->at = self->upload->offset;
  g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_CHECKSUM,
                       "the bytes do not match their checksum");
  return FALSE;
}

/* @blob: (out) (transfer full) (nullable): nobody else can write to it as long as it is open */
static gboolean
finish_run (KouanHubWriter *self, KouanHubBlob **blob, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (!check_writable (self, 0, error) || !check_run (self, error) || !advance (self, error))
    return FALSE;
  *blob = g_steal_pointer (&self->blob);
  return TRUE;
}

/**
 * kouan_hub_writer_finish:
 * @progress: (out): what counts now
 *
 * The run is over and all of it came. CHECKSUM if it does not match its checksum: then none of it
 * counts. If the record is whole with it, it is committed before this returns; DAMAGED, too, if it
 * is not the record that the manifest names.
 */
gboolean
kouan_hub_writer_finish (KouanHubWriter *self, KouanHubProgress *progress, GError **error)
{
  const KouanHubUpload *upload;
  KouanHubBlob *blob;
  gboolean done;

  g_return_val_if_fail (self != NULL && progress != NULL, FALSE);

  if (!finish_run (self, &blob, error))
    return FALSE;
  upload = self->upload;
  *progress = (KouanHubProgress){ upload->offset, upload->offer.size, upload->expires_s };
  done = upload->offset < upload->offer.size
         || kouan_hub_receiver_complete (self->receiver, upload, blob, error);
  g_clear_pointer (&blob, kouan_hub_blob_close);
  return done;
}

/* What has come and is on its way to the disk counts when this returns, or never will. */
void
kouan_hub_writer_settle (KouanHubWriter *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  wait_for_sync (self);
}

/* Returns: (transfer none): the record's */
const guint8 *
kouan_hub_writer_get_id (KouanHubWriter *self)
{
  return g_bytes_get_data (self->id, NULL);
}

/* A syncer may still be leaving, but is done with the receiver. */
void
kouan_hub_writer_free (KouanHubWriter *self)
{
  KouanHubReceiver *receiver = self->receiver;

  retire (receiver, self);
  unref (self);
  g_object_unref (receiver);
}
