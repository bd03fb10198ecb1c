/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-store-private.h"

#include "db/hub/hub-tables.h"

#include <string.h>

/* ARCHIVED without an operator, where PostgreSQL itself knows how far its copies are.
 *
 * Records are numbered in the order in which they are committed, and a record that a query sees has
 * its commit in the write-ahead log already. So whoever first asks for the highest number and then
 * for the log's position holds a true mark: all records up to that number are in the log before
 * that position. When later the copy has passed the position, the copy has these records.
 *
 * The copy is either the archive of log files ("archiver": the file with the position in it must
 * have been archived) or standby servers ("standby:one,two": every one of them must have flushed
 * it). A mark of another timeline, before a standby was made the server, is worth nothing and is
 * dropped. */

#define STANDBY "standby:"
#define ARCHIVER "archiver"

typedef struct
{
  gint64 hub_sequence; /* 0: none */
  gint64 position;
  char *file; /* of the write-ahead log; its first eight digits are the timeline */
} Mark;

static void
mark_clear (Mark *mark)
{
  g_free (mark->file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mark, mark_clear)

static gboolean
query_number (KouanHubLink *link, const char *sql, gint64 *number, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (link, sql, error);
  gboolean row;

  if (query == NULL || !kouan_hub_query_next (query, &row, error))
    return FALSE;
  *number = row ? kouan_hub_query_get_int (query, 0) : 0;
  return TRUE;
}

/* The number first, the position after: in two statements, each with its own view. */
static gboolean
take_mark (KouanHubLink *link, Mark *mark, GError **error)
{
  g_autoptr (KouanHubQuery) query = NULL;
  gboolean row;

  if (!query_number (link, "SELECT coalesce (max (hub_sequence), 0) FROM records",
                     &mark->hub_sequence, error))
    return FALSE;
  query = kouan_hub_query_new (link,
                               "SELECT pg_wal_lsn_diff (lsn, '0/0')::bigint, pg_walfile_name (lsn)"
                               " FROM pg_current_wal_lsn () lsn",
                               error);
  if (query == NULL || !kouan_hub_query_next (query, &row, error))
    return FALSE;
  mark->position = kouan_hub_query_get_int (query, 0);
  mark->file = kouan_hub_query_dup_text (query, 1);
  return TRUE;
}

static gboolean
put_mark (KouanHubLink *link, const Mark *mark, GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link,
                           "INSERT INTO marks (hub_sequence, position, file) VALUES (?1, ?2, ?3)"
                           " ON CONFLICT (hub_sequence) DO NOTHING",
                           error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, mark->hub_sequence);
  kouan_hub_query_bind_int (query, 2, mark->position);
  kouan_hub_query_bind_text (query, 3, mark->file);
  return mark->hub_sequence == 0 || kouan_hub_query_run (query, error);
}

static gboolean
drop_marks (KouanHubLink *link, gint64 up_to, const char *file, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "DELETE FROM marks WHERE hub_sequence <= ?1 OR substr (file, 1, 8) <> substr (?2, 1, 8)",
    error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, up_to);
  kouan_hub_query_bind_text (query, 2, file);
  return kouan_hub_query_run (query, error);
}

/* @up_to: (out): the highest number of a mark whose file is archived. Only whole files count, and a
 * file's name sorts behind those before it, within its timeline. */
static gboolean
ask_archiver (KouanHubLink *link, gint64 *up_to, GError **error)
{
  return query_number (link,
                       "SELECT coalesce (max (m.hub_sequence), 0) FROM marks m, pg_stat_archiver a"
                       " WHERE a.last_archived_wal ~ '^[0-9A-F]{24}$'"
                       " AND m.file <= a.last_archived_wal"
                       " AND substr (m.file, 1, 8) = substr (a.last_archived_wal, 1, 8)",
                       up_to, error);
}

/* @position: (out): how far that standby has the log on its disk; 0 if it is away */
static gboolean
ask_standby (KouanHubLink *link, const char *name, gint64 *position, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    "SELECT coalesce (max (pg_wal_lsn_diff (flush_lsn, '0/0')), 0)::bigint"
    " FROM pg_stat_replication WHERE application_name = ?1 AND state = 'streaming'",
    error);
  gboolean row;

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_text (query, 1, name);
  if (!kouan_hub_query_next (query, &row, error))
    return FALSE;
  *position = kouan_hub_query_get_int (query, 0);
  return TRUE;
}

static gboolean
ask_standbys (KouanHubLink *link, const char *names, gint64 *up_to, GError **error)
{
  g_auto (GStrv) list = g_strsplit (names, ",", -1);
  g_autoptr (KouanHubQuery) query = NULL;
  gint64 slowest = G_MAXINT64;
  gboolean row;

  for (guint i = 0; list[i] != NULL; i++)
    {
      gint64 position;

      if (!ask_standby (link, g_strstrip (list[i]), &position, error))
        return FALSE;
      slowest = MIN (slowest, position);
    }
  query = kouan_hub_query_new (
    link, "SELECT coalesce (max (hub_sequence), 0) FROM marks WHERE position <= ?1", error);
  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, list[0] != NULL ? slowest : 0);
  if (!kouan_hub_query_next (query, &row, error))
    return FALSE;
  *up_to = kouan_hub_query_get_int (query, 0);
  return TRUE;
}

static gboolean
check_followable (KouanHubLink *link, const char *who, GError **error)
{
  if (kouan_hub_link_is_postgres (link)
      && (g_str_equal (who, ARCHIVER) || g_str_has_prefix (who, STANDBY)))
    return TRUE;
  g_set_error (
    error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT,
    "\"%s\" cannot be followed: it must be \"archiver\", or \"standby:\" and names, of a "
    "PostgreSQL",
    who);
  return FALSE;
}

/**
 * kouan_hub_store_follow:
 * @who: "archiver", or "standby:" and the application names of standby servers, a comma between
 * @up_to: (out): the copies have all records up to this hub sequence by now; 0: none, or unknown
 *
 * To be asked now and then, since it is also what notes where the log is. CONFLICT for a database
 * that has no such copies.
 */
gboolean
kouan_hub_store_follow (KouanHubStore *self, const char *who, gint64 *up_to, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);
  g_auto (Mark) mark = { 0 };

  g_return_val_if_fail (who != NULL && up_to != NULL, FALSE);

  *up_to = 0;
  return link != NULL && check_followable (link, who, error) && take_mark (link, &mark, error)
         && drop_marks (link, 0, mark.file, error) && put_mark (link, &mark, error)
         && (g_str_equal (who, ARCHIVER)
               ? ask_archiver (link, up_to, error)
               : ask_standbys (link, who + strlen (STANDBY), up_to, error))
         && drop_marks (link, *up_to - 1, mark.file, error);
}
