/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/hub/blobs.h"
#include "app/sync/hub-receipt.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/hub.h"
#include "tests/testlib/postgres.h"

#include <glib/gstdio.h>
#include <string.h>

#define SIZE 700000
#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* Where rows are, and where sealed bytes are. */
typedef struct
{
  const char *name;
  gboolean postgres, bytes_in_database;
} Place;

static const Place places[] = {
  { "sqlite-and-files", FALSE, FALSE },
  { "sqlite-alone", FALSE, TRUE },
  { "postgres-and-files", TRUE, FALSE },
  { "postgres-alone", TRUE, TRUE },
};

typedef struct
{
  KouanTestHub *world;
  KouanStation *station, *other_station;
  KouanHubKiosk *kiosk, *other;
  KouanHubReceiver *receiver;
} Fixture;

static KouanStation *
enrol (KouanTestHub *world, guint kiosk_id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = kouan_test_hub_enrol (world, kiosk_id);
  KouanStation *station = kouan_station_load (folder, &error);

  g_assert_no_error (error);
  return station;
}

static void
start (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->receiver = kouan_hub_receiver_new (fixture->world->hub, &error);
  g_assert_no_error (error);
  g_assert_true (kouan_hub_receiver_recover (fixture->receiver, &error));
  g_assert_no_error (error);
}

/* As after a power cut: nothing but the folder is left. */
static void
restart (Fixture *fixture)
{
  g_clear_object (&fixture->receiver);
  kouan_test_hub_reopen (fixture->world);
  start (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const Place *place = data;
  g_autofree char *database = place->postgres ? kouan_test_postgres_new_database () : NULL;

  fixture->world = kouan_test_hub_new_on (database, place->bytes_in_database);
  fixture->station = enrol (fixture->world, 7);
  fixture->other_station = enrol (fixture->world, 8);
  fixture->kiosk = kouan_test_hub_find_kiosk (fixture->world, 7);
  fixture->other = kouan_test_hub_find_kiosk (fixture->world, 8);
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->receiver);
  g_clear_object (&fixture->station);
  g_clear_object (&fixture->other_station);
  kouan_hub_kiosk_free (fixture->kiosk);
  kouan_hub_kiosk_free (fixture->other);
  kouan_test_hub_free (fixture->world);
}

static gint64
offer (Fixture *fixture, KouanTestRecord *record, GBytes **receipt)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) unused = NULL;
  KouanHubProgress progress = { 0 };

  g_assert_true (kouan_hub_receiver_offer (fixture->receiver, fixture->kiosk, &record->claim,
                                           &progress, receipt != NULL ? receipt : &unused, &error));
  g_assert_no_error (error);
  g_assert_cmpint (progress.size, ==, record->claim.size);
  return progress.offset;
}

static KouanHubWriter *
open_writer (Fixture *fixture, KouanTestRecord *record, gint64 offset)
{
  g_autoptr (GError) error = NULL;
  KouanHubWriter *writer = kouan_hub_writer_new (fixture->receiver, fixture->kiosk,
                                                 record->claim.record_id, offset, NULL, &error);

  g_assert_no_error (error);
  return writer;
}

static void
put (KouanHubWriter *writer, KouanTestRecord *record, gsize from, gsize size)
{
  g_autoptr (GError) error = NULL;
  const char *data = g_bytes_get_data (record->bytes, NULL);

  g_assert_true (kouan_hub_writer_write (writer, data + from, size, &error));
  g_assert_no_error (error);
  kouan_hub_writer_settle (writer);
}

static void
send_from (Fixture *fixture, KouanTestRecord *record, gint64 offset)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubWriter) writer = open_writer (fixture, record, offset);
  KouanHubProgress progress;

  put (writer, record, (gsize)offset, (gsize)(record->claim.size - offset));
  g_assert_true (kouan_hub_writer_finish (writer, &progress, &error));
  g_assert_no_error (error);
  g_assert_cmpint (progress.offset, ==, record->claim.size);
}

