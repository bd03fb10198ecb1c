/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

/* A draft is named by 16 bytes derived from the visitor's secret and holds only what that secret opens. */
#define KOUAN_DRAFT_NAME_SIZE 16

gboolean kouan_drafts_save (KouanDatabase *db, const guint8 name[static KOUAN_DRAFT_NAME_SIZE], GBytes *box, gint64 now_s, gint64 expires_s, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_drafts_load (KouanDatabase *db, const guint8 name[static KOUAN_DRAFT_NAME_SIZE], GError **error) G_GNUC_WARN_UNUSED_RESULT; /* NOT_FOUND */
gboolean kouan_drafts_remove (KouanDatabase *db, const guint8 name[static KOUAN_DRAFT_NAME_SIZE], GError **error) G_GNUC_WARN_UNUSED_RESULT; /* and its page rows */
GPtrArray *kouan_drafts_expired (KouanDatabase *db, gint64 now_s, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* of GBytes names */

/* The sealed pages of a draft are files; a row here says that a file counts. @file: a UUID, its name in the drafts folder */
gboolean kouan_drafts_add_page (KouanDatabase *db, const guint8 name[static KOUAN_DRAFT_NAME_SIZE], const char *file, gint64 size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_drafts_remove_page (KouanDatabase *db, const char *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_drafts_pages (KouanDatabase *db, const guint8 *name, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* of char*: of one draft, or of all with NULL */

G_END_DECLS
