/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/reader.h"

#include "app/catalogue/pattern.h"
#include "app/language/language.h"

#include <string.h>

/* Questions, from JSON. What asks for several answers, a person or something that is repeated,
 * becomes as many plain questions here, so that pages, conditions and records know plain ones only:
 * "companion" asked twice of "name" is companion_1_name and companion_2_name. */

#define CHOICES_MAX 300
#define REPEATED_MAX 60 /* questions in one that is repeated */
#define DIGITS_MAX 15   /* of a number, as in a condition */
#define TURNS_MAX 20
#define QUESTIONS_MAX 250 /* so that all of them can be answered */

G_STATIC_ASSERT (QUESTIONS_MAX < KOUAN_ANSWERS_MAX);

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
      question->max_length = DIGITS_MAX;
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
check_question_id (KouanPlace *place, const char *id)
{
  KouanSymbol symbol;
  static const char *const words[]
    = { "and",    "or",  "not",  "in",    "yes",  "no",      "known", "years",
        "months", "day", "days", "month", "year", "working", NULL };

  if (kouan_context_symbol (id, &symbol) || g_strv_contains (words, id))
    kouan_place_fault (place, "id", KOUAN_FAULT_VALUE,
                       "This id is a word of the language of conditions.",
                       "Give the question another id.");
  if (!g_ascii_islower (*id) && *id != '$')
    kouan_place_fault (place, "id", KOUAN_FAULT_VALUE, "A question's id begins with a letter.",
                       "Put a small letter before it.");
  if (strchr (id, '-') != NULL)
    kouan_place_fault (place, "id", KOUAN_FAULT_VALUE,
                       "A question's id cannot have “-”, which subtracts.", "Write “_” instead.");
}

/* What the questions of one turn have in common. */
typedef struct
{
  KouanPhrase *whom; /* (nullable): "Companion 2" */
  const char *times; /* (nullable): how many turns there are */
  guint turn;
} Turn;

/* "{whom}: {question}", in each language of the file. */
static KouanPhrase *
join_phrases (KouanReader *reader, KouanPhrase *whom, KouanPhrase *question)
{
  KouanPhrase *joined = kouan_phrase_new ();

  for (guint i = 0; i < reader->service->languages->len; i++)
    {
      const char *code = reader->service->languages->pdata[i];
      const KouanLanguage *known = kouan_language_find (code);
      const char *pattern = N_ ("{whom}: {question}");
      g_autofree char *text
        = known != NULL ? kouan_language_text_in (known, pattern) : g_strdup (pattern);
      g_autoptr (GString) words = g_string_new (text);
      const char *first = kouan_phrase_get (whom, code);
      const char *second = kouan_phrase_get (question, code);

      g_string_replace (words, "{question}", second != NULL ? second : "", 1);
      g_string_replace (words, "{whom}", first != NULL ? first : "", 1);
      kouan_phrase_add (joined, code, words->str);
    }
  return joined;
}

/* A question under the name that it has in its turn, asked only in that turn. */
static KouanQuestion *
question_new (KouanPlace *place, const char *name, const Turn *turn)
{
  KouanReader *reader = place->reader;
  KouanQuestion *question = kouan_model_question_new ();
  guint index = reader->service->questions->len;

  question->service = reader->service;
  question->index = index;
  question->id = g_strconcat (reader->prefix != NULL ? reader->prefix : "", name, NULL);
  question->path = g_strdup (place->path);
  question->required = TRUE;
  if (turn->times != NULL)
    {
      question->times
        = kouan_reader_expression (reader, turn->times, KOUAN_TYPE_NUMBER, index, NULL);
      question->turn = turn->turn;
    }
  return question;
}

static void
add_question (KouanPlace *place, KouanQuestion *question)
{
  KouanService *service = place->reader->service;

  if (kouan_service_find_question (service, question->id) != NULL)
    kouan_place_fault (place, "id", KOUAN_FAULT_DUPLICATE, "This question is there twice.",
                       "Give one of them another id.");
  if (service->questions->len == QUESTIONS_MAX)
    kouan_place_fault (place, NULL, KOUAN_FAULT_VALUE,
                       "There are more questions than a visit can keep, repeated ones counted.",
                       "Make two services of it, or let fewer be repeated.");
  g_ptr_array_add (service->questions, question);
  if (kouan_service_find_question (service, question->id) == NULL)
    g_hash_table_insert (service->questions_by_id, question->id, question);
}

/* The label as it is asked in this turn. */
static KouanPhrase *
read_label (KouanPlace *place, const Turn *turn)
{
  g_autoptr (KouanPhrase) label = kouan_place_text (place, "label", TRUE);

  if (turn->whom == NULL || label == NULL)
    return g_steal_pointer (&label);
  return join_phrases (place->reader, turn->whom, label);
}

