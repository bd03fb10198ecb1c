/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/record/manifest.h"
#include "app/record/open.h"
#include "app/record/padme.h"
#include "app/record/slip.h"
#include "db/kiosk/audit.h"
#include "db/kiosk/drafts.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/station.h"
#include "tests/unit/record/outbox-fixture.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

static KouanSubmitted *
submit (OutboxFixture *fixture, guint8 n)
{
  g_autoptr (KouanSubmission) submission = outbox_submission (n);
  g_autoptr (GError) error = NULL;
  KouanSubmitted *submitted
    = kouan_outbox_submit (fixture->outbox, fixture->db, submission, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return submitted;
}

static void
assert_nothing_counts (OutboxFixture *fixture, guint8 n)
{
  KouanRecordBalance balance;

  outbox_assert_whole (fixture, &balance);
  g_assert_cmpint (balance.captured, ==, 0);
  g_assert_cmpuint (outbox_count_files (fixture, KOUAN_STATION_RECORDS), ==, 0);
  g_assert_true (outbox_has_draft (fixture, n));
  g_assert_cmpuint (outbox_count_files (fixture, KOUAN_STATION_DRAFTS), ==, 2);
  g_assert_false (outbox_code_is_used (fixture, n));
}

static void
assert_refused (OutboxFixture *fixture,
                KouanSubmission *submission,
                GCancellable *cancellable,
                KouanOutboxError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (kouan_outbox_submit (fixture->outbox, fixture->db, submission, NULL, NULL,
                                      cancellable, &error));
  g_assert_error (error, KOUAN_OUTBOX_ERROR, (gint)code);
}

static void
test_submit (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) submitted = NULL;
  g_autoptr (KouanRecordRow) row = NULL;
  g_autoptr (GError) error = NULL;
  KouanRecordBalance balance;

  outbox_make_draft (fixture, fixture->db, 1, NOW_S + 100);
  submitted = submit (fixture, 1);
  g_assert_cmpint (submitted->sequence, ==, 1);
  g_assert_true (g_str_has_prefix (submitted->number, "00007-000001-"));
  g_assert_cmpint (submitted->time_s, ==, NOW_S);
  outbox_assert_whole (fixture, &balance);
  g_assert_cmpint (balance.captured, ==, 1);
  g_assert_cmpint (balance.queued, ==, 1);
  g_assert_false (outbox_has_draft (fixture, 1));
  g_assert_cmpuint (outbox_count_files (fixture, KOUAN_STATION_DRAFTS), ==, 0);
  g_assert_true (outbox_code_is_used (fixture, 1));
  row = kouan_records_find_number (fixture->db, submitted->number, &error);
  g_assert_cmpmem (row->id, 16, submitted->record_id, 16);
  g_assert_cmpint (row->service, ==, 5);
  g_assert_cmpint (balance.bytes_waiting, ==, row->size);
}

