/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/catalogue/calendar-file.h"
#include "app/catalogue/checklist.h"
#include "app/catalogue/deadline.h"
#include "app/catalogue/estimate.h"
#include "app/catalogue/json.h"
#include "app/catalogue/reader.h"
#include "tests/testlib/fixture.h"

#include <string.h>

/* Catalogues and answers, ten thousand of each in a run of all tests: the shipped services with
 * members taken out, changed and moved about at random, and as many rounds of random answers to
 * those that are still services. Whatever comes of it, nothing crashes, and a service is refused
 * exactly where a fault is told. Arguments: the folder of the services, how many of each, and a
 * seed in place of the fixed one. */

static const char *services_folder;
static guint rounds;
static guint32 seed = 9303;

/* The words that values are made of: right and wrong ones alike. */
static const char *const words[] = {
  "",
  "yes",
  "no",
  "today",
  "age >= 18",
  "nationality = 'UTO'",
  "person",
  "repeat",
  "country",
  "choice",
  "2026-02-30",
  "2026-05-03",
  "(((((",
  "today + 9 working days",
  "not not yes",
  "known (phone)",
  "a in b",
  "1",
  "-1",
  "UTO",
  "law-41",
  "999999999999999",
  "\xd8\xa7",
};

static JsonNode *
random_value (GRand *dice)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  switch (g_rand_int_range (dice, 0, 6))
    {
    case 0:
      json_node_set_int (node, g_rand_int_range (dice, -3, 70000));
      break;
    case 1:
      json_node_set_boolean (node, g_rand_boolean (dice));
      break;
    case 2:
      json_node_init_null (node);
      break;
    case 3:
      json_node_init_array (node, NULL);
      json_node_take_array (node, json_array_new ());
      break;
    case 4:
      json_node_init_object (node, NULL);
      json_node_take_object (node, json_object_new ());
      break;
    default:
      json_node_set_string (node, words[g_rand_int_range (dice, 0, G_N_ELEMENTS (words))]);
    }
  return node;
}

/* json_node_copy shares what is below it, and a list may end up in itself. */
static JsonNode *
deep_copy (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  return json_from_string (text, NULL);
}

/* Some object or list below @node. */
static JsonNode *
random_place (JsonNode *node, GRand *dice)
{
  while (g_rand_int_range (dice, 0, 5) > 0)
    {
      JsonNode *child = NULL;

      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          g_autoptr (GList) members = json_object_get_members (json_node_get_object (node));
          guint count = g_list_length (members);

          if (count > 0)
            child = json_object_get_member (
              json_node_get_object (node),
              g_list_nth_data (members, (guint)g_rand_int_range (dice, 0, (gint32)count)));
        }
      else
        {
          guint count = json_array_get_length (json_node_get_array (node));

          if (count > 0)
            child = json_array_get_element (json_node_get_array (node),
                                            (guint)g_rand_int_range (dice, 0, (gint32)count));
        }
      if (child == NULL || JSON_NODE_HOLDS_VALUE (child) || JSON_NODE_HOLDS_NULL (child))
        break;
      node = child;
    }
  return node;
}

static void
spoil_object (JsonObject *object, JsonNode *root, GRand *dice)
{
  g_autoptr (GList) members = json_object_get_members (object);
  guint count = g_list_length (members);
  const char *member
    = count > 0 ? g_list_nth_data (members, (guint)g_rand_int_range (dice, 0, (gint32)count))
                : "id";
  g_autofree char *name = g_strdup (member);

  switch (g_rand_int_range (dice, 0, 3))
    {
    case 0:
      if (count > 0)
        json_object_remove_member (object, name);
      break;
    case 1:
      json_object_set_member (object, name, random_value (dice));
      break;
    default:
      json_object_set_member (object, name, deep_copy (random_place (root, dice)));
    }
}

static void
spoil (JsonNode *root, GRand *dice)
{
  JsonNode *place = random_place (root, dice);
  JsonArray *array;

  if (JSON_NODE_HOLDS_OBJECT (place))
    {
      spoil_object (json_node_get_object (place), root, dice);
      return;
    }
  array = json_node_get_array (place);
  if (json_array_get_length (array) > 0 && g_rand_boolean (dice))
    json_array_remove_element (
      array, (guint)g_rand_int_range (dice, 0, (gint32)json_array_get_length (array)));
  else if (json_array_get_length (array) > 0)
    json_array_add_element (array, deep_copy (json_array_get_element (array, 0)));
}

