/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/outbox.h"

#include "app/crypto/durable.h"
#include "app/record/manifest-log.h"
#include "app/record/manifest.h"
#include "app/record/outbox-private.h"
#include "app/record/receipt-number.h"
#include "app/record/seal.h"
#include "app/record/slip.h"
#include "db/kiosk/codes.h"
#include "db/kiosk/drafts.h"
#include "db/kiosk/records.h"
#include "db/kiosk/slips.h"

#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>

/* Submitting is the moment that everything else is for, so its order is fixed:
 *
 *   members → tar → age → temporary file → fsync → rename → fsync of the folder
 *   → one transaction: sequence number, manifest logged, row, slip, audit, code used, draft gone
 *   → the slip, which nobody has seen before
 *
 * Whatever stops it before the transaction leaves a file that no row names; it is removed here, or
 * by the next start if this process is gone. Whatever stops it afterwards finds the record in the
 * queue. At no point is there a row without its file, or a slip without its row. */

#define FILE_MODE 0600

/* Shares of the progress bar: bytes written, file durable, all done. */
#define PART_WRITTEN 0.85
#define PART_DURABLE 0.95

typedef struct
{
  KouanOutbox *outbox;
  KouanDatabase *db;
  KouanSubmission *submission;
  KouanOutboxProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
  guint64 estimate;

  KouanManifest manifest;
  char *file;
  char *path;
  char *slip;       /* (nullable): until the record has its number, and when it is handed out */
  GPtrArray *pages; /* names of the draft's files, to be removed once they do not count any more */
} Submit;

static void
submit_clear (Submit *self)
{
  g_free (self->file);
  g_free (self->path);
  g_free (self->slip);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Submit, submit_clear)

static void
report (Submit *self, double fraction)
{
  if (self->progress != NULL)
    self->progress (fraction, self->progress_data);
}

static void
on_advance (guint64 done, gpointer data)
{
  Submit *self = data;

  kouan_outbox_step (self->outbox, "member");
  report (self, PART_WRITTEN * MIN (1.0, (double)done / (double)self->estimate));
}

/* Twice the estimate: the file, and as much again for the database, the log and whoever writes
 * meanwhile. */
static gboolean
check_space (Submit *self, GError **error)
{
  self->estimate = kouan_submission_estimate (self->submission);
  if (kouan_outbox_get_space (self->outbox) != KOUAN_OUTBOX_SPACE_FULL
      && kouan_outbox_get_free_space (self->outbox) / 2 >= self->estimate)
    return TRUE;
  g_set_error_literal (error, KOUAN_OUTBOX_ERROR, KOUAN_OUTBOX_ERROR_FULL,
                       "too little free space for another record");
  return FALSE;
}

static gboolean
refuse_used (GError **error)
{
  g_set_error_literal (error, KOUAN_OUTBOX_ERROR, KOUAN_OUTBOX_ERROR_USED,
                       "the code has brought a record already");
  return FALSE;
}

static gboolean
check_code (Submit *self, GError **error)
{
  gboolean used = FALSE;

  if (!self->submission->has_code)
    return TRUE;
  if (!kouan_codes_is_used (self->db, self->submission->code_id, &used, error))
    return FALSE;
  return !used || refuse_used (error);
}

static void
begin_manifest (Submit *self)
{
  KouanStation *station = kouan_outbox_get_station (self->outbox);
  gint64 wall_us = kouan_clock_wall_us (kouan_outbox_get_clock (self->outbox));
  g_autofree char *id = NULL;

  kouan_uuid7 (wall_us, self->manifest.record_id);
  self->manifest.kiosk_id = kouan_station_get_kiosk_id (station);
  self->manifest.hall_id = kouan_station_get_hall_id (station);
  self->manifest.created_ms = MAX (wall_us, 0) / 1000;
  self->manifest.service = self->submission->service;
  self->manifest.has_code = self->submission->has_code;
  memcpy (self->manifest.code_id, self->submission->code_id, sizeof self->manifest.code_id);
  id = kouan_uuid_to_string (self->manifest.record_id);
  self->file = g_strconcat (id, ".age", NULL);
  self->path = kouan_outbox_path (self->outbox, self->file);
}

