/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/cose.h"
#include "db/kiosk/audit.h"

G_BEGIN_DECLS

#define KOUAN_AUDIT_HEAD_SIZE_MAX 8192

/* What a kiosk says of its audit at each sync. */
typedef struct
{
  guint kiosk_id;
  guint8 log_id[KOUAN_AUDIT_SEAL_ID_SIZE]; /* the id of its first key: a log that begins anew has
                                              another */
  gint64 sequence;
  guint8 hash[KOUAN_AUDIT_HASH_SIZE];
  gint64 wall_s;  /* the kiosk's clock */
  gint64 seal;    /* the number of the key in use */
  GBytes *sealed; /* that key as it was first: age */
} KouanAuditSignedHead;

/* What the hub answers, once it has written that down. */
typedef struct
{
  guint hub_id;
  guint kiosk_id;
  guint8 log_id[KOUAN_AUDIT_SEAL_ID_SIZE];
  gint64 sequence;
  guint8 hash[KOUAN_AUDIT_HASH_SIZE];
  gint64 hub_s;
} KouanAuditSignedAnchor;

GBytes *kouan_audit_head_sign (const KouanAuditSignedHead *head, KouanSigningKey *key);
gboolean kouan_audit_head_verify (GBytes *message,
                                  KouanKeyring *keyring,
                                  KouanAuditSignedHead *head,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_audit_head_clear (KouanAuditSignedHead *head);

GBytes *kouan_audit_anchor_sign (const KouanAuditSignedAnchor *anchor, KouanSigningKey *key);
gboolean kouan_audit_anchor_verify (GBytes *message,
                                    KouanKeyring *keyring,
                                    KouanAuditSignedAnchor *anchor,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_audit_log_id (KouanDatabase *db,
                             guint8 id[static KOUAN_AUDIT_SEAL_ID_SIZE],
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_audit_describe_head (KouanDatabase *db,
                                    guint kiosk_id,
                                    gint64 wall_s,
                                    KouanAuditSignedHead *head,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanAuditSignedHead, kouan_audit_head_clear)

G_END_DECLS
