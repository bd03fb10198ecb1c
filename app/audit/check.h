/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/audit/verifier.h"
#include "app/crypto/age.h"
#include "app/station/station.h"

G_BEGIN_DECLS

/* The whole of this kiosk's log. */
gboolean kouan_audit_check (KouanDatabase *db,
                            KouanStation *station,
                            KouanAgeIdentity *identity, /* (nullable) */
                            KouanAuditVerdict *verdict,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_audit_add_opened (KouanAuditVerifier *verifier,
                             const KouanAuditSeal *seal,
                             KouanAgeIdentity *identity);
gboolean kouan_audit_add_signed (KouanAuditVerifier *verifier,
                                 GBytes *receipt,
                                 KouanKeyring *keyring,
                                 guint kiosk_id,
                                 const guint8 log_id[static KOUAN_AUDIT_SEAL_ID_SIZE]);

G_END_DECLS
