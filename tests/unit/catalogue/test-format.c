/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/catalogue/calendar-file.h"
#include "app/catalogue/checklist.h"
#include "app/catalogue/deadline.h"
#include "app/catalogue/estimate.h"
#include "app/catalogue/reader.h"
#include "app/clock/date.h"
#include "tests/testlib/fixture.h"

#include <string.h>

/* What a catalogue can say beyond plain questions and papers: people, what is repeated, countries,
 * who confirms a paper, working days, points, declarations; and calendar files of last days. */

typedef struct
{
  KouanService *service;
  KouanAnswers *answers;
  KouanCalendar *calendar;
  KouanContext context;
} Fixture;

static char *
rich_text (const char *from, const char *to)
{
  g_autofree char *path = kouan_test_data ("catalogue/rich.json");
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  if (from != NULL)
    g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);
  return g_string_free (g_steal_pointer (&changed), FALSE);
}

static void
set_day (GDate *date, const char *text)
{
  g_assert_true (kouan_date_parse (text, date));
}

static void
set_up (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = rich_text (NULL, NULL);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
  GDate today, from, to;

  self->service = kouan_read_service ("rich.json", text, strlen (text), NULL, faults);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s: %s", ((KouanFault *)faults->pdata[i])->path,
                    ((KouanFault *)faults->pdata[i])->what);
  g_assert_nonnull (self->service);
  self->answers = kouan_answers_new ();
  self->calendar = kouan_calendar_new ();
  set_day (&from, "2026-10-01");
  set_day (&to, "2026-10-07");
  g_assert_true (kouan_calendar_add (self->calendar, &from, &to, FALSE));
  set_day (&from, "2026-10-10");
  g_assert_true (kouan_calendar_add (self->calendar, &from, &from, TRUE));
  set_day (&to, "2026-12-31");
  kouan_calendar_set_until (self->calendar, &to);
  set_day (&today, "2026-10-09");
  kouan_context_init (&self->context, &today);
  self->context.calendar = self->calendar;
}

static void
tear_down (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  kouan_service_unref (self->service);
  kouan_answers_unref (self->answers);
  kouan_calendar_unref (self->calendar);
}

/* The ids of what is asked, each with a space behind it. */
static char *
asked (Fixture *self)
{
  g_autoptr (GPtrArray) questions
    = kouan_service_visible_questions (self->service, self->answers, &self->context);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < questions->len; i++)
    g_string_append_printf (ids, "%s ", kouan_question_get_id (questions->pdata[i]));
  return g_string_free (ids, FALSE);
}

static void
assert_asked (Fixture *self, const char *wanted)
{
  g_autofree char *ids = asked (self);

  g_assert_cmpstr (ids, ==, wanted);
}

#define FIRST "issued_in married "
#define LAST "moved years_worked "
#define PERSON(turn)                                                                               \
  "companion_" turn "_person_family_name companion_" turn "_person_given_names companion_" turn    \
  "_person_birth_date companion_" turn "_person_nationality companion_" turn                       \
  "_person_passport companion_" turn "_ill "

static void
test_people (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  KouanQuestion *name = kouan_service_find_question (self->service, "spouse_family_name");
  KouanQuestion *second
    = kouan_service_find_question (self->service, "companion_2_person_passport");

  assert_asked (self, FIRST "companions " LAST);
  kouan_answers_set (self->answers, "married", "yes");
  assert_asked (self,
                FIRST "spouse_family_name spouse_birth_date spouse_nationality companions " LAST);
  kouan_answers_set (self->answers, "married", "no");
  kouan_answers_set (self->answers, "companions", "2");
  assert_asked (self, FIRST "companions " PERSON ("1") PERSON ("2") LAST);
  kouan_answers_set (self->answers, "companion_1_ill", "yes");
  assert_asked (self, FIRST "companions " PERSON ("1") "companion_1_since " PERSON ("2") LAST);
  kouan_answers_set (self->answers, "companions", "0");
  assert_asked (self, FIRST "companions " LAST);
  g_assert_cmpstr (kouan_question_get_label (name, "en"), ==,
                   "Your spouse: Family name, as in the passport");
  g_assert_cmpstr (kouan_question_get_label (second, "en"), ==, "Companion 2: Passport number");
  g_assert_cmpstr (kouan_question_get_section (second, "zh-Hans"), ==, "主要");
}

