/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-tables.h"

/* What the hub has. A row is written once; only its receipts are added, each once. The sealed bytes
 * are not here: they are a file, named by the record's id. */

#define RECORD_COLUMNS                                                                             \
  KOUAN_HUB_OFFER_COLUMNS                                                                          \
  ", hub_sequence, received_s, missing, case_id, committed, archived_s, archived"

/* The kiosk numbers its records without a gap, so what is not here under a smaller number is
 * missing. Records come nearly in order: few are here under this number or a larger one. */
gboolean
kouan_hub_records_count_missing (KouanHubLink *link, KouanHubRecord *record, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    "SELECT sequences - (SELECT count (DISTINCT kiosk_sequence) FROM records"
    " WHERE records.enrolment = ?1 AND kiosk_sequence >= ?2) FROM kiosks WHERE enrolment = ?1",
    error);
  gboolean row;

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, record->offer.enrolment);
  kouan_hub_query_bind_int (query, 2, record->offer.sequence);
  if (!kouan_hub_query_next (query, &row, error))
    return FALSE;
  if (!row)
    return kouan_hub_row_damaged (error);
  record->missing = MAX (record->offer.sequence - 1 - kouan_hub_query_get_int (query, 0), 0);
  return TRUE;
}

/* One more of this kiosk's numbers has brought a record. */
gboolean
kouan_hub_records_count_sequence (KouanHubLink *link, const KouanHubOffer *offer, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "UPDATE kiosks SET sequences = sequences + 1 WHERE enrolment = ?1", error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, offer->enrolment);
  return kouan_hub_query_run (query, error);
}

/* Gives it the next number and, if its appointment has brought a record before, that one's case:
 * the oldest record of the appointment. */
gboolean
kouan_hub_records_number (KouanHubLink *link, KouanHubRecord *record, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    "SELECT (SELECT coalesce (max (hub_sequence), 0) + 1 FROM records),"
    " (SELECT record_id FROM records WHERE code_id = ?1 ORDER BY hub_sequence LIMIT 1)",
    error);
  gboolean row;

  if (query == NULL)
    return FALSE;
  if (record->offer.has_code)
    kouan_hub_query_bind_blob (query, 1, record->offer.code_id, sizeof record->offer.code_id);
  if (!kouan_hub_query_next (query, &row, error))
    return FALSE;
  record->hub_sequence = kouan_hub_query_get_int (query, 0);
  record->is_duplicate
    = kouan_hub_query_get_fixed (query, 1, record->case_id, sizeof record->case_id);
  return TRUE;
}

gboolean
kouan_hub_records_insert (KouanHubLink *link, const KouanHubRecord *record, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    "INSERT INTO records (" KOUAN_HUB_OFFER_COLUMNS
    ", hub_sequence, received_s, missing, committed, case_id)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    error);

  if (query == NULL)
    return FALSE;
  kouan_hub_offer_bind (query, &record->offer);
  kouan_hub_query_bind_int (query, 11, record->hub_sequence);
  kouan_hub_query_bind_int (query, 12, record->received_s);
  kouan_hub_query_bind_int (query, 13, record->missing);
  kouan_hub_query_bind_bytes (query, 14, record->committed);
  if (record->is_duplicate)
    kouan_hub_query_bind_blob (query, 15, record->case_id, sizeof record->case_id);
  return kouan_hub_query_run (query, error);
}

static KouanHubRecord *
read_record (KouanHubQuery *query, GError **error)
{
  g_autoptr (KouanHubRecord) record = g_new0 (KouanHubRecord, 1);
  int column = KOUAN_HUB_OFFER_COUNT;

  if (!kouan_hub_offer_read (query, &record->offer, error))
    return NULL;
  record->hub_sequence = kouan_hub_query_get_int (query, column++);
  record->received_s = kouan_hub_query_get_int (query, column++);
  record->missing = kouan_hub_query_get_int (query, column++);
  record->is_duplicate
    = kouan_hub_query_get_fixed (query, column++, record->case_id, sizeof record->case_id);
  record->committed = kouan_hub_query_dup_bytes (query, column++);
  record->archived_s = kouan_hub_query_get_int (query, column++);
  record->archived = kouan_hub_query_dup_bytes (query, column++);
  return g_steal_pointer (&record);
}

static KouanHubRecord *
read_only_record (KouanHubQuery *query, GError **error)
{
  gboolean row;

  if (!kouan_hub_query_next (query, &row, error))
    return NULL;
  if (row)
    return read_record (query, error);
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
                       "no such record");
  return NULL;
}

KouanHubRecord *
kouan_hub_records_find (KouanHubLink *link, const guint8 *id, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "SELECT " RECORD_COLUMNS " FROM records WHERE record_id = ?1", error);

  if (query == NULL)
    return NULL;
  kouan_hub_query_bind_blob (query, 1, id, KOUAN_HUB_ID_SIZE);
  return read_only_record (query, error);
}

