/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/sync/hub-receipt.h"
#include "tests/testlib/kiosk.h"

#include <glib/gstdio.h>
#include <string.h>

#define SIZE 600000
#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define YEAR_US (365 * DAY_US)

static void
set_up (KouanTestKiosk **kiosk, gconstpointer data G_GNUC_UNUSED)
{
  *kiosk = kouan_test_kiosk_new ();
}

static void
tear_down (KouanTestKiosk **kiosk, gconstpointer data G_GNUC_UNUSED)
{
  kouan_test_kiosk_free (*kiosk);
}

static void
sync_well (KouanTestKiosk *kiosk, KouanSyncReport *report)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_test_kiosk_sync (kiosk, report, &error));
  g_assert_no_error (error);
}

static KouanRecordState
state_of (KouanTestKiosk *kiosk, KouanSubmitted *submitted)
{
  g_autoptr (KouanRecordRow) row = kouan_test_kiosk_row (kiosk, submitted->record_id);

  return row->state;
}

static gboolean
file_exists (KouanTestKiosk *kiosk, KouanSubmitted *submitted)
{
  g_autofree char *path = kouan_test_kiosk_file (kiosk, submitted->record_id);

  return path != NULL && g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
archive (KouanTestKiosk *kiosk)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_hub_store_archive (kouan_hub_get_store (kiosk->world->hub), G_MAXINT64, NULL,
                                          kouan_clock_wall_s (kiosk->world->clock), NULL, &error));
  g_assert_no_error (error);
}

static void
test_whole_life (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanSubmitted) one = kouan_test_kiosk_submit (kiosk, SIZE, 1);
  g_autoptr (KouanSubmitted) two = kouan_test_kiosk_submit (kiosk, 10, 2);
  g_autofree char *path = kouan_test_kiosk_file (kiosk, one->record_id);
  KouanSyncReport report;

  sync_well (kiosk, &report);
  g_assert_cmpuint (report.committed, ==, 2);
  g_assert_cmpint (report.waiting, ==, 0);
  g_assert_cmpint (report.bytes, >, SIZE);
  g_assert_false (report.away);
  kouan_test_kiosk_assert_at_hub (kiosk, one->record_id);
  kouan_test_kiosk_assert_at_hub (kiosk, two->record_id);
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (kiosk), ==, 2);

  sync_well (kiosk, &report);
  g_assert_cmpuint (report.committed + report.archived, ==, 0);
  g_assert_cmpint (report.bytes, ==, 0);
  g_assert_cmpint (state_of (kiosk, one), ==, KOUAN_RECORD_COMMITTED);
  g_assert_true (file_exists (kiosk, one));

  archive (kiosk);
  sync_well (kiosk, &report);
  g_assert_cmpuint (report.archived, ==, 2);
  g_assert_cmpint (state_of (kiosk, one), ==, KOUAN_RECORD_ERASED);
  g_assert_cmpint (state_of (kiosk, two), ==, KOUAN_RECORD_ERASED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  sync_well (kiosk, &report);
  g_assert_cmpuint (report.archived, ==, 0);
}

static void
test_receipt_is_kept (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, 10, 1);
  g_autoptr (KouanRecordRow) row = NULL;
  KouanHubReceipt receipt = { 0 };
  KouanSyncReport report;

  sync_well (kiosk, &report);
  row = kouan_test_kiosk_row (kiosk, submitted->record_id);
  g_assert_true (kouan_hub_receipt_verify (row->receipt, kouan_station_get_keyring (kiosk->station),
                                           &receipt, NULL));
  g_assert_cmpint (receipt.state, ==, KOUAN_HUB_RECEIPT_COMMITTED);
  g_assert_true (kouan_hub_receipt_is_for (&receipt, 7, row->id, row->sha256));
}

static void
test_few_connections (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  KouanSyncReport report;

  for (guint8 i = 1; i <= 20; i++)
    {
      g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, 10, i);

      g_assert_nonnull (submitted);
    }
  sync_well (kiosk, &report);
  g_assert_cmpuint (report.committed, ==, 20);
  g_assert_cmpuint (kouan_test_line_count (kiosk->line), <=, 4);
}