static KouanQuestionKind
read_kind (KouanPlace *place, const char *const *kinds)
{
  int kind = kouan_place_word (place, "kind", kinds, -1);

  if (kind <= KOUAN_QUESTION_COUNTRY)
    return kind;
  kouan_place_fault (place, "kind", KOUAN_FAULT_VALUE, "What is repeated cannot repeat.",
                     "Put it beside the other one.");
  return KOUAN_QUESTION_TEXT;
}

static void
read_plain (KouanPlace *place, const Turn *turn)
{
  static const char *const kinds[] = { "text",    "date",    "number", "choice", "yes-no",
                                       "address", "country", "person", "repeat", NULL };
  g_autofree char *name = kouan_place_id (place);
  KouanQuestion *question = question_new (place, name, turn);

  question->kind = read_kind (place, kinds);
  check_question_id (place, name);
  question->label = read_label (place, turn);
  question->hint = kouan_place_text (place, "hint", FALSE);
  question->range_problem = kouan_place_text (place, "range_problem", FALSE);
  question->required = kouan_place_truth (place, "required", TRUE);
  question->shared = kouan_place_truth (place, "shared", FALSE);
  read_section (place, question);
  read_lengths (place, question);
  read_choices (place, question);
  question->minimum = read_limit (place, question, "min");
  question->maximum = read_limit (place, question, "max");
  question->shown_if
    = kouan_place_expression (place, "shown_if", KOUAN_TYPE_TRUTH, question->index, FALSE);
  kouan_place_rules (place, question->rules, FALSE);
  add_question (place, question);
}

typedef struct
{
  const char *id;
  KouanQuestionKind kind;
  KouanPattern pattern;
  gboolean required;
  guint max_length;
  const char *label;
} Part;

/* What is asked of a person who does not stand here; as ICAO 9303-3 names it. */
static const Part parts[] = {
  { "family_name", KOUAN_QUESTION_TEXT, KOUAN_PATTERN_NAME, TRUE, 60,
    N_ ("Family name, as in the passport") },
  { "given_names", KOUAN_QUESTION_TEXT, KOUAN_PATTERN_NAME, FALSE, 60,
    N_ ("Given names, as in the passport") },
  { "birth_date", KOUAN_QUESTION_DATE, KOUAN_PATTERN_ANY, TRUE, 0, N_ ("Date of birth") },
  { "nationality", KOUAN_QUESTION_COUNTRY, KOUAN_PATTERN_ANY, TRUE, 0, N_ ("Nationality") },
  { "passport", KOUAN_QUESTION_TEXT, KOUAN_PATTERN_LETTERS_DIGITS, TRUE, 20,
    N_ ("Passport number") },
};

static KouanPhrase *
part_label (KouanReader *reader, const Part *part)
{
  KouanPhrase *label = kouan_phrase_new ();

  for (guint i = 0; i < reader->service->languages->len; i++)
    {
      const char *code = reader->service->languages->pdata[i];
      const KouanLanguage *known = kouan_language_find (code);
      g_autofree char *words
        = known != NULL ? kouan_language_text_in (known, part->label) : g_strdup (part->label);

      kouan_phrase_add (label, code, words);
    }
  return label;
}

static void
add_part (KouanPlace *place, const char *person, const Part *part, const Turn *turn)
{
  g_autofree char *name = g_strdup_printf ("%s_%s", person, part->id);
  g_autoptr (KouanPhrase) whom = kouan_place_text (place, "label", turn->whom == NULL);
  g_autoptr (KouanPhrase) label = part_label (place->reader, part);
  KouanQuestion *question = question_new (place, name, turn);

  question->kind = part->kind;
  question->pattern = part->pattern;
  question->required = part->required;
  question->max_length = part->max_length;
  question->label = join_phrases (place->reader, turn->whom != NULL ? turn->whom : whom, label);
  read_section (place, question);
  if (part->kind == KOUAN_QUESTION_DATE)
    {
      question->minimum = kouan_reader_expression (place->reader, "today - 130 years",
                                                   KOUAN_TYPE_DATE, question->index, NULL);
      question->maximum
        = kouan_reader_expression (place->reader, "today", KOUAN_TYPE_DATE, question->index, NULL);
    }
  question->shown_if
    = kouan_place_expression (place, "shown_if", KOUAN_TYPE_TRUTH, question->index, FALSE);
  kouan_place_rules (place, question->rules, FALSE);
  add_question (place, question);
}

static gboolean
part_is_asked (GPtrArray *asked, const char *id)
{
  return asked->len == 0 || g_ptr_array_find_with_equal_func (asked, id, g_str_equal, NULL);
}

static void
check_parts (KouanPlace *place, GPtrArray *asked)
{
  for (guint i = 0; i < asked->len; i++)
    {
      gboolean known = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (parts); j++)
        known = known || g_str_equal (parts[j].id, asked->pdata[i]);
      if (!known)
        kouan_place_fault (place, "parts", KOUAN_FAULT_VALUE, "A person has no such part.",
                           "Write of family_name, given_names, birth_date, nationality, passport.");
    }
}

