/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/kiosk/audit.h"
#include "db/kiosk/codes.h"
#include "db/kiosk/kiosk-store.h"
#include "db/kiosk/records.h"
#include "tests/faults/crash-vfs.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* usage: fault-vfs RUNS SEED FROM [lazy]
 *
 * The whole life of two records in the kiosk's own store, with a fault at the first call to the
 * disk, the second, and so on, round after round, RUNS of them from the one numbered FROM. After
 * each, the store is opened again: what had been acknowledged must be there, nothing may be there
 * that nobody asked for, and balance, audit and the database itself must be sound. "lazy" does not
 * sync the write-ahead log, which is what synchronous=NORMAL makes of a commit: then something has
 * to be lost. One JSON line. */

#define NOW_S 1767225600
#define STEPS 9

typedef struct
{
  char *path;
  gboolean lazy;
  guint64 runs, acknowledged, lost, unbalanced;
} Sweep;

static const struct
{
  guint record;
  KouanRecordState state;
} life[STEPS] = {
  { 1, KOUAN_RECORD_QUEUED },    { 1, KOUAN_RECORD_SENDING },   { 2, KOUAN_RECORD_QUEUED },
  { 1, KOUAN_RECORD_COMMITTED }, { 2, KOUAN_RECORD_SENDING },   { 1, KOUAN_RECORD_ARCHIVED },
  { 1, KOUAN_RECORD_ERASED },    { 2, KOUAN_RECORD_COMMITTED }, { 2, KOUAN_RECORD_ARCHIVED },
};

static void
id_of (guint record, guint8 id[static 16])
{
  memset (id, (int)record, 16);
}

static gboolean
capture (KouanDatabase *db, guint record)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, NULL);
  g_autoptr (KouanRecordRow) row = g_new0 (KouanRecordRow, 1);
  gint64 sequence = transaction != NULL ? kouan_records_next_sequence (db, NULL) : 0;

  id_of (record, row->id);
  row->sequence = sequence;
  row->number = g_strdup_printf ("%u", record);
  row->file = g_strdup_printf ("%u.age", record);
  row->size = 1000;
  row->manifest = g_bytes_new_static ("manifest", 8);
  row->created_s = NOW_S;
  return sequence > 0 && kouan_records_insert (db, row, NULL)
         && kouan_codes_mark_used (db, row->id, row->id, NOW_S, NULL)
         && kouan_transaction_commit (g_steal_pointer (&transaction), NULL);
}

static gboolean
take_step (KouanDatabase *db, guint step)
{
  g_autoptr (GBytes) receipt = g_bytes_new_static ("receipt", 7);
  guint8 id[16];

  if (life[step].state == KOUAN_RECORD_QUEUED)
    return capture (db, life[step].record);
  id_of (life[step].record, id);
  return kouan_records_set_state (db, id, life[step].state, receipt, NULL, NOW_S, NULL);
}

/* Returns: how many steps were acknowledged before the fault */
static guint
live (KouanDatabase *db)
{
  guint step = 0;

  while (step < STEPS && take_step (db, step))
    step++;
  return step;
}

static gboolean
state_is (KouanDatabase *db, guint record, guint steps)
{
  g_autoptr (KouanRecordRow) row = NULL;
  guint8 id[16];
  gint expected = -1;

  for (guint i = 0; i < steps; i++)
    if (life[i].record == record)
      expected = (gint)life[i].state;
  id_of (record, id);
  row = kouan_records_find (db, id, NULL);
  return (row != NULL ? (gint)row->state : -1) == expected;
}

/* What was under way when the fault came may be there or not; all before it must be. */
static gboolean
is_kept (KouanDatabase *db, guint acknowledged)
{
  for (guint steps = acknowledged; steps <= MIN (acknowledged + 1, STEPS); steps++)
    if (state_is (db, 1, steps) && state_is (db, 2, steps))
      return TRUE;
  return FALSE;
}

static gboolean
is_sound (KouanDatabase *db)
{
  KouanRecordBalance balance;
  gint64 entries, broken;

  return kouan_database_check (db, NULL) && kouan_records_balance (db, &balance, NULL)
         && balance.captured == balance.queued + balance.sent + balance.archived + balance.refused
         && kouan_audit_verify (db, &entries, &broken, NULL) && broken == 0;
}

static void
run (Sweep *self, CrashVfsFault fault, guint at, guint32 seed)
{
  g_autoptr (KouanDatabase) db = NULL;
  guint acknowledged = 0;

  crash_vfs_restore ();
  crash_vfs_arm (fault, at, seed);
  db = kouan_kiosk_store_open (self->path, NULL);
  if (db != NULL)
    acknowledged = live (db);
  g_clear_object (&db);
  if (fault == CRASH_VFS_CUT)
    crash_vfs_power_up ();
  crash_vfs_arm (CRASH_VFS_WELL, 0, seed);
  db = kouan_kiosk_store_open (self->path, NULL);
  self->runs++;
  self->acknowledged += acknowledged;
  if (db == NULL || !is_kept (db, acknowledged))
    self->lost++;
  else if (!is_sound (db))
    self->unbalanced++;
}

/* A store that a kiosk has made, or none: its making is part of the life every other round. */
static guint
measure (Sweep *self)
{
  g_autoptr (KouanDatabase) db = NULL;
  guint steps;

  crash_vfs_restore ();
  crash_vfs_arm (CRASH_VFS_WELL, 0, 1);
  db = kouan_kiosk_store_open (self->path, NULL);
  g_assert (db != NULL);
  steps = live (db);
  g_assert (steps == STEPS);
  g_clear_object (&db);
  return crash_vfs_count ();
}

static void
make_store (Sweep *self)
{
  g_autoptr (KouanDatabase) db = NULL;

  crash_vfs_arm (CRASH_VFS_WELL, 0, 1);
  db = kouan_kiosk_store_open (self->path, NULL);
  g_assert (db != NULL);
  g_clear_object (&db);
  crash_vfs_save ();
}

static void
sweep (Sweep *self, guint64 runs, guint32 seed, guint64 from)
{
  static const CrashVfsFault faults[]
    = { CRASH_VFS_CUT, CRASH_VFS_CUT, CRASH_VFS_ERROR, CRASH_VFS_CUT, CRASH_VFS_FULL };
  guint points = measure (self);

  for (guint64 i = from; i < from + runs; i++)
    {
      guint round = (guint)(i / points);

      run (self, self->lazy ? CRASH_VFS_CUT : faults[round % G_N_ELEMENTS (faults)],
           1 + (guint)(i % points), seed + (guint32)i);
    }
}

int
main (int argc, char **argv)
{
  Sweep self = { .lazy = argc > 4 };
  g_autofree char *folder = g_dir_make_tmp ("kouan-vfs-XXXXXX", NULL);

  if (argc < 4)
    return 2;
  self.path = g_build_filename (folder, "kiosk.db", NULL);
  crash_vfs_register (self.lazy);
  make_store (&self);
  sweep (&self, g_ascii_strtoull (argv[1], NULL, 10), (guint32)strtoul (argv[2], NULL, 10),
         g_ascii_strtoull (argv[3], NULL, 10));
  g_unlink (self.path); /* the store's own first look at the real folder */
  g_rmdir (folder);
  printf ("{\"runs\":%" G_GUINT64_FORMAT ",\"acknowledged\":%" G_GUINT64_FORMAT
          ",\"lost\":%" G_GUINT64_FORMAT ",\"unbalanced\":%" G_GUINT64_FORMAT "}\n",
          self.runs, self.acknowledged, self.lost, self.unbalanced);
  g_free (self.path);
  return 0;
}
