/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/catalogue-simulate.h"

#include "app/catalogue/calendar-file.h"
#include "app/catalogue/catalogue.h"
#include "app/catalogue/checklist.h"
#include "app/catalogue/estimate.h"
#include "app/catalogue/json.h"
#include "app/clock/date.h"
#include "app/ctl/fields.h"

#include <string.h>

/* kouanctl catalogue simulate FOLDER ANSWERS.json: what a service would say to one person, without
 * a kiosk: a line for each question that is still open, each paper, fee, last day and so on. The
 * file has the members service, today, context (nationality, issuer, birth_date, document_expiry),
 * answers, and kept: the papers that are handed in. */

typedef struct
{
  KouanCatalogue *catalogue;
  KouanService *service; /* the catalogue's */
  KouanAnswers *answers;
  KouanContext context;
  GPtrArray *kept; /* (element-type utf8), ends in NULL */
  const char *language;
} Simulation;

static void
simulation_clear (Simulation *self)
{
  g_clear_pointer (&self->catalogue, kouan_catalogue_unref);
  g_clear_pointer (&self->answers, kouan_answers_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Simulation, simulation_clear)

static const char *
text_of (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static JsonObject *
object_of (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
read_day (JsonObject *object, const char *member, GDate *day)
{
  const char *text = text_of (object, member);

  return text == NULL || kouan_date_parse (text, day);
}

static gboolean
read_context (Simulation *self, JsonObject *root)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  JsonObject *context = object_of (root, "context");
  GDate today;

  kouan_date_today (clock, &today);
  if (!read_day (root, "today", &today))
    return FALSE;
  kouan_context_init (&self->context, &today);
  self->context.calendar = kouan_catalogue_get_calendar (self->catalogue);
  if (context == NULL)
    return TRUE;
  if (text_of (context, "nationality") != NULL)
    g_strlcpy (self->context.nationality, text_of (context, "nationality"), 4);
  if (text_of (context, "issuer") != NULL)
    g_strlcpy (self->context.issuer, text_of (context, "issuer"), 4);
  return read_day (context, "birth_date", &self->context.birth_date)
         && read_day (context, "document_expiry", &self->context.document_expiry);
}

static void
read_kept (Simulation *self, JsonObject *root)
{
  JsonNode *node = json_object_get_member (root, "kept");
  JsonArray *array
    = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  self->kept = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_ptr_array_add (self->kept, g_strdup (json_node_get_string (element)));
    }
  g_ptr_array_add (self->kept, NULL);
}

/* Returns: (nullable): the member of @object that @known does not have: a slip in a name, which
 * would go unnoticed otherwise */
static const char *
find_stranger (JsonObject *object, const char *const *known)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (object == NULL)
    return NULL;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    if (!g_strv_contains (known, name))
      return name;
  return NULL;
}

/* Returns: (transfer full) (nullable): what in the file is of no service, and where to look */
static char *
find_slip (Simulation *self, JsonObject *root)
{
  static const char *const members[]
    = { "service", "today", "context", "answers", "kept", "note", NULL };
  static const char *const contexts[]
    = { "nationality", "issuer", "birth_date", "document_expiry", NULL };
  const char *name = find_stranger (root, members);
  g_autoptr (GPtrArray) ids = kouan_answers_list_ids (self->answers);

  if (name != NULL)
    return g_strdup_printf ("“%s” is not read; there can be service, today, context, answers, kept",
                            name);
  name = find_stranger (object_of (root, "context"), contexts);
  if (name != NULL)
    return g_strdup_printf ("“context” has no “%s”; there can be nationality, issuer, birth_date, "
                            "document_expiry",
                            name);
  for (guint i = 0; i < ids->len; i++)
    if (kouan_service_find_question (self->service, ids->pdata[i]) == NULL)
      return g_strdup_printf ("there is no question “%s” to answer", (char *)ids->pdata[i]);
  for (guint i = 0; i + 1 < self->kept->len; i++)
    if (kouan_service_find_document (self->service, self->kept->pdata[i]) == NULL)
      return g_strdup_printf ("there is no document “%s” to keep", (char *)self->kept->pdata[i]);
  return NULL;
}

