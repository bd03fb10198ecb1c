/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/stick.h"

#include "app/crypto/digest.h"
#include "app/crypto/durable.h"
#include "app/session/draft-carry.h"
#include "app/sync/anchor.h"
#include "app/sync/hub-receipt.h"
#include "app/sync/run-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* A stick is a slow line that is carried. Nothing on it is believed but signatures, nothing is
 * taken from it but what this kiosk asked for, and a file counts only when it is whole: each is
 * written beside its place, synced and renamed, so that a stick that is pulled half-way holds some
 * records and not half of one. What is not ours on it is left alone.
 *
 * Records that the hub has signed for are offered again, by their manifest alone: a hub that was
 * restored from a backup answers by asking for the bytes (a ".wanted" beside the manifest). */

#define STEP (256 * 1024)
#define FILE_MODE 0600
#define FOLDER_MODE 0700
#define RECEIPT_SIZE_MAX 16384
#define LIST_PAGE 1000
#define LISTS_ROOM (1024 * 1024) /* for what the hub commonly has to say beside receipts */

typedef struct
{
  KouanSyncRun *run;
  const char *folder; /* of this kiosk, on the stick */
  KouanStickReport *report;
  guint *awaited; /* answers: the manifests that are on the stick, of any kiosk */
} Export;

/* Returns: (transfer full): where a kiosk's records lie on a stick */
char *
kouan_stick_kiosk_folder (const char *stick, guint kiosk_id)
{
  g_autofree char *name = g_strdup_printf ("kiosk-%u", kiosk_id);

  return g_build_filename (stick, KOUAN_STICK_FOLDER, name, NULL);
}

/* Returns: (transfer full) (nullable): the whole of a small file; NULL if it is larger, or no file
 * at all: a stick may hold anything */
GBytes *
kouan_stick_read (const char *path, gsize size_max)
{
  GStatBuf status;
  char *text = NULL;
  gsize size = 0;

  if (g_lstat (path, &status) != 0 || !S_ISREG (status.st_mode) || (gsize)status.st_size > size_max
      || !g_file_get_contents (path, &text, &size, NULL))
    return NULL;
  return g_bytes_new_take (text, size);
}

static char *
path_of (const char *folder, const KouanRecordRow *row, const char *suffix)
{
  g_autofree char *id = kouan_uuid_to_string (row->id);
  g_autofree char *name = g_strconcat (id, suffix, NULL);

  return g_build_filename (folder, name, NULL);
}

static gboolean
hash_file (const char *path, guint8 digest[static KOUAN_SHA256_SIZE])
{
  g_autoptr (KouanDigest) sha256 = kouan_digest_new ();
  g_autofree guint8 *step = g_malloc (STEP);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  ssize_t got = -1;

  while (fd >= 0 && ((got = read (fd, step, STEP)) > 0 || (got < 0 && errno == EINTR)))
    if (got > 0)
      kouan_digest_update (sha256, step, (gsize)got);
  if (fd >= 0)
    close (fd);
  kouan_digest_finish (sha256, digest);
  return fd >= 0 && got == 0;
}

static gboolean
is_record (const char *path, const KouanRecordRow *row)
{
  guint8 digest[KOUAN_SHA256_SIZE];

  return hash_file (path, digest) && memcmp (digest, row->sha256, sizeof digest) == 0;
}

/* @error: of G_IO_ERROR */
static gboolean
copy_bytes (const char *from, KouanDurableFile *to, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (from);
  g_autoptr (GFileInputStream) in = g_file_read (file, NULL, error);
  g_autofree guint8 *step = g_malloc (STEP);
  gssize got;

  if (in == NULL)
    return FALSE;
  while ((got = g_input_stream_read (G_INPUT_STREAM (in), step, STEP, NULL, error)) > 0)
    if (!g_output_stream_write_all (kouan_durable_file_get_stream (to), step, (gsize)got, NULL,
                                    NULL, error))
      return FALSE;
  return got == 0;
}

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autoptr (KouanDurableFile) file = kouan_durable_file_new (to, FILE_MODE, error);

  return file != NULL && copy_bytes (from, file, error) && kouan_durable_file_commit (file, error);
}

