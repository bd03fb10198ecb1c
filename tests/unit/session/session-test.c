/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/appointment/appointment.h"
#include "app/record/declaration.h"
#include "app/record/open.h"
#include "app/record/outbox.h"
#include "app/session/session.h"
#include "app/staff/orders.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/station.h"
#include "tests/unit/session/visit-kit.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The interpreter on a real store: the whole visit, leaving and coming back, refusals, and a child
 * with ten fingers. MARKER is what a visitor says, and must be nowhere on the disk. */

#define RANDOM_EVENTS 10000

/* The pictures of the passport's pages, in order, are those of these levels; each is opened from
 * the disk. */
static void
assert_pages (VisitFixture *fixture, const char *levels)
{
  g_autoptr (KouanTrouble) trouble = NULL;

  g_assert_cmpuint (
    kouan_visit_count_pages (kouan_session_get_visit (fixture->session), "passport"), ==,
    strlen (levels));
  for (guint i = 0; levels[i] != '\0'; i++)
    {
      g_autoptr (KouanSheet) wanted = visit_sheet_new ((guint8)levels[i]);
      g_autoptr (KouanSheet) read
        = kouan_session_read_sheet (fixture->session, "passport", i, &trouble);

      g_assert_nonnull (read);
      g_assert_true (g_bytes_equal (read->jpeg->bytes, wanted->jpeg->bytes));
      g_assert_cmpstr (read->text, ==, "written on it");
      g_assert_cmpstr (read->zone, ==, "read off\nit");
      g_assert_cmpint (read->findings, ==, KOUAN_FINDING_FAINT);
    }
}

static guint
count_files (VisitFixture *fixture)
{
  g_autofree char *folder = kouan_station_path (fixture->station, KOUAN_STATION_DRAFTS);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static gboolean
tree_contains (const char *path, const char *needle)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *data = NULL;
  const char *name;
  gsize size;

  if (dir == NULL)
    return g_file_get_contents (path, &data, &size, NULL)
           && memmem (data, size, needle, strlen (needle)) != NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (tree_contains (child, needle))
        return TRUE;
    }
  return FALSE;
}

static void
assert_nothing_left (VisitFixture *fixture)
{
  KouanVisit *visit = kouan_session_get_visit (fixture->session);

  g_assert_null (visit->zone);
  g_assert_null (visit->signature);
  g_assert_cmpuint (kouan_answers_get_count (visit->answers), ==, 0);
  g_assert_cmpuint (visit->documents->len, ==, 0);
  g_assert_null (kouan_session_get_receipt_number (fixture->session));
  g_assert_null (kouan_session_get_unkept (fixture->session));
  g_assert_null (kouan_session_get_service (fixture->session));
}

