/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/board/board.h"

#include "app/staff/hours.h"
#include "app/staff/orders.h"
#include "app/staff/serving.h"
#include "db/kiosk/slips.h"
#include "db/kiosk/tallies.h"
#include "tests/testlib/kiosk.h"
#include "tests/testlib/staff.h"

#include <string.h>

/* What staff look at, on a kiosk that a hub has enrolled and that has records. */

typedef struct
{
  KouanTestKiosk *kiosk;
  KouanStaffGate *gate;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->kiosk = kouan_test_kiosk_new ();
  fixture->gate = kouan_staff_gate_new (fixture->kiosk->station, fixture->kiosk->world->clock,
                                        fixture->kiosk->db);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->gate);
  kouan_test_kiosk_free (fixture->kiosk);
}

static KouanBoard *
look (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  KouanBoard *board = kouan_board_new (fixture->gate, &error);

  g_assert_no_error (error);
  return board;
}

static void
submit (Fixture *fixture)
{
  g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (fixture->kiosk, 1000, 0);

  g_assert_nonnull (submitted);
}

/* To the record: three wait, then they are at the hub, and one is refused with its reason. */
static void
test_adds_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanBoard) before = NULL;
  g_autoptr (KouanBoard) after = NULL;
  g_autoptr (KouanSubmitted) last = NULL;
  g_autoptr (GError) error = NULL;
  KouanSyncReport report;
  const KouanBoardRefused *refused;

  submit (fixture);
  submit (fixture);
  last = kouan_test_kiosk_submit (fixture->kiosk, 1000, 0);
  before = look (fixture);
  g_assert_cmpint (before->balance.captured, ==, 3);
  g_assert_cmpint (before->balance.queued, ==, 3);
  g_assert_true (before->adds_up);
  g_assert_cmpuint (before->refused->len, ==, 0);
  g_assert_true (kouan_records_set_state (fixture->kiosk->db, last->record_id, KOUAN_RECORD_REFUSED,
                                          NULL, "no such service", 1, &error));
  g_assert_true (kouan_test_kiosk_sync (fixture->kiosk, &report, &error));
  after = look (fixture);
  g_assert_cmpint (after->balance.queued, ==, 0);
  g_assert_cmpint (after->balance.sent, ==, 2);
  g_assert_cmpint (after->balance.refused, ==, 1);
  g_assert_true (after->adds_up);
  refused = after->refused->pdata[0];
  g_assert_cmpstr (refused->number, ==, last->number);
  g_assert_cmpstr (refused->trouble, ==, "no such service");
  g_assert_cmpstr (kouan_board_refused_text (refused->trouble), ==, "no such service");
  g_assert_cmpstr (kouan_board_refused_text ("hub-refuses"), ==,
                   "The hub won't take it. Call the hub and name the number.");
  g_assert_cmpstr (kouan_board_refused_text (NULL), ==,
                   "Without a reason. Call the hub and name the number.");
}

/* The slip that was given out is kept, word by word, in the transaction that made the record. */
static void
test_slip_is_kept (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) submitted = kouan_test_kiosk_submit (fixture->kiosk, 1000, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *slip = kouan_slips_find (fixture->kiosk->db, submitted->number, &error);
  g_autofree char *none = NULL;

  g_assert_cmpstr (slip, ==, submitted->slip);
  none = kouan_slips_find (fixture->kiosk->db, "00007-000999-00", &error);
  g_assert_null (none);
  g_assert_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND);
}

static void
test_ages (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gint64 now_s = kouan_clock_wall_s (fixture->kiosk->world->clock);
  g_autoptr (KouanBoard) before = look (fixture);
  g_autoptr (KouanBoard) after = NULL;

  g_assert_cmpint (before->certificate_until_s, >, now_s);
  g_assert_cmpint (before->lists[3].version, ==, 0);
  g_assert_cmpuint (before->room, >, 0);
  kouan_test_roster_install (fixture->kiosk->db, 7, NULL);
  after = look (fixture);
  g_assert_cmpstr (after->lists[3].kind, ==, "roster");
  g_assert_cmpint (after->lists[3].version, ==, 7);
}