static guint
count_manifests_in (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;
  guint count = 0;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    count += g_str_has_suffix (name, KOUAN_STICK_MANIFEST);
  return count;
}

/* Of every kiosk that has used the stick since the hub has read it. */
static guint
count_manifests (const char *stick)
{
  g_autofree char *all = g_build_filename (stick, KOUAN_STICK_FOLDER, NULL);
  g_autoptr (GDir) kiosks = g_dir_open (all, 0, NULL);
  const char *name;
  guint count = 0;

  while (kiosks != NULL && (name = g_dir_read_name (kiosks)) != NULL)
    {
      g_autofree char *folder = g_build_filename (all, name, NULL);

      count += count_manifests_in (folder);
    }
  return count;
}

/* The hub's answers come back on the same stick: beside what is written now there has to be room
 * for a receipt of each record that it is asked about, each in clusters of its own, and for lists.
 * A stick that does not say how much room it has is believed to have some.
 *
 * @size: of the bytes that go with the manifest, if any */
static gboolean
has_room (const Export *self, const KouanRecordRow *row, gint64 size, GError **error)
{
  struct statvfs stick;
  guint64 cluster, receipt, manifest, needed;

  if (statvfs (self->folder, &stick) != 0 || stick.f_frsize == 0)
    return TRUE;
  cluster = stick.f_frsize;
  receipt = (RECEIPT_SIZE_MAX + cluster - 1) / cluster * cluster;
  manifest = (g_bytes_get_size (row->manifest) + cluster - 1) / cluster * cluster;
  needed = (guint64)size + manifest + (*self->awaited + 1) * receipt + LISTS_ROOM;
  if ((guint64)stick.f_bavail * cluster >= needed)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
               "record %s and its answer have no room on the stick", row->number);
  return FALSE;
}

static gboolean
write_manifest (const Export *self, const KouanRecordRow *row, GError **error)
{
  g_autofree char *path = path_of (self->folder, row, KOUAN_STICK_MANIFEST);
  gboolean is_new = !g_file_test (path, G_FILE_TEST_EXISTS);
  gsize size;
  const guint8 *data = g_bytes_get_data (row->manifest, &size);

  if (is_new && !has_room (self, row, 0, error))
    return FALSE;
  if (!kouan_write_file_durably (path, data, size, FILE_MODE, error))
    return FALSE;
  *self->awaited += is_new;
  return TRUE;
}

/* The bytes first: a manifest without them only asks. */
static gboolean
export_record (const Export *self, const KouanRecordRow *row, GError **error)
{
  g_autofree char *from = kouan_outbox_path (self->run->outbox, row->file);
  g_autofree char *to = path_of (self->folder, row, KOUAN_STICK_RECORD);
  g_autofree char *wanted = path_of (self->folder, row, KOUAN_STICK_WANTED);
  gboolean bytes = row->state != KOUAN_RECORD_COMMITTED || g_file_test (wanted, G_FILE_TEST_EXISTS);
  gboolean kept = bytes && is_record (to, row);

  if (bytes && !kept && !is_record (from, row))
    {
      g_message ("record %s: its file is not what was sealed; it stays for the sync to judge",
                 row->number);
      return TRUE;
    }
  if (bytes && !kept && (!has_room (self, row, row->size, error) || !copy_file (from, to, error)))
    return FALSE;
  if (!write_manifest (self, row, error))
    return FALSE;
  if (!bytes)
    self->report->offered++;
  else if (kept)
    self->report->kept++;
  else
    self->report->exported++;
  return TRUE;
}

/* Whether its bytes went, were there, or found no room: this record has had its turn. */
static void
count_exported (const Export *self, const KouanRecordRow *row)
{
  self->run->progress.records_done++;
  self->run->progress.bytes_done += row->size;
  self->run->report->bytes += row->size;
  kouan_sync_run_report_progress (self->run);
}

