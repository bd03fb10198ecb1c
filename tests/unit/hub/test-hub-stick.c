/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/hub/publish.h"
#include "app/hub/stick.h"
#include "app/sync/stick.h"
#include "db/kiosk/lists.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/kiosk.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SIZE 600000

/* A kiosk and a hub that share nothing but a stick. */
typedef struct
{
  KouanTestKiosk *kiosk;
  KouanHubReceiver *receiver;
  char *stick;
  char *folder; /* the kiosk's on it */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  fixture->kiosk = kouan_test_kiosk_new ();
  kouan_test_kiosk_stop (fixture->kiosk);
  fixture->receiver = kouan_hub_receiver_new (fixture->kiosk->world->hub, &error);
  g_assert_no_error (error);
  fixture->stick = kouan_test_folder_new ();
  fixture->folder = kouan_stick_kiosk_folder (fixture->stick, 7);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_object_unref (fixture->receiver);
  kouan_test_kiosk_free (fixture->kiosk);
  kouan_test_folder_remove (fixture->stick);
  g_free (fixture->folder);
}

static void
export_records (Fixture *fixture, KouanStickReport *report)
{
  g_autoptr (KouanSyncRun) run
    = kouan_sync_run_new (fixture->kiosk->station, fixture->kiosk->world->clock);
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_sync_run_export (run, fixture->stick, report, &error));
  g_assert_no_error (error);
}

static void
import_receipts (Fixture *fixture, KouanSyncReport *report)
{
  g_autoptr (KouanSyncRun) run
    = kouan_sync_run_new (fixture->kiosk->station, fixture->kiosk->world->clock);
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_sync_run_import (run, fixture->stick, report, &error));
  g_assert_no_error (error);
}

static void
at_hub (Fixture *fixture, KouanHubStickReport *report)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_hub_stick_import (fixture->receiver, fixture->kiosk->world->hub,
                                         fixture->stick, report, &error));
  g_assert_no_error (error);
}

static char *
on_stick (Fixture *fixture, KouanSubmitted *submitted, const char *suffix)
{
  g_autofree char *id = kouan_uuid_to_string (submitted->record_id);
  g_autofree char *name = g_strconcat (id, suffix, NULL);

  return g_build_filename (fixture->folder, name, NULL);
}

static KouanRecordState
state_of (Fixture *fixture, KouanSubmitted *submitted)
{
  g_autoptr (KouanRecordRow) row = kouan_test_kiosk_row (fixture->kiosk, submitted->record_id);

  return row->state;
}

/* Out, in, back; each way twice, and the second time changes nothing. */
static void
test_whole_life (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) one = kouan_test_kiosk_submit (fixture->kiosk, SIZE, 1);
  g_autoptr (KouanSubmitted) two = kouan_test_kiosk_submit (fixture->kiosk, 10, 2);
  g_autoptr (GError) error = NULL;
  KouanStickReport out;
  KouanHubStickReport hub;
  KouanSyncReport in;

  export_records (fixture, &out);
  g_assert_cmpuint (out.exported, ==, 2);
  export_records (fixture, &out);
  g_assert_cmpuint (out.exported, ==, 0);
  g_assert_cmpuint (out.kept, ==, 2);
  g_assert_cmpint (state_of (fixture, one), ==, KOUAN_RECORD_QUEUED);
  at_hub (fixture, &hub);
  g_assert_cmpuint (hub.taken, ==, 2);
  at_hub (fixture, &hub);
  g_assert_cmpuint (hub.taken, ==, 0);
  g_assert_cmpuint (hub.known, ==, 2);
  kouan_test_kiosk_assert_at_hub (fixture->kiosk, one->record_id);
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (fixture->kiosk), ==, 2);
  import_receipts (fixture, &in);
  g_assert_cmpuint (in.committed, ==, 2);
  g_assert_cmpint (state_of (fixture, two), ==, KOUAN_RECORD_COMMITTED);
  import_receipts (fixture, &in);
  g_assert_cmpuint (in.committed, ==, 0);

  g_assert_true (kouan_hub_store_archive (kouan_hub_get_store (fixture->kiosk->world->hub),
                                          G_MAXINT64, NULL, 1, NULL, &error));
  export_records (fixture, &out);
  g_assert_cmpuint (out.offered, ==, 2);
  at_hub (fixture, &hub);
  import_receipts (fixture, &in);
  g_assert_cmpuint (in.archived, ==, 2);
  g_assert_cmpint (state_of (fixture, one), ==, KOUAN_RECORD_ERASED);
}

