/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/codes.h"

#include "db/kiosk/audit.h"
#include "db/kiosk/identifier.h"
#include "db/statement.h"

/**
 * kouan_codes_mark_used:
 *
 * Says so in the audit log, in the same transaction.
 *
 * Returns: FALSE with CONFLICT if the code has been used already or if there is no such record
 */
gboolean
kouan_codes_mark_used (KouanDatabase *db,
                       const guint8 code_id[static 16],
                       const guint8 record_id[static 16],
                       gint64 now_s,
                       GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);
  g_autofree char *object = kouan_identifier_to_string (code_id);
  g_autoptr (sqlite3_stmt) stmt = NULL;

  if (transaction == NULL)
    return FALSE;
  stmt = kouan_statement_prepare (db, "INSERT INTO codes (id, record, used_s) VALUES (?, ?, ?)",
                                  error);
  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_blob (stmt, 1, code_id, 16);
  kouan_statement_bind_blob (stmt, 2, record_id, 16);
  kouan_statement_bind_int (stmt, 3, now_s);
  return kouan_statement_run (stmt, error)
         && kouan_audit_append (db, now_s, "kiosk", "", "code.used", object, "ok", error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

gboolean
kouan_codes_is_used (KouanDatabase *db,
                     const guint8 code_id[static 16],
                     gboolean *used,
                     GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "SELECT 1 FROM codes WHERE id = ?", error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_blob (stmt, 1, code_id, 16);
  return kouan_statement_next (stmt, used, error);
}
