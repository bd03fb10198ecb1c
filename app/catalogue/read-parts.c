/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/reader.h"

#include "app/clock/date.h"
#include "app/identity/country.h"
#include "app/language/language.h"

#include <string.h>

/* The parts of a service, from JSON: each function reads one object of one list, and adds it to the
 * service even where it has faults, so that what refers to it is not reported too. */

#define COUNTRIES_MAX 300
#define EVERY_QUESTION G_MAXUINT

static gboolean
report_due (KouanPlace *place, KouanRule *rule)
{
  g_autofree char *day = NULL;
  g_autofree char *what = NULL;

  if (place->reader->today == NULL || !kouan_rule_is_due (rule, place->reader->today))
    return FALSE;
  day = kouan_date_to_string (&rule->review_by);
  what = g_strdup_printf ("This rule was to be checked again by %s.", day);
  kouan_place_fault (
    place, "review_by", KOUAN_FAULT_REVIEW, what,
    "Look at the source once more, correct the rule, and set “as_of” and “review_by”. Until then "
    "visitors are sent to the desk about it.");
  return TRUE;
}

void
kouan_read_rule (KouanReader *reader,
                 JsonNode *node,
                 const char *path,
                 guint index G_GNUC_UNUSED,
                 gpointer data G_GNUC_UNUSED)
{
  static const char *const members[]
    = { "id", "text", "source", "as_of", "review_by", "jurisdiction", "grade", NULL };
  static const char *const grades[] = { "law", "gov", "second-hand", "unsure", NULL };
  KouanRule *rule = kouan_model_rule_new ();
  g_auto (KouanPlace) place = { 0 };
  gboolean dated;

  g_ptr_array_add (reader->service->rules, rule);
  rule->id = g_strdup (path);
  g_date_set_dmy (&rule->as_of, 1, 1, 1);
  g_date_set_dmy (&rule->review_by, 1, 1, 1);
  if (!kouan_place_init (&place, reader, node, path, members))
    return;
  g_free (rule->id);
  rule->id = kouan_place_id (&place);
  rule->text = kouan_place_text (&place, "text", TRUE);
  rule->source = kouan_place_text (&place, "source", FALSE);
  if (rule->source == NULL)
    kouan_place_fault (&place, "source", KOUAN_FAULT_RULE, "This rule has no source.",
                       "Name the article of the law, or the page and the office that it is from.");
  rule->jurisdiction = g_strdup (kouan_place_string (&place, "jurisdiction", TRUE));
  rule->grade = kouan_place_word (&place, "grade", grades, -1);
  dated = kouan_place_date (&place, "as_of", &rule->as_of);
  dated = kouan_place_date (&place, "review_by", &rule->review_by) && dated;
  if (dated && g_date_compare (&rule->as_of, &rule->review_by) > 0)
    kouan_place_fault (&place, "review_by", KOUAN_FAULT_VALUE,
                       "The review is before the day that the rule was seen.",
                       "Set a later “review_by”.");
  else if (dated)
    report_due (&place, rule);
}

static gboolean
code_is_taken (KouanService *service, guint code)
{
  return kouan_service_find_document_by_code (service, code) != NULL
         || kouan_service_find_group_by_code (service, code) != NULL;
}

static guint
read_code (KouanPlace *place)
{
  guint code = kouan_place_number (place, "code", 0, 1, 65535);

  if (code_is_taken (place->reader->service, code))
    kouan_place_fault (place, "code", KOUAN_FAULT_DUPLICATE,
                       "Another document or group has this code.",
                       "Give it a number of its own; receipts carry it, so never use one again.");
  return code;
}

static KouanDocumentGroup *
find_group (KouanService *service, const char *id)
{
  for (guint i = 0; i < service->groups->len; i++)
    if (g_str_equal (((KouanDocumentGroup *)service->groups->pdata[i])->id, id))
      return service->groups->pdata[i];
  return NULL;
}

