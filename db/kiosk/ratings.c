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

void
kouan_rating_row_free (KouanRatingRow *self)
{
  g_free (self->language);
  g_free (self);
}

/**
 * kouan_ratings_list:
 * @to_day: the last day that counts
 *
 * Returns: (transfer full) (element-type KouanRatingRow): by service, language and stars
 */
GPtrArray *
kouan_ratings_list (KouanDatabase *db, const char *from_day, const char *to_day, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "SELECT service, language, stars, sum (touches) FROM ratings WHERE day >= ? AND day <= ?"
    " GROUP BY service, language, stars ORDER BY service, language, stars",
    error);
  g_autoptr (GPtrArray) rows
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_rating_row_free);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_text (stmt, 1, from_day);
  kouan_statement_bind_text (stmt, 2, to_day);
  while (kouan_statement_next (stmt, &row, error))
    {
      KouanRatingRow *rating;

      if (!row)
        return g_steal_pointer (&rows);
      rating = g_new0 (KouanRatingRow, 1);
      rating->service = kouan_statement_get_int (stmt, 0);
      rating->language = kouan_statement_dup_text (stmt, 1);
      rating->stars = (int)kouan_statement_get_int (stmt, 2);
      rating->touches = kouan_statement_get_int (stmt, 3);
      g_ptr_array_add (rows, rating);
    }
  return NULL;
}
