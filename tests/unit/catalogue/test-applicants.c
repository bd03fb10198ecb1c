/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/catalogue/checklist.h"
#include "app/catalogue/deadline.h"
#include "app/catalogue/estimate.h"
#include "app/catalogue/json.h"
#include "app/catalogue/reader.h"
#include "app/clock/date.h"
#include "tests/testlib/fixture.h"

#include <string.h>

/* The services that ship, against applicants whose papers, fees and days were worked out by hand
 * from the sources of the rules: tests/data/catalogue/applicants*.json. What a row does not name
 * has to be empty. A row that is "like" an earlier one has its service, day, document and answers,
 * but for those that it gives itself; null takes one out. */

#define APPLICANTS_MIN 100

static char *services_folder; /* argv[1] */

typedef struct
{
  JsonObject *row;
  KouanService *service;
  KouanAnswers *answers;
  KouanCalendar *calendar;
  KouanContext context;
} Applicant;

static char *
read_file (const char *path, gsize *size)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, size, &error);
  g_assert_no_error (error);
  return text;
}

static KouanService *
load_service (const char *id)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autofree char *path = g_build_filename (services_folder, name, NULL);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
  gsize size;
  g_autofree char *text = read_file (path, &size);
  KouanService *service = kouan_read_service (name, text, size, NULL, faults);

  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s: %s", ((KouanFault *)faults->pdata[i])->path,
                    ((KouanFault *)faults->pdata[i])->what);
  g_assert_nonnull (service);
  return service;
}

static void
read_day (JsonObject *object, const char *member, GDate *day)
{
  if (json_object_has_member (object, member))
    g_assert_true (kouan_date_parse (json_object_get_string_member (object, member), day));
}

static KouanCalendar *
load_calendar (void)
{
  g_autofree char *path = g_build_filename (services_folder, "calendar.json", NULL);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
  gsize size;
  g_autofree char *text = read_file (path, &size);
  KouanCalendar *calendar = kouan_read_calendar ("calendar.json", text, size, NULL, faults);

  g_assert_nonnull (calendar);
  return calendar;
}

static void
applicant_init (Applicant *self, JsonObject *row)
{
  JsonObject *context = json_object_get_object_member (row, "context");
  g_autoptr (GError) error = NULL;
  GDate today;

  self->row = row;
  self->service = load_service (json_object_get_string_member (row, "service"));
  self->calendar = load_calendar ();
  self->answers = kouan_answers_from_json (json_object_get_member (row, "answers"), &error);
  g_assert_no_error (error);
  read_day (row, "today", &today);
  kouan_context_init (&self->context, &today);
  self->context.calendar = self->calendar;
  read_day (context, "birth_date", &self->context.birth_date);
  read_day (context, "document_expiry", &self->context.document_expiry);
  g_strlcpy (self->context.nationality, json_object_get_string_member (context, "nationality"), 4);
}

static void
applicant_clear (Applicant *self)
{
  kouan_answers_unref (self->answers);
  kouan_service_unref (self->service);
  kouan_calendar_unref (self->calendar);
}

/* The row's list as words with a space after each. */
static char *
expected (Applicant *self, const char *member)
{
  GString *text = g_string_new (NULL);
  JsonArray *array = json_object_has_member (self->row, member)
                       ? json_object_get_array_member (self->row, member)
                       : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_string_append_printf (text, "%s ", json_node_get_string (node));
      else
        g_string_append_printf (text, "%d ", (int)json_node_get_int (node));
    }
  return g_string_free (text, FALSE);
}

static void
assert_list (Applicant *self, const char *member, GString *found)
{
  g_autofree char *wanted = expected (self, member);

  g_test_message ("%s: %s", member, found->str);
  g_assert_cmpstr (found->str, ==, wanted);
  g_string_free (found, TRUE);
}