static gboolean
write_sealed (Submit *self, GOutputStream *base, KouanHashing *hashing, GError **error)
{
  int fd = g_unix_output_stream_get_fd (G_UNIX_OUTPUT_STREAM (base));
  g_autoptr (GOutputStream) wrapped = kouan_outbox_wrap (self->outbox, base);
  g_autoptr (GOutputStream) followed = kouan_follow_stream_new (wrapped, hashing, fd);
  KouanSealing sealing = { 0 };

  sealing.recipients = kouan_station_get_recipients (kouan_outbox_get_station (self->outbox));
  sealing.time_s = self->manifest.created_ms / 1000;
  sealing.advance = on_advance;
  sealing.data = self;
  sealing.cancellable = self->cancellable;
  if (!kouan_seal (self->submission, &sealing, followed, error))
    return FALSE;
  kouan_outbox_step (self->outbox, "written");
  report (self, PART_WRITTEN);
  return TRUE;
}

/* The file is hashed as it lies there, while it is written and while the disk makes it durable. */
static gboolean
make_durable (Submit *self, KouanDurableFile *file, KouanHashing *hashing, GError **error)
{
  g_autoptr (KouanHashing) owned = hashing;
  guint64 size = 0;

  kouan_hashing_grow (owned, G_MAXUINT64); /* to its end */
  if (!kouan_durable_file_commit (file, error)
      || !kouan_hashing_finish (g_steal_pointer (&owned), self->manifest.sha256, &size, error))
    return FALSE;
  self->manifest.size = (gint64)size;
  kouan_outbox_step (self->outbox, "durable");
  report (self, PART_DURABLE);
  return TRUE;
}

static gboolean
seal (Submit *self, GError **error)
{
  g_autoptr (KouanDurableFile) file = kouan_durable_file_new (self->path, FILE_MODE, error);
  g_autoptr (KouanHashing) hashing = NULL;

  if (file == NULL)
    return FALSE;
  hashing = kouan_hashing_start_file (kouan_durable_file_get_temporary (file), error);
  return hashing != NULL
         && write_sealed (self, kouan_durable_file_get_stream (file), hashing, error)
         && make_durable (self, file, g_steal_pointer (&hashing), error)
         && !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
insert_row (Submit *self, const char *number, GError **error)
{
  KouanSigningKey *key = kouan_station_get_signing_key (kouan_outbox_get_station (self->outbox));
  g_autoptr (GBytes) message = kouan_manifest_sign (&self->manifest, key);
  g_autofree char *log = kouan_outbox_manifest_log (self->outbox);
  KouanRecordRow row = { 0 };

  memcpy (row.id, self->manifest.record_id, sizeof row.id);
  row.sequence = self->manifest.sequence;
  row.number = (char *)number;
  row.service = self->manifest.service;
  row.state = KOUAN_RECORD_QUEUED;
  row.file = self->file;
  row.size = self->manifest.size;
  memcpy (row.sha256, self->manifest.sha256, sizeof row.sha256);
  row.manifest = message;
  row.created_s = self->manifest.created_ms / 1000;
  return kouan_manifest_log_append (log, message, error)
         && kouan_records_insert (self->db, &row, error);
}

/* Returns: (transfer full): "KR1:…" */
static char *
sign_slip (Submit *self, const char *number)
{
  GArray *missing = self->submission->missing;
  KouanSlip slip = { 0 };

  slip.number = (char *)number;
  memcpy (slip.record_id, self->manifest.record_id, sizeof slip.record_id);
  slip.hall_id = self->manifest.hall_id;
  slip.service = self->manifest.service;
  slip.time_s = self->manifest.created_ms / 1000;
  slip.missing_count = missing->len;
  if (missing->len > 0)
    memcpy (slip.missing, missing->data, missing->len * sizeof (guint));
  return kouan_slip_sign (&slip,
                          kouan_station_get_signing_key (kouan_outbox_get_station (self->outbox)));
}

/* The slip is kept so that it can be printed once more. Nobody has seen it yet. */
static gboolean
keep_slip (Submit *self, const char *number, GError **error)
{
  self->slip = sign_slip (self, number);
  return kouan_slips_put (self->db, self->manifest.record_id, self->slip, error);
}

static gboolean
use_code (Submit *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!self->submission->has_code
      || kouan_codes_mark_used (self->db, self->submission->code_id, self->manifest.record_id,
                                self->manifest.created_ms / 1000, &local))
    return TRUE;
  if (g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT))
    return refuse_used (error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
drop_draft (Submit *self, GError **error)
{
  if (!self->submission->has_draft)
    return TRUE;
  self->pages = kouan_drafts_pages (self->db, self->submission->draft, error);
  return self->pages != NULL && kouan_drafts_remove (self->db, self->submission->draft, error);
}

/* Returns: (transfer full) (nullable): the receipt number, once the record counts */
static char *
commit (Submit *self, GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (self->db, error);
  g_autofree char *number = NULL;
  guint rebuilt;

  if (transaction == NULL || !kouan_outbox_rebuild (self->outbox, self->db, &rebuilt, error))
    return NULL;
  self->manifest.sequence = kouan_records_next_sequence (self->db, error);
  if (self->manifest.sequence == 0)
    return NULL;
  number = kouan_receipt_number (self->manifest.kiosk_id, self->manifest.sequence);
  if (!insert_row (self, number, error) || !keep_slip (self, number, error))
    return NULL;
  kouan_outbox_step (self->outbox, "row");
  if (!use_code (self, error) || !drop_draft (self, error))
    return NULL;
  kouan_outbox_step (self->outbox, "commit");
  if (!kouan_transaction_commit (g_steal_pointer (&transaction), error))
    return NULL;
  kouan_outbox_step (self->outbox, "counted");
  return g_steal_pointer (&number);
}

/* What is left behind if this is interrupted has no row and goes at the next start. */
static void
remove_pages (Submit *self)
{
  g_autofree char *folder
    = kouan_station_path (kouan_outbox_get_station (self->outbox), KOUAN_STATION_DRAFTS);

  for (guint i = 0; self->pages != NULL && i < self->pages->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, self->pages->pdata[i], NULL);

      g_unlink (path);
    }
}

