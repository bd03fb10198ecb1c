/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/audit.h"

#include "db/kiosk/audit-private.h"

#include <string.h>

/* The audit log is a hash chain: each entry's hash is over the previous one and the entry's fields,
 * see audit-entry.c. A few lines in any language check it.
 *
 * The chain finds an entry that was edited, taken out or moved; the head, kept apart, finds entries
 * cut off at the end. Against somebody who recomputes the whole chain and the head there are the
 * tags, made with a key that is replaced after each entry, so that who takes over the machine has
 * no key for what was written before; and the anchors, which the hub keeps as well. Both are made
 * in app/audit; this file keeps their place in the transaction. */

#define SET_BACK_S 300
#define KOUAN_BORN_S                                                                               \
  G_GINT64_CONSTANT (1767225600) /* 2026-01-01: no clock of ours was right before */
#define SEALER_DATA "kouan-audit-sealer"

G_DEFINE_INTERFACE (KouanAuditSealer, kouan_audit_sealer, G_TYPE_OBJECT)

static void
kouan_audit_sealer_default_init (KouanAuditSealerInterface *iface G_GNUC_UNUSED)
{
}

static void
on_committed (KouanDatabase *db G_GNUC_UNUSED, gpointer data)
{
  KOUAN_AUDIT_SEALER_GET_IFACE (data)->settle (data);
}

/* @sealer: (nullable): what tags every entry from now on; a log that has been sealed takes no entry
 * without */
void
kouan_audit_set_sealer (KouanDatabase *db, KouanAuditSealer *sealer)
{
  g_return_if_fail (KOUAN_IS_DATABASE (db));

  kouan_database_set_committed (db, sealer != NULL ? on_committed : NULL, sealer);
  g_object_set_data_full (G_OBJECT (db), SEALER_DATA, sealer != NULL ? g_object_ref (sealer) : NULL,
                          g_object_unref);
}

/* What the last entry leaves for the next. CORRUPT if it is not there. */
gboolean
kouan_audit_read_head (KouanDatabase *db, KouanAuditHead *head, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "SELECT sequence, hash, high_s FROM audit_head", error);
  gboolean row;

  if (stmt == NULL || !kouan_statement_next (stmt, &row, error))
    return FALSE;
  if (row && kouan_statement_get_fixed (stmt, 1, head->hash, sizeof head->hash))
    {
      head->sequence = kouan_statement_get_int (stmt, 0);
      head->high_s = kouan_statement_get_int (stmt, 2);
      return TRUE;
    }
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT,
                       "the audit log has lost its head");
  return FALSE;
}

static gboolean
insert_entry (KouanDatabase *db, const KouanAuditEntry *entry, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "INSERT INTO audit (" KOUAN_AUDIT_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, entry->sequence);
  kouan_statement_bind_int (stmt, 2, entry->wall_s);
  kouan_statement_bind_text (stmt, 3, entry->role);
  kouan_statement_bind_text (stmt, 4, entry->who);
  kouan_statement_bind_text (stmt, 5, entry->action);
  kouan_statement_bind_text (stmt, 6, entry->object);
  kouan_statement_bind_text (stmt, 7, entry->result);
  kouan_statement_bind_text (stmt, 8, entry->reason);
  kouan_statement_bind_text (stmt, 9, entry->clock);
  kouan_statement_bind_int (stmt, 10, entry->seal);
  kouan_statement_bind_blob (stmt, 11, entry->hash, sizeof entry->hash);
  if (entry->seal > 0)
    kouan_statement_bind_blob (stmt, 12, entry->tag, sizeof entry->tag);
  return kouan_statement_run (stmt, error);
}

static gboolean
write_head (KouanDatabase *db, const KouanAuditHead *head, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "UPDATE audit_head SET sequence = ?, hash = ?, high_s = ?", error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, head->sequence);
  kouan_statement_bind_blob (stmt, 2, head->hash, sizeof head->hash);
  kouan_statement_bind_int (stmt, 3, head->high_s);
  return kouan_statement_run (stmt, error);
}

