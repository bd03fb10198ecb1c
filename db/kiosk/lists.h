/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

/* What the hub sends down beside the catalogue, one whole list a kind: "appointments", "revoked",
 * "trust", "roster". Whoever puts one here has verified its signature. */
typedef struct
{
  gint64 version;
  gint64 issued_s; /* the hub's clock */
  GBytes *content;
} KouanListRow;

void kouan_list_row_free (KouanListRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanListRow, kouan_list_row_free)

KouanListRow *kouan_lists_find (KouanDatabase *db,
                                const char *kind,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT; /* NOT_FOUND */
gboolean kouan_lists_replace (KouanDatabase *db,
                              const char *kind,
                              const KouanListRow *row,
                              gint64 now_s,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT; /* CONFLICT: not newer */
gboolean kouan_lists_replace_revoked (KouanDatabase *db,
                                      const KouanListRow *row,
                                      GPtrArray *codes,
                                      gint64 now_s,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_lists_is_revoked (KouanDatabase *db,
                                 const guint8 code_id[static 16],
                                 gboolean *revoked,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
