/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/database-private.h"
#include "db/kiosk/audit.h"
#include "db/kiosk/kiosk-store.h"
#include "db/kiosk/records.h"
#include "tests/testlib/fixture.h"

#define NOW_S 1767225600
#define DAY_S (24 * 60 * 60)

typedef struct
{
  char *folder;
  KouanDatabase *db;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = kouan_test_folder_new ();
  path = g_build_filename (fixture->folder, "kiosk.db", NULL);
  fixture->db = kouan_kiosk_store_open (path, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_object_unref (fixture->db);
  kouan_test_folder_remove (fixture->folder);
}

static KouanRecordRow *
row_new (gint64 sequence)
{
  KouanRecordRow *row = g_new0 (KouanRecordRow, 1);

  row->id[0] = sequence >> 8;
  row->id[15] = sequence & 0xff;
  row->sequence = sequence;
  row->number = g_strdup_printf ("0007-%06" G_GINT64_FORMAT "-K", sequence);
  row->service = 3;
  row->file = g_strdup_printf ("%" G_GINT64_FORMAT ".age", sequence);
  row->size = 1000 + sequence;
  row->sha256[31] = sequence & 0xff;
  row->manifest = g_bytes_new_static ("manifest", 8);
  row->created_s = NOW_S + sequence;
  return row;
}

static KouanRecordRow *
capture (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (fixture->db, &error);
  KouanRecordRow *row = row_new (kouan_records_next_sequence (fixture->db, &error));

  g_assert_no_error (error);
  g_assert_true (kouan_records_insert (fixture->db, row, &error));
  g_assert_true (kouan_transaction_commit (g_steal_pointer (&transaction), &error));
  g_assert_no_error (error);
  return row;
}

static int
count_step (void *data)
{
  (*(guint *)data)++;
  return 0;
}

/* Instructions of SQLite's machine, which are the same on a busy computer as on an idle one. */
static guint
count_work (Fixture *fixture, gint64 after)
{
  g_autoptr (KouanRecordRow) row = NULL;
  guint steps = 0;

  sqlite3_progress_handler (kouan_database_get_handle (fixture->db), 1, count_step, &steps);
  row = kouan_records_next_due (fixture->db, NOW_S, after, TRUE, NULL);
  g_assert_nonnull (row);
  g_assert_cmpint (row->sequence, ==, after + 1);
  sqlite3_progress_handler (kouan_database_get_handle (fixture->db), 0, NULL, NULL);
  return steps;
}

static void
capture_many (Fixture *fixture, guint count)
{
  g_autoptr (KouanTransaction) transaction = kouan_transaction_begin (fixture->db, NULL);

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (KouanRecordRow) row = capture (fixture);

      g_assert_nonnull (row);
    }
  g_assert_true (kouan_transaction_commit (g_steal_pointer (&transaction), NULL));
}

/* Finding the next record costs the same in a queue of ten thousand as in one of ten. */
static void
test_ten_thousand (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanRecordBalance balance;
  guint few;

  capture_many (fixture, 10);
  few = count_work (fixture, 5);
  capture_many (fixture, 9990);
  g_assert_cmpuint (count_work (fixture, 5), ==, few);
  g_assert_cmpuint (count_work (fixture, 9000), ==, few);
  g_assert_true (kouan_records_balance (fixture->db, &balance, NULL));
  g_assert_cmpint (balance.captured, ==, 10000);
  g_assert_cmpint (balance.queued, ==, 10000);
}

static GBytes *
receipt_for (KouanRecordState state)
{
  return g_bytes_new_static (kouan_record_state_to_string (state), 4);
}

static gboolean
move (Fixture *fixture, const KouanRecordRow *row, KouanRecordState state, GError **error)
{
  g_autoptr (GBytes) receipt = receipt_for (state);

  return kouan_records_set_state (fixture->db, row->id, state, receipt, NULL, NOW_S, error);
}

static void
assert_state (Fixture *fixture, const KouanRecordRow *row, KouanRecordState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanRecordRow) found = kouan_records_find (fixture->db, row->id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (kouan_record_state_to_string (found->state), ==,
                   kouan_record_state_to_string (state));
}

static guint
count_audit (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = kouan_audit_list (fixture->db, 0, 10000, &error);

  g_assert_no_error (error);
  return entries->len;
}

static void
test_round_trip (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanRecordRow) row = capture (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanRecordRow) found = kouan_records_find_number (fixture->db, row->number, &error);
  guint8 unknown[16] = { 9 };

  g_assert_no_error (error);
  g_assert_cmpmem (found->id, 16, row->id, 16);
  g_assert_cmpint (found->sequence, ==, 1);
  g_assert_cmpint (found->service, ==, 3);
  g_assert_cmpint (found->state, ==, KOUAN_RECORD_QUEUED);
  g_assert_cmpstr (found->file, ==, "1.age");
  g_assert_cmpint (found->size, ==, 1001);
  g_assert_cmpmem (found->sha256, 32, row->sha256, 32);
  g_assert_true (g_bytes_equal (found->manifest, row->manifest));
  g_assert_null (found->receipt);
  g_assert_null (found->trouble);
  g_assert_cmpint (found->created_s, ==, NOW_S + 1);
  g_assert_null (kouan_records_find (fixture->db, unknown, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
}

static void
test_sequence_has_no_gap (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanRecordRow) first G_GNUC_UNUSED = capture (fixture);
  g_autoptr (KouanRecordRow) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_database_begin (fixture->db, &error));
  g_assert_cmpint (kouan_records_next_sequence (fixture->db, &error), ==, 2);
  kouan_database_rollback (fixture->db);
  second = capture (fixture);
  g_assert_cmpint (second->sequence, ==, 2);
}

