/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/expression-private.h"

#include "app/identity/country.h"

#include <string.h>

/* A recursive descent over the grammar in docs/CATALOGUE.md, one function a rule, that checks types
 * as it goes: a comparison of a date with a text is a fault of the catalogue and not of a visit.
 * Nesting and size are bounded, so that the depth of its own calls and of the evaluator's is too.
 *
 * Fewer kinds of nodes than signs: "a != b" is not (a = b), "a > b" is b < a, and "a in [x, y]" is
 * a = x or a = y. */

#define MISSING G_MAXUINT /* no node: there is an error */

typedef struct
{
  const char *text;
  const char *cursor; /* behind the token */
  KouanToken token;   /* looked at, not yet taken */
  guint depth;
  KouanExpression *expression;
  KouanSymbolFunc symbols;
  gpointer data;
  GError **error;
} Parser;

G_DEFINE_QUARK (kouan_expression_error, kouan_expression_error)

static guint parse_expression (Parser *self);

static guint G_GNUC_PRINTF (4, 5)
  fail (Parser *self, KouanExpressionError code, const char *at, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list words;

  va_start (words, format);
  what = g_strdup_vprintf (format, words);
  va_end (words);
  if (self->error != NULL && *self->error == NULL)
    g_set_error (self->error, KOUAN_EXPRESSION_ERROR, code, "at character %ld: %s",
                 g_utf8_strlen (self->text, at - self->text) + 1, what);
  return MISSING;
}

static gboolean
advance (Parser *self)
{
  const char *problem = NULL;

  if (kouan_token_next (&self->cursor, &self->token, &problem))
    return TRUE;
  fail (self, KOUAN_EXPRESSION_ERROR_SYNTAX, self->cursor, "%s", problem);
  return FALSE;
}

static KouanNode *
node (Parser *self, guint index)
{
  return &g_array_index (self->expression->nodes, KouanNode, index);
}

static guint
add_node (Parser *self, KouanNodeKind kind, KouanType type, guint left, guint right)
{
  KouanNode added = { .kind = kind, .type = type, .left = left, .right = right };

  if (self->expression->nodes->len >= KOUAN_EXPRESSION_NODES_MAX)
    return fail (self, KOUAN_EXPRESSION_ERROR_LIMIT, self->token.start,
                 "this is too long: at most %d parts; move some of it into a question of its own",
                 KOUAN_EXPRESSION_NODES_MAX);
  g_array_append_val (self->expression->nodes, added);
  return self->expression->nodes->len - 1;
}

static guint
add_literal (Parser *self, const KouanValue *value)
{
  guint index = add_node (self, KOUAN_NODE_LITERAL, value->type, MISSING, MISSING);

  if (index != MISSING)
    node (self, index)->value = *value;
  return index;
}

static gboolean
expect (Parser *self, const char *sign)
{
  if (kouan_token_is (&self->token, sign))
    return advance (self);
  fail (self, KOUAN_EXPRESSION_ERROR_SYNTAX, self->token.start, "“%s” should stand here", sign);
  return FALSE;
}

static gboolean
enter (Parser *self)
{
  if (++self->depth <= KOUAN_EXPRESSION_DEPTH_MAX)
    return TRUE;
  fail (self, KOUAN_EXPRESSION_ERROR_LIMIT, self->token.start, "this is nested deeper than %d",
        KOUAN_EXPRESSION_DEPTH_MAX);
  return FALSE;
}

static const char *
type_name (KouanType type)
{
  static const char *const names[]
    = { "yes or no", "a number", "a text", "a date", "a span of time" };

  return names[type];
}

/* "10 working days": days on which the hall works. */
static guint
parse_working_days (Parser *self, gint64 count)
{
  KouanValue value = { .type = KOUAN_TYPE_SPAN, .known = TRUE, .working_days = (int)count };

  if (count > KOUAN_CALENDAR_SHIFT_MAX)
    return fail (self, KOUAN_EXPRESSION_ERROR_LIMIT, self->token.start, "at most %d working days",
                 KOUAN_CALENDAR_SHIFT_MAX);
  if (!advance (self))
    return MISSING;
  if (!kouan_token_is (&self->token, "day") && !kouan_token_is (&self->token, "days"))
    return fail (self, KOUAN_EXPRESSION_ERROR_SYNTAX, self->token.start,
                 "“days” should stand here");
  return advance (self) ? add_literal (self, &value) : MISSING;
}

