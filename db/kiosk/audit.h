/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

/* Who did what to which object, chained by SHA-256 over the canonical entry. Never a name, a number or a picture of a visitor. */
typedef struct
{
  gint64 sequence;
  gint64 wall_s;
  char *role;   /* "kiosk", "visitor", "attendant", … */
  char *who;    /* staff id, or "" */
  char *action; /* "record.queued", "code.refused", … */
  char *object; /* an identifier: record id, code id */
  char *result; /* "ok", or a reason in one word */
} KouanAuditEntry;

void kouan_audit_entry_free (KouanAuditEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanAuditEntry, kouan_audit_entry_free)

gboolean kouan_audit_append (KouanDatabase *db, gint64 wall_s, const char *role, const char *who, const char *action, const char *object, const char *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_audit_list (KouanDatabase *db, gint64 after_sequence, guint limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_audit_verify (KouanDatabase *db, gint64 *entries, gint64 *broken_at, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* broken_at: 0, or the first entry that does not fit */

G_END_DECLS