static void
count_all (KouanSyncRun *self)
{
  g_autoptr (GError) error = NULL;
  KouanRecordBalance balance;

  self->progress = (KouanSyncProgress){ .left_s = -1 };
  self->started_us = kouan_clock_boot_us (self->clock);
  if (!kouan_records_balance (self->db, &balance, &error))
    {
      g_message ("%s", error->message);
      return;
    }
  self->progress.records_total = (guint)(balance.queued + balance.sent);
  self->progress.bytes_total = balance.bytes_waiting;
}

static gboolean
export_rows (gconstpointer work, GPtrArray *rows, GError **error)
{
  const Export *self = work;

  for (guint i = 0; i < rows->len; i++)
    {
      const KouanRecordRow *row = rows->pdata[i];
      g_autoptr (GError) local = NULL;
      gboolean done;

      if (row->state > KOUAN_RECORD_COMMITTED)
        continue;
      done = export_record (self, row, &local);
      count_exported (self, row);
      if (done)
        continue;
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
        {
          g_set_error_literal (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL, local->message);
          return FALSE;
        }
      self->report->full++; /* a smaller one may still fit */
    }
  return TRUE;
}

static gboolean
fail_local (const GError *cause, GError **error)
{
  g_set_error_literal (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL, cause->message);
  return FALSE;
}

static gboolean
make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, FOLDER_MODE) == 0)
    return TRUE;
  g_set_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL, "%s: %s", folder,
               g_strerror (errno));
  return FALSE;
}

typedef gboolean (*EachPage) (gconstpointer work, GPtrArray *rows, GError **error);

static gboolean
for_each_page (KouanSyncRun *self, EachPage func, gconstpointer work, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 after = 0;
  guint count;

  do
    {
      g_autoptr (GPtrArray) rows = kouan_records_list_present (self->db, after, LIST_PAGE, &local);

      if (rows == NULL)
        return fail_local (local, error);
      count = rows->len;
      if (count > 0)
        after = ((KouanRecordRow *)rows->pdata[count - 1])->sequence;
      if (!func (work, rows, error))
        return FALSE;
    }
  while (count == LIST_PAGE);
  return TRUE;
}

/* Its anchor comes back on the same stick. One that finds no room is no reason to stop. */
static void
export_audit_head (const Export *self)
{
  g_autofree char *path = g_build_filename (self->folder, KOUAN_STICK_AUDIT_HEAD, NULL);
  g_autoptr (GBytes) message = kouan_sync_describe_audit (self->run);
  g_autoptr (GError) error = NULL;
  gsize size;
  const guint8 *data;

  if (message == NULL)
    return;
  data = g_bytes_get_data (message, &size);
  if (!kouan_write_file_durably (path, data, size, FILE_MODE, &error))
    g_message ("%s", error->message);
}

/**
 * kouan_sync_run_export:
 * @stick: where it is mounted
 *
 * Puts every record that the hub has not signed for on the stick, and leaves room for the answers.
 * No row changes its state: only a receipt does that. Done again, it adds what is new.
 *
 * Returns: FALSE with KOUAN_SYNC_ERROR_LOCAL; what was whole by then stays there
 */
gboolean
kouan_sync_run_export (KouanSyncRun *self,
                       const char *stick,
                       KouanStickReport *report,
                       GError **error)
{
  g_autofree char *folder
    = kouan_stick_kiosk_folder (stick, kouan_station_get_kiosk_id (self->station));
  g_autoptr (KouanStationLock) lock = NULL;
  guint awaited = count_manifests (stick);
  const Export work = { self, folder, report, &awaited };
  KouanSyncReport run;

  *report = (KouanStickReport){ 0 };
  if (!kouan_sync_run_begin (self, &lock, &run, error) || !make_folder (folder, error))
    return FALSE;
  count_all (self);
  if (!for_each_page (self, export_rows, &work, error))
    return FALSE;
  export_audit_head (&work);
  return TRUE;
}

typedef struct
{
  KouanSyncRun *run;
  const char *folder;
} Import;

static void
remove_from_stick (const char *folder, const KouanRecordRow *row)
{
  static const char *const suffixes[]
    = { KOUAN_STICK_RECORD, KOUAN_STICK_MANIFEST, KOUAN_STICK_RECEIPT, KOUAN_STICK_WANTED };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = path_of (folder, row, suffixes[i]);

      g_unlink (path);
    }
}