static void
test_hub_away_blames_nobody (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanSubmitted) one = kouan_test_kiosk_submit (kiosk, 10, 1);
  g_autoptr (KouanSubmitted) two G_GNUC_UNUSED = kouan_test_kiosk_submit (kiosk, 10, 2);
  g_autoptr (KouanRecordRow) row = NULL;
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  kouan_test_kiosk_stop (kiosk);
  g_assert_false (kouan_test_kiosk_sync (kiosk, &report, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_AWAY);
  g_assert_true (report.away);
  g_assert_cmpint (report.waiting, ==, 2);
  g_assert_cmpuint (report.later, ==, 0);
  row = kouan_test_kiosk_row (kiosk, one->record_id);
  g_assert_cmpint (row->attempts, ==, 0);
  g_assert_cmpint (row->state, ==, KOUAN_RECORD_QUEUED);
  kouan_test_kiosk_serve (kiosk);
  sync_well (kiosk, &report);
  g_assert_cmpuint (report.committed, ==, 2);
}

/* A month without the hub: nobody is blamed and nothing is lost, the balance adds up every day, and
 * then one run brings all of it, the oldest first. */
static void
test_thirty_days_offline (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  KouanRecordBalance balance;
  KouanSyncReport report;

  kouan_test_kiosk_stop (kiosk);
  for (guint day = 1; day <= 30; day++)
    {
      for (guint i = 0; i < 2; i++)
        {
          g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, 10, 0);

          g_assert_nonnull (submitted);
        }
      g_assert_false (kouan_test_kiosk_sync (kiosk, &report, &error));
      g_assert_true (report.away);
      g_clear_error (&error);
      kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (kiosk->world->clock), DAY_US);
      g_assert_true (kouan_records_balance (kiosk->db, &balance, &error));
      g_assert_cmpint (balance.captured, ==, 2 * day);
      g_assert_cmpint (balance.queued, ==, 2 * day);
    }
  kouan_test_kiosk_serve (kiosk);
  sync_well (kiosk, &report);
  g_assert_cmpint (report.committed, ==, 60);
  found = kouan_hub_store_list_records (kouan_hub_get_store (kiosk->world->hub), 0, 1000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 60);
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpint (((KouanHubRecord *)found->pdata[i])->offer.sequence, ==, i + 1);
  g_assert_true (kouan_records_balance (kiosk->db, &balance, &error));
  g_assert_cmpint (balance.sent, ==, 60);
  g_assert_cmpint (balance.captured, ==,
                   balance.queued + balance.sent + balance.archived + balance.refused);
}

/* However the line breaks, the record arrives once, and at most one run of bytes goes twice. */
static void
cut_and_go_on (KouanTestKiosk *kiosk, gint64 up, gint64 down, guint8 code)
{
  g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, SIZE, code);
  g_autoptr (KouanRecordRow) before = kouan_test_kiosk_row (kiosk, submitted->record_id);
  guint count = kouan_test_kiosk_count_at_hub (kiosk);
  gint64 moved = kouan_test_line_get_up (kiosk->line);
  KouanSyncReport report;

  if (up > 0)
    kouan_test_line_cut_up (kiosk->line, up);
  if (down > 0)
    kouan_test_line_cut_down (kiosk->line, down);
  for (guint i = 0; i < 4 && state_of (kiosk, submitted) != KOUAN_RECORD_COMMITTED; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!kouan_test_kiosk_sync (kiosk, &report, &error))
        g_assert_true (report.away);
      kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (kiosk->world->clock), DAY_US);
    }
  g_assert_cmpint (state_of (kiosk, submitted), ==, KOUAN_RECORD_COMMITTED);
  kouan_test_kiosk_assert_at_hub (kiosk, submitted->record_id);
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (kiosk), ==, count + 1);
  moved = kouan_test_line_get_up (kiosk->line) - moved;
  g_assert_cmpint (moved, <, before->size + 256 * 1024 + 64 * 1024);
  archive (kiosk);
  sync_well (kiosk, &report);
}

