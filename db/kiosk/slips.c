/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/slips.h"

#include "db/statement.h"

/* @slip: "KR1:…"; part of the transaction that the record's row is put in */
gboolean
kouan_slips_put (KouanDatabase *db,
                 const guint8 record_id[static 16],
                 const char *slip,
                 GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  g_return_val_if_fail (slip != NULL, FALSE);

  stmt = kouan_statement_prepare (db, "UPDATE records SET slip = ? WHERE id = ?", error);
  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, slip);
  kouan_statement_bind_blob (stmt, 2, record_id, 16);
  return kouan_statement_run (stmt, error);
}

/* @number: of the receipt. NOT_FOUND also for a record that an older version took, or whose row was
 * lost and came back. */
char *
kouan_slips_find (KouanDatabase *db, const char *number, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  gboolean row;

  g_return_val_if_fail (number != NULL, NULL);

  stmt = kouan_statement_prepare (
    db, "SELECT slip FROM records WHERE number = ? AND slip IS NOT NULL", error);
  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_text (stmt, 1, number);
  if (!kouan_statement_next (stmt, &row, error))
    return NULL;
  if (row)
    return kouan_statement_dup_text (stmt, 0);
  g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
               "no receipt with the number %s is kept here", number);
  return NULL;
}
