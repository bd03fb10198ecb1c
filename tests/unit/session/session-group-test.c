/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/fixture.h"
#include "tests/unit/session/visit-kit.h"

#include <string.h>

/* A family, or an employer's people: one visit after another. */

static void
next_walk_in_from_consent (VisitFixture *fixture)
{
  g_autoptr (KouanTrouble) trouble = NULL;

  kouan_session_consent (fixture->session, "I agree too.");
  visit_send (fixture, KOUAN_EVENT_NEXT);
  visit_send (fixture, KOUAN_EVENT_NO_CODE);
  g_assert_true (kouan_session_take_service (fixture->session, 1, &trouble));
}

static void
next_walk_in (VisitFixture *fixture)
{
  visit_send (fixture, KOUAN_EVENT_NEXT_PERSON);
  visit_assert_state (fixture, KOUAN_STATE_CONSENT);
  g_assert_cmpuint (kouan_answers_get_count (kouan_session_get_visit (fixture->session)->answers),
                    ==, 0);
  next_walk_in_from_consent (fixture);
}

static void
assert_group (VisitFixture *fixture, guint count, const char *last)
{
  g_autoptr (GPtrArray) numbers = kouan_session_get_group (fixture->session);

  g_assert_cmpuint (numbers->len, ==, count);
  g_assert_cmpstr (numbers->pdata[count - 1], ==, last);
}

/* One after another: what is shared comes along, all else is each person's own, and one who is
 * parked stops nobody. */
static void
test_group (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *code = visit_issue (fixture);
  KouanAnswers *answers;

  visit_to_documents (fixture, code);
  answers = kouan_session_get_visit (fixture->session)->answers;
  kouan_answers_set (answers, "address", "House 7");
  kouan_answers_set (answers, "job", "Welder");
  visit_hand_in (fixture);
  assert_group (fixture, 1, "00007-000001-13");
  next_walk_in (fixture);
  answers = kouan_session_get_visit (fixture->session)->answers;
  g_assert_cmpstr (kouan_answers_get (answers, "address"), ==, "House 7");
  g_assert_null (kouan_answers_get (answers, "job"));
  g_assert_null (kouan_session_get_mrz (fixture->session));
  visit_send (fixture, KOUAN_EVENT_PARK);
  g_assert_true (kouan_session_has_group (fixture->session));
  next_walk_in (fixture);
  answers = kouan_session_get_visit (fixture->session)->answers;
  g_assert_cmpstr (kouan_answers_get (answers, "address"), ==, "House 7");
  g_assert_cmpstr (kouan_session_get_visit (fixture->session)->group_receipt, ==,
                   "00007-000001-13");
  visit_send (fixture, KOUAN_EVENT_NEXT);
  visit_show_passport (fixture);
  visit_send (fixture, KOUAN_EVENT_NEXT);
  visit_keep_page_of (fixture, 200);
  visit_hand_in (fixture);
  visit_assert_state (fixture, KOUAN_STATE_RECEIPT);
  assert_group (fixture, 2, kouan_session_get_receipt_number (fixture->session));
  visit_send (fixture, KOUAN_EVENT_NEXT);
  visit_send (fixture, KOUAN_EVENT_NEXT);
  g_assert_false (kouan_session_has_group (fixture->session));
}

/* Where nobody answers, the next one at the kiosk may be anybody: they are offered nothing of it. */
static void
test_nobody_answers (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *code = visit_issue (fixture);

  visit_to_documents (fixture, code);
  visit_hand_in (fixture);
  next_walk_in (fixture);
  g_assert_true (kouan_session_has_group (fixture->session));
  visit_send (fixture, KOUAN_EVENT_IDLE);
  visit_assert_state (fixture, KOUAN_STATE_PARKED);
  g_assert_false (kouan_session_has_group (fixture->session));
}

/* The next person has a process image of their own: all that it has of the one before is what the
 * group shares, and that is all that is handed over. */
static void
test_group_changes_hands (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *code = visit_issue (fixture);
  g_autofree char *first = NULL;
  g_autoptr (GBytes) none = kouan_session_hand_over (fixture->session);
  g_autoptr (GBytes) text = NULL;
  g_autofree char *words = NULL;
  KouanAnswers *answers;

  g_assert_null (none);
  visit_to_documents (fixture, code);
  answers = kouan_session_get_visit (fixture->session)->answers;
  kouan_answers_set (answers, "address", "House 7");
  kouan_answers_set (answers, "job", "Welder");
  visit_hand_in (fixture);
  first = g_strdup (kouan_session_get_receipt_number (fixture->session));
  visit_send (fixture, KOUAN_EVENT_NEXT_PERSON);
  text = kouan_session_hand_over (fixture->session);
  words = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  g_assert_cmpstr (words, ==,
                   "{\"version\":1,\"language\":\"en\",\"service\":1,\"shared\":{\"address\":"
                   "\"House 7\"},\"numbers\":[\"00007-000001-13\"]}");

  visit_start_session (fixture);
  g_assert_true (kouan_session_take_over (fixture->session, text));
  visit_assert_state (fixture, KOUAN_STATE_CONSENT);
  g_assert_cmpstr (kouan_session_get_visit (fixture->session)->language, ==, "en");
  g_assert_cmpuint (kouan_session_get_group_service (fixture->session), ==, 1);
  assert_group (fixture, 1, first);
  next_walk_in_from_consent (fixture);
  answers = kouan_session_get_visit (fixture->session)->answers;
  g_assert_cmpstr (kouan_answers_get (answers, "address"), ==, "House 7");
  g_assert_cmpstr (kouan_session_get_visit (fixture->session)->group_receipt, ==, first);
}

/* What is not such a text leaves a kiosk that waits for anybody. */
static void
test_no_such_group (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const texts[] = {
    "",
    "[]",
    "{}",
    "{\"version\":2,\"language\":\"en\"}",
    "{\"version\":1}",
    "{\"version\":1,\"language\":\"tlh\"}",
    "{\"version\":1,\"language\":\"en\",\"numbers\":[],\"shared\":{}}",
    "{\"version\":1,\"language\":\"en\",\"numbers\":[1],\"shared\":{}}",
    "{\"version\":1,\"language\":\"en\",\"numbers\":[\"1\"],\"shared\":[]}",
    "{\"version\":1,\"language\":\"en\",\"numbers\":{},\"shared\":{}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) text = g_bytes_new_static (texts[i], strlen (texts[i]));

      g_assert_false (kouan_session_take_over (fixture->session, text));
      visit_assert_state (fixture, KOUAN_STATE_ATTRACT);
      g_assert_false (kouan_session_has_group (fixture->session));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                        \
  g_test_add ("/session/group/" path, VisitFixture, NULL, visit_set_up, function, visit_tear_down)
  ADD ("one-after-another", test_group);
  ADD ("nobody-answers", test_nobody_answers);
  ADD ("changes-hands", test_group_changes_hands);
  ADD ("no-such-group", test_no_such_group);
  return g_test_run ();
}