static void
test_cut_on_the_way_up (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  const gint64 cuts[] = { 1,      100,    500,    1000,   1500,   2000,   2200,   2500,   3000,
                          3200,   3500,   4000,   100000, 263000, 264000, 265000, 266000, 300000,
                          528000, 529000, 530000, 600000, 605000, 608000, 610000, 620000 };

  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    cut_and_go_on (*data, cuts[i], 0, (guint8)(i + 1));
}

static void
test_cut_on_the_way_down (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  for (guint i = 0; i < 24; i++)
    cut_and_go_on (*data, 0, 1 + (gint64)i * 130, (guint8)(i + 1));
}

/* Of several that are under way no more goes twice than the connections held, and they arrive in
 * their order. */
static void
test_cut_with_several_under_way (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  const gint64 cuts[] = { 3000, 100000, 590000, 620000, 900000, 1300000, 1830000 };

  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = NULL;
      gint64 moved = kouan_test_line_get_up (kiosk->line);
      KouanRecordBalance balance;
      KouanSyncReport report;

      for (guint8 j = 0; j < 3; j++)
        {
          g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, SIZE, 0);

          g_assert_nonnull (submitted);
        }
      g_assert_true (kouan_records_balance (kiosk->db, &balance, &error));
      kouan_test_line_cut_up (kiosk->line, cuts[i]);
      for (guint j = 0; j < 4; j++)
        {
          g_autoptr (GError) away = NULL;

          if (!kouan_test_kiosk_sync (kiosk, &report, &away))
            g_assert_true (report.away);
          kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (kiosk->world->clock), DAY_US);
        }
      moved = kouan_test_line_get_up (kiosk->line) - moved;
      g_assert_cmpint (moved, <, balance.bytes_waiting + 256 * 1024 + 128 * 1024);
      found
        = kouan_hub_store_list_records (kouan_hub_get_store (kiosk->world->hub), 0, 1000, &error);
      g_assert_cmpuint (found->len, ==, 3 * (i + 1));
      for (guint j = 0; j < found->len; j++)
        g_assert_cmpint (((KouanHubRecord *)found->pdata[j])->offer.sequence, ==, j + 1);
      archive (kiosk);
      sync_well (kiosk, &report);
      g_assert_cmpint (report.waiting, ==, 0);
    }
}

typedef struct
{
  KouanTestKiosk *kiosk;
  guint count;
} Cuts;

static void
cut_once_more (gpointer data)
{
  Cuts *cuts = data;

  if (++cuts->count == 1)
    kouan_test_line_cut_up (cuts->kiosk->line, 1);
}

/* The line breaks under one record and once more when it wants to go on, but the hub is there: it
 * alone waits, and the others go in the same run and are not blamed. */
static void
test_broken_line_blocks_nobody (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  Cuts cuts = { kiosk, 0 };
  KouanSyncReport report;

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, SIZE, 0);

      g_assert_nonnull (submitted);
    }
  kouan_test_line_on_cut (kiosk->line, cut_once_more, &cuts);
  kouan_test_line_cut_up (kiosk->line, 150000);
  sync_well (kiosk, &report);
  g_assert_cmpuint (cuts.count, ==, 2);
  g_assert_cmpuint (report.committed, ==, 3);
  g_assert_cmpuint (report.later, ==, 1);
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (kiosk->world->clock), DAY_US);
  sync_well (kiosk, &report);
  g_assert_cmpuint (report.committed, ==, 1);
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (kiosk), ==, 4);
}

static void
restart_hub (gpointer data)
{
  KouanTestKiosk *kiosk = data;

  kouan_test_kiosk_serve (kiosk);
}

static void
test_hub_restarts_in_the_middle (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  const gint64 cuts[] = { 3000, 150000, 300000, 609000 };

  kouan_test_line_on_cut (kiosk->line, restart_hub, kiosk);
  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, SIZE, (guint8)(i + 1));
      g_autoptr (GError) error = NULL;
      KouanSyncReport report;

      kouan_test_line_cut_up (kiosk->line, cuts[i]);
      if (!kouan_test_kiosk_sync (kiosk, &report, &error))
        sync_well (kiosk, &report);
      kouan_test_kiosk_assert_at_hub (kiosk, submitted->record_id);
      g_assert_cmpuint (kouan_test_kiosk_count_at_hub (kiosk), ==, i + 1);
    }
}

