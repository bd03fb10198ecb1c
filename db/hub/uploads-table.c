/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-tables.h"

/* What is on its way. The offset says how many bytes of the staged file count; the file may hold
 * more, left by a write that nobody has answered for. */

#define UPLOAD_COLUMNS KOUAN_HUB_OFFER_COLUMNS ", offset, expires_s"

gboolean
kouan_hub_row_damaged (GError **error)
{
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT,
                       "a row of the hub's database holds a value that no version has written");
  return FALSE;
}

void
kouan_hub_offer_bind (sqlite3_stmt *stmt, const KouanHubOffer *offer)
{
  kouan_statement_bind_blob (stmt, 1, offer->id, sizeof offer->id);
  kouan_statement_bind_int (stmt, 2, offer->enrolment);
  kouan_statement_bind_int (stmt, 3, offer->kiosk_id);
  kouan_statement_bind_int (stmt, 4, offer->sequence);
  kouan_statement_bind_int (stmt, 5, offer->service);
  kouan_statement_bind_int (stmt, 6, offer->created_ms);
  kouan_statement_bind_int (stmt, 7, offer->size);
  kouan_statement_bind_blob (stmt, 8, offer->sha256, sizeof offer->sha256);
  if (offer->has_code)
    kouan_statement_bind_blob (stmt, 9, offer->code_id, sizeof offer->code_id);
  kouan_statement_bind_bytes (stmt, 10, offer->manifest);
}

gboolean
kouan_hub_offer_read (sqlite3_stmt *stmt, KouanHubOffer *offer, GError **error)
{
  offer->enrolment = kouan_statement_get_int (stmt, 1);
  offer->kiosk_id = (guint)kouan_statement_get_int (stmt, 2);
  offer->sequence = kouan_statement_get_int (stmt, 3);
  offer->service = kouan_statement_get_int (stmt, 4);
  offer->created_ms = kouan_statement_get_int (stmt, 5);
  offer->size = kouan_statement_get_int (stmt, 6);
  offer->has_code = kouan_statement_get_fixed (stmt, 8, offer->code_id, sizeof offer->code_id);
  offer->manifest = kouan_statement_dup_bytes (stmt, 9);
  if (kouan_statement_get_fixed (stmt, 0, offer->id, sizeof offer->id)
      && kouan_statement_get_fixed (stmt, 7, offer->sha256, sizeof offer->sha256)
      && offer->manifest != NULL)
    return TRUE;
  return kouan_hub_row_damaged (error);
}

gboolean
kouan_hub_uploads_insert (
  KouanDatabase *db, const KouanHubOffer *offer, gint64 now_s, gint64 expires_s, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "INSERT INTO uploads (" KOUAN_HUB_OFFER_COLUMNS ", offset, created_s, expires_s)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, ?11, ?12)",
    error);

  if (stmt == NULL)
    return FALSE;
  kouan_hub_offer_bind (stmt, offer);
  kouan_statement_bind_int (stmt, 11, now_s);
  kouan_statement_bind_int (stmt, 12, expires_s);
  return kouan_statement_run (stmt, error);
}

static KouanHubUpload *
read_upload (sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (KouanHubUpload) upload = g_new0 (KouanHubUpload, 1);

  if (!kouan_hub_offer_read (stmt, &upload->offer, error))
    return NULL;
  upload->offset = kouan_statement_get_int (stmt, KOUAN_HUB_OFFER_COUNT);
  upload->expires_s = kouan_statement_get_int (stmt, KOUAN_HUB_OFFER_COUNT + 1);
  return g_steal_pointer (&upload);
}

KouanHubUpload *
kouan_hub_uploads_find (KouanDatabase *db, const guint8 *id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT " UPLOAD_COLUMNS " FROM uploads WHERE record_id = ?1", error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_blob (stmt, 1, id, KOUAN_HUB_ID_SIZE);
  if (!kouan_statement_next (stmt, &row, error))
    return NULL;
  if (row)
    return read_upload (stmt, error);
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
                       "nothing of that record is under way");
  return NULL;
}

gboolean
kouan_hub_uploads_advance (
  KouanDatabase *db, const guint8 *id, gint64 from, gint64 to, gint64 expires_s, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db,
                               "UPDATE uploads SET offset = ?3, expires_s = ?4"
                               " WHERE record_id = ?1 AND offset = ?2 AND ?3 <= size",
                               error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_blob (stmt, 1, id, KOUAN_HUB_ID_SIZE);
  kouan_statement_bind_int (stmt, 2, from);
  kouan_statement_bind_int (stmt, 3, to);
  kouan_statement_bind_int (stmt, 4, expires_s);
  if (!kouan_statement_run (stmt, error))
    return FALSE;
  if (kouan_statement_changes (stmt) == 1)
    return TRUE;
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT,
                       "the upload has been moved by somebody else");
  return FALSE;
}

gboolean
kouan_hub_uploads_remove (KouanDatabase *db, const guint8 *id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "DELETE FROM uploads WHERE record_id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_blob (stmt, 1, id, KOUAN_HUB_ID_SIZE);
  return kouan_statement_run (stmt, error);
}

GPtrArray *
kouan_hub_uploads_expired (KouanDatabase *db, gint64 now_s, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT " UPLOAD_COLUMNS " FROM uploads WHERE expires_s <= ?1 ORDER BY expires_s", error);
  g_autoptr (GPtrArray) uploads = NULL;
  gboolean row;

  if (stmt == NULL)
    return NULL;
  uploads = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_hub_upload_free);
  kouan_statement_bind_int (stmt, 1, now_s);
  while (kouan_statement_next (stmt, &row, error))
    {
      KouanHubUpload *upload = row ? read_upload (stmt, error) : NULL;

      if (!row)
        return g_steal_pointer (&uploads);
      if (upload == NULL)
        return NULL;
      g_ptr_array_add (uploads, upload);
    }
  return NULL;
}