static void
check_questions (Applicant *self)
{
  g_autoptr (GPtrArray) asked
    = kouan_service_visible_questions (self->service, self->answers, &self->context);
  GPtrArray *all = kouan_service_get_questions (self->service);
  GString *hidden = g_string_new (NULL);
  guint repeated = 0;

  for (guint i = 0; i < all->len; i++)
    {
      KouanQuestion *question = all->pdata[i];
      const char *id = kouan_question_get_id (question);
      g_autofree char *problem = NULL;

      if (!g_ptr_array_find (asked, question, NULL))
        {
          if (question->times == NULL)
            g_string_append_printf (hidden, "%s ", id);
          g_assert_null (kouan_answers_get (self->answers, id));
          continue;
        }
      repeated += question->times != NULL;
      kouan_question_validate (question, kouan_answers_get (self->answers, id), self->answers,
                               &self->context, &problem);
      g_test_message ("%s: %s", id, problem != NULL ? problem : "stays");
      g_assert_null (problem);
    }
  assert_list (self, "hidden", hidden);
  g_assert_cmpint (repeated, ==,
                   json_object_get_int_member_with_default (self->row, "repeated", 0));
}

static void
check_checklist (Applicant *self)
{
  static const char *const members[] = { "needed", "either_or", "optional", "ask" };
  static const KouanNeed needs[]
    = { KOUAN_NEED_NEEDED, KOUAN_NEED_EITHER_OR, KOUAN_NEED_OPTIONAL, KOUAN_NEED_ASK };
  g_autoptr (KouanChecklist) checklist
    = kouan_service_checklist (self->service, self->answers, &self->context);
  GString *doubtful = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    {
      GString *found = g_string_new (NULL);

      for (guint j = 0; j < kouan_checklist_get_count (checklist); j++)
        {
          const KouanChecklistItem *item = kouan_checklist_get_nth (checklist, j);
          g_autofree char *reason = kouan_checklist_item_reason (item, &self->context, "zh-Hans");

          g_assert_cmpuint (strlen (reason), >, 20);
          if (item->need == needs[i])
            g_string_append_printf (found, "%s ", kouan_document_item_get_id (item->document));
          if (item->need == needs[i] && needs[i] != KOUAN_NEED_ASK && !item->certain)
            g_string_append_printf (doubtful, "%s ", kouan_document_item_get_id (item->document));
        }
      assert_list (self, members[i], found);
    }
  assert_list (self, "doubtful", doubtful);
}

static void
check_missing (Applicant *self)
{
  g_autoptr (KouanChecklist) checklist
    = kouan_service_checklist (self->service, self->answers, &self->context);
  g_autofree char *kept = expected (self, "kept");
  g_auto (GStrv) kept_ids = g_strsplit (kept, " ", -1);
  g_autoptr (GArray) array = kouan_checklist_missing (checklist, (const char *const *)kept_ids);
  GString *missing = g_string_new (NULL);
  GString *blocking = g_string_new (NULL);

  for (guint i = 0; i < array->len; i++)
    {
      const KouanMissing *entry = &g_array_index (array, KouanMissing, i);

      g_string_append_printf (missing, "%u ", entry->code);
      if (!entry->may_come_later)
        g_string_append_printf (blocking, "%u ", entry->code);
    }
  if (!json_object_has_member (self->row, "kept"))
    {
      g_string_free (missing, TRUE);
      g_string_free (blocking, TRUE);
      return;
    }
  assert_list (self, "missing", missing);
  assert_list (self, "blocking", blocking);
}

static int
compare_rules (gconstpointer a, gconstpointer b)
{
  return strcmp (kouan_rule_get_id (*(KouanRule *const *)a),
                 kouan_rule_get_id (*(KouanRule *const *)b));
}