/* Returns: OK, or what the verb ends with */
static KouanExit
read_person (Simulation *self, const char *path)
{
  g_autofree char *text = NULL;
  gsize size;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *slip = NULL;
  JsonObject *object;

  if (!g_file_get_contents (path, &text, &size, &error))
    return kouan_ctl_failed (error);
  root = kouan_json_parse (text, size, &error);
  if (root == NULL)
    return kouan_ctl_failed (error);
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return kouan_ctl_usage ("%s: an object with service, context and answers", path);
  object = json_node_get_object (root);
  if (text_of (object, "service") != NULL)
    self->service = kouan_catalogue_find (self->catalogue, text_of (object, "service"));
  if (self->service == NULL)
    return kouan_ctl_usage ("%s: “service” is the id of one of the folder's", path);
  if (!read_context (self, object))
    return kouan_ctl_usage ("%s: days are such as 2026-05-03", path);
  self->answers = kouan_answers_from_json (json_object_get_member (object, "answers"), &error);
  if (self->answers == NULL)
    return kouan_ctl_failed (error);
  read_kept (self, object);
  slip = find_slip (self, object);
  if (slip != NULL)
    return kouan_ctl_usage ("%s: %s", path, slip);
  return KOUAN_EXIT_OK;
}

static JsonBuilder *
begin_line (const char *kind)
{
  JsonBuilder *line = json_builder_begin_object (json_builder_new ());

  kouan_ctl_add_text (line, "line", kind);
  return line;
}

