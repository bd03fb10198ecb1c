/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-tables.h"

/* A record's sealed bytes, where they are not in a file: in pieces, by number. */

gboolean
kouan_hub_pieces_put (KouanHubLink *link,
                      const guint8 *id,
                      gint64 number,
                      const guint8 *data,
                      gsize size,
                      GError **error)
{
  /* What counts already does not change any more, and of a committed record nothing does: there is
   * no upload then. A piece never becomes shorter: two lines may bring the same bytes, one further
   * than the other, and the offset of the one must not count what the other has cut off. */
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link,
                           "INSERT INTO pieces (record_id, number, bytes)"
                           " SELECT ?1, ?2, ?3 FROM uploads"
                           " WHERE record_id = ?1 AND \"offset\" < size AND \"offset\" < ?4"
                           " ON CONFLICT (record_id, number) DO UPDATE SET bytes ="
                           "  CASE WHEN length (pieces.bytes) <= length (excluded.bytes)"
                           "   THEN excluded.bytes"
                           "   ELSE CAST (excluded.bytes"
                           "    || substr (pieces.bytes, length (excluded.bytes) + 1)"
                           "    AS BLOB) END",
                           error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_blob (query, 1, id, KOUAN_HUB_ID_SIZE);
  kouan_hub_query_bind_int (query, 2, number);
  kouan_hub_query_bind_blob (query, 3, data, size);
  kouan_hub_query_bind_int (query, 4, (number + 1) * KOUAN_HUB_PIECE_SIZE);
  if (!kouan_hub_query_run (query, error))
    return FALSE;
  if (kouan_hub_query_changes (query) == 1)
    return TRUE;
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT,
                       "that piece of the record is not under way");
  return FALSE;
}

GBytes *
kouan_hub_pieces_find (KouanHubLink *link, const guint8 *id, gint64 number, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "SELECT bytes FROM pieces WHERE record_id = ?1 AND number = ?2", error);
  gboolean row;

  if (query == NULL)
    return NULL;
  kouan_hub_query_bind_blob (query, 1, id, KOUAN_HUB_ID_SIZE);
  kouan_hub_query_bind_int (query, 2, number);
  if (!kouan_hub_query_next (query, &row, error))
    return NULL;
  if (row)
    return kouan_hub_query_dup_bytes (query, 0);
  g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
               "no piece %" G_GINT64_FORMAT " of that record", number);
  return NULL;
}

/* @size: (out): of all pieces; 0 while they still come in */
gboolean
kouan_hub_pieces_measure (KouanHubLink *link, const guint8 *id, gint64 *size, GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link,
                           "SELECT coalesce (sum (length (bytes)), 0) FROM pieces"
                           " WHERE record_id = ?1"
                           " AND NOT EXISTS (SELECT 1 FROM uploads WHERE record_id = ?1)",
                           error);
  gboolean row;

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_blob (query, 1, id, KOUAN_HUB_ID_SIZE);
  if (!kouan_hub_query_next (query, &row, error))
    return FALSE;
  *size = row ? kouan_hub_query_get_int (query, 0) : 0;
  return TRUE;
}

gboolean
kouan_hub_pieces_remove (KouanHubLink *link, const guint8 *id, GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link, "DELETE FROM pieces WHERE record_id = ?1", error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_blob (query, 1, id, KOUAN_HUB_ID_SIZE);
  return kouan_hub_query_run (query, error);
}
