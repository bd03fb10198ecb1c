/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/crypto/digest.h"
#include "app/sync/hub-receipt.h"
#include "app/sync/run-private.h"
#include "app/sync/tus-client.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* One record. It is always offered first, also when the hub has signed for it before: a hub that
 * was restored from a backup may have lost it, and then takes it again. What the hub says counts
 * only with its signature under it, and only if it is about this very file of this kiosk. */

#define ANSWER_MAX 16384
#define HASH_STEP (256 * 1024)
#define HTTP_OK 200
#define HTTP_UNPROCESSABLE 422
#define HTTP_FORBIDDEN 403
#define HTTP_CONFLICT 409
#define HTTP_INTERNAL 500

typedef struct
{
  KouanSyncRun *run;
  const KouanRecordRow *row;
  GCancellable *cancellable;
  gint64 from; /* offset at which this run went on */
} Job;

static char *
make_metadata (const KouanRecordRow *row)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (row->manifest, &size);
  g_autofree char *id = kouan_uuid_to_string (row->id);
  g_autofree char *sha256 = kouan_hex (row->sha256, sizeof row->sha256);
  g_autofree char *manifest = g_base64_encode (data, size);
  g_autofree char *id_64 = g_base64_encode ((const guchar *)id, strlen (id));
  g_autofree char *sha256_64 = g_base64_encode ((const guchar *)sha256, strlen (sha256));
  g_autofree char *manifest_64 = g_base64_encode ((const guchar *)manifest, strlen (manifest));

  return g_strdup_printf ("record %s,sha256 %s,manifest %s", id_64, sha256_64, manifest_64);
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

/* Returns: a descriptor of the very bytes that the manifest names; -1 with @trouble if there are
 * none any more */
static int
open_file (const Job *job, char **trouble)
{
  g_autofree char *path
    = job->row->file != NULL ? kouan_outbox_path (job->run->outbox, job->row->file) : NULL;
  int fd = path != NULL ? open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
  guint8 digest[KOUAN_SHA256_SIZE];

  if (fd < 0)
    {
      *trouble = g_strdup ("file-missing");
      return -1;
    }
  if (hash_file (fd, job->row->size, digest)
      && memcmp (digest, job->row->sha256, sizeof digest) == 0)
    return fd;
  close (fd);
  *trouble = g_strdup ("file-damaged");
  return -1;
}

static gboolean
read_receipt (
  const Job *job, GByteArray *body, KouanHubReceipt *receipt, GBytes **message, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body->data, body->len);
  KouanStation *station = job->run->station;
  g_autoptr (GError) local = NULL;

  if (!kouan_hub_receipt_verify (bytes, kouan_station_get_keyring (station), receipt, &local))
    {
      g_set_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_NONSENSE, "the hub's receipt: %s",
                   local->message);
      return FALSE;
    }
  if (!kouan_hub_receipt_is_for (receipt, kouan_station_get_kiosk_id (station), job->row->id,
                                 job->row->sha256))
    {
      g_set_error_literal (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_NONSENSE,
                           "the hub's receipt is about another record");
      return FALSE;
    }
  *message = g_steal_pointer (&bytes);
  return TRUE;
}

static KouanSent
judge_receipt (const Job *job, GByteArray *body, GBytes **message, char **trouble, GError **error)
{
  KouanHubReceipt receipt = { 0 };

  if (!read_receipt (job, body, &receipt, message, error))
    return KOUAN_SENT_FAILED;
  switch (receipt.state)
    {
    case KOUAN_HUB_RECEIPT_ARCHIVED:
      return KOUAN_SENT_ARCHIVED;
    case KOUAN_HUB_RECEIPT_REFUSED:
      *trouble = g_strdup ("hub-refuses");
      return KOUAN_SENT_REFUSED;
    case KOUAN_HUB_RECEIPT_DUPLICATE:
      *trouble = g_strdup ("duplicate-case");
      return KOUAN_SENT_COMMITTED;
    case KOUAN_HUB_RECEIPT_COMMITTED:
    default:
      return KOUAN_SENT_COMMITTED;
    }
}

/**
 * kouan_sync_judge_receipt:
 * @bytes: COSE, from anywhere
 *
 * What a receipt that did not come down the line says about a record; else as
 * kouan_sync_send_record().
 */
KouanSent
kouan_sync_judge_receipt (KouanSyncRun *self,
                          const KouanRecordRow *row,
                          GByteArray *bytes,
                          GBytes **receipt,
                          char **trouble,
                          GError **error)
{
  const Job job = { .run = self, .row = row };

  *receipt = NULL;
  *trouble = NULL;
  return judge_receipt (&job, bytes, receipt, trouble, error);
}

static void
set_status_error (const char *what, guint status, GError **error)
{
  KouanSyncError code = KOUAN_SYNC_ERROR_NONSENSE;

  if (status >= HTTP_INTERNAL)
    code = KOUAN_SYNC_ERROR_BUSY;
  else if (status == HTTP_FORBIDDEN)
    code = KOUAN_SYNC_ERROR_STRANGER;
  g_set_error (error, KOUAN_SYNC_ERROR, code, "%s was answered with %u", what, status);
}