static void
end_line (JsonBuilder *line)
{
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

/* Returns: how many questions are open: not answered though they have to be, or answered so that it
 * cannot stay */
static guint
print_questions (Simulation *self)
{
  g_autoptr (GPtrArray) asked
    = kouan_service_visible_questions (self->service, self->answers, &self->context);
  guint open = 0;

  for (guint i = 0; i < asked->len; i++)
    {
      KouanQuestion *question = asked->pdata[i];
      const char *answer = kouan_answers_get (self->answers, kouan_question_get_id (question));
      g_autofree char *problem = NULL;
      g_autoptr (JsonBuilder) line = NULL;

      if (kouan_question_validate (question, answer, self->answers, &self->context, &problem))
        continue;
      line = begin_line ("open-question");
      kouan_ctl_add_text (line, "id", kouan_question_get_id (question));
      kouan_ctl_add_text (line, "label", kouan_question_get_label (question, self->language));
      kouan_ctl_add_text (line, "answer", answer);
      kouan_ctl_add_text (line, "what_to_do", problem);
      end_line (line);
      open++;
    }
  return open;
}

static void
print_document (Simulation *self, const KouanChecklistItem *item)
{
  const char *id = kouan_document_item_get_id (item->document);
  g_autofree char *reason = kouan_checklist_item_reason (item, &self->context, self->language);
  g_autofree char *demands = kouan_checklist_item_demands (item, &self->context, self->language);
  g_autoptr (JsonBuilder) line = begin_line ("document");

  kouan_ctl_add_text (line, "id", id);
  kouan_ctl_add_int (line, "code", kouan_document_item_get_code (item->document));
  kouan_ctl_add_text (line, "name", kouan_document_item_get_name (item->document, self->language));
  kouan_ctl_add_text (line, "need", kouan_need_id (item->need));
  kouan_ctl_add_text (line, "group",
                      item->group != NULL ? kouan_document_group_get_id (item->group) : NULL);
  kouan_ctl_add_bool (line, "certain", item->certain);
  kouan_ctl_add_bool (line, "kept", g_strv_contains ((const char *const *)self->kept->pdata, id));
  kouan_ctl_add_text (line, "demands", demands);
  kouan_ctl_add_text (line, "reason", reason);
  end_line (line);
}

/* Returns: how many papers are missing */
static guint
print_documents (Simulation *self)
{
  g_autoptr (KouanChecklist) checklist
    = kouan_service_checklist (self->service, self->answers, &self->context);
  g_autoptr (GArray) missing
    = kouan_checklist_missing (checklist, (const char *const *)self->kept->pdata);

  for (guint i = 0; i < kouan_checklist_get_count (checklist); i++)
    if (kouan_checklist_get_nth (checklist, i)->need != KOUAN_NEED_NOT_NEEDED)
      print_document (self, kouan_checklist_get_nth (checklist, i));
  for (guint i = 0; i < missing->len; i++)
    {
      const KouanMissing *one = &g_array_index (missing, KouanMissing, i);
      g_autoptr (JsonBuilder) line = begin_line ("missing");

      kouan_ctl_add_int (line, "code", one->code);
      kouan_ctl_add_text (line, "name", kouan_missing_get_name (one, self->language));
      kouan_ctl_add_bool (line, "certain", one->certain);
      kouan_ctl_add_bool (line, "may_come_later", one->may_come_later);
      end_line (line);
    }
  return missing->len;
}

static void
print_fees (Simulation *self)
{
  g_autoptr (GPtrArray) fees = kouan_service_fees (self->service, self->answers, &self->context);

  for (guint i = 0; i < fees->len; i++)
    {
      KouanFee *fee = fees->pdata[i];
      g_autofree char *amount = kouan_fee_format_amount (fee);
      g_autoptr (JsonBuilder) line = begin_line ("fee");

      kouan_ctl_add_text (line, "id", kouan_fee_get_id (fee));
      kouan_ctl_add_text (line, "name", kouan_fee_get_name (fee, self->language));
      kouan_ctl_add_text (line, "amount", amount);
      kouan_ctl_add_bool (line, "certain", kouan_fee_is_certain (fee, &self->context.today));
      end_line (line);
    }
}

static void
print_deadline (Simulation *self, const KouanDeadlineState *state)
{
  g_autofree char *from = kouan_date_to_string (&state->from);
  g_autofree char *last = kouan_date_to_string (&state->last);
  g_autofree char *text = kouan_deadline_state_format (state, self->language);
  g_autoptr (JsonBuilder) line = begin_line ("deadline");

  kouan_ctl_add_text (line, "id", kouan_deadline_get_id (state->deadline));
  kouan_ctl_add_text (line, "name", kouan_deadline_get_name (state->deadline, self->language));
  kouan_ctl_add_text (line, "from", from);
  kouan_ctl_add_text (line, "last", last);
  kouan_ctl_add_int (line, "day", state->day);
  kouan_ctl_add_int (line, "days", state->days);
  kouan_ctl_add_int (line, "days_left", state->days_left);
  kouan_ctl_add_bool (line, "certain", state->certain);
  kouan_ctl_add_text (line, "text", text);
  kouan_ctl_add_text (line, "after", kouan_deadline_get_after (state->deadline, self->language));
  end_line (line);
}

/* Returns: FALSE with an error if the file could not be written */
static gboolean
print_deadlines (Simulation *self, const char *file, GError **error)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autoptr (GArray) states
    = kouan_service_deadlines (self->service, self->answers, &self->context);
  g_autofree char *text = NULL;

  for (guint i = 0; i < states->len; i++)
    print_deadline (self, &g_array_index (states, KouanDeadlineState, i));
  if (file == NULL)
    return TRUE;
  text = kouan_deadlines_to_calendar (states, self->language, kouan_service_get_id (self->service),
                                      kouan_clock_wall_s (clock));
  return g_file_set_contents (file, text != NULL ? text : "", -1, error);
}

