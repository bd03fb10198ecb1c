/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/audit-private.h"

/* The hub's signed words about the head of the audit, one for each sync that brought something new.
 * The last one vouches for all before it; some older ones help to say where a log was changed. Who
 * has the disk can take them out: the hub keeps its own. */

#define KEPT 100

void
kouan_audit_anchor_free (KouanAuditAnchor *self)
{
  g_clear_pointer (&self->receipt, g_bytes_unref);
  g_free (self);
}

static gboolean
insert (KouanDatabase *db, const KouanAuditAnchor *anchor, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "INSERT OR REPLACE INTO audit_anchors (sequence, hub_s, receipt) VALUES (?, ?, ?)", error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, anchor->sequence);
  kouan_statement_bind_int (stmt, 2, anchor->hub_s);
  kouan_statement_bind_bytes (stmt, 3, anchor->receipt);
  return kouan_statement_run (stmt, error);
}

static gboolean
prune (KouanDatabase *db, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "DELETE FROM audit_anchors WHERE sequence NOT IN"
    " (SELECT sequence FROM audit_anchors ORDER BY sequence DESC LIMIT ?)",
    error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, KEPT);
  return kouan_statement_run (stmt, error);
}

static gboolean
set_clock (KouanDatabase *db, const KouanAuditAnchor *anchor, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "UPDATE audit_head SET high_s = ?1"
    " WHERE NOT EXISTS (SELECT 1 FROM audit_anchors WHERE sequence > ?2)",
    error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, anchor->hub_s);
  kouan_statement_bind_int (stmt, 2, anchor->sequence);
  return kouan_statement_run (stmt, error);
}

/**
 * kouan_audit_anchors_put:
 * @anchor: verified by the caller
 *
 * The hub's time replaces the latest that was known, also downwards: a clock that once stood years
 * ahead does not count as set back for ever.
 */
gboolean
kouan_audit_anchors_put (KouanDatabase *db, const KouanAuditAnchor *anchor, GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);

  return transaction != NULL && insert (db, anchor, error) && prune (db, error)
         && set_clock (db, anchor, error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

/* Returns: (transfer full) (element-type KouanAuditAnchor): oldest first */
GPtrArray *
kouan_audit_anchors_list (KouanDatabase *db, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT sequence, hub_s, receipt FROM audit_anchors ORDER BY sequence", error);
  g_autoptr (GPtrArray) anchors
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_audit_anchor_free);
  gboolean row;

  while (stmt != NULL && kouan_statement_next (stmt, &row, error))
    {
      KouanAuditAnchor *anchor;

      if (!row)
        return g_steal_pointer (&anchors);
      anchor = g_new0 (KouanAuditAnchor, 1);
      anchor->sequence = kouan_statement_get_int (stmt, 0);
      anchor->hub_s = kouan_statement_get_int (stmt, 1);
      anchor->receipt = kouan_statement_dup_bytes (stmt, 2);
      g_ptr_array_add (anchors, anchor);
    }
  return NULL;
}
