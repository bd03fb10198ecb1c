/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-tables.h"

/* What the hub has. A row is written once; only its receipts are added, each once. The sealed bytes
 * are not here: they are a file, named by the record's id. */

#define RECORD_COLUMNS                                                                             \
  KOUAN_HUB_OFFER_COLUMNS                                                                          \
  ", hub_sequence, received_s, missing, case_id, committed, archived_s, archived"

static sqlite3_stmt *
prepare_insert (KouanDatabase *db, GError **error)
{
  /* The case is the oldest record of the same appointment, or the case that that one belongs to.
   * The kiosk numbers its records without a gap, so what is not here under a smaller number is
   * missing. */
  return kouan_statement_prepare (
    db,
    "INSERT INTO records (" KOUAN_HUB_OFFER_COLUMNS ", hub_sequence, received_s, case_id, missing)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
    " (SELECT coalesce (max (hub_sequence), 0) + 1 FROM records), ?11,"
    " (SELECT record_id FROM records WHERE code_id = ?9 ORDER BY hub_sequence LIMIT 1),"
    " max (0, ?4 - 1 - (SELECT count (DISTINCT kiosk_sequence) FROM records"
    "                   WHERE enrolment = ?2 AND kiosk_sequence < ?4)))",
    error);
}

gboolean
kouan_hub_records_insert (KouanDatabase *db,
                          const KouanHubOffer *offer,
                          gint64 now_s,
                          GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = prepare_insert (db, error);

  if (stmt == NULL)
    return FALSE;
  kouan_hub_offer_bind (stmt, offer);
  kouan_statement_bind_int (stmt, 11, now_s);
  return kouan_statement_run (stmt, error);
}

static KouanHubRecord *
read_record (sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (KouanHubRecord) record = g_new0 (KouanHubRecord, 1);
  int column = KOUAN_HUB_OFFER_COUNT;

  if (!kouan_hub_offer_read (stmt, &record->offer, error))
    return NULL;
  record->hub_sequence = kouan_statement_get_int (stmt, column++);
  record->received_s = kouan_statement_get_int (stmt, column++);
  record->missing = kouan_statement_get_int (stmt, column++);
  record->is_duplicate
    = kouan_statement_get_fixed (stmt, column++, record->case_id, sizeof record->case_id);
  record->committed = kouan_statement_dup_bytes (stmt, column++);
  record->archived_s = kouan_statement_get_int (stmt, column++);
  record->archived = kouan_statement_dup_bytes (stmt, column++);
  return g_steal_pointer (&record);
}

static KouanHubRecord *
read_only_record (sqlite3_stmt *stmt, GError **error)
{
  gboolean row;

  if (!kouan_statement_next (stmt, &row, error))
    return NULL;
  if (row)
    return read_record (stmt, error);
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
                       "no such record");
  return NULL;
}

KouanHubRecord *
kouan_hub_records_find (KouanDatabase *db, const guint8 *id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT " RECORD_COLUMNS " FROM records WHERE record_id = ?1", error);

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_blob (stmt, 1, id, KOUAN_HUB_ID_SIZE);
  return read_only_record (stmt, error);
}

KouanHubRecord *
kouan_hub_records_find_sequence (KouanDatabase *db, guint kiosk_id, gint64 sequence, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "SELECT " RECORD_COLUMNS " FROM records WHERE kiosk_id = ?1 AND kiosk_sequence = ?2"
    " ORDER BY hub_sequence DESC LIMIT 1",
    error);

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_int (stmt, 1, kiosk_id);
  kouan_statement_bind_int (stmt, 2, sequence);
  return read_only_record (stmt, error);
}

GPtrArray *
kouan_hub_records_list (KouanDatabase *db, gint64 after, guint limit, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "SELECT " RECORD_COLUMNS " FROM records WHERE hub_sequence > ?1 ORDER BY hub_sequence LIMIT ?2",
    error);
  g_autoptr (GPtrArray) records = NULL;
  gboolean row;

  if (stmt == NULL)
    return NULL;
  records = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_hub_record_free);
  kouan_statement_bind_int (stmt, 1, after);
  kouan_statement_bind_int (stmt, 2, limit);
  while (kouan_statement_next (stmt, &row, error))
    {
      KouanHubRecord *record = row ? read_record (stmt, error) : NULL;

      if (!row)
        return g_steal_pointer (&records);
      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
  return NULL;
}

gboolean
kouan_hub_records_sequence_taken (KouanDatabase *db,
                                  const KouanHubOffer *offer,
                                  gboolean *taken,
                                  GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT 1 FROM records WHERE enrolment = ?1 AND kiosk_sequence = ?2 AND record_id <> ?3",
    error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, offer->enrolment);
  kouan_statement_bind_int (stmt, 2, offer->sequence);
  kouan_statement_bind_blob (stmt, 3, offer->id, sizeof offer->id);
  return kouan_statement_next (stmt, taken, error);
}

gboolean
kouan_hub_records_keep_receipt (
  KouanDatabase *db, const guint8 *id, gboolean archived, GBytes *receipt, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    archived ? "UPDATE records SET archived = ?2"
               " WHERE record_id = ?1 AND archived IS NULL AND archived_s <> 0"
             : "UPDATE records SET committed = ?2 WHERE record_id = ?1 AND committed IS NULL",
    error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_blob (stmt, 1, id, KOUAN_HUB_ID_SIZE);
  kouan_statement_bind_bytes (stmt, 2, receipt);
  return kouan_statement_run (stmt, error);
}

gboolean
kouan_hub_records_archive (
  KouanDatabase *db, gint64 up_to, gint64 now_s, gint64 *count, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "UPDATE records SET archived_s = ?2 WHERE hub_sequence <= ?1 AND archived_s = 0", error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, up_to);
  kouan_statement_bind_int (stmt, 2, MAX (now_s, 1));
  if (!kouan_statement_run (stmt, error))
    return FALSE;
  if (count != NULL)
    *count = kouan_statement_changes (stmt);
  return TRUE;
}