static KouanHubReceipt
read_receipt (Fixture *fixture, GBytes *message)
{
  g_autoptr (GError) error = NULL;
  KouanHubReceipt receipt = { 0 };

  g_assert_true (kouan_hub_receipt_verify (message, kouan_station_get_keyring (fixture->station),
                                           &receipt, &error));
  g_assert_no_error (error);
  return receipt;
}

static GBytes *
get_receipt (Fixture *fixture, KouanTestRecord *record)
{
  g_autoptr (GError) error = NULL;
  GBytes *receipt = kouan_hub_receiver_receipt (fixture->receiver, fixture->kiosk,
                                                record->claim.record_id, &error);

  g_assert_no_error (error);
  return receipt;
}

static guint
count_records (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records
    = kouan_hub_store_list_records (kouan_hub_get_store (fixture->world->hub), 0, 1000, &error);

  g_assert_no_error (error);
  return records->len;
}

static guint
count_alarms (Fixture *fixture, KouanHubAlarmKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) alarms
    = kouan_hub_store_list_alarms (kouan_hub_get_store (fixture->world->hub), &error);
  guint count = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < alarms->len; i++)
    count += ((KouanHubAlarm *)alarms->pdata[i])->kind == kind;
  return count;
}

static char *
blob_path (Fixture *fixture, KouanTestRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubBlobs) blobs = kouan_hub_blobs_new (fixture->world->hub, &error);

  g_assert_no_error (error);
  return kouan_hub_blobs_borrow (blobs, record->claim.record_id, record->claim.size, &error);
}

static char *
staged_path (Fixture *fixture, KouanTestRecord *record)
{
  g_autofree char *id = kouan_uuid_to_string (record->claim.record_id);
  g_autofree char *name = g_strdup_printf ("blobs/incoming/%s.part", id);

  return kouan_hub_path (fixture->world->hub, name);
}

static void
assert_stored (Fixture *fixture, KouanTestRecord *record)
{
  kouan_test_hub_assert_bytes (fixture->world, record->claim.record_id, record->claim.size,
                               record->claim.sha256);
}

static void
test_whole (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, SIZE, 5);
  g_autoptr (GBytes) message = NULL;
  KouanHubReceipt receipt;

  g_assert_cmpint (offer (fixture, record, NULL), ==, 0);
  send_from (fixture, record, 0);
  assert_stored (fixture, record);
  message = get_receipt (fixture, record);
  receipt = read_receipt (fixture, message);
  g_assert_cmpint (receipt.state, ==, KOUAN_HUB_RECEIPT_COMMITTED);
  g_assert_cmpuint (receipt.hub_id, ==, 9);
  g_assert_cmpint (receipt.hub_sequence, ==, 1);
  g_assert_true (
    kouan_hub_receipt_is_for (&receipt, 7, record->claim.record_id, record->claim.sha256));
}

static void
test_receipt_is_the_same_for_ever (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, SIZE, 5);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GBytes) offered = NULL;

  offer (fixture, record, NULL);
  send_from (fixture, record, 0);
  first = get_receipt (fixture, record);
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->world->clock), DAY_US);
  restart (fixture);
  again = get_receipt (fixture, record);
  g_assert_true (g_bytes_equal (first, again));
  g_assert_cmpint (offer (fixture, record, &offered), ==, SIZE);
  g_assert_true (g_bytes_equal (first, offered));
}

static void
test_no_receipt_before_commit (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, SIZE, 5);
  g_autoptr (KouanHubWriter) writer = NULL;

  offer (fixture, record, NULL);
  writer = open_writer (fixture, record, 0);
  put (writer, record, 0, SIZE);
  g_assert_null (kouan_hub_receiver_receipt (fixture->receiver, fixture->kiosk,
                                             record->claim.record_id, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MISSING);
  g_assert_cmpuint (count_records (fixture), ==, 0);
}

