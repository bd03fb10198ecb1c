/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/record/outbox-private.h"
#include "db/kiosk/drafts.h"
#include "tests/testlib/fixture.h"
#include "tests/unit/record/outbox-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* A child submits and is killed at a step; the parent starts again and looks at what is left. */

#define STEPS_MAX 40

typedef struct
{
  guint left; /* steps until the end */
} Countdown;

static void
count_down (const char *step G_GNUC_UNUSED, gpointer data)
{
  Countdown *countdown = data;

  if (countdown->left-- == 0)
    kill (getpid (), SIGKILL);
}

/* In the child: a connection cannot be carried over a fork, so it opens its own. */
static int
submit_and_die (OutboxFixture *fixture, guint8 n, guint steps)
{
  g_autoptr (KouanSubmission) submission = outbox_submission (n);
  g_autoptr (KouanDatabase) db = kouan_outbox_open_database (fixture->outbox, NULL);
  g_autoptr (KouanSubmitted) submitted = NULL;
  Countdown countdown = { steps };

  kouan_outbox_set_faults (fixture->outbox, count_down, NULL, &countdown);
  submitted = kouan_outbox_submit (fixture->outbox, db, submission, NULL, NULL, NULL, NULL);
  return submitted != NULL ? 0 : 1;
}

/* Returns: whether the child came to its end */
static gboolean
run_child (OutboxFixture *fixture, guint8 n, guint steps)
{
  pid_t child;
  int status;

  g_clear_object (&fixture->db);
  child = fork ();
  if (child == 0)
    _exit (submit_and_die (fixture, n, steps));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  fixture->db = kouan_outbox_open_database (fixture->outbox, NULL);
  g_assert_nonnull (fixture->db);
  if (WIFSIGNALED (status))
    {
      g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
      return FALSE;
    }
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return TRUE;
}

static void
recover (OutboxFixture *fixture, KouanOutboxRecovery *done)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_outbox_recover (fixture->outbox, fixture->db, done, &error));
  g_assert_no_error (error);
}

static void
submit (OutboxFixture *fixture, guint8 n)
{
  g_autoptr (KouanSubmission) submission = outbox_submission (n);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanSubmitted) submitted
    = kouan_outbox_submit (fixture->outbox, fixture->db, submission, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (submitted);
}

/* Killed at each step in turn: afterwards the record counts wholly or not at all, and its draft and
 * code say the same. */
static void
test_killed_at_every_step (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanRecordBalance balance;
  KouanOutboxRecovery done;
  gint64 counted = 1;
  gboolean ended = FALSE;
  guint steps;

  submit (fixture, 200);
  for (steps = 0; !ended && steps < STEPS_MAX; steps++)
    {
      guint8 n = (guint8)(steps + 1);

      outbox_make_draft (fixture, fixture->db, n, NOW_S + 100);
      ended = run_child (fixture, n, steps);
      recover (fixture, &done);
      outbox_assert_whole (fixture, &balance);
      g_assert_cmpint (balance.captured, >=, counted);
      g_assert_cmpint (balance.captured, <=, counted + 1);
      g_assert_cmpint (outbox_code_is_used (fixture, n), ==, balance.captured > counted);
      g_assert_cmpint (outbox_has_draft (fixture, n), ==, balance.captured == counted);
      g_assert_cmpuint (outbox_count_files (fixture, KOUAN_STATION_DRAFTS), ==,
                        balance.captured == counted ? 2 : 0);
      if (balance.captured == counted)
        submit (fixture, n); /* the visitor goes on where he was */
      counted++;
    }
  g_assert_true (ended);
  g_assert_cmpuint (steps, >=, 8);
  outbox_assert_whole (fixture, &balance);
  g_assert_cmpint (balance.queued, ==, counted);
}

static void
test_sending_is_queued_again (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) after = NULL;
  KouanStationLock *sync;
  KouanOutboxRecovery done;

  submit (fixture, 1);
  rows = kouan_records_list (fixture->db, 0, 1, NULL);
  g_assert_true (kouan_records_set_state (fixture->db, ((KouanRecordRow *)rows->pdata[0])->id,
                                          KOUAN_RECORD_SENDING, NULL, NULL, NOW_S, NULL));

  sync = kouan_station_lock (fixture->station, KOUAN_STATION_LOCK_SYNC, FALSE, FALSE);
  recover (fixture, &done);
  g_assert_cmpuint (done.requeued, ==, 0);
  kouan_station_lock_release (sync);
  recover (fixture, &done);
  g_assert_cmpuint (done.requeued, ==, 1);
  after = kouan_records_list (fixture->db, 0, 1, NULL);
  g_assert_cmpint (((KouanRecordRow *)after->pdata[0])->state, ==, KOUAN_RECORD_QUEUED);
}