static void
assert_record_opens (VisitFixture *fixture)
{
  g_autofree char *records = kouan_station_path (fixture->station, KOUAN_STATION_RECORDS);
  g_autofree char *out = g_build_filename (fixture->folder, "opened", NULL);
  g_autofree char *application = g_build_filename (out, "application.json", NULL);
  g_autofree char *paper = g_build_filename (out, "documents", "01-passport.pdf", NULL);
  g_autoptr (KouanAgeIdentity) identity = kouan_test_station_hub_identity (fixture->folder);
  g_autoptr (GDir) dir = g_dir_open (records, 0, NULL);
  g_autofree char *file = g_build_filename (records, g_dir_read_name (dir), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) members = kouan_record_open (file, identity, out, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (members->len, ==, 6);
  g_assert_true (tree_contains (application, MARKER));
  g_assert_true (tree_contains (paper, "%PDF-"));
}

static void
test_whole_visit (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *code = visit_issue (fixture);
  g_autofree char *station = g_build_filename (fixture->folder, "station", NULL);
  g_autoptr (KouanTrouble) trouble = NULL;

  visit_to_documents (fixture, code);
  g_assert_false (tree_contains (station, MARKER));
  visit_hand_in (fixture);
  visit_assert_state (fixture, KOUAN_STATE_RECEIPT);
  g_assert_cmpstr (kouan_session_get_receipt_number (fixture->session), ==, "00007-000001-13");
  g_assert_true (
    g_str_has_prefix (kouan_session_get_receipt_code (fixture->session), KOUAN_CODE_RECEIPT));
  g_assert_false (tree_contains (station, MARKER));
  assert_record_opens (fixture);
  visit_send (fixture, KOUAN_EVENT_NEXT);
  visit_send (fixture, KOUAN_EVENT_NEXT);
  assert_nothing_left (fixture);

  visit_start_session (fixture);
  visit_to_appointment (fixture);
  g_assert_false (kouan_session_take_code (fixture->session, code, &trouble));
  g_assert_cmpstr (kouan_trouble_get_id (trouble), ==, "used");
}

static void
test_comes_back_to_the_same_step (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *code = visit_issue (fixture);

  visit_to_documents (fixture, code);
  visit_start_session (fixture); /* nobody said "park": the power went */
  visit_to_appointment (fixture);
  visit_show_code (fixture, code);
  visit_assert_state (fixture, KOUAN_STATE_DOCUMENTS);
  g_assert_cmpstr (
    kouan_answers_get (kouan_session_get_visit (fixture->session)->answers, "address"), ==, MARKER);
  g_assert_cmpuint (
    kouan_visit_count_pages (kouan_session_get_visit (fixture->session), "passport"), ==, 1);
  visit_send (fixture, KOUAN_EVENT_PARK);
  assert_nothing_left (fixture);

  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->clock),
                              G_GINT64_CONSTANT (2) * 3600 * G_USEC_PER_SEC);
  visit_start_session (fixture); /* the appointment is over, the visit is not */
  visit_to_appointment (fixture);
  visit_show_code (fixture, code);
  visit_assert_state (fixture, KOUAN_STATE_DOCUMENTS);
}

static void
test_walk_in_comes_back (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTrouble) trouble = NULL;
  g_autofree char *code = NULL;

  visit_to_appointment (fixture);
  visit_send (fixture, KOUAN_EVENT_NO_CODE);
  g_assert_true (kouan_session_take_service (fixture->session, 2, &trouble));
  visit_assert_state (fixture, KOUAN_STATE_WALK_IN);
  code = g_strdup (kouan_session_get_visit (fixture->session)->code_text);
  visit_send (fixture, KOUAN_EVENT_NEXT);
  visit_show_passport (fixture);
  visit_start_session (fixture);
  visit_to_appointment (fixture);
  visit_show_code (fixture, code);
  visit_assert_state (fixture, KOUAN_STATE_DETAILS);
}

