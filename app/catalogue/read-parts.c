/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/reader.h"

#include "app/catalogue/pattern.h"
#include "app/clock/date.h"

#include <string.h>

/* The parts of a service, from JSON: each function reads one object of one list, and adds it to the
 * service even where it has faults, so that what refers to it is not reported too. */

#define CHOICES_MAX 300
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

static void
read_choice (
  KouanReader *reader, JsonNode *node, const char *path, guint index G_GNUC_UNUSED, gpointer data)
{
  static const char *const members[] = { "id", "label", NULL };
  KouanQuestion *question = data;
  KouanChoice *choice = kouan_model_choice_new ();
  g_auto (KouanPlace) place = { 0 };

  g_ptr_array_add (question->choices, choice);
  if (kouan_place_init (&place, reader, node, path, members))
    {
      choice->id = kouan_place_id (&place);
      choice->label = kouan_place_text (&place, "label", TRUE);
      if (g_ptr_array_find_with_equal_func (question->choice_ids, choice->id, g_str_equal, NULL))
        kouan_place_fault (&place, "id", KOUAN_FAULT_DUPLICATE, "This choice is there twice.",
                           "Give one of them another id.");
    }
  else
    choice->id = g_strdup (path);
  g_ptr_array_add (question->choice_ids, choice->id);
}

static void
read_section (KouanPlace *place, KouanQuestion *question)
{
  const char *id = kouan_place_string (place, "section", TRUE);

  if (id == NULL)
    return;
  question->section = g_hash_table_lookup (place->reader->service->sections, id);
  if (question->section == NULL)
    kouan_place_fault (place, "section", KOUAN_FAULT_REFERENCE, "There is no such section.",
                       "Add it to “sections”, or name another.");
}

static void
read_lengths (KouanPlace *place, KouanQuestion *question)
{
  gboolean text = question->kind == KOUAN_QUESTION_TEXT;
  const char *pattern = kouan_place_string (place, "pattern", FALSE);

  if (!text && question->kind != KOUAN_QUESTION_ADDRESS)
    {
      static const char *const for_texts[] = { "min_length", "max_length", "pattern" };

      for (guint i = 0; i < G_N_ELEMENTS (for_texts); i++)
        if (json_object_has_member (place->object, for_texts[i]))
          kouan_place_fault (place, for_texts[i], KOUAN_FAULT_SHAPE,
                             "Only a text or an address has this.", "Take it out.");
      return;
    }
  question->max_length = kouan_place_number (place, "max_length", text ? 100 : 300, 1, 1000);
  question->min_length = kouan_place_number (place, "min_length", 0, 0, question->max_length);
  if (pattern != NULL && !kouan_pattern_parse (pattern, &question->pattern))
    kouan_place_fault (place, "pattern", KOUAN_FAULT_VALUE, "There is no such pattern.",
                       "Write any, name, digits, letters-digits, phone, email or gb32100.");
}

/* Limits of a date or a number: expressions, or a number as it is. */
static KouanExpression *
read_limit (KouanPlace *place, KouanQuestion *question, const char *member)
{
  JsonNode *node = json_object_get_member (place->object, member);
  gboolean date = question->kind == KOUAN_QUESTION_DATE;

  if (node == NULL)
    return NULL;
  if (!date && question->kind != KOUAN_QUESTION_NUMBER)
    {
      kouan_place_fault (place, member, KOUAN_FAULT_SHAPE, "Only a date or a number has a limit.",
                         "Take it out; a text has “max_length”.");
      return NULL;
    }
  return kouan_place_expression (place, member, date ? KOUAN_TYPE_DATE : KOUAN_TYPE_NUMBER,
                                 question->index, TRUE);
}

static void
read_choices (KouanPlace *place, KouanQuestion *question)
{
  kouan_place_each (place, "choices", CHOICES_MAX, read_choice, question);
  if (question->kind == KOUAN_QUESTION_CHOICE && question->choices->len < 2)
    kouan_place_fault (place, "choices", KOUAN_FAULT_SHAPE, "There is nothing to choose from.",
                       "Write two choices or more.");
  if (question->kind != KOUAN_QUESTION_CHOICE && question->choices->len > 0)
    kouan_place_fault (place, "choices", KOUAN_FAULT_SHAPE, "Only a choice has these.",
                       "Take them out, or make the kind “choice”.");
}

static void
check_question_id (KouanPlace *place, KouanQuestion *question)
{
  KouanSymbol symbol;
  static const char *const words[] = { "and",   "or",     "not", "in",   "yes",   "no",   "known",
                                       "years", "months", "day", "days", "month", "year", NULL };

  if (kouan_context_symbol (question->id, &symbol) || g_strv_contains (words, question->id))
    kouan_place_fault (place, "id", KOUAN_FAULT_VALUE,
                       "This id is a word of the language of conditions.",
                       "Give the question another id.");
  if (!g_ascii_islower (*question->id) && *question->id != '$')
    kouan_place_fault (place, "id", KOUAN_FAULT_VALUE, "A question's id begins with a letter.",
                       "Put a small letter before it.");
  if (strchr (question->id, '-') != NULL)
    kouan_place_fault (place, "id", KOUAN_FAULT_VALUE,
                       "A question's id cannot have “-”, which subtracts.", "Write “_” instead.");
}