static void
test_broken_line_keeps_what_came (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const gsize cuts[] = { 1, 1000, KOUAN_HUB_STEP_SIZE, KOUAN_HUB_STEP_SIZE + 1, SIZE - 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (KouanTestRecord) record
        = kouan_test_record_new (fixture->station, (gint64)i + 1, SIZE, 0);
      KouanHubWriter *writer;

      offer (fixture, record, NULL);
      writer = open_writer (fixture, record, 0);
      put (writer, record, 0, cuts[i]);
      kouan_hub_writer_free (writer);
      g_assert_cmpint (offer (fixture, record, NULL), ==, cuts[i]);
      restart (fixture);
      g_assert_cmpint (offer (fixture, record, NULL), ==, cuts[i]);
      send_from (fixture, record, (gint64)cuts[i]);
      assert_stored (fixture, record);
    }
}

/* A hub that is killed has answered for every 256 KiB, and what lies behind that is overwritten. */
static void
test_killed_hub_goes_on (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, SIZE, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = staged_path (fixture, record);
  g_autofree char *garbage = g_malloc0 (SIZE + 5000);
  KouanHubWriter *writer;

  offer (fixture, record, NULL);
  writer = open_writer (fixture, record, 0);
  put (writer, record, 0, KOUAN_HUB_STEP_SIZE + 10);
  put (writer, record, KOUAN_HUB_STEP_SIZE + 10, 10);
  g_assert_cmpint (offer (fixture, record, NULL), ==, KOUAN_HUB_STEP_SIZE + 20);
  kouan_hub_writer_free (writer);
  memcpy (garbage, g_bytes_get_data (record->bytes, NULL), KOUAN_HUB_STEP_SIZE + 20);
  g_assert_true (g_file_set_contents (path, garbage, SIZE + 5000, &error));
  restart (fixture);
  g_assert_cmpint (offer (fixture, record, NULL), ==, KOUAN_HUB_STEP_SIZE + 20);
  send_from (fixture, record, KOUAN_HUB_STEP_SIZE + 20);
  assert_stored (fixture, record);
}

/* A clock on which everything that is done takes a while. */
#define SLOW_US (10 * 1000)

typedef struct
{
  GObject parent_instance;
  gint64 boot_us;
} SlowClock;

typedef GObjectClass SlowClockClass;

static gint64
slow_wall_us (KouanClock *clock G_GNUC_UNUSED)
{
  return KOUAN_TEST_NOW_S * G_USEC_PER_SEC;
}

static gint64
slow_boot_us (KouanClock *clock)
{
  return ((SlowClock *)clock)->boot_us += SLOW_US;
}

static void
slow_clock_iface_init (KouanClockInterface *iface)
{
  iface->wall_us = slow_wall_us;
  iface->boot_us = slow_boot_us;
}

static GType slow_clock_get_type (void);
G_DEFINE_TYPE_WITH_CODE (SlowClock,
                         slow_clock,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (KOUAN_TYPE_CLOCK, slow_clock_iface_init))

static void
slow_clock_class_init (SlowClockClass *klass G_GNUC_UNUSED)
{
}

static void
slow_clock_init (SlowClock *self G_GNUC_UNUSED)
{
}

static gint64
counted (Fixture *fixture, KouanTestRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubUpload) upload = kouan_hub_store_find_upload (
    kouan_hub_get_store (fixture->world->hub), record->claim.record_id, &error);

  g_assert_no_error (error);
  return upload->offset;
}

/* On a line that is no quicker than the disk every 256 KiB count. Where a sync takes long, the line
 * goes on for nine times as long before the next, but never further than 4 MiB; and what came
 * counts at the end. */