/* A receipt that cannot be believed is a matter for the log: the next stick may bring a better one.
 * What is signed for makes room on the stick. */
static gboolean
import_record (const Import *self, const KouanRecordRow *row, GError **error)
{
  g_autofree char *path = path_of (self->folder, row, KOUAN_STICK_RECEIPT);
  GBytes *found = kouan_stick_read (path, RECEIPT_SIZE_MAX);
  g_autoptr (GByteArray) bytes = found != NULL ? g_bytes_unref_to_array (found) : NULL;
  g_autoptr (GBytes) receipt = NULL;
  g_autofree char *trouble = NULL;
  g_autoptr (GError) local = NULL;
  KouanSent sent;

  if (bytes == NULL)
    return TRUE;
  sent = kouan_sync_judge_receipt (self->run, row, bytes, &receipt, &trouble, &local);
  if (sent == KOUAN_SENT_FAILED)
    {
      g_message ("record %s: the receipt on the stick: %s", row->number, local->message);
      return TRUE;
    }
  if (!kouan_sync_settle (self->run, row, sent, receipt, trouble, error))
    return FALSE;
  remove_from_stick (self->folder, row);
  return TRUE;
}

static gboolean
import_rows (gconstpointer work, GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const KouanRecordRow *row = rows->pdata[i];

      if (row->state <= KOUAN_RECORD_COMMITTED && !import_record (work, row, error))
        return FALSE;
    }
  return TRUE;
}

static void
import_lists (const Import *self)
{
  for (KouanListKind kind = KOUAN_LIST_APPOINTMENTS; kind <= KOUAN_LIST_ROSTER; kind++)
    {
      g_autofree char *name
        = g_strconcat (kouan_list_kind_to_string (kind), KOUAN_STICK_LIST, NULL);
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_autoptr (GBytes) message = kouan_stick_read (path, KOUAN_LIST_SIZE_MAX);

      if (message != NULL)
        kouan_sync_take_list (self->run, kind, message);
    }
}

static void
import_anchor (const Import *self)
{
  g_autofree char *path = g_build_filename (self->folder, KOUAN_STICK_AUDIT_ANCHOR, NULL);
  g_autoptr (GBytes) receipt = kouan_stick_read (path, RECEIPT_SIZE_MAX);

  if (receipt != NULL)
    kouan_sync_take_anchor (self->run, receipt);
}

/* Visits that another kiosk of the hall has handed over, for whoever shows their codes here. */
static gboolean
import_visits (KouanSyncRun *self, const char *stick, GError **error)
{
  g_autofree char *drafts = kouan_station_path (self->station, KOUAN_STATION_DRAFTS);
  g_autoptr (GError) local = NULL;

  return kouan_draft_carry_in (self->db, drafts, stick, kouan_clock_wall_s (self->clock),
                               &self->report->visits, &local)
         || fail_local (local, error);
}

/**
 * kouan_sync_run_import:
 * @stick: where it is mounted
 *
 * Takes the hub's receipts and lists from a stick, with the same checks as from the line.
 */
gboolean
kouan_sync_run_import (KouanSyncRun *self,
                       const char *stick,
                       KouanSyncReport *report,
                       GError **error)
{
  g_autofree char *folder
    = kouan_stick_kiosk_folder (stick, kouan_station_get_kiosk_id (self->station));
  g_autoptr (KouanStationLock) lock = NULL;
  const Import work = { self, folder };
  KouanRecordBalance balance;
  g_autoptr (GError) local = NULL;

  if (!kouan_sync_run_begin (self, &lock, report, error)
      || !for_each_page (self, import_rows, &work, error))
    return FALSE;
  import_lists (&work);
  import_anchor (&work);
  if (!import_visits (self, stick, error))
    return FALSE;
  if (!kouan_records_balance (self->db, &balance, &local))
    return fail_local (local, error);
  report->waiting = balance.queued;
  return TRUE;
}
