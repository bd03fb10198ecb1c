/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/catalogue/checklist.h"
#include "app/catalogue/deadline.h"
#include "app/catalogue/json.h"
#include "app/catalogue/reader.h"
#include "app/clock/date.h"
#include "tests/testlib/fixture.h"

#include <string.h>

/* The services that ship, against applicants whose papers, fees and days were worked out by hand
 * from the sources of the rules: tests/data/catalogue/applicants.json. What a row does not name has
 * to be empty. */

#define APPLICANTS_MIN 12

static char *services_folder; /* argv[1] */

typedef struct
{
  JsonObject *row;
  KouanService *service;
  KouanAnswers *answers;
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

static void
applicant_init (Applicant *self, JsonObject *row)
{
  JsonObject *context = json_object_get_object_member (row, "context");
  g_autoptr (GError) error = NULL;
  GDate today;

  self->row = row;
  self->service = load_service (json_object_get_string_member (row, "service"));
  self->answers = kouan_answers_from_json (json_object_get_member (row, "answers"), &error);
  g_assert_no_error (error);
  read_day (row, "today", &today);
  kouan_context_init (&self->context, &today);
  read_day (context, "birth_date", &self->context.birth_date);
  read_day (context, "document_expiry", &self->context.document_expiry);
  g_strlcpy (self->context.nationality, json_object_get_string_member (context, "nationality"), 4);
}

static void
applicant_clear (Applicant *self)
{
  kouan_answers_unref (self->answers);
  kouan_service_unref (self->service);
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

  for (guint i = 0; i < all->len; i++)
    {
      KouanQuestion *question = all->pdata[i];
      const char *id = kouan_question_get_id (question);
      g_autofree char *problem = NULL;

      if (!g_ptr_array_find (asked, question, NULL))
        {
          g_string_append_printf (hidden, "%s ", id);
          g_assert_null (kouan_answers_get (self->answers, id));
          continue;
        }
      kouan_question_validate (question, kouan_answers_get (self->answers, id), self->answers,
                               &self->context, &problem);
      g_test_message ("%s: %s", id, problem != NULL ? problem : "stays");
      g_assert_null (problem);
    }
  assert_list (self, "hidden", hidden);
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
  for (guint i = 0; i < rules->len; i++)
    g_string_append_printf (found, "%s ", kouan_rule_get_id (rules->pdata[i]));
  assert_list (self, "desk_rules", found);
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
  g_assert_cmpuint (services, ==, 2);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *rows;
  gsize size;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  services_folder = argv[1];
  path = kouan_test_data ("catalogue/applicants.json");
  text = read_file (path, &size);
  root = kouan_json_parse (text, size, NULL);
  rows = json_node_get_array (root);
  g_assert_cmpuint (json_array_get_length (rows), >=, APPLICANTS_MIN);
  g_test_add_func ("/applicants/catalogue", test_shipped_catalogue);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      g_auto (GStrv) words = g_strsplit (json_object_get_string_member (row, "name"), " ", 2);
      g_autofree char *name = g_strconcat ("/applicants/", words[0], NULL);

      g_test_add_data_func (name, row, test_applicant);
    }
  return g_test_run ();
}
