/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/hub/archive.h"
#include "app/hub/blobs.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/hub.h"
#include "tests/testlib/postgres.h"

#include <glib/gstdio.h>
#include <string.h>

/* Sealed bytes are in files beside the database, and the two do not say the same any more. */

#define SIZE 700000
#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

typedef struct
{
  KouanTestHub *world;
  KouanStation *station;
  KouanHubKiosk *kiosk;
  KouanHubReceiver *receiver;
} Fixture;

static void
start (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->receiver = kouan_hub_receiver_new (fixture->world->hub, &error);
  g_assert_no_error (error);
  g_assert_true (kouan_hub_receiver_recover (fixture->receiver, &error));
  g_assert_no_error (error);
}

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
  g_autofree char *database = GPOINTER_TO_INT (data) ? kouan_test_postgres_new_database () : NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  fixture->world = kouan_test_hub_new_on (database, FALSE);
  folder = kouan_test_hub_enrol (fixture->world, 7);
  fixture->station = kouan_station_load (folder, &error);
  g_assert_no_error (error);
  fixture->kiosk = kouan_test_hub_find_kiosk (fixture->world, 7);
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->receiver);
  g_clear_object (&fixture->station);
  kouan_hub_kiosk_free (fixture->kiosk);
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
send_whole (Fixture *fixture, KouanTestRecord *record)
{
  offer (fixture, record, NULL);
  send_from (fixture, record, 0);
}

/* As a copy of the hub is whose files were copied before its database. */
static void
lose_bytes (Fixture *fixture, KouanTestRecord *record)
{
  g_autofree char *path = blob_path (fixture, record);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* The hub does not vouch for bytes that it has not got, and gets them back under the same number.
 */
static void
test_lost_bytes_come_again (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, SIZE, 5);
  g_autoptr (KouanTestRecord) next = kouan_test_record_new (fixture->station, 2, 1000, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) again = NULL;
  KouanHubWriter *writer;

  send_whole (fixture, record);
  first = get_receipt (fixture, record);
  send_whole (fixture, next);
  lose_bytes (fixture, record);
  restart (fixture);
  g_assert_null (kouan_hub_receiver_receipt (fixture->receiver, fixture->kiosk,
                                             record->claim.record_id, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MISSING);
  g_assert_cmpint (offer (fixture, record, NULL), ==, 0);
  writer = open_writer (fixture, record, 0);
  put (writer, record, 0, 1000);
  kouan_hub_writer_free (writer);
  g_assert_cmpint (offer (fixture, record, NULL), ==, 1000);
  g_assert_cmpuint (count_alarms (fixture, KOUAN_HUB_ALARM_BYTES_MISSING), ==, 1);
  send_from (fixture, record, 1000);
  assert_stored (fixture, record);
  again = get_receipt (fixture, record);
  g_assert_true (g_bytes_equal (first, again));
  g_assert_cmpuint (count_records (fixture), ==, 2);
}

static void
test_lost_bytes_that_do_not_come (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) record = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autofree char *staged = staged_path (fixture, record);

  send_whole (fixture, record);
  lose_bytes (fixture, record);
  g_assert_cmpint (offer (fixture, record, NULL), ==, 0);
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->world->clock), 8 * DAY_US);
  kouan_hub_receiver_expire (fixture->receiver);
  g_assert_false (g_file_test (staged, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_records (fixture), ==, 1);
  g_assert_cmpint (offer (fixture, record, NULL), ==, 0);
  send_from (fixture, record, 0);
  assert_stored (fixture, record);
}

static gint64
archive (Fixture *fixture, gint64 up_to, KouanHubArchiveMode mode)
{
  g_autoptr (GError) error = NULL;
  gint64 count = -1;

  g_assert_true (kouan_hub_archive (fixture->world->hub, up_to, mode, &count, &error));
  g_assert_no_error (error);
  return count;
}

/* Whoever says that every backup has it must have it himself. */
static void
test_lost_bytes_are_not_archived (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) whole = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autoptr (KouanTestRecord) lost = kouan_test_record_new (fixture->station, 2, 1000, 0);
  g_autoptr (KouanTestRecord) later = kouan_test_record_new (fixture->station, 3, 1000, 0);
  g_autofree char *name = kouan_uuid_to_string (lost->claim.record_id);
  g_autoptr (GError) error = NULL;
  gint64 count;

  send_whole (fixture, whole);
  send_whole (fixture, lost);
  lose_bytes (fixture, lost);
  g_assert_false (kouan_hub_archive (fixture->world->hub, G_MAXINT64, KOUAN_HUB_ARCHIVE_ALL_OR_NONE,
                                     &count, &error));
  g_assert_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_cmpuint (count_alarms (fixture, KOUAN_HUB_ALARM_BYTES_MISSING), ==, 1);
  g_assert_cmpint (archive (fixture, 1, KOUAN_HUB_ARCHIVE_ALL_OR_NONE), ==, 1);
  g_assert_cmpint (archive (fixture, 2, KOUAN_HUB_ARCHIVE_BUT_LOST), ==, 0);
  send_whole (fixture, lost);
  g_assert_cmpint (archive (fixture, 2, KOUAN_HUB_ARCHIVE_ALL_OR_NONE), ==, 0);
  send_whole (fixture, later);
  g_assert_cmpint (archive (fixture, 3, KOUAN_HUB_ARCHIVE_ALL_OR_NONE), ==, 2);
}

/* A file that nobody's row speaks of, or that was cut short, must not keep the right one out. */
static void
test_damaged_file_is_replaced (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTestRecord) strange = kouan_test_record_new (fixture->station, 1, 1000, 0);
  g_autoptr (KouanTestRecord) cut = kouan_test_record_new (fixture->station, 2, 1000, 0);
  g_autofree char *strange_path = blob_path (fixture, strange);
  g_autofree char *cut_path = blob_path (fixture, cut);
  g_autofree char *shard = g_path_get_dirname (strange_path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (shard, 0700), ==, 0);
  g_assert_true (g_file_set_contents (strange_path, "half", 4, &error));
  send_whole (fixture, strange);
  assert_stored (fixture, strange);
  send_whole (fixture, cut);
  g_assert_true (g_file_set_contents (cut_path, "half", 4, &error));
  send_whole (fixture, cut);
  assert_stored (fixture, cut);
  g_assert_cmpuint (count_records (fixture), ==, 2);
}

static const struct
{
  const char *name;
  void (*function) (Fixture *fixture, gconstpointer data);
} tests[] = {
  { "lost-bytes-come-again", test_lost_bytes_come_again },
  { "lost-bytes-that-do-not-come", test_lost_bytes_that_do_not_come },
  { "damaged-file-is-replaced", test_damaged_file_is_replaced },
  { "lost-bytes-are-not-archived", test_lost_bytes_are_not_archived },
};

static void
add_all (const char *place, gboolean postgres)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/hub/astray/%s/%s", place, tests[i].name);

      g_test_add (path, Fixture, GINT_TO_POINTER (postgres), set_up, tests[i].function, tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_all ("sqlite", FALSE);
  if (kouan_test_postgres_is_here ())
    add_all ("postgres", TRUE);
  return g_test_run ();
}
