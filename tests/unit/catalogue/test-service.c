/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/catalogue/checklist.h"
#include "app/catalogue/deadline.h"
#include "app/clock/date.h"
#include "app/language/language.h"
#include "tests/unit/catalogue/sample.h"

#include <string.h>

/* What answers to the sample service come to. */

typedef struct
{
  KouanService *service;
  KouanAnswers *answers;
  KouanContext context;
} Visit;

static void
visit_begin (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  visit->service = sample_service ();
  visit->answers = kouan_answers_new ();
  sample_context (&visit->context);
}

static void
visit_end (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  kouan_answers_unref (visit->answers);
  kouan_service_unref (visit->service);
}

static void
answer (Visit *visit, const char *id, const char *value)
{
  kouan_answers_set (visit->answers, id, value);
}

static void
test_heading (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  KouanService *service = visit->service;

  g_assert_cmpstr (kouan_service_get_id (service), ==, "sample");
  g_assert_cmpuint (kouan_service_get_code (service), ==, 900);
  g_assert_cmpstr (kouan_service_get_name (service, "zh-Hans"), ==, "示例");
  g_assert_cmpstr (kouan_service_get_name (service, "fr"), ==, "Sample");
  g_assert_cmpstr (kouan_service_get_audience (service, "en"), ==, "For nobody.");
  g_assert_true (kouan_service_has_profile (service, "overseas"));
  g_assert_false (kouan_service_has_profile (service, "border"));
  g_assert_cmpuint (kouan_service_get_questions (service)->len, ==, 7);
  g_assert_null (kouan_service_find_question (service, "nothing"));
  g_assert_cmpstr (kouan_document_item_get_id (kouan_service_find_document_by_code (service, 7)),
                   ==, "stale");
  g_assert_cmpstr (
    kouan_document_group_get_name (kouan_service_find_group_by_code (service, 20), "en"), ==,
    "Proof");
  g_assert_null (kouan_service_find_document_by_code (service, 20));
}

static void
test_document (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  KouanDocumentItem *spare = kouan_service_find_document (visit->service, "spare");

  g_assert_cmpuint (kouan_document_item_get_max_pages (spare), ==, 7);
  g_assert_cmpuint (kouan_document_item_get_max_age_months (spare), ==, 6);
  g_assert_true (kouan_document_item_needs_colour (spare));
  g_assert_true (kouan_document_item_needs_translation (spare));
  g_assert_false (kouan_document_item_may_come_later (spare));
  g_assert_null (kouan_document_item_get_hint (spare, "en"));
  g_assert_cmpuint (kouan_document_item_get_rules (spare)->len, ==, 1);
}

/* What pages and receipts show of each part. */
static void
test_parts (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  KouanQuestion *name = kouan_service_find_question (visit->service, "name");
  KouanQuestion *count = kouan_service_find_question (visit->service, "count");
  KouanQuestion *left = kouan_service_find_question (visit->service, "left");
  KouanDocumentItem *one = kouan_service_find_document (visit->service, "one");
  KouanRule *rumour = kouan_service_get_rules (visit->service)->pdata[1];
  KouanChoice *green
    = kouan_question_get_choices (kouan_service_find_question (visit->service, "colour"))->pdata[1];
  GDate day;

  g_assert_cmpint (kouan_question_get_kind (name), ==, KOUAN_QUESTION_TEXT);
  g_assert_cmpint (kouan_question_get_pattern (name), ==, KOUAN_PATTERN_NAME);
  g_assert_cmpuint (kouan_question_get_max_length (name), ==, 10);
  g_assert_cmpstr (kouan_question_get_label (name, "zh-Hans"), ==, "姓名？");
  g_assert_cmpstr (kouan_question_get_section (name, "en"), ==, "Main");
  g_assert_null (kouan_question_get_hint (name, "en"));
  g_assert_true (kouan_question_is_required (name));
  g_assert_false (kouan_question_is_required (left));
  g_assert_cmpuint (kouan_question_get_rules (count)->len, ==, 1);
  g_assert_cmpstr (kouan_choice_get_label (green, "en"), ==, "Green");
  g_assert_cmpuint (kouan_document_item_get_code (one), ==, 4);
  g_assert_cmpstr (kouan_document_item_get_name (one, "en"), ==, "One");
  g_assert_cmpstr (kouan_document_group_get_id (kouan_document_item_get_group (one)), ==, "proof");
  g_assert_cmpuint (kouan_document_group_get_code (kouan_document_item_get_group (one)), ==, 20);
  g_assert_cmpuint (kouan_service_get_documents (visit->service)->len, ==, 8);
  g_assert_cmpstr (kouan_rule_get_text (rumour, "en"), ==, "People say so.");
  g_assert_cmpstr (kouan_rule_get_source (rumour, "zh-Hans"), ==, "论坛");
  g_assert_cmpstr (kouan_rule_get_jurisdiction (rumour), ==, "UTO");
  g_assert_cmpint (kouan_rule_get_grade (rumour), ==, KOUAN_GRADE_SECOND_HAND);
  kouan_rule_get_as_of (rumour, &day);
  g_assert_cmpuint (g_date_get_year (&day), ==, 2026);
  g_assert_cmpstr (kouan_service_get_description (visit->service, "en"), ==, "For the tests.");
}