/* A number alone, or with its unit a span: "30 days", "6 months", "1 year", "10 working days". */
static guint
parse_number (Parser *self)
{
  KouanValue value = { .type = KOUAN_TYPE_NUMBER, .known = TRUE, .number = self->token.number };
  static const struct
  {
    const char *one;
    const char *many;
    int months;
    int days;
    gint64 max;
  } units[] = { { "day", "days", 0, 1, 365000 },
                { "month", "months", 1, 0, 12000 },
                { "year", "years", 12, 0, 1000 } };

  if (!advance (self))
    return MISSING;
  if (kouan_token_is (&self->token, "working"))
    return parse_working_days (self, value.number);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (kouan_token_is (&self->token, units[i].one) || kouan_token_is (&self->token, units[i].many))
      {
        if (value.number > units[i].max)
          return fail (self, KOUAN_EXPRESSION_ERROR_LIMIT, self->token.start,
                       "at most %" G_GINT64_FORMAT " %s", units[i].max, units[i].many);
        value.type = KOUAN_TYPE_SPAN;
        value.months = value.number * units[i].months;
        value.days = value.number * units[i].days;
        if (!advance (self))
          return MISSING;
        break;
      }
  return add_literal (self, &value);
}

static guint
parse_name (Parser *self)
{
  g_autofree char *name = g_strndup (self->token.start, self->token.size);
  const char *kept = g_string_chunk_insert_const (self->expression->strings, name);
  KouanSymbol symbol = { 0 };
  guint index;

  if (!self->symbols (name, &symbol, self->data))
    return fail (self, KOUAN_EXPRESSION_ERROR_NAME, self->token.start,
                 "“%s” is neither an earlier question nor a name that every service has", name);
  if (symbol.list != NULL)
    return fail (self, KOUAN_EXPRESSION_ERROR_TYPE, self->token.start,
                 "“%s” is a list; it can only stand behind “in”", name);
  if (symbol.stands_for != NULL)
    kept = g_string_chunk_insert_const (self->expression->strings, symbol.stands_for);
  if (!g_ptr_array_find (self->expression->names, kept, NULL))
    g_ptr_array_add (self->expression->names, (gpointer)kept);
  index = add_node (self, KOUAN_NODE_NAME, symbol.type, MISSING, MISSING);
  if (index == MISSING || !advance (self))
    return MISSING;
  node (self, index)->name = kept;
  return index;
}

/* known (name), years (from, to), months (from, to) */
static guint
parse_call (Parser *self, KouanNodeKind kind)
{
  guint left, right = MISSING;
  const char *at = self->token.start;

  if (!advance (self) || !expect (self, "("))
    return MISSING;
  if (kind == KOUAN_NODE_KNOWN)
    {
      if (self->token.kind != KOUAN_TOKEN_WORD)
        return fail (self, KOUAN_EXPRESSION_ERROR_SYNTAX, self->token.start,
                     "a name should stand here");
      left = parse_name (self);
      if (left == MISSING || !expect (self, ")"))
        return MISSING;
      return add_node (self, kind, KOUAN_TYPE_TRUTH, left, MISSING);
    }
  if (!enter (self) || (left = parse_expression (self)) == MISSING || !expect (self, ",")
      || (right = parse_expression (self)) == MISSING || !expect (self, ")"))
    return MISSING;
  self->depth--;
  if (node (self, left)->type != KOUAN_TYPE_DATE || node (self, right)->type != KOUAN_TYPE_DATE)
    return fail (self, KOUAN_EXPRESSION_ERROR_TYPE, at, "both of these have to be dates");
  return add_node (self, kind, KOUAN_TYPE_NUMBER, left, right);
}

static guint
parse_parentheses (Parser *self)
{
  guint inner;

  if (!enter (self) || !advance (self) || (inner = parse_expression (self)) == MISSING
      || !expect (self, ")"))
    return MISSING;
  self->depth--;
  return inner;
}

static guint
parse_text (Parser *self)
{
  KouanValue value = { .type = KOUAN_TYPE_TEXT, .known = TRUE };

  value.text
    = g_string_chunk_insert_len (self->expression->strings, self->token.start, self->token.size);
  return advance (self) ? add_literal (self, &value) : MISSING;
}

