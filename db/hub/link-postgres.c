/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/link.h"
#include "db/hub/postgres-line.h"

#include <string.h>

/* PostgreSQL, over libpq. Values go to it and come from it in binary, so that nothing is ever
 * quoted: numbers as int8, big-endian.
 *
 * A database that was stopped and is there again is found again: each statement outside a
 * transaction first looks whether the line is whole, and makes a new one if not. Inside a
 * transaction a broken line is an error, since what came before it is lost. */

#define OID_BYTEA 17
#define OID_INT8 20
#define OID_TEXT 25
#define PARAMETERS_MAX 24
#define BINARY 1
#define LOCK_MIGRATE G_GINT64_CONSTANT (0x4b48554f00000000)

typedef struct
{
  KouanHubLink parent;
  char *address;
  PGconn *connection;
  gint64 rests_until_us; /* monotonic: until then it is not asked whether it is back */
  gboolean is_broken;    /* libpq itself may take it for whole for a while longer */
  gboolean in_transaction;
  gboolean is_begun;      /* the server knows of the transaction */
  GHashTable *statements; /* SQL to the name under which the server has its plan */
} PostgresLink;

typedef struct
{
  guint oid; /* 0: SQL NULL */
  char *value;
  int size;
} Parameter;

typedef struct
{
  KouanHubQuery parent;
  char *sql;
  Parameter parameters[PARAMETERS_MAX];
  int count;
  PGresult *result; /* (nullable): until it has been run */
  int row;
} PostgresQuery;

static PostgresLink *
get_link (KouanHubLink *link)
{
  return (PostgresLink *)link;
}

static PostgresQuery *
get_query (KouanHubQuery *query)
{
  return (PostgresQuery *)query;
}

/* Away, or going: @state is NULL where the server did not come to say why. */
static gboolean
says_that_it_goes (const char *state)
{
  return state == NULL || g_str_has_prefix (state, "08") || g_str_has_prefix (state, "57P");
}

/* Held by others, or too much asked of it at once: a lock, a deadlock, a statement that took too
 * long, no connection left. */
static gboolean
says_later (const char *state)
{
  return g_str_has_prefix (state, "40") || g_str_has_prefix (state, "55")
         || g_str_equal (state, "57014") || g_str_equal (state, "53300");
}

/* The first two characters of SQLSTATE are its class. */
static KouanDatabaseError
translate (const char *state)
{
  if (says_that_it_goes (state) || says_later (state))
    return KOUAN_DATABASE_ERROR_BUSY;
  if (g_str_has_prefix (state, "23"))
    return KOUAN_DATABASE_ERROR_CONFLICT;
  if (g_str_has_prefix (state, "53"))
    return KOUAN_DATABASE_ERROR_FULL;
  if (g_str_has_prefix (state, "42") || g_str_has_prefix (state, "XX001"))
    return KOUAN_DATABASE_ERROR_CORRUPT; /* the tables are not the ones that the version promises */
  return KOUAN_DATABASE_ERROR_IO;
}

/* The primary message names tables and constraints; the detail, which would name values, stays out
 * of the log. */
static gboolean
set_error (PostgresLink *self, const PGresult *result, GError **error)
{
  const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  const char *message
    = result != NULL ? PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  const char *said = message != NULL ? message : PQerrorMessage (self->connection);
  g_autofree char *line = g_strdup (*said != '\0' ? said : "the server has fallen silent");

  self->is_broken |= says_that_it_goes (state);
  g_set_error (error, KOUAN_DATABASE_ERROR, translate (state), "PostgreSQL %s: %s",
               state != NULL ? state : "connection", g_strchomp (line));
  return FALSE;
}