static void
test_manifest_is_signed (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) submitted = submit (fixture, 1);
  g_autoptr (KouanRecordRow) row = kouan_records_find (fixture->db, submitted->record_id, NULL);
  g_autoptr (GError) error = NULL;
  KouanManifest manifest;
  guint8 code[16];

  outbox_fill_id (code, 1);
  g_assert_true (kouan_manifest_verify (row->manifest, kouan_station_get_keyring (fixture->station),
                                        &manifest, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (manifest.kiosk_id, ==, KOUAN_TEST_KIOSK);
  g_assert_cmpuint (manifest.hall_id, ==, KOUAN_TEST_HALL);
  g_assert_cmpint (manifest.sequence, ==, 1);
  g_assert_cmpint (manifest.created_ms, ==, NOW_S * G_GINT64_CONSTANT (1000));
  g_assert_cmpint (manifest.size, ==, row->size);
  g_assert_cmpmem (manifest.sha256, 32, row->sha256, 32);
  g_assert_true (manifest.has_code);
  g_assert_cmpmem (manifest.code_id, 16, code, 16);
}

static void
test_slip_is_signed (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) submitted = submit (fixture, 1);
  g_auto (KouanSlip) slip = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_slip_verify (submitted->slip, kouan_station_get_keyring (fixture->station),
                                    &slip, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (slip.number, ==, submitted->number);
  g_assert_cmpmem (slip.record_id, 16, submitted->record_id, 16);
  g_assert_cmpuint (slip.missing_count, ==, 1);
  g_assert_cmpuint (slip.missing[0], ==, 4);
}

/* What the hub's officer gets is what the visitor gave. */
static void
test_hub_opens_it (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) submitted = submit (fixture, 0x41);
  g_autoptr (KouanRecordRow) row = kouan_records_find (fixture->db, submitted->record_id, NULL);
  g_autofree char *path = kouan_outbox_path (fixture->outbox, row->file);
  g_autofree char *folder = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *document = g_build_filename (folder, "documents", "02-photo.pdf", NULL);
  g_autoptr (KouanAgeIdentity) identity = kouan_test_station_hub_identity (fixture->folder);
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  struct stat status;
  gsize size;

  names = kouan_record_open (path, identity, folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (names->len, ==, 4);
  g_assert_cmpstr (names->pdata[3], ==, "manifest.json");
  g_assert_true (g_file_get_contents (document, &contents, &size, NULL));
  g_assert_cmpuint (size, ==, 100000);
  g_assert_cmpint (contents[99999], ==, 0x41);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

/* Two visits with other contents: the files have the same size. */
static void
test_size_tells_little (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmission) short_one = kouan_submission_new (1);
  g_autoptr (KouanSubmission) long_one = kouan_submission_new (1);
  g_autoptr (GBytes) small = g_bytes_new_static ("a", 1);
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (50000), 50000);
  g_autoptr (GPtrArray) rows = NULL;

  kouan_submission_add (short_one, "application.json", small);
  kouan_submission_add (long_one, "application.json", large);
  kouan_submitted_free (
    kouan_outbox_submit (fixture->outbox, fixture->db, short_one, NULL, NULL, NULL, NULL));
  kouan_submitted_free (
    kouan_outbox_submit (fixture->outbox, fixture->db, long_one, NULL, NULL, NULL, NULL));
  rows = kouan_records_list (fixture->db, 0, 10, NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpint (((KouanRecordRow *)rows->pdata[0])->size, ==,
                   ((KouanRecordRow *)rows->pdata[1])->size);
}

static void
test_code_is_good_once (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) first G_GNUC_UNUSED = submit (fixture, 1);
  g_autoptr (KouanSubmission) again = outbox_submission (1);
  KouanRecordBalance balance;

  assert_refused (fixture, again, NULL, KOUAN_OUTBOX_ERROR_USED);
  outbox_assert_whole (fixture, &balance);
  g_assert_cmpint (balance.captured, ==, 1);
}

/* Another kiosk window took the code while this record was being sealed. */
static void
use_code_meanwhile (const char *step, gpointer data)
{
  OutboxFixture *fixture = data;

  if (g_str_equal (step, "durable"))
    {
      kouan_outbox_set_faults (fixture->outbox, NULL, NULL, NULL);
      kouan_submitted_free (submit (fixture, 1));
    }
}

static void
test_code_used_meanwhile (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmission) late = outbox_submission (1);
  KouanRecordBalance balance;

  kouan_outbox_set_faults (fixture->outbox, use_code_meanwhile, NULL, fixture);
  assert_refused (fixture, late, NULL, KOUAN_OUTBOX_ERROR_USED);
  outbox_assert_whole (fixture, &balance);
  g_assert_cmpint (balance.captured, ==, 1);
}

static GBytes *
fail_to_read (gpointer data G_GNUC_UNUSED, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "the page is gone");
  return NULL;
}

static void
test_unreadable_member (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmission) submission = outbox_submission (1);

  outbox_make_draft (fixture, fixture->db, 1, NOW_S + 100);
  kouan_submission_add_later (submission, "documents/03-x.pdf", 10, fail_to_read, NULL, NULL);
  assert_refused (fixture, submission, NULL, KOUAN_OUTBOX_ERROR_MEMBER);
  assert_nothing_counts (fixture, 1);
}

static void
test_unsafe_member (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmission) submission = outbox_submission (1);
  g_autoptr (GBytes) contents = g_bytes_new_static ("x", 1);

  outbox_make_draft (fixture, fixture->db, 1, NOW_S + 100);
  kouan_submission_add (submission, "../../etc/passwd", contents);
  assert_refused (fixture, submission, NULL, KOUAN_OUTBOX_ERROR_MEMBER);
  assert_nothing_counts (fixture, 1);
}

static GBytes *
cancel_while_reading (gpointer data, GError **error G_GNUC_UNUSED)
{
  g_cancellable_cancel (data);
  return g_bytes_new_static ("x", 1);
}