static void
check_fees_and_rules (Applicant *self)
{
  g_autoptr (GPtrArray) fees = kouan_service_fees (self->service, self->answers, &self->context);
  g_autoptr (GPtrArray) unmet = kouan_service_unmet (self->service, self->answers, &self->context);
  g_autoptr (GPtrArray) rules
    = kouan_service_desk_rules (self->service, self->answers, &self->context);
  GString *found = g_string_new (NULL);
  JsonArray *amounts = json_object_has_member (self->row, "fees")
                         ? json_object_get_array_member (self->row, "fees")
                         : NULL;
  guint index;

  g_assert_cmpuint (fees->len, ==, amounts != NULL ? json_array_get_length (amounts) : 0);
  for (guint i = 0; i < fees->len; i++)
    {
      g_autofree char *amount = kouan_fee_format_amount (fees->pdata[i]);

      g_assert_cmpstr (amount, ==, json_array_get_string_element (amounts, i));
    }
  for (guint i = 0; i < unmet->len; i++)
    {
      g_assert_true (g_ptr_array_find (self->service->eligibility, unmet->pdata[i], &index));
      g_string_append_printf (found, "%u ", index);
    }
  assert_list (self, "unmet", found);
  found = g_string_new (NULL);
  g_ptr_array_sort (rules, compare_rules);
  for (guint i = 0; i < rules->len; i++)
    g_string_append_printf (found, "%s ", kouan_rule_get_id (rules->pdata[i]));
  assert_list (self, "desk_rules", found);
}

static void
check_doubtful_fees (Applicant *self)
{
  g_autoptr (GPtrArray) fees = kouan_service_fees (self->service, self->answers, &self->context);
  GString *found = g_string_new (NULL);

  for (guint i = 0; i < fees->len; i++)
    if (!kouan_fee_is_certain (fees->pdata[i], &self->context.today))
      g_string_append_printf (found, "%s ", kouan_fee_get_id (fees->pdata[i]));
  assert_list (self, "doubtful_fees", found);
}

/* "confirmed": the rule by which each paper that needs it is confirmed, in the order of the file */
static void
check_confirmed (Applicant *self)
{
  g_autoptr (KouanChecklist) checklist
    = kouan_service_checklist (self->service, self->answers, &self->context);
  GString *found = g_string_new (NULL);

  for (guint i = 0; i < kouan_checklist_get_count (checklist); i++)
    {
      const KouanChecklistItem *item = kouan_checklist_get_nth (checklist, i);

      if (item->need == KOUAN_NEED_NEEDED && item->authentication != NULL)
        g_string_append_printf (
          found, "%s ",
          kouan_rule_get_id (kouan_authentication_get_rules (item->authentication)->pdata[0]));
    }
  assert_list (self, "confirmed", found);
}

/* "points": what each reason counts, in the order of the file; "total" */
static void
check_estimate (Applicant *self)
{
  g_autoptr (GArray) states
    = kouan_service_estimates (self->service, self->answers, &self->context);
  GString *found = g_string_new (NULL);
  gint64 total = 0;

  for (guint i = 0; i < states->len; i++)
    {
      const KouanEstimateState *state = &g_array_index (states, KouanEstimateState, i);

      total += state->total;
      g_assert_false (state->certain);
      for (guint j = 0; j < state->points->len; j++)
        g_string_append_printf (found, "%d ",
                                (int)g_array_index (state->points, KouanPointState, j).points);
    }
  assert_list (self, "points", found);
  g_assert_cmpint (total, ==, json_object_get_int_member_with_default (self->row, "total", 0));
}

static void
check_outcome (Applicant *self)
{
  KouanOutcome *outcome = kouan_service_outcome (self->service, self->answers, &self->context);

  g_assert_cmpstr (outcome != NULL ? kouan_outcome_get_id (outcome) : NULL, ==,
                   json_object_get_string_member_with_default (self->row, "outcome", NULL));
}

/* "apply": [day, of, days left] */
static void
check_deadlines (Applicant *self)
{
  g_autoptr (GArray) states
    = kouan_service_deadlines (self->service, self->answers, &self->context);
  JsonObject *wanted = json_object_has_member (self->row, "deadlines")
                         ? json_object_get_object_member (self->row, "deadlines")
                         : NULL;

  g_assert_cmpuint (states->len, ==, wanted != NULL ? json_object_get_size (wanted) : 0);
  for (guint i = 0; i < states->len; i++)
    {
      const KouanDeadlineState *state = &g_array_index (states, KouanDeadlineState, i);
      JsonArray *days
        = json_object_get_array_member (wanted, kouan_deadline_get_id (state->deadline));

      g_assert_cmpint (state->day, ==, json_array_get_int_element (days, 0));
      g_assert_cmpint (state->days, ==, json_array_get_int_element (days, 1));
      g_assert_cmpint (state->days_left, ==, json_array_get_int_element (days, 2));
    }
}

