/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/attempts.h"

#include "db/statement.h"

void
kouan_attempts_clear (KouanAttempts *self)
{
  g_clear_pointer (&self->boot_id, g_free);
}

gboolean
kouan_attempts_load (KouanDatabase *db, const char *person, KouanAttempts *attempts, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  gboolean row;

  g_return_val_if_fail (person != NULL && attempts != NULL, FALSE);

  *attempts = (KouanAttempts){ 0 };
  stmt = kouan_statement_prepare (
    db, "SELECT failures, boot_id, since_us, nonce FROM staff_attempts WHERE person = ?", error);
  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, person);
  if (!kouan_statement_next (stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  attempts->failures = kouan_statement_get_int (stmt, 0);
  attempts->boot_id = kouan_statement_dup_text (stmt, 1);
  attempts->since_us = kouan_statement_get_int (stmt, 2);
  if (kouan_statement_get_fixed (stmt, 3, attempts->nonce, sizeof attempts->nonce))
    return TRUE;
  g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT,
               "the tries of \"%s\" have no nonce", person);
  return FALSE;
}

gboolean
kouan_attempts_save (KouanDatabase *db,
                     const char *person,
                     const KouanAttempts *attempts,
                     GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  g_return_val_if_fail (person != NULL && attempts != NULL && attempts->boot_id != NULL, FALSE);

  stmt = kouan_statement_prepare (
    db,
    "INSERT INTO staff_attempts (person, failures, boot_id, since_us, nonce) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (person) DO UPDATE SET failures = excluded.failures, boot_id = excluded.boot_id,"
    "  since_us = excluded.since_us, nonce = excluded.nonce",
    error);
  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, person);
  kouan_statement_bind_int (stmt, 2, attempts->failures);
  kouan_statement_bind_text (stmt, 3, attempts->boot_id);
  kouan_statement_bind_int (stmt, 4, attempts->since_us);
  kouan_statement_bind_blob (stmt, 5, attempts->nonce, sizeof attempts->nonce);
  return kouan_statement_run (stmt, error);
}

/* Somebody who has no row is no error: what was wanted is so. */
gboolean
kouan_attempts_forget (KouanDatabase *db, const char *person, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "DELETE FROM staff_attempts WHERE person = ?", error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, person);
  return kouan_statement_run (stmt, error);
}

/* Returns: (transfer full) (element-type utf8): who has tried in vain that often or more */
GPtrArray *
kouan_attempts_list (KouanDatabase *db, gint64 failures_min, GError **error)
{
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT person FROM staff_attempts WHERE failures >= ? ORDER BY person", error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_int (stmt, 1, failures_min);
  while (kouan_statement_next (stmt, &row, error))
    {
      if (!row)
        return g_steal_pointer (&persons);
      g_ptr_array_add (persons, kouan_statement_dup_text (stmt, 0));
    }
  return NULL;
}
