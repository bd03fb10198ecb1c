/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/audit-private.h"

/* Looking for entries. A condition whose parameter is NULL holds for every row. Text is compared as
 * it stands: there are no capitals and no patterns in it. */

static const char query[]
  = "SELECT " KOUAN_AUDIT_COLUMNS " FROM audit"
    " WHERE (?1 = 0 OR sequence < ?1) AND (?2 = 0 OR wall_s >= ?2) AND (?3 = 0 OR wall_s < ?3)"
    " AND (?4 IS NULL OR role = ?4) AND (?5 IS NULL OR who = ?5)"
    " AND (?6 IS NULL OR substr (action, 1, length (?6)) = ?6)"
    " AND (?7 IS NULL OR object = ?7) AND (?8 IS NULL OR result = ?8)"
    " AND (?9 IS NULL OR instr (role || char (10) || who || char (10) || action || char (10)"
    "  || object || char (10) || result || char (10) || reason, ?9) > 0)"
    " ORDER BY sequence DESC LIMIT ?10";

static void
bind_optional (sqlite3_stmt *stmt, int index, const char *text)
{
  if (text != NULL && *text != '\0')
    kouan_statement_bind_text (stmt, index, text);
}

/**
 * kouan_audit_search:
 *
 * Returns: (transfer full) (element-type KouanAuditEntry): newest first
 */
GPtrArray *
kouan_audit_search (KouanDatabase *db, const KouanAuditFilter *filter, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  g_return_val_if_fail (filter != NULL, NULL);

  stmt = kouan_statement_prepare (db, query, error);
  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_int (stmt, 1, filter->before);
  kouan_statement_bind_int (stmt, 2, filter->from_s);
  kouan_statement_bind_int (stmt, 3, filter->to_s);
  bind_optional (stmt, 4, filter->role);
  bind_optional (stmt, 5, filter->who);
  bind_optional (stmt, 6, filter->action);
  bind_optional (stmt, 7, filter->object);
  bind_optional (stmt, 8, filter->result);
  bind_optional (stmt, 9, filter->text);
  kouan_statement_bind_int (stmt, 10, MIN (filter->limit, KOUAN_AUDIT_LIST_MAX));
  return kouan_audit_entries_collect (stmt, error);
}
