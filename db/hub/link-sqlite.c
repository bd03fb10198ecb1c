/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/link.h"
#include "db/statement.h"

/* The hub's embedded database: one SQLite file. */

typedef struct
{
  KouanHubLink parent;
  KouanDatabase *db;
} SqliteLink;

typedef struct
{
  KouanHubQuery parent;
  sqlite3_stmt *stmt;
} SqliteQuery;

static KouanDatabase *
get_db (KouanHubLink *link)
{
  return ((SqliteLink *)link)->db;
}

static sqlite3_stmt *
get_stmt (KouanHubQuery *query)
{
  return ((SqliteQuery *)query)->stmt;
}

static void
sqlite_close (KouanHubLink *link)
{
  g_object_unref (get_db (link));
  g_free (link);
}

static gboolean
sqlite_run (KouanHubLink *link, const char *sql, GError **error)
{
  return kouan_database_run (get_db (link), sql, error);
}

static gboolean
sqlite_begin (KouanHubLink *link, GError **error)
{
  return kouan_database_begin (get_db (link), error);
}

static gboolean
sqlite_commit (KouanHubLink *link, GError **error)
{
  return kouan_database_commit (get_db (link), error);
}

static void
sqlite_rollback (KouanHubLink *link)
{
  kouan_database_rollback (get_db (link));
}

/* A transaction that has begun has the whole file to itself. */
static gboolean
sqlite_lock (KouanHubLink *link, gint64 key G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  g_assert (kouan_database_in_transaction (get_db (link)));
  return TRUE;
}

static gboolean
sqlite_set_patient (KouanHubLink *link, gboolean patient, GError **error)
{
  return kouan_database_run (
    get_db (link), patient ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", error);
}

static KouanHubQuery *
sqlite_prepare (KouanHubLink *link, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = kouan_statement_prepare (get_db (link), sql, error);
  SqliteQuery *query;

  if (stmt == NULL)
    return NULL;
  query = g_new0 (SqliteQuery, 1);
  query->stmt = stmt;
  return &query->parent;
}

static void
sqlite_finish (KouanHubQuery *query)
{
  sqlite3_finalize (get_stmt (query));
  g_free (query);
}

static gboolean
sqlite_next (KouanHubQuery *query, gboolean *row, GError **error)
{
  if (!kouan_statement_next (get_stmt (query), row, error))
    return FALSE;
  if (!*row)
    sqlite3_reset (get_stmt (query));
  return TRUE;
}

static gint64
sqlite_changes (KouanHubQuery *query)
{
  return kouan_statement_changes (get_stmt (query));
}

static void
sqlite_bind_int (KouanHubQuery *query, int index, gint64 value)
{
  kouan_statement_bind_int (get_stmt (query), index, value);
}

static void
sqlite_bind_text (KouanHubQuery *query, int index, const char *text)
{
  kouan_statement_bind_text (get_stmt (query), index, text);
}

static void
sqlite_bind_blob (KouanHubQuery *query, int index, const guint8 *data, gsize size)
{
  kouan_statement_bind_blob (get_stmt (query), index, data, size);
}

static gint64
sqlite_get_int (KouanHubQuery *query, int column)
{
  return kouan_statement_get_int (get_stmt (query), column);
}

static char *
sqlite_dup_text (KouanHubQuery *query, int column)
{
  return kouan_statement_dup_text (get_stmt (query), column);
}

static GBytes *
sqlite_dup_bytes (KouanHubQuery *query, int column)
{
  return kouan_statement_dup_bytes (get_stmt (query), column);
}

static const KouanHubLinkClass class = {
  .close = sqlite_close,
  .run = sqlite_run,
  .begin = sqlite_begin,
  .commit = sqlite_commit,
  .rollback = sqlite_rollback,
  .lock = sqlite_lock,
  .set_patient = sqlite_set_patient,
  .prepare = sqlite_prepare,
  .finish = sqlite_finish,
  .next = sqlite_next,
  .changes = sqlite_changes,
  .bind_int = sqlite_bind_int,
  .bind_text = sqlite_bind_text,
  .bind_blob = sqlite_bind_blob,
  .get_int = sqlite_get_int,
  .dup_text = sqlite_dup_text,
  .dup_bytes = sqlite_dup_bytes,
};

/* Returns: (transfer full): a link to the file, which is made if it is not there */
KouanHubLink *
kouan_hub_link_sqlite (const char *path, GError **error)
{
  const KouanSchema schema = { KOUAN_HUB_APPLICATION_ID, kouan_hub_migrations };
  KouanDatabase *db = kouan_database_open (path, &schema, error);
  SqliteLink *self;

  if (db == NULL)
    return NULL;
  self = g_new0 (SqliteLink, 1);
  self->parent.class = &class;
  self->db = db;
  return &self->parent;
}