/* "min": "person_birth_date" is that of the same companion. */
static void
test_short_names (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  KouanQuestion *since = kouan_service_find_question (self->service, "companion_2_since");

  kouan_answers_set (self->answers, "companions", "2");
  kouan_answers_set (self->answers, "companion_1_person_birth_date", "1970-01-01");
  kouan_answers_set (self->answers, "companion_2_person_birth_date", "2020-05-05");
  kouan_answers_set (self->answers, "companion_2_ill", "yes");
  g_assert_false (
    kouan_question_validate (since, "2019-01-01", self->answers, &self->context, NULL));
  g_assert_true (
    kouan_question_validate (since, "2021-01-01", self->answers, &self->context, NULL));
}

static void
test_country (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  KouanQuestion *country = kouan_service_find_question (self->service, "issued_in");
  g_autofree char *text = kouan_question_format_answer (country, "FRA", "en");

  g_assert_true (kouan_question_validate (country, "FRA", self->answers, &self->context, NULL));
  g_assert_false (kouan_question_validate (country, "FRX", self->answers, &self->context, NULL));
  g_assert_cmpstr (text, ==, "France");
}

static char *
demands (Fixture *self, const char *country)
{
  g_autoptr (KouanChecklist) checklist = NULL;

  kouan_answers_set (self->answers, "issued_in", country);
  checklist = kouan_service_checklist (self->service, self->answers, &self->context);
  return kouan_checklist_item_demands (kouan_checklist_find (checklist, "degree"), &self->context,
                                       "en");
}

static void
test_authentication (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const common
    = "In 简体中文 / English, or with a translation.\nIssued at most 6 months ago.\n";
  static const struct
  {
    const char *country;
    const char *text;
    guint doubtful;
  } cases[] = {
    { "FRA", "With an apostille.", 0 },
    { "CHN", "As it is.", 0 },
    { "USA",
      "Legalised by an embassy.\nWe have this from others, not from the authority. Ask at the "
      "desk.",
      1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *wanted = g_strconcat (common, cases[i].text, NULL);
      g_autofree char *found = demands (self, cases[i].country);
      g_autoptr (GPtrArray) desk
        = kouan_service_desk_rules (self->service, self->answers, &self->context);

      g_assert_cmpstr (found, ==, wanted);
      g_assert_cmpuint (desk->len, ==, cases[i].doubtful);
    }
}

static void
test_fees (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) fees = NULL;

  set_day (&self->context.birth_date, "1990-01-01");
  fees = kouan_service_fees (self->service, self->answers, &self->context);
  g_assert_cmpuint (fees->len, ==, 2);
  g_assert_cmpstr (kouan_fee_get_id (fees->pdata[0]), ==, "old");
  g_assert_false (kouan_fee_is_certain (fees->pdata[0], &self->context.today));
  g_assert_true (kouan_fee_is_certain (fees->pdata[1], &self->context.today));
}

/* Worked out on a wall calendar: ten working days from Wednesday 30 September, with 1 to 7 October
 * closed and Saturday 10 October worked, are 8, 9, 10, 12, 13, 14, 15, 16, 19 and 20 October. */
static void
test_working_days (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  static const struct
  {
    const char *moved;
    const char *last;
    gboolean certain;
  } cases[] = {
    { "2026-09-30", "2026-10-20", TRUE },
    { "2026-10-05", "2026-10-20", TRUE },
    { "2026-12-17", "2026-12-31", TRUE },
    { "2026-12-18", "2027-01-01", FALSE }, /* nobody knows the next year's holidays yet */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) states = NULL;
      const KouanDeadlineState *state;
      g_autofree char *last = NULL;

      kouan_answers_set (self->answers, "moved", cases[i].moved);
      states = kouan_service_deadlines (self->service, self->answers, &self->context);
      g_assert_cmpuint (states->len, ==, 1);
      state = &g_array_index (states, KouanDeadlineState, 0);
      last = kouan_date_to_string (&state->last);
      g_assert_cmpstr (last, ==, cases[i].last);
      g_assert_cmpint (state->certain, ==, cases[i].certain);
    }
}