static gboolean
is_cose (KouanHttpAnswer *answer)
{
  return g_strcmp0 (kouan_http_answer_get_header (answer, "content-type"), "application/cose") == 0;
}

/* The hub has it (200), or will not take it (403, 409): each of them signed. A bare 403 is about
 * this kiosk, not about the record. */
static KouanSent
judge_answer (
  const Job *job, KouanHttpAnswer *answer, GBytes **message, char **trouble, GError **error)
{
  gboolean refusal = answer->status == HTTP_FORBIDDEN || answer->status == HTTP_CONFLICT;
  KouanSent sent;

  if ((answer->status == HTTP_OK || refusal) && is_cose (answer))
    {
      sent = judge_receipt (job, answer->body, message, trouble, error);
      if (sent == KOUAN_SENT_FAILED || (sent == KOUAN_SENT_REFUSED) == refusal)
        return sent;
    }
  set_status_error ("the offer", answer->status, error);
  return KOUAN_SENT_FAILED;
}

static KouanSent
fetch_receipt (
  const Job *job, const char *location, GBytes **message, char **trouble, GError **error)
{
  g_autofree char *url = g_strconcat (location, "/receipt", NULL);
  KouanHttpRequest request = { .method = "GET", .url = url, .answer_max = ANSWER_MAX };
  g_autoptr (KouanHttpAnswer) answer
    = kouan_http_send (job->run->http, &request, job->cancellable, error);
  KouanSent sent;

  if (answer == NULL)
    return KOUAN_SENT_FAILED;
  if (answer->status != HTTP_OK)
    {
      set_status_error ("the wish for a receipt", answer->status, error);
      return KOUAN_SENT_FAILED;
    }
  sent = judge_receipt (job, answer->body, message, trouble, error);
  if (sent != KOUAN_SENT_REFUSED)
    return sent;
  set_status_error ("the wish for a receipt", answer->status, error);
  return KOUAN_SENT_FAILED;
}

static void
on_progress (gint64 offset, gpointer data)
{
  Job *job = data;

  /* After a break the server may have less than had been handed to the line. */
  job->run->bytes_going = MAX (job->run->bytes_going, offset - job->from);
  job->run->progress.bytes_done
    = MAX (job->run->progress.bytes_done, job->run->bytes_before + offset);
  kouan_sync_run_report_progress (job->run);
}

static gboolean
note_sending (const Job *job, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (job->row->state != KOUAN_RECORD_QUEUED
      || kouan_records_set_state (job->run->db, job->row->id, KOUAN_RECORD_SENDING, NULL, NULL,
                                  kouan_clock_wall_s (job->run->clock), &local))
    return TRUE;
  g_set_error_literal (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL, local->message);
  return FALSE;
}

static KouanSent
send_bytes (const Job *job,
            KouanTusUpload *upload,
            KouanTusResult *result,
            gint64 offset,
            GBytes **message,
            char **trouble,
            GError **error)
{
  gboolean whole;

  upload->fd = open_file (job, trouble);
  if (upload->fd < 0)
    return KOUAN_SENT_REFUSED;
  whole = note_sending (job, error)
          && kouan_tus_send (job->run->http, upload, result, offset, job->cancellable, error);
  close (upload->fd);
  job->run->bytes_going = 0;
  job->run->report->bytes += result->sent;
  return whole ? fetch_receipt (job, result->location, message, trouble, error) : KOUAN_SENT_FAILED;
}

/**
 * kouan_sync_send_record:
 * @row: QUEUED, SENDING or COMMITTED
 * @receipt: (out) (transfer full): verified, unless FAILED or refused for what is wrong here
 * @trouble: (out) (transfer full) (nullable): in a word
 *
 * The database is not touched but for noting that a record is being sent.
 *
 * Returns: what the hub has signed; FAILED with a KOUAN_SYNC_ERROR
 */
KouanSent
kouan_sync_send_record (KouanSyncRun *self,
                        const KouanRecordRow *row,
                        GBytes **receipt,
                        char **trouble,
                        GCancellable *cancellable,
                        GError **error)
{
  Job job = { .run = self, .row = row, .cancellable = cancellable };
  g_autofree char *metadata = make_metadata (row);
  g_auto (KouanTusResult) result = { 0 };
  KouanTusUpload upload = { .url = self->url,
                            .metadata = metadata,
                            .size = row->size,
                            .progress = on_progress,
                            .progress_data = &job };
  gint64 offset;

  *receipt = NULL;
  *trouble = NULL;
  if (!kouan_tus_create (self->http, &upload, &result, &offset, cancellable, error))
    return KOUAN_SENT_FAILED;
  if (result.answer != NULL)
    return judge_answer (&job, result.answer, receipt, trouble, error);
  job.from = offset;
  return send_bytes (&job, &upload, &result, offset, receipt, trouble, error);
}
