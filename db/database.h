/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KOUAN_DATABASE_ERROR_FULL,     /* the disk, or our own limit */
  KOUAN_DATABASE_ERROR_IO,       /* the disk answers with errors */
  KOUAN_DATABASE_ERROR_CORRUPT,  /* not a database, or damaged: it has been moved aside and said so */
  KOUAN_DATABASE_ERROR_TOO_NEW,  /* written by a later version */
  KOUAN_DATABASE_ERROR_CONFLICT, /* a constraint: it is there already, or what it points to is not */
  KOUAN_DATABASE_ERROR_BUSY,     /* another process holds it longer than we wait */
  KOUAN_DATABASE_ERROR_NOT_FOUND,
} KouanDatabaseError;
#define KOUAN_DATABASE_ERROR (kouan_database_error_quark ())
GQuark kouan_database_error_quark (void);

#define KOUAN_TYPE_DATABASE (kouan_database_get_type ())
G_DECLARE_FINAL_TYPE (KouanDatabase, kouan_database, KOUAN, DATABASE, GObject)

/* Transactions nest: the inner ones are part of the outermost, and a rollback anywhere rolls all of it back.
 * A database belongs to the thread that opened it. */
gboolean kouan_database_begin (KouanDatabase *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_database_commit (KouanDatabase *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_database_rollback (KouanDatabase *self);
/* @func: after each outermost commit that has been made; what was in it is durable by then. One at
 * most. */
typedef void (*KouanCommittedFunc) (KouanDatabase *db, gpointer data);
void kouan_database_set_committed (KouanDatabase *self, KouanCommittedFunc func, gpointer data);
gboolean kouan_database_check (KouanDatabase *self, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* integrity_check */

/* The same as a value that rolls back when it is dropped without a commit. */
typedef struct _KouanTransaction KouanTransaction;
KouanTransaction *kouan_transaction_begin (KouanDatabase *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_transaction_commit (KouanTransaction *self, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* takes it */
void kouan_transaction_abandon (KouanTransaction *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanTransaction, kouan_transaction_abandon)

G_END_DECLS