/* From a walk-in at the border to the code that an officer's reader takes. */
static void
test_declaration (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const answers[][2] = {
    { "resident", "no" },        { "cash_foreign", "yes" },
    { "companions", "1" },       { "companion_1_person_passport", "YA1234567" },
    { "spirits_ml", "700" },     { "companion_1_person_nationality", "ITA" },
    { "goods_resident", "yes" }, { "companion_1_person_birth_date", "2015-01-31" },
  };
  g_autoptr (KouanTrouble) trouble = NULL;
  g_auto (KouanDeclaration) declaration = { 0 };
  const char *code;

  visit_to_appointment (fixture);
  visit_send (fixture, KOUAN_EVENT_NO_CODE);
  g_assert_true (kouan_session_take_service (fixture->session, 21, &trouble));
  visit_send (fixture, KOUAN_EVENT_NEXT);
  visit_show_passport (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    kouan_answers_set (kouan_session_get_visit (fixture->session)->answers, answers[i][0],
                       answers[i][1]);
  /* There is nothing to hand in: the page of papers is passed by, forward and back. */
  visit_send (fixture, KOUAN_EVENT_NEXT);
  visit_assert_state (fixture, KOUAN_STATE_REVIEW);
  visit_send (fixture, KOUAN_EVENT_BACK);
  visit_assert_state (fixture, KOUAN_STATE_DETAILS);
  visit_send (fixture, KOUAN_EVENT_NEXT);
  g_assert_cmpstr (kouan_session_get_outcome_name (fixture->session, "en"), ==,
                   "Red channel: show it to the officer");
  visit_sign_and_hand_in (fixture);
  visit_assert_state (fixture, KOUAN_STATE_RECEIPT);
  code = kouan_session_get_declaration_code (fixture->session);
  g_assert_true (kouan_declaration_verify (code, kouan_station_get_keyring (fixture->station),
                                           &declaration, NULL));
  g_assert_cmpuint (declaration.service, ==, 21);
  g_assert_cmpuint (declaration.outcome, ==, 2);
  g_assert_cmpstr (declaration.number, ==, kouan_session_get_receipt_number (fixture->session));
  g_assert_cmpuint (declaration.travellers_count, ==, 2);
  g_assert_cmpstr (declaration.travellers[0].number, ==, "L898902C3");
  g_assert_cmpuint (declaration.travellers[0].birth, ==, 19740812);
  g_assert_cmpstr (declaration.travellers[1].nationality, ==, "ITA");
  g_assert_cmpuint (declaration.travellers[1].birth, ==, 20150131);
  g_assert_cmpstr (declaration.answers->pdata[2], ==, "yes"); /* cash_foreign */
  g_assert_cmpstr (declaration.answers->pdata[3], ==, "");    /* was hidden */
  g_assert_true (kouan_declaration_counts (&declaration, NOW_S));
}

static void
test_delete_leaves_nothing (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *code = visit_issue (fixture);

  visit_to_documents (fixture, code);
  visit_send (fixture, KOUAN_EVENT_LEAVE);
  assert_nothing_left (fixture);
  visit_start_session (fixture);
  visit_to_appointment (fixture);
  visit_show_code (fixture, code);
  visit_assert_state (fixture, KOUAN_STATE_IDENTITY);
}

static void
assert_refused (VisitFixture *fixture, const char *text, const char *id)
{
  g_autoptr (KouanTrouble) trouble = NULL;

  g_assert_false (kouan_session_take_code (fixture->session, text, &trouble));
  g_assert_cmpstr (kouan_trouble_get_id (trouble), ==, id);
  visit_assert_state (fixture, KOUAN_STATE_APPOINTMENT);
}

static void
test_refusals (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *early = visit_issue_for (fixture, KOUAN_TEST_HALL, NOW_S + 7200, "L898902C3");
  g_autofree char *late = visit_issue_for (fixture, KOUAN_TEST_HALL, NOW_S - 7200, "L898902C3");
  g_autofree char *elsewhere = visit_issue_for (fixture, KOUAN_TEST_HALL + 1, NOW_S, "L898902C3");
  g_autofree char *forged = visit_issue (fixture);

  visit_to_appointment (fixture);
  forged[strlen (forged) - 3] = forged[strlen (forged) - 3] == 'A' ? 'B' : 'A';
  assert_refused (fixture, early, "too-early");
  assert_refused (fixture, late, "too-late");
  assert_refused (fixture, elsewhere, "other-hall");
  assert_refused (fixture, forged, "damaged");
  assert_refused (fixture, "https://example.org/", "not-ours");
  assert_refused (fixture, "", "not-ours");
}

static void
test_another_passport (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *code = visit_issue_for (fixture, KOUAN_TEST_HALL, NOW_S, "X00000000");
  g_autoptr (KouanMrz) passport = visit_mrz ();
  g_autoptr (KouanTrouble) trouble = NULL;

  visit_to_appointment (fixture);
  visit_show_code (fixture, code);
  g_assert_false (visit_take_typed (fixture->session, passport, &trouble));
  g_assert_cmpstr (kouan_trouble_get_id (trouble), ==, "other-document");
  g_assert_null (kouan_session_get_visit (fixture->session)->zone);
}

/* What a visitor may do between two events. */
static void
do_something (VisitFixture *fixture, GRand *rand, const char *code)
{
  KouanSession *session = fixture->session;
  g_autoptr (KouanTrouble) trouble = NULL;
  g_autoptr (KouanMrz) passport = NULL;

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      if (kouan_session_take_code (session, code, &trouble))
        return;
      break;
    case 1:
      passport = visit_mrz ();
      if (kouan_session_get_state (session) == KOUAN_STATE_IDENTITY
          && visit_take_typed (session, passport, &trouble))
        return;
      break;
    case 2:
      if (kouan_flow_state_is_resumable (kouan_session_get_state (session)))
        kouan_answers_set (kouan_session_get_visit (session)->answers, "address", MARKER);
      break;
    case 3:
      kouan_session_set_language (session, "en");
      break;
    default:
      break;
    }
}

