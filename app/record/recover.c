/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/outbox.h"

#include "app/crypto/durable.h"
#include "app/record/outbox-private.h"
#include "db/kiosk/drafts.h"
#include "db/kiosk/records.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

/* What a start does about what the last end left: rows and files are made to agree again. It can be
 * interrupted anywhere and done again.
 *
 * A file without a row was never handed in, and goes. Unless the database is a new one while files
 * lie there, or a damaged one has been moved aside: then rows have been lost. They come back from
 * the log of manifests, see rebuild.c; and a file that even that does not know may be the only copy
 * of what somebody holds a receipt for. It is set aside for a person. */

#define LIST_PAGE 1000
#define SET_ASIDE "set-aside"

typedef struct
{
  KouanOutbox *outbox;
  KouanDatabase *db;
  KouanOutboxRecovery *done;
  gint64 now_s;
  GHashTable *named;    /* files that a row names */
  GPtrArray *manifests; /* of those rows */
  gboolean rows_lost;
  gboolean sync_runs;
} Recover;

static void
recover_clear (Recover *self)
{
  g_clear_pointer (&self->named, g_hash_table_unref);
  g_clear_pointer (&self->manifests, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Recover, recover_clear)

static gboolean
find_out_whether_rows_were_lost (Recover *self, GError **error)
{
  gint64 last = kouan_records_last_sequence (self->db, error);

  self->rows_lost = last == 0 || kouan_outbox_has_damaged_database (self->outbox);
  return last >= 0;
}

/* A kiosk that has lost its numbers still serves whoever comes for something else, and still sends
 * what it has: only submitting needs a number, and refuses. */
static gboolean
bring_back_rows (Recover *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (kouan_outbox_rebuild (self->outbox, self->db, &self->done->rebuilt, &local))
    return TRUE;
  if (!g_error_matches (local, KOUAN_OUTBOX_ERROR, KOUAN_OUTBOX_ERROR_NUMBERS))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_message ("%s", local->message);
  return TRUE;
}

static gboolean
file_is_whole (Recover *self, const KouanRecordRow *row)
{
  g_autofree char *path = kouan_outbox_path (self->outbox, row->file);
  struct stat status;

  return g_stat (path, &status) == 0 && S_ISREG (status.st_mode) && status.st_size == row->size;
}

static gboolean
settle_row (Recover *self, const KouanRecordRow *row, GError **error)
{
  g_hash_table_add (self->named, g_strdup (row->file));
  g_ptr_array_add (self->manifests, g_bytes_ref (row->manifest));
  if (row->state <= KOUAN_RECORD_COMMITTED && !row->rebuilt && !file_is_whole (self, row))
    {
      self->done->refused++;
      return kouan_records_set_state (self->db, row->id, KOUAN_RECORD_REFUSED, NULL,
                                      "the sealed file is not there or has another size",
                                      self->now_s, error);
    }
  if (row->state == KOUAN_RECORD_SENDING && !self->sync_runs)
    {
      self->done->requeued++;
      return kouan_records_set_state (self->db, row->id, KOUAN_RECORD_QUEUED, NULL,
                                      "interrupted while it was being sent", self->now_s, error);
    }
  return TRUE;
}

static gboolean
settle_rows (Recover *self, GError **error)
{
  gint64 after = 0;
  guint count;

  do
    {
      g_autoptr (GPtrArray) rows = kouan_records_list_present (self->db, after, LIST_PAGE, error);

      if (rows == NULL)
        return FALSE;
      count = rows->len;
      for (guint i = 0; i < count; i++)
        {
          const KouanRecordRow *row = rows->pdata[i];

          after = row->sequence;
          if (!settle_row (self, row, error))
            return FALSE;
        }
    }
  while (count == LIST_PAGE);
  return TRUE;
}

/* The newest manifest stays in the log also when its record is erased: it carries the last number.
 */
static gboolean
tidy_manifests (Recover *self, GError **error)
{
  gint64 last = kouan_records_last_sequence (self->db, error);
  g_autoptr (GPtrArray) newest
    = last > 0 ? kouan_records_list (self->db, last - 1, 1, error) : NULL;
  GBytes *manifest = NULL;

  if (last < 0 || (last > 0 && newest == NULL))
    return FALSE;
  if (newest != NULL && newest->len > 0)
    manifest = ((KouanRecordRow *)newest->pdata[0])->manifest;
  return kouan_outbox_tidy_manifests (self->outbox, self->manifests, manifest, error);
}

static void
set_aside (Recover *self, const char *folder, const char *name)
{
  g_autofree char *target_folder = g_build_filename (folder, SET_ASIDE, NULL);
  g_autofree char *from = g_build_filename (folder, name, NULL);
  g_autofree char *to = g_build_filename (target_folder, name, NULL);

  g_mkdir (target_folder, 0700);
  if (g_rename (from, to) != 0)
    g_warning ("%s: cannot be set aside: %s", from, g_strerror (errno));
  else
    self->done->files_set_aside++;
}

/* Names of the regular files of a folder. Subfolders are nobody's business here. */
static GPtrArray *
list_files (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat status;

      if (g_lstat (path, &status) == 0 && S_ISREG (status.st_mode))
        g_ptr_array_add (names, g_strdup (name));
    }
  return names;
}

