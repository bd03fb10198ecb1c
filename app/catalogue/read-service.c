/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/reader.h"

#include "app/catalogue/json.h"

#include <string.h>

/* One file of a catalogue, from its text to a service. A service leaves here only if its file has
 * no fault but rules that are due for review. */

#define FORMAT 1
#define PARTS_MAX 200

static void
read_section (KouanReader *reader,
              JsonNode *node,
              const char *path,
              guint index G_GNUC_UNUSED,
              gpointer data G_GNUC_UNUSED)
{
  static const char *const members[] = { "id", "title", NULL };
  g_auto (KouanPlace) place = { 0 };
  g_autofree char *id = NULL;
  KouanPhrase *title;

  if (!kouan_place_init (&place, reader, node, path, members))
    return;
  id = kouan_place_id (&place);
  title = kouan_place_text (&place, "title", TRUE);
  if (g_hash_table_contains (reader->service->sections, id))
    kouan_place_fault (&place, "id", KOUAN_FAULT_DUPLICATE, "This section is there twice.",
                       "Give one of them another id.");
  g_hash_table_replace (reader->service->sections, g_steal_pointer (&id),
                        title != NULL ? title : kouan_phrase_new ());
}

static void
check_languages (KouanPlace *place)
{
  GPtrArray *languages = place->reader->service->languages;

  for (guint i = 0; i < languages->len; i++)
    {
      const char *language = languages->pdata[i];

      if (strlen (language) > 35
          || language[strspn (language,
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")]
               != '\0')
        kouan_place_fault (place, "languages", KOUAN_FAULT_VALUE,
                           "This is no language tag of BCP 47.",
                           "Write such as \"en\" or \"zh-Hans\".");
      for (guint j = 0; j < i; j++)
        if (g_ascii_strcasecmp (languages->pdata[j], language) == 0)
          kouan_place_fault (place, "languages", KOUAN_FAULT_DUPLICATE,
                             "A language is there twice.", "Take one of them out.");
    }
  if (languages->len == 0)
    kouan_place_fault (place, "languages", KOUAN_FAULT_SHAPE, "There is no language.",
                       "Name the languages that every text of this file has.");
}

static void
check_profiles (KouanPlace *place)
{
  static const char *const known[] = { "service", "border", "overseas", NULL };
  GPtrArray *profiles = place->reader->service->profiles;

  for (guint i = 0; i < profiles->len; i++)
    if (!g_strv_contains (known, profiles->pdata[i]))
      kouan_place_fault (place, "profiles", KOUAN_FAULT_VALUE,
                         "There is no such profile of a hall.",
                         "Write service, border or overseas.");
  if (profiles->len == 0)
    kouan_place_fault (place, "profiles", KOUAN_FAULT_SHAPE, "No hall would offer this.",
                       "Write service, border or overseas.");
}

static void
check_rule_ids (KouanReader *reader)
{
  GPtrArray *rules = reader->service->rules;

  for (guint i = 0; i < rules->len; i++)
    for (guint j = 0; j < i; j++)
      if (g_str_equal (((KouanRule *)rules->pdata[i])->id, ((KouanRule *)rules->pdata[j])->id))
        {
          g_autofree char *path = g_strdup_printf ("$.rules[%u].id", i);

          kouan_reader_fault (reader, path, KOUAN_FAULT_DUPLICATE, "This rule is there twice.",
                              "Give one of them another id.");
        }
}

/* { "de": "Deutsch" }: what languages call themselves that are not the kiosk's own. */
static void
read_language_names (KouanPlace *place)
{
  JsonNode *node = json_object_get_member (place->object, "language_names");
  JsonObjectIter iter;
  const char *tag;
  JsonNode *name;

  if (node == NULL)
    return;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      kouan_place_fault (place, "language_names", KOUAN_FAULT_SHAPE, "These are no names.",
                         "Write an object: { \"de\": \"Deutsch\" }.");
      return;
    }
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &tag, &name))
    if (JSON_NODE_HOLDS_VALUE (name) && json_node_get_value_type (name) == G_TYPE_STRING
        && *json_node_get_string (name) != '\0')
      g_hash_table_insert (place->reader->service->language_names, g_strdup (tag),
                           json_node_dup_string (name));
    else
      kouan_place_fault (place, "language_names", KOUAN_FAULT_SHAPE, "This is no name.",
                         "Write what the language calls itself: { \"de\": \"Deutsch\" }.");
}