static void
swap_file (const char *folder, const char *name, const char *other_folder)
{
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autofree char *from = g_build_filename (other_folder, name, NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (from, &contents, NULL, &error));
  g_assert_true (g_file_set_contents (to, contents, -1, &error));
}

static void
test_hub_of_another_authority (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanTestHub) other = kouan_test_hub_new ();
  g_autofree char *other_station = kouan_test_hub_enrol (other, 7);
  g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, 10, 1);
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  swap_file (kiosk->station_folder, KOUAN_STATION_HUB_CA, other_station);
  g_assert_false (kouan_test_kiosk_sync (kiosk, &report, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_STRANGER);
  g_assert_true (report.away);
  g_assert_cmpint (report.bytes, ==, 0);
  g_assert_cmpint (state_of (kiosk, submitted), ==, KOUAN_RECORD_QUEUED);
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (kiosk), ==, 0);
}

static void
test_kiosk_of_another_authority (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanTestHub) other = kouan_test_hub_new ();
  g_autofree char *other_station = kouan_test_hub_enrol (other, 7);
  g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, 10, 1);
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  swap_file (kiosk->station_folder, KOUAN_STATION_TLS_KEY, other_station);
  swap_file (kiosk->station_folder, KOUAN_STATION_TLS_CERTIFICATE, other_station);
  g_assert_false (kouan_test_kiosk_sync (kiosk, &report, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_AWAY); /* not one word of HTTP */
  g_assert_true (report.away);
  g_assert_cmpint (state_of (kiosk, submitted), ==, KOUAN_RECORD_QUEUED);
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (kiosk), ==, 0);
}

static void
test_revoked (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, 10, 1);
  g_autoptr (KouanRecordRow) row = NULL;
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  g_assert_true (kouan_hub_store_revoke (kouan_hub_get_store (kiosk->world->hub), 7, 1, &error));
  g_assert_false (kouan_test_kiosk_sync (kiosk, &report, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_STRANGER);
  g_assert_true (report.stranger);
  row = kouan_test_kiosk_row (kiosk, submitted->record_id);
  g_assert_cmpint (row->state, ==, KOUAN_RECORD_QUEUED);
  g_assert_cmpint (row->attempts, ==, 0);
  g_assert_cmpstr (row->trouble, ==, "not-our-hub");
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (kiosk), ==, 0);
}

/* A record as the outbox would have stored it, but for what the test has changed. */
static void
insert_row (KouanTestKiosk *kiosk, KouanTestRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  KouanRecordRow row = { .sequence = record->manifest.sequence,
                         .number = (char *)"00007-000099-00",
                         .service = 1,
                         .state = KOUAN_RECORD_QUEUED,
                         .file = (char *)"inserted.age",
                         .size = record->manifest.size,
                         .manifest = record->claim.manifest };

  memcpy (row.id, record->manifest.record_id, sizeof row.id);
  memcpy (row.sha256, record->manifest.sha256, sizeof row.sha256);
  path = kouan_outbox_path (kiosk->outbox, row.file);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (record->bytes, NULL),
                                      (gssize)g_bytes_get_size (record->bytes), &error));
  g_assert_true (kouan_records_insert (kiosk->db, &row, &error));
  g_assert_no_error (error);
}

static void
test_forged_manifest_is_refused (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (kiosk->station, 99, 1000, 0);
  g_autoptr (KouanSigningKey) stranger = kouan_signing_key_generate ();
  g_autoptr (KouanSubmitted) good = NULL;
  g_autoptr (KouanRecordRow) row = NULL;
  KouanHubReceipt receipt = { 0 };
  KouanSyncReport report;

  kouan_test_record_sign (record, stranger);
  insert_row (kiosk, record);
  good = kouan_test_kiosk_submit (kiosk, 10, 1);
  sync_well (kiosk, &report);
  g_assert_cmpuint (report.refused, ==, 1);
  g_assert_cmpuint (report.committed, ==, 1);
  row = kouan_test_kiosk_row (kiosk, record->manifest.record_id);
  g_assert_cmpint (row->state, ==, KOUAN_RECORD_REFUSED);
  g_assert_cmpstr (row->trouble, ==, "hub-refuses");
  g_assert_true (kouan_hub_receipt_verify (row->receipt, kouan_station_get_keyring (kiosk->station),
                                           &receipt, NULL));
  g_assert_cmpint (receipt.state, ==, KOUAN_HUB_RECEIPT_REFUSED);
  g_assert_cmpint (state_of (kiosk, good), ==, KOUAN_RECORD_COMMITTED);
}