static void
test_slow_disk_is_asked_less_often (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const gsize step = KOUAN_HUB_STEP_SIZE, size = 40 * step;
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, size, 0);
  KouanHubWriter *writer;
  gint64 last = 0, longest = 0;
  guint syncs = 0;

  offer (fixture, record, NULL);
  writer = open_writer (fixture, record, 0);
  put (writer, record, 0, step);
  g_assert_cmpint (counted (fixture, record), ==, step);
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->world->clock), 50 * 1000);
  put (writer, record, step, step);
  g_assert_cmpint (counted (fixture, record), ==, 2 * step);
  kouan_hub_writer_free (writer);

  g_clear_object (&fixture->receiver);
  g_clear_object (&fixture->world->clock);
  fixture->world->clock = g_object_new (slow_clock_get_type (), NULL);
  restart (fixture);
  writer = open_writer (fixture, record, 2 * (gint64)step);
  last = 2 * (gint64)step;
  for (gsize at = 2 * step; at < 38 * step; at += step)
    {
      put (writer, record, at, step);
      syncs += counted (fixture, record) != last;
      longest = MAX (longest, counted (fixture, record) - last);
      last = counted (fixture, record);
    }
  kouan_hub_writer_free (writer);
  g_assert_cmpint (counted (fixture, record), ==, 38 * step);
  g_assert_cmpuint (syncs, >=, 36 / 16);
  g_assert_cmpuint (syncs, <=, 36 / 8);
  g_assert_cmpint (longest, <=, 4 * 1024 * 1024);
  send_from (fixture, record, 38 * (gint64)step);
  assert_stored (fixture, record);
}

/* A power cut may take the name of a file whose bytes were synced, however much of it counted:
 * nothing of it, some, all but the row. The record comes in anew, and nobody is blamed. */
static void
test_lost_file_begins_anew (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const gsize counted[] = { 1000, SIZE - 1, SIZE };

  for (gsize i = 0; i < G_N_ELEMENTS (counted); i++)
    {
      g_autoptr (KouanTestRecord) record
        = kouan_test_record_new (fixture->station, (gint64)i + 1, SIZE, 0);
      g_autofree char *staged = staged_path (fixture, record);
      g_autoptr (GError) error = NULL;

      offer (fixture, record, NULL);
      g_assert_true (kouan_hub_store_advance (kouan_hub_get_store (fixture->world->hub),
                                              record->claim.record_id, 0, (gint64)counted[i],
                                              G_MAXINT64, &error));
      g_assert_cmpint (g_unlink (staged), ==, 0);
      restart (fixture);
      g_assert_cmpint (offer (fixture, record, NULL), ==, 0);
      send_from (fixture, record, 0);
      assert_stored (fixture, record);
    }
  g_assert_cmpuint (count_alarms (fixture, KOUAN_HUB_ALARM_DAMAGED), ==, 0);
}