static void
test_cancelled (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmission) submission = outbox_submission (1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  outbox_make_draft (fixture, fixture->db, 1, NOW_S + 100);
  kouan_submission_add_later (submission, "documents/03-x.pdf", 1, cancel_while_reading,
                              cancellable, NULL);
  assert_refused (fixture, submission, cancellable, KOUAN_OUTBOX_ERROR_CANCELLED);
  assert_nothing_counts (fixture, 1);
}

/* A stream that is full after some bytes, as a disk is. */
typedef struct
{
  GFilterOutputStream parent_instance;
  gsize left;
  GIOErrorEnum code;
} FullStream;
typedef GFilterOutputStreamClass FullStreamClass;

GType full_stream_get_type (void);
G_DEFINE_TYPE (FullStream, full_stream, G_TYPE_FILTER_OUTPUT_STREAM)

static gssize
full_stream_write (
  GOutputStream *stream, const void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  FullStream *self = (FullStream *)stream;
  GOutputStream *base = g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (stream));

  if (self->left == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, (gint)self->code, "injected");
      return -1;
    }
  count = MIN (count, self->left);
  self->left -= count;
  return g_output_stream_write (base, buffer, count, cancellable, error);
}

static void
full_stream_class_init (FullStreamClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = full_stream_write;
}

static void
full_stream_init (FullStream *self G_GNUC_UNUSED)
{
}

typedef struct
{
  gsize left;
  GIOErrorEnum code;
} Fault;

static GOutputStream *
wrap_full (GOutputStream *base, gpointer data)
{
  const Fault *fault = data;
  FullStream *stream
    = g_object_new (full_stream_get_type (), "base-stream", base, "close-base-stream", FALSE, NULL);

  stream->left = fault->left;
  stream->code = fault->code;
  return G_OUTPUT_STREAM (stream);
}

static void
test_disk_fills_up (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const gsize sizes[] = { 0, 10, 300, 70000, 200000, 205000 };

  outbox_make_draft (fixture, fixture->db, 1, NOW_S + 100);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (KouanSubmission) submission = outbox_submission (1);
      Fault full = { sizes[i], G_IO_ERROR_NO_SPACE };
      Fault broken = { sizes[i], G_IO_ERROR_FAILED };

      kouan_outbox_set_faults (fixture->outbox, NULL, wrap_full, &full);
      assert_refused (fixture, submission, NULL, KOUAN_OUTBOX_ERROR_FULL);
      assert_nothing_counts (fixture, 1);
      kouan_outbox_set_faults (fixture->outbox, NULL, wrap_full, &broken);
      assert_refused (fixture, submission, NULL, KOUAN_OUTBOX_ERROR_IO);
      assert_nothing_counts (fixture, 1);
    }
  kouan_outbox_set_faults (fixture->outbox, NULL, NULL, NULL);
  kouan_submitted_free (submit (fixture, 1));
}

static void
test_records_folder_is_gone (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *folder = kouan_station_path (fixture->station, KOUAN_STATION_RECORDS);
  g_autoptr (KouanSubmission) submission = outbox_submission (1);

  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_cmpint (kouan_outbox_get_space (fixture->outbox), ==, KOUAN_OUTBOX_SPACE_FULL);
  assert_refused (fixture, submission, NULL, KOUAN_OUTBOX_ERROR_FULL);
}

static void
test_space_is_refused_early (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = kouan_station_path (fixture->station, KOUAN_STATION_CONFIG);
  g_autoptr (KouanSubmission) submission = outbox_submission (1);
  g_autoptr (KouanStation) station = NULL;
  g_autoptr (KouanOutbox) outbox = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (
    path, "[station]\nkiosk=7\nhall=3\nname=H\n[store]\nfull-mib=1048576\nlow-mib=1048576\n", -1,
    NULL));
  station = kouan_station_load (kouan_station_get_folder (fixture->station), &error);
  g_assert_no_error (error);
  outbox = kouan_outbox_new (station, fixture->clock);
  if (kouan_outbox_get_space (outbox) != KOUAN_OUTBOX_SPACE_FULL)
    {
      g_test_skip ("more than 1 TiB free here");
      return;
    }
  g_assert_null (kouan_outbox_submit (outbox, fixture->db, submission, NULL, NULL, NULL, &error));
  g_assert_error (error, KOUAN_OUTBOX_ERROR, KOUAN_OUTBOX_ERROR_FULL);
}

static void
on_progress (double fraction, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1.0);
  *last = fraction;
}