static gboolean
is_asked (Visit *visit, const char *id)
{
  g_autoptr (GPtrArray) asked
    = kouan_service_visible_questions (visit->service, visit->answers, &visit->context);

  return g_ptr_array_find (asked, kouan_service_find_question (visit->service, id), NULL);
}

static void
test_visible (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_true (is_asked (visit, "colour"));
  g_assert_false (is_asked (visit, "shade")); /* not known is not shown */
  answer (visit, "colour", "red");
  g_assert_true (is_asked (visit, "shade"));
  g_assert_false (is_asked (visit, "why"));
  answer (visit, "shade", "yes");
  g_assert_true (is_asked (visit, "why"));
  answer (visit, "colour", "green"); /* what hides a question hides what hangs on it */
  g_assert_false (is_asked (visit, "shade"));
  g_assert_false (is_asked (visit, "why"));
  answer (visit, "colour", "blue"); /* no such choice: not answered */
  g_assert_false (is_asked (visit, "shade"));
}

static void
test_forget_hidden (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  answer (visit, "colour", "green");
  answer (visit, "shade", "yes");
  answer (visit, "why", "somewhere");
  answer (visit, "stray", "x");
  kouan_service_forget_hidden (visit->service, visit->answers, &visit->context);
  g_assert_cmpuint (kouan_answers_get_count (visit->answers), ==, 1);
  g_assert_cmpstr (kouan_answers_get (visit->answers, "colour"), ==, "green");
}

static KouanNeed
need (KouanChecklist *checklist, const char *id)
{
  const KouanChecklistItem *item = kouan_checklist_find (checklist, id);

  g_assert_nonnull (item);
  return item->need;
}

static void
test_checklist (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanChecklist) checklist = NULL;

  answer (visit, "colour", "green");
  answer (visit, "shade", "yes"); /* left from before; hidden now */
  checklist = kouan_service_checklist (visit->service, visit->answers, &visit->context);
  g_assert_cmpuint (kouan_checklist_get_count (checklist), ==, 8);
  g_assert_true (kouan_checklist_get_service (checklist) == visit->service);
  g_assert_cmpint (need (checklist, "always"), ==, KOUAN_NEED_NEEDED);
  g_assert_cmpint (need (checklist, "dark"), ==, KOUAN_NEED_ASK);
  g_assert_cmpint (need (checklist, "child"), ==, KOUAN_NEED_ASK); /* no date of birth */
  g_assert_cmpint (need (checklist, "one"), ==, KOUAN_NEED_EITHER_OR);
  g_assert_cmpint (need (checklist, "spare"), ==, KOUAN_NEED_OPTIONAL);
  g_assert_null (kouan_checklist_find (checklist, "nothing"));
  g_assert_cmpstr (kouan_need_id (KOUAN_NEED_EITHER_OR), ==, "either-or");
}

static void
test_checklist_age (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  static const struct
  {
    guint day, month, year;
    KouanNeed need;
  } births[] = {
    { 3, 5, 2008, KOUAN_NEED_NOT_NEEDED }, /* eighteen today */
    { 4, 5, 2008, KOUAN_NEED_NEEDED },
    { 29, 2, 2008, KOUAN_NEED_NOT_NEEDED },
    { 4, 5, 2026, KOUAN_NEED_ASK }, /* tomorrow: nobody can tell */
  };

  for (guint i = 0; i < G_N_ELEMENTS (births); i++)
    {
      g_autoptr (KouanChecklist) checklist = NULL;

      g_date_set_dmy (&visit->context.birth_date, births[i].day, births[i].month, births[i].year);
      checklist = kouan_service_checklist (visit->service, visit->answers, &visit->context);
      g_assert_cmpint (need (checklist, "child"), ==, births[i].need);
    }
}