/* Sealing needs a passport and ends by itself: it is the whole visit's test. */
static gboolean
is_allowed (VisitFixture *fixture, KouanFlowEvent event)
{
  return !(kouan_session_get_state (fixture->session) == KOUAN_STATE_SIGN
           && event == KOUAN_EVENT_NEXT)
         && !(kouan_session_get_state (fixture->session) == KOUAN_STATE_APPOINTMENT
              && (event == KOUAN_EVENT_CODE_NEW || event == KOUAN_EVENT_CODE_RETURN))
         && !(kouan_session_get_state (fixture->session) == KOUAN_STATE_SERVICE
              && event == KOUAN_EVENT_NEXT);
}

static void
test_random_events (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261124);
  g_autofree char *code = visit_issue (fixture);
  g_autofree char *station = g_build_filename (fixture->folder, "station", NULL);
  guint ended = 0;

  for (guint i = 0; i < RANDOM_EVENTS; i++)
    {
      KouanFlowEvent event = g_rand_int_range (rand, 0, KOUAN_N_EVENTS);
      KouanFlowState state;

      do_something (fixture, rand, code);
      if (is_allowed (fixture, event))
        kouan_session_send (fixture->session, event);
      state = kouan_session_get_state (fixture->session);
      if (state == KOUAN_STATE_PARKED || state == KOUAN_STATE_FORGET)
        assert_nothing_left (fixture);
      if (state == KOUAN_STATE_FORGET)
        {
          visit_start_session (fixture);
          ended++;
        }
    }
  g_assert_cmpuint (ended, >, 100);
  g_assert_false (tree_contains (station, MARKER));
  g_assert_false (tree_contains (station, "ERIKSSON"));
}

/* Moved, taken again, taken out: each is on the disk, and nothing is left lying about. */
static void
test_pages_change (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *code = visit_issue (fixture);
  g_autoptr (KouanTrouble) trouble = NULL;
  g_autoptr (KouanSheet) sheet = visit_sheet_new ('d');

  visit_to_documents (fixture, code);
  visit_keep_page_of (fixture, 'b');
  visit_keep_page_of (fixture, 'c');
  g_assert_true (kouan_session_drop_sheet (fixture->session, "passport", 0, &trouble));
  assert_pages (fixture, "bc");
  g_assert_true (kouan_session_move_sheet (fixture->session, "passport", 1, 0, &trouble));
  assert_pages (fixture, "cb");
  g_assert_true (kouan_session_replace_sheet (fixture->session, "passport", 1, sheet, &trouble));
  assert_pages (fixture, "cd");
  g_assert_true (kouan_session_keep_sheet (fixture->session, "passport", 1, sheet, &trouble));
  assert_pages (fixture, "cdd");
  g_assert_cmpuint (count_files (fixture), ==, 3);

  /* After a power cut they are what they were. */
  visit_start_session (fixture);
  visit_to_appointment (fixture);
  visit_show_code (fixture, code);
  assert_pages (fixture, "cdd");
}

/* The chip is opened with what the page says; what the page told stays beside what the chip tells,
 * also after the visit was parked, and a new page begins anew. */