static void
test_same_again_is_a_conflict (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanRecordRow) row = capture (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (kouan_records_insert (fixture->db, row, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_assert_cmpuint (count_audit (fixture), ==, 1);
}

/* The edges again, written as a picture rather than as a list: rows from, columns to. */
static const char *const edge_table[] = {
  /* queued sending committed archived erased refused */
  "= y y n n y", /* queued */
  "y = y n n y", /* sending */
  "n n = y n y", /* committed */
  "n n n = y n", /* archived */
  "n n n n = n", /* erased */
  "y n n n n =", /* refused */
};

static const KouanRecordState ways[][4] = {
  [KOUAN_RECORD_QUEUED] = { KOUAN_RECORD_QUEUED },
  [KOUAN_RECORD_SENDING] = { KOUAN_RECORD_SENDING },
  [KOUAN_RECORD_COMMITTED] = { KOUAN_RECORD_SENDING, KOUAN_RECORD_COMMITTED },
  [KOUAN_RECORD_ARCHIVED] = { KOUAN_RECORD_COMMITTED, KOUAN_RECORD_ARCHIVED },
  [KOUAN_RECORD_ERASED] = { KOUAN_RECORD_COMMITTED, KOUAN_RECORD_ARCHIVED, KOUAN_RECORD_ERASED },
  [KOUAN_RECORD_REFUSED] = { KOUAN_RECORD_REFUSED },
};

static KouanRecordRow *
capture_in (Fixture *fixture, KouanRecordState state)
{
  KouanRecordRow *row = capture (fixture);
  KouanRecordState now = KOUAN_RECORD_QUEUED;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; now != state; i++)
    {
      now = ways[state][i];
      g_assert_true (move (fixture, row, now, &error));
      g_assert_no_error (error);
    }
  return row;
}

static void
test_every_edge (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (guint from = 0; from < G_N_ELEMENTS (edge_table); from++)
    for (guint to = 0; to < G_N_ELEMENTS (edge_table); to++)
      {
        g_autoptr (KouanRecordRow) row = capture_in (fixture, from);
        g_autoptr (GError) error = NULL;
        guint before = count_audit (fixture);
        char expected = edge_table[from][2 * to];
        gboolean moved = move (fixture, row, to, &error);

        if (expected == 'n')
          g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
        else
          g_assert_no_error (error);
        g_assert_cmpint (moved, ==, expected != 'n');
        assert_state (fixture, row, moved ? to : from);
        if (expected != '=')
          g_assert_cmpuint (count_audit (fixture), ==, before + (moved ? 1 : 0));
      }
}

static void
test_repetition_is_silent (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanRecordRow) row = capture_in (fixture, KOUAN_RECORD_COMMITTED);
  g_autoptr (KouanRecordRow) found = NULL;
  g_autoptr (GBytes) newer = g_bytes_new_static ("newer", 5);
  g_autoptr (GError) error = NULL;
  guint before = count_audit (fixture);

  g_assert_true (move (fixture, row, KOUAN_RECORD_COMMITTED, &error));
  g_assert_cmpuint (count_audit (fixture), ==, before);
  g_assert_true (kouan_records_set_state (fixture->db, row->id, KOUAN_RECORD_COMMITTED, newer, NULL,
                                          NOW_S, &error));
  g_assert_cmpuint (count_audit (fixture), ==, before + 1);
  found = kouan_records_find (fixture->db, row->id, &error);
  g_assert_true (g_bytes_equal (found->receipt, newer));
}

static void
test_no_word_no_state (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanRecordRow) row = capture (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (kouan_records_set_state (fixture->db, row->id, KOUAN_RECORD_COMMITTED, NULL, NULL,
                                           NOW_S, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  assert_state (fixture, row, KOUAN_RECORD_QUEUED);
}

static void
test_erased_forgets_the_file (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanRecordRow) row = capture_in (fixture, KOUAN_RECORD_ERASED);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanRecordRow) found = kouan_records_find (fixture->db, row->id, &error);

  g_assert_null (found->file);
  g_assert_nonnull (found->receipt);
  g_assert_cmpstr (found->number, ==, row->number);
}

