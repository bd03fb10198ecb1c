/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/records.h"

#include "db/kiosk/audit.h"
#include "db/kiosk/identifier.h"
#include "db/statement.h"

/* The queue of sealed records. A row moves along the edges of one table and along no others; each
 * move and its audit entry are one transaction. The file that a row names is written before the row
 * and removed after it. */

#define LIST_MAX 10000

/* A wait that is longer than the longest back-off comes from a clock that has jumped: it does not
 * count. */
#define WAIT_MAX_S (24 * 60 * 60)

#define COLUMNS                                                                                    \
  "id, sequence, number, service, state, file, size, sha256, manifest, receipt, created_s,"        \
  " attempts, next_attempt_s, trouble, rebuilt"

static const char *const state_names[]
  = { "queued", "sending", "committed", "archived", "erased", "refused" };

static const struct
{
  KouanRecordState from;
  KouanRecordState to;
} edges[] = {
  { KOUAN_RECORD_QUEUED, KOUAN_RECORD_SENDING },
  { KOUAN_RECORD_QUEUED, KOUAN_RECORD_COMMITTED }, /* the hub was asked and has it already */
  { KOUAN_RECORD_QUEUED, KOUAN_RECORD_REFUSED },
  { KOUAN_RECORD_SENDING, KOUAN_RECORD_QUEUED }, /* the link broke */
  { KOUAN_RECORD_SENDING, KOUAN_RECORD_COMMITTED },
  { KOUAN_RECORD_SENDING, KOUAN_RECORD_REFUSED },
  { KOUAN_RECORD_COMMITTED, KOUAN_RECORD_ARCHIVED },
  { KOUAN_RECORD_COMMITTED, KOUAN_RECORD_REFUSED },
  { KOUAN_RECORD_ARCHIVED, KOUAN_RECORD_ERASED },
  { KOUAN_RECORD_REFUSED, KOUAN_RECORD_QUEUED }, /* a person has looked */
};

void
kouan_record_row_free (KouanRecordRow *row)
{
  g_free (row->number);
  g_free (row->file);
  g_clear_pointer (&row->manifest, g_bytes_unref);
  g_clear_pointer (&row->receipt, g_bytes_unref);
  g_free (row->trouble);
  g_free (row);
}

/* Returns: the state's name, as in the database and in what kouanctl prints */
const char *
kouan_record_state_to_string (KouanRecordState state)
{
  g_return_val_if_fail ((guint)state < G_N_ELEMENTS (state_names), NULL);

  return state_names[state];
}

static gboolean
state_from_string (const char *name, KouanRecordState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_strcmp0 (name, state_names[i]) == 0)
      {
        *state = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
edge_exists (KouanRecordState from, KouanRecordState to)
{
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    if (edges[i].from == from && edges[i].to == to)
      return TRUE;
  return FALSE;
}

static KouanRecordRow *
row_from_statement (sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (KouanRecordRow) row = g_new0 (KouanRecordRow, 1);
  const char *state = (const char *)sqlite3_column_text (stmt, 4);

  row->sequence = kouan_statement_get_int (stmt, 1);
  row->number = kouan_statement_dup_text (stmt, 2);
  row->service = kouan_statement_get_int (stmt, 3);
  row->file = kouan_statement_dup_text (stmt, 5);
  row->size = kouan_statement_get_int (stmt, 6);
  row->manifest = kouan_statement_dup_bytes (stmt, 8);
  row->receipt = kouan_statement_dup_bytes (stmt, 9);
  row->created_s = kouan_statement_get_int (stmt, 10);
  row->attempts = kouan_statement_get_int (stmt, 11);
  row->next_attempt_s = kouan_statement_get_int (stmt, 12);
  row->trouble = kouan_statement_dup_text (stmt, 13);
  row->rebuilt = kouan_statement_get_int (stmt, 14) != 0;
  if (kouan_statement_get_fixed (stmt, 0, row->id, sizeof row->id)
      && kouan_statement_get_fixed (stmt, 7, row->sha256, sizeof row->sha256)
      && state_from_string (state, &row->state))
    return g_steal_pointer (&row);
  g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT,
               "record %" G_GINT64_FORMAT " does not hold what a record holds", row->sequence);
  return NULL;
}

