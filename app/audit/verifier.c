/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-audit"

#include "app/audit/verifier.h"

#include "app/audit/seed.h"
#include "app/language/language.h"

#include <string.h>

/* Three nets, one behind the other:
 *
 * - the chain: each hash follows from the one before, so that nothing can be changed without
 *   changing all that comes after it;
 * - the anchors: what the hub has signed of the chain cannot be changed at all. Here lies the
 *   promise: any edit, deletion, swap or truncation before the last anchor is found;
 * - the tags: who takes over the machine has the key for the next entry alone. Whoever may open the
 *   first key checks them, and finds changes after the last anchor too, all but one: entries that
 *   are cut off at the very end. The kiosk's own key is then ahead of its log, which the kiosk
 *   writes down when it goes on (KOUAN_AUDIT_FAULT_RESEALED). */

typedef struct
{
  gint64 first;
  guint8 id[KOUAN_AUDIT_SEAL_ID_SIZE];
  gboolean genuine;  /* the id is that of the sealed key */
  KouanSecret *seed; /* (nullable) */
} Seal;

typedef struct
{
  gint64 sequence;
  guint8 hash[KOUAN_AUDIT_HASH_SIZE];
  gint64 hub_s;
} Anchor;

struct _KouanAuditVerifier
{
  KouanAuditVerdict verdict;
  GPtrArray *seals; /* of Seal: number 1 first */
  GArray *anchors;  /* of Anchor */
  guint8 hash[KOUAN_AUDIT_HASH_SIZE];
  gint64 seal;
  KouanSecret *key; /* (nullable): for the next entry */
};

const char *
kouan_audit_fault_to_string (KouanAuditFault fault)
{
  static const char *const words[] = { "none", "missing", "edited", "forged", "unsealed",
                                       "key",  "past",    "cut",    "head",   "resealed" };

  g_return_val_if_fail ((guint)fault < G_N_ELEMENTS (words), NULL);

  return words[fault];
}

/* What happened, and what to do. */
const char *
kouan_audit_fault_describe (KouanAuditFault fault)
{
  static const char *const sentences[] = {
    N_ ("The log is whole."),
    N_ (
      "An entry is missing or out of its place. Export the log, keep the disk, and tell the hub."),
    N_ ("An entry is not what was written. Export the log, keep the disk, and tell the hub."),
    N_ ("An entry was written without its key. Export the log, keep the disk, and tell the hub."),
    N_ ("An entry has no seal. Export the log, keep the disk, and tell the hub."),
    N_ ("A key of the log was exchanged. Export the log, keep the disk, and tell the hub."),
    N_ ("The hub has signed another past. Export the log, keep the disk, and tell the hub."),
    N_ ("Entries are missing at the end. Export the log, keep the disk, and tell the hub."),
    N_ ("The log does not end where it should. Export the log, keep the disk, and tell the hub."),
    N_ ("The log's key was lost or did not fit, and there is a new one. Ask who worked on this "
        "kiosk, then sync: the hub then vouches for it."),
  };

  g_return_val_if_fail ((guint)fault < G_N_ELEMENTS (sentences), NULL);

  return sentences[fault];
}

static void
seal_free (gpointer data)
{
  Seal *seal = data;

  g_clear_pointer (&seal->seed, kouan_secret_unref);
  g_free (seal);
}

KouanAuditVerifier *
kouan_audit_verifier_new (void)
{
  KouanAuditVerifier *self = g_new0 (KouanAuditVerifier, 1);

  self->seals = g_ptr_array_new_with_free_func (seal_free);
  self->anchors = g_array_new (FALSE, FALSE, sizeof (Anchor));
  return self;
}

void
kouan_audit_verifier_free (KouanAuditVerifier *self)
{
  g_ptr_array_unref (self->seals);
  g_array_unref (self->anchors);
  g_clear_pointer (&self->key, kouan_secret_unref);
  g_free (self);
}

/**
 * kouan_audit_verifier_add_seal:
 * @seal: in the order of their numbers, all before the first entry
 * @seed: (nullable): what is in it, for who may open it
 */
void
kouan_audit_verifier_add_seal (KouanAuditVerifier *self,
                               const KouanAuditSeal *seal,
                               KouanSecret *seed)
{
  Seal *own = g_new0 (Seal, 1);
  guint8 id[KOUAN_AUDIT_SEAL_ID_SIZE];

  kouan_audit_seed_id (seal->sealed, id);
  own->genuine = seal->number == self->seals->len + 1 && memcmp (id, seal->id, sizeof id) == 0;
  own->first = seal->first;
  memcpy (own->id, seal->id, sizeof own->id);
  own->seed = seed != NULL ? kouan_secret_ref (seed) : NULL;
  g_ptr_array_add (self->seals, own);
}

/* @hash: of entry @sequence, under the hub's signature, which the caller has checked */
void
kouan_audit_verifier_add_anchor (KouanAuditVerifier *self,
                                 gint64 sequence,
                                 const guint8 hash[static KOUAN_AUDIT_HASH_SIZE],
                                 gint64 hub_s)
{
  Anchor anchor = { .sequence = sequence, .hub_s = hub_s };

  memcpy (anchor.hash, hash, sizeof anchor.hash);
  g_array_append_val (self->anchors, anchor);
}

static gboolean
fault (KouanAuditVerifier *self, KouanAuditFault kind, gint64 at)
{
  self->verdict.fault = kind;
  self->verdict.broken_at = at;
  return FALSE;
}