static void
test_certain (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanChecklist) checklist
    = kouan_service_checklist (visit->service, visit->answers, &visit->context);
  const KouanChecklistItem *always = kouan_checklist_find (checklist, "always");
  const KouanChecklistItem *hearsay = kouan_checklist_find (checklist, "hearsay");
  const KouanChecklistItem *stale = kouan_checklist_find (checklist, "stale");
  const KouanChecklistItem *child = kouan_checklist_find (checklist, "child");
  g_autofree char *why_always = kouan_checklist_item_reason (always, &visit->context, "en");
  g_autofree char *why_hearsay = kouan_checklist_item_reason (hearsay, &visit->context, "en");
  g_autofree char *why_stale = kouan_checklist_item_reason (stale, &visit->context, "en");
  g_autofree char *why_child = kouan_checklist_item_reason (child, &visit->context, "en");

  g_assert_true (always->certain); /* the better of its two rules */
  g_assert_cmpstr (why_always, ==, "The law says so.\nSource: Act 1, seen on 1 January 2026.");
  g_assert_false (hearsay->certain);
  g_assert_true (g_str_has_suffix (why_hearsay, "not from the authority. Ask at the desk."));
  g_assert_false (stale->certain);
  g_assert_true (g_str_has_suffix (why_stale, "Ask at the desk whether it still holds."));
  g_assert_true (g_str_has_prefix (why_child, "We can't tell from your answers"));
}

static void
test_desk_rules (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) rules
    = kouan_service_desk_rules (visit->service, visit->answers, &visit->context);
  g_autoptr (GPtrArray) later = NULL;
  GDate day;

  g_assert_cmpuint (rules->len, ==, 2);
  g_assert_cmpstr (kouan_rule_get_id (rules->pdata[0]), ==, "rumour");
  g_assert_cmpstr (kouan_rule_get_id (rules->pdata[1]), ==, "old");
  kouan_rule_get_review_by (rules->pdata[0], &day);
  g_assert_false (kouan_rule_is_due (rules->pdata[0], &day)); /* its last day counts */
  g_date_set_dmy (&visit->context.today, 2, 1, 2027);
  later = kouan_service_desk_rules (visit->service, visit->answers, &visit->context);
  g_assert_cmpuint (later->len, ==, 3); /* the law is due too */
}

/* id:later pairs, in order: "always hearsay:later" */
static char *
missing (Visit *visit, const char *const *kept)
{
  g_autoptr (KouanChecklist) checklist
    = kouan_service_checklist (visit->service, visit->answers, &visit->context);
  g_autoptr (GArray) array = kouan_checklist_missing (checklist, kept);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < array->len; i++)
    {
      const KouanMissing *entry = &g_array_index (array, KouanMissing, i);

      g_string_append_printf (text, "%s%u%s", i > 0 ? " " : "", entry->code,
                              entry->may_come_later ? ":later" : "");
      g_assert_nonnull (kouan_missing_get_name (entry, "en"));
    }
  return g_string_free (text, FALSE);
}

static void
test_missing (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const two[] = { "other", "always", NULL };
  static const char *const all[] = { "always", "one", "hearsay", "stale", NULL };
  g_autofree char *nothing_kept = missing (visit, NULL);
  g_autofree char *two_kept = missing (visit, two);
  g_autofree char *all_kept = missing (visit, all);
  g_autofree char *dark = NULL;

  g_assert_cmpstr (nothing_kept, ==, "1 20:later 6:later 7:later");
  g_assert_cmpstr (two_kept, ==, "6:later 7:later"); /* either of the group is enough */
  g_assert_cmpstr (all_kept, ==, "");
  answer (visit, "colour", "red");
  answer (visit, "shade", "yes");
  dark = missing (visit, all);
  g_assert_cmpstr (dark, ==, "2");
}

