/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/audit/key-file.h"
#include "app/audit/keeper.h"
#include "app/audit/seed.h"
#include "app/audit/verifier.h"
#include "app/record/outbox.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/station.h"

#include <stdio.h>
#include <string.h>

/* Somebody has the whole machine, reads this code, and rewrites the log: hashes, tags with the key
 * that is there now, head, keys. Each tampering is made from the seed. Two verifiers look at it:
 * the one who has the hub's anchors and may open the keys must find every one; the one who has the
 * anchors alone must find those that begin before the last anchor.
 *
 *   tamper --seed N --count N */

#define OLD 6 /* entries from before the log was sealed */
#define ENTRIES 64
#define ANCHOR 40 /* entries that the hub has signed */

typedef struct
{
  GPtrArray *entries; /* of KouanAuditEntry */
  GPtrArray *seals;   /* of KouanAuditSeal */
  GPtrArray *seeds;   /* of KouanSecret */
} Log;

typedef struct
{
  Log honest;
  Log stranger; /* another kiosk's */
  KouanSecret *stolen;
  guint8 anchor[KOUAN_AUDIT_HASH_SIZE];
  GRand *rand;
  GPtrArray *recipients; /* the attacker's own */
} Work;

static KouanAuditSeal *
seal_copy (const KouanAuditSeal *seal)
{
  KouanAuditSeal *copy = g_memdup2 (seal, sizeof *seal);

  copy->sealed = g_bytes_ref (seal->sealed);
  copy->reason = g_strdup (seal->reason);
  return copy;
}

static void
log_copy (const Log *from, Log *to)
{
  to->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_audit_entry_free);
  to->seals = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_audit_seal_free);
  to->seeds = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_secret_unref);
  for (guint i = 0; i < from->entries->len; i++)
    g_ptr_array_add (to->entries, kouan_audit_entry_copy (from->entries->pdata[i]));
  for (guint i = 0; i < from->seals->len; i++)
    {
      g_ptr_array_add (to->seals, seal_copy (from->seals->pdata[i]));
      g_ptr_array_add (to->seeds, kouan_secret_ref (from->seeds->pdata[i]));
    }
}

static void
log_clear (Log *log)
{
  g_ptr_array_unref (log->entries);
  g_ptr_array_unref (log->seals);
  g_ptr_array_unref (log->seeds);
}

static KouanAuditEntry *
at (const Log *log, guint i)
{
  return log->entries->pdata[i];
}

/* What the attacker does after a change: the chain fits again from entry @from on. */
static void
rehash (Log *log, guint from)
{
  static const guint8 zeros[KOUAN_AUDIT_HASH_SIZE];

  for (guint i = from; i < log->entries->len; i++)
    {
      KouanAuditEntry *entry = at (log, i);

      entry->sequence = i + 1;
      kouan_audit_entry_hash (entry, i > 0 ? at (log, i - 1)->hash : zeros, entry->hash);
    }
}

/* And these tags with the only key that there is. */
static void
retag (Log *log, guint from, KouanSecret *stolen)
{
  g_autoptr (KouanSecret) key
    = kouan_secret_new_copy (kouan_secret_data (stolen), kouan_secret_size (stolen));

  for (guint i = from; i < log->entries->len; i++)
    {
      kouan_audit_key_tag (key, at (log, i)->hash, at (log, i)->tag);
      kouan_audit_key_step (key);
    }
}

static void
edit (Work *work, KouanAuditEntry *entry)
{
  char **const texts[] = { &entry->role,   &entry->who,    &entry->action, &entry->object,
                           &entry->result, &entry->reason, &entry->clock };
  guint which = g_rand_int_range (work->rand, 0, G_N_ELEMENTS (texts) + 1);

  if (which == G_N_ELEMENTS (texts))
    entry->wall_s += g_rand_int_range (work->rand, 1, 100000);
  else
    {
      char *former = *texts[which];

      *texts[which] = g_strconcat (former, "x", NULL);
      g_free (former);
    }
}

static void
edit_only (Work *work, Log *log, guint i)
{
  edit (work, at (log, i));
}

static void
edit_and_rehash (Work *work, Log *log, guint i)
{
  edit (work, at (log, i));
  rehash (log, i);
}

static void
edit_and_retag (Work *work, Log *log, guint i)
{
  edit_and_rehash (work, log, i);
  retag (log, i, work->stolen);
}

static void
delete_some (Work *work, Log *log, guint i)
{
  guint count = (guint)g_rand_int_range (work->rand, 1, 4);

  g_ptr_array_remove_range (log->entries, i, MIN (count, log->entries->len - i));
}

static void
delete_only (Work *work, Log *log, guint i)
{
  delete_some (work, log, MIN (i, ENTRIES - 5));
}

