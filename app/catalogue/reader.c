/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/reader.h"

#include "app/clock/date.h"

#include <string.h>

/* Reads the members of an object in a catalogue file, noting what is wrong with each. What cannot
 * be read gets a value that lets the reading go on. */

#define TEXT_SIZE_MAX 4000 /* bytes */
#define ID_SIZE_MAX 40

KouanFault *
kouan_fault_new (
  KouanFaultKind kind, const char *file, const char *path, const char *what, const char *remedy)
{
  KouanFault *fault = g_new0 (KouanFault, 1);

  fault->kind = kind;
  fault->warning = kind == KOUAN_FAULT_REVIEW || kind == KOUAN_FAULT_TRANSLATION;
  fault->file = g_strdup (file);
  fault->path = g_strdup (path);
  fault->what = g_strdup (what);
  fault->remedy = g_strdup (remedy);
  return fault;
}

void
kouan_fault_free (KouanFault *self)
{
  g_free (self->file);
  g_free (self->path);
  g_free (self->what);
  g_free (self->remedy);
  g_free (self);
}

const char *
kouan_fault_id (KouanFaultKind kind)
{
  static const char *const ids[]
    = { "syntax",   "shape",       "value", "duplicate",   "reference",
        "language", "expression",  "rule",  "unreachable", "never-asked",
        "overlap",  "translation", "review" };

  g_return_val_if_fail (kind < G_N_ELEMENTS (ids), NULL);
  return ids[kind];
}

guint
kouan_reader_count_errors (GPtrArray *faults)
{
  guint errors = 0;

  for (guint i = 0; i < faults->len; i++)
    errors += !((KouanFault *)faults->pdata[i])->warning;
  return errors;
}

void
kouan_reader_fault (
  KouanReader *self, const char *path, KouanFaultKind kind, const char *what, const char *remedy)
{
  g_ptr_array_add (self->faults, kouan_fault_new (kind, self->file, path, what, remedy));
}

/* @member: (nullable): %NULL for the object itself */
void
kouan_place_fault (
  KouanPlace *self, const char *member, KouanFaultKind kind, const char *what, const char *remedy)
{
  g_autofree char *path
    = member != NULL ? g_strdup_printf ("%s.%s", self->path, member) : g_strdup (self->path);

  kouan_reader_fault (self->reader, path, kind, what, remedy);
}

static void
report_unknown_members (KouanPlace *self, const char *const *members)
{
  g_autoptr (GList) names = json_object_get_members (self->object);
  g_autofree char *known = g_strjoinv (", ", (char **)members);
  g_autofree char *remedy
    = g_strdup_printf ("Take it out, or look for a slip in its name. There can be: %s.", known);

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains (members, l->data) && !g_str_equal (l->data, "note"))
      kouan_place_fault (self, l->data, KOUAN_FAULT_SHAPE, "There is no such member here.", remedy);
}

/**
 * kouan_place_init:
 * @members: (array zero-terminated=1): what there can be; "note" may stand anywhere and is not read
 *
 * Returns: FALSE if @node is no object: there is nothing to read then, nor to clear
 */
gboolean
kouan_place_init (KouanPlace *self,
                  KouanReader *reader,
                  JsonNode *node,
                  const char *path,
                  const char *const *members)
{
  memset (self, 0, sizeof *self);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      kouan_reader_fault (reader, path, KOUAN_FAULT_SHAPE, "This is no object.",
                          "Write { … } here.");
      return FALSE;
    }
  self->reader = reader;
  self->object = json_node_get_object (node);
  self->path = g_strdup (path);
  report_unknown_members (self, members);
  return TRUE;
}

void
kouan_place_clear (KouanPlace *self)
{
  g_clear_pointer (&self->path, g_free);
}