static void
read_heading (KouanPlace *place)
{
  KouanService *service = place->reader->service;

  if (kouan_place_number (place, "format", 0, 1, 1000000) != FORMAT)
    kouan_place_fault (place, "format", KOUAN_FAULT_VALUE, "This program reads format 1.",
                       "Write 1, or use the program that the file was written for.");
  kouan_place_strings (place, "languages", service->languages);
  check_languages (place);
  read_language_names (place);
  service->id = kouan_place_id (place);
  service->code = kouan_place_number (place, "code", 0, 1, 65535);
  kouan_place_strings (place, "profiles", service->profiles);
  check_profiles (place);
  service->name = kouan_place_text (place, "name", TRUE);
  service->description = kouan_place_text (place, "description", TRUE);
  service->audience = kouan_place_text (place, "audience", TRUE);
  service->topic = kouan_place_text (place, "topic", FALSE);
  service->information = kouan_place_truth (place, "information", FALSE);
}

static void
read_parts (KouanPlace *place)
{
  kouan_place_each (place, "sections", PARTS_MAX, read_section, NULL);
  kouan_place_each (place, "rules", PARTS_MAX, kouan_read_rule, NULL);
  check_rule_ids (place->reader);
  kouan_place_each (place, "lists", PARTS_MAX, kouan_read_list, NULL);
  kouan_place_each (place, "questions", PARTS_MAX, kouan_read_question, NULL);
  kouan_place_each (place, "groups", PARTS_MAX, kouan_read_group, NULL);
  kouan_place_each (place, "documents", PARTS_MAX, kouan_read_document, NULL);
  kouan_place_each (place, "fees", PARTS_MAX, kouan_read_fee, NULL);
  kouan_place_each (place, "deadlines", PARTS_MAX, kouan_read_deadline, NULL);
  kouan_place_each (place, "eligibility", PARTS_MAX, kouan_read_eligibility, NULL);
  kouan_place_each (place, "estimates", PARTS_MAX, kouan_read_estimate, NULL);
  kouan_read_declaration (place);
}

static void
report_impossible (KouanReader *reader)
{
  KouanService *service = reader->service;

  for (guint i = 0; i < service->questions->len; i++)
    {
      KouanQuestion *question = service->questions->pdata[i];
      g_autofree char *path = g_strconcat (question->path, ".shown_if", NULL);

      if (question->shown_if != NULL && !kouan_is_possible (service, question->shown_if))
        kouan_reader_fault (reader, path, KOUAN_FAULT_UNREACHABLE, "No answers show this question.",
                            "Correct the condition, or take the question out.");
    }
  for (guint i = 0; i < service->documents->len; i++)
    {
      KouanDocumentItem *document = service->documents->pdata[i];
      g_autofree char *path = g_strdup_printf ("$.documents[%u].needed_if", i);

      if (document->needed_if != NULL && !kouan_is_possible (service, document->needed_if))
        kouan_reader_fault (reader, path, KOUAN_FAULT_NEVER_ASKED,
                            "No answers ask for this document.",
                            "Correct the condition, or take the document out.");
    }
}

static void
read_root (KouanReader *reader, JsonNode *root)
{
  static const char *const members[]
    = { "$schema",     "format",      "id",        "code",        "profiles",       "languages",
        "name",        "description", "audience",  "sections",    "rules",          "questions",
        "groups",      "documents",   "fees",      "deadlines",   "eligibility",    "topic",
        "information", "lists",       "estimates", "declaration", "language_names", NULL };
  g_auto (KouanPlace) place = { 0 };

  if (!kouan_place_init (&place, reader, root, "$", members))
    return;
  read_heading (&place);
  read_parts (&place);
}

/**
 * kouan_read_service:
 * @file: its name, for faults
 * @today: (nullable): reports rules past their review date
 * @faults: (element-type KouanFault): gets more
 *
 * Returns: (transfer full) (nullable): the service, if its file has no error
 */
KouanService *
kouan_read_service (
  const char *file, const char *text, gsize size, const GDate *today, GPtrArray *faults)
{
  g_autoptr (KouanService) service = kouan_service_new (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = kouan_json_parse (text, size, &error);
  KouanReader reader = { .file = file, .service = service, .faults = faults, .today = today };
  guint errors = kouan_reader_count_errors (faults);

  if (root == NULL)
    {
      kouan_reader_fault (&reader, "$", KOUAN_FAULT_SYNTAX, error->message,
                          "Correct the JSON; an editor that knows it shows the place.");
      return NULL;
    }
  read_root (&reader, root);
  if (kouan_reader_count_errors (faults) == errors)
    {
      report_impossible (&reader);
      kouan_check_fees (&reader);
    }
  return kouan_reader_count_errors (faults) == errors ? g_steal_pointer (&service) : NULL;
}
