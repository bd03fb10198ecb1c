/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/tallies.h"

#include "db/statement.h"

/* Each measure is counted on its own: a row never says of one visit both in which language it was
 * and where it ended, so that nobody can put a visit together again from its counts. Times are kept
 * as the bucket that they fall in. */

static const gint64 buckets_s[] = { 5,   10,  15,  20,  30,  45,   60,   90,   120,  180,
                                    240, 300, 420, 600, 900, 1200, 1800, 2700, 3600, 7200 };

void
kouan_tally_row_free (KouanTallyRow *self)
{
  g_free (self->word);
  g_free (self);
}

static gint64
bucket_of (gint64 seconds)
{
  if (seconds <= 0)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (buckets_s); i++)
    if (seconds <= buckets_s[i])
      return buckets_s[i];
  return G_MAXINT32;
}

/* Returns: FALSE with CONFLICT if the day is none */
gboolean
kouan_tallies_add (KouanDatabase *db, const KouanTally *tally, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  g_return_val_if_fail (tally->day != NULL && tally->word != NULL, FALSE);

  stmt = kouan_statement_prepare (
    db,
    "INSERT INTO tallies (day, measure, service, word, up_to_s, count, seconds)"
    " VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6)"
    " ON CONFLICT DO UPDATE SET count = count + 1, seconds = seconds + excluded.seconds",
    error);
  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, tally->day);
  kouan_statement_bind_text (stmt, 2, tally->measure);
  kouan_statement_bind_int (stmt, 3, tally->service);
  kouan_statement_bind_text (stmt, 4, tally->word);
  kouan_statement_bind_int (stmt, 5, bucket_of (tally->seconds));
  kouan_statement_bind_int (stmt, 6, MAX (tally->seconds, 0));
  return kouan_statement_run (stmt, error);
}

/**
 * kouan_tallies_list:
 * @to_day: the last day that counts
 *
 * Returns: (transfer full) (element-type KouanTallyRow): all days together, by service, word and
 * bucket
 */
GPtrArray *
kouan_tallies_list (
  KouanDatabase *db, const char *measure, const char *from_day, const char *to_day, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "SELECT service, word, up_to_s, sum (count), sum (seconds) FROM tallies"
    " WHERE measure = ? AND day >= ? AND day <= ?"
    " GROUP BY service, word, up_to_s ORDER BY service, word, up_to_s",
    error);
  g_autoptr (GPtrArray) rows
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_tally_row_free);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_text (stmt, 1, measure);
  kouan_statement_bind_text (stmt, 2, from_day);
  kouan_statement_bind_text (stmt, 3, to_day);
  while (kouan_statement_next (stmt, &row, error))
    {
      KouanTallyRow *tally;

      if (!row)
        return g_steal_pointer (&rows);
      tally = g_new0 (KouanTallyRow, 1);
      tally->service = kouan_statement_get_int (stmt, 0);
      tally->word = kouan_statement_dup_text (stmt, 1);
      tally->up_to_s = kouan_statement_get_int (stmt, 2);
      tally->count = kouan_statement_get_int (stmt, 3);
      tally->seconds = kouan_statement_get_int (stmt, 4);
      g_ptr_array_add (rows, tally);
    }
  return NULL;
}
