/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-tables.h"

/* What the hub hands out: of each kind, for each hall (0: for all), the files of one version. */

gboolean
kouan_hub_published_version (
  KouanDatabase *db, const char *kind, guint hall_id, gint64 *version, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT coalesce (max (version), 0) FROM published WHERE kind = ?1 AND hall_id = ?2",
    error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, kind);
  kouan_statement_bind_int (stmt, 2, hall_id);
  if (!kouan_statement_next (stmt, &row, error))
    return FALSE;
  *version = kouan_statement_get_int (stmt, 0);
  return TRUE;
}

gboolean
kouan_hub_published_clear (KouanDatabase *db, const char *kind, guint hall_id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "DELETE FROM published WHERE kind = ?1 AND hall_id = ?2", error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, kind);
  kouan_statement_bind_int (stmt, 2, hall_id);
  return kouan_statement_run (stmt, error);
}

gboolean
kouan_hub_published_insert (KouanDatabase *db,
                            const KouanHubPublication *publication,
                            const char *name,
                            GBytes *content,
                            GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "INSERT INTO published (kind, hall_id, name, version, content) VALUES (?1, ?2, ?3, ?4, ?5)",
    error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, publication->kind);
  kouan_statement_bind_int (stmt, 2, publication->hall_id);
  kouan_statement_bind_text (stmt, 3, name);
  kouan_statement_bind_int (stmt, 4, publication->version);
  kouan_statement_bind_bytes (stmt, 5, content);
  return kouan_statement_run (stmt, error);
}

GBytes *
kouan_hub_published_find (KouanDatabase *db,
                          const char *kind,
                          guint hall_id,
                          const char *name,
                          gint64 *version,
                          GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT version, content FROM published WHERE kind = ?1 AND hall_id = ?2 AND name = ?3",
    error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_text (stmt, 1, kind);
  kouan_statement_bind_int (stmt, 2, hall_id);
  kouan_statement_bind_text (stmt, 3, name);
  if (!kouan_statement_next (stmt, &row, error))
    return NULL;
  if (row)
    {
      if (version != NULL)
        *version = kouan_statement_get_int (stmt, 0);
      return kouan_statement_dup_bytes (stmt, 1);
    }
  g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
               "no %s of that name is published", kind);
  return NULL;
}