static void
test_applicant (gconstpointer data)
{
  Applicant applicant;

  applicant_init (&applicant, (JsonObject *)data);
  check_questions (&applicant);
  check_checklist (&applicant);
  check_missing (&applicant);
  check_fees_and_rules (&applicant);
  check_deadlines (&applicant);
  check_doubtful_fees (&applicant);
  check_confirmed (&applicant);
  check_estimate (&applicant);
  check_outcome (&applicant);
  applicant_clear (&applicant);
}

/* As its author would look at it, on the day that the applicants come. */
static void
test_shipped_catalogue (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  guint services = 0;
  GDate today;

  g_assert_true (kouan_date_parse ("2026-11-23", &today));
  faults = kouan_catalogue_check (services_folder, &today, NULL, &services, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s: %s", ((KouanFault *)faults->pdata[i])->path,
                    ((KouanFault *)faults->pdata[i])->what);
  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpuint (services, ==, 19);
}

/* Copies what @row does not give itself; null takes it out. */
static void
inherit (JsonObject *row, JsonObject *from)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, from);
  while (json_object_iter_next (&iter, &name, &node))
    if (!json_object_has_member (row, name))
      json_object_set_member (row, name, json_node_copy (node));
}

static void
drop_nulls (JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    if (JSON_NODE_HOLDS_NULL (json_object_get_member (object, l->data)))
      json_object_remove_member (object, l->data);
}

static void
resolve (JsonObject *row, GHashTable *earlier)
{
  static const char *const members[] = { "context", "answers" };
  const char *like = json_object_get_string_member_with_default (row, "like", NULL);
  JsonObject *from = like != NULL ? g_hash_table_lookup (earlier, like) : NULL;

  g_assert_true ((like == NULL) == (from == NULL));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (!json_object_has_member (row, members[i]))
        json_object_set_object_member (row, members[i], json_object_new ());
      if (from != NULL)
        inherit (json_object_get_object_member (row, members[i]),
                 json_object_get_object_member (from, members[i]));
      drop_nulls (json_object_get_object_member (row, members[i]));
    }
  if (from != NULL && !json_object_has_member (row, "service"))
    json_object_set_string_member (row, "service", json_object_get_string_member (from, "service"));
  if (from != NULL && !json_object_has_member (row, "today"))
    json_object_set_string_member (row, "today", json_object_get_string_member (from, "today"));
}

/* Returns: how many applicants the file has */
static guint
add_file (const char *file, JsonNode **root)
{
  g_autofree char *path = kouan_test_data (file);
  g_autoptr (GHashTable) earlier = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize size;
  g_autofree char *text = read_file (path, &size);
  JsonArray *rows;

  *root = kouan_json_parse (text, size, NULL);
  g_assert_nonnull (*root);
  rows = json_node_get_array (*root);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      g_auto (GStrv) words = g_strsplit (json_object_get_string_member (row, "name"), " ", 2);
      g_autofree char *name = g_strconcat ("/applicants/", words[0], NULL);

      resolve (row, earlier);
      g_hash_table_insert (earlier, g_strdup (words[0]), row);
      g_test_add_data_func (name, row, test_applicant);
    }
  return json_array_get_length (rows);
}

int
main (int argc, char **argv)
{
  static const char *const files[]
    = { "catalogue/applicants.json", "catalogue/applicants-work.json",
        "catalogue/applicants-residence.json", "catalogue/applicants-border.json" };
  JsonNode *roots[G_N_ELEMENTS (files)];
  guint count = 0;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  services_folder = argv[1];
  g_test_add_func ("/applicants/catalogue", test_shipped_catalogue);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    count += add_file (files[i], &roots[i]);
  g_assert_cmpuint (count, >=, APPLICANTS_MIN);
  result = g_test_run ();
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    json_node_unref (roots[i]);
  return result;
}