static void
test_progress_grows (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmission) submission = outbox_submission (1);
  g_autoptr (KouanSubmitted) submitted = NULL;
  double last = 0.0;

  submitted = kouan_outbox_submit (fixture->outbox, fixture->db, submission, on_progress, &last,
                                   NULL, NULL);
  g_assert_nonnull (submitted);
  g_assert_cmpfloat (last, ==, 1.0);
}

static gpointer
submit_on_thread (gpointer data)
{
  OutboxFixture *fixture = data;
  static gint next = 10; /* a number for each thread's visits */
  guint8 first = (guint8)g_atomic_int_add (&next, 10);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDatabase) db = kouan_outbox_open_database (fixture->outbox, &error);

  g_assert_no_error (error);
  for (guint8 i = 0; i < 5; i++)
    {
      g_autoptr (KouanSubmission) submission = outbox_submission (first + i);
      g_autoptr (KouanSubmitted) submitted
        = kouan_outbox_submit (fixture->outbox, db, submission, NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (submitted);
    }
  return NULL;
}

static void
test_threads (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GThread *threads[3];
  KouanRecordBalance balance;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("visit", submit_on_thread, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  outbox_assert_whole (fixture, &balance);
  g_assert_cmpint (balance.captured, ==, 15);
}

static void
test_erase (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) submitted = submit (fixture, 1);
  g_autoptr (GBytes) receipt = g_bytes_new_static ("r", 1);
  g_autoptr (GError) error = NULL;
  KouanRecordBalance balance;

  g_assert_false (kouan_outbox_erase (fixture->outbox, fixture->db, submitted->record_id, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpuint (outbox_count_files (fixture, KOUAN_STATION_RECORDS), ==, 1);
  for (KouanRecordState state = KOUAN_RECORD_COMMITTED; state <= KOUAN_RECORD_ARCHIVED; state++)
    g_assert_true (kouan_records_set_state (fixture->db, submitted->record_id, state, receipt, NULL,
                                            NOW_S, &error));
  g_assert_true (kouan_outbox_erase (fixture->outbox, fixture->db, submitted->record_id, &error));
  g_assert_true (kouan_outbox_erase (fixture->outbox, fixture->db, submitted->record_id, &error));
  g_assert_cmpuint (outbox_count_files (fixture, KOUAN_STATION_RECORDS), ==, 0);
  outbox_assert_whole (fixture, &balance);
  g_assert_cmpint (balance.archived, ==, 1);
}

/* Nothing of the person is in what the station keeps, but for the sealed file. */
static void
test_station_keeps_nothing_plain (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmission) submission = kouan_submission_new (5);
  g_autoptr (GBytes) secret = g_bytes_new_static ("ERIKSSON ANNA MARIA L898902C3", 29);
  g_autoptr (KouanSubmitted) submitted = NULL;
  const char *const names[] = { "kiosk.db", "kiosk.db-wal" };

  kouan_submission_add (submission, "application.json", secret);
  submitted
    = kouan_outbox_submit (fixture->outbox, fixture->db, submission, NULL, NULL, NULL, NULL);
  g_assert_nonnull (submitted);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = kouan_station_path (fixture->station, names[i]);
      g_autofree char *contents = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
      g_assert_null (memmem (contents, size, "ERIKSSON", 8));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add ("/record/outbox/" path, OutboxFixture, NULL, outbox_set_up, function,                \
              outbox_tear_down)
  ADD ("submit", test_submit);
  ADD ("manifest-is-signed", test_manifest_is_signed);
  ADD ("slip-is-signed", test_slip_is_signed);
  ADD ("hub-opens-it", test_hub_opens_it);
  ADD ("size-tells-little", test_size_tells_little);
  ADD ("code-is-good-once", test_code_is_good_once);
  ADD ("code-used-meanwhile", test_code_used_meanwhile);
  ADD ("unreadable-member", test_unreadable_member);
  ADD ("unsafe-member", test_unsafe_member);
  ADD ("cancelled", test_cancelled);
  ADD ("disk-fills-up", test_disk_fills_up);
  ADD ("records-folder-is-gone", test_records_folder_is_gone);
  ADD ("space-is-refused-early", test_space_is_refused_early);
  ADD ("progress-grows", test_progress_grows);
  ADD ("threads", test_threads);
  ADD ("erase", test_erase);
  ADD ("station-keeps-nothing-plain", test_station_keeps_nothing_plain);
  return g_test_run ();
}