static void
test_no_calendar (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GArray) states = NULL;
  const KouanDeadlineState *state;
  g_autofree char *text = NULL;

  self->context.calendar = NULL;
  kouan_answers_set (self->answers, "moved", "2026-10-01");
  states = kouan_service_deadlines (self->service, self->answers, &self->context);
  state = &g_array_index (states, KouanDeadlineState, 0);
  g_assert_cmpint (state->days, ==, 14); /* two weeks, Monday to Friday */
  text = kouan_deadline_state_format (state, "en");
  g_assert_cmpstr (text, ==,
                   "Today is day 8 of 14. The last day is 15 October 2026. This day is not "
                   "certain. Ask at the desk.");
}

static void
assert_points (Fixture *self, gint64 total, guint reasons, const char *band, gboolean certain)
{
  g_autoptr (GArray) states
    = kouan_service_estimates (self->service, self->answers, &self->context);
  const KouanEstimateState *state = &g_array_index (states, KouanEstimateState, 0);

  g_assert_cmpuint (states->len, ==, 1);
  g_assert_cmpint (state->total, ==, total);
  g_assert_cmpuint (state->points->len, ==, reasons);
  g_assert_cmpstr (kouan_estimate_state_get_band (state, "en"), ==, band);
  g_assert_cmpint (state->certain, ==, certain);
}

static void
test_points (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  assert_points (self, 0, 0, NULL, TRUE);
  kouan_answers_set (self->answers, "years_worked", "1");
  assert_points (self, 0, 0, NULL, TRUE);
  kouan_answers_set (self->answers, "years_worked", "7");
  assert_points (self, 10, 1, "Some.", TRUE);
  kouan_answers_set (self->answers, "married", "yes");
  assert_points (self, 25, 2, "Many.", FALSE);
  kouan_answers_set (self->answers, "years_worked", "40");
  assert_points (self, 30, 2, "Many.", FALSE); /* 35, and the table ends at 30 */
}

static void
assert_outcome (Fixture *self, const char *id)
{
  KouanOutcome *outcome = kouan_service_outcome (self->service, self->answers, &self->context);

  g_assert_cmpstr (kouan_outcome_get_id (outcome), ==, id);
}

/* What nobody can tell goes to the officer. */
static void
test_outcome (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  assert_outcome (self, "doctor");
  kouan_answers_set (self->answers, "companions", "1");
  kouan_answers_set (self->answers, "companion_1_ill", "no");
  assert_outcome (self, "doctor");
  g_assert_true (kouan_service_is_declaration (self->service));
  g_assert_cmpuint (kouan_service_get_declaration_days (self->service), ==, 2);
  g_assert_cmpuint (kouan_service_get_declared (self->service)->len, ==, 2);
  g_assert_cmpstr (kouan_service_get_travellers (self->service), ==, "companion");
}

static void
test_calendar_file (Fixture *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GArray) states = NULL;
  g_autofree char *text = NULL;
  g_autofree char *brief = NULL;
  g_auto (GStrv) lines = NULL;

  kouan_answers_set (self->answers, "moved", "2026-09-30");
  states = kouan_service_deadlines (self->service, self->answers, &self->context);
  text = kouan_deadlines_to_calendar (states, "zh-Hans", "A1,2", 1790000000);
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpstr (lines[0], ==, "BEGIN:VCALENDAR");
  g_assert_true (g_strv_contains ((const char *const *)lines, "DTSTART;VALUE=DATE:20261020"));
  g_assert_true (g_strv_contains ((const char *const *)lines, "DTEND;VALUE=DATE:20261021"));
  g_assert_true (g_strv_contains ((const char *const *)lines, "UID:A1\\,2-tell@kouan"));
  g_assert_true (g_strv_contains ((const char *const *)lines, "DTSTAMP:20260921T141320Z"));
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpuint (strlen (lines[i]), <=, 75);
  brief = kouan_deadlines_to_short_calendar (states, "en", "A1");
  g_assert_cmpuint (strlen (brief), <, 200);
  g_array_index (states, KouanDeadlineState, 0).certain = FALSE;
  g_assert_null (kouan_deadlines_to_calendar (states, "en", "A1", 1790000000));
  g_assert_null (kouan_deadlines_to_short_calendar (states, "en", "A1"));
}