static void
test_same_id_other_content (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanSubmitted) first = kouan_test_kiosk_submit (kiosk, 10, 1);
  g_autoptr (KouanTestRecord) twin = kouan_test_record_new (kiosk->station, 99, 1000, 0);
  g_autoptr (KouanRecordRow) row = NULL;
  g_autofree char *database = g_build_filename (kiosk->station_folder, "kiosk.db", NULL);
  KouanSyncReport report;

  sync_well (kiosk, &report);
  kouan_test_kiosk_assert_at_hub (kiosk, first->record_id);
  g_clear_object (&kiosk->db);
  g_unlink (database);
  kouan_test_kiosk_reload (kiosk);
  memcpy (twin->manifest.record_id, first->record_id, 16);
  kouan_test_record_sign (twin, kouan_station_get_signing_key (kiosk->station));
  insert_row (kiosk, twin);
  sync_well (kiosk, &report);
  g_assert_cmpuint (report.refused, ==, 1);
  row = kouan_test_kiosk_row (kiosk, first->record_id);
  g_assert_cmpint (row->state, ==, KOUAN_RECORD_REFUSED);
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (kiosk), ==, 1);
}

static void
test_bad_files_block_nobody (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanSubmitted) gone = kouan_test_kiosk_submit (kiosk, 10, 1);
  g_autoptr (KouanSubmitted) damaged = kouan_test_kiosk_submit (kiosk, 10, 2);
  g_autoptr (KouanSubmitted) cut = kouan_test_kiosk_submit (kiosk, 10, 3);
  g_autoptr (KouanSubmitted) good = kouan_test_kiosk_submit (kiosk, 10, 4);
  g_autofree char *gone_path = kouan_test_kiosk_file (kiosk, gone->record_id);
  g_autofree char *damaged_path = kouan_test_kiosk_file (kiosk, damaged->record_id);
  g_autofree char *cut_path = kouan_test_kiosk_file (kiosk, cut->record_id);
  g_autofree char *contents = NULL;
  g_autoptr (KouanRecordRow) gone_row = NULL;
  g_autoptr (KouanRecordRow) damaged_row = NULL;
  g_autoptr (KouanRecordRow) cut_row = NULL;
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;
  gsize size;

  g_unlink (gone_path);
  g_assert_true (g_file_get_contents (damaged_path, &contents, &size, &error));
  contents[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (damaged_path, contents, (gssize)size, &error));
  g_assert_true (g_file_set_contents (cut_path, contents, (gssize)size - 1, &error));
  sync_well (kiosk, &report);
  g_assert_cmpuint (report.refused, ==, 3);
  g_assert_cmpuint (report.committed, ==, 1);
  gone_row = kouan_test_kiosk_row (kiosk, gone->record_id);
  damaged_row = kouan_test_kiosk_row (kiosk, damaged->record_id);
  cut_row = kouan_test_kiosk_row (kiosk, cut->record_id);
  g_assert_cmpstr (gone_row->trouble, ==, "file-missing");
  g_assert_cmpstr (damaged_row->trouble, ==, "file-damaged");
  g_assert_cmpstr (cut_row->trouble, ==, "file-damaged");
  g_assert_cmpint (state_of (kiosk, good), ==, KOUAN_RECORD_COMMITTED);
  g_assert_true (g_file_test (damaged_path, G_FILE_TEST_EXISTS));
}

/* The hub forgets what it has committed since last night; the kiosk still has it and sends it
 * again. */
