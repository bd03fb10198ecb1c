/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/database-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 5000
#define WAL_TRIES 50
#define WAL_PAUSE_MS 20
#define MOVE_TRIES 10000

/* Opening a database: create the file for its owner alone, set the connection up, bring the schema
 * up to date, and move a damaged file aside.
 *
 * FULL is not a matter of taste: with NORMAL, WAL mode loses the last commits in a power cut, and a
 * commit is what a visitor holds a receipt for. Temporary tables stay in memory because a temporary
 * file would be plain. */

static const char connection_setup[] = "PRAGMA foreign_keys = ON;"
                                       "PRAGMA trusted_schema = OFF;"
                                       "PRAGMA secure_delete = ON;"
                                       "PRAGMA cell_size_check = ON;"
                                       "PRAGMA temp_store = MEMORY;"
                                       "PRAGMA synchronous = FULL;"
                                       "PRAGMA journal_size_limit = 4194304";

/* SQLite would make the file readable for everybody; the WAL and its index take their mode from it.
 * An existing file is not touched: closing any descriptor of it would drop the locks of this
 * process's other connections. */
static void
create_private (const char *path)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
}

static gboolean
query_int (KouanDatabase *db, const char *sql, gint64 *value, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (db, sql, error);
  gboolean row;

  if (stmt == NULL || !kouan_statement_next (stmt, &row, error))
    return FALSE;
  *value = row ? kouan_statement_get_int (stmt, 0) : 0;
  return TRUE;
}

static gboolean
try_wal (KouanDatabase *db, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (db, "PRAGMA journal_mode = WAL", error);
  gboolean row;

  if (stmt == NULL || !kouan_statement_next (stmt, &row, error))
    return FALSE;
  if (row && g_strcmp0 ((const char *)sqlite3_column_text (stmt, 0), "wal") == 0)
    return TRUE;
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_IO,
                       "this file system cannot hold a write-ahead log");
  return FALSE;
}

/* Two processes that turn the same new file into WAL mode meet each other without SQLite's own
 * waiting. */
static gboolean
set_wal (KouanDatabase *db, GError **error)
{
  for (guint try = 1;; try++)
    {
      g_autoptr (GError) local = NULL;

      if (try_wal (db, &local))
        return TRUE;
      if (try == WAL_TRIES
          || !g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_BUSY))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      sqlite3_sleep (WAL_PAUSE_MS);
    }
}

static gboolean
check_owner (KouanDatabase *db, const KouanSchema *schema, gint64 version, GError **error)
{
  gint64 owner;

  if (!query_int (db, "PRAGMA application_id", &owner, error))
    return FALSE;
  if (owner == schema->application_id || (owner == 0 && version == 0))
    return TRUE;
  g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT,
               "the database belongs to something else (application_id %" G_GINT64_FORMAT ")",
               owner);
  return FALSE;
}

static gboolean
migrate_one (KouanDatabase *db, const KouanSchema *schema, guint version, GError **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u",
                                            schema->application_id, version);

  return kouan_database_run (db, schema->migrations[version - 1], error)
         && kouan_database_run (db, stamp, error);
}

/* The version is read again inside each transaction: another process may have done the work
 * meanwhile.
 * @done: nothing left to do */
static gboolean
migrate_step (KouanDatabase *db, const KouanSchema *schema, gboolean *done, GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);
  guint newest = g_strv_length ((char **)schema->migrations);
  gint64 version;

  if (transaction == NULL || !query_int (db, "PRAGMA user_version", &version, error)
      || !check_owner (db, schema, version, error))
    return FALSE;
  if (version > newest || version < 0)
    {
      g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_TOO_NEW,
                   "the database has version %" G_GINT64_FORMAT ", this program knows up to %u",
                   version, newest);
      return FALSE;
    }
  *done = version == newest;
  if (!*done && !migrate_one (db, schema, (guint)version + 1, error))
    return FALSE;
  return kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

