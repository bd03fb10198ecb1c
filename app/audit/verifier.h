/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/primitives.h"
#include "db/kiosk/audit.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_AUDIT_FAULT_NONE,
  KOUAN_AUDIT_FAULT_MISSING,  /* an entry is not there, or is not in its place */
  KOUAN_AUDIT_FAULT_EDITED,   /* an entry is not what was written */
  KOUAN_AUDIT_FAULT_FORGED,   /* an entry was written by who had not its key */
  KOUAN_AUDIT_FAULT_UNSEALED, /* an entry has no seal where there must be one */
  KOUAN_AUDIT_FAULT_KEY,      /* a key is not the one that the log names */
  KOUAN_AUDIT_FAULT_PAST,     /* the hub has signed another past */
  KOUAN_AUDIT_FAULT_CUT,      /* the log ends before what the hub, or its own head, knows of */
  KOUAN_AUDIT_FAULT_HEAD,     /* it goes on after its head, or the head is another */
  KOUAN_AUDIT_FAULT_RESEALED, /* the key was replaced, and the hub has not seen that yet */
} KouanAuditFault;

typedef struct
{
  KouanAuditFault fault;
  gint64 broken_at; /* the first entry that is wrong; 0 without a fault */
  gint64 entries;   /* that fit, from the first on */
  gint64 sealed;    /* of them, with a tag */
  gint64 proven;    /* of them, whose tag was checked */
  gint64 anchored;  /* the last entry that the hub vouches for; 0: none */
  gint64 anchored_s;
  gint64 resealed_at; /* the last entry that began a further key; 0: none */
  gint64 set_backs;   /* entries written while the clock stood behind what was known */
  gint64 set_back_at; /* the last of them */
} KouanAuditVerdict;

const char *kouan_audit_fault_to_string (KouanAuditFault fault);
const char *
kouan_audit_fault_describe (KouanAuditFault fault); /* English, translated by that text */

/* Takes a log entry by entry. */
typedef struct _KouanAuditVerifier KouanAuditVerifier;

KouanAuditVerifier *kouan_audit_verifier_new (void);
void kouan_audit_verifier_free (KouanAuditVerifier *self);
void kouan_audit_verifier_add_seal (KouanAuditVerifier *self,
                                    const KouanAuditSeal *seal,
                                    KouanSecret *seed); /* (nullable) */
void kouan_audit_verifier_add_anchor (KouanAuditVerifier *self,
                                      gint64 sequence,
                                      const guint8 hash[static KOUAN_AUDIT_HASH_SIZE],
                                      gint64 hub_s);
gboolean kouan_audit_verifier_take (KouanAuditVerifier *self, const KouanAuditEntry *entry);
void kouan_audit_verifier_finish (KouanAuditVerifier *self,
                                  const KouanAuditHead *head, /* (nullable) */
                                  KouanAuditVerdict *verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanAuditVerifier, kouan_audit_verifier_free)

G_END_DECLS
