/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/hub-receipt.h"
#include "app/sync/run-private.h"

#include <string.h>

/* One record, before and after it was on the line (lanes.c). What the hub says counts only with its
 * signature under it, and only if it is about this very file of this kiosk. */

#define HTTP_OK 200
#define HTTP_FORBIDDEN 403
#define HTTP_CONFLICT 409
#define HTTP_INTERNAL 500

typedef struct
{
  KouanSyncRun *run;
  const KouanRecordRow *row;
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
 * kouan_sync_judge_job().
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

/**
 * kouan_sync_job_new:
 * @row: (transfer full): QUEUED, SENDING or COMMITTED
 */
KouanSyncJob *
kouan_sync_job_new (KouanSyncRun *self, KouanRecordRow *row, GCancellable *cancellable)
{
  KouanSyncJob *job = g_new0 (KouanSyncJob, 1);

  g_set_object (&job->cancellable, cancellable);
  job->row = row;
  job->metadata = make_metadata (row);
  if (row->file != NULL)
    job->path = kouan_outbox_path (self->outbox, row->file);
  return job;
}

/* The answer to the wish for a receipt, or to the last byte. A hub that refuses does so at the
 * offer. */
static KouanSent
judge_whole (
  const Job *job, KouanHttpAnswer *answer, GBytes **message, char **trouble, GError **error)
{
  KouanSent sent = KOUAN_SENT_REFUSED;

  if (answer->status == HTTP_OK)
    sent = judge_receipt (job, answer->body, message, trouble, error);
  if (sent == KOUAN_SENT_REFUSED)
    {
      g_clear_pointer (message, g_bytes_unref);
      g_clear_pointer (trouble, g_free);
      set_status_error ("the wish for a receipt", answer->status, error);
      return KOUAN_SENT_FAILED;
    }
  return sent;
}

/**
 * kouan_sync_judge_job:
 * @job: done
 * @receipt: (out) (transfer full): verified, unless FAILED or refused for what is wrong here
 * @trouble: (out) (transfer full) (nullable): in a word
 *
 * Returns: what the hub has signed; FAILED with a KOUAN_SYNC_ERROR
 */
KouanSent
kouan_sync_judge_job (
  KouanSyncRun *self, KouanSyncJob *done, GBytes **receipt, char **trouble, GError **error)
{
  const Job job = { .run = self, .row = done->row };

  *receipt = NULL;
  *trouble = NULL;
  if (done->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&done->error));
      return KOUAN_SENT_FAILED;
    }
  if (done->trouble != NULL)
    {
      *trouble = g_strdup (done->trouble);
      return KOUAN_SENT_REFUSED;
    }
  if (done->is_whole)
    return judge_whole (&job, done->answer, receipt, trouble, error);
  return judge_answer (&job, done->answer, receipt, trouble, error);
}