/* The member, if it is there. A missing one is a fault if it is required. */
static JsonNode *
find (KouanPlace *self, const char *member, gboolean required)
{
  JsonNode *node = json_object_get_member (self->object, member);

  if (node == NULL && required)
    kouan_place_fault (self, member, KOUAN_FAULT_SHAPE, "This is missing.",
                       "Add it; docs/CATALOGUE.md says what it holds.");
  return node;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

/* Returns: (transfer none) (nullable): valid as long as the file's nodes */
const char *
kouan_place_string (KouanPlace *self, const char *member, gboolean required)
{
  JsonNode *node = find (self, member, required);

  if (node == NULL)
    return NULL;
  if (holds (node, G_TYPE_STRING) && *json_node_get_string (node) != '\0'
      && strlen (json_node_get_string (node)) <= TEXT_SIZE_MAX)
    return json_node_get_string (node);
  kouan_place_fault (self, member, KOUAN_FAULT_SHAPE, "This is no text, empty, or too long.",
                     "Write a text of 1 to 4000 bytes in quotation marks.");
  return NULL;
}

/* Returns: (transfer full): the member "id"; a made-up one where it does not do, so that reading
 * can go on */
char *
kouan_place_id (KouanPlace *self)
{
  const char *id = kouan_place_string (self, "id", TRUE);

  if (id != NULL && strlen (id) <= ID_SIZE_MAX && g_ascii_isalnum (*id)
      && id[strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789_-")] == '\0')
    return g_strdup (id);
  if (id != NULL)
    kouan_place_fault (self, "id", KOUAN_FAULT_VALUE, "This does not do for an id.",
                       "Write small letters, digits, “_” and “-”, 40 at most.");
  return g_strdup (self->path);
}

gint64
kouan_place_number (KouanPlace *self, const char *member, gint64 fallback, gint64 low, gint64 high)
{
  JsonNode *node = find (self, member, fallback < low);
  g_autofree char *remedy = NULL;

  if (node == NULL)
    return MAX (fallback, low);
  if (holds (node, G_TYPE_INT64) && json_node_get_int (node) >= low
      && json_node_get_int (node) <= high)
    return json_node_get_int (node);
  remedy = g_strdup_printf (
    "Write a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ".", low, high);
  kouan_place_fault (self, member, KOUAN_FAULT_VALUE, "This number is not possible here.", remedy);
  return MAX (fallback, low);
}

gboolean
kouan_place_truth (KouanPlace *self, const char *member, gboolean fallback)
{
  JsonNode *node = find (self, member, FALSE);

  if (node == NULL)
    return fallback;
  if (holds (node, G_TYPE_BOOLEAN))
    return json_node_get_boolean (node);
  kouan_place_fault (self, member, KOUAN_FAULT_SHAPE, "This is neither true nor false.",
                     "Write true or false.");
  return fallback;
}

gboolean
kouan_place_date (KouanPlace *self, const char *member, GDate *date)
{
  const char *text = kouan_place_string (self, member, TRUE);

  if (kouan_date_parse (text, date))
    return TRUE;
  if (text != NULL)
    kouan_place_fault (self, member, KOUAN_FAULT_VALUE, "This is no day of the calendar.",
                       "Write it as year, month and day: \"2026-05-03\".");
  return FALSE;
}

/* Returns: the index of the member's word; @fallback if it is missing, which is a fault where
 * @fallback is below 0 */
int
kouan_place_word (KouanPlace *self, const char *member, const char *const *words, int fallback)
{
  const char *text = kouan_place_string (self, member, fallback < 0);
  g_autofree char *all = NULL;
  g_autofree char *remedy = NULL;

  for (guint i = 0; text != NULL && words[i] != NULL; i++)
    if (g_str_equal (words[i], text))
      return (int)i;
  if (text != NULL)
    {
      all = g_strjoinv (", ", (char **)words);
      remedy = g_strdup_printf ("Write one of: %s.", all);
      kouan_place_fault (self, member, KOUAN_FAULT_VALUE, "This word has no meaning here.", remedy);
    }
  return MAX (fallback, 0);
}

static void
read_languages (KouanPlace *place, KouanPhrase *text, const char *member)
{
  GPtrArray *languages = place->reader->service->languages;

  for (guint i = 0; i < languages->len; i++)
    {
      const char *words = NULL;
      g_autofree char *what = NULL;
      JsonNode *node = json_object_get_member (place->object, languages->pdata[i]);

      if (node != NULL)
        words = kouan_place_string (place, languages->pdata[i], TRUE);
      if (words != NULL)
        kouan_phrase_add (text, languages->pdata[i], words);
      if (node != NULL)
        continue;
      what = g_strdup_printf ("The text “%s” is not there in “%s”.", member,
                              (char *)languages->pdata[i]);
      kouan_place_fault (place, languages->pdata[i], KOUAN_FAULT_LANGUAGE, what,
                         "Translate it, or take the language out of “languages”.");
    }
}

/* Returns: (transfer full) (nullable): a text in every language of the file */
KouanPhrase *
kouan_place_text (KouanPlace *self, const char *member, gboolean required)
{
  g_autoptr (KouanPhrase) text = kouan_phrase_new ();
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autofree char *path = g_strdup_printf ("%s.%s", self->path, member);
  GPtrArray *languages = self->reader->service->languages;
  JsonNode *node = find (self, member, required);
  g_auto (KouanPlace) place = { 0 };

  if (node == NULL)
    return NULL;
  for (guint i = 0; i < languages->len; i++)
    g_ptr_array_add (members, languages->pdata[i]);
  g_ptr_array_add (members, NULL);
  if (!kouan_place_init (&place, self->reader, node, path, (const char *const *)members->pdata))
    return NULL;
  read_languages (&place, text, member);
  return kouan_phrase_get (text, NULL) != NULL ? g_steal_pointer (&text) : NULL;
}

typedef struct
{
  KouanService *service;
  const char *prefix; /* (nullable) */
  guint before;
} Scope;

static gboolean
find_symbol (const char *name, KouanSymbol *symbol, gpointer data)
{
  Scope *scope = data;
  g_autofree char *here = g_strconcat (scope->prefix != NULL ? scope->prefix : "", name, NULL);

  if (scope->prefix != NULL && kouan_service_find_question (scope->service, here) != NULL
      && kouan_question_symbol (scope->service, here, scope->before, symbol))
    return TRUE;
  if (kouan_question_symbol (scope->service, name, scope->before, symbol))
    return TRUE;
  symbol->type = KOUAN_TYPE_TEXT;
  symbol->list = g_hash_table_lookup (scope->service->lists, name);
  return symbol->list != NULL;
}

/* Returns: (transfer full) (nullable): the text as an expression that sees the questions before
 * @before, and of what is repeated those of the same turn by their short names */
KouanExpression *
kouan_reader_expression (
  KouanReader *self, const char *text, KouanType type, guint before, GError **error)
{
  Scope scope = { self->service, self->prefix, before };

  return kouan_expression_parse (text, type, find_symbol, &scope, error);
}

/* Returns: (transfer full) (nullable): the member as an expression that sees the questions before
 * @before */
KouanExpression *
kouan_place_expression (
  KouanPlace *self, const char *member, KouanType type, guint before, gboolean required)
{
  const char *text = kouan_place_string (self, member, required);
  g_autoptr (GError) error = NULL;
  KouanExpression *expression;

  if (text == NULL)
    return NULL;
  expression = kouan_reader_expression (self->reader, text, type, before, &error);
  if (expression == NULL)
    {
      g_autofree char *what = g_strdup_printf ("The condition does not read: %s.", error->message);

      kouan_place_fault (self, member,
                         error->code == KOUAN_EXPRESSION_ERROR_NAME ? KOUAN_FAULT_REFERENCE
                                                                    : KOUAN_FAULT_EXPRESSION,
                         what, "docs/CATALOGUE.md has the grammar and the names.");
    }
  return expression;
}

static KouanRule *
find_rule (KouanService *service, const char *id)
{
  for (guint i = 0; i < service->rules->len; i++)
    if (g_str_equal (((KouanRule *)service->rules->pdata[i])->id, id))
      return service->rules->pdata[i];
  return NULL;
}

/* Fills @rules from the member "rules". */
void
kouan_place_rules (KouanPlace *self, GPtrArray *rules, gboolean required)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (json_object_has_member (self->object, "rules"))
    kouan_place_strings (self, "rules", ids);
  for (guint i = 0; i < ids->len; i++)
    {
      KouanRule *rule = find_rule (self->reader->service, ids->pdata[i]);
      g_autofree char *what = g_strdup_printf ("There is no rule “%s”.", (char *)ids->pdata[i]);

      if (rule != NULL)
        g_ptr_array_add (rules, rule);
      else
        kouan_place_fault (self, "rules", KOUAN_FAULT_REFERENCE, what,
                           "Add the rule to “rules”, or name another.");
    }
  if (required && rules->len == 0)
    kouan_place_fault (
      self, "rules", KOUAN_FAULT_RULE, "No rule stands behind this.",
      "Name the rule that asks for it, with its source; what has none does not belong here.");
}

static void
read_string (
  KouanReader *reader, JsonNode *node, const char *path, guint index G_GNUC_UNUSED, gpointer data)
{
  if (holds (node, G_TYPE_STRING) && *json_node_get_string (node) != '\0')
    g_ptr_array_add (data, g_strdup (json_node_get_string (node)));
  else
    kouan_reader_fault (reader, path, KOUAN_FAULT_SHAPE, "This is no text.",
                        "Write a text in quotation marks.");
}

/* @strings: (element-type utf8): gets copies */
void
kouan_place_strings (KouanPlace *self, const char *member, GPtrArray *strings)
{
  kouan_place_each (self, member, 100, read_string, strings);
}

/* Calls @read for each element of the member, which may be missing. */
void
kouan_place_each (
  KouanPlace *self, const char *member, guint max, KouanElementFunc read, gpointer data)
{
  JsonNode *node = find (self, member, FALSE);
  JsonArray *array;

  if (node == NULL)
    return;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      kouan_place_fault (self, member, KOUAN_FAULT_SHAPE, "This is no list.", "Write [ … ] here.");
      return;
    }
  array = json_node_get_array (node);
  if (json_array_get_length (array) > max)
    kouan_place_fault (self, member, KOUAN_FAULT_VALUE, "This list is too long.",
                       "Make two services of it.");
  for (guint i = 0; i < MIN (json_array_get_length (array), max); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%s[%u]", self->path, member, i);

      read (self->reader, json_array_get_element (array, i), path, i, data);
    }
}