static KouanRecordRow *
find_one (sqlite3_stmt *stmt, GError **error)
{
  gboolean found;

  if (!kouan_statement_next (stmt, &found, error))
    return NULL;
  if (found)
    return row_from_statement (stmt, error);
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
                       "no such record");
  return NULL;
}

/**
 * kouan_records_next_sequence:
 *
 * Must be called inside a transaction, together with the insert: a number that was taken and rolled
 * back is taken again, so that there is never a gap.
 *
 * Returns: the number, from 1; 0 with an error
 */
gint64
kouan_records_next_sequence (KouanDatabase *db, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  gboolean row;
  gint64 sequence;

  g_return_val_if_fail (kouan_database_in_transaction (db), 0);

  stmt = kouan_statement_prepare (
    db, "UPDATE counters SET value = value + 1 WHERE name = 'record' RETURNING value", error);
  if (stmt == NULL || !kouan_statement_next (stmt, &row, error))
    return 0;
  if (!row)
    {
      g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT,
                           "the counter of records is gone");
      return 0;
    }
  sequence = kouan_statement_get_int (stmt, 0);
  return kouan_statement_run (stmt, error) ? sequence : 0;
}

static gboolean
audit (KouanDatabase *db,
       const guint8 *id,
       const char *action,
       const char *result,
       gint64 now_s,
       GError **error)
{
  g_autofree char *object = kouan_identifier_to_string (id);

  return kouan_audit_append (db, now_s, "kiosk", "", action, object, result != NULL ? result : "ok",
                             error);
}

static gboolean
audit_state (KouanDatabase *db,
             const guint8 *id,
             KouanRecordState state,
             const char *result,
             gint64 now_s,
             GError **error)
{
  g_autofree char *action = g_strconcat ("record.", state_names[state], NULL);

  return audit (db, id, action, result, now_s, error);
}

static void
bind_row (sqlite3_stmt *stmt, const KouanRecordRow *row)
{
  kouan_statement_bind_blob (stmt, 1, row->id, sizeof row->id);
  kouan_statement_bind_int (stmt, 2, row->sequence);
  kouan_statement_bind_text (stmt, 3, row->number);
  kouan_statement_bind_int (stmt, 4, row->service);
  kouan_statement_bind_text (stmt, 5, state_names[row->state]);
  kouan_statement_bind_text (stmt, 6, row->file);
  kouan_statement_bind_int (stmt, 7, row->size);
  kouan_statement_bind_blob (stmt, 8, row->sha256, sizeof row->sha256);
  kouan_statement_bind_bytes (stmt, 9, row->manifest);
  kouan_statement_bind_bytes (stmt, 10, row->receipt);
  kouan_statement_bind_int (stmt, 11, row->created_s);
  kouan_statement_bind_int (stmt, 12, row->attempts);
  kouan_statement_bind_int (stmt, 13, row->next_attempt_s);
  kouan_statement_bind_text (stmt, 14, row->trouble);
  kouan_statement_bind_int (stmt, 15, row->rebuilt);
}

/**
 * kouan_records_insert:
 * @row: QUEUED, with a file that is durable already
 *
 * Returns: FALSE with CONFLICT if its id, number, sequence or file is there already
 */