static void
print_estimate (Simulation *self, const KouanEstimateState *state)
{
  g_autoptr (JsonBuilder) line = begin_line ("estimate");

  kouan_ctl_add_text (line, "id", kouan_estimate_get_id (state->estimate));
  kouan_ctl_add_text (line, "name", kouan_estimate_get_name (state->estimate, self->language));
  kouan_ctl_add_int (line, "points", state->total);
  kouan_ctl_add_int (line, "max", kouan_estimate_get_max (state->estimate));
  kouan_ctl_add_bool (line, "certain", state->certain);
  kouan_ctl_add_text (line, "means", kouan_estimate_state_get_band (state, self->language));
  json_builder_set_member_name (line, "reasons");
  json_builder_begin_array (line);
  for (guint i = 0; i < state->points->len; i++)
    {
      const KouanPointState *point = &g_array_index (state->points, KouanPointState, i);

      json_builder_begin_object (line);
      kouan_ctl_add_int (line, "points", point->points);
      kouan_ctl_add_text (line, "reason", kouan_point_get_reason (point->point, self->language));
      json_builder_end_object (line);
    }
  json_builder_end_array (line);
  end_line (line);
}

static void
print_conclusions (Simulation *self)
{
  g_autoptr (GArray) estimates
    = kouan_service_estimates (self->service, self->answers, &self->context);
  KouanOutcome *outcome = kouan_service_outcome (self->service, self->answers, &self->context);
  g_autoptr (GPtrArray) unmet = kouan_service_unmet (self->service, self->answers, &self->context);

  for (guint i = 0; i < estimates->len; i++)
    print_estimate (self, &g_array_index (estimates, KouanEstimateState, i));
  if (outcome != NULL)
    {
      g_autoptr (JsonBuilder) line = begin_line ("outcome");

      kouan_ctl_add_text (line, "id", kouan_outcome_get_id (outcome));
      kouan_ctl_add_text (line, "name", kouan_outcome_get_name (outcome, self->language));
      end_line (line);
    }
  for (guint i = 0; i < unmet->len; i++)
    {
      g_autoptr (JsonBuilder) line = begin_line ("not-met");

      kouan_ctl_add_text (line, "text",
                          kouan_eligibility_get_text (unmet->pdata[i], self->language));
      kouan_ctl_add_bool (line, "certain",
                          kouan_eligibility_is_certain (unmet->pdata[i], &self->context.today));
      end_line (line);
    }
}

static void
print_desk_rules (Simulation *self)
{
  g_autoptr (GPtrArray) rules
    = kouan_service_desk_rules (self->service, self->answers, &self->context);

  for (guint i = 0; i < rules->len; i++)
    {
      g_autofree char *text
        = kouan_rule_format (rules->pdata[i], &self->context.today, self->language);
      g_autoptr (JsonBuilder) line = begin_line ("ask-at-the-desk");

      kouan_ctl_add_text (line, "rule", kouan_rule_get_id (rules->pdata[i]));
      kouan_ctl_add_text (line, "text", text);
      end_line (line);
    }
}

/* Returns: OK if nothing is open and nothing missing */
KouanExit
kouan_ctl_catalogue_simulate (const char *folder,
                              const char *answers,
                              const char *language,
                              const char *calendar)
{
  g_auto (Simulation) simulation = { .language = language };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) line = NULL;
  KouanExit read;
  guint open, missing;

  simulation.catalogue = kouan_catalogue_load_unsigned (folder, &error);
  if (simulation.catalogue == NULL)
    return kouan_ctl_failed (error);
  read = read_person (&simulation, answers);
  if (read != KOUAN_EXIT_OK)
    return read;
  open = print_questions (&simulation);
  missing = print_documents (&simulation);
  print_fees (&simulation);
  if (!print_deadlines (&simulation, calendar, &error))
    return kouan_ctl_failed (error);
  print_conclusions (&simulation);
  print_desk_rules (&simulation);
  line = begin_line ("summary");
  kouan_ctl_add_text (line, "service", kouan_service_get_id (simulation.service));
  kouan_ctl_add_int (line, "open_questions", open);
  kouan_ctl_add_int (line, "missing", missing);
  end_line (line);
  return open == 0 && missing == 0 ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}
