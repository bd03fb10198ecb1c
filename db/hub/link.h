/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

/* For the files of this folder alone: one connection to the hub's database, whichever it is, and
 * statements on it. A link belongs to one thread at a time. */
typedef struct _KouanHubLink KouanHubLink;
typedef struct _KouanHubQuery KouanHubQuery;

/* What a kind of database has to be able to do; the words of SQL are in the two's common tongue,
 * with ?1 ?2 … for what is bound. */
typedef struct
{
  void (*close) (KouanHubLink *self);
  gboolean (*run) (KouanHubLink *self, const char *sql, GError **error);
  gboolean (*begin) (KouanHubLink *self, GError **error);
  gboolean (*commit) (KouanHubLink *self, GError **error);
  void (*rollback) (KouanHubLink *self);
  gboolean (*lock) (KouanHubLink *self, gint64 key, GError **error);
  gboolean (*set_patient) (KouanHubLink *self, gboolean patient, GError **error);

  KouanHubQuery *(*prepare) (KouanHubLink *self, const char *sql, GError **error);
  void (*finish) (KouanHubQuery *query);
  gboolean (*next) (KouanHubQuery *query, gboolean *row, GError **error);
  gint64 (*changes) (KouanHubQuery *query);
  void (*bind_int) (KouanHubQuery *query, int index, gint64 value);
  void (*bind_text) (KouanHubQuery *query, int index, const char *text);
  void (*bind_blob) (KouanHubQuery *query, int index, const guint8 *data, gsize size);
  gint64 (*get_int) (KouanHubQuery *query, int column);
  char *(*dup_text) (KouanHubQuery *query, int column);
  GBytes *(*dup_bytes) (KouanHubQuery *query, int column);
} KouanHubLinkClass;

/* The head of each kind's own structure. */
struct _KouanHubLink
{
  const KouanHubLinkClass *class;
  gboolean is_impatient; /* a commit does not wait for the disk now */
};

struct _KouanHubQuery
{
  KouanHubLink *link;
};

extern const char *const kouan_hub_migrations[]; /* NULL-terminated; in SQLite's spelling */
#define KOUAN_HUB_APPLICATION_ID 0x4b48554f      /* "KHUO" */

KouanHubLink *kouan_hub_link_sqlite (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanHubLink *kouan_hub_link_postgres (const char *address,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *kouan_hub_postgres_spell (const char *sql);

void kouan_hub_link_close (KouanHubLink *self);
gboolean
kouan_hub_link_run (KouanHubLink *self, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
kouan_hub_link_lock (KouanHubLink *self, gint64 key, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_link_set_patient (KouanHubLink *self,
                                     gboolean patient,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_link_is_postgres (KouanHubLink *self);

typedef struct _KouanHubTransaction KouanHubTransaction;
KouanHubTransaction *kouan_hub_transaction_begin (KouanHubLink *link,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_transaction_commit (KouanHubTransaction *self,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT; /* takes it */
void kouan_hub_transaction_abandon (KouanHubTransaction *self);

KouanHubQuery *
kouan_hub_query_new (KouanHubLink *link, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_hub_query_free (KouanHubQuery *self);
gboolean
kouan_hub_query_next (KouanHubQuery *self, gboolean *row, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_hub_query_run (KouanHubQuery *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 kouan_hub_query_changes (KouanHubQuery *self);

void kouan_hub_query_bind_int (KouanHubQuery *self, int index, gint64 value);
void kouan_hub_query_bind_text (KouanHubQuery *self, int index, const char *text);
void kouan_hub_query_bind_blob (KouanHubQuery *self, int index, const guint8 *data, gsize size);
void kouan_hub_query_bind_bytes (KouanHubQuery *self, int index, GBytes *bytes);

gint64 kouan_hub_query_get_int (KouanHubQuery *self, int column);
char *kouan_hub_query_dup_text (KouanHubQuery *self, int column);
GBytes *kouan_hub_query_dup_bytes (KouanHubQuery *self, int column);
gboolean kouan_hub_query_get_fixed (KouanHubQuery *self, int column, guint8 *data, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubTransaction, kouan_hub_transaction_abandon)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanHubQuery, kouan_hub_query_free)

G_END_DECLS
