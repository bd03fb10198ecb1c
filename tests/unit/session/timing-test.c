/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/session/timing.h"
#include "db/kiosk/kiosk-store.h"
#include "db/kiosk/tallies.h"
#include "tests/testlib/fixture.h"

#define NOW_S G_GINT64_CONSTANT (1795770000) /* 2026-11-27 09:00 UTC */
#define DAY "2026-11-27"

typedef struct
{
  char *folder;
  KouanDatabase *db;
  KouanClock *clock;
  KouanTiming *timing;
  KouanVisit *visit;
  KouanFlowState state;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = NULL;

  fixture->folder = kouan_test_folder_new ();
  path = g_build_filename (fixture->folder, "kiosk.db", NULL);
  fixture->db = kouan_kiosk_store_open (path, NULL);
  fixture->clock = kouan_manual_clock_new (NOW_S * G_USEC_PER_SEC);
  fixture->timing = kouan_timing_new (fixture->clock);
  fixture->visit = kouan_visit_new ();
  fixture->state = KOUAN_STATE_ATTRACT;
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_visit_free (fixture->visit);
  kouan_timing_free (fixture->timing);
  g_object_unref (fixture->clock);
  g_object_unref (fixture->db);
  kouan_test_folder_remove (fixture->folder);
}

/* @seconds: spent at the step before it happens */
static void
go (Fixture *fixture, gint64 seconds, KouanFlowEvent event)
{
  KouanFlowStep step = kouan_flow_step (fixture->state, event, KOUAN_STATE_DETAILS);

  g_assert_true (step.accepted);
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->clock), seconds * G_USEC_PER_SEC);
  kouan_timing_note (fixture->timing, fixture->visit);
  kouan_timing_follow (fixture->timing, fixture->db, fixture->state, event, &step);
  fixture->state = step.next;
}

static void
open_appointment (Fixture *fixture, gint64 not_before_s)
{
  go (fixture, 900, KOUAN_EVENT_START);
  g_free (fixture->visit->language);
  fixture->visit->language = g_strdup ("ru");
  go (fixture, 5, KOUAN_EVENT_NEXT);
  go (fixture, 20, KOUAN_EVENT_NEXT);
  fixture->visit->service = 3;
  go (fixture, 10, KOUAN_EVENT_CODE_NEW);
  kouan_timing_set_appointment (fixture->timing, not_before_s);
}

/* Returns: how many there are of it; @seconds: (out) (optional): together */
static gint64
found (Fixture *fixture, const char *measure, gint64 service, const char *word, gint64 *seconds)
{
  g_autoptr (GPtrArray) rows = kouan_tallies_list (fixture->db, measure, DAY, DAY, NULL);
  gint64 count = 0;

  if (seconds != NULL)
    *seconds = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const KouanTallyRow *row = rows->pdata[i];

      if (row->service != service || !g_str_equal (row->word, word))
        continue;
      count += row->count;
      if (seconds != NULL)
        *seconds += row->seconds;
    }
  return count;
}

static void
test_completed (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gint64 seconds;

  open_appointment (fixture, NOW_S + 900 - 600);
  go (fixture, 30, KOUAN_EVENT_NEXT);
  go (fixture, 60, KOUAN_EVENT_NEXT);
  go (fixture, 100, KOUAN_EVENT_NEXT);
  go (fixture, 10, KOUAN_EVENT_CHANGE_DOCUMENTS);
  go (fixture, 50, KOUAN_EVENT_CHANGED);
  go (fixture, 10, KOUAN_EVENT_NEXT);
  go (fixture, 15, KOUAN_EVENT_NEXT);
  go (fixture, 3, KOUAN_EVENT_SUBMITTED);
  go (fixture, 40, KOUAN_EVENT_NEXT);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_END, 3, "completed", NULL), ==, 0);
  go (fixture, 7, KOUAN_EVENT_NEXT);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_END, 3, "completed", NULL), ==, 1);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_LANGUAGE, 0, "ru", NULL), ==, 1);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_HOUR, 0, "09", NULL), ==, 1);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_STEP, 3, "documents", &seconds), ==, 1);
  g_assert_cmpint (seconds, ==, 150);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_STEP, 3, "receipt", &seconds), ==, 1);
  g_assert_cmpint (seconds, ==, 40);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_VISIT, 3, "", &seconds), ==, 1);
  g_assert_cmpint (seconds, ==, 313);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_WAIT, 3, "", &seconds), ==, 1);
  g_assert_cmpint (seconds, ==, 600);
}

static void
test_parked_then_resumed (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  open_appointment (fixture, NOW_S + 86400);
  go (fixture, 30, KOUAN_EVENT_NEXT);
  go (fixture, 60, KOUAN_EVENT_PARK);
  go (fixture, 9, KOUAN_EVENT_NEXT);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_END, 3, "parked", NULL), ==, 1);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_PLACE, 3, "details", NULL), ==, 1);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_WAIT, 3, "", NULL), ==, 0);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_VISIT, 3, "", NULL), ==, 0);

  fixture->state = KOUAN_STATE_ATTRACT;
  go (fixture, 1, KOUAN_EVENT_START);
  go (fixture, 1, KOUAN_EVENT_NEXT);
  go (fixture, 1, KOUAN_EVENT_NEXT);
  go (fixture, 1, KOUAN_EVENT_CODE_RETURN);
  go (fixture, 91, KOUAN_EVENT_IDLE);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_RESUMED, 3, "", NULL), ==, 1);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_END, 3, "timed-out", NULL), ==, 1);
}

/* Each person of a group is counted, when their turn is over. */
static void
test_group (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  open_appointment (fixture, NOW_S);
  go (fixture, 30, KOUAN_EVENT_NEXT);
  go (fixture, 60, KOUAN_EVENT_NO_PAPERS);
  go (fixture, 10, KOUAN_EVENT_NEXT);
  go (fixture, 15, KOUAN_EVENT_NEXT);
  go (fixture, 3, KOUAN_EVENT_SUBMITTED);
  go (fixture, 20, KOUAN_EVENT_NEXT_PERSON);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_END, 3, "completed", NULL), ==, 1);

  kouan_timing_begin (fixture->timing);
  go (fixture, 10, KOUAN_EVENT_NEXT);
  go (fixture, 10, KOUAN_EVENT_CODE_NEW);
  go (fixture, 91, KOUAN_EVENT_IDLE);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_END, 3, "timed-out", NULL), ==, 1);
  go (fixture, 5, KOUAN_EVENT_NEXT_PERSON);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_END, 3, "completed", NULL), ==, 1);
}

/* Somebody touches the glass and goes. */
static void
test_left_before_a_code (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  go (fixture, 5, KOUAN_EVENT_START);
  go (fixture, 90, KOUAN_EVENT_IDLE);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_END, 0, "timed-out", NULL), ==, 1);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_PLACE, 0, "language", NULL), ==, 1);
  g_assert_cmpint (found (fixture, KOUAN_TALLY_STEP, 0, "attract", NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add ("/session/timing/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("completed", test_completed);
  ADD ("parked-then-resumed", test_parked_then_resumed);
  ADD ("group", test_group);
  ADD ("left-before-a-code", test_left_before_a_code);
  return g_test_run ();
}