static void
test_chip_beside_page (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *code = visit_issue (fixture);
  g_autoptr (KouanMrz) passport = visit_mrz ();
  g_autoptr (KouanChecks) told = kouan_checks_new ();
  g_autoptr (KouanDocumentReading) chip = NULL;
  g_autoptr (KouanTrouble) trouble = NULL;
  KouanChecks *kept;

  visit_to_appointment (fixture);
  visit_show_code (fixture, code);
  g_assert_true (visit_take_typed (fixture->session, passport, &trouble));
  kouan_checks_set (told, "chip.test", KOUAN_SOURCE_ELECTRONIC, KOUAN_RESULT_UNDETERMINED);
  chip = kouan_document_reading_new (KOUAN_SOURCE_ELECTRONIC, passport, told);
  g_assert_true (kouan_session_take_reading (fixture->session, chip, &trouble));

  visit_start_session (fixture);
  visit_to_appointment (fixture);
  visit_show_code (fixture, code);
  kept = kouan_session_get_visit (fixture->session)->checks;
  g_assert_cmpint (kouan_checks_get (kept, "chip.test", KOUAN_SOURCE_ELECTRONIC)->result, ==,
                   KOUAN_RESULT_UNDETERMINED);
  g_assert_cmpint (
    kouan_checks_get (kept, KOUAN_CHECK_MRZ_DOCUMENT_NUMBER, KOUAN_SOURCE_TYPED)->result, ==,
    KOUAN_RESULT_SUCCESSFUL);
  g_assert_cmpint (kouan_checks_get (kept, KOUAN_CHECK_BIND, KOUAN_SOURCE_COMBINED)->result, ==,
                   KOUAN_RESULT_SUCCESSFUL);

  g_assert_true (visit_take_typed (fixture->session, passport, &trouble));
  kept = kouan_session_get_visit (fixture->session)->checks;
  g_assert_null (kouan_checks_get (kept, "chip.test", KOUAN_SOURCE_ELECTRONIC));
}

