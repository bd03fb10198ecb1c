/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/age.h"
#include "db/kiosk/audit.h"

G_BEGIN_DECLS

/* The key of the first entry, from which all later ones follow. */
GBytes *kouan_audit_seed_seal (KouanSecret *seed,
                               GPtrArray *recipients,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanSecret *kouan_audit_seed_open (GBytes *sealed,
                                    KouanAgeIdentity *identity,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_audit_seed_id (GBytes *sealed, guint8 id[static KOUAN_AUDIT_SEAL_ID_SIZE]);

void kouan_audit_key_tag (KouanSecret *key,
                          const guint8 hash[static KOUAN_AUDIT_HASH_SIZE],
                          guint8 tag[static KOUAN_AUDIT_HASH_SIZE]);
void kouan_audit_key_step (KouanSecret *key);

G_END_DECLS
