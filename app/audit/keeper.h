/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/station/station.h"
#include "db/kiosk/audit.h"

G_BEGIN_DECLS

/* Has the audit's key: tags each entry, then makes the next key of it and forgets the one that it
 * had. */
#define KOUAN_TYPE_AUDIT_KEEPER (kouan_audit_keeper_get_type ())
G_DECLARE_FINAL_TYPE (KouanAuditKeeper, kouan_audit_keeper, KOUAN, AUDIT_KEEPER, GObject)

KouanAuditKeeper *kouan_audit_keeper_new (const char *path, GPtrArray *recipients);
void kouan_audit_keeper_attach (KouanDatabase *db, KouanStation *station);
gboolean kouan_audit_keeper_lag (KouanStation *station,
                                 KouanDatabase *db,
                                 gint64 *lag,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