static void
test_due_order_and_waits (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanRecordRow) waits = capture (fixture);
  g_autoptr (KouanRecordRow) refused G_GNUC_UNUSED = capture_in (fixture, KOUAN_RECORD_REFUSED);
  g_autoptr (KouanRecordRow) sending = capture_in (fixture, KOUAN_RECORD_SENDING);
  g_autoptr (KouanRecordRow) committed = capture_in (fixture, KOUAN_RECORD_COMMITTED);
  g_autoptr (KouanRecordRow) due = NULL;
  g_autoptr (KouanRecordRow) next = NULL;
  g_autoptr (KouanRecordRow) later = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (
    kouan_records_set_retry (fixture->db, waits->id, 3, NOW_S + 60, "no route", NOW_S, &error));
  due = kouan_records_next_due (fixture->db, NOW_S, 0, TRUE, &error);
  g_assert_cmpint (due->sequence, ==, sending->sequence);
  next = kouan_records_next_due (fixture->db, NOW_S, due->sequence, TRUE, &error);
  g_assert_cmpint (next->sequence, ==, committed->sequence);
  g_assert_null (kouan_records_next_due (fixture->db, NOW_S, next->sequence, TRUE, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
  later = kouan_records_next_due (fixture->db, NOW_S + 60, 0, TRUE, NULL);
  g_assert_cmpint (later->sequence, ==, waits->sequence);
  g_assert_cmpint (later->attempts, ==, 3);
  g_assert_cmpstr (later->trouble, ==, "no route");
}

/* The retry was set while the clock stood in 2031. */
static void
test_a_clock_that_jumped_strands_nothing (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanRecordRow) row = capture (fixture);
  g_autoptr (KouanRecordRow) due = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_records_set_retry (fixture->db, row->id, 1, NOW_S + 2000 * (gint64)DAY_S,
                                          NULL, NOW_S, &error));
  due = kouan_records_next_due (fixture->db, NOW_S, 0, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (due->sequence, ==, row->sequence);
}

static void
test_retry_queues_again (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanRecordRow) row = capture_in (fixture, KOUAN_RECORD_SENDING);
  g_autoptr (KouanRecordRow) refused = capture_in (fixture, KOUAN_RECORD_REFUSED);
  g_autoptr (KouanRecordRow) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_records_set_retry (fixture->db, row->id, 1, NOW_S, "reset", NOW_S, &error));
  assert_state (fixture, row, KOUAN_RECORD_QUEUED);
  g_assert_false (
    kouan_records_set_retry (fixture->db, refused->id, 1, NOW_S, NULL, NOW_S, &error));
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_true (kouan_records_set_state (fixture->db, row->id, KOUAN_RECORD_REFUSED, NULL, "hash",
                                          NOW_S, &error));
  g_assert_true (
    kouan_records_set_state (fixture->db, row->id, KOUAN_RECORD_QUEUED, NULL, NULL, NOW_S, &error));
  found = kouan_records_find (fixture->db, row->id, &error);
  g_assert_cmpint (found->attempts, ==, 0);
  g_assert_null (found->trouble);
}

static void
test_balance (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanRecordBalance balance;
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_records_balance (fixture->db, &balance, &error));
  g_assert_cmpint (balance.captured, ==, 0);
  g_assert_cmpint (balance.oldest_waiting_s, ==, 0);
  for (guint state = 0; state < G_N_ELEMENTS (ways); state++)
    kouan_record_row_free (capture_in (fixture, state));
  g_assert_true (kouan_records_balance (fixture->db, &balance, &error));
  g_assert_cmpint (balance.captured, ==, 6);
  g_assert_cmpint (balance.queued, ==, 2);
  g_assert_cmpint (balance.sent, ==, 1);
  g_assert_cmpint (balance.archived, ==, 2);
  g_assert_cmpint (balance.refused, ==, 1);
  g_assert_cmpint (balance.bytes_waiting, ==, 1001 + 1002);
  g_assert_cmpint (balance.oldest_waiting_s, ==, NOW_S + 1);
}

static void
test_list_pages (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) head = NULL;
  g_autoptr (GPtrArray) tail = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    kouan_record_row_free (capture (fixture));
  head = kouan_records_list (fixture->db, 0, 3, &error);
  tail = kouan_records_list (fixture->db, 3, 3, &error);
  g_assert_cmpuint (head->len, ==, 3);
  g_assert_cmpuint (tail->len, ==, 2);
  g_assert_cmpint (((KouanRecordRow *)tail->pdata[0])->sequence, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add ("/db/records/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("sequence-has-no-gap", test_sequence_has_no_gap);
  ADD ("same-again-is-a-conflict", test_same_again_is_a_conflict);
  ADD ("every-edge", test_every_edge);
  ADD ("repetition-is-silent", test_repetition_is_silent);
  ADD ("no-word-no-state", test_no_word_no_state);
  ADD ("erased-forgets-the-file", test_erased_forgets_the_file);
  ADD ("due-order-and-waits", test_due_order_and_waits);
  ADD ("a-clock-that-jumped-strands-nothing", test_a_clock_that_jumped_strands_nothing);
  ADD ("retry-queues-again", test_retry_queues_again);
  ADD ("balance", test_balance);
  ADD ("ten-thousand", test_ten_thousand);
  ADD ("list-pages", test_list_pages);
  return g_test_run ();
}