static void
test_fees (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) none = kouan_service_fees (visit->service, visit->answers, &visit->context);
  g_autoptr (GPtrArray) fees = NULL;
  g_autofree char *amount = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  answer (visit, "count", "3");
  fees = kouan_service_fees (visit->service, visit->answers, &visit->context);
  g_assert_cmpuint (fees->len, ==, 1);
  amount = kouan_fee_format_amount (fees->pdata[0]);
  g_assert_cmpstr (amount, ==, "CNY 12.50");
  g_assert_cmpstr (kouan_fee_get_name (fees->pdata[0], "zh-Hans"), ==, "费用");
  g_assert_cmpint (kouan_fee_get_amount (fees->pdata[0]), ==, 1250);
  g_assert_cmpstr (kouan_fee_get_currency (fees->pdata[0]), ==, "CNY");
  g_assert_cmpuint (kouan_fee_get_rules (fees->pdata[0])->len, ==, 1);
}

static void
test_amounts (void)
{
  static const struct
  {
    const char *currency;
    gint64 amount;
    const char *text;
  } amounts[] = { { "CNY", 40000, "CNY 400" },
                  { "CNY", 5, "CNY 0.05" },
                  { "JPY", 1500, "JPY 1500" },
                  { "KWD", 1005, "KWD 1.005" } };

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      KouanFee *fee = kouan_model_fee_new ();
      g_autofree char *text = NULL;

      fee->currency = g_strdup (amounts[i].currency);
      fee->amount = amounts[i].amount;
      text = kouan_fee_format_amount (fee);
      g_assert_cmpstr (text, ==, amounts[i].text);
      kouan_model_fee_free (fee);
    }
}

static void
test_deadlines (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GArray) none
    = kouan_service_deadlines (visit->service, visit->answers, &visit->context);
  g_autoptr (GArray) states = NULL;
  const KouanDeadlineState *state;
  g_autofree char *last = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  answer (visit, "left", "2026-04-06");
  answer (visit, "colour", "red");
  states = kouan_service_deadlines (visit->service, visit->answers, &visit->context);
  g_assert_cmpuint (states->len, ==, 1);
  state = &g_array_index (states, KouanDeadlineState, 0);
  last = kouan_date_to_string (&state->last);
  g_assert_cmpstr (last, ==, "2026-05-06");
  g_assert_cmpint (state->day, ==, 27);
  g_assert_cmpint (state->days, ==, 30);
  g_assert_cmpint (state->days_left, ==, 3);
  g_assert_cmpstr (kouan_deadline_get_id (state->deadline), ==, "soon");
  g_assert_cmpstr (kouan_deadline_get_name (state->deadline, "zh-Hans"), ==, "尽快");
  g_assert_cmpstr (kouan_deadline_get_after (state->deadline, "en"), ==, "Too late.");
  g_assert_cmpuint (kouan_deadline_get_rules (state->deadline)->len, ==, 1);
}

static void
test_unmet (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) unknown
    = kouan_service_unmet (visit->service, visit->answers, &visit->context);
  g_autoptr (GPtrArray) unmet = NULL;
  g_autoptr (GPtrArray) met = NULL;

  g_assert_cmpuint (unknown->len, ==, 0);
  g_strlcpy (visit->context.nationality, "UTO", sizeof visit->context.nationality);
  unmet = kouan_service_unmet (visit->service, visit->answers, &visit->context);
  g_assert_cmpuint (unmet->len, ==, 1);
  g_assert_cmpstr (kouan_eligibility_get_text (unmet->pdata[0], "en"), ==, "Not for Utopians.");
  g_strlcpy (visit->context.nationality, "D", sizeof visit->context.nationality);
  met = kouan_service_unmet (visit->service, visit->answers, &visit->context);
  g_assert_cmpuint (met->len, ==, 0);
}

static void
test_context_of_document (void)
{
  static const char *const lines[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                       "L898902C36UTO7408122F1204159ZE184226B<<<<<10", NULL };
  KouanContext context;
  g_autoptr (KouanMrz) mrz = NULL;

  sample_context (&context);
  g_assert_false (g_date_valid (&context.birth_date));
  mrz = kouan_mrz_parse (lines, &context.today, NULL);
  kouan_context_set_document (&context, mrz);
  g_assert_cmpuint (g_date_get_year (&context.birth_date), ==, 1974);
  g_assert_cmpuint (g_date_get_year (&context.document_expiry), ==, 2012);
  g_assert_cmpstr (context.nationality, ==, "UTO");
}