/* Pulled half-way: what is whole counts, the rest is sent again. */
static void
test_pulled_half_way (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) one = kouan_test_kiosk_submit (fixture->kiosk, SIZE, 1);
  g_autofree char *record = on_stick (fixture, one, KOUAN_STICK_RECORD);
  KouanStickReport out;
  KouanHubStickReport hub;
  KouanSyncReport in;

  export_records (fixture, &out);
  g_assert_cmpint (truncate (record, 300000), ==, 0);
  at_hub (fixture, &hub);
  g_assert_cmpuint (hub.taken, ==, 0);
  g_assert_cmpuint (hub.wanted, ==, 1);
  import_receipts (fixture, &in);
  g_assert_cmpint (state_of (fixture, one), ==, KOUAN_RECORD_QUEUED);
  export_records (fixture, &out);
  g_assert_cmpuint (out.exported, ==, 1);
  at_hub (fixture, &hub);
  g_assert_cmpuint (hub.taken, ==, 1);
  kouan_test_kiosk_assert_at_hub (fixture->kiosk, one->record_id);
}

/* A hub that was restored from a backup has forgotten what it signed for, and asks for the bytes.
 */
static void
test_restored_hub_asks (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) one = kouan_test_kiosk_submit (fixture->kiosk, 10, 1);
  g_autofree char *wanted = on_stick (fixture, one, KOUAN_STICK_WANTED);
  KouanStickReport out;
  KouanHubStickReport hub;
  KouanSyncReport in;

  export_records (fixture, &out);
  at_hub (fixture, &hub);
  import_receipts (fixture, &in);
  g_assert_cmpint (state_of (fixture, one), ==, KOUAN_RECORD_COMMITTED);
  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (wanted, "", 0, NULL));
  export_records (fixture, &out);
  g_assert_cmpuint (out.exported, ==, 1);
  g_assert_cmpuint (out.offered, ==, 0);
}

static void
put (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* What is not ours on a stick is neither taken nor touched, and holds nothing up. */
static void
test_foreign_files (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) one = kouan_test_kiosk_submit (fixture->kiosk, 10, 1);
  g_autofree char *receipt = on_stick (fixture, one, KOUAN_STICK_RECEIPT);
  g_autofree char *foreign = g_build_filename (fixture->folder, "holiday.jpg", NULL);
  KouanStickReport out;
  KouanHubStickReport hub;
  KouanSyncReport in;

  export_records (fixture, &out);
  put (fixture, "holiday.jpg", "sand");
  put (fixture, "evil.manifest", "not COSE");
  put (fixture, "revoked.list", "not COSE either");
  g_assert_true (g_file_set_contents (receipt, "not a receipt", -1, NULL));
  import_receipts (fixture, &in);
  g_assert_cmpuint (in.committed + in.lists, ==, 0);
  g_assert_cmpint (state_of (fixture, one), ==, KOUAN_RECORD_QUEUED);
  at_hub (fixture, &hub);
  g_assert_cmpuint (hub.taken, ==, 1);
  g_assert_cmpuint (hub.foreign, ==, 1);
  import_receipts (fixture, &in);
  g_assert_cmpuint (in.committed, ==, 1);
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
}

