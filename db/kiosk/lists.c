/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/lists.h"

#include "db/kiosk/audit.h"
#include "db/statement.h"

/* A list is replaced in one transaction, so it is there whole or not at all, and only by a newer
 * one, so it is never rolled back. */

void
kouan_list_row_free (KouanListRow *row)
{
  g_clear_pointer (&row->content, g_bytes_unref);
  g_free (row);
}

/* Returns: (transfer full): the list in use; NULL with NOT_FOUND if none has come yet */
KouanListRow *
kouan_lists_find (KouanDatabase *db, const char *kind, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT version, issued_s, content FROM lists WHERE kind = ?", error);
  KouanListRow *row;
  gboolean found;

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_text (stmt, 1, kind);
  if (!kouan_statement_next (stmt, &found, error))
    return NULL;
  if (!found)
    {
      g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
                           "no such list yet");
      return NULL;
    }
  row = g_new0 (KouanListRow, 1);
  row->version = kouan_statement_get_int (stmt, 0);
  row->issued_s = kouan_statement_get_int (stmt, 1);
  row->content = kouan_statement_dup_bytes (stmt, 2);
  return row;
}

static gboolean
put (KouanDatabase *db, const char *kind, const KouanListRow *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "INSERT INTO lists (kind, version, issued_s, content) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (kind) DO UPDATE SET version = excluded.version, issued_s = excluded.issued_s,"
    "  content = excluded.content WHERE excluded.version > version",
    error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, kind);
  kouan_statement_bind_int (stmt, 2, row->version);
  kouan_statement_bind_int (stmt, 3, row->issued_s);
  kouan_statement_bind_bytes (stmt, 4, row->content);
  if (!kouan_statement_run (stmt, error))
    return FALSE;
  if (kouan_statement_changes (stmt) > 0)
    return TRUE;
  g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT,
               "version %" G_GINT64_FORMAT " of the list of %s is not newer than the one in use",
               row->version, kind);
  return FALSE;
}

/**
 * kouan_lists_replace:
 *
 * Returns: FALSE with CONFLICT for a version that is not larger than the one in use
 */
gboolean
kouan_lists_replace (
  KouanDatabase *db, const char *kind, const KouanListRow *row, gint64 now_s, GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);
  g_autofree char *version = g_strdup_printf ("%" G_GINT64_FORMAT, row->version);

  return transaction != NULL && put (db, kind, row, error)
         && kouan_audit_append (db, now_s, "kiosk", "", "list.replaced", kind, version, error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

static gboolean
insert_revoked (KouanDatabase *db, GPtrArray *codes, GError **error)
{
  for (guint i = 0; i < codes->len; i++)
    {
      g_autoptr (sqlite3_stmt) stmt
        = kouan_statement_prepare (db, "INSERT OR IGNORE INTO revoked (id) VALUES (?)", error);

      if (stmt == NULL)
        return FALSE;
      kouan_statement_bind_bytes (stmt, 1, codes->pdata[i]);
      if (!kouan_statement_run (stmt, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * kouan_lists_replace_revoked:
 * @codes: (element-type GBytes): 16 bytes each: all codes that are not to be taken any more
 *
 * As kouan_lists_replace() for "revoked", and what it says in the same transaction.
 */
gboolean
kouan_lists_replace_revoked (
  KouanDatabase *db, const KouanListRow *row, GPtrArray *codes, gint64 now_s, GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);

  return transaction != NULL && kouan_lists_replace (db, "revoked", row, now_s, error)
         && kouan_database_run (db, "DELETE FROM revoked", error)
         && insert_revoked (db, codes, error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
kouan_lists_is_revoked (KouanDatabase *db,
                        const guint8 code_id[static 16],
                        gboolean *revoked,
                        GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "SELECT 1 FROM revoked WHERE id = ?", error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_blob (stmt, 1, code_id, 16);
  return kouan_statement_next (stmt, revoked, error);
}