static char *
path_of_first (OutboxFixture *fixture)
{
  g_autoptr (GPtrArray) rows = kouan_records_list (fixture->db, 0, 1, NULL);

  return kouan_outbox_path (fixture->outbox, ((KouanRecordRow *)rows->pdata[0])->file);
}

static void
assert_first_is_refused (OutboxFixture *fixture)
{
  g_autoptr (GPtrArray) rows = kouan_records_list (fixture->db, 0, 1, NULL);
  const KouanRecordRow *row = rows->pdata[0];
  KouanOutboxRecovery done;

  recover (fixture, &done);
  g_assert_cmpuint (done.refused, ==, 1);
  {
    g_autoptr (KouanRecordRow) after = kouan_records_find (fixture->db, row->id, NULL);

    g_assert_cmpint (after->state, ==, KOUAN_RECORD_REFUSED);
    g_assert_nonnull (after->trouble);
  }
  recover (fixture, &done);
  g_assert_cmpuint (done.refused, ==, 0);
}

static void
test_missing_file_is_refused (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = NULL;

  submit (fixture, 1);
  path = path_of_first (fixture);
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_first_is_refused (fixture);
}

static void
test_short_file_is_refused (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = NULL;

  submit (fixture, 1);
  path = path_of_first (fixture);
  g_assert_cmpint (truncate (path, 1000), ==, 0);
  assert_first_is_refused (fixture);
}

static void
make_file (OutboxFixture *fixture, const char *folder, const char *name)
{
  g_autofree char *parent = kouan_station_path (fixture->station, folder);
  g_autofree char *path = g_build_filename (parent, name, NULL);

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
}

static void
test_files_without_rows_go (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanRecordBalance balance;
  KouanOutboxRecovery done;

  submit (fixture, 1);
  make_file (fixture, KOUAN_STATION_RECORDS, "nobody.age");
  make_file (fixture, KOUAN_STATION_RECORDS, ".half.0011.tmp");
  make_file (fixture, KOUAN_STATION_DRAFTS, "a page");
  recover (fixture, &done);
  g_assert_cmpuint (done.files_removed, ==, 2);
  g_assert_cmpuint (done.files_set_aside, ==, 0);
  g_assert_cmpuint (done.pages_removed, ==, 1);
  outbox_assert_whole (fixture, &balance);
  g_assert_cmpuint (outbox_count_files (fixture, KOUAN_STATION_DRAFTS), ==, 0);
}

/* As a power supply that fails slowly does it: the file is there and is no database. */
static void
damage_database (OutboxFixture *fixture)
{
  g_autofree char *path = kouan_station_path (fixture->station, KOUAN_STATION_DATABASE);
  g_autofree char *garbage = g_strnfill (8192, 'x');
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->db);
  g_assert_true (g_file_set_contents (path, garbage, -1, NULL));
  g_assert_null (kouan_outbox_open_database (fixture->outbox, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CORRUPT);
  g_clear_error (&error);
  fixture->db = kouan_outbox_open_database (fixture->outbox, &error);
  g_assert_no_error (error);
}

static KouanRecordRow *
nth_row (OutboxFixture *fixture, guint n)
{
  g_autoptr (GPtrArray) rows = kouan_records_list (fixture->db, 0, 100, NULL);

  g_assert_cmpuint (rows->len, >=, n);
  return kouan_records_find (fixture->db, ((KouanRecordRow *)rows->pdata[n - 1])->id, NULL);
}

/* The rows are gone, and what people hold receipts for comes back under the same numbers. */
static void
test_rows_outlive_a_damaged_database (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanRecordBalance balance;
  KouanOutboxRecovery done;
  g_autoptr (KouanRecordRow) before = NULL;
  g_autoptr (KouanRecordRow) after = NULL;
  g_autoptr (KouanRecordRow) next = NULL;

  submit (fixture, 1);
  submit (fixture, 2);
  before = nth_row (fixture, 2);
  damage_database (fixture);
  recover (fixture, &done);
  g_assert_cmpuint (done.rebuilt, ==, 2);
  g_assert_cmpuint (done.files_removed + done.files_set_aside, ==, 0);
  after = nth_row (fixture, 2);
  g_assert_cmpstr (after->number, ==, before->number);
  g_assert_cmpmem (after->id, 16, before->id, 16);
  g_assert_true (g_bytes_equal (after->manifest, before->manifest));
  g_assert_cmpstr (after->file, ==, before->file);
  g_assert_cmpint (after->state, ==, KOUAN_RECORD_QUEUED);
  g_assert_true (outbox_code_is_used (fixture, 1));
  submit (fixture, 3);
  next = nth_row (fixture, 3);
  g_assert_cmpint (next->sequence, ==, 3);
  recover (fixture, &done);
  g_assert_cmpuint (done.rebuilt, ==, 0);
  outbox_assert_whole (fixture, &balance);
  g_assert_cmpint (balance.captured, ==, 3);
  g_assert_cmpint (balance.forgotten, ==, 0);
}

