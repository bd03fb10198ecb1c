/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/kiosk/audit-private.h"

#include <string.h>

/* One entry: its text for hashing, and its row. */

#define WORD_MAX 96

void
kouan_audit_entry_free (KouanAuditEntry *entry)
{
  g_free (entry->role);
  g_free (entry->who);
  g_free (entry->action);
  g_free (entry->object);
  g_free (entry->result);
  g_free (entry->reason);
  g_free (entry->clock);
  g_free (entry);
}

/* Returns: (transfer full) */
KouanAuditEntry *
kouan_audit_entry_copy (const KouanAuditEntry *entry)
{
  KouanAuditEntry *copy = g_memdup2 (entry, sizeof *entry);

  copy->role = g_strdup (entry->role);
  copy->who = g_strdup (entry->who);
  copy->action = g_strdup (entry->action);
  copy->object = g_strdup (entry->object);
  copy->result = g_strdup (entry->result);
  copy->reason = g_strdup (entry->reason);
  copy->clock = g_strdup (entry->clock);
  return copy;
}

/**
 * kouan_audit_is_word:
 *
 * Names of people and numbers of documents are written with capitals or with letters of other
 * scripts, so that neither can stand in a field that has none.
 *
 * Returns: whether @text may stand in the audit: small letters, digits and a few signs
 */
gboolean
kouan_audit_is_word (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789 .,:;_+/-");

  return text[length] == '\0' && length <= WORD_MAX;
}

/* How many digits stand in a row at most, where what people put between digits does not part them:
 * "12-34 56" are six. */
static guint
longest_number (const char *text)
{
  guint longest = 0, digits = 0;

  for (; *text != '\0'; text++)
    {
      if (g_ascii_isdigit (*text))
        digits++;
      else if (strchr (" .-/", *text) == NULL)
        digits = 0;
      longest = MAX (longest, digits);
    }
  return longest;
}

/**
 * kouan_audit_is_reason:
 *
 * The reason is the one field that somebody may type. A document's number or a day of birth needs
 * no capitals, but it needs six digits.
 *
 * Returns: whether @text may stand there: a word (see kouan_audit_is_word()) without a longer
 * number
 */
gboolean
kouan_audit_is_reason (const char *text)
{
  return kouan_audit_is_word (text) && longest_number (text) < KOUAN_AUDIT_NUMBER_MAX;
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

/**
 * kouan_audit_entry_hash:
 * @hash: (out): may be @previous
 *
 * SHA-256 over the previous hash (32 zero bytes before the first) and the entry's fields in the
 * order of the table, each as text (numbers in decimal) and ended by a NUL byte, which no field can
 * hold. An entry from before the clock's state was kept ends with its result: the number of NULs
 * tells the two apart.
 */
void
kouan_audit_entry_hash (const KouanAuditEntry *entry,
                        const guint8 previous[static KOUAN_AUDIT_HASH_SIZE],
                        guint8 hash[static KOUAN_AUDIT_HASH_SIZE])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = KOUAN_AUDIT_HASH_SIZE;

  g_checksum_update (checksum, previous, KOUAN_AUDIT_HASH_SIZE);
  hash_number (checksum, entry->sequence);
  hash_number (checksum, entry->wall_s);
  hash_text (checksum, entry->role);
  hash_text (checksum, entry->who);
  hash_text (checksum, entry->action);
  hash_text (checksum, entry->object);
  hash_text (checksum, entry->result);
  if (*entry->clock != '\0')
    {
      hash_text (checksum, entry->reason);
      hash_text (checksum, entry->clock);
      hash_number (checksum, entry->seal);
    }
  g_checksum_get_digest (checksum, hash, &size);
}

/* @stmt: a row of KOUAN_AUDIT_COLUMNS */
KouanAuditEntry *
kouan_audit_entry_from_row (sqlite3_stmt *stmt)
{
  KouanAuditEntry *entry = g_new0 (KouanAuditEntry, 1);

  entry->sequence = kouan_statement_get_int (stmt, 0);
  entry->wall_s = kouan_statement_get_int (stmt, 1);
  entry->role = kouan_statement_dup_text (stmt, 2);
  entry->who = kouan_statement_dup_text (stmt, 3);
  entry->action = kouan_statement_dup_text (stmt, 4);
  entry->object = kouan_statement_dup_text (stmt, 5);
  entry->result = kouan_statement_dup_text (stmt, 6);
  entry->reason = kouan_statement_dup_text (stmt, 7);
  entry->clock = kouan_statement_dup_text (stmt, 8);
  entry->seal = kouan_statement_get_int (stmt, 9);
  if (!kouan_statement_get_fixed (stmt, 10, entry->hash, sizeof entry->hash))
    memset (entry->hash, 0, sizeof entry->hash);
  if (!kouan_statement_get_fixed (stmt, 11, entry->tag, sizeof entry->tag))
    memset (entry->tag, 0, sizeof entry->tag);
  return entry;
}

/* Returns: (transfer full) (element-type KouanAuditEntry): every row that @stmt answers */
GPtrArray *
kouan_audit_entries_collect (sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) entries
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_audit_entry_free);
  gboolean row;

  while (kouan_statement_next (stmt, &row, error))
    {
      if (!row)
        return g_steal_pointer (&entries);
      g_ptr_array_add (entries, kouan_audit_entry_from_row (stmt));
    }
  return NULL;
}