static void
test_hub_restored_from_backup (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, SIZE, 1);
  g_autofree char *incoming_path = kouan_hub_path (kiosk->world->hub, "blobs/incoming");
  g_autoptr (GDir) incoming = NULL;
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  kouan_test_kiosk_copy_hub (kiosk, "hub.db", "backup.db");
  sync_well (kiosk, &report);
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (kiosk), ==, 1);

  kouan_test_kiosk_copy_hub (kiosk, "backup.db", "hub.db");
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (kiosk), ==, 0);
  sync_well (kiosk, &report);
  kouan_test_kiosk_assert_at_hub (kiosk, submitted->record_id);
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (kiosk), ==, 1);
  g_assert_cmpint (state_of (kiosk, submitted), ==, KOUAN_RECORD_COMMITTED);
  incoming = g_dir_open (incoming_path, 0, &error);
  g_assert_null (g_dir_read_name (incoming));
  archive (kiosk);
  sync_well (kiosk, &report);
  g_assert_cmpint (state_of (kiosk, submitted), ==, KOUAN_RECORD_ERASED);
}

/* Archived is written down, then the power fails before the file is gone. */
static void
lose_database (KouanTestKiosk *kiosk)
{
  g_autofree char *path = kouan_station_path (kiosk->station, KOUAN_STATION_DATABASE);
  g_autofree char *garbage = g_strnfill (8192, 'x');
  g_autoptr (GError) error = NULL;
  KouanOutboxRecovery done;

  g_clear_object (&kiosk->db);
  g_assert_true (g_file_set_contents (path, garbage, -1, NULL));
  g_assert_null (kouan_outbox_open_database (kiosk->outbox, NULL));
  kouan_test_kiosk_reload (kiosk);
  g_assert_true (kouan_outbox_recover (kiosk->outbox, kiosk->db, &done, &error));
  g_assert_no_error (error);
}

/* The rows are lost with the database and come back as queued; the hub says what they are, and
 * takes no record twice. One whose file was lost too, and that no hub has, is a person's. */
static void
test_database_is_lost (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanSubmitted) erased = kouan_test_kiosk_submit (kiosk, 10, 1);
  g_autoptr (KouanSubmitted) committed = NULL;
  g_autoptr (KouanSubmitted) lost = NULL;
  g_autoptr (KouanSubmitted) queued = NULL;
  g_autoptr (KouanSubmitted) next = NULL;
  g_autofree char *lost_path = NULL;
  KouanSyncReport report;
  KouanRecordBalance balance;

  sync_well (kiosk, &report);
  archive (kiosk);
  sync_well (kiosk, &report);
  g_assert_cmpint (state_of (kiosk, erased), ==, KOUAN_RECORD_ERASED);
  committed = kouan_test_kiosk_submit (kiosk, 10, 2);
  sync_well (kiosk, &report);
  lost = kouan_test_kiosk_submit (kiosk, 10, 3);
  queued = kouan_test_kiosk_submit (kiosk, 10, 4);
  lost_path = kouan_test_kiosk_file (kiosk, lost->record_id);
  g_assert_cmpint (g_unlink (lost_path), ==, 0);
  lose_database (kiosk);
  next = kouan_test_kiosk_submit (kiosk, 10, 5);
  g_assert_cmpint (next->sequence, ==, 5);

  sync_well (kiosk, &report);
  g_assert_cmpint (state_of (kiosk, erased), ==, KOUAN_RECORD_ERASED);
  g_assert_cmpint (state_of (kiosk, committed), ==, KOUAN_RECORD_COMMITTED);
  g_assert_cmpint (state_of (kiosk, lost), ==, KOUAN_RECORD_REFUSED);
  g_assert_cmpint (state_of (kiosk, queued), ==, KOUAN_RECORD_COMMITTED);
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (kiosk), ==, 4);
  g_assert_true (kouan_records_balance (kiosk->db, &balance, NULL));
  g_assert_cmpint (balance.captured, ==, 5);
  g_assert_cmpint (balance.captured, ==,
                   balance.queued + balance.sent + balance.archived + balance.refused);
}

