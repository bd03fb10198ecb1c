/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/statement.h"

/* Prepared statements, and the border where SQLite's result codes become ours. A statement finds
 * its own connection, so that only preparing needs the database. */

static KouanDatabaseError
translate (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
    case SQLITE_TOOBIG:
      return KOUAN_DATABASE_ERROR_FULL;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_NOLFS:
      return KOUAN_DATABASE_ERROR_IO;
    case SQLITE_CONSTRAINT:
      return KOUAN_DATABASE_ERROR_CONFLICT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return KOUAN_DATABASE_ERROR_BUSY;
    default:
      /* What is left means that the file does not hold the tables that its version promises. */
      return KOUAN_DATABASE_ERROR_CORRUPT;
    }
}

/**
 * kouan_database_set_error:
 * @code: a result code of SQLite, plain or extended
 *
 * SQLite's messages name tables and columns and never a value, so they may go to the log.
 */
void
kouan_database_set_error (sqlite3 *handle, int code, GError **error)
{
  if ((code & 0xff) == SQLITE_NOMEM)
    g_error ("SQLite is out of memory"); /* as GLib does */
  g_set_error (error, KOUAN_DATABASE_ERROR, translate (code), "SQLite %d: %s", code,
               handle != NULL ? sqlite3_errmsg (handle) : sqlite3_errstr (code));
}

/**
 * kouan_statement_next:
 * @row: (out): whether there is a row to read
 *
 * Returns: FALSE with an error if the statement could not go on
 */
gboolean
kouan_statement_next (sqlite3_stmt *stmt, gboolean *row, GError **error)
{
  int code = sqlite3_step (stmt);

  *row = code == SQLITE_ROW;
  if (code == SQLITE_ROW || code == SQLITE_DONE)
    return TRUE;
  kouan_database_set_error (sqlite3_db_handle (stmt), code, error);
  sqlite3_reset (stmt);
  return FALSE;
}

/* Runs a statement to its end, for those that answer nothing, and leaves it ready for another turn.
 */
gboolean
kouan_statement_run (sqlite3_stmt *stmt, GError **error)
{
  gboolean row;

  do
    if (!kouan_statement_next (stmt, &row, error))
      return FALSE;
  while (row);
  sqlite3_reset (stmt);
  return TRUE;
}

/* Returns: how many rows the last INSERT, UPDATE or DELETE of this connection changed */
gint64
kouan_statement_changes (sqlite3_stmt *stmt)
{
  return sqlite3_changes64 (sqlite3_db_handle (stmt));
}

/* Binding fails for lack of memory or for an index that the SQL does not have: neither is news to
 * act on. */
static void
assert_bound (int code)
{
  g_assert (code == SQLITE_OK);
}

void
kouan_statement_bind_int (sqlite3_stmt *stmt, int index, gint64 value)
{
  assert_bound (sqlite3_bind_int64 (stmt, index, value));
}

/* @text: (nullable) */
void
kouan_statement_bind_text (sqlite3_stmt *stmt, int index, const char *text)
{
  assert_bound (sqlite3_bind_text (stmt, index, text, -1, SQLITE_TRANSIENT));
}

void
kouan_statement_bind_blob (sqlite3_stmt *stmt, int index, const guint8 *data, gsize size)
{
  /* A NULL pointer would bind SQL NULL, and no bytes are not the same as no value. */
  assert_bound (
    sqlite3_bind_blob64 (stmt, index, size > 0 ? (const void *)data : "", size, SQLITE_TRANSIENT));
}

/* @bytes: (nullable) */
void
kouan_statement_bind_bytes (sqlite3_stmt *stmt, int index, GBytes *bytes)
{
  gsize size;
  const guint8 *data;

  if (bytes == NULL)
    {
      assert_bound (sqlite3_bind_null (stmt, index));
      return;
    }
  data = g_bytes_get_data (bytes, &size);
  kouan_statement_bind_blob (stmt, index, data, size);
}

gint64
kouan_statement_get_int (sqlite3_stmt *stmt, int column)
{
  return sqlite3_column_int64 (stmt, column);
}

/* Returns: (transfer full) (nullable) */
char *
kouan_statement_dup_text (sqlite3_stmt *stmt, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (stmt, column));
}

/* Returns: (transfer full) (nullable): NULL for SQL NULL */
GBytes *
kouan_statement_dup_bytes (sqlite3_stmt *stmt, int column)
{
  const void *data = sqlite3_column_blob (stmt, column);

  if (sqlite3_column_type (stmt, column) == SQLITE_NULL)
    return NULL;
  return g_bytes_new (data, sqlite3_column_bytes (stmt, column));
}

/* Returns: FALSE if the column does not hold exactly @size bytes, which no row of ours does */
gboolean
kouan_statement_get_fixed (sqlite3_stmt *stmt, int column, guint8 *data, gsize size)
{
  const void *stored = sqlite3_column_blob (stmt, column);

  if (stored == NULL || (gsize)sqlite3_column_bytes (stmt, column) != size)
    return FALSE;
  memcpy (data, stored, size);
  return TRUE;
}
