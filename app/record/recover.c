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
 * lie there, or a damaged one has been moved aside: then rows may have been lost, and such a file
 * may be the only copy of what somebody holds a receipt for. It is set aside for a person. */

#define LIST_PAGE 1000
#define SET_ASIDE "set-aside"
#define DAMAGED_MARK KOUAN_STATION_DATABASE ".damaged-"

typedef struct
{
  KouanOutbox *outbox;
  KouanDatabase *db;
  KouanOutboxRecovery *done;
  gint64 now_s;
  GHashTable *named; /* files that a row names */
  gboolean rows_lost;
  gboolean sync_runs;
} Recover;

static void
recover_clear (Recover *self)
{
  g_clear_pointer (&self->named, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Recover, recover_clear)

static gboolean
has_damaged_sibling (KouanStation *station)
{
  g_autoptr (GDir) dir = g_dir_open (kouan_station_get_folder (station), 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, DAMAGED_MARK))
      return TRUE;
  return FALSE;
}

static gboolean
find_out_whether_rows_were_lost (Recover *self, GError **error)
{
  KouanRecordBalance balance;

  if (!kouan_records_balance (self->db, &balance, error))
    return FALSE;
  self->rows_lost
    = balance.captured == 0 || has_damaged_sibling (kouan_outbox_get_station (self->outbox));
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
  if (row->file == NULL)
    return TRUE;
  g_hash_table_add (self->named, g_strdup (row->file));
  if (row->state <= KOUAN_RECORD_COMMITTED && !file_is_whole (self, row))
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
      g_autoptr (GPtrArray) rows = kouan_records_list (self->db, after, LIST_PAGE, error);

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
  if (!find_out_whether_rows_were_lost (self, error) || !settle_rows (self, error))
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
  return recover (&work, &local) || kouan_outbox_fail (local, error);
}