static void
test_newcomer_displaces (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, SIZE, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubWriter) old = NULL;
  KouanHubProgress progress;

  offer (fixture, record, NULL);
  old = open_writer (fixture, record, 0);
  put (old, record, 0, 5000);
  g_assert_cmpint (offer (fixture, record, NULL), ==, 5000);
  send_from (fixture, record, 5000);
  g_assert_false (kouan_hub_writer_write (old, "late", 4, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (kouan_hub_writer_finish (old, &progress, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_CONFLICT);
  assert_stored (fixture, record);
}

static void
test_wrong_offset (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, SIZE, 0);
  g_autoptr (GError) error = NULL;

  offer (fixture, record, NULL);
  g_assert_null (kouan_hub_writer_new (fixture->receiver, fixture->kiosk, record->claim.record_id,
                                       10, NULL, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_CONFLICT);
  g_clear_error (&error);
  send_from (fixture, record, 0);
  g_assert_null (kouan_hub_writer_new (fixture->receiver, fixture->kiosk, record->claim.record_id,
                                       0, NULL, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_CONFLICT);
}

static void
test_too_many_bytes (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubWriter) writer = NULL;

  offer (fixture, record, NULL);
  writer = open_writer (fixture, record, 0);
  put (writer, record, 0, 1000);
  g_assert_false (kouan_hub_writer_write (writer, "x", 1, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_TOO_LARGE);
}

static void
test_checksum (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autoptr (GError) error = NULL;
  KouanHubChecksum checksum = { .type = G_CHECKSUM_SHA256, .size = 32 };
  KouanHubProgress progress;
  KouanHubWriter *writer;

  offer (fixture, record, NULL);
  memcpy (checksum.digest, record->claim.sha256, 32);
  for (guint wrong = 0; wrong < 2; wrong++)
    {
      checksum.digest[0] ^= 1;
      writer = kouan_hub_writer_new (fixture->receiver, fixture->kiosk, record->claim.record_id, 0,
                                     &checksum, &error);
      g_assert_no_error (error);
      put (writer, record, 0, 1000);
      if (wrong == 0)
        {
          g_assert_false (kouan_hub_writer_finish (writer, &progress, &error));
          g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_CHECKSUM);
          g_clear_error (&error);
          g_assert_cmpint (offer (fixture, record, NULL), ==, 0);
        }
      else
        g_assert_true (kouan_hub_writer_finish (writer, &progress, &error));
      kouan_hub_writer_free (writer);
    }
  assert_stored (fixture, record);
}

static void
test_broken_run_with_checksum_does_not_count (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, SIZE, 0);
  g_autoptr (GError) error = NULL;
  KouanHubChecksum checksum = { .type = G_CHECKSUM_SHA1, .size = 20 };
  KouanHubWriter *writer;

  offer (fixture, record, NULL);
  writer = kouan_hub_writer_new (fixture->receiver, fixture->kiosk, record->claim.record_id, 0,
                                 &checksum, &error);
  g_assert_no_error (error);
  put (writer, record, 0, SIZE - 1);
  kouan_hub_writer_free (writer);
  g_assert_cmpint (offer (fixture, record, NULL), ==, 0);
}

static void
test_wrong_bytes_are_dropped (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *zeros = g_malloc0 (1000);
  g_autofree char *path = staged_path (fixture, record);
  KouanHubProgress progress;
  KouanHubWriter *writer;

  offer (fixture, record, NULL);
  writer = open_writer (fixture, record, 0);
  g_assert_true (kouan_hub_writer_write (writer, zeros, 1000, &error));
  g_assert_false (kouan_hub_writer_finish (writer, &progress, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_DAMAGED);
  kouan_hub_writer_free (writer);
  g_assert_cmpuint (count_records (fixture), ==, 0);
  g_assert_cmpuint (count_alarms (fixture, KOUAN_HUB_ALARM_DAMAGED), ==, 1);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (offer (fixture, record, NULL), ==, 0);
  send_from (fixture, record, 0);
  assert_stored (fixture, record);
}

static void
assert_refused (Fixture *fixture, KouanTestRecord *record, KouanHubAlarmKind kind, int code)
{
  g_autoptr (GBytes) first = NULL;
  guint alarms = count_alarms (fixture, kind);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) refusal = NULL;
      KouanHubProgress progress;
      KouanHubReceipt receipt;

      g_assert_false (kouan_hub_receiver_offer (fixture->receiver, fixture->kiosk, &record->claim,
                                                &progress, &refusal, &error));
      g_assert_error (error, KOUAN_HUB_ERROR, code);
      receipt = read_receipt (fixture, refusal);
      g_assert_cmpint (receipt.state, ==, KOUAN_HUB_RECEIPT_REFUSED);
      g_assert_true (
        kouan_hub_receipt_is_for (&receipt, 7, record->claim.record_id, record->claim.sha256));
      if (first == NULL)
        first = g_steal_pointer (&refusal);
      else
        g_assert_true (g_bytes_equal (first, refusal));
      kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->world->clock), DAY_US);
    }
  g_assert_cmpuint (count_alarms (fixture, kind), ==, alarms + 1);
}