static guint
parse_term (Parser *self)
{
  KouanValue value = { .known = TRUE };

  switch (self->token.kind)
    {
    case KOUAN_TOKEN_NUMBER:
      return parse_number (self);
    case KOUAN_TOKEN_DATE:
      value.type = KOUAN_TYPE_DATE;
      value.date = self->token.date;
      return advance (self) ? add_literal (self, &value) : MISSING;
    case KOUAN_TOKEN_TEXT:
      return parse_text (self);
    case KOUAN_TOKEN_WORD:
      if (kouan_token_is (&self->token, "known"))
        return parse_call (self, KOUAN_NODE_KNOWN);
      if (kouan_token_is (&self->token, "years"))
        return parse_call (self, KOUAN_NODE_YEARS);
      if (kouan_token_is (&self->token, "months"))
        return parse_call (self, KOUAN_NODE_MONTHS);
      if (kouan_token_is (&self->token, "yes") || kouan_token_is (&self->token, "no"))
        {
          value.type = KOUAN_TYPE_TRUTH;
          value.truth = kouan_token_is (&self->token, "yes");
          return advance (self) ? add_literal (self, &value) : MISSING;
        }
      return parse_name (self);
    default:
      if (kouan_token_is (&self->token, "("))
        return parse_parentheses (self);
      return fail (self, KOUAN_EXPRESSION_ERROR_SYNTAX, self->token.start,
                   "a name, a number, a date, a text or “(” should stand here");
    }
}

/* Which sums there are. Returns: FALSE if these two have none. */
static gboolean
sum_type (KouanNodeKind kind, KouanType left, KouanType right, KouanType *type)
{
  *type = left;
  if (left == KOUAN_TYPE_NUMBER || left == KOUAN_TYPE_SPAN)
    return left == right;
  if (left != KOUAN_TYPE_DATE)
    return FALSE;
  if (right == KOUAN_TYPE_DATE && kind == KOUAN_NODE_SUBTRACT)
    {
      *type = KOUAN_TYPE_NUMBER; /* days */
      return TRUE;
    }
  return right == KOUAN_TYPE_SPAN;
}

static guint
parse_sum (Parser *self)
{
  guint left = parse_term (self);

  while (left != MISSING
         && (kouan_token_is (&self->token, "+") || kouan_token_is (&self->token, "-")))
    {
      KouanNodeKind kind
        = kouan_token_is (&self->token, "+") ? KOUAN_NODE_ADD : KOUAN_NODE_SUBTRACT;
      const char *at = self->token.start;
      KouanType type;
      guint right;

      if (!advance (self) || (right = parse_term (self)) == MISSING)
        return MISSING;
      if (!sum_type (kind, node (self, left)->type, node (self, right)->type, &type))
        return fail (self, KOUAN_EXPRESSION_ERROR_TYPE, at, "%s and %s make no sum",
                     type_name (node (self, left)->type), type_name (node (self, right)->type));
      left = add_node (self, kind, type, left, right);
    }
  return left;
}

/* A text that is compared with a choice has to be one, and one that is compared with a country a
 * country. */
static gboolean
check_literal (Parser *self, guint name, guint literal, const char *at)
{
  KouanSymbol symbol = { 0 };
  const char *text;

  if (node (self, name)->kind != KOUAN_NODE_NAME || node (self, literal)->kind != KOUAN_NODE_LITERAL
      || node (self, literal)->type != KOUAN_TYPE_TEXT
      || !self->symbols (node (self, name)->name, &symbol, self->data))
    return TRUE;
  text = node (self, literal)->value.text;
  if (symbol.country && kouan_country_find (text) == NULL)
    fail (self, KOUAN_EXPRESSION_ERROR_NAME, at, "“%s” is no country code of ICAO 9303-3", text);
  else if (symbol.choices != NULL
           && !g_ptr_array_find_with_equal_func (symbol.choices, text, g_str_equal, NULL))
    fail (self, KOUAN_EXPRESSION_ERROR_NAME, at, "“%s” is not one of the choices of “%s”", text,
          node (self, name)->name);
  else
    return TRUE;
  return FALSE;
}

static guint
add_comparison (Parser *self, KouanNodeKind kind, guint left, guint right, const char *at)
{
  KouanType type = node (self, left)->type;

  if (type != node (self, right)->type)
    return fail (self, KOUAN_EXPRESSION_ERROR_TYPE, at, "%s cannot be compared with %s",
                 type_name (type), type_name (node (self, right)->type));
  if (type == KOUAN_TYPE_SPAN)
    return fail (self, KOUAN_EXPRESSION_ERROR_TYPE, at,
                 "spans of time have no order, as months differ; add them to a date");
  if (kind != KOUAN_NODE_EQUAL && type != KOUAN_TYPE_NUMBER && type != KOUAN_TYPE_DATE)
    return fail (self, KOUAN_EXPRESSION_ERROR_TYPE, at,
                 "%s has no order; use = or !=", type_name (type));
  if (!check_literal (self, left, right, at) || !check_literal (self, right, left, at))
    return MISSING;
  return add_node (self, kind, KOUAN_TYPE_TRUTH, left, right);
}