gboolean
kouan_records_insert (KouanDatabase *db, const KouanRecordRow *row, GError **error)
{
  g_autoptr (KouanTransaction) transaction = NULL;
  g_autoptr (sqlite3_stmt) stmt = NULL;

  g_return_val_if_fail (row != NULL && row->state == KOUAN_RECORD_QUEUED, FALSE);

  transaction = kouan_transaction_begin (db, error);
  if (transaction == NULL)
    return FALSE;
  stmt = kouan_statement_prepare (
    db, "INSERT INTO records (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    error);
  if (stmt == NULL)
    return FALSE;
  bind_row (stmt, row);
  return kouan_statement_run (stmt, error)
         && audit_state (db, row->id, row->state, row->rebuilt ? "rebuilt" : NULL, row->created_s,
                         error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

/* Returns: the last number that was given out; 0 if none was, -1 with an error */
gint64
kouan_records_last_sequence (KouanDatabase *db, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "SELECT value FROM counters WHERE name = 'record'", error);
  gboolean row;

  if (stmt == NULL || !kouan_statement_next (stmt, &row, error))
    return -1;
  return row ? kouan_statement_get_int (stmt, 0) : 0;
}

/* From here on numbers go on after @last; those below it that have no row are forgotten. */
static gboolean
set_counters (KouanDatabase *db, gint64 last, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db,
                               "UPDATE counters SET value ="
                               " iif (name = 'record', ?1, ?1 - (SELECT count (*) FROM records))"
                               " WHERE name IN ('record', 'forgotten')",
                               error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, last);
  return kouan_statement_run (stmt, error);
}

/**
 * kouan_records_rebuild:
 * @rows: (element-type KouanRecordRow): QUEUED, in any order; the last number of them was the last
 * that this kiosk gave out
 *
 * Into a database that has not given out a number yet; into any other it puts nothing. All of it in
 * one transaction.
 */
gboolean
kouan_records_rebuild (KouanDatabase *db, GPtrArray *rows, gint64 now_s, GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);
  gint64 last = transaction != NULL ? kouan_records_last_sequence (db, error) : -1;

  if (last < 0)
    return FALSE;
  if (last > 0)
    return kouan_transaction_commit (g_steal_pointer (&transaction), error);
  for (guint i = 0; i < rows->len; i++)
    {
      const KouanRecordRow *row = rows->pdata[i];

      if (!kouan_records_insert (db, row, error))
        return FALSE;
      last = MAX (last, row->sequence);
    }
  return set_counters (db, last, error)
         && kouan_audit_append (db, now_s, "kiosk", "", "records.rebuilt", "", "ok", error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

static gboolean
refuse_edge (const KouanRecordRow *row, KouanRecordState state, GError **error)
{
  g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT,
               "record %" G_GINT64_FORMAT " does not go from %s to %s", row->sequence,
               state_names[row->state], state_names[state]);
  return FALSE;
}

/* A person's decision starts the count of tries anew. */
static gboolean
update_state (KouanDatabase *db,
              const KouanRecordRow *row,
              KouanRecordState state,
              GBytes *receipt,
              const char *trouble,
              GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "UPDATE records SET state = ?2, receipt = coalesce (?3, receipt), trouble = ?4,"
    "  file = iif (?2 = 'erased', NULL, file),"
    "  attempts = iif (state = 'refused', 0, attempts),"
    "  next_attempt_s = iif (state = 'refused', 0, next_attempt_s)"
    " WHERE id = ?1",
    error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_blob (stmt, 1, row->id, sizeof row->id);
  kouan_statement_bind_text (stmt, 2, state_names[state]);
  kouan_statement_bind_bytes (stmt, 3, receipt);
  kouan_statement_bind_text (stmt, 4, trouble);
  return kouan_statement_run (stmt, error);
}

static gboolean
is_repetition (const KouanRecordRow *row, KouanRecordState state, GBytes *receipt)
{
  return row->state == state
         && (receipt == NULL || (row->receipt != NULL && g_bytes_equal (row->receipt, receipt)));
}

/**
 * kouan_records_set_state:
 * @receipt: (nullable): the hub's signed word, verified by the caller; NULL keeps the one that is
 * there
 * @trouble: (nullable): in words of the protocol; NULL clears it
 *
 * COMMITTED, ARCHIVED and ERASED need a receipt to stand on. ERASED forgets the name of the file,
 * which is the caller's to remove afterwards. The same state again changes nothing, but a newer
 * receipt is kept.
 *
 * Returns: FALSE with CONFLICT if there is no such edge, NOT_FOUND if there is no such record
 */
gboolean
kouan_records_set_state (KouanDatabase *db,
                         const guint8 id[static 16],
                         KouanRecordState state,
                         GBytes *receipt,
                         const char *trouble,
                         gint64 now_s,
                         GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);
  g_autoptr (KouanRecordRow) row = NULL;

  g_return_val_if_fail ((guint)state < G_N_ELEMENTS (state_names), FALSE);

  if (transaction == NULL)
    return FALSE;
  row = kouan_records_find (db, id, error);
  if (row == NULL)
    return FALSE;
  if (!is_repetition (row, state, receipt))
    {
      if (row->state != state && !edge_exists (row->state, state))
        return refuse_edge (row, state, error);
      if (!update_state (db, row, state, receipt, trouble, error)
          || !audit_state (db, id, state, trouble, now_s, error))
        return FALSE;
    }
  return kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

/**
 * kouan_records_set_retry:
 * @attempts: tries so far
 * @next_attempt_s: not before
 * @trouble: (nullable): why the last one failed
 *
 * A record that was being sent is queued again.
 *
 * Returns: FALSE with CONFLICT for a record that nobody would try again, NOT_FOUND if there is none
 */
gboolean
kouan_records_set_retry (KouanDatabase *db,
                         const guint8 id[static 16],
                         gint64 attempts,
                         gint64 next_attempt_s,
                         const char *trouble,
                         gint64 now_s,
                         GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);
  g_autoptr (KouanRecordRow) row = NULL;
  g_autoptr (sqlite3_stmt) stmt = NULL;

  if (transaction == NULL)
    return FALSE;
  row = kouan_records_find (db, id, error);
  if (row == NULL)
    return FALSE;
  if (row->state > KOUAN_RECORD_COMMITTED)
    return refuse_edge (row, KOUAN_RECORD_QUEUED, error);
  stmt = kouan_statement_prepare (
    db,
    "UPDATE records SET attempts = ?2, next_attempt_s = ?3, trouble = ?4,"
    " state = iif (state = 'sending', 'queued', state) WHERE id = ?1",
    error);
  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_blob (stmt, 1, id, sizeof row->id);
  kouan_statement_bind_int (stmt, 2, attempts);
  kouan_statement_bind_int (stmt, 3, next_attempt_s);
  kouan_statement_bind_text (stmt, 4, trouble);
  return kouan_statement_run (stmt, error) && audit (db, id, "record.retry", trouble, now_s, error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

KouanRecordRow *
kouan_records_find (KouanDatabase *db, const guint8 id[static 16], GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "SELECT " COLUMNS " FROM records WHERE id = ?", error);

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_blob (stmt, 1, id, 16);
  return find_one (stmt, error);
}

KouanRecordRow *
kouan_records_find_number (KouanDatabase *db, const char *number, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "SELECT " COLUMNS " FROM records WHERE number = ?", error);

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_text (stmt, 1, number);
  return find_one (stmt, error);
}