static void
delete_and_retag (Work *work, Log *log, guint i)
{
  i = MIN (i, ENTRIES - 5); /* what is cut off at the very end is another matter */
  delete_some (work, log, i);
  rehash (log, i);
  retag (log, i, work->stolen);
}

static void
swap_only (Work *work G_GNUC_UNUSED, Log *log, guint i)
{
  gpointer first = log->entries->pdata[i];
  guint next = (i + 1) % log->entries->len;

  log->entries->pdata[i] = log->entries->pdata[next];
  log->entries->pdata[next] = first;
}

static void
swap_and_retag (Work *work, Log *log, guint i)
{
  i = MIN (i, ENTRIES - 2);
  swap_only (work, log, i);
  rehash (log, i);
  retag (log, i, work->stolen);
}

static void
insert_and_retag (Work *work, Log *log, guint i)
{
  KouanAuditEntry *entry = kouan_audit_entry_copy (at (log, i));

  edit (work, entry);
  g_ptr_array_insert (log->entries, (gint)i, entry);
  rehash (log, i);
  retag (log, i, work->stolen);
}

static void
duplicate (Work *work G_GNUC_UNUSED, Log *log, guint i)
{
  g_ptr_array_insert (log->entries, (gint)i, kouan_audit_entry_copy (at (log, i)));
}

static void
truncate_log (Work *work, Log *log, guint i G_GNUC_UNUSED)
{
  g_ptr_array_set_size (log->entries, g_rand_int_range (work->rand, 0, ANCHOR));
}

static void
truncate_and_go_on (Work *work, Log *log, guint i)
{
  i = MIN (i, ANCHOR - 1);
  for (guint k = i; k < log->entries->len; k++)
    edit (work, at (log, k));
  rehash (log, i);
  retag (log, i, work->stolen);
}

/* A key of the attacker's own, for the last seal of the log or for a further one. */
static void
add_own_seal (Work *work, Log *log, guint first)
{
  g_autoptr (KouanSecret) seed = kouan_secret_new_random (KOUAN_KEY_SIZE);
  g_autoptr (GError) error = NULL;
  KouanAuditSeal *seal = g_new0 (KouanAuditSeal, 1);

  seal->number = log->seals->len + 1;
  seal->first = first + 1;
  seal->sealed = kouan_audit_seed_seal (seed, work->recipients, &error);
  g_assert_no_error (error);
  kouan_audit_seed_id (seal->sealed, seal->id);
  seal->reason = g_strdup ("key-lost");
  g_ptr_array_add (log->seals, seal);
  g_ptr_array_add (log->seeds, kouan_secret_ref (seed));
}

static void
name_seal (Log *log, guint i)
{
  const KouanAuditSeal *seal = log->seals->pdata[log->seals->len - 1];
  KouanAuditEntry *entry = at (log, i);

  g_free (entry->action);
  g_free (entry->object);
  entry->action = g_strdup (KOUAN_AUDIT_ACTION_SEALED);
  entry->object = kouan_hex (seal->id, sizeof seal->id);
  for (guint k = i; k < log->entries->len; k++)
    at (log, k)->seal = seal->number;
}

static void
go_on_under_own_key (Work *work, Log *log, guint i)
{
  i = MAX (i, OLD + 1);
  add_own_seal (work, log, i);
  name_seal (log, i);
  rehash (log, i);
  retag (log, i, log->seeds->pdata[log->seeds->len - 1]);
}

static void
all_under_own_key (Work *work, Log *log, guint i)
{
  g_ptr_array_set_size (log->seals, 0);
  g_ptr_array_set_size (log->seeds, 0);
  add_own_seal (work, log, OLD);
  name_seal (log, OLD);
  edit (work, at (log, MAX (i, OLD + 1)));
  rehash (log, 0);
  retag (log, OLD, log->seeds->pdata[0]);
}

/* As if they had been written before there were seals. */
static void
unseal (Work *work G_GNUC_UNUSED, Log *log, guint i)
{
  i = MAX (i, OLD);
  for (guint k = i; k < log->entries->len; k++)
    {
      at (log, k)->seal = 0;
      at (log, k)->clock[0] = '\0';
    }
  rehash (log, i);
}

static void
splice (Work *work, Log *log, guint i)
{
  guint end = MIN (i + 5, log->entries->len);

  for (guint k = i; k < end; k++)
    {
      kouan_audit_entry_free (log->entries->pdata[k]);
      log->entries->pdata[k] = kouan_audit_entry_copy (at (&work->stranger, k));
    }
  rehash (log, i);
}

static void
flip_hash (Work *work, Log *log, guint i)
{
  at (log, i)->hash[g_rand_int_range (work->rand, 0, KOUAN_AUDIT_HASH_SIZE)] ^= 1;
}