static gboolean
remove_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_unlink (path) == 0)
    return TRUE;
  g_warning ("%s: cannot be removed: %s", path, g_strerror (errno));
  return FALSE;
}

static void
settle_files (Recover *self)
{
  g_autofree char *folder
    = kouan_station_path (kouan_outbox_get_station (self->outbox), KOUAN_STATION_RECORDS);
  g_autoptr (GPtrArray) names = list_files (folder);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      gboolean unfinished = name[0] == '.'; /* never renamed: no row has ever named it */

      if (g_hash_table_contains (self->named, name))
        continue;
      if (self->rows_lost && !unfinished)
        set_aside (self, folder, name);
      else if (remove_file (folder, name))
        self->done->files_removed++;
    }
}

static gboolean
expire_drafts (Recover *self, GError **error)
{
  g_autoptr (GPtrArray) names = kouan_drafts_expired (self->db, self->now_s, error);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      if (!kouan_drafts_remove (self->db, g_bytes_get_data (names->pdata[i], NULL), error))
        return FALSE;
      self->done->drafts_expired++;
    }
  return TRUE;
}

/* Pages of drafts can be removed even if rows were lost: without its row no code finds a draft any
 * more. */
static gboolean
settle_pages (Recover *self, GError **error)
{
  g_autofree char *folder
    = kouan_station_path (kouan_outbox_get_station (self->outbox), KOUAN_STATION_DRAFTS);
  g_autoptr (GPtrArray) rows = kouan_drafts_pages (self->db, NULL, error);
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = NULL;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (named, rows->pdata[i]);
  names = list_files (folder);
  for (guint i = 0; i < names->len; i++)
    if (!g_hash_table_contains (named, names->pdata[i]) && remove_file (folder, names->pdata[i]))
      self->done->pages_removed++;
  return TRUE;
}

static gboolean
recover (Recover *self, GError **error)
{
  KouanStation *station = kouan_outbox_get_station (self->outbox);
  g_autoptr (KouanStationLock) lock
    = kouan_station_lock (station, KOUAN_STATION_LOCK_SUBMIT, FALSE, FALSE);
  g_autoptr (KouanStationLock) sync_lock
    = kouan_station_lock (station, KOUAN_STATION_LOCK_SYNC, FALSE, FALSE);

  if (lock == NULL)
    {
      g_set_error_literal (
        error, KOUAN_OUTBOX_ERROR, KOUAN_OUTBOX_ERROR_BUSY,
        "another process is submitting a record, or the folder cannot be written");
      return FALSE;
    }
  self->sync_runs = sync_lock == NULL;
  if (!find_out_whether_rows_were_lost (self, error) || !bring_back_rows (self, error)
      || !settle_rows (self, error) || !tidy_manifests (self, error))
    return FALSE;
  settle_files (self);
  return expire_drafts (self, error) && settle_pages (self, error);
}

/**
 * kouan_outbox_recover:
 * @db: a connection of the calling thread
 * @done: (out caller-allocates): what there was to do
 *
 * To be called by the kiosk when it starts. A sync that is running keeps what it is sending.
 *
 * Returns: FALSE with a KOUAN_OUTBOX_ERROR: BUSY while somebody submits, FULL, IO
 */
gboolean
kouan_outbox_recover (KouanOutbox *self,
                      KouanDatabase *db,
                      KouanOutboxRecovery *done,
                      GError **error)
{
  g_auto (Recover) work = { 0 };
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (KOUAN_IS_OUTBOX (self) && KOUAN_IS_DATABASE (db), FALSE);
  g_return_val_if_fail (done != NULL, FALSE);

  *done = (KouanOutboxRecovery){ 0 };
  work.outbox = self;
  work.db = db;
  work.done = done;
  work.now_s = kouan_clock_wall_s (kouan_outbox_get_clock (self));
  work.named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  work.manifests = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  return recover (&work, &local) || kouan_outbox_fail (local, error);
}