/* Whoever submits first, before anybody has looked, gets no number twice either. */
static void
test_submitting_rebuilds (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanRecordRow) last = NULL;

  submit (fixture, 1);
  damage_database (fixture);
  submit (fixture, 2);
  last = nth_row (fixture, 2);
  g_assert_cmpint (last->sequence, ==, 2);
}

static void
erase_first (OutboxFixture *fixture)
{
  g_autoptr (KouanRecordRow) row = nth_row (fixture, 1);
  g_autoptr (GBytes) receipt = g_bytes_new_static ("a receipt", 9);

  g_assert_true (kouan_records_set_state (fixture->db, row->id, KOUAN_RECORD_COMMITTED, receipt,
                                          NULL, NOW_S, NULL));
  g_assert_true (kouan_records_set_state (fixture->db, row->id, KOUAN_RECORD_ARCHIVED, receipt,
                                          NULL, NOW_S, NULL));
  g_assert_true (kouan_outbox_erase (fixture->outbox, fixture->db, row->id, NULL));
}

/* A row comes back without its file: it was erased, or it is lost. Only the hub knows, so no start
 * refuses it, and numbers go on behind it. */
static void
test_erased_rows_wait_for_the_hub (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanRecordBalance balance;
  KouanOutboxRecovery done;
  g_autoptr (KouanRecordRow) row = NULL;

  submit (fixture, 1);
  erase_first (fixture);
  damage_database (fixture);
  recover (fixture, &done);
  g_assert_cmpuint (done.rebuilt, ==, 1);
  g_assert_cmpuint (done.refused, ==, 0);
  row = nth_row (fixture, 1);
  g_assert_true (row->rebuilt);
  g_assert_cmpint (row->state, ==, KOUAN_RECORD_QUEUED);
  submit (fixture, 2);
  g_assert_true (kouan_records_balance (fixture->db, &balance, NULL));
  g_assert_cmpint (balance.captured, ==, 2);
  g_assert_cmpint (balance.queued, ==, 2);
}

/* The log does not grow for ever; what is erased falls out of it, but never the last number. */
static void
test_manifests_are_tidied (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const guint erased = 2 * KOUAN_MANIFESTS_SLACK;
  KouanRecordBalance balance;
  KouanOutboxRecovery done;

  for (guint i = 1; i <= erased; i++)
    {
      g_autoptr (KouanSubmission) submission = kouan_submission_new (5);
      g_autoptr (GBytes) content = g_bytes_new_static ("x", 1);
      g_autoptr (KouanSubmitted) submitted = NULL;
      g_autoptr (GBytes) receipt = g_bytes_new_static ("a receipt", 9);

      kouan_submission_add (submission, "application.json", content);
      submitted
        = kouan_outbox_submit (fixture->outbox, fixture->db, submission, NULL, NULL, NULL, NULL);
      g_assert_true (kouan_records_set_state (fixture->db, submitted->record_id,
                                              KOUAN_RECORD_COMMITTED, receipt, NULL, NOW_S, NULL));
      g_assert_true (kouan_records_set_state (fixture->db, submitted->record_id,
                                              KOUAN_RECORD_ARCHIVED, receipt, NULL, NOW_S, NULL));
      g_assert_true (kouan_outbox_erase (fixture->outbox, fixture->db, submitted->record_id, NULL));
    }
  recover (fixture, &done);
  damage_database (fixture);
  recover (fixture, &done);
  g_assert_cmpuint (done.rebuilt, ==, 1);
  g_assert_true (kouan_records_balance (fixture->db, &balance, NULL));
  g_assert_cmpint (balance.forgotten, ==, erased - 1);
  g_assert_cmpint (balance.captured, ==, 1);
  g_assert_cmpint (kouan_records_last_sequence (fixture->db, NULL), ==, erased);
}

static void
append_to_log (OutboxFixture *fixture, const char *text)
{
  g_autofree char *path = kouan_station_path (fixture->station, KOUAN_STATION_MANIFESTS);
  FILE *log = fopen (path, "a");

  g_assert_nonnull (log);
  g_assert_cmpint (fputs (text, log), >=, 0);
  g_assert_cmpint (fclose (log), ==, 0);
}