static void
flip_tag (Work *work, Log *log, guint i)
{
  i = MAX (i, OLD);
  at (log, i)->tag[g_rand_int_range (work->rand, 0, KOUAN_AUDIT_HASH_SIZE)] ^= 1;
}

static void
move_seal (Work *work, Log *log, guint i G_GNUC_UNUSED)
{
  ((KouanAuditSeal *)log->seals->pdata[0])->first += g_rand_int_range (work->rand, 1, 9);
}

static void
shift_times (Work *work, Log *log, guint i)
{
  gint32 shift_s = g_rand_int_range (work->rand, 1, 86400);

  for (guint k = i; k < log->entries->len; k++)
    at (log, k)->wall_s -= shift_s;
  rehash (log, i);
  retag (log, i, work->stolen);
}

static const struct
{
  const char *name;
  void (*make) (Work *work, Log *log, guint i);
  gboolean only_keys; /* nothing of the chain is changed: only who opens the keys can see it */
} kinds[] = {
  { "edit", edit_only, FALSE },
  { "edit, new hashes", edit_and_rehash, FALSE },
  { "edit, new hashes, tags by the stolen key", edit_and_retag, FALSE },
  { "delete", delete_only, FALSE },
  { "delete, new hashes, tags by the stolen key", delete_and_retag, FALSE },
  { "swap", swap_only, FALSE },
  { "swap, new hashes, tags by the stolen key", swap_and_retag, FALSE },
  { "insert, new hashes, tags by the stolen key", insert_and_retag, FALSE },
  { "duplicate", duplicate, FALSE },
  { "truncate before the anchor", truncate_log, FALSE },
  { "another past from before the anchor on", truncate_and_go_on, FALSE },
  { "go on under a key of one's own", go_on_under_own_key, FALSE },
  { "all under a key of one's own", all_under_own_key, FALSE },
  { "as if never sealed", unseal, FALSE },
  { "entries of another kiosk", splice, FALSE },
  { "a flipped hash", flip_hash, FALSE },
  { "a flipped tag", flip_tag, TRUE },
  { "a seal that begins elsewhere", move_seal, FALSE },
  { "other times, new hashes, tags by the stolen key", shift_times, FALSE },
};

static gboolean
verify (Work *work, const Log *log, gboolean opened, KouanAuditVerdict *verdict)
{
  g_autoptr (KouanAuditVerifier) verifier = kouan_audit_verifier_new ();
  KouanAuditHead head = { .sequence = log->entries->len };

  if (head.sequence > 0)
    memcpy (head.hash, at (log, log->entries->len - 1)->hash, sizeof head.hash);
  for (guint i = 0; i < log->seals->len; i++)
    kouan_audit_verifier_add_seal (verifier, log->seals->pdata[i],
                                   opened ? log->seeds->pdata[i] : NULL);
  kouan_audit_verifier_add_anchor (verifier, ANCHOR, work->anchor, 1);
  for (guint i = 0; i < log->entries->len; i++)
    kouan_audit_verifier_take (verifier, at (log, i));
  kouan_audit_verifier_finish (verifier, &head, verdict);
  return verdict->fault == KOUAN_AUDIT_FAULT_NONE;
}

static void
read_log (KouanDatabase *db, KouanAgeIdentity *identity, Log *log)
{
  g_autoptr (GError) error = NULL;

  log->entries = kouan_audit_list (db, 0, 1000, &error);
  log->seals = kouan_audit_seals_list (db, &error);
  log->seeds = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_secret_unref);
  for (guint i = 0; i < log->seals->len; i++)
    g_ptr_array_add (
      log->seeds,
      kouan_audit_seed_open (((KouanAuditSeal *)log->seals->pdata[i])->sealed, identity, &error));
  g_assert_no_error (error);
}

static void
append (KouanDatabase *db, const char *whose, guint i)
{
  static const char *const roles[] = { "kiosk", "visitor", "attendant", "supervisor" };
  g_autofree char *object = g_strdup_printf ("%s-%u", whose, i);
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_audit_append (db, 1767225600 + i, roles[i % 4], i % 4 > 1 ? "S-1" : "",
                                     "test.entry", object, "ok", &error));
}