static const struct
{
  const char *from;
  const char *to;
  KouanFaultKind kind;
  const char *path;
} cases[] = {
  { "\"FRA\", \"DEU\"", "\"FRX\"", KOUAN_FAULT_REFERENCE, "$.lists[0].countries[1]" },
  { "\"FRA\", \"DEU\"", "\"UTO\"", KOUAN_FAULT_DUPLICATE, "$.lists[0].countries[1]" },
  { "issued_in in apostille", "issued_in in apostles", KOUAN_FAULT_REFERENCE,
    "$.documents[0].authentication[0].when" },
  { "issued_in in apostille", "married in apostille", KOUAN_FAULT_EXPRESSION,
    "$.documents[0].authentication[0].when" },
  { "issued_in in apostille", "apostille = 'UTO'", KOUAN_FAULT_EXPRESSION,
    "$.documents[0].authentication[0].when" },
  { "issued_in = 'CHN'", "issued_in = 'CHI'", KOUAN_FAULT_REFERENCE,
    "$.documents[0].authentication[1].when" },
  { "[\"zh-Hans\", \"en\"], \"translation\"", "[\"klingon\"], \"translation\"",
    KOUAN_FAULT_REFERENCE, "$.documents[0].in" },
  { "\"nationality\"]", "\"height\"]", KOUAN_FAULT_VALUE, "$.questions[2].parts" },
  { "\"label\": { \"en\": \"Your spouse\", \"zh-Hans\": \"您的配偶\" }, ", "", KOUAN_FAULT_SHAPE,
    "$.questions[2].label" },
  { "\"times\": \"companions\"", "\"times\": \"married\"", KOUAN_FAULT_EXPRESSION,
    "$.questions[4].times" },
  { "\"max_times\": 3", "\"max_times\": 30", KOUAN_FAULT_VALUE, "$.questions[4].max_times" },
  { "\"kind\": \"person\", \"rules\"", "\"kind\": \"repeat\", \"rules\"", KOUAN_FAULT_VALUE,
    "$.questions[4].questions[0].kind" },
  { "\"min\": \"person_birth_date\"", "\"min\": \"person_birthday\"", KOUAN_FAULT_REFERENCE,
    "$.questions[4].questions[2].min" },
  { "10 working days", "4000 working days", KOUAN_FAULT_EXPRESSION, "$.deadlines[0].last" },
  { "10 working days", "10 working hours", KOUAN_FAULT_EXPRESSION, "$.deadlines[0].last" },
  { "age >= 18", "age >= 17", KOUAN_FAULT_OVERLAP, "$.fees[1]" },
  { "\"additional\": true, ", "", KOUAN_FAULT_OVERLAP, "$.fees[2]" },
  { "\"points\": \"20\"", "\"points\": \"married\"", KOUAN_FAULT_EXPRESSION,
    "$.estimates[0].items[1].points" },
  { "\"from\": 10,", "\"from\": 25,", KOUAN_FAULT_VALUE, "$.estimates[0].bands[1].from" },
  { "\"code\": 1, \"name\": { \"en\": \"Go on\"",
    "\"code\": 1, \"when\": \"yes\", \"name\": { \"en\": \"Go on\"", KOUAN_FAULT_SHAPE,
    "$.declaration.outcomes" },
  { "\"answers\": [\"companions\"", "\"answers\": [\"companion\"", KOUAN_FAULT_REFERENCE,
    "$.declaration.answers" },
  { "\"travellers\": \"companion\"", "\"travellers\": \"spouse\"", KOUAN_FAULT_REFERENCE,
    "$.declaration.travellers" },
};