static void
test_forged_manifests (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) stranger = kouan_signing_key_generate ();
  KouanSigningKey *own = kouan_station_get_signing_key (fixture->station);
  g_autoptr (KouanTestRecord) by_stranger = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autoptr (KouanTestRecord) by_other = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autoptr (KouanTestRecord) of_other = kouan_test_record_new (fixture->other_station, 1, 1000, 0);
  g_autoptr (KouanTestRecord) other_hall = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autoptr (KouanTestRecord) other_hash = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autoptr (KouanTestRecord) other_size = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autoptr (KouanTestRecord) garbage = kouan_test_record_new (fixture->station, 1, 1000, 0);

  kouan_test_record_sign (by_stranger, stranger);
  kouan_test_record_sign (by_other, kouan_station_get_signing_key (fixture->other_station));
  other_hall->manifest.hall_id++;
  kouan_test_record_sign (other_hall, own);
  other_hash->claim.sha256[0] ^= 1;
  other_size->claim.size++;
  g_bytes_unref (garbage->claim.manifest);
  garbage->claim.manifest = g_bytes_new_static ("garbage", 7);

  assert_refused (fixture, by_stranger, KOUAN_HUB_ALARM_FORGED, KOUAN_HUB_ERROR_REFUSED);
  assert_refused (fixture, by_other, KOUAN_HUB_ALARM_FORGED, KOUAN_HUB_ERROR_REFUSED);
  assert_refused (fixture, of_other, KOUAN_HUB_ALARM_FORGED, KOUAN_HUB_ERROR_REFUSED);
  assert_refused (fixture, other_hall, KOUAN_HUB_ALARM_FORGED, KOUAN_HUB_ERROR_REFUSED);
  assert_refused (fixture, other_hash, KOUAN_HUB_ALARM_FORGED, KOUAN_HUB_ERROR_REFUSED);
  assert_refused (fixture, other_size, KOUAN_HUB_ALARM_FORGED, KOUAN_HUB_ERROR_REFUSED);
  assert_refused (fixture, garbage, KOUAN_HUB_ALARM_FORGED, KOUAN_HUB_ERROR_REFUSED);
  g_assert_cmpuint (count_records (fixture), ==, 0);
}

static void
test_other_content (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autoptr (KouanTestRecord) twin = kouan_test_record_new (fixture->station, 1, 1000, 0);

  offer (fixture, record, NULL);
  send_from (fixture, record, 0);
  memcpy (twin->manifest.record_id, record->manifest.record_id, 16);
  kouan_test_record_sign (twin, kouan_station_get_signing_key (fixture->station));
  assert_refused (fixture, twin, KOUAN_HUB_ALARM_OTHER_CONTENT, KOUAN_HUB_ERROR_CONFLICT);
  assert_stored (fixture, record);
  g_assert_cmpuint (count_records (fixture), ==, 1);
}