/**
 * kouan_records_next_due:
 * @after_sequence: 0, or the last one that this run has tried, so that one bad record never blocks
 * another
 * @committed_too: those that are COMMITTED are due as well: they wait for the word that they are
 * archived
 *
 * Returns: (transfer full): the oldest one, or NULL with NOT_FOUND
 */
KouanRecordRow *
kouan_records_next_due (
  KouanDatabase *db, gint64 now_s, gint64 after_sequence, gboolean committed_too, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "SELECT " COLUMNS " FROM records"
    " WHERE state IN ('queued', 'sending', 'committed') AND sequence > ?1"
    "  AND (next_attempt_s <= ?2 OR next_attempt_s > ?2 + ?3)"
    "  AND (state <> 'committed' OR ?4) ORDER BY sequence LIMIT 1",
    error);

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_int (stmt, 1, after_sequence);
  kouan_statement_bind_int (stmt, 2, now_s);
  kouan_statement_bind_int (stmt, 3, WAIT_MAX_S);
  kouan_statement_bind_int (stmt, 4, committed_too);
  return find_one (stmt, error);
}

static GPtrArray *
list (KouanDatabase *db, const char *sql, gint64 after_sequence, guint limit, GError **error)
{
  g_autoptr (GPtrArray) rows
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_record_row_free);
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (db, sql, error);
  gboolean found;

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_int (stmt, 1, after_sequence);
  kouan_statement_bind_int (stmt, 2, MIN (limit, LIST_MAX));
  while (kouan_statement_next (stmt, &found, error))
    {
      KouanRecordRow *row;

      if (!found)
        return g_steal_pointer (&rows);
      row = row_from_statement (stmt, error);
      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return NULL;
}

