/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* For the files below db/ alone: what they need to open a database and to talk to it in SQL. */

typedef struct
{
  gint32 application_id; /* in the file's header: whose database this is */
  const char *const
    *migrations; /* NULL-terminated; the first makes version 1 out of an empty file */
} KouanSchema;

KouanDatabase *
kouan_database_open (const char *path,
                     const KouanSchema *schema,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
kouan_database_run (KouanDatabase *self, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
kouan_database_in_transaction (KouanDatabase *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

sqlite3_stmt *
kouan_statement_prepare (KouanDatabase *db,
                         const char *sql,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
kouan_statement_next (sqlite3_stmt *stmt, gboolean *row, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
kouan_statement_run (sqlite3_stmt *stmt, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64
kouan_statement_changes (sqlite3_stmt *stmt);

void
kouan_statement_bind_int (sqlite3_stmt *stmt, int index, gint64 value);
void
kouan_statement_bind_text (sqlite3_stmt *stmt, int index, const char *text);
void
kouan_statement_bind_blob (sqlite3_stmt *stmt, int index, const guint8 *data, gsize size);
void
kouan_statement_bind_bytes (sqlite3_stmt *stmt, int index, GBytes *bytes);

gint64
kouan_statement_get_int (sqlite3_stmt *stmt, int column);
char *
kouan_statement_dup_text (sqlite3_stmt *stmt, int column);
GBytes *
kouan_statement_dup_bytes (sqlite3_stmt *stmt, int column);
gboolean
kouan_statement_get_fixed (sqlite3_stmt *stmt, int column, guint8 *data, gsize size);

void
kouan_database_set_error (sqlite3 *handle, int code, GError **error);

G_END_DECLS