/* A kiosk's log as it comes about: entries from before there were seals, then under a seal. */
static void
make_log (const char *folder, const char *whose, Log *log, KouanSecret **stolen)
{
  g_autofree char *parent = g_build_filename (folder, whose, NULL);
  g_autoptr (KouanStation) station = NULL;
  g_autoptr (KouanClock) clock = kouan_manual_clock_new (0);
  g_autoptr (KouanOutbox) outbox = NULL;
  g_autoptr (KouanDatabase) db = NULL;
  g_autoptr (KouanAgeIdentity) identity = NULL;
  g_autofree char *path = NULL;
  KouanAuditKeyPlace place;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  station = kouan_test_station_new (parent, NULL);
  identity = kouan_test_station_hub_identity (parent);
  outbox = kouan_outbox_new (station, clock);
  db = kouan_outbox_open_database (outbox, NULL);
  kouan_audit_set_sealer (db, NULL);
  for (guint i = 0; i < OLD; i++)
    append (db, whose, i);
  kouan_audit_keeper_attach (db, station);
  for (guint i = OLD; i < ENTRIES - 1; i++)
    append (db, whose, i);
  read_log (db, identity, log);
  g_assert_cmpuint (log->entries->len, ==, ENTRIES);
  path = kouan_station_path (station, KOUAN_STATION_AUDIT_KEY);
  *stolen = kouan_secret_new (KOUAN_KEY_SIZE);
  g_assert_true (
    kouan_audit_key_read (path, ((KouanAuditSeal *)log->seals->pdata[0])->id, &place, *stolen));
  g_assert_cmpint (place.sequence, ==, ENTRIES + 1);
}

/* Returns: the first entry that is not as it was */
static guint
first_change (const Work *work, const Log *log)
{
  guint i = 0;

  while (i < log->entries->len && i < ENTRIES
         && memcmp (at (log, i)->hash, at (&work->honest, i)->hash, KOUAN_AUDIT_HASH_SIZE) == 0)
    i++;
  return i;
}

static gboolean
try_one (Work *work, guint number, guint *found, guint *found_by_anchors)
{
  guint kind = number % G_N_ELEMENTS (kinds);
  guint i = (guint)g_rand_int_range (work->rand, 0, ENTRIES);
  KouanAuditVerdict verdict;
  gboolean before;
  Log log;

  log_copy (&work->honest, &log);
  kinds[kind].make (work, &log, i);
  before = first_change (work, &log) < ANCHOR && !kinds[kind].only_keys;
  if (verify (work, &log, TRUE, &verdict))
    {
      printf ("# %s at %u was not found\n", kinds[kind].name, i + 1);
      log_clear (&log);
      return FALSE;
    }
  *found += 1;
  if (before && verify (work, &log, FALSE, &verdict))
    {
      printf ("# %s at %u was not found by the anchor\n", kinds[kind].name, i + 1);
      log_clear (&log);
      return FALSE;
    }
  *found_by_anchors += before;
  log_clear (&log);
  return TRUE;
}

static void
set_up (Work *work, const char *folder, guint32 seed)
{
  g_autoptr (KouanAgeIdentity) own = kouan_age_identity_generate ();
  g_autoptr (KouanSecret) other = NULL;

  make_log (folder, "a", &work->honest, &work->stolen);
  make_log (folder, "b", &work->stranger, &other);
  memcpy (work->anchor, at (&work->honest, ANCHOR - 1)->hash, sizeof work->anchor);
  work->rand = g_rand_new_with_seed (seed);
  work->recipients = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_age_recipient_free);
  g_ptr_array_add (work->recipients, kouan_age_identity_get_recipient (own));
}

static gboolean
run (Work *work, int count, int seed)
{
  guint found = 0, found_by_anchors = 0;
  KouanAuditVerdict verdict;
  gboolean whole = verify (work, &work->honest, TRUE, &verdict);
  gboolean all = TRUE;

  printf ("TAP version 13\n1..2\n");
  printf ("%s 1 the honest log is whole (%" G_GINT64_FORMAT " of %d tags)\n",
          whole && verdict.proven == ENTRIES - OLD ? "ok" : "not ok", verdict.proven,
          ENTRIES - OLD);
  for (int i = 0; i < count && all; i++)
    all = try_one (work, (guint)i, &found, &found_by_anchors);
  printf ("%s 2 %u of %d tamperings of seed %d found, %u of them by the anchor alone\n",
          all ? "ok" : "not ok", found, count, seed, found_by_anchors);
  return whole && all;
}

int
main (int argc, char **argv)
{
  int seed = 1, count = 1000;
  const GOptionEntry entries[]
    = { { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "what the tamperings are made from", "N" },
        { "count", 0, 0, G_OPTION_ARG_INT, &count, "how many", "N" },
        G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  char *folder;
  Work work = { 0 };
  gboolean all;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  folder = kouan_test_folder_new ();
  set_up (&work, folder, (guint32)seed);
  all = run (&work, count, seed);
  log_clear (&work.honest);
  log_clear (&work.stranger);
  kouan_secret_unref (work.stolen);
  g_rand_free (work.rand);
  g_ptr_array_unref (work.recipients);
  kouan_test_folder_remove (folder);
  return all ? 0 : 1;
}