static void
test_other_kiosk_sees_nothing (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanTestRecord) sent = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autoptr (KouanTestRecord) open = kouan_test_record_new (fixture->station, 2, 1000, 0);
  KouanHubProgress progress;

  offer (fixture, sent, NULL);
  send_from (fixture, sent, 0);
  offer (fixture, open, NULL);
  g_assert_false (kouan_hub_receiver_progress (fixture->receiver, fixture->other,
                                               sent->claim.record_id, &progress, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_null (
    kouan_hub_receiver_receipt (fixture->receiver, fixture->other, sent->claim.record_id, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_null (kouan_hub_writer_new (fixture->receiver, fixture->other, open->claim.record_id, 0,
                                       NULL, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_false (
    kouan_hub_receiver_drop (fixture->receiver, fixture->other, open->claim.record_id, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MISSING);
}

static void
test_duplicate_case (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) one = kouan_test_record_new (fixture->station, 1, 1000, 5);
  g_autoptr (KouanTestRecord) two = kouan_test_record_new (fixture->station, 2, 1000, 5);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  offer (fixture, one, NULL);
  send_from (fixture, one, 0);
  offer (fixture, two, NULL);
  send_from (fixture, two, 0);
  first = get_receipt (fixture, one);
  second = get_receipt (fixture, two);
  g_assert_cmpint (read_receipt (fixture, first).state, ==, KOUAN_HUB_RECEIPT_COMMITTED);
  g_assert_cmpint (read_receipt (fixture, second).state, ==, KOUAN_HUB_RECEIPT_DUPLICATE);
  g_assert_cmpuint (count_records (fixture), ==, 2);
}

static void
test_archived (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autoptr (GBytes) committed = NULL;
  g_autoptr (GBytes) archived = NULL;
  g_autoptr (GBytes) again = NULL;

  offer (fixture, record, NULL);
  send_from (fixture, record, 0);
  committed = get_receipt (fixture, record);
  g_assert_true (kouan_hub_store_archive (kouan_hub_get_store (fixture->world->hub), 1, NULL,
                                          1900000000, NULL, &error));
  archived = get_receipt (fixture, record);
  restart (fixture);
  again = get_receipt (fixture, record);
  g_assert_cmpint (read_receipt (fixture, committed).state, ==, KOUAN_HUB_RECEIPT_COMMITTED);
  g_assert_cmpint (read_receipt (fixture, archived).state, ==, KOUAN_HUB_RECEIPT_ARCHIVED);
  g_assert_cmpint (read_receipt (fixture, archived).time_s, ==, 1900000000);
  g_assert_true (g_bytes_equal (archived, again));
}

/* The bytes are all here, the row says so, and then the power fails, at each of the points that
 * follow. */
static void
test_cut_before_commit (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (guint moved = 0; moved < 2; moved++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KouanTestRecord) record
        = kouan_test_record_new (fixture->station, moved + 1, 1000, 0);
      g_autofree char *staged = staged_path (fixture, record);
      g_autofree char *final = blob_path (fixture, record);
      g_autofree char *shard = g_path_get_dirname (final);
      g_autoptr (GBytes) receipt = NULL;

      offer (fixture, record, NULL);
      g_assert_true (
        g_file_set_contents (staged, g_bytes_get_data (record->bytes, NULL), 1000, &error));
      g_assert_true (kouan_hub_store_advance (kouan_hub_get_store (fixture->world->hub),
                                              record->claim.record_id, 0, 1000, G_MAXINT64,
                                              &error));
      if (moved)
        {
          g_assert_cmpint (g_mkdir_with_parents (shard, 0700), ==, 0);
          g_assert_cmpint (g_rename (staged, final), ==, 0);
        }
      restart (fixture);
      g_assert_cmpint (offer (fixture, record, &receipt), ==, 1000);
      g_assert_cmpint (read_receipt (fixture, receipt).state, ==, KOUAN_HUB_RECEIPT_COMMITTED);
      assert_stored (fixture, record);
    }
}

static void
test_drop (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autofree char *staged = staged_path (fixture, record);

  offer (fixture, record, NULL);
  g_assert_true (g_file_test (staged, G_FILE_TEST_EXISTS));
  g_assert_true (
    kouan_hub_receiver_drop (fixture->receiver, fixture->kiosk, record->claim.record_id, &error));
  g_assert_false (g_file_test (staged, G_FILE_TEST_EXISTS));
  offer (fixture, record, NULL);
  send_from (fixture, record, 0);
  g_assert_false (
    kouan_hub_receiver_drop (fixture->receiver, fixture->kiosk, record->claim.record_id, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_REFUSED);
  assert_stored (fixture, record);
}

static void
test_expiry (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autofree char *staged = staged_path (fixture, record);
  KouanHubWriter *writer;

  offer (fixture, record, NULL);
  writer = open_writer (fixture, record, 0);
  put (writer, record, 0, 500);
  kouan_hub_writer_free (writer);
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->world->clock), 6 * DAY_US);
  kouan_hub_receiver_expire (fixture->receiver);
  g_assert_cmpint (offer (fixture, record, NULL), ==, 500);
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->world->clock), 2 * DAY_US);
  kouan_hub_receiver_expire (fixture->receiver);
  g_assert_false (g_file_test (staged, G_FILE_TEST_EXISTS));
  g_assert_cmpint (offer (fixture, record, NULL), ==, 0);
}

/* The hub was stopped when all had come and nothing was committed; the kiosk is revoked before its
 * upload expires. Nothing of it is kept. */
static void
test_expiry_of_a_revoked_kiosk (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (KouanHubUpload) upload = NULL;
  KouanHubStore *store = kouan_hub_get_store (fixture->world->hub);
  KouanHubWriter *writer;

  offer (fixture, record, NULL);
  writer = open_writer (fixture, record, 0);
  put (writer, record, 0, 1000);
  kouan_hub_writer_free (writer);
  g_assert_true (kouan_hub_store_revoke (store, 7, 1, &error));
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->world->clock), 8 * DAY_US);
  kouan_hub_receiver_expire (fixture->receiver);
  records = kouan_hub_store_list_records (store, 0, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 0);
  upload = kouan_hub_store_find_upload (store, record->claim.record_id, &error);
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
}

