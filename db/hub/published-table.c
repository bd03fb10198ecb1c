/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-tables.h"

/* What the hub hands out: of each kind, for each hall (0: for all), the files of one version. */

gboolean
kouan_hub_published_version (
  KouanHubLink *link, const char *kind, guint hall_id, gint64 *version, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "SELECT coalesce (max (version), 0) FROM published WHERE kind = ?1 AND hall_id = ?2",
    error);
  gboolean row;

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_text (query, 1, kind);
  kouan_hub_query_bind_int (query, 2, hall_id);
  if (!kouan_hub_query_next (query, &row, error))
    return FALSE;
  *version = kouan_hub_query_get_int (query, 0);
  return TRUE;
}

gboolean
kouan_hub_published_clear (KouanHubLink *link, const char *kind, guint hall_id, GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link, "DELETE FROM published WHERE kind = ?1 AND hall_id = ?2", error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_text (query, 1, kind);
  kouan_hub_query_bind_int (query, 2, hall_id);
  return kouan_hub_query_run (query, error);
}

gboolean
kouan_hub_published_insert (KouanHubLink *link,
                            const KouanHubPublication *publication,
                            const char *name,
                            GBytes *content,
                            GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    "INSERT INTO published (kind, hall_id, name, version, content) VALUES (?1, ?2, ?3, ?4, ?5)",
    error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_text (query, 1, publication->kind);
  kouan_hub_query_bind_int (query, 2, publication->hall_id);
  kouan_hub_query_bind_text (query, 3, name);
  kouan_hub_query_bind_int (query, 4, publication->version);
  kouan_hub_query_bind_bytes (query, 5, content);
  return kouan_hub_query_run (query, error);
}

GBytes *
kouan_hub_published_find (KouanHubLink *link,
                          const char *kind,
                          guint hall_id,
                          const char *name,
                          gint64 *version,
                          GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "SELECT version, content FROM published WHERE kind = ?1 AND hall_id = ?2 AND name = ?3",
    error);
  gboolean row;

  if (query == NULL)
    return NULL;
  kouan_hub_query_bind_text (query, 1, kind);
  kouan_hub_query_bind_int (query, 2, hall_id);
  kouan_hub_query_bind_text (query, 3, name);
  if (!kouan_hub_query_next (query, &row, error))
    return NULL;
  if (row)
    {
      if (version != NULL)
        *version = kouan_hub_query_get_int (query, 0);
      return kouan_hub_query_dup_bytes (query, 1);
    }
  g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
               "no %s of that name is published", kind);
  return NULL;
}