KouanHubRecord *
kouan_hub_records_find_sequence (KouanHubLink *link,
                                 guint kiosk_id,
                                 gint64 sequence,
                                 GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    "SELECT " RECORD_COLUMNS " FROM records WHERE kiosk_id = ?1 AND kiosk_sequence = ?2"
    " ORDER BY hub_sequence DESC LIMIT 1",
    error);

  if (query == NULL)
    return NULL;
  kouan_hub_query_bind_int (query, 1, kiosk_id);
  kouan_hub_query_bind_int (query, 2, sequence);
  return read_only_record (query, error);
}

static GPtrArray *
read_all (KouanHubQuery *query, GError **error)
{
  g_autoptr (GPtrArray) records = NULL;
  gboolean row;

  records = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_hub_record_free);
  while (kouan_hub_query_next (query, &row, error))
    {
      KouanHubRecord *record = row ? read_record (query, error) : NULL;

      if (!row)
        return g_steal_pointer (&records);
      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
  return NULL;
}

GPtrArray *
kouan_hub_records_list (KouanHubLink *link, gint64 after, guint limit, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    "SELECT " RECORD_COLUMNS " FROM records WHERE hub_sequence > ?1 ORDER BY hub_sequence LIMIT ?2",
    error);

  if (query == NULL)
    return NULL;
  kouan_hub_query_bind_int (query, 1, after);
  kouan_hub_query_bind_int (query, 2, limit);
  return read_all (query, error);
}

GPtrArray *
kouan_hub_records_list_duplicates (KouanHubLink *link, guint limit, GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link,
                           "SELECT " RECORD_COLUMNS " FROM records WHERE case_id IS NOT NULL"
                           " ORDER BY hub_sequence DESC LIMIT ?1",
                           error);

  if (query == NULL)
    return NULL;
  kouan_hub_query_bind_int (query, 1, limit);
  return read_all (query, error);
}

gboolean
kouan_hub_records_sequence_taken (KouanHubLink *link,
                                  const KouanHubOffer *offer,
                                  gboolean *taken,
                                  GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "SELECT 1 FROM records WHERE enrolment = ?1 AND kiosk_sequence = ?2 AND record_id <> ?3",
    error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, offer->enrolment);
  kouan_hub_query_bind_int (query, 2, offer->sequence);
  kouan_hub_query_bind_blob (query, 3, offer->id, sizeof offer->id);
  return kouan_hub_query_next (query, taken, error);
}

gboolean
kouan_hub_records_keep_receipt (
  KouanHubLink *link, const guint8 *id, gboolean archived, GBytes *receipt, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    archived ? "UPDATE records SET archived = ?2"
               " WHERE record_id = ?1 AND archived IS NULL AND archived_s <> 0"
             : "UPDATE records SET committed = ?2 WHERE record_id = ?1 AND committed IS NULL",
    error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_blob (query, 1, id, KOUAN_HUB_ID_SIZE);
  kouan_hub_query_bind_bytes (query, 2, receipt);
  return kouan_hub_query_run (query, error);
}

/* What would be marked if every copy held the records up to @up_to. */
GPtrArray *
kouan_hub_records_list_unarchived (
  KouanHubLink *link, gint64 after, gint64 up_to, guint limit, GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link,
                           "SELECT " RECORD_COLUMNS " FROM records WHERE hub_sequence > ?1"
                           " AND hub_sequence <= ?2 AND archived_s = 0 AND whole_since < ?2"
                           " ORDER BY hub_sequence LIMIT ?3",
                           error);

  if (query == NULL)
    return NULL;
  kouan_hub_query_bind_int (query, 1, after);
  kouan_hub_query_bind_int (query, 2, up_to);
  kouan_hub_query_bind_int (query, 3, limit);
  return read_all (query, error);
}

/* The numbering is locked, so whatever has a higher number was committed later. */
gboolean
kouan_hub_records_whole_again (KouanHubLink *link, const guint8 *id, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    "UPDATE records SET whole_since = (SELECT max (hub_sequence) FROM records)"
    " WHERE record_id = ?1 AND archived_s = 0",
    error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_blob (query, 1, id, KOUAN_HUB_ID_SIZE);
  return kouan_hub_query_run (query, error);
}

/* @from, @to: the first and the last of those that are marked
 * @up_to: what the copies hold */
gboolean
kouan_hub_records_archive (KouanHubLink *link,
                           gint64 from,
                           gint64 to,
                           gint64 up_to,
                           gint64 now_s,
                           gint64 *count,
                           GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link,
                           "UPDATE records SET archived_s = ?4 WHERE hub_sequence >= ?1"
                           " AND hub_sequence <= ?2 AND archived_s = 0 AND whole_since < ?3",
                           error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, from);
  kouan_hub_query_bind_int (query, 2, to);
  kouan_hub_query_bind_int (query, 3, up_to);
  kouan_hub_query_bind_int (query, 4, MAX (now_s, 1));
  if (!kouan_hub_query_run (query, error))
    return FALSE;
  *count = kouan_hub_query_changes (query);
  return TRUE;
}