/* "spouse" becomes spouse_family_name, spouse_birth_date and so on. Only the first part reports
 * what is wrong with what they share. */
static void
read_person (KouanPlace *place, const Turn *turn)
{
  g_autofree char *person = kouan_place_id (place);
  g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
  GPtrArray *faults = place->reader->faults;

  check_question_id (place, person);
  kouan_place_strings (place, "parts", asked);
  check_parts (place, asked);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (part_is_asked (asked, parts[i].id))
      {
        add_part (place, person, &parts[i], turn);
        place->reader->faults = told;
      }
  place->reader->faults = faults;
}

static gboolean
is_of_kind (JsonNode *node, const char *kind)
{
  JsonNode *member = JSON_NODE_HOLDS_OBJECT (node)
                       ? json_object_get_member (json_node_get_object (node), "kind")
                       : NULL;

  return member != NULL && JSON_NODE_HOLDS_VALUE (member)
         && json_node_get_value_type (member) == G_TYPE_STRING
         && g_str_equal (json_node_get_string (member), kind);
}

static void
read_element (
  KouanReader *reader, JsonNode *node, const char *path, guint index G_GNUC_UNUSED, gpointer data)
{
  static const char *const plain[]
    = { "id",         "section",    "kind",    "label", "hint", "required",      "shared",
        "min_length", "max_length", "pattern", "min",   "max",  "range_problem", "choices",
        "shown_if",   "rules",      NULL };
  static const char *const person[]
    = { "id", "section", "kind", "label", "parts", "shown_if", "rules", NULL };
  const Turn *turn = data;
  gboolean is_person = is_of_kind (node, "person");
  g_auto (KouanPlace) place = { 0 };

  if (!kouan_place_init (&place, reader, node, path, is_person ? person : plain))
    return;
  if (is_person)
    read_person (&place, turn);
  else
    read_plain (&place, turn);
}

/* "Companion {n}", in each language. */
static KouanPhrase *
turn_title (KouanReader *reader, KouanPhrase *title, guint turn)
{
  KouanPhrase *numbered = kouan_phrase_new ();
  g_autofree char *number = g_strdup_printf ("%u", turn);

  for (guint i = 0; i < reader->service->languages->len; i++)
    {
      const char *code = reader->service->languages->pdata[i];
      const char *text = kouan_phrase_get (title, code);
      g_autoptr (GString) words = g_string_new (text != NULL ? text : "");

      g_string_replace (words, "{n}", number, 0);
      kouan_phrase_add (numbered, code, words->str);
    }
  return numbered;
}

/* Each turn is read from the same text; only the first one reports what is wrong with it. */
static void
read_turns (KouanPlace *place, const char *id, const char *times, guint max)
{
  KouanReader *reader = place->reader;
  GPtrArray *faults = reader->faults;
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_fault_free);
  g_autoptr (KouanPhrase) title = kouan_place_text (place, "label", TRUE);

  for (guint turn = 1; turn <= max; turn++)
    {
      g_autofree char *prefix = g_strdup_printf ("%s_%u_", id, turn);
      g_autoptr (KouanPhrase) whom = turn_title (reader, title, turn);
      Turn this_turn = { whom, times, turn };

      reader->prefix = prefix;
      kouan_place_each (place, "questions", REPEATED_MAX, read_element, &this_turn);
      reader->faults = told;
    }
  reader->prefix = NULL;
  reader->faults = faults;
}

static void
read_repeat (KouanReader *reader, JsonNode *node, const char *path)
{
  static const char *const members[]
    = { "id", "kind", "label", "times", "max_times", "questions", NULL };
  g_auto (KouanPlace) place = { 0 };
  g_autoptr (KouanExpression) count = NULL;
  g_autofree char *id = NULL;
  guint max;

  if (!kouan_place_init (&place, reader, node, path, members))
    return;
  id = kouan_place_id (&place);
  check_question_id (&place, id);
  count = kouan_place_expression (&place, "times", KOUAN_TYPE_NUMBER,
                                  reader->service->questions->len, TRUE);
  max = kouan_place_number (&place, "max_times", 0, 1, TURNS_MAX);
  if (!json_object_has_member (place.object, "questions"))
    kouan_place_fault (&place, "questions", KOUAN_FAULT_SHAPE, "Nothing is asked.",
                       "Write the questions that are asked each time.");
  if (count != NULL)
    read_turns (&place, id, json_object_get_string_member (place.object, "times"), max);
}

/* One element of "questions". */
void
kouan_read_question (
  KouanReader *reader, JsonNode *node, const char *path, guint index, gpointer data G_GNUC_UNUSED)
{
  Turn once = { 0 };

  if (is_of_kind (node, "repeat"))
    read_repeat (reader, node, path);
  else
    read_element (reader, node, path, index, &once);
}