/* Bytes that are not the named ones are dropped, and asked for again. */
static void
test_changed_on_the_way (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) one = kouan_test_kiosk_submit (fixture->kiosk, SIZE, 1);
  g_autofree char *record = on_stick (fixture, one, KOUAN_STICK_RECORD);
  g_autofree char *text = NULL;
  KouanStickReport out;
  KouanHubStickReport hub;
  gsize size;

  export_records (fixture, &out);
  g_assert_true (g_file_get_contents (record, &text, &size, NULL));
  text[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (record, text, (gssize)size, NULL));
  at_hub (fixture, &hub);
  g_assert_cmpuint (hub.taken, ==, 0);
  g_assert_cmpuint (hub.foreign, ==, 1);
  g_assert_cmpuint (kouan_test_kiosk_count_at_hub (fixture->kiosk), ==, 0);
  export_records (fixture, &out);
  g_assert_cmpuint (out.exported, ==, 1);
  at_hub (fixture, &hub);
  g_assert_cmpuint (hub.taken, ==, 1);
}

static void
test_lists_come_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) content = g_bytes_new_static ("00112233445566778899aabbccddeeff\n", 33);
  const guint8 code[16] = { 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77,
                            0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff };
  g_autoptr (GError) error = NULL;
  KouanStickReport out;
  KouanSyncReport in;
  gboolean revoked = FALSE;
  guint64 version;
  guint lists;

  g_assert_true (kouan_hub_publish_list (fixture->kiosk->world->hub, KOUAN_LIST_REVOKED, 0, content,
                                         &version, &error));
  export_records (fixture, &out);
  g_assert_true (
    kouan_hub_stick_export (fixture->kiosk->world->hub, fixture->stick, &lists, &error));
  g_assert_cmpuint (lists, ==, 1);
  import_receipts (fixture, &in);
  g_assert_cmpuint (in.lists, ==, 1);
  g_assert_true (kouan_lists_is_revoked (fixture->kiosk->db, code, &revoked, &error));
  g_assert_true (revoked);
  import_receipts (fixture, &in);
  g_assert_cmpuint (in.lists, ==, 0);
}

/* The stick is full, or can only be read: what is on it is taken all the same, and the answers are
 * given the next time. */
static void
test_takes_no_answers (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) one = kouan_test_kiosk_submit (fixture->kiosk, SIZE, 1);
  g_autoptr (KouanSubmitted) two = kouan_test_kiosk_submit (fixture->kiosk, 10, 2);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  KouanStickReport out;
  KouanHubStickReport hub;
  KouanSyncReport in;

  export_records (fixture, &out);
  first = on_stick (fixture, one, KOUAN_STICK_RECEIPT);
  second = on_stick (fixture, two, KOUAN_STICK_RECEIPT);
  g_assert_cmpint (g_mkdir (first, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (second, 0700), ==, 0);
  at_hub (fixture, &hub);
  g_assert_cmpuint (hub.taken, ==, 2);
  g_assert_cmpuint (hub.unanswered, ==, 2);
  kouan_test_kiosk_assert_at_hub (fixture->kiosk, one->record_id);
  kouan_test_kiosk_assert_at_hub (fixture->kiosk, two->record_id);
  g_assert_cmpint (g_rmdir (first), ==, 0);
  g_assert_cmpint (g_rmdir (second), ==, 0);
  at_hub (fixture, &hub);
  g_assert_cmpuint (hub.known, ==, 2);
  g_assert_cmpuint (hub.unanswered, ==, 0);
  import_receipts (fixture, &in);
  g_assert_cmpint (state_of (fixture, one), ==, KOUAN_RECORD_COMMITTED);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/hub/stick/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("whole-life", test_whole_life);
  ADD ("pulled-half-way", test_pulled_half_way);
  ADD ("restored-hub-asks", test_restored_hub_asks);
  ADD ("foreign-files", test_foreign_files);
  ADD ("changed-on-the-way", test_changed_on_the_way);
  ADD ("takes-no-answers", test_takes_no_answers);
  ADD ("lists-come-back", test_lists_come_back);
  return g_test_run ();
}