/**
 * kouan_records_list:
 * @limit: how many at most; never more than 10,000 a call
 *
 * Returns: (transfer full) (element-type KouanRecordRow): by sequence
 */
GPtrArray *
kouan_records_list (KouanDatabase *db, gint64 after_sequence, guint limit, GError **error)
{
  return list (db, "SELECT " COLUMNS " FROM records WHERE sequence > ? ORDER BY sequence LIMIT ?",
               after_sequence, limit, error);
}

/* Returns: (transfer full) (element-type KouanRecordRow): what is not ERASED, by sequence; a kiosk
 * that has served for years does not look through all of them at each start */
GPtrArray *
kouan_records_list_present (KouanDatabase *db, gint64 after_sequence, guint limit, GError **error)
{
  return list (db,
               "SELECT " COLUMNS " FROM records WHERE file IS NOT NULL AND sequence > ?"
               " ORDER BY sequence LIMIT ?",
               after_sequence, limit, error);
}

/* Returns: (transfer full) (element-type GBytes): ids of what is ARCHIVED and not yet ERASED */
GPtrArray *
kouan_records_archived (KouanDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT id FROM records WHERE state = 'archived' ORDER BY sequence", error);
  gboolean found;

  while (stmt != NULL && kouan_statement_next (stmt, &found, error))
    {
      if (!found)
        return g_steal_pointer (&ids);
      g_ptr_array_add (ids, kouan_statement_dup_bytes (stmt, 0));
    }
  return NULL;
}

gboolean
kouan_records_balance (KouanDatabase *db, KouanRecordBalance *balance, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "SELECT (SELECT value FROM counters WHERE name = 'record'),"
    " (SELECT value FROM counters WHERE name = 'forgotten'),"
    " count (*) FILTER (WHERE state IN ('queued', 'sending')),"
    " count (*) FILTER (WHERE state = 'committed'),"
    " count (*) FILTER (WHERE state IN ('archived', 'erased')),"
    " count (*) FILTER (WHERE state = 'refused'),"
    " coalesce (sum (size) FILTER (WHERE state IN ('queued', 'sending')), 0),"
    " coalesce (min (created_s) FILTER (WHERE state IN ('queued', 'sending')), 0)"
    " FROM records",
    error);
  gboolean row;

  if (stmt == NULL || !kouan_statement_next (stmt, &row, error))
    return FALSE;
  balance->forgotten = kouan_statement_get_int (stmt, 1);
  balance->captured = kouan_statement_get_int (stmt, 0) - balance->forgotten;
  balance->queued = kouan_statement_get_int (stmt, 2);
  balance->sent = kouan_statement_get_int (stmt, 3);
  balance->archived = kouan_statement_get_int (stmt, 4);
  balance->refused = kouan_statement_get_int (stmt, 5);
  balance->bytes_waiting = kouan_statement_get_int (stmt, 6);
  balance->oldest_waiting_s = kouan_statement_get_int (stmt, 7);
  return TRUE;
}
