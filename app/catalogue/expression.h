/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/calendar.h"

G_BEGIN_DECLS

/* The language of conditions and dates in a catalogue. docs/CATALOGUE.md has its grammar. Total:
 * every expression that parses has a value for every input, after at most as many steps as it has
 * nodes. */
#define KOUAN_EXPRESSION_SIZE_MAX 2000 /* bytes of text */
#define KOUAN_EXPRESSION_NODES_MAX 256
#define KOUAN_EXPRESSION_DEPTH_MAX 32 /* of parentheses and "not" */

typedef enum
{
  KOUAN_TYPE_TRUTH,
  KOUAN_TYPE_NUMBER,
  KOUAN_TYPE_TEXT,
  KOUAN_TYPE_DATE,
  KOUAN_TYPE_SPAN, /* so many months and days */
} KouanType;

typedef struct
{
  KouanType type;
  gboolean known; /* FALSE: not answered, not on the document, or beyond the calendar */
  gboolean any;   /* while a catalogue is checked: it may be this or that */
  gboolean truth;
  gint64 number;
  const char *text; /* (transfer none) */
  GDate date;
  int months;
  int days;
  int working_days;
  gboolean beyond; /* of a date: working days were counted past the end of the calendar */
} KouanValue;

/* What a name stands for, asked once while parsing. */
typedef struct
{
  KouanType type;
  GPtrArray *choices;     /* (nullable) (element-type utf8): a text is one of these */
  gboolean country;       /* a text is a code of ICAO 9303-3 §5 */
  GHashTable *list;       /* (nullable): it is a list of texts, for "in" alone */
  const char *stands_for; /* (nullable): the name to ask for the value of, in place of this one */
} KouanSymbol;

typedef gboolean (*KouanSymbolFunc) (const char *name, KouanSymbol *symbol, gpointer data);
typedef KouanValue (*KouanValueFunc) (const char *name, gpointer data);

typedef enum
{
  KOUAN_EXPRESSION_ERROR_SYNTAX,
  KOUAN_EXPRESSION_ERROR_NAME, /* a name, a choice or a country that is not there */
  KOUAN_EXPRESSION_ERROR_TYPE,
  KOUAN_EXPRESSION_ERROR_LIMIT,
} KouanExpressionError;
#define KOUAN_EXPRESSION_ERROR (kouan_expression_error_quark ())
GQuark kouan_expression_error_quark (void);

typedef struct _KouanExpression KouanExpression;

KouanExpression *kouan_expression_parse (const char *text,
                                         KouanType type,
                                         KouanSymbolFunc symbols,
                                         gpointer data,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanValue kouan_expression_evaluate (KouanExpression *self,
                                      KouanCalendar *calendar,
                                      KouanValueFunc values,
                                      gpointer data);
GPtrArray *kouan_expression_get_names (KouanExpression *self); /* (element-type utf8), each once */
GArray *kouan_expression_get_numbers (KouanExpression *self);  /* of gint64: literals in it */
void kouan_expression_free (KouanExpression *self);

gboolean kouan_value_is_true (const KouanValue *value); /* known, and so */
gboolean kouan_value_may_be_true (const KouanValue *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanExpression, kouan_expression_free)

G_END_DECLS