static void
add_tally (Fixture *fixture, const char *measure, const char *word, gint64 seconds)
{
  g_autoptr (GDateTime) now
    = g_date_time_new_from_unix_local (kouan_clock_wall_s (fixture->kiosk->world->clock));
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  const KouanTally tally = { day, measure, 1, word, seconds };
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_tallies_add (fixture->kiosk->db, &tally, &error));
  g_assert_no_error (error);
}

static void
test_charts (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanBoard) board = NULL;

  add_tally (fixture, KOUAN_TALLY_HOUR, "09", 0);
  add_tally (fixture, KOUAN_TALLY_HOUR, "09", 0);
  add_tally (fixture, KOUAN_TALLY_HOUR, "14", 0);
  add_tally (fixture, KOUAN_TALLY_STEP, "identity", 30);
  add_tally (fixture, KOUAN_TALLY_STEP, "identity", 90);
  board = look (fixture);
  g_assert_cmpuint (board->hours[9], ==, 2);
  g_assert_cmpuint (board->hours[14], ==, 1);
  g_assert_cmpuint (board->hours[10], ==, 0);
  g_assert_cmpstr (board->steps[1].step, ==, "identity");
  g_assert_cmpint (board->steps[1].times, ==, 2);
  g_assert_cmpint (board->steps[1].seconds, ==, 60);
  g_assert_cmpint (board->steps[0].times, ==, 0);
}

/* What the hall reads while nobody is at the kiosk. */
static void
test_serving (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanDatabase *db = fixture->kiosk->db;
  gint64 now_s = kouan_clock_wall_s (fixture->kiosk->world->clock);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (KouanServing) open = { 0 };
  g_auto (KouanServing) called = { 0 };

  kouan_serving_load (db, now_s, &open);
  g_assert_true (kouan_serving_is_open (&open));
  text = kouan_serving_text (&open, kouan_language_find ("en"));
  g_assert_null (text);
  g_assert_true (kouan_staff_call (db, fixture->kiosk->station, now_s, "details", &error));
  kouan_serving_load (db, now_s, &called);
  g_assert_cmpint (called.called_s, ==, now_s);
  g_assert_true (kouan_serving_is_open (&called));
  g_assert_false (kouan_serving_equal (&open, &called));
}

/* A call is at the hub at once, and goes from there when somebody came: a sync that is under way
 * does not keep it off. */
static void
test_hub_is_told (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanStationLock) sync
    = kouan_station_lock (fixture->kiosk->station, KOUAN_STATION_LOCK_SYNC, FALSE, FALSE);
  g_autoptr (KouanSyncRun) run
    = kouan_sync_run_new (fixture->kiosk->station, fixture->kiosk->world->clock);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (sync);
  g_assert_true (
    kouan_staff_call (fixture->kiosk->db, fixture->kiosk->station, 1796000000, "sign", &error));
  g_assert_true (kouan_sync_run_tell (run, &error));
  g_assert_no_error (error);
  rows = kouan_hub_store_list_fleet (kouan_hub_get_store (fixture->kiosk->world->hub), &error);
  g_assert_cmpstr (((KouanHubFleetRow *)rows->pdata[0])->status.troubles, ==, "staff called");
}

/* Every reason, and the hours, in every language that there is. */
static void
test_closed_in_every_language (void)
{
  const char *const *reasons = kouan_staff_reasons ();
  guint count;
  const KouanLanguage *const *languages = kouan_language_all (&count);

  for (guint i = 0; i < count; i++)
    {
      const KouanServing hours = { .closed = TRUE, .opens_s = 1796000000 };
      g_autofree char *text = kouan_serving_text (&hours, languages[i]);

      g_assert_nonnull (text);
      g_assert_null (strstr (text, "{time}"));
      for (guint k = 0; reasons[k] != NULL; k++)
        {
          const KouanServing serving = { .reason = (char *)reasons[k] };
          g_autofree char *why = kouan_serving_text (&serving, languages[i]);

          g_assert_cmpuint (strlen (why), >, strlen (_ ("Out of service. Use another kiosk.")) / 3);
        }
    }
}

#define ADD(name, test) g_test_add ("/board/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("adds-up", test_adds_up);
  ADD ("slip-is-kept", test_slip_is_kept);
  ADD ("ages", test_ages);
  ADD ("charts", test_charts);
  ADD ("serving", test_serving);
  ADD ("hub-is-told", test_hub_is_told);
  g_test_add_func ("/board/closed-in-every-language", test_closed_in_every_language);
  return g_test_run ();
}