/* The log names its key where it begins: an entry of the chain, which an anchor covers. */
static gboolean
begin_seal (KouanAuditVerifier *self, const KouanAuditEntry *entry)
{
  g_autofree char *id = NULL;
  Seal *seal;

  if (entry->seal != self->seal + 1 || entry->seal > self->seals->len)
    return FALSE;
  seal = self->seals->pdata[entry->seal - 1];
  id = kouan_hex (seal->id, sizeof seal->id);
  if (!seal->genuine || seal->first != entry->sequence
      || !g_str_equal (entry->action, KOUAN_AUDIT_ACTION_SEALED)
      || !g_str_equal (entry->object, id))
    return FALSE;
  g_clear_pointer (&self->key, kouan_secret_unref);
  if (seal->seed != NULL)
    self->key = kouan_secret_new_copy (kouan_secret_data (seal->seed), KOUAN_KEY_SIZE);
  if (entry->seal > 1)
    self->verdict.resealed_at = entry->sequence;
  self->seal = entry->seal;
  return TRUE;
}

static gboolean
check_tag (KouanAuditVerifier *self, const KouanAuditEntry *entry)
{
  guint8 tag[KOUAN_AUDIT_HASH_SIZE];

  if (self->key == NULL)
    return TRUE;
  kouan_audit_key_tag (self->key, entry->hash, tag);
  kouan_audit_key_step (self->key);
  self->verdict.proven++;
  return kouan_equal_in_constant_time (tag, entry->tag, sizeof tag);
}

static gboolean
check_anchors (KouanAuditVerifier *self, const KouanAuditEntry *entry)
{
  for (guint i = 0; i < self->anchors->len; i++)
    {
      const Anchor *anchor = &g_array_index (self->anchors, Anchor, i);

      if (anchor->sequence != entry->sequence)
        continue;
      if (memcmp (anchor->hash, entry->hash, sizeof anchor->hash) != 0)
        return FALSE;
      self->verdict.anchored = entry->sequence;
      self->verdict.anchored_s = anchor->hub_s;
    }
  return TRUE;
}

static gboolean
check_seal (KouanAuditVerifier *self, const KouanAuditEntry *entry)
{
  if (entry->seal == 0)
    return self->seal == 0 || fault (self, KOUAN_AUDIT_FAULT_UNSEALED, entry->sequence);
  if (entry->seal != self->seal && !begin_seal (self, entry))
    return fault (self, KOUAN_AUDIT_FAULT_KEY, entry->sequence);
  self->verdict.sealed++;
  return check_tag (self, entry) || fault (self, KOUAN_AUDIT_FAULT_FORGED, entry->sequence);
}

/* Returns: FALSE from the first entry on that does not fit; the rest then says nothing */
gboolean
kouan_audit_verifier_take (KouanAuditVerifier *self, const KouanAuditEntry *entry)
{
  KouanAuditVerdict *verdict = &self->verdict;
  gint64 expected = verdict->entries + 1;

  if (verdict->fault != KOUAN_AUDIT_FAULT_NONE)
    return FALSE;
  if (entry->sequence != expected)
    return fault (self, KOUAN_AUDIT_FAULT_MISSING, expected);
  kouan_audit_entry_hash (entry, self->hash, self->hash);
  if (memcmp (entry->hash, self->hash, sizeof self->hash) != 0)
    return fault (self, KOUAN_AUDIT_FAULT_EDITED, expected);
  if (!check_anchors (self, entry))
    return fault (self, KOUAN_AUDIT_FAULT_PAST, expected);
  if (!check_seal (self, entry))
    return FALSE;
  if (g_str_equal (entry->clock, "set-back"))
    {
      verdict->set_backs++;
      verdict->set_back_at = entry->sequence;
    }
  verdict->entries = expected;
  return TRUE;
}

static void
check_end (KouanAuditVerifier *self, const KouanAuditHead *head)
{
  KouanAuditVerdict *verdict = &self->verdict;

  for (guint i = 0; i < self->anchors->len; i++)
    if (g_array_index (self->anchors, Anchor, i).sequence > verdict->entries)
      {
        fault (self, KOUAN_AUDIT_FAULT_CUT, verdict->entries + 1);
        return;
      }
  if (head != NULL && head->sequence > verdict->entries)
    fault (self, KOUAN_AUDIT_FAULT_CUT, verdict->entries + 1);
  else if (head != NULL && head->sequence < verdict->entries)
    fault (self, KOUAN_AUDIT_FAULT_HEAD, head->sequence + 1);
  else if (head != NULL && memcmp (head->hash, self->hash, sizeof self->hash) != 0)
    fault (self, KOUAN_AUDIT_FAULT_HEAD, MAX (verdict->entries, 1));
  else if (self->seal < self->seals->len)
    fault (self, KOUAN_AUDIT_FAULT_CUT, verdict->entries + 1);
  else if (verdict->resealed_at > verdict->anchored)
    fault (self, KOUAN_AUDIT_FAULT_RESEALED, verdict->resealed_at);
}

/* @head: (nullable): where the log says that it ends */
void
kouan_audit_verifier_finish (KouanAuditVerifier *self,
                             const KouanAuditHead *head,
                             KouanAuditVerdict *verdict)
{
  if (self->verdict.fault == KOUAN_AUDIT_FAULT_NONE)
    check_end (self, head);
  *verdict = self->verdict;
}