static gboolean
is_good (const PGresult *result)
{
  ExecStatusType status = PQresultStatus (result);

  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

static gboolean
execute (PostgresLink *self, const char *sql, GError **error)
{
  PGresult *result = kouan_hub_postgres_execute (self->connection, self->address, sql);
  gboolean good = is_good (result);

  if (!good)
    set_error (self, result, error);
  PQclear (result);
  return good;
}

/* What a connection has to be like, whatever the server's own configuration says. How long to wait
 * for a lock the address may say, too. */
static gboolean
set_up (PostgresLink *self, GError **error)
{
  self->parent.is_impatient = FALSE;
  return execute (self,
                  "SET client_min_messages = warning; SET synchronous_commit = on;"
                  "SET default_transaction_isolation = 'read committed';"
                  "SET idle_in_transaction_session_timeout = '60s';"
                  "SELECT set_config ('lock_timeout', '20s', false)"
                  " WHERE current_setting ('lock_timeout') = '0'",
                  error);
}

static gboolean
is_whole (PostgresLink *self)
{
  return !self->is_broken && PQstatus (self->connection) == CONNECTION_OK;
}

/* A server that let us wait is left alone for as long: a thread that serves many must not spend its
 * days on asking, once for each of them, whether it is back. */
static gboolean
connect_again (PostgresLink *self, GError **error)
{
  gint64 asked_us = g_get_monotonic_time ();
  gint64 answered_us;

  if (asked_us < self->rests_until_us)
    {
      g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_BUSY,
                           "PostgreSQL did not answer a moment ago");
      return FALSE;
    }
  kouan_hub_postgres_connect_again (self->connection);
  if (PQstatus (self->connection) == CONNECTION_OK)
    return TRUE;
  answered_us = g_get_monotonic_time ();
  self->rests_until_us = answered_us + (answered_us - asked_us);
  return set_error (self, NULL, error);
}

static gboolean
ensure (PostgresLink *self, GError **error)
{
  if (is_whole (self))
    return TRUE;
  if (self->is_begun)
    {
      g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_BUSY,
                           "the line to PostgreSQL broke in the middle of a transaction");
      return FALSE;
    }
  if (!connect_again (self, error))
    return FALSE;
  g_hash_table_remove_all (self->statements);
  self->is_broken = FALSE;
  return set_up (self, error);
}

static void
postgres_close (KouanHubLink *link)
{
  PQfinish (get_link (link)->connection);
  g_hash_table_unref (get_link (link)->statements);
  g_free (get_link (link)->address);
  g_free (link);
}

/* A server that has gone and come back is noticed by the first thing that is said to it. What has
 * changed nothing may then be said again. */
static gboolean
may_say_again (PostgresLink *self)
{
  return !self->is_begun && !is_whole (self) && ensure (self, NULL);
}

/* The transaction's first word goes to the server together with its first statement. */
static gboolean
say_first (PostgresLink *self, const char *sql, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (execute (self, sql, &local) || (may_say_again (self) && execute (self, sql, NULL)))
    {
      self->is_begun = TRUE;
      return TRUE;
    }
  self->is_begun = PQtransactionStatus (self->connection) != PQTRANS_IDLE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
begin_now (PostgresLink *self, GError **error)
{
  return !self->in_transaction || self->is_begun || say_first (self, "BEGIN", error);
}

static gboolean
postgres_run (KouanHubLink *link, const char *sql, GError **error)
{
  PostgresLink *self = get_link (link);
  g_autofree char *spelt = kouan_hub_postgres_spell (sql);

  return ensure (self, error) && begin_now (self, error) && execute (self, spelt, error);
}

static gboolean
postgres_begin (KouanHubLink *link, GError **error)
{
  PostgresLink *self = get_link (link);

  g_assert (!self->in_transaction);
  if (!ensure (self, error))
    return FALSE;
  self->in_transaction = TRUE;
  return TRUE;
}

static void
postgres_rollback (KouanHubLink *link)
{
  PostgresLink *self = get_link (link);
  g_autoptr (GError) ignored = NULL;
  gboolean is_begun = self->is_begun;

  self->in_transaction = self->is_begun = FALSE;
  if (is_begun && is_whole (self) && !execute (self, "ROLLBACK", &ignored))
    g_message ("%s", ignored->message);
}

/* COMMIT of a transaction in which a statement has failed is answered as if it had been a ROLLBACK,
 * which it then was. */
static gboolean
postgres_commit (KouanHubLink *link, GError **error)
{
  PostgresLink *self = get_link (link);
  PGresult *result;
  gboolean good;

  if (!self->is_begun)
    {
      self->in_transaction = FALSE;
      return TRUE;
    }
  if (PQtransactionStatus (self->connection) != PQTRANS_INTRANS)
    {
      postgres_rollback (link);
      g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_IO,
                           "the transaction has been rolled back by an earlier error");
      return FALSE;
    }
  result = kouan_hub_postgres_execute (self->connection, self->address, "COMMIT");
  good = is_good (result) && g_str_equal (PQcmdStatus (result), "COMMIT");
  if (!good)
    set_error (self, result, error);
  PQclear (result);
  self->in_transaction = self->is_begun = FALSE;
  return good;
}