static void
test_left_over_is_erased (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, 10, 1);
  g_autofree char *path = kouan_test_kiosk_file (kiosk, submitted->record_id);
  g_autoptr (KouanRecordRow) row = NULL;
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  sync_well (kiosk, &report);
  row = kouan_test_kiosk_row (kiosk, submitted->record_id);
  g_assert_true (kouan_records_set_state (kiosk->db, submitted->record_id, KOUAN_RECORD_ARCHIVED,
                                          row->receipt, NULL, 1, &error));
  kouan_test_kiosk_stop (kiosk);
  g_assert_false (kouan_test_kiosk_sync (kiosk, &report, NULL));
  g_assert_true (report.away);
  g_assert_cmpint (state_of (kiosk, submitted), ==, KOUAN_RECORD_ERASED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_clock_jumps (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, 10, 1);
  KouanManualClock *clock = KOUAN_MANUAL_CLOCK (kiosk->world->clock);
  gint64 now_us = kouan_clock_wall_us (kiosk->world->clock);
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  g_assert_true (kouan_records_set_retry (kiosk->db, submitted->record_id, 9,
                                          now_us / G_USEC_PER_SEC + 3600, NULL, 1, &error));
  sync_well (kiosk, &report);
  g_assert_cmpuint (report.committed, ==, 0);
  g_assert_cmpint (report.waiting, ==, 1);
  kouan_manual_clock_set_wall (clock, now_us - YEAR_US);
  sync_well (kiosk, &report);
  g_assert_cmpuint (report.committed, ==, 1);
  kouan_manual_clock_set_wall (clock, now_us + 10 * YEAR_US);
  archive (kiosk);
  sync_well (kiosk, &report);
  g_assert_cmpint (state_of (kiosk, submitted), ==, KOUAN_RECORD_ERASED);
}

static void
test_one_run_at_a_time (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanStationLock) lock
    = kouan_station_lock (kiosk->station, KOUAN_STATION_LOCK_SYNC, FALSE, FALSE);
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  g_assert_nonnull (lock);
  g_assert_false (kouan_test_kiosk_sync (kiosk, &report, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LOCAL);
  g_assert_false (report.away);
}

static void
test_duplicate_case (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanTestRecord) other = kouan_test_record_new (kiosk->station, 99, 1000, 5);
  g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, 10, 5);
  g_autoptr (KouanRecordRow) row = NULL;
  KouanSyncReport report;

  insert_row (kiosk, other);
  sync_well (kiosk, &report);
  g_assert_cmpuint (report.committed, ==, 2);
  row = kouan_test_kiosk_row (kiosk, other->manifest.record_id);
  g_assert_cmpint (row->state, ==, KOUAN_RECORD_COMMITTED);
  g_assert_cmpstr (row->trouble, ==, "duplicate-case");
  g_assert_cmpint (state_of (kiosk, submitted), ==, KOUAN_RECORD_COMMITTED);
}

typedef struct
{
  guint told; /* one bit for each number of records that were done when progress was told */
  KouanSyncProgress last;
} Seen;

static void
on_progress (const KouanSyncProgress *progress, gpointer data)
{
  Seen *seen = data;

  g_assert_cmpint (progress->bytes_done, >=, seen->last.bytes_done);
  g_assert_cmpint (progress->bytes_done, <=, progress->bytes_total);
  g_assert_cmpuint (progress->records_done, <=, progress->records_total);
  seen->last = *progress;
  seen->told |= 1u << progress->records_done;
}

static void
test_progress_is_true (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanSubmitted) one G_GNUC_UNUSED = kouan_test_kiosk_submit (kiosk, SIZE, 1);
  g_autoptr (KouanSubmitted) two G_GNUC_UNUSED = kouan_test_kiosk_submit (kiosk, SIZE, 2);
  g_autoptr (KouanSyncRun) run = kouan_sync_run_new (kiosk->station, kiosk->world->clock);
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;
  Seen seen = { 0 };

  kouan_sync_run_set_progress (run, on_progress, &seen);
  g_assert_true (kouan_sync_run_go (run, &report, NULL, &error));
  g_assert_cmphex (seen.told, ==,
                   0x7); /* at none, at one, at both; bytes between if they take time */
  g_assert_cmpuint (seen.last.records_done, ==, 2);
  g_assert_cmpuint (seen.last.records_total, ==, 2);
  g_assert_cmpint (seen.last.bytes_done, ==, seen.last.bytes_total);
  g_assert_cmpint (seen.last.bytes_done, ==, report.bytes);
}

