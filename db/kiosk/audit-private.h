/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/kiosk/audit.h"
#include "db/statement.h"

G_BEGIN_DECLS

/* Shared by the files of the audit, and by nobody else. */
#define KOUAN_AUDIT_COLUMNS                                                                        \
  "sequence, wall_s, role, who, action, object, result, reason, clock, seal, hash, tag"
#define KOUAN_AUDIT_LIST_MAX 10000

KouanAuditEntry *kouan_audit_entry_from_row (sqlite3_stmt *stmt);
GPtrArray *kouan_audit_entries_collect (sqlite3_stmt *stmt,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