static gboolean
postgres_lock (KouanHubLink *link, gint64 key, GError **error)
{
  PostgresLink *self = get_link (link);
  g_autofree char *sql = g_strdup_printf ("%sSELECT pg_advisory_xact_lock (%" G_GINT64_FORMAT ")",
                                          self->is_begun ? "" : "BEGIN;", key);

  g_assert (self->in_transaction);
  return self->is_begun ? execute (self, sql, error) : say_first (self, sql, error);
}

/* Often the first word after a server has come back. */
static gboolean
postgres_set_patient (KouanHubLink *link, gboolean patient, GError **error)
{
  const char *sql = patient ? "SET synchronous_commit = on" : "SET synchronous_commit = off";
  PostgresLink *self = get_link (link);
  g_autoptr (GError) local = NULL;

  if (postgres_run (link, sql, &local)
      || (!self->in_transaction && may_say_again (self) && execute (self, sql, NULL)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The highest number behind a "$": what is never bound is NULL. */
static int
count_parameters (const char *sql)
{
  int count = 0;

  for (const char *at = strchr (sql, '$'); at != NULL; at = strchr (at + 1, '$'))
    count = MAX (count, (int)g_ascii_strtoll (at + 1, NULL, 10));
  g_assert (count <= PARAMETERS_MAX);
  return count;
}

static KouanHubQuery *
postgres_prepare (KouanHubLink *link, const char *sql, GError **error)
{
  PostgresQuery *query;

  if (!ensure (get_link (link), error))
    return NULL;
  query = g_new0 (PostgresQuery, 1);
  query->sql = kouan_hub_postgres_spell (sql);
  query->count = count_parameters (query->sql);
  return &query->parent;
}

static void
postgres_finish (KouanHubQuery *query)
{
  PostgresQuery *self = get_query (query);

  for (int i = 0; i < self->count; i++)
    g_free (self->parameters[i].value);
  PQclear (self->result);
  g_free (self->sql);
  g_free (self);
}

/* The statements of this folder are few and always the same, so the server parses each of them once
 * a connection. Where it did not, the next try says it again.
 * Returns: (nullable): the name of the plan, with @error */
static const char *
find_plan (PostgresQuery *self, GError **error)
{
  PostgresLink *link = get_link (self->parent.link);
  char *name = g_hash_table_lookup (link->statements, self->sql);
  Oid types[PARAMETERS_MAX] = { 0 };
  PGresult *result = NULL;
  gboolean good;

  if (name != NULL)
    return name;
  for (int i = 0; i < self->count; i++)
    types[i] = self->parameters[i].oid;
  name = g_strdup_printf ("s%u", g_hash_table_size (link->statements));
  if (PQsendPrepare (link->connection, name, self->sql, self->count, types))
    result = kouan_hub_postgres_await (link->connection, link->address);
  good = is_good (result) || set_error (link, result, error);
  PQclear (result);
  if (good)
    g_hash_table_insert (link->statements, g_strdup (self->sql), name);
  else
    g_clear_pointer (&name, g_free);
  return name;
}

static gboolean
send (PostgresQuery *self, GError **error)
{
  PostgresLink *link = get_link (self->parent.link);
  const char *values[PARAMETERS_MAX] = { NULL };
  int sizes[PARAMETERS_MAX] = { 0 }, formats[PARAMETERS_MAX] = { 0 };
  const char *plan;

  if (!begin_now (link, error))
    return FALSE;
  g_clear_pointer (&self->result, PQclear);
  plan = find_plan (self, error);
  if (plan == NULL)
    return FALSE;
  for (int i = 0; i < self->count; i++)
    {
      values[i] = self->parameters[i].value;
      sizes[i] = self->parameters[i].size;
      formats[i] = BINARY;
    }
  if (PQsendQueryPrepared (link->connection, plan, self->count, values, sizes, formats, BINARY))
    self->result = kouan_hub_postgres_await (link->connection, link->address);
  self->row = -1;
  return is_good (self->result) || set_error (link, self->result, error);
}

static gboolean
send_or_again (PostgresQuery *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (send (self, &local)
      || (g_str_has_prefix (self->sql, "SELECT") && may_say_again (get_link (self->parent.link))
          && send (self, NULL)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The whole answer is here after the first call; a statement that has been read to its end is run
 * anew by the next one. */
static gboolean
postgres_next (KouanHubQuery *query, gboolean *row, GError **error)
{
  PostgresQuery *self = get_query (query);

  if ((self->result == NULL || self->row >= PQntuples (self->result))
      && !send_or_again (self, error))
    return FALSE;
  self->row++;
  *row = self->row < PQntuples (self->result);
  return TRUE;
}

static gint64
postgres_changes (KouanHubQuery *query)
{
  return g_ascii_strtoll (PQcmdTuples (get_query (query)->result), NULL, 10);
}

static void
bind (KouanHubQuery *query, int index, guint oid, gconstpointer data, gsize size)
{
  PostgresQuery *self = get_query (query);
  Parameter *parameter = &self->parameters[index - 1];

  g_assert (index >= 1 && index <= self->count && size <= G_MAXINT);
  g_free (parameter->value);
  parameter->oid = oid;
  parameter->value = g_malloc (size + 1);
  if (size > 0)
    memcpy (parameter->value, data, size);
  parameter->size = (int)size;
}

static void
postgres_bind_int (KouanHubQuery *query, int index, gint64 value)
{
  gint64 wire = GINT64_TO_BE (value);

  bind (query, index, OID_INT8, &wire, sizeof wire);
}

static void
postgres_bind_text (KouanHubQuery *query, int index, const char *text)
{
  bind (query, index, OID_TEXT, text, strlen (text));
}

static void
postgres_bind_blob (KouanHubQuery *query, int index, const guint8 *data, gsize size)
{
  bind (query, index, OID_BYTEA, data, size);
}

/* bigint, and what a WHERE-less count or a CASE may come out as: integer */
static gint64
postgres_get_int (KouanHubQuery *query, int column)
{
  PostgresQuery *self = get_query (query);
  const char *value = PQgetvalue (self->result, self->row, column);
  int size = PQgetlength (self->result, self->row, column);
  gint64 wide = 0;
  gint32 narrow = 0;

  if (size == sizeof wide)
    {
      memcpy (&wide, value, sizeof wide);
      return GINT64_FROM_BE (wide);
    }
  if (size == sizeof narrow)
    memcpy (&narrow, value, sizeof narrow);
  return GINT32_FROM_BE (narrow);
}

static char *
postgres_dup_text (KouanHubQuery *query, int column)
{
  PostgresQuery *self = get_query (query);

  if (PQgetisnull (self->result, self->row, column))
    return NULL;
  return g_strndup (PQgetvalue (self->result, self->row, column),
                    (gsize)PQgetlength (self->result, self->row, column));
}

static GBytes *
postgres_dup_bytes (KouanHubQuery *query, int column)
{
  PostgresQuery *self = get_query (query);

  if (PQgetisnull (self->result, self->row, column))
    return NULL;
  return g_bytes_new (PQgetvalue (self->result, self->row, column),
                      (gsize)PQgetlength (self->result, self->row, column));
}

static const KouanHubLinkClass class = {
  .close = postgres_close,
  .run = postgres_run,
  .begin = postgres_begin,
  .commit = postgres_commit,
  .rollback = postgres_rollback,
  .lock = postgres_lock,
  .set_patient = postgres_set_patient,
  .prepare = postgres_prepare,
  .finish = postgres_finish,
  .next = postgres_next,
  .changes = postgres_changes,
  .bind_int = postgres_bind_int,
  .bind_text = postgres_bind_text,
  .bind_blob = postgres_bind_blob,
  .get_int = postgres_get_int,
  .dup_text = postgres_dup_text,
  .dup_bytes = postgres_dup_bytes,
};

gboolean
kouan_hub_link_is_postgres (KouanHubLink *self)
{
  return self->class == &class;
}

static gboolean
read_version (KouanHubLink *link, gint64 *version, GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link, "SELECT coalesce (max (version), 0) FROM kouan_hub_schema", error);
  gboolean row;

  if (query == NULL || !kouan_hub_query_next (query, &row, error))
    return FALSE;
  *version = kouan_hub_query_get_int (query, 0);
  return TRUE;
}

static gboolean
migrate_from (KouanHubLink *link, guint version, GError **error)
{
  for (; kouan_hub_migrations[version] != NULL; version++)
    {
      g_autofree char *stamp = g_strdup_printf (
        "DELETE FROM kouan_hub_schema; INSERT INTO kouan_hub_schema VALUES (%u)", version + 1);

      if (!kouan_hub_link_run (link, kouan_hub_migrations[version], error)
          || !kouan_hub_link_run (link, stamp, error))
        return FALSE;
    }
  return TRUE;
}

/* All that is missing, and the number that says so, in one transaction; hubs that start at the same
 * moment come one after another. */
static gboolean
migrate (KouanHubLink *link, GError **error)
{
  g_autoptr (KouanHubTransaction) transaction = kouan_hub_transaction_begin (link, error);
  guint newest = g_strv_length ((char **)kouan_hub_migrations);
  gint64 version;

  if (transaction == NULL || !kouan_hub_link_lock (link, LOCK_MIGRATE, error)
      || !kouan_hub_link_run (
        link, "CREATE TABLE IF NOT EXISTS kouan_hub_schema (version INTEGER NOT NULL)", error)
      || !read_version (link, &version, error))
    return FALSE;
  if (version < 0 || version > newest)
    {
      g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_TOO_NEW,
                   "the database has version %" G_GINT64_FORMAT ", this program knows up to %u",
                   version, newest);
      return FALSE;
    }
  return migrate_from (link, (guint)version, error)
         && kouan_hub_transaction_commit (g_steal_pointer (&transaction), error);
}

/**
 * kouan_hub_link_postgres:
 * @address: "postgresql://…" or what else libpq takes
 *
 * Returns: (transfer full): a link to a database whose tables are up to date
 */
KouanHubLink *
kouan_hub_link_postgres (const char *address, GError **error)
{
  PostgresLink *self = g_new0 (PostgresLink, 1);

  self->parent.class = &class;
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->address = g_strdup (address);
  self->connection = kouan_hub_postgres_connect (address);
  if (PQstatus (self->connection) != CONNECTION_OK)
    set_error (self, NULL, error);
  else if (set_up (self, error) && migrate (&self->parent, error))
    return &self->parent;
  postgres_close (&self->parent);
  return NULL;
}