static void
test_torn_manifests_are_passed_over (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanOutboxRecovery done;

  append_to_log (fixture, "\n\n!!!\nbm8gbWFuaWZlc3Q=\n");
  submit (fixture, 1);
  append_to_log (fixture, "0oRDoQEnoQ");
  submit (fixture, 2);
  damage_database (fixture);
  recover (fixture, &done);
  g_assert_cmpuint (done.rebuilt, ==, 2);
}

/* Database and log are both lost: no number may be given out, and what lies there is kept. */
static void
test_lost_numbers_are_not_made_up (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *log = kouan_station_path (fixture->station, KOUAN_STATION_MANIFESTS);
  g_autoptr (KouanSubmission) submission = outbox_submission (2);
  g_autoptr (KouanSubmitted) submitted = NULL;
  g_autoptr (GError) error = NULL;
  KouanOutboxRecovery done;

  submit (fixture, 1);
  g_assert_cmpint (g_unlink (log), ==, 0);
  damage_database (fixture);
  recover (fixture, &done);
  g_assert_cmpuint (done.files_set_aside, ==, 1);
  g_assert_cmpuint (outbox_count_files (fixture, KOUAN_STATION_RECORDS "/set-aside"), ==, 1);
  submitted
    = kouan_outbox_submit (fixture->outbox, fixture->db, submission, NULL, NULL, NULL, &error);
  g_assert_null (submitted);
  g_assert_error (error, KOUAN_OUTBOX_ERROR, KOUAN_OUTBOX_ERROR_NUMBERS);
  recover (fixture, &done);
  g_assert_cmpuint (done.files_set_aside + done.files_removed, ==, 0);
}

static void
test_files_outlive_an_empty_database (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanOutboxRecovery done;

  make_file (fixture, KOUAN_STATION_RECORDS, "somebody.age");
  make_file (fixture, KOUAN_STATION_RECORDS, ".half.0011.tmp");
  recover (fixture, &done);
  g_assert_cmpuint (done.files_set_aside, ==, 1);
  g_assert_cmpuint (done.files_removed, ==, 1);
}

static void
test_drafts_expire (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanOutboxRecovery done;

  outbox_make_draft (fixture, fixture->db, 1, NOW_S);
  outbox_make_draft (fixture, fixture->db, 2, NOW_S + 1);
  recover (fixture, &done);
  g_assert_cmpuint (done.drafts_expired, ==, 1);
  g_assert_cmpuint (done.pages_removed, ==, 2);
  g_assert_false (outbox_has_draft (fixture, 1));
  g_assert_true (outbox_has_draft (fixture, 2));
  g_assert_cmpuint (outbox_count_files (fixture, KOUAN_STATION_DRAFTS), ==, 2);
}

/* Nobody tidies up under somebody who submits. */
static void
test_busy (OutboxFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanStationLock *lock
    = kouan_station_lock (fixture->station, KOUAN_STATION_LOCK_SUBMIT, TRUE, FALSE);
  KouanOutboxRecovery done;
  g_autoptr (GError) error = NULL;

  make_file (fixture, KOUAN_STATION_RECORDS, ".half.0011.tmp");
  g_assert_false (kouan_outbox_recover (fixture->outbox, fixture->db, &done, &error));
  g_assert_error (error, KOUAN_OUTBOX_ERROR, KOUAN_OUTBOX_ERROR_BUSY);
  g_assert_cmpuint (outbox_count_files (fixture, KOUAN_STATION_RECORDS), ==, 1);
  kouan_station_lock_release (lock);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add ("/record/crash/" path, OutboxFixture, NULL, outbox_set_up, function, outbox_tear_down)
  ADD ("killed-at-every-step", test_killed_at_every_step);
  ADD ("sending-is-queued-again", test_sending_is_queued_again);
  ADD ("missing-file-is-refused", test_missing_file_is_refused);
  ADD ("short-file-is-refused", test_short_file_is_refused);
  ADD ("files-without-rows-go", test_files_without_rows_go);
  ADD ("rows-outlive-a-damaged-database", test_rows_outlive_a_damaged_database);
  ADD ("submitting-rebuilds", test_submitting_rebuilds);
  ADD ("erased-rows-wait-for-the-hub", test_erased_rows_wait_for_the_hub);
  ADD ("manifests-are-tidied", test_manifests_are_tidied);
  ADD ("torn-manifests-are-passed-over", test_torn_manifests_are_passed_over);
  ADD ("lost-numbers-are-not-made-up", test_lost_numbers_are_not_made_up);
  ADD ("files-outlive-an-empty-database", test_files_outlive_an_empty_database);
  ADD ("drafts-expire", test_drafts_expire);
  ADD ("busy", test_busy);
  return g_test_run ();
}