/* One that may be right, and one that is not. */
static char *
random_answer (KouanQuestion *question, GRand *dice)
{
  GPtrArray *choices = kouan_question_get_choices (question);

  if (g_rand_int_range (dice, 0, 8) == 0)
    return g_strdup (words[g_rand_int_range (dice, 0, G_N_ELEMENTS (words))]);
  switch (kouan_question_get_kind (question))
    {
    case KOUAN_QUESTION_YES_NO:
      return g_strdup (g_rand_boolean (dice) ? "yes" : "no");
    case KOUAN_QUESTION_DATE:
      return g_strdup_printf ("%d-%02d-%02d", g_rand_int_range (dice, 1900, 2100),
                              g_rand_int_range (dice, 1, 13), g_rand_int_range (dice, 1, 32));
    case KOUAN_QUESTION_NUMBER:
      return g_strdup_printf ("%d", g_rand_int_range (dice, -2, 2000));
    case KOUAN_QUESTION_COUNTRY:
      return g_strdup (g_rand_boolean (dice) ? "UTO" : "CHN");
    case KOUAN_QUESTION_CHOICE:
      if (choices->len > 0)
        return g_strdup (
          kouan_choice_get_id (choices->pdata[g_rand_int_range (dice, 0, (gint32)choices->len)]));
      return g_strdup ("x");
    default:
      return g_strdup ("Anna");
    }
}

static void
answer_at_random (KouanService *service, KouanAnswers *answers, GRand *dice)
{
  GPtrArray *questions = kouan_service_get_questions (service);

  for (guint i = 0; i < questions->len; i++)
    {
      g_autofree char *answer = random_answer (questions->pdata[i], dice);

      if (g_rand_int_range (dice, 0, 5) > 0)
        kouan_answers_set (answers, kouan_question_get_id (questions->pdata[i]), answer);
    }
}

static void
random_context (KouanContext *context, KouanCalendar *calendar, GRand *dice)
{
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 1, 1, 2026);
  g_date_add_days (&today, (guint)g_rand_int_range (dice, 0, 1000));
  kouan_context_init (context, &today);
  context->calendar = g_rand_boolean (dice) ? calendar : NULL;
  if (g_rand_boolean (dice))
    g_date_set_dmy (&context->birth_date, 29, 2,
                    (GDateYear)(1924 + 4 * g_rand_int_range (dice, 0, 26)));
  if (g_rand_boolean (dice))
    g_date_set_dmy (&context->document_expiry, 31, 12,
                    (GDateYear)g_rand_int_range (dice, 2020, 2040));
  if (g_rand_boolean (dice))
    g_strlcpy (context->nationality, g_rand_boolean (dice) ? "UTO" : "CHN", 4);
}

static void
show_texts (KouanService *service, KouanAnswers *answers, const KouanContext *context)
{
  g_autoptr (KouanChecklist) checklist = kouan_service_checklist (service, answers, context);
  g_autoptr (GArray) deadlines = kouan_service_deadlines (service, answers, context);
  g_autoptr (GArray) estimates = kouan_service_estimates (service, answers, context);

  for (guint i = 0; i < kouan_checklist_get_count (checklist); i++)
    {
      const KouanChecklistItem *item = kouan_checklist_get_nth (checklist, i);

      g_free (kouan_checklist_item_reason (item, context, "en"));
      g_free (kouan_checklist_item_demands (item, context, "zh-Hans"));
    }
  g_array_unref (kouan_checklist_missing (checklist, NULL));
  for (guint i = 0; i < deadlines->len; i++)
    g_free (
      kouan_deadline_state_format (&g_array_index (deadlines, KouanDeadlineState, i), "zh-Hans"));
  g_free (kouan_deadlines_to_calendar (deadlines, "en", "n", 0));
  g_free (kouan_deadlines_to_short_calendar (deadlines, "en", "n"));
  for (guint i = 0; i < estimates->len; i++)
    {
      const KouanEstimateState *state = &g_array_index (estimates, KouanEstimateState, i);

      g_assert_cmpint (state->total, >=, 0);
      g_assert_cmpint (state->total, <=, kouan_estimate_get_max (state->estimate));
      g_free (kouan_estimate_state_format (state, "en"));
    }
}