static void
read_list_member (
  KouanReader *reader, JsonNode *node, const char *path, guint index G_GNUC_UNUSED, gpointer data)
{
  const char *text
    = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
        ? json_node_get_string (node)
        : NULL;

  if (text == NULL || kouan_country_find (text) == NULL)
    kouan_reader_fault (reader, path, KOUAN_FAULT_REFERENCE, "There is no such country.",
                        "Write a code of ICAO 9303-3: three capitals, such as FRA.");
  else if (!g_hash_table_add (data, g_strdup (text)))
    kouan_reader_fault (reader, path, KOUAN_FAULT_DUPLICATE, "This country is there twice.",
                        "Take one of them out.");
}

/* A list of countries that conditions can name: "issued_in in apostille". */
void
kouan_read_list (KouanReader *reader,
                 JsonNode *node,
                 const char *path,
                 guint index G_GNUC_UNUSED,
                 gpointer data G_GNUC_UNUSED)
{
  static const char *const members[] = { "id", "countries", "rules", NULL };
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) rules = g_ptr_array_new ();
  g_auto (KouanPlace) place = { 0 };
  char *id = NULL;

  if (kouan_place_init (&place, reader, node, path, members))
    {
      id = kouan_place_id (&place);
      kouan_place_each (&place, "countries", COUNTRIES_MAX, read_list_member, set);
      if (g_hash_table_size (set) == 0)
        kouan_place_fault (&place, "countries", KOUAN_FAULT_SHAPE, "There is nothing in this list.",
                           "Name the countries that are in it.");
      kouan_place_rules (&place, rules, TRUE);
      if (g_hash_table_contains (reader->service->lists, id))
        kouan_place_fault (&place, "id", KOUAN_FAULT_DUPLICATE, "This list is there twice.",
                           "Give one of them another id.");
    }
  g_hash_table_replace (reader->service->lists, id != NULL ? id : g_strdup (path), set);
}

/* How a paper is to be confirmed, under a condition. */
void
kouan_read_authentication (
  KouanReader *reader, JsonNode *node, const char *path, guint index G_GNUC_UNUSED, gpointer data)
{
  static const char *const members[] = { "when", "text", "rules", NULL };
  KouanDocumentItem *document = data;
  KouanAuthentication *authentication = kouan_model_authentication_new ();
  g_auto (KouanPlace) place = { 0 };

  g_ptr_array_add (document->authentication, authentication);
  if (!kouan_place_init (&place, reader, node, path, members))
    return;
  authentication->when
    = kouan_place_expression (&place, "when", KOUAN_TYPE_TRUTH, EVERY_QUESTION, FALSE);
  authentication->text = kouan_place_text (&place, "text", TRUE);
  kouan_place_rules (&place, authentication->rules, TRUE);
}

/* The kiosk knows what its own languages call themselves; of all others the file says so. */
static void
name_languages (KouanPlace *place, KouanDocumentItem *document)
{
  GHashTable *names = place->reader->service->language_names;

  for (guint i = 0; i < document->in->len; i++)
    {
      const char *tag = document->in->pdata[i];
      const KouanLanguage *known = kouan_language_find (tag);
      const char *name = known != NULL ? known->own_name : g_hash_table_lookup (names, tag);
      g_autofree char *what = g_strdup_printf ("The kiosk has no name for the language “%s”.", tag);
      g_autofree char *remedy = g_strdup_printf ("Write what it calls itself beside “languages”: "
                                                 "\"language_names\": { \"%s\": \"…\" }.",
                                                 tag);

      if (name != NULL)
        g_ptr_array_add (document->in_names, g_strdup (name));
      else
        kouan_place_fault (place, "in", KOUAN_FAULT_REFERENCE, what, remedy);
    }
}

