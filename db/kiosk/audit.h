/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/database.h"

G_BEGIN_DECLS

#define KOUAN_AUDIT_HASH_SIZE 32
#define KOUAN_AUDIT_SEAL_ID_SIZE 16
#define KOUAN_AUDIT_ACTION_SEALED                                                                  \
  "audit.sealed" /* the object is the new key's id, the result why there is one */

/* Who did what to which object, chained by SHA-256 over the canonical entry. Never a name, a number
 * or a picture of a visitor. */
typedef struct
{
  gint64 sequence;
  gint64 wall_s;
  char *role;   /* "kiosk", "visitor", "attendant", … */
  char *who;    /* staff id, or "" */
  char *action; /* "record.queued", "code.refused", … */
  char *object; /* an identifier: record id, code id */
  char *result; /* "ok", or a reason in one word */
  char *reason; /* why it was done, in words; "" */
  char *clock;  /* "good", "set-back", "never-set"; "" in entries from before it was kept */
  gint64 seal;  /* under which key; 0 in entries from before they were sealed */
  guint8 hash[KOUAN_AUDIT_HASH_SIZE];
  guint8 tag[KOUAN_AUDIT_HASH_SIZE]; /* zeros without a seal */
} KouanAuditEntry;

void kouan_audit_entry_free (KouanAuditEntry *entry);
KouanAuditEntry *kouan_audit_entry_copy (const KouanAuditEntry *entry);
void kouan_audit_entry_hash (const KouanAuditEntry *entry,
                             const guint8 previous[static KOUAN_AUDIT_HASH_SIZE],
                             guint8 hash[static KOUAN_AUDIT_HASH_SIZE]);
gboolean kouan_audit_is_word (const char *text);
gboolean kouan_audit_is_reason (const char *text);
#define KOUAN_AUDIT_NUMBER_MAX 6      /* digits: a reason has less */
#define KOUAN_AUDIT_SECOND "second: " /* begins a reason that goes on with a staff id */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanAuditEntry, kouan_audit_entry_free)

/* What somebody wants to have written down. */
typedef struct
{
  gint64 wall_s;
  const char *role;
  const char *who;
  const char *action;
  const char *object;
  const char *result;
  const char *reason;
} KouanAuditEvent;

gboolean kouan_audit_append (KouanDatabase *db,
                             gint64 wall_s,
                             const char *role,
                             const char *who,
                             const char *action,
                             const char *object,
                             const char *result,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_audit_write (KouanDatabase *db,
                            const KouanAuditEvent *event,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT; /* the same with a reason */
GPtrArray *kouan_audit_list (KouanDatabase *db, gint64 after_sequence, guint limit, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
gboolean kouan_audit_verify (KouanDatabase *db, gint64 *entries, gint64 *broken_at, GError **error)
  G_GNUC_WARN_UNUSED_RESULT; /* broken_at: 0, or the first entry that does not fit */

typedef struct
{
  gint64 sequence; /* of the last entry; 0: none */
  guint8 hash[KOUAN_AUDIT_HASH_SIZE];
  gint64 high_s; /* the latest time that an entry or the hub has named */
} KouanAuditHead;

gboolean kouan_audit_read_head (KouanDatabase *db,
                                KouanAuditHead *head,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Newest first. Texts may be NULL; "action" may be the beginning of one, "text" any part of any
 * field. */
typedef struct
{
  gint64 from_s, to_s; /* 0: open; @to_s is not part of it */
  const char *role;
  const char *who;
  const char *action;
  const char *object;
  const char *result;
  const char *text;
  gint64 before; /* 0: from the newest on */
  guint limit;   /* never more than 10,000 */
} KouanAuditFilter;

GPtrArray *kouan_audit_search (KouanDatabase *db,
                               const KouanAuditFilter *filter,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a key was when it was new, for those who may open it; nobody on the kiosk can. */
typedef struct
{
  gint64 number; /* from 1 */
  gint64 first;  /* the entry that it was used for first */
  guint8 id[KOUAN_AUDIT_SEAL_ID_SIZE];
  GBytes *sealed; /* age */
  char *reason;   /* "first", "key-lost", "log-cut" */
} KouanAuditSeal;

void kouan_audit_seal_free (KouanAuditSeal *self);
gboolean kouan_audit_seals_add (KouanDatabase *db,
                                KouanAuditSeal *seal,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT; /* gives it its number */
KouanAuditSeal *kouan_audit_seals_last (KouanDatabase *db, GError **error)
  G_GNUC_WARN_UNUSED_RESULT; /* NULL with NOT_FOUND */
GPtrArray *kouan_audit_seals_list (KouanDatabase *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanAuditSeal, kouan_audit_seal_free)

/* The hub's word about a head: COSE. */
typedef struct
{
  gint64 sequence;
  gint64 hub_s;
  GBytes *receipt;
} KouanAuditAnchor;

void kouan_audit_anchor_free (KouanAuditAnchor *self);
gboolean kouan_audit_anchors_put (KouanDatabase *db,
                                  const KouanAuditAnchor *anchor,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *kouan_audit_anchors_list (KouanDatabase *db,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT; /* oldest first */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanAuditAnchor, kouan_audit_anchor_free)

/* Who has the key. Cryptography is not this layer's: app/audit/keeper.c does it. */
#define KOUAN_TYPE_AUDIT_SEALER (kouan_audit_sealer_get_type ())
G_DECLARE_INTERFACE (KouanAuditSealer, kouan_audit_sealer, KOUAN, AUDIT_SEALER, GObject)

struct _KouanAuditSealerInterface
{
  GTypeInterface parent_iface;

  /* Within the transaction. @seal: (out): the key for entry @sequence. @fresh: (out): NULL, or why
   * that key is a new one */
  gboolean (*prepare) (KouanAuditSealer *self,
                       KouanDatabase *db,
                       gint64 sequence,
                       gint64 *seal,
                       const char **fresh,
                       GError **error);
  void (*seal) (KouanAuditSealer *self,
                gint64 sequence,
                const guint8 *hash,
                guint8 *tag);              /* after prepare, once */
  void (*settle) (KouanAuditSealer *self); /* it is committed: the old key may go */
};

void kouan_audit_set_sealer (KouanDatabase *db, KouanAuditSealer *sealer);

G_END_DECLS
