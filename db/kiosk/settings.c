/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/settings.h"

#include "db/statement.h"

gboolean
kouan_settings_get (KouanDatabase *db, const char *name, char **value, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  gboolean row;

  g_return_val_if_fail (name != NULL && value != NULL, FALSE);

  *value = NULL;
  stmt = kouan_statement_prepare (db, "SELECT value FROM settings WHERE name = ?", error);
  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, name);
  if (!kouan_statement_next (stmt, &row, error))
    return FALSE;
  if (row)
    *value = kouan_statement_dup_text (stmt, 0);
  return TRUE;
}

static gboolean
unset (KouanDatabase *db, const char *name, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "DELETE FROM settings WHERE name = ?", error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, name);
  return kouan_statement_run (stmt, error);
}

gboolean
kouan_settings_set (KouanDatabase *db, const char *name, const char *value, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  if (value == NULL)
    return unset (db, name, error);
  stmt = kouan_statement_prepare (db,
                                  "INSERT INTO settings (name, value) VALUES (?, ?)"
                                  " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                                  error);
  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, name);
  kouan_statement_bind_text (stmt, 2, value);
  return kouan_statement_run (stmt, error);
}

/* Returns: (transfer full) (element-type utf8): the names that begin with @prefix, without it */
GPtrArray *
kouan_settings_list (KouanDatabase *db, const char *prefix, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db,
                               "SELECT substr (name, length (?1) + 1) FROM settings"
                               " WHERE substr (name, 1, length (?1)) = ?1 ORDER BY name",
                               error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_text (stmt, 1, prefix);
  while (kouan_statement_next (stmt, &row, error))
    {
      if (!row)
        return g_steal_pointer (&names);
      g_ptr_array_add (names, kouan_statement_dup_text (stmt, 0));
    }
  return NULL;
}

/**
 * kouan_settings_latest_s:
 * @limit_s: entries of the audit that say to be later do not count
 * @latest_s: (out): seconds since 1970; 0 if nothing has ever been written
 *
 * The audit says when this kiosk last did something, a list when the hub signed it: a clock that
 * shows less than either has been set back. What the hub has signed always counts; what this
 * kiosk's own clock once said may have been wrong, and then must not hold for ever.
 */
gboolean
kouan_settings_latest_s (KouanDatabase *db, gint64 limit_s, gint64 *latest_s, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "SELECT max (coalesce ((SELECT max (wall_s) FROM audit WHERE wall_s <= ?1), 0),"
    "            coalesce ((SELECT max (issued_s) FROM lists), 0))",
    error);
  gboolean row;

  *latest_s = 0;
  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, limit_s);
  if (!kouan_statement_next (stmt, &row, error))
    return FALSE;
  *latest_s = row ? kouan_statement_get_int (stmt, 0) : 0;
  return TRUE;
}