/* The transaction holds the write lock: nobody begins a seal between this and the entry. */
static gboolean
check_unsealed (KouanDatabase *db, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KouanAuditSeal) seal = kouan_audit_seals_last (db, &local);

  if (seal != NULL)
    g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT,
                         "the audit is sealed, and whoever writes here has no key for it");
  else if (!g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local));
  else
    return TRUE;
  return FALSE;
}

static const char *
judge_clock (gint64 wall_s, gint64 high_s)
{
  if (wall_s < KOUAN_BORN_S)
    return "never-set";
  return wall_s + SET_BACK_S < high_s ? "set-back" : "good";
}

static const char *
word (const char *text)
{
  return kouan_audit_is_word (text) ? text : "withheld";
}

/* Staff ids may have capitals; nothing else may that a name has. */
static const char *
staff_id (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '.')
      return "withheld";
  return strlen (text) <= 32 ? text : "withheld";
}

static const char *
reason (const char *text)
{
  if (g_str_has_prefix (text, KOUAN_AUDIT_SECOND))
    return g_str_equal (staff_id (text + strlen (KOUAN_AUDIT_SECOND)), "withheld") ? "withheld"
                                                                                   : text;
  return kouan_audit_is_reason (text) ? text : "withheld";
}

static gboolean
put (KouanDatabase *db,
     KouanAuditSealer *sealer,
     gint64 seal,
     const KouanAuditEvent *event,
     KouanAuditHead *head,
     GError **error)
{
  KouanAuditEntry entry = { .sequence = head->sequence + 1,
                            .wall_s = event->wall_s,
                            .role = (char *)word (event->role),
                            .who = (char *)staff_id (event->who),
                            .action = (char *)word (event->action),
                            .object = (char *)word (event->object),
                            .result = (char *)word (event->result),
                            .reason = (char *)reason (event->reason),
                            .clock = (char *)judge_clock (event->wall_s, head->high_s),
                            .seal = seal };

  kouan_audit_entry_hash (&entry, head->hash, entry.hash);
  if (sealer != NULL)
    KOUAN_AUDIT_SEALER_GET_IFACE (sealer)->seal (sealer, entry.sequence, entry.hash, entry.tag);
  head->sequence = entry.sequence;
  head->high_s = MAX (head->high_s, event->wall_s);
  memcpy (head->hash, entry.hash, sizeof head->hash);
  return insert_entry (db, &entry, error);
}

/* What a new key is called stands in the chain, so that no other can be put in its place. */
static gboolean
put_fresh (KouanDatabase *db,
           KouanAuditSealer *sealer,
           gint64 wall_s,
           const char *why,
           KouanAuditHead *head,
           GError **error)
{
  g_autoptr (KouanAuditSeal) seal = kouan_audit_seals_last (db, error);
  char object[2 * KOUAN_AUDIT_SEAL_ID_SIZE + 1];
  const KouanAuditEvent event = { wall_s, "kiosk", "", KOUAN_AUDIT_ACTION_SEALED, object, why, "" };

  if (seal == NULL)
    return FALSE;
  for (guint i = 0; i < sizeof seal->id; i++)
    g_snprintf (object + 2 * i, 3, "%02x", seal->id[i]);
  return put (db, sealer, seal->number, &event, head, error);
}

/* A new key says so in the first entry that it seals. */
static gboolean
put_sealed (KouanDatabase *db,
            KouanAuditSealer *sealer,
            const KouanAuditEvent *event,
            KouanAuditHead *head,
            GError **error)
{
  KouanAuditSealerInterface *iface = KOUAN_AUDIT_SEALER_GET_IFACE (sealer);
  const char *fresh = NULL;
  gint64 seal;

  if (!iface->prepare (sealer, db, head->sequence + 1, &seal, &fresh, error))
    return FALSE;
  if (fresh != NULL
      && (!put_fresh (db, sealer, event->wall_s, fresh, head, error)
          || !iface->prepare (sealer, db, head->sequence + 1, &seal, &fresh, error)))
    return FALSE;
  return put (db, sealer, seal, event, head, error);
}

/**
 * kouan_audit_write:
 * @event: texts that are no words are withheld, see kouan_audit_is_word() and
 * kouan_audit_is_reason(); who: a staff id, or "";
 * object: an identifier, never a name, a document number or anything else of a visitor
 *
 * Becomes part of the transaction that it is called in, so that what happened and the word of it
 * are durable together.
 */