static void
test_cancelled (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (kiosk, 10, 1);
  g_autoptr (KouanSyncRun) run = kouan_sync_run_new (kiosk->station, kiosk->world->clock);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (KouanRecordRow) row = NULL;
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  g_cancellable_cancel (cancellable);
  g_assert_false (kouan_sync_run_go (run, &report, cancellable, &error));
  g_assert_error (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_CANCELLED);
  g_assert_false (report.away);
  g_assert_cmpint (report.waiting, ==, 1);
  row = kouan_test_kiosk_row (kiosk, submitted->record_id);
  g_assert_cmpint (row->state, ==, KOUAN_RECORD_QUEUED);
  g_assert_cmpstr (row->trouble, ==, "interrupted");
}

/* What is COMMITTED waits for days: a run may leave it for a later one, and still sends what is
 * new.
 */
static void
test_committed_is_skipped (KouanTestKiosk **data, gconstpointer unused G_GNUC_UNUSED)
{
  KouanTestKiosk *kiosk = *data;
  g_autoptr (KouanSubmitted) one = kouan_test_kiosk_submit (kiosk, 10, 1);
  g_autoptr (KouanSubmitted) two = NULL;
  g_autoptr (KouanSyncRun) run = kouan_sync_run_new (kiosk->station, kiosk->world->clock);
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;

  sync_well (kiosk, &report);
  archive (kiosk);
  two = kouan_test_kiosk_submit (kiosk, 10, 2);
  kouan_sync_run_skip_committed (run);
  g_assert_true (kouan_sync_run_go (run, &report, NULL, &error));
  g_assert_cmpuint (report.committed, ==, 1);
  g_assert_cmpuint (report.archived, ==, 0);
  g_assert_cmpint (state_of (kiosk, one), ==, KOUAN_RECORD_COMMITTED);
  sync_well (kiosk, &report);
  g_assert_cmpuint (report.archived, ==, 1);
  g_assert_cmpint (state_of (kiosk, two), ==, KOUAN_RECORD_COMMITTED);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/sync/run/" name, KouanTestKiosk *, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("whole-life", test_whole_life);
  ADD ("receipt-is-kept", test_receipt_is_kept);
  ADD ("few-connections", test_few_connections);
  ADD ("hub-away-blames-nobody", test_hub_away_blames_nobody);
  ADD ("cut-on-the-way-up", test_cut_on_the_way_up);
  ADD ("cut-on-the-way-down", test_cut_on_the_way_down);
  ADD ("hub-restarts-in-the-middle", test_hub_restarts_in_the_middle);
  ADD ("hub-of-another-authority", test_hub_of_another_authority);
  ADD ("kiosk-of-another-authority", test_kiosk_of_another_authority);
  ADD ("cut-with-several-under-way", test_cut_with_several_under_way);
  ADD ("broken-line-blocks-nobody", test_broken_line_blocks_nobody);
  ADD ("thirty-days-offline", test_thirty_days_offline);
  ADD ("revoked", test_revoked);
  ADD ("forged-manifest-is-refused", test_forged_manifest_is_refused);
  ADD ("same-id-other-content", test_same_id_other_content);
  ADD ("bad-files-block-nobody", test_bad_files_block_nobody);
  ADD ("hub-restored-from-backup", test_hub_restored_from_backup);
  ADD ("database-is-lost", test_database_is_lost);
  ADD ("left-over-is-erased", test_left_over_is_erased);
  ADD ("clock-jumps", test_clock_jumps);
  ADD ("one-run-at-a-time", test_one_run_at_a_time);
  ADD ("duplicate-case", test_duplicate_case);
  ADD ("progress-is-true", test_progress_is_true);
  ADD ("committed-is-skipped", test_committed_is_skipped);
  ADD ("cancelled", test_cancelled);
  return g_test_run ();
}