static void
use (KouanService *service, KouanCalendar *calendar, GRand *dice)
{
  g_autoptr (KouanAnswers) answers = kouan_answers_new ();
  g_autoptr (GPtrArray) asked = NULL;
  KouanContext context;

  random_context (&context, calendar, dice);
  answer_at_random (service, answers, dice);
  asked = kouan_service_visible_questions (service, answers, &context);
  for (guint i = 0; i < asked->len; i++)
    {
      const char *id = kouan_question_get_id (asked->pdata[i]);
      const char *value = kouan_answers_get (answers, id);
      g_autofree char *problem = NULL;

      g_assert_cmpint (
        kouan_question_validate (asked->pdata[i], value, answers, &context, &problem), ==,
        problem == NULL);
      if (value != NULL)
        g_free (kouan_question_format_answer (asked->pdata[i], value, "zh-Hans"));
    }
  show_texts (service, answers, &context);
  g_ptr_array_unref (kouan_service_fees (service, answers, &context));
  g_ptr_array_unref (kouan_service_unmet (service, answers, &context));
  g_ptr_array_unref (kouan_service_desk_rules (service, answers, &context));
  g_assert_cmpint (kouan_service_outcome (service, answers, &context) != NULL, ==,
                   kouan_service_is_declaration (service));
  kouan_service_forget_hidden (service, answers, &context);
  g_assert_cmpuint (kouan_answers_get_count (answers), <=, asked->len);
}

static KouanService *
read_text (const char *text, GPtrArray *faults)
{
  KouanService *service = kouan_read_service ("r.json", text, strlen (text), NULL, faults);

  g_assert_true ((service == NULL) == (faults->len > 0));
  return service;
}

static GPtrArray *
load_roots (void)
{
  g_autoptr (GDir) dir = g_dir_open (services_folder, 0, NULL);
  GPtrArray *roots = g_ptr_array_new_with_free_func ((GDestroyNotify)json_node_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json") && !g_str_equal (name, "schema.json")
        && !g_str_equal (name, "calendar.json"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, (GCompareFunc)g_strcmp0);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (services_folder, names->pdata[i], NULL);
      g_autofree char *text = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &text, &size, NULL));
      g_ptr_array_add (roots, kouan_json_parse (text, size, NULL));
    }
  g_assert_cmpuint (roots->len, >, 10);
  return roots;
}

static void
test_catalogues (void)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) roots = load_roots ();
  guint taken = 0;

  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr (JsonNode) spoiled
        = deep_copy (roots->pdata[g_rand_int_range (dice, 0, (gint32)roots->len)]);
      g_autoptr (GPtrArray) faults
        = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
      g_autofree char *text = NULL;
      g_autoptr (KouanService) service = NULL;

      for (int n = g_rand_int_range (dice, 1, 4); n > 0; n--)
        spoil (spoiled, dice);
      text = json_to_string (spoiled, FALSE);
      service = read_text (text, faults);
      if (service != NULL)
        use (service, NULL, dice);
      taken += service != NULL;
    }
  g_test_message ("%u of %u were services all the same", taken, rounds);
  g_assert_cmpuint (taken, >, 0);
  g_assert_cmpuint (taken, <, rounds);
}

static void
test_answers (void)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (seed + 1);
  g_autoptr (GPtrArray) roots = load_roots ();
  g_autoptr (GPtrArray) services
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_service_unref);
  g_autoptr (KouanCalendar) calendar = kouan_calendar_new ();

  for (guint i = 0; i < roots->len; i++)
    {
      g_autofree char *text = json_to_string (roots->pdata[i], FALSE);
      g_autoptr (GPtrArray) faults
        = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);

      g_ptr_array_add (services, read_text (text, faults));
      g_assert_nonnull (services->pdata[i]);
    }
  for (guint i = 0; i < rounds; i++)
    use (services->pdata[i % services->len], calendar, dice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, >=, 3);
  services_folder = argv[1];
  rounds = (guint)g_ascii_strtoull (argv[2], NULL, 10);
  if (argc > 3)
    seed = (guint32)g_ascii_strtoull (argv[3], NULL, 10);
  g_test_add_func ("/random/catalogues", test_catalogues);
  g_test_add_func ("/random/answers", test_answers);
  return g_test_run ();
}
