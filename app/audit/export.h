/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/audit/verifier.h"
#include "app/crypto/age.h"
#include "app/station/station.h"

G_BEGIN_DECLS

/* The log as a file: a JSON object a line, the last one this kiosk's signature over all before it.
 */
#define KOUAN_AUDIT_EXPORT_FORMAT "kouan-audit-1"

typedef struct
{
  guint kiosk_id;
  guint8 log_id[KOUAN_AUDIT_SEAL_ID_SIZE];
  gint64 exported_s; /* by the kiosk's clock */
} KouanAuditExport;

gboolean kouan_audit_export (KouanDatabase *db,
                             KouanStation *station,
                             gint64 now_s,
                             const char *path,
                             gint64 *entries,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the reader of such a file knows by itself. */
typedef struct
{
  KouanKeyring *keyring;      /* the kiosk's key for records, and the hub's for receipts */
  KouanAgeIdentity *identity; /* (nullable): opens the first key */
  GPtrArray *anchors; /* (nullable) of GBytes: what the hub has kept, beside those in the file */
} KouanAuditReader;

gboolean kouan_audit_export_verify (const char *path,
                                    const KouanAuditReader *reader,
                                    KouanAuditExport *about,
                                    KouanAuditVerdict *verdict,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_audit_export_payload (guint kiosk_id, const guint8 digest[static KOUAN_SHA256_SIZE]);

G_END_DECLS
