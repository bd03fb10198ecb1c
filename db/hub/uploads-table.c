/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-tables.h"

/* What is on its way. The offset says how many bytes of the staged file count; the file may hold
 * more, left by a write that nobody has answered for. */

#define UPLOAD_COLUMNS KOUAN_HUB_OFFER_COLUMNS ", \"offset\", expires_s"

gboolean
kouan_hub_row_damaged (GError **error)
{
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT,
                       "a row of the hub's database holds a value that no version has written");
  return FALSE;
}

void
kouan_hub_offer_bind (KouanHubQuery *query, const KouanHubOffer *offer)
{
  kouan_hub_query_bind_blob (query, 1, offer->id, sizeof offer->id);
  kouan_hub_query_bind_int (query, 2, offer->enrolment);
  kouan_hub_query_bind_int (query, 3, offer->kiosk_id);
  kouan_hub_query_bind_int (query, 4, offer->sequence);
  kouan_hub_query_bind_int (query, 5, offer->service);
  kouan_hub_query_bind_int (query, 6, offer->created_ms);
  kouan_hub_query_bind_int (query, 7, offer->size);
  kouan_hub_query_bind_blob (query, 8, offer->sha256, sizeof offer->sha256);
  if (offer->has_code)
    kouan_hub_query_bind_blob (query, 9, offer->code_id, sizeof offer->code_id);
  kouan_hub_query_bind_bytes (query, 10, offer->manifest);
}

gboolean
kouan_hub_offer_read (KouanHubQuery *query, KouanHubOffer *offer, GError **error)
{
  offer->enrolment = kouan_hub_query_get_int (query, 1);
  offer->kiosk_id = (guint)kouan_hub_query_get_int (query, 2);
  offer->sequence = kouan_hub_query_get_int (query, 3);
  offer->service = kouan_hub_query_get_int (query, 4);
  offer->created_ms = kouan_hub_query_get_int (query, 5);
  offer->size = kouan_hub_query_get_int (query, 6);
  offer->has_code = kouan_hub_query_get_fixed (query, 8, offer->code_id, sizeof offer->code_id);
  offer->manifest = kouan_hub_query_dup_bytes (query, 9);
  if (kouan_hub_query_get_fixed (query, 0, offer->id, sizeof offer->id)
      && kouan_hub_query_get_fixed (query, 7, offer->sha256, sizeof offer->sha256)
      && offer->manifest != NULL)
    return TRUE;
  return kouan_hub_row_damaged (error);
}

gboolean
kouan_hub_uploads_insert (
  KouanHubLink *link, const KouanHubOffer *offer, gint64 now_s, gint64 expires_s, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    "INSERT INTO uploads (" KOUAN_HUB_OFFER_COLUMNS ", \"offset\", created_s, expires_s)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, ?11, ?12)",
    error);

  if (query == NULL)
    return FALSE;
  kouan_hub_offer_bind (query, offer);
  kouan_hub_query_bind_int (query, 11, now_s);
  kouan_hub_query_bind_int (query, 12, expires_s);
  return kouan_hub_query_run (query, error);
}

static KouanHubUpload *
read_upload (KouanHubQuery *query, GError **error)
{
  g_autoptr (KouanHubUpload) upload = g_new0 (KouanHubUpload, 1);

  if (!kouan_hub_offer_read (query, &upload->offer, error))
    return NULL;
  upload->offset = kouan_hub_query_get_int (query, KOUAN_HUB_OFFER_COUNT);
  upload->expires_s = kouan_hub_query_get_int (query, KOUAN_HUB_OFFER_COUNT + 1);
  return g_steal_pointer (&upload);
}

KouanHubUpload *
kouan_hub_uploads_find (KouanHubLink *link, const guint8 *id, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "SELECT " UPLOAD_COLUMNS " FROM uploads WHERE record_id = ?1", error);
  gboolean row;

  if (query == NULL)
    return NULL;
  kouan_hub_query_bind_blob (query, 1, id, KOUAN_HUB_ID_SIZE);
  if (!kouan_hub_query_next (query, &row, error))
    return NULL;
  if (row)
    return read_upload (query, error);
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
                       "nothing of that record is under way");
  return NULL;
}

gboolean
kouan_hub_uploads_advance (
  KouanHubLink *link, const guint8 *id, gint64 from, gint64 to, gint64 expires_s, GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link,
                           "UPDATE uploads SET \"offset\" = ?3, expires_s = ?4"
                           " WHERE record_id = ?1 AND \"offset\" = ?2 AND ?3 <= size",
                           error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_blob (query, 1, id, KOUAN_HUB_ID_SIZE);
  kouan_hub_query_bind_int (query, 2, from);
  kouan_hub_query_bind_int (query, 3, to);
  kouan_hub_query_bind_int (query, 4, expires_s);
  if (!kouan_hub_query_run (query, error))
    return FALSE;
  if (kouan_hub_query_changes (query) == 1)
    return TRUE;
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT,
                       "the upload has been moved by somebody else");
  return FALSE;
}

gboolean
kouan_hub_uploads_remove (KouanHubLink *link, const guint8 *id, GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link, "DELETE FROM uploads WHERE record_id = ?1", error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_blob (query, 1, id, KOUAN_HUB_ID_SIZE);
  return kouan_hub_query_run (query, error);
}

GPtrArray *
kouan_hub_uploads_expired (KouanHubLink *link, gint64 now_s, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "SELECT " UPLOAD_COLUMNS " FROM uploads WHERE expires_s <= ?1 ORDER BY expires_s", error);
  g_autoptr (GPtrArray) uploads = NULL;
  gboolean row;

  if (query == NULL)
    return NULL;
  uploads = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_hub_upload_free);
  kouan_hub_query_bind_int (query, 1, now_s);
  while (kouan_hub_query_next (query, &row, error))
    {
      KouanHubUpload *upload = row ? read_upload (query, error) : NULL;

      if (!row)
        return g_steal_pointer (&uploads);
      if (upload == NULL)
        return NULL;
      g_ptr_array_add (uploads, upload);
    }
  return NULL;
}
