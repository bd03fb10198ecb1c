/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/primitives.h"
#include "db/kiosk/audit.h"

G_BEGIN_DECLS

/* The key for one entry, and nothing older. */
typedef struct
{
  gint64 sequence; /* the entry that it is for */
  guint8 id[KOUAN_AUDIT_SEAL_ID_SIZE];
  guint slot; /* where it was written first */
} KouanAuditKeyPlace;

gboolean kouan_audit_key_read (const char *path,
                               const guint8 *id,
                               KouanAuditKeyPlace *place,
                               KouanSecret *key);
gboolean kouan_audit_key_add (const char *path,
                              KouanAuditKeyPlace *place,
                              KouanSecret *key,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_audit_key_replace (const char *path,
                                  KouanAuditKeyPlace *place,
                                  KouanSecret *key,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