static void
test_each_fault (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = rich_text (cases[i].from, cases[i].to);
      g_autoptr (GPtrArray) faults
        = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
      g_autoptr (KouanService) service
        = kouan_read_service ("r.json", text, strlen (text), NULL, faults);
      guint told = 0;

      g_assert_null (service);
      for (guint j = 0; j < faults->len; j++)
        {
          const KouanFault *fault = faults->pdata[j];

          g_test_message ("%s %s %s %s", kouan_fault_id (fault->kind), fault->path, fault->what,
                          fault->remedy);
          told += fault->kind == cases[i].kind && g_str_equal (fault->path, cases[i].path);
        }
      g_test_message ("%u: %s", i, cases[i].path);
      g_assert_cmpuint (told, >, 0);
      if (strstr (cases[i].path, "questions[4].") != NULL)
        g_assert_cmpuint (told, ==, 1); /* though it is asked three times */
    }
}

#define CALENDAR                                                                                   \
  "{\"format\":1,\"languages\":[\"en\"],\"rule\":{\"id\":\"r\",\"text\":{\"en\":\"t\"},"           \
  "\"source\":{"                                                                                   \
  "\"en\":\"s\"},\"as_of\":\"2026-01-01\",\"review_by\":\"2026-11-30\",\"jurisdiction\":\"UTO\","  \
  "\"grade\":\"GRADE\"},\"week\":[\"sunday\"],\"until\":\"2026-12-31\",\"closed\":[{\"from\":"     \
  "\"2026-11-08\"}]}"

static gboolean
is_beyond (const char *grade, const char *day)
{
  g_autoptr (GString) text = g_string_new (CALENDAR);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
  g_autoptr (KouanCalendar) calendar = NULL;
  gboolean beyond;
  GDate from, shifted;

  g_string_replace (text, "GRADE", grade, 1);
  calendar = kouan_read_calendar ("calendar.json", text->str, text->len, NULL, faults);
  g_assert_nonnull (calendar);
  set_day (&from, day);
  g_assert_true (kouan_calendar_shift (calendar, &from, 1, &shifted, &beyond));
  g_assert_cmpint (g_date_get_weekday (&shifted), ==, G_DATE_SUNDAY);
  return beyond;
}

/* A calendar counts as far as it is known and its rule is not due, and not at all by hearsay. */
static void
test_calendar_rule (void)
{
  g_assert_false (is_beyond ("gov", "2026-11-02"));
  g_assert_true (is_beyond ("gov", "2026-11-29"));
  g_assert_true (is_beyond ("second-hand", "2026-11-02"));
}

static void
test_calendar_faults (void)
{
  static const char *const spoiled[][3] = {
    { "[\"sunday\"]", "[]", "$.week" },
    { "[\"sunday\"]", "[\"holiday\"]", "$.week" },
    { "\"from\":", "\"to\":\"2026-01-01\",\"from\":", "$.closed[0].to" },
    { "\"2026-12-31\"", "\"2026-13-31\"", "$.until" },
    { "\"format\":1", "\"format\":2", "$.format" },
    { "{\"en\":\"t\"}", "{}", "$.rule.text.en" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (spoiled); i++)
    {
      g_autoptr (GString) text = g_string_new (CALENDAR);
      g_autoptr (GPtrArray) faults
        = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
      gboolean told = FALSE;

      g_string_replace (text, "GRADE", "law", 1);
      g_assert_cmpuint (g_string_replace (text, spoiled[i][0], spoiled[i][1], 1), ==, 1);
      g_assert_null (kouan_read_calendar ("calendar.json", text->str, text->len, NULL, faults));
      for (guint j = 0; j < faults->len; j++)
        told = told || g_str_equal (((KouanFault *)faults->pdata[j])->path, spoiled[i][2]);
      g_test_message ("%s", spoiled[i][2]);
      g_assert_true (told);
    }
}

#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/format/people", test_people);
  ADD ("/format/short-names", test_short_names);
  ADD ("/format/country", test_country);
  ADD ("/format/authentication", test_authentication);
  ADD ("/format/fees", test_fees);
  ADD ("/format/working-days", test_working_days);
  ADD ("/format/no-calendar", test_no_calendar);
  ADD ("/format/points", test_points);
  ADD ("/format/outcome", test_outcome);
  ADD ("/format/calendar-file", test_calendar_file);
  g_test_add_func ("/format/each-fault", test_each_fault);
  g_test_add_func ("/format/calendar-rule", test_calendar_rule);
  g_test_add_func ("/format/calendar-faults", test_calendar_faults);
  return g_test_run ();
}