gboolean
kouan_audit_write (KouanDatabase *db, const KouanAuditEvent *event, GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);
  KouanAuditSealer *sealer = g_object_get_data (G_OBJECT (db), SEALER_DATA);
  KouanAuditHead head;

  g_return_val_if_fail (event->role != NULL && event->who != NULL, FALSE);
  g_return_val_if_fail (event->action != NULL && event->object != NULL, FALSE);
  g_return_val_if_fail (event->result != NULL && event->reason != NULL, FALSE);

  if (transaction == NULL || !kouan_audit_read_head (db, &head, error))
    return FALSE;
  if (sealer != NULL ? !put_sealed (db, sealer, event, &head, error)
                     : !check_unsealed (db, error) || !put (db, NULL, 0, event, &head, error))
    return FALSE;
  return write_head (db, &head, error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

/* The same without a reason, for what needs none. */
gboolean
kouan_audit_append (KouanDatabase *db,
                    gint64 wall_s,
                    const char *role,
                    const char *who,
                    const char *action,
                    const char *object,
                    const char *result,
                    GError **error)
{
  const KouanAuditEvent event = { wall_s, role, who, action, object, result, "" };

  return kouan_audit_write (db, &event, error);
}

/**
 * kouan_audit_list:
 * @after_sequence: 0 for the beginning
 * @limit: how many at most; never more than 10,000 a call
 *
 * Returns: (transfer full) (element-type KouanAuditEntry): in order
 */
GPtrArray *
kouan_audit_list (KouanDatabase *db, gint64 after_sequence, guint limit, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT " KOUAN_AUDIT_COLUMNS " FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?",
    error);

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_int (stmt, 1, after_sequence);
  kouan_statement_bind_int (stmt, 2, MIN (limit, KOUAN_AUDIT_LIST_MAX));
  return kouan_audit_entries_collect (stmt, error);
}

/* Does the row at hand follow what came before it? @hash: in, the previous hash; out, this row's */
static gboolean
row_fits (sqlite3_stmt *stmt, gint64 expected, guint8 hash[static KOUAN_AUDIT_HASH_SIZE])
{
  g_autoptr (KouanAuditEntry) entry = kouan_audit_entry_from_row (stmt);

  if (entry->sequence != expected)
    return FALSE;
  kouan_audit_entry_hash (entry, hash, hash);
  return memcmp (entry->hash, hash, KOUAN_AUDIT_HASH_SIZE) == 0;
}

static gboolean
compare_head (
  KouanDatabase *db, gint64 entries, const guint8 *hash, gint64 *broken_at, GError **error)
{
  KouanAuditHead head;

  if (!kouan_audit_read_head (db, &head, error))
    return FALSE;
  if (head.sequence != entries)
    *broken_at = MIN (head.sequence, entries) + 1;
  else if (memcmp (head.hash, hash, sizeof head.hash) != 0)
    *broken_at = MAX (entries, 1);
  return TRUE;
}

/**
 * kouan_audit_verify:
 * @entries: (out): how many entries fit, counted from the first
 * @broken_at: (out): 0, or the sequence number at which the first thing is wrong: edited, missing
 * or moved
 *
 * The chain alone; app/audit/verifier.c looks at tags and anchors too.
 *
 * Returns: FALSE only if the log could not be read
 */
gboolean
kouan_audit_verify (KouanDatabase *db, gint64 *entries, gint64 *broken_at, GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);
  g_autoptr (sqlite3_stmt) stmt = NULL;
  guint8 hash[KOUAN_AUDIT_HASH_SIZE] = { 0 };
  gboolean row;

  *entries = 0;
  *broken_at = 0;
  if (transaction == NULL)
    return FALSE;
  stmt = kouan_statement_prepare (db, "SELECT " KOUAN_AUDIT_COLUMNS " FROM audit ORDER BY sequence",
                                  error);
  if (stmt == NULL)
    return FALSE;
  while (kouan_statement_next (stmt, &row, error))
    {
      if (!row)
        return compare_head (db, *entries, hash, broken_at, error);
      if (!row_fits (stmt, *entries + 1, hash))
        {
          *broken_at = *entries + 1;
          return TRUE;
        }
      (*entries)++;
    }
  return FALSE;
}