static void
test_stray_files_are_removed (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanTestRecord) stray = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autoptr (KouanTestRecord) known = kouan_test_record_new (fixture->station, 2, 1000, 0);
  g_autofree char *stray_path = staged_path (fixture, stray);
  g_autofree char *known_path = staged_path (fixture, known);

  g_assert_true (g_file_set_contents (stray_path, "x", 1, &error));
  offer (fixture, known, NULL);
  restart (fixture);
  g_assert_false (g_file_test (stray_path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (known_path, G_FILE_TEST_EXISTS));
}

static void
test_too_large (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) receipt = NULL;
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, 1000, 0);
  KouanHubProgress progress;

  record->manifest.size = KOUAN_HUB_RECORD_SIZE_MAX + 1;
  kouan_test_record_sign (record, kouan_station_get_signing_key (fixture->station));
  g_assert_false (kouan_hub_receiver_offer (fixture->receiver, fixture->kiosk, &record->claim,
                                            &progress, &receipt, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_TOO_LARGE);
}

static const struct
{
  const char *name;
  void (*function) (Fixture *fixture, gconstpointer data);
  gboolean of_files; /* looks at the files themselves */
} tests[] = {
  { "whole", test_whole, FALSE },
  { "receipt-is-the-same-for-ever", test_receipt_is_the_same_for_ever, FALSE },
  { "no-receipt-before-commit", test_no_receipt_before_commit, FALSE },
  { "broken-line-keeps-what-came", test_broken_line_keeps_what_came, FALSE },
  { "killed-hub-goes-on", test_killed_hub_goes_on, TRUE },
  { "slow-disk-is-asked-less-often", test_slow_disk_is_asked_less_often, TRUE },
  { "lost-file-begins-anew", test_lost_file_begins_anew, TRUE },
  { "newcomer-displaces", test_newcomer_displaces, FALSE },
  { "wrong-offset", test_wrong_offset, FALSE },
  { "too-many-bytes", test_too_many_bytes, FALSE },
  { "checksum", test_checksum, FALSE },
  { "broken-run-with-checksum-does-not-count", test_broken_run_with_checksum_does_not_count,
    FALSE },
  { "wrong-bytes-are-dropped", test_wrong_bytes_are_dropped, TRUE },
  { "forged-manifests", test_forged_manifests, FALSE },
  { "other-content", test_other_content, FALSE },
  { "other-kiosk-sees-nothing", test_other_kiosk_sees_nothing, FALSE },
  { "duplicate-case", test_duplicate_case, FALSE },
  { "archived", test_archived, FALSE },
  { "cut-before-commit", test_cut_before_commit, TRUE },
  { "drop", test_drop, TRUE },
  { "expiry", test_expiry, TRUE },
  { "expiry-of-a-revoked-kiosk", test_expiry_of_a_revoked_kiosk, TRUE },
  { "stray-files-are-removed", test_stray_files_are_removed, TRUE },
  { "too-large", test_too_large, FALSE },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (tests); j++)
      {
        g_autofree char *path
          = g_strdup_printf ("/hub/receiver/%s/%s", places[i].name, tests[j].name);

        if ((places[i].postgres && !kouan_test_postgres_is_here ())
            || (places[i].bytes_in_database && tests[j].of_files))
          continue;
        g_test_add (path, Fixture, &places[i], set_up, tests[j].function, tear_down);
      }
  return g_test_run ();
}