static guint
negate (Parser *self, guint inner)
{
  return inner == MISSING ? MISSING
                          : add_node (self, KOUAN_NODE_NOT, KOUAN_TYPE_TRUTH, inner, MISSING);
}

/* A list that the file has: x in apostille */
static guint
parse_list_name (Parser *self, guint left)
{
  g_autofree char *name = g_strndup (self->token.start, self->token.size);
  KouanSymbol symbol = { 0 };
  guint index;

  if (!self->symbols (name, &symbol, self->data) || symbol.list == NULL)
    return fail (self, KOUAN_EXPRESSION_ERROR_NAME, self->token.start,
                 "“%s” is no list of this file", name);
  if (node (self, left)->type != KOUAN_TYPE_TEXT)
    return fail (self, KOUAN_EXPRESSION_ERROR_TYPE, self->token.start,
                 "a list has texts, and this is %s", type_name (node (self, left)->type));
  index
    = advance (self) ? add_node (self, KOUAN_NODE_IN, KOUAN_TYPE_TRUTH, left, MISSING) : MISSING;
  if (index != MISSING)
    node (self, index)->list = symbol.list;
  return index;
}

/* The list is walked as it is read: x = a or x = b … */
static guint
parse_list (Parser *self, guint left)
{
  guint any = MISSING;

  if (self->token.kind == KOUAN_TOKEN_WORD)
    return parse_list_name (self, left);
  if (!expect (self, "["))
    return MISSING;
  for (;;)
    {
      const char *at = self->token.start;
      guint member = parse_term (self);
      guint equal
        = member != MISSING ? add_comparison (self, KOUAN_NODE_EQUAL, left, member, at) : MISSING;

      if (equal == MISSING)
        return MISSING;
      any = any == MISSING ? equal : add_node (self, KOUAN_NODE_OR, KOUAN_TYPE_TRUTH, any, equal);
      if (any == MISSING)
        return MISSING;
      if (!kouan_token_is (&self->token, ","))
        return expect (self, "]") ? any : MISSING;
      if (!advance (self))
        return MISSING;
    }
}

static guint
parse_comparison (Parser *self)
{
  static const struct
  {
    const char *sign;
    KouanNodeKind kind;
    gboolean swapped;
    gboolean negated;
  } signs[] = {
    { "=", KOUAN_NODE_EQUAL, FALSE, FALSE }, { "!=", KOUAN_NODE_EQUAL, FALSE, TRUE },
    { "<", KOUAN_NODE_LESS, FALSE, FALSE },  { "<=", KOUAN_NODE_LESS_EQUAL, FALSE, FALSE },
    { ">", KOUAN_NODE_LESS, TRUE, FALSE },   { ">=", KOUAN_NODE_LESS_EQUAL, TRUE, FALSE },
  };
  guint left = parse_sum (self);
  const char *at = self->token.start;
  gboolean negated = kouan_token_is (&self->token, "not");

  if (left == MISSING)
    return MISSING;
  if (negated && !advance (self))
    return MISSING;
  if (kouan_token_is (&self->token, "in"))
    {
      guint list = advance (self) ? parse_list (self, left) : MISSING;

      return negated ? negate (self, list) : list;
    }
  if (negated)
    return fail (self, KOUAN_EXPRESSION_ERROR_SYNTAX, self->token.start, "“in” should stand here");
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (kouan_token_is (&self->token, signs[i].sign))
      {
        guint right = advance (self) ? parse_sum (self) : MISSING;
        guint result = right == MISSING   ? MISSING
                       : signs[i].swapped ? add_comparison (self, signs[i].kind, right, left, at)
                                          : add_comparison (self, signs[i].kind, left, right, at);

        return signs[i].negated ? negate (self, result) : result;
      }
  return left;
}

static gboolean
is_truth (Parser *self, guint index, const char *at, const char *word)
{
  if (index == MISSING)
    return FALSE;
  if (node (self, index)->type == KOUAN_TYPE_TRUTH)
    return TRUE;
  fail (self, KOUAN_EXPRESSION_ERROR_TYPE, at, "“%s” joins conditions, and this is %s", word,
        type_name (node (self, index)->type));
  return FALSE;
}