void
kouan_read_question (
  KouanReader *reader, JsonNode *node, const char *path, guint index, gpointer data G_GNUC_UNUSED)
{
  static const char *const members[]
    = { "id",         "section",    "kind",    "label", "hint", "required",
        "min_length", "max_length", "pattern", "min",   "max",  "range_problem",
        "choices",    "shown_if",   "rules",   NULL };
  static const char *const kinds[]
    = { "text", "date", "number", "choice", "yes-no", "address", NULL };
  KouanQuestion *question = kouan_model_question_new ();
  g_auto (KouanPlace) place = { 0 };

  question->service = reader->service;
  question->index = index;
  question->id = g_strdup (path);
  if (kouan_place_init (&place, reader, node, path, members))
    {
      g_free (question->id);
      question->id = kouan_place_id (&place);
      check_question_id (&place, question);
      if (kouan_service_find_question (reader->service, question->id) != NULL)
        kouan_place_fault (&place, "id", KOUAN_FAULT_DUPLICATE, "This question is there twice.",
                           "Give one of them another id.");
      question->kind = kouan_place_word (&place, "kind", kinds, -1);
      question->label = kouan_place_text (&place, "label", TRUE);
      question->hint = kouan_place_text (&place, "hint", FALSE);
      question->range_problem = kouan_place_text (&place, "range_problem", FALSE);
      question->required = kouan_place_truth (&place, "required", TRUE);
      read_section (&place, question);
      read_lengths (&place, question);
      read_choices (&place, question);
      question->minimum = read_limit (&place, question, "min");
      question->maximum = read_limit (&place, question, "max");
      question->shown_if
        = kouan_place_expression (&place, "shown_if", KOUAN_TYPE_TRUTH, index, FALSE);
      kouan_place_rules (&place, question->rules, FALSE);
    }
  g_ptr_array_add (reader->service->questions, question);
  if (kouan_service_find_question (reader->service, question->id) == NULL)
    g_hash_table_insert (reader->service->questions_by_id, question->id, question);
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
    = { "id",        "code",           "name",   "hint", "need",        "group",
        "needed_if", "may_come_later", "colour", "zone", "translation", "refuse",
        "max_pages", "max_age_months", "rules",  NULL };
  KouanDocumentItem *document = kouan_model_document_item_new ();
  g_auto (KouanPlace) place = { 0 };

  document->id = g_strdup (path);
  if (kouan_place_init (&place, reader, node, path, members))
    read_document (&place, document);
  g_ptr_array_add (reader->service->documents, document);
}

void
kouan_read_fee (KouanReader *reader,
                JsonNode *node,
                const char *path,
                guint index G_GNUC_UNUSED,
                gpointer data G_GNUC_UNUSED)
{
  static const char *const members[]
    = { "id", "name", "amount", "currency", "when", "rules", NULL };
  KouanFee *fee = kouan_model_fee_new ();
  g_auto (KouanPlace) place = { 0 };

  if (kouan_place_init (&place, reader, node, path, members))
    {
      fee->id = kouan_place_id (&place);
      fee->name = kouan_place_text (&place, "name", TRUE);
      fee->amount = kouan_place_number (&place, "amount", -1, 0, G_GINT64_CONSTANT (1000000000000));
      fee->currency = g_strdup (kouan_place_string (&place, "currency", TRUE));
      if (fee->currency != NULL
          && (strlen (fee->currency) != 3
              || strspn (fee->currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3))
        kouan_place_fault (&place, "currency", KOUAN_FAULT_VALUE,
                           "This is no currency of ISO 4217.",
                           "Write three capitals, such as CNY.");
      fee->when = kouan_place_expression (&place, "when", KOUAN_TYPE_TRUTH, EVERY_QUESTION, FALSE);
      kouan_place_rules (&place, fee->rules, TRUE);
    }
  g_ptr_array_add (reader->service->fees, fee);
}

void
kouan_read_deadline (KouanReader *reader,
                     JsonNode *node,
                     const char *path,
                     guint index G_GNUC_UNUSED,
                     gpointer data G_GNUC_UNUSED)
{
  static const char *const members[]
    = { "id", "name", "from", "last", "when", "after", "rules", NULL };
  KouanDeadline *deadline = kouan_model_deadline_new ();
  g_auto (KouanPlace) place = { 0 };

  if (kouan_place_init (&place, reader, node, path, members))
    {
      deadline->id = kouan_place_id (&place);
      deadline->name = kouan_place_text (&place, "name", TRUE);
      deadline->after = kouan_place_text (&place, "after", TRUE);
      deadline->from
        = kouan_place_expression (&place, "from", KOUAN_TYPE_DATE, EVERY_QUESTION, TRUE);
      deadline->last
        = kouan_place_expression (&place, "last", KOUAN_TYPE_DATE, EVERY_QUESTION, TRUE);
      deadline->when
        = kouan_place_expression (&place, "when", KOUAN_TYPE_TRUTH, EVERY_QUESTION, FALSE);
      kouan_place_rules (&place, deadline->rules, TRUE);
    }
  g_ptr_array_add (reader->service->deadlines, deadline);
}

void
kouan_read_eligibility (KouanReader *reader,
                        JsonNode *node,
                        const char *path,
                        guint index G_GNUC_UNUSED,
                        gpointer data G_GNUC_UNUSED)
{
  static const char *const members[] = { "when", "otherwise", "rules", NULL };
  KouanEligibility *eligibility = kouan_model_eligibility_new ();
  g_auto (KouanPlace) place = { 0 };

  if (kouan_place_init (&place, reader, node, path, members))
    {
      eligibility->when
        = kouan_place_expression (&place, "when", KOUAN_TYPE_TRUTH, EVERY_QUESTION, TRUE);
      eligibility->text = kouan_place_text (&place, "otherwise", TRUE);
      kouan_place_rules (&place, eligibility->rules, TRUE);
    }
  g_ptr_array_add (reader->service->eligibility, eligibility);
}
