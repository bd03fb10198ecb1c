/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/drafts.h"

#include "db/statement.h"

/* Parked visits. Nothing here is readable without the visitor's code, and nothing goes into the
 * audit log: that somebody parked is nobody's business. */

/**
 * kouan_drafts_save:
 * @box: sealed with a key that only the visitor's code gives
 *
 * A draft that is there already is replaced; its pages stay.
 */
gboolean
kouan_drafts_save (KouanDatabase *db,
                   const guint8 name[static KOUAN_DRAFT_NAME_SIZE],
                   GBytes *box,
                   gint64 now_s,
                   gint64 expires_s,
                   GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  g_return_val_if_fail (box != NULL, FALSE);

  stmt = kouan_statement_prepare (
    db,
    "INSERT INTO drafts (name, box, saved_s, expires_s) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (name) DO UPDATE SET box = excluded.box, saved_s = excluded.saved_s,"
    "  expires_s = excluded.expires_s",
    error);
  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_blob (stmt, 1, name, KOUAN_DRAFT_NAME_SIZE);
  kouan_statement_bind_bytes (stmt, 2, box);
  kouan_statement_bind_int (stmt, 3, now_s);
  kouan_statement_bind_int (stmt, 4, expires_s);
  return kouan_statement_run (stmt, error);
}

GBytes *
kouan_drafts_load (KouanDatabase *db,
                   const guint8 name[static KOUAN_DRAFT_NAME_SIZE],
                   GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "SELECT box FROM drafts WHERE name = ?", error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_blob (stmt, 1, name, KOUAN_DRAFT_NAME_SIZE);
  if (!kouan_statement_next (stmt, &row, error))
    return NULL;
  if (row)
    return kouan_statement_dup_bytes (stmt, 0);
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
                       "no such draft");
  return NULL;
}

/**
 * kouan_drafts_remove:
 *
 * Takes its page rows with it; the files of the pages are the caller's. A draft that is not there
 * is no error: what was wanted is so.
 */
gboolean
kouan_drafts_remove (KouanDatabase *db,
                     const guint8 name[static KOUAN_DRAFT_NAME_SIZE],
                     GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "DELETE FROM drafts WHERE name = ?", error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_blob (stmt, 1, name, KOUAN_DRAFT_NAME_SIZE);
  return kouan_statement_run (stmt, error);
}

/* Returns: (transfer full) (element-type GBytes): the names of the drafts whose time is over */
GPtrArray *
kouan_drafts_expired (KouanDatabase *db, gint64 now_s, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT name FROM drafts WHERE expires_s <= ? ORDER BY expires_s, name", error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_int (stmt, 1, now_s);
  while (kouan_statement_next (stmt, &row, error))
    {
      if (!row)
        return g_steal_pointer (&names);
      g_ptr_array_add (names, kouan_statement_dup_bytes (stmt, 0));
    }
  return NULL;
}

/**
 * kouan_drafts_add_page:
 * @size: bytes of the sealed page
 *
 * Returns: FALSE with CONFLICT if there is no such draft or the file has a row already
 */
gboolean
kouan_drafts_add_page (KouanDatabase *db,
                       const guint8 name[static KOUAN_DRAFT_NAME_SIZE],
                       const char *file,
                       gint64 size,
                       GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  g_return_val_if_fail (file != NULL, FALSE);

  stmt = kouan_statement_prepare (
    db, "INSERT INTO draft_pages (file, draft, size) VALUES (?, ?, ?)", error);
  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, file);
  kouan_statement_bind_blob (stmt, 2, name, KOUAN_DRAFT_NAME_SIZE);
  kouan_statement_bind_int (stmt, 3, size);
  return kouan_statement_run (stmt, error);
}

gboolean
kouan_drafts_remove_page (KouanDatabase *db, const char *file, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "DELETE FROM draft_pages WHERE file = ?", error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, file);
  return kouan_statement_run (stmt, error);
}

/**
 * kouan_drafts_pages:
 * @name: (nullable): of one draft, or NULL for all
 *
 * Returns: (transfer full) (element-type utf8): names of files, in the order in which they were
 * added
 */
GPtrArray *
kouan_drafts_pages (KouanDatabase *db, const guint8 *name, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT file FROM draft_pages WHERE ?1 IS NULL OR draft = ?1 ORDER BY rowid", error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  if (name != NULL)
    kouan_statement_bind_blob (stmt, 1, name, KOUAN_DRAFT_NAME_SIZE);
  while (kouan_statement_next (stmt, &row, error))
    {
      if (!row)
        return g_steal_pointer (&files);
      g_ptr_array_add (files, kouan_statement_dup_text (stmt, 0));
    }
  return NULL;
}
