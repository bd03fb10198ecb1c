/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/ratings.h"

#include "db/statement.h"

/**
 * kouan_ratings_add:
 * @day: "2026-11-23"
 * @language: BCP 47
 *
 * Only a count grows: the order of touches, which could be matched with the order of visits, is not
 * kept.
 *
 * Returns: FALSE with CONFLICT if a value is out of its range
 */
gboolean
kouan_ratings_add (KouanDatabase *db,
                   const char *day,
                   gint64 service,
                   const char *language,
                   int stars,
                   GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  g_return_val_if_fail (day != NULL && language != NULL, FALSE);

  stmt = kouan_statement_prepare (
    db,
    "INSERT INTO ratings (day, service, language, stars, touches) VALUES (?, ?, ?, ?, 1)"
    " ON CONFLICT DO UPDATE SET touches = touches + 1",
    error);
  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, day);
  kouan_statement_bind_int (stmt, 2, service);
  kouan_statement_bind_text (stmt, 3, language);
  kouan_statement_bind_int (stmt, 4, stars);
  return kouan_statement_run (stmt, error);
}

/* Returns: how often that many stars were touched, over all days; -1 with an error */
gint64
kouan_ratings_count (KouanDatabase *db, int stars, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT coalesce (sum (touches), 0) FROM ratings WHERE stars = ?", error);
  gboolean row;

  if (stmt == NULL)
    return -1;
  kouan_statement_bind_int (stmt, 1, stars);
  if (!kouan_statement_next (stmt, &row, error))
    return -1;
  return kouan_statement_get_int (stmt, 0);
}