static KouanSubmitted *
make_receipt (Submit *self, char *number)
{
  KouanSubmitted *submitted = g_new0 (KouanSubmitted, 1);

  memcpy (submitted->record_id, self->manifest.record_id, sizeof submitted->record_id);
  submitted->sequence = self->manifest.sequence;
  submitted->number = number;
  submitted->time_s = self->manifest.created_ms / 1000;
  submitted->slip = g_steal_pointer (&self->slip);
  return submitted;
}

static KouanSubmitted *
submit (Submit *self, GError **error)
{
  g_autoptr (KouanStationLock) lock = kouan_station_lock (kouan_outbox_get_station (self->outbox),
                                                          KOUAN_STATION_LOCK_SUBMIT, TRUE, TRUE);
  g_autofree char *number = NULL;

  if (lock == NULL)
    {
      g_set_error_literal (error, KOUAN_OUTBOX_ERROR, KOUAN_OUTBOX_ERROR_IO,
                           "the station's folder cannot be written");
      return NULL;
    }
  if (!check_space (self, error) || !check_code (self, error))
    return NULL;
  begin_manifest (self);
  if (seal (self, error))
    number = commit (self, error);
  if (number == NULL)
    {
      g_unlink (self->path); /* renamed, and nothing names it */
      return NULL;
    }
  remove_pages (self);
  report (self, 1.0);
  return make_receipt (self, g_steal_pointer (&number));
}

/**
 * kouan_outbox_submit:
 * @db: a connection of the calling thread, outside of any transaction
 * @progress: (nullable): called on the calling thread, never going back; 1 means that the record
 * counts
 * @cancellable: (nullable): heeded until the file is complete
 *
 * May take as long as the disk does; meant for a worker thread. When it returns a receipt, the
 * record survives a power cut. When it returns an error, nothing counts and the visit can go on:
 * draft and code are as before.
 *
 * Returns: (transfer full): what the visitor takes home; KOUAN_OUTBOX_ERROR otherwise
 */
KouanSubmitted *
kouan_outbox_submit (KouanOutbox *self,
                     KouanDatabase *db,
                     KouanSubmission *submission,
                     KouanOutboxProgress progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_auto (Submit) work = { 0 };
  g_autoptr (GError) local = NULL;
  KouanSubmitted *submitted;

  g_return_val_if_fail (KOUAN_IS_OUTBOX (self) && KOUAN_IS_DATABASE (db), NULL);
  g_return_val_if_fail (submission != NULL, NULL);

  work.outbox = self;
  work.db = db;
  work.submission = submission;
  work.progress = progress;
  work.progress_data = progress_data;
  work.cancellable = cancellable;
  submitted = submit (&work, &local);
  if (submitted == NULL)
    kouan_outbox_fail (local, error);
  return submitted;
}