static guint
parse_negation (Parser *self)
{
  const char *at = self->token.start;
  guint inner;

  if (!kouan_token_is (&self->token, "not"))
    return parse_comparison (self);
  if (!enter (self) || !advance (self))
    return MISSING;
  inner = parse_negation (self);
  self->depth--;
  return is_truth (self, inner, at, "not") ? negate (self, inner) : MISSING;
}

static guint
parse_chain (Parser *self, guint (*parse_part) (Parser *), const char *word, KouanNodeKind kind)
{
  guint left = parse_part (self);

  while (left != MISSING && kouan_token_is (&self->token, word))
    {
      const char *at = self->token.start;
      guint right;

      if (!is_truth (self, left, at, word) || !advance (self))
        return MISSING;
      right = parse_part (self);
      if (!is_truth (self, right, at, word))
        return MISSING;
      left = add_node (self, kind, KOUAN_TYPE_TRUTH, left, right);
    }
  return left;
}

static guint
parse_conjunction (Parser *self)
{
  return parse_chain (self, parse_negation, "and", KOUAN_NODE_AND);
}

static guint
parse_expression (Parser *self)
{
  return parse_chain (self, parse_conjunction, "or", KOUAN_NODE_OR);
}

void
kouan_expression_free (KouanExpression *self)
{
  g_array_unref (self->nodes);
  g_ptr_array_unref (self->names);
  g_string_chunk_free (self->strings);
  g_free (self);
}

static KouanExpression *
expression_new (void)
{
  KouanExpression *self = g_new0 (KouanExpression, 1);

  self->nodes = g_array_new (FALSE, FALSE, sizeof (KouanNode));
  self->strings = g_string_chunk_new (64);
  self->names = g_ptr_array_new ();
  return self;
}

/**
 * kouan_expression_parse:
 * @type: what it has to come to
 * @symbols: (scope call): says what a name stands for; FALSE where it stands for nothing
 * @error: of KOUAN_EXPRESSION_ERROR: at which character, what, and what should be there
 *
 * Returns: (transfer full) (nullable): the expression
 */
KouanExpression *
kouan_expression_parse (
  const char *text, KouanType type, KouanSymbolFunc symbols, gpointer data, GError **error)
{
  g_autoptr (KouanExpression) expression = expression_new ();
  g_autoptr (GError) reason = NULL;
  Parser parser = { .text = text,
                    .cursor = text,
                    .expression = expression,
                    .symbols = symbols,
                    .data = data,
                    .error = &reason };
  guint root = MISSING;

  g_return_val_if_fail (text != NULL && symbols != NULL, NULL);

  parser.token.start = text;
  if (strlen (text) > KOUAN_EXPRESSION_SIZE_MAX)
    fail (&parser, KOUAN_EXPRESSION_ERROR_LIMIT, text, "this is longer than %d bytes",
          KOUAN_EXPRESSION_SIZE_MAX);
  else if (!g_utf8_validate (text, -1, NULL))
    fail (&parser, KOUAN_EXPRESSION_ERROR_SYNTAX, text, "this is not UTF-8");
  else if (advance (&parser))
    root = parse_expression (&parser);
  if (root != MISSING && parser.token.kind != KOUAN_TOKEN_END)
    root = fail (&parser, KOUAN_EXPRESSION_ERROR_SYNTAX, parser.token.start,
                 "this is one too many; “and”, “or” or a comparison should stand before it");
  if (root != MISSING && node (&parser, root)->type != type)
    root = fail (&parser, KOUAN_EXPRESSION_ERROR_TYPE, text, "this is %s and should be %s",
                 type_name (node (&parser, root)->type), type_name (type));
  if (root == MISSING)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  g_assert (root == expression->nodes->len - 1);
  return g_steal_pointer (&expression);
}

/* Returns: (transfer none) (element-type utf8): each name in it, once, in order */
GPtrArray *
kouan_expression_get_names (KouanExpression *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->names;
}

/* Returns: (transfer full) (element-type gint64): the numbers that it names */
GArray *
kouan_expression_get_numbers (KouanExpression *self)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (self != NULL, numbers);

  for (guint i = 0; i < self->nodes->len; i++)
    {
      const KouanNode *node = &g_array_index (self->nodes, KouanNode, i);

      if (node->kind == KOUAN_NODE_LITERAL && node->type == KOUAN_TYPE_NUMBER)
        g_array_append_val (numbers, node->value.number);
    }
  return numbers;
}
