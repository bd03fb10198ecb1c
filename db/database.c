/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/database.h"

#include "db/database-private.h"
#include "db/statement.h"

/* One connection to one SQLite file, used by the thread that opened it and no other: whoever works
 * on another thread opens a connection of their own. Transactions are counted here because SQLite
 * does not nest them. */

struct _KouanDatabase
{
  GObject parent_instance;

  sqlite3 *handle;
  char *path;
  GThread *thread;
  guint depth;                       /* of begin without its end */
  gboolean doomed;                   /* an inner transaction has been rolled back */
  KouanCommittedFunc committed_func; /* (nullable) */
  gpointer committed_data;
};

struct _KouanTransaction
{
  KouanDatabase *db;
};

G_DEFINE_QUARK (kouan_database_error_quark, kouan_database_error)
G_DEFINE_FINAL_TYPE (KouanDatabase, kouan_database, G_TYPE_OBJECT)

static void
kouan_database_finalize (GObject *object)
{
  KouanDatabase *self = KOUAN_DATABASE (object);

  sqlite3_close_v2 (self->handle);
  g_free (self->path);
  G_OBJECT_CLASS (kouan_database_parent_class)->finalize (object);
}

static void
kouan_database_class_init (KouanDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_database_finalize;
}

static void
kouan_database_init (KouanDatabase *self)
{
  self->thread = g_thread_self ();
}

KouanDatabase *
kouan_database_new (sqlite3 *handle, const char *path)
{
  KouanDatabase *self = g_object_new (KOUAN_TYPE_DATABASE, NULL);

  self->handle = handle;
  self->path = g_strdup (path);
  return self;
}

sqlite3 *
kouan_database_get_handle (KouanDatabase *self)
{
  return self->handle;
}

/* After a full disk or an I/O error SQLite may have rolled back by itself. What comes next would
 * then be committed one by one, as if the transaction were still there. */
static gboolean
check_still_in_transaction (KouanDatabase *self, GError **error)
{
  if (self->depth == 0 || !sqlite3_get_autocommit (self->handle))
    return TRUE;
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_IO,
                       "the transaction has been rolled back by an earlier error");
  return FALSE;
}

/**
 * kouan_statement_prepare:
 *
 * Returns: (transfer full): a statement, to be dropped before @db is
 */
sqlite3_stmt *
kouan_statement_prepare (KouanDatabase *db, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int code;

  g_return_val_if_fail (KOUAN_IS_DATABASE (db), NULL);
  g_assert (db->thread == g_thread_self ());

  if (!check_still_in_transaction (db, error))
    return NULL;
  code = sqlite3_prepare_v2 (db->handle, sql, -1, &stmt, NULL);
  if (code != SQLITE_OK)
    kouan_database_set_error (db->handle, code, error);
  return stmt;
}

/* Runs SQL that takes nothing and answers nothing: any number of statements. */
gboolean
kouan_database_run (KouanDatabase *self, const char *sql, GError **error)
{
  int code;

  g_return_val_if_fail (KOUAN_IS_DATABASE (self), FALSE);
  g_assert (self->thread == g_thread_self ());

  if (!check_still_in_transaction (self, error))
    return FALSE;
  code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (code != SQLITE_OK)
    kouan_database_set_error (self->handle, code, error);
  return code == SQLITE_OK;
}

gboolean
kouan_database_in_transaction (KouanDatabase *self)
{
  return self->depth > 0;
}

/**
 * kouan_database_begin:
 *
 * Takes the write lock at once, so that a transaction that has begun is never refused in its middle
 * for another writer. Waits for that writer as long as the busy time-out says.
 */
gboolean
kouan_database_begin (KouanDatabase *self, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_DATABASE (self), FALSE);

  if (self->depth == 0 && !kouan_database_run (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  self->depth++;
  return TRUE;
}

static void
end_outermost (KouanDatabase *self)
{
  self->depth = 0;
  self->doomed = FALSE;
  if (!sqlite3_get_autocommit (self->handle)
      && sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK)
    g_critical ("%s: rollback: %s", self->path, sqlite3_errmsg (self->handle));
}

/**
 * kouan_database_commit:
 *
 * Ends one begin; the outermost one makes everything durable. When that fails, all of it has been
 * rolled back and nothing is left to end.
 */
gboolean
kouan_database_commit (KouanDatabase *self, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_DATABASE (self), FALSE);
  g_return_val_if_fail (self->depth > 0, FALSE);

  if (self->depth > 1)
    {
      self->depth--;
      return TRUE;
    }
  if (self->doomed)
    {
      end_outermost (self);
      g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT,
                           "a part of the transaction has been rolled back");
      return FALSE;
    }
  if (!kouan_database_run (self, "COMMIT", error))
    {
      end_outermost (self);
      return FALSE;
    }
  self->depth = 0;
  if (self->committed_func != NULL)
    self->committed_func (self, self->committed_data);
  return TRUE;
}

/* @func: (nullable): must not begin a transaction */
void
kouan_database_set_committed (KouanDatabase *self, KouanCommittedFunc func, gpointer data)
{
  g_return_if_fail (KOUAN_IS_DATABASE (self));

  self->committed_func = func;
  self->committed_data = data;
}

void
kouan_database_rollback (KouanDatabase *self)
{
  g_return_if_fail (KOUAN_IS_DATABASE (self));
  g_return_if_fail (self->depth > 0);

  if (self->depth == 1)
    {
      end_outermost (self);
      return;
    }
  self->depth--;
  self->doomed = TRUE;
}

/**
 * kouan_transaction_begin:
 *
 * Returns: (transfer full): a transaction; dropped, it rolls back; hand it to
 * kouan_transaction_commit() to keep it
 */
KouanTransaction *
kouan_transaction_begin (KouanDatabase *db, GError **error)
{
  KouanTransaction *self;

  if (!kouan_database_begin (db, error))
    return NULL;
  self = g_new (KouanTransaction, 1);
  self->db = g_object_ref (db);
  return self;
}

static void
transaction_free (KouanTransaction *self)
{
  g_object_unref (self->db);
  g_free (self);
}

/* @self: (transfer full): gone afterwards, whether it could be committed or not */
gboolean
kouan_transaction_commit (KouanTransaction *self, GError **error)
{
  gboolean kept = kouan_database_commit (self->db, error);

  transaction_free (self);
  return kept;
}

void
kouan_transaction_abandon (KouanTransaction *self)
{
  kouan_database_rollback (self->db);
  transaction_free (self);
}

static gboolean
expect_no_row (KouanDatabase *self, const char *sql, const char *trouble, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (self, sql, error);
  gboolean row;

  if (stmt == NULL || !kouan_statement_next (stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT, "%s: %s: %s", self->path,
               trouble, (const char *)sqlite3_column_text (stmt, 0));
  return FALSE;
}

/**
 * kouan_database_check:
 *
 * Reads the whole file: pages, indexes, constraints and references. Moves nothing aside.
 *
 * Returns: FALSE with CORRUPT for the first thing that does not fit
 */
gboolean
kouan_database_check (KouanDatabase *self, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_DATABASE (self), FALSE);

  return expect_no_row (self,
                        "SELECT integrity_check FROM pragma_integrity_check"
                        " WHERE integrity_check <> 'ok'",
                        "damaged", error)
         && expect_no_row (self, "SELECT \"table\" FROM pragma_foreign_key_check",
                           "points to nothing", error);
}