void
kouan_read_group (KouanReader *reader,
                  JsonNode *node,
                  const char *path,
                  guint index G_GNUC_UNUSED,
                  gpointer data G_GNUC_UNUSED)
{
  static const char *const members[] = { "id", "code", "name", NULL };
  KouanDocumentGroup *group = kouan_model_document_group_new ();
  g_auto (KouanPlace) place = { 0 };

  group->id = g_strdup (path);
  if (kouan_place_init (&place, reader, node, path, members))
    {
      g_free (group->id);
      group->id = kouan_place_id (&place);
      if (find_group (reader->service, group->id) != NULL)
        kouan_place_fault (&place, "id", KOUAN_FAULT_DUPLICATE, "This group is there twice.",
                           "Give one of them another id.");
      group->code = read_code (&place);
      group->name = kouan_place_text (&place, "name", TRUE);
    }
  g_ptr_array_add (reader->service->groups, group);
}

static void
read_need (KouanPlace *place, KouanDocumentItem *document)
{
  static const char *const needs[] = { "required", "optional", "either-or", NULL };
  const char *group = kouan_place_string (place, "group", FALSE);

  document->need = kouan_place_word (place, "need", needs, -1);
  if (group != NULL)
    document->group = find_group (place->reader->service, group);
  if (group != NULL && document->group == NULL)
    kouan_place_fault (place, "group", KOUAN_FAULT_REFERENCE, "There is no such group.",
                       "Add it to “groups”, or name another.");
  if ((document->need == KOUAN_DOCUMENT_EITHER_OR) != (group != NULL))
    kouan_place_fault (place, "group", KOUAN_FAULT_SHAPE, "“either-or” and a group go together.",
                       "Name the group of which one is enough, or change “need”.");
  if (document->group == NULL && document->need == KOUAN_DOCUMENT_EITHER_OR)
    document->need = KOUAN_DOCUMENT_REQUIRED;
}

static void
read_document (KouanPlace *place, KouanDocumentItem *document)
{
  g_free (document->id);
  document->id = kouan_place_id (place);
  if (kouan_service_find_document (place->reader->service, document->id) != NULL)
    kouan_place_fault (place, "id", KOUAN_FAULT_DUPLICATE, "This document is there twice.",
                       "Give one of them another id.");
  document->code = read_code (place);
  document->name = kouan_place_text (place, "name", TRUE);
  document->hint = kouan_place_text (place, "hint", FALSE);
  read_need (place, document);
  document->needed_if
    = kouan_place_expression (place, "needed_if", KOUAN_TYPE_TRUTH, EVERY_QUESTION, FALSE);
  document->may_come_later = kouan_place_truth (place, "may_come_later", FALSE);
  document->colour = kouan_place_truth (place, "colour", FALSE);
  document->zone = kouan_place_truth (place, "zone", FALSE);
  document->translation = kouan_place_truth (place, "translation", FALSE);
  kouan_place_strings (place, "in", document->in);
  name_languages (place, document);
  kouan_place_each (place, "authentication", 20, kouan_read_authentication, document);
  kouan_place_strings (place, "refuse", document->refuse);
  document->max_pages = kouan_place_number (place, "max_pages", 1, 1, 100);
  document->max_age_months = kouan_place_number (place, "max_age_months", 0, 0, 240);
  kouan_place_rules (place, document->rules, TRUE);
}

void
kouan_read_document (KouanReader *reader,
                     JsonNode *node,
                     const char *path,
                     guint index G_GNUC_UNUSED,
                     gpointer data G_GNUC_UNUSED)
{
  static const char *const members[]
    = { "id",        "code",           "name",   "hint", "need",           "group",
        "needed_if", "may_come_later", "colour", "zone", "translation",    "refuse",
        "max_pages", "max_age_months", "rules",  "in",   "authentication", NULL };
  KouanDocumentItem *document = kouan_model_document_item_new ();
  g_auto (KouanPlace) place = { 0 };

  document->id = g_strdup (path);
  if (kouan_place_init (&place, reader, node, path, members))
    read_document (&place, document);
  g_ptr_array_add (reader->service->documents, document);
}
