/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/link.h"

#include <string.h>

/* Two databases, one set of tables and of statements. What differs is kept here and below: how a
 * value is bound and read, and what a transaction excludes. SQLite lets one writer in at a time.
 * PostgreSQL lets all of them in, so a transaction there first takes the locks of what it is about,
 * by number, always in the same order. */

struct _KouanHubTransaction
{
  KouanHubLink *link;
};

void
kouan_hub_link_close (KouanHubLink *self)
{
  self->class->close (self);
}

/* Statements that bind nothing and answer nothing. */
gboolean
kouan_hub_link_run (KouanHubLink *self, const char *sql, GError **error)
{
  return self->class->run (self, sql, error);
}

/* Until the transaction ends, whoever asks for the same @key waits, on whichever hub. */
gboolean
kouan_hub_link_lock (KouanHubLink *self, gint64 key, GError **error)
{
  return self->class->lock (self, key, error);
}

/* @patient: FALSE: from now on a commit does not wait for the disk; a later one that does makes the
 * earlier ones durable too */
gboolean
kouan_hub_link_set_patient (KouanHubLink *self, gboolean patient, GError **error)
{
  if (self->is_impatient == !patient)
    return TRUE;
  if (!self->class->set_patient (self, patient, error))
    return FALSE;
  self->is_impatient = !patient;
  return TRUE;
}

/* Returns: (transfer full): rolls back when it is dropped without a commit */
KouanHubTransaction *
kouan_hub_transaction_begin (KouanHubLink *link, GError **error)
{
  KouanHubTransaction *self;

  if (!link->class->begin (link, error))
    return NULL;
  self = g_new0 (KouanHubTransaction, 1);
  self->link = link;
  return self;
}

/* When it fails nobody knows whether the transaction counts: the line to the database may have
 * broken behind it. Who asks again will see. */
gboolean
kouan_hub_transaction_commit (KouanHubTransaction *self, GError **error)
{
  KouanHubLink *link = self->link;

  g_free (self);
  return link->class->commit (link, error);
}

void
kouan_hub_transaction_abandon (KouanHubTransaction *self)
{
  self->link->class->rollback (self->link);
  g_free (self);
}

/* Returns: (transfer full) */
KouanHubQuery *
kouan_hub_query_new (KouanHubLink *link, const char *sql, GError **error)
{
  KouanHubQuery *self = link->class->prepare (link, sql, error);

  if (self != NULL)
    self->link = link;
  return self;
}

void
kouan_hub_query_free (KouanHubQuery *self)
{
  self->link->class->finish (self);
}

/**
 * kouan_hub_query_next:
 * @row: (out): whether there is a row to read
 *
 * Returns: FALSE with an error if the statement could not go on
 */
gboolean
kouan_hub_query_next (KouanHubQuery *self, gboolean *row, GError **error)
{
  return self->link->class->next (self, row, error);
}

/* Runs a statement to its end, for those that answer nothing, and leaves it ready for another turn.
 */
gboolean
kouan_hub_query_run (KouanHubQuery *self, GError **error)
{
  gboolean row;

  do
    if (!kouan_hub_query_next (self, &row, error))
      return FALSE;
  while (row);
  return TRUE;
}

/* Returns: how many rows it changed */
gint64
kouan_hub_query_changes (KouanHubQuery *self)
{
  return self->link->class->changes (self);
}

void
kouan_hub_query_bind_int (KouanHubQuery *self, int index, gint64 value)
{
  self->link->class->bind_int (self, index, value);
}

void
kouan_hub_query_bind_text (KouanHubQuery *self, int index, const char *text)
{
  self->link->class->bind_text (self, index, text);
}

void
kouan_hub_query_bind_blob (KouanHubQuery *self, int index, const guint8 *data, gsize size)
{
  self->link->class->bind_blob (self, index, data, size);
}

void
kouan_hub_query_bind_bytes (KouanHubQuery *self, int index, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  kouan_hub_query_bind_blob (self, index, data, size);
}

gint64
kouan_hub_query_get_int (KouanHubQuery *self, int column)
{
  return self->link->class->get_int (self, column);
}

/* Returns: (transfer full) (nullable) */
char *
kouan_hub_query_dup_text (KouanHubQuery *self, int column)
{
  return self->link->class->dup_text (self, column);
}

/* Returns: (transfer full) (nullable) */
GBytes *
kouan_hub_query_dup_bytes (KouanHubQuery *self, int column)
{
  return self->link->class->dup_bytes (self, column);
}

/* Returns: whether there are exactly @size bytes, which then are in @data */
gboolean
kouan_hub_query_get_fixed (KouanHubQuery *self, int column, guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = kouan_hub_query_dup_bytes (self, column);

  if (bytes == NULL || g_bytes_get_size (bytes) != size)
    return FALSE;
  memcpy (data, g_bytes_get_data (bytes, NULL), size);
  return TRUE;
}