/* id, answer, the beginning of the sentence or NULL where it can stay */
static const struct
{
  const char *id;
  const char *value;
  const char *problem;
} validations[] = {
  { "name", NULL, "Type an answer" },
  { "name", "  \n", "Type an answer" },
  { "name", "A", "Type at least 2 characters." },
  { "name", "Anna-Maria Lee", "Shorten it to 10 characters." },
  { "name", "Anna 2", "A name has letters" },
  { "name", "Zoë·李", NULL },
  { "name", "An\nna", "There is a character" },
  { "name", "An\x01na", "There is a character" },
  { "name", "\xff\xff", "This is too long" },
  { "born", "", "Give the day" },
  { "born", "2026-02-30", "The calendar has no such day." },
  { "born", "2026-05-04", "Give a day that is not after 3 May 2026." },
  { "born", "1906-05-02", "Give a day that is not before 3 May 1906." },
  { "born", "2026-05-03", NULL },
  { "left", NULL, NULL },
  { "left", "1999-01-01", "Nobody leaves before birth." },
  { "left", "2001-01-01", NULL },
  { "count", "x", "Type a whole number" },
  { "count", "0", "Type a number that is not below 1." },
  { "count", "6", "Type a number that is not above 5." },
  { "count", "5", NULL },
  { "colour", NULL, "Choose one" },
  { "colour", "blue", "Choose one" },
  { "colour", "red", NULL },
  { "shade", "perhaps", "Choose yes or no." },
  { "shade", "no", NULL },
  { "why", "1\n2\n3\n4\n5", "Write the address in at most 4 lines." },
  { "why", "Street 1\nTown", NULL },
};

static void
test_validate (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  answer (visit, "born", "2000-01-01");
  for (guint i = 0; i < G_N_ELEMENTS (validations); i++)
    {
      KouanQuestion *question = kouan_service_find_question (visit->service, validations[i].id);
      g_autofree char *problem = NULL;
      gboolean fits = kouan_question_validate (question, validations[i].value, visit->answers,
                                               &visit->context, &problem);

      g_test_message ("%s %s: %s", validations[i].id, validations[i].value,
                      problem != NULL ? problem : "stays");
      g_assert_cmpint (fits, ==, validations[i].problem == NULL);
      g_assert_cmpint (problem == NULL, ==, validations[i].problem == NULL);
      if (problem != NULL)
        g_assert_true (g_str_has_prefix (problem, validations[i].problem));
    }
}

static void
test_format_answer (Visit *visit, gconstpointer data G_GNUC_UNUSED)
{
  static const struct
  {
    const char *id;
    const char *value;
    const char *text;
    const char *language;
  } cases[] = { { "born", "2000-01-05", "5 January 2000", "en" },
                { "born", "2000-01-05", "2000年1月5日", "zh-Hans" },
                { "colour", "green", "绿", "zh-Hans" },
                { "colour", "blue", "blue", "en" },
                { "shade", "yes", "Yes", "en" },
                { "name", "Anna", "Anna", "en" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KouanQuestion *question = kouan_service_find_question (visit->service, cases[i].id);
      g_autofree char *text
        = kouan_question_format_answer (question, cases[i].value, cases[i].language);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

#define ADD(path, function) g_test_add (path, Visit, NULL, visit_begin, function, visit_end)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/service/heading", test_heading);
  ADD ("/service/document", test_document);
  ADD ("/service/parts", test_parts);
  ADD ("/service/visible", test_visible);
  ADD ("/service/forget-hidden", test_forget_hidden);
  ADD ("/service/checklist", test_checklist);
  ADD ("/service/checklist-age", test_checklist_age);
  ADD ("/service/certain", test_certain);
  ADD ("/service/desk-rules", test_desk_rules);
  ADD ("/service/missing", test_missing);
  ADD ("/service/fees", test_fees);
  g_test_add_func ("/service/amounts", test_amounts);
  ADD ("/service/deadlines", test_deadlines);
  ADD ("/service/unmet", test_unmet);
  g_test_add_func ("/service/context-of-document", test_context_of_document);
  ADD ("/service/validate", test_validate);
  ADD ("/service/format-answer", test_format_answer);
  return g_test_run ();
}
