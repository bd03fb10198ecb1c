/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/manifest-log.h"
#include "app/record/manifest.h"
#include "app/record/outbox-private.h"
#include "app/record/receipt-number.h"
#include "db/kiosk/codes.h"
#include "db/kiosk/records.h"

#include <string.h>

/* After a damaged database: the rows come back from the log of manifests, and numbers go on where
 * they were. The same number for two records would be an alarm at the hub and two visitors with one
 * receipt number.
 *
 * Every record comes back as QUEUED, with its own number and its own manifest. What the hub already
 * has it answers with its receipt when the record is offered, and so the true states come back too.
 * A record whose file is not here was erased before, or is lost: the hub knows which. So that is
 * left to the offer, too, see KouanRecordRow.rebuilt.
 *
 * Submitting asks for this as well as starting does: whoever opened the damaged file first may have
 * been another program. */

#define DAMAGED_MARK KOUAN_STATION_DATABASE ".damaged-"

/* Whether a damaged database has been moved aside here. */
gboolean
kouan_outbox_has_damaged_database (KouanOutbox *self)
{
  const char *folder = kouan_station_get_folder (kouan_outbox_get_station (self));
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, DAMAGED_MARK))
      return TRUE;
  return FALSE;
}

char *
kouan_outbox_manifest_log (KouanOutbox *self)
{
  return kouan_station_path (kouan_outbox_get_station (self), KOUAN_STATION_MANIFESTS);
}

static KouanKeyring *
own_keyring (KouanStation *station)
{
  KouanKeyring *keyring = kouan_keyring_new ();

  kouan_keyring_add (keyring,
                     kouan_signing_key_get_public (kouan_station_get_signing_key (station)),
                     KOUAN_PURPOSE_RECORD, "this kiosk");
  return keyring;
}

static KouanRecordRow *
row_of (const KouanManifest *manifest, GBytes *message)
{
  KouanRecordRow *row = g_new0 (KouanRecordRow, 1);
  g_autofree char *id = kouan_uuid_to_string (manifest->record_id);

  memcpy (row->id, manifest->record_id, sizeof row->id);
  row->sequence = manifest->sequence;
  row->number = kouan_receipt_number (manifest->kiosk_id, manifest->sequence);
  row->service = manifest->service;
  row->state = KOUAN_RECORD_QUEUED;
  row->file = g_strconcat (id, ".age", NULL);
  row->size = manifest->size;
  memcpy (row->sha256, manifest->sha256, sizeof row->sha256);
  row->manifest = g_bytes_ref (message);
  row->created_s = manifest->created_ms / 1000;
  row->rebuilt = TRUE;
  return row;
}

/* A number stands twice in the log if the first try to commit it failed: the later one counts.
 * Returns: (transfer full) (element-type gint64 KouanRecordRow) */
static GHashTable *
collect (KouanOutbox *self)
{
  KouanStation *station = kouan_outbox_get_station (self);
  g_autofree char *path = kouan_outbox_manifest_log (self);
  g_autoptr (GPtrArray) messages = kouan_manifest_log_read (path);
  g_autoptr (KouanKeyring) keyring = own_keyring (station);
  GHashTable *rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                            (GDestroyNotify)kouan_record_row_free);

  for (guint i = 0; i < messages->len; i++)
    {
      KouanManifest manifest = { 0 };
      KouanRecordRow *row;

      if (!kouan_manifest_verify (messages->pdata[i], keyring, &manifest, NULL, NULL)
          || manifest.kiosk_id != kouan_station_get_kiosk_id (station))
        continue;
      row = row_of (&manifest, messages->pdata[i]);
      g_hash_table_replace (rows, &row->sequence, row);
    }
  return rows;
}

static gboolean
mark_code (KouanDatabase *db, const KouanRecordRow *row, KouanKeyring *keyring, GError **error)
{
  KouanManifest manifest = { 0 };
  g_autoptr (GError) local = NULL;

  if (!kouan_manifest_verify (row->manifest, keyring, &manifest, NULL, NULL) || !manifest.has_code
      || kouan_codes_mark_used (db, manifest.code_id, row->id, row->created_s, &local)
      || g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
store (KouanOutbox *self, KouanDatabase *db, GHashTable *rows, GError **error)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (db, error);
  g_autoptr (KouanKeyring) keyring = own_keyring (kouan_outbox_get_station (self));
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_ptr_array_add (list, row);
  if (transaction == NULL
      || !kouan_records_rebuild (db, list, kouan_clock_wall_s (kouan_outbox_get_clock (self)),
                                 error))
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    if (!mark_code (db, list->pdata[i], keyring, error))
      return FALSE;
  return kouan_transaction_commit (g_steal_pointer (&transaction), error);
}

/**
 * kouan_outbox_rebuild:
 * @rebuilt: (out): how many rows came back
 *
 * Does nothing to a database that has given out a number. FALSE also if rows were lost and the log
 * of manifests is lost with them: then nobody knows which numbers are free, and this kiosk must not
 * give out any before it has been enrolled anew, under another number.
 */
gboolean
kouan_outbox_rebuild (KouanOutbox *self, KouanDatabase *db, guint *rebuilt, GError **error)
{
  gint64 last = kouan_records_last_sequence (db, error);
  g_autoptr (GHashTable) rows = NULL;

  *rebuilt = 0;
  if (last != 0)
    return last > 0;
  rows = collect (self);
  *rebuilt = g_hash_table_size (rows);
  if (*rebuilt > 0)
    return store (self, db, rows, error);
  if (!kouan_outbox_has_damaged_database (self))
    return TRUE;
  g_set_error_literal (
    error, KOUAN_OUTBOX_ERROR, KOUAN_OUTBOX_ERROR_NUMBERS,
    "the database and the log of manifests are lost: this kiosk does not know "
    "which receipt numbers it has given out; enrol it anew under another number");
  return FALSE;
}

/**
 * kouan_outbox_tidy_manifests:
 * @present: (element-type GBytes): the manifests that rows with a file name
 * @newest: (nullable): the manifest of the highest number, whatever became of its record
 *
 * Writes the log anew when it lacks one of them, or is mostly about what was erased.
 */
gboolean
kouan_outbox_tidy_manifests (KouanOutbox *self, GPtrArray *present, GBytes *newest, GError **error)
{
  g_autofree char *path = kouan_outbox_manifest_log (self);
  g_autoptr (GPtrArray) logged = kouan_manifest_log_read (path);
  g_autoptr (GHashTable) known = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  gboolean complete;

  for (guint i = 0; i < logged->len; i++)
    g_hash_table_add (known, logged->pdata[i]);
  if (newest != NULL
      && (present->len == 0 || !g_bytes_equal (newest, present->pdata[present->len - 1])))
    g_ptr_array_add (present, g_bytes_ref (newest));
  complete = TRUE;
  for (guint i = 0; i < present->len && complete; i++)
    complete = g_hash_table_contains (known, present->pdata[i]);
  if (complete && logged->len <= 2 * present->len + KOUAN_MANIFESTS_SLACK)
    return TRUE;
  return kouan_manifest_log_rewrite (path, present, error);
}
