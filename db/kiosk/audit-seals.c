/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/audit-private.h"

/* The keys of the audit, each as it was when it was new and sealed for the hub. A kiosk has one,
 * and another only after something was lost: the reason says what. */

#define COLUMNS "number, first, id, sealed, reason"

void
kouan_audit_seal_free (KouanAuditSeal *self)
{
  g_clear_pointer (&self->sealed, g_bytes_unref);
  g_free (self->reason);
  g_free (self);
}

gboolean
kouan_audit_seals_add (KouanDatabase *db, KouanAuditSeal *seal, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "INSERT INTO audit_seals (number, first, id, sealed, reason)"
    " SELECT coalesce (max (number), 0) + 1, ?1, ?2, ?3, ?4 FROM audit_seals RETURNING number",
    error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, seal->first);
  kouan_statement_bind_blob (stmt, 2, seal->id, sizeof seal->id);
  kouan_statement_bind_bytes (stmt, 3, seal->sealed);
  kouan_statement_bind_text (stmt, 4, seal->reason);
  if (!kouan_statement_next (stmt, &row, error))
    return FALSE;
  g_return_val_if_fail (row, FALSE);
  seal->number = kouan_statement_get_int (stmt, 0);
  return kouan_statement_next (stmt, &row, error);
}

static KouanAuditSeal *
seal_from_row (sqlite3_stmt *stmt)
{
  KouanAuditSeal *seal = g_new0 (KouanAuditSeal, 1);

  seal->number = kouan_statement_get_int (stmt, 0);
  seal->first = kouan_statement_get_int (stmt, 1);
  if (!kouan_statement_get_fixed (stmt, 2, seal->id, sizeof seal->id))
    memset (seal->id, 0, sizeof seal->id);
  seal->sealed = kouan_statement_dup_bytes (stmt, 3);
  seal->reason = kouan_statement_dup_text (stmt, 4);
  return seal;
}

/* Returns: (transfer full) (element-type KouanAuditSeal): by number */
GPtrArray *
kouan_audit_seals_list (KouanDatabase *db, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "SELECT " COLUMNS " FROM audit_seals ORDER BY number", error);
  g_autoptr (GPtrArray) seals
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_audit_seal_free);
  gboolean row;

  while (stmt != NULL && kouan_statement_next (stmt, &row, error))
    {
      if (!row)
        return g_steal_pointer (&seals);
      g_ptr_array_add (seals, seal_from_row (stmt));
    }
  return NULL;
}

/* Returns: (transfer full): the one in use; NULL with NOT_FOUND if the log has none yet */
KouanAuditSeal *
kouan_audit_seals_last (KouanDatabase *db, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT " COLUMNS " FROM audit_seals ORDER BY number DESC LIMIT 1", error);
  gboolean row;

  if (stmt == NULL || !kouan_statement_next (stmt, &row, error))
    return NULL;
  if (row)
    return seal_from_row (stmt);
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
                       "the audit has no seal yet");
  return NULL;
}