/* Who knows no more than the year of her birth has fillers in her passport, and in the booking. */
static void
test_unknown_birthday (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const KouanMrzContent content = {
    .format = KOUAN_MRZ_TD3,
    .document_code = "P",
    .issuer = "UTO",
    .nationality = "UTO",
    .primary = "ERIKSSON",
    .secondary = "ANNA",
    .document_number = "L898902C3",
    .birth = { 1974, 0, 0 },
    .expiry = { 2030, 4, 15 },
    .sex = KOUAN_SEX_FEMALE,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = kouan_mrz_make (&content, &error);
  g_autofree char *code = visit_issue_to (fixture, KOUAN_TEST_HALL, NOW_S, "L898902C3", "74<<<<");
  g_autoptr (KouanMrz) passport = NULL;
  g_autoptr (KouanTrouble) trouble = NULL;
  GDate today;

  g_assert_no_error (error);
  g_date_set_dmy (&today, 30, 11, 2026);
  passport = kouan_mrz_parse ((const char *const *)lines, &today, NULL);
  g_assert_nonnull (passport);
  visit_to_appointment (fixture);
  visit_show_code (fixture, code);
  g_assert_true (visit_take_typed (fixture->session, passport, &trouble));
  g_assert_null (trouble);
}

/* A disk that takes nothing: the page is not kept, nothing says that it is, and the ones before it
 * are as they were. */
static void
test_page_cannot_be_kept (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *code = visit_issue (fixture);
  g_autofree char *folder = kouan_station_path (fixture->station, KOUAN_STATION_DRAFTS);
  g_autofree char *away = g_strconcat (folder, ".away", NULL);
  g_autoptr (KouanSheet) sheet = visit_sheet_new ('b');
  g_autoptr (KouanTrouble) trouble = NULL;
  g_autoptr (KouanTrouble) another = NULL;

  visit_to_documents (fixture, code);
  visit_keep_page_of (fixture, 'c');
  g_assert_true (kouan_session_drop_sheet (fixture->session, "passport", 0, &trouble));
  g_assert_cmpint (g_rename (folder, away), ==, 0);
  g_assert_false (
    kouan_session_keep_sheet (fixture->session, "passport", G_MAXUINT, sheet, &trouble));
  g_assert_nonnull (trouble);
  g_assert_false (kouan_session_replace_sheet (fixture->session, "passport", 0, sheet, &another));
  g_assert_nonnull (another);
  g_assert_cmpint (g_rename (away, folder), ==, 0);
  assert_pages (fixture, "c");
}

#define KEPT_BEFORE_THE_END 5

/* In a process of its own: keeps pages and says so, until it is killed. */
G_GNUC_NORETURN static void
keep_for_ever (VisitFixture *fixture, const char *code, int said)
{
  visit_start_session (fixture);
  visit_to_documents (fixture, code);
  for (guint8 level = 'a';; level = level < 'p' ? level + 1 : 'a')
    {
      if (kouan_visit_count_pages (kouan_session_get_visit (fixture->session), "passport") > 15)
        pause ();
      visit_keep_page_of (fixture, level);
      if (write (said, &level, 1) != 1)
        _exit (1);
    }
}

/* kill -9 in the middle: what was said to be kept is there and opens. */
static void
test_killed (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *code = visit_issue (fixture);
  g_autoptr (KouanTrouble) trouble = NULL;
  guint8 said[KEPT_BEFORE_THE_END];
  int pipes[2];
  guint count;
  pid_t pid;

  g_clear_object (&fixture->session);
  g_assert_cmpint (pipe (pipes), ==, 0);
  pid = fork ();
  if (pid == 0)
    keep_for_ever (fixture, code, pipes[1]);
  for (guint i = 0; i < KEPT_BEFORE_THE_END; i++)
    g_assert_cmpint (read (pipes[0], &said[i], 1), ==, 1);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  close (pipes[0]);
  close (pipes[1]);
  visit_start_session (fixture);
  visit_to_appointment (fixture);
  visit_show_code (fixture, code);
  count = kouan_visit_count_pages (kouan_session_get_visit (fixture->session), "passport");
  g_assert_cmpuint (count, >=, KEPT_BEFORE_THE_END);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (KouanSheet) sheet
        = kouan_session_read_sheet (fixture->session, "passport", i, &trouble);

      g_assert_nonnull (sheet);
    }
}

/* Staff are called, and come: the call waits for them, and what was entered is on the disk before
 * they see anything. */
static void
test_staff_come (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanOutbox) outbox = kouan_outbox_new (fixture->station, fixture->clock);
  g_autoptr (KouanDatabase) db = kouan_outbox_open_database (outbox, NULL);
  g_autofree char *code = visit_issue (fixture);

  visit_to_appointment (fixture);
  visit_show_code (fixture, code);
  kouan_session_call_staff (fixture->session);
  g_assert_cmpint (kouan_staff_get_call_s (db), ==, NOW_S);
  kouan_session_hold (fixture->session);
  visit_start_session (fixture); /* as after a power cut while staff are in */
  visit_to_appointment (fixture);
  visit_show_code (fixture, code);
  visit_assert_state (fixture, KOUAN_STATE_IDENTITY);
  g_assert_cmpint (kouan_staff_get_call_s (db), ==, NOW_S);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/session/" name, VisitFixture, NULL, visit_set_up, function, visit_tear_down)
  ADD ("whole-visit", test_whole_visit);
  ADD ("comes-back", test_comes_back_to_the_same_step);
  ADD ("walk-in", test_walk_in_comes_back);
  ADD ("declaration", test_declaration);
  ADD ("pages-change", test_pages_change);
  ADD ("page-cannot-be-kept", test_page_cannot_be_kept);
  ADD ("killed", test_killed);
  ADD ("delete", test_delete_leaves_nothing);
  ADD ("refusals", test_refusals);
  ADD ("another-passport", test_another_passport);
  ADD ("chip-beside-page", test_chip_beside_page);
  ADD ("unknown-birthday", test_unknown_birthday);
  ADD ("staff-come", test_staff_come);
  ADD ("random-events", test_random_events);
  return g_test_run ();
}