static gboolean
migrate (KouanDatabase *db, const KouanSchema *schema, GError **error)
{
  gint64 version;
  gboolean done = FALSE;

  /* Without the write lock first: a reader of an up-to-date file must not wait for a writer. */
  if (!query_int (db, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version == g_strv_length ((char **)schema->migrations))
    return check_owner (db, schema, version, error);
  while (!done)
    if (!migrate_step (db, schema, &done, error))
      return FALSE;
  return TRUE;
}

static KouanDatabase *
open_connection (const char *path, GError **error)
{
  sqlite3 *handle = NULL;
  int code = sqlite3_open_v2 (path, &handle,
                              SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
                                | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE,
                              NULL);

  if (code != SQLITE_OK)
    {
      kouan_database_set_error (handle, code, error);
      sqlite3_close_v2 (handle);
      return NULL;
    }
  sqlite3_busy_timeout (handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  /* Until the file has proved to be ours, closing must not fold its log into it: that is evidence.
   */
  sqlite3_db_config (handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  return kouan_database_new (handle, path);
}

static const char *const companions[] = { "", "-wal", "-shm" };

static gboolean
is_taken (const char *target)
{
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *name = g_strconcat (target, companions[i], NULL);

      if (g_file_test (name, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

/* Numbered, not dated: the clock of a machine in trouble is part of the trouble.
 * Returns: (transfer full) (nullable): where the file is now */
static char *
move_aside (const char *path)
{
  for (guint n = 1; n < MOVE_TRIES; n++)
    {
      g_autofree char *target = g_strdup_printf ("%s.damaged-%u", path, n);

      if (is_taken (target) || renameat2 (AT_FDCWD, path, AT_FDCWD, target, RENAME_NOREPLACE) != 0)
        continue;
      for (guint i = 1; i < G_N_ELEMENTS (companions); i++)
        {
          g_autofree char *from = g_strconcat (path, companions[i], NULL);
          g_autofree char *to = g_strconcat (target, companions[i], NULL);

          if (rename (from, to) != 0 && errno != ENOENT)
            g_warning ("%s: cannot be moved aside: %s", from, g_strerror (errno));
        }
      return g_steal_pointer (&target);
    }
  return NULL;
}

static void
report_moved (const char *path, GError *cause, GError **error)
{
  g_autofree char *target = move_aside (path);

  if (target != NULL)
    g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT,
                 "%s is damaged (%s) and has been moved to %s", path, cause->message, target);
  else
    g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_IO,
                 "%s is damaged (%s) and cannot be moved aside", path, cause->message);
}

/**
 * kouan_database_open:
 * @path: the file; made if it is not there, its folder is not
 * @schema: what it has to hold
 *
 * Each migration and the user_version that says so are one transaction. A file that is no database,
 * is damaged or cannot be migrated is renamed with its companions to "@path.damaged-N" and reported
 * as CORRUPT: the next call would begin an empty one, and whether that is right is the caller's to
 * decide. TOO_NEW, another program's database (CONFLICT), FULL, IO and BUSY leave everything where
 * it is.
 *
 * Returns: (transfer full): a connection for the calling thread
 */
KouanDatabase *
kouan_database_open (const char *path, const KouanSchema *schema, GError **error)
{
  g_autoptr (KouanDatabase) db = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  create_private (path);
  db = open_connection (path, &local);
  if (db != NULL && kouan_database_run (db, connection_setup, &local) && set_wal (db, &local)
      && migrate (db, schema, &local))
    {
      sqlite3_db_config (kouan_database_get_handle (db), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
      return g_steal_pointer (&db);
    }

  g_clear_object (&db);
  if (g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT))
    report_moved (path, local, error);
  else
    {
      g_prefix_error (&local, "%s: ", path);
      g_propagate_error (error, g_steal_pointer (&local));
    }
  return NULL;
}
