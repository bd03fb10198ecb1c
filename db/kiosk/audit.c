/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/audit.h"

#include "db/statement.h"

/* The audit log is a hash chain: each entry's hash is SHA-256 over the previous hash (32 zero bytes
 * before the first) and the entry's fields in the order of the table, each as text (numbers in
 * decimal) and ended by a NUL byte, which no field can hold. A few lines in any language check it.
 *
 * The chain finds an entry that was edited, taken out or moved; the head, kept apart, finds entries
 * cut off at the end. Against somebody who recomputes the whole chain and the head it needs an
 * anchor elsewhere, which this file does not have. */

#define HASH_SIZE 32
#define LIST_MAX 10000

#define COLUMNS "sequence, wall_s, role, who, action, object, result"

void
kouan_audit_entry_free (KouanAuditEntry *entry)
{
  g_free (entry->role);
  g_free (entry->who);
  g_free (entry->action);
  g_free (entry->object);
  g_free (entry->result);
  g_free (entry);
}

static void
hash_text (GChecksum *checksum, const char *text)
{
  g_checksum_update (checksum, (const guchar *)text, strlen (text) + 1);
}

static void
hash_number (GChecksum *checksum, gint64 number)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  hash_text (checksum, text);
}

static void
hash_entry (const KouanAuditEntry *entry,
            const guint8 previous[static HASH_SIZE],
            guint8 hash[static HASH_SIZE])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = HASH_SIZE;

  g_checksum_update (checksum, previous, HASH_SIZE);
  hash_number (checksum, entry->sequence);
  hash_number (checksum, entry->wall_s);
  hash_text (checksum, entry->role);
  hash_text (checksum, entry->who);
  hash_text (checksum, entry->action);
  hash_text (checksum, entry->object);
  hash_text (checksum, entry->result);
  g_checksum_get_digest (checksum, hash, &size);
}

static gboolean
read_head (KouanDatabase *db, gint64 *sequence, guint8 hash[static HASH_SIZE], GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "SELECT sequence, hash FROM audit_head", error);
  gboolean row;

  if (stmt == NULL || !kouan_statement_next (stmt, &row, error))
    return FALSE;
  if (row && kouan_statement_get_fixed (stmt, 1, hash, HASH_SIZE))
    {
      *sequence = kouan_statement_get_int (stmt, 0);
      return TRUE;
    }
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT,
                       "the audit log has lost its head");
  return FALSE;
}

static gboolean
insert_entry (KouanDatabase *db, const KouanAuditEntry *entry, const guint8 *hash, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "INSERT INTO audit (" COLUMNS ", hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, entry->sequence);
  kouan_statement_bind_int (stmt, 2, entry->wall_s);
  kouan_statement_bind_text (stmt, 3, entry->role);
  kouan_statement_bind_text (stmt, 4, entry->who);
  kouan_statement_bind_text (stmt, 5, entry->action);
  kouan_statement_bind_text (stmt, 6, entry->object);
  kouan_statement_bind_text (stmt, 7, entry->result);
  kouan_statement_bind_blob (stmt, 8, hash, HASH_SIZE);
  return kouan_statement_run (stmt, error);
}

static gboolean
write_head (KouanDatabase *db, gint64 sequence, const guint8 *hash, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "UPDATE audit_head SET sequence = ?, hash = ?", error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, sequence);
  kouan_statement_bind_blob (stmt, 2, hash, HASH_SIZE);
  return kouan_statement_run (stmt, error);
}

/**
 * kouan_audit_append:
 * @who: a staff id, or ""
 * @object: an identifier: never a name, a document number or anything else of a visitor
 *
 * Becomes part of the transaction that it is called in, so that what happened and the word of it
 * are durable together.
 */
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
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);
  guint8 previous[HASH_SIZE], hash[HASH_SIZE];
  KouanAuditEntry entry
    = { 0, wall_s, (char *)role, (char *)who, (char *)action, (char *)object, (char *)result };

  g_return_val_if_fail (role != NULL && who != NULL && action != NULL, FALSE);
  g_return_val_if_fail (object != NULL && result != NULL, FALSE);

  if (transaction == NULL || !read_head (db, &entry.sequence, previous, error))
    return FALSE;
  entry.sequence++;
  hash_entry (&entry, previous, hash);
  return insert_entry (db, &entry, hash, error) && write_head (db, entry.sequence, hash, error)
         && kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

static KouanAuditEntry *
entry_from_row (sqlite3_stmt *stmt)
{
  KouanAuditEntry *entry = g_new0 (KouanAuditEntry, 1);

  entry->sequence = kouan_statement_get_int (stmt, 0);
  entry->wall_s = kouan_statement_get_int (stmt, 1);
  entry->role = kouan_statement_dup_text (stmt, 2);
  entry->who = kouan_statement_dup_text (stmt, 3);
  entry->action = kouan_statement_dup_text (stmt, 4);
  entry->object = kouan_statement_dup_text (stmt, 5);
  entry->result = kouan_statement_dup_text (stmt, 6);
  return entry;
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
  g_autoptr (GPtrArray) entries
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_audit_entry_free);
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT " COLUMNS " FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?", error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_int (stmt, 1, after_sequence);
  kouan_statement_bind_int (stmt, 2, MIN (limit, LIST_MAX));
  while (kouan_statement_next (stmt, &row, error))
    {
      if (!row)
        return g_steal_pointer (&entries);
      g_ptr_array_add (entries, entry_from_row (stmt));
    }
  return NULL;
}

/* Does the row at hand follow what came before it? @hash: in, the previous hash; out, this row's */
static gboolean
row_fits (sqlite3_stmt *stmt, gint64 expected, guint8 hash[static HASH_SIZE])
{
  g_autoptr (KouanAuditEntry) entry = entry_from_row (stmt);
  guint8 stored[HASH_SIZE];

  if (entry->sequence != expected || !kouan_statement_get_fixed (stmt, 7, stored, HASH_SIZE))
    return FALSE;
  hash_entry (entry, hash, hash);
  return memcmp (stored, hash, HASH_SIZE) == 0;
}

static gboolean
compare_head (
  KouanDatabase *db, gint64 entries, const guint8 *hash, gint64 *broken_at, GError **error)
{
  guint8 head_hash[HASH_SIZE];
  gint64 head;

  if (!read_head (db, &head, head_hash, error))
    return FALSE;
  if (head != entries)
    *broken_at = MIN (head, entries) + 1;
  else if (memcmp (head_hash, hash, HASH_SIZE) != 0)
    *broken_at = MAX (entries, 1);
  return TRUE;
}

/**
 * kouan_audit_verify:
 * @entries: (out): how many entries fit, counted from the first
 * @broken_at: (out): 0, or the sequence number at which the first thing is wrong: edited, missing
 * or moved
 *
 * Returns: FALSE only if the log could not be read
 */
gboolean
kouan_audit_verify (KouanDatabase *db, gint64 *entries, gint64 *broken_at, GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);
  g_autoptr (sqlite3_stmt) stmt = NULL;
  guint8 hash[HASH_SIZE] = { 0 };
  gboolean row;

  *entries = 0;
  *broken_at = 0;
  if (transaction == NULL)
    return FALSE;
  stmt
    = kouan_statement_prepare (db, "SELECT " COLUMNS ", hash FROM audit ORDER BY sequence", error);
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
