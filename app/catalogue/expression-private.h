/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/expression.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_NODE_LITERAL,
  KOUAN_NODE_NAME,
  KOUAN_NODE_KNOWN,  /* left: a name */
  KOUAN_NODE_YEARS,  /* whole years from left to right */
  KOUAN_NODE_MONTHS, /* whole months from left to right */
  KOUAN_NODE_NOT,
  KOUAN_NODE_AND,
  KOUAN_NODE_OR,
  KOUAN_NODE_EQUAL,
  KOUAN_NODE_LESS,
  KOUAN_NODE_LESS_EQUAL,
  KOUAN_NODE_ADD,
  KOUAN_NODE_SUBTRACT,
  KOUAN_NODE_IN, /* left is in the list */
} KouanNodeKind;

/* One node; children are indices into the same array and smaller than their parent's. */
typedef struct
{
  KouanNodeKind kind;
  KouanType type;
  guint left;
  guint right;
  const char *name; /* interned by the expression */
  KouanValue value; /* of a literal */
  GHashTable *list; /* of IN: the service's */
} KouanNode;

struct _KouanExpression
{
  GArray *nodes;         /* of KouanNode; the last is the root */
  GStringChunk *strings; /* names and texts */
  GPtrArray *names;      /* (element-type utf8) in strings */
};

typedef enum
{
  KOUAN_TOKEN_END,
  KOUAN_TOKEN_WORD,
  KOUAN_TOKEN_NUMBER,
  KOUAN_TOKEN_DATE,
  KOUAN_TOKEN_TEXT,
  KOUAN_TOKEN_SIGN, /* one of ( ) [ ] , = != < <= > >= + - */
} KouanTokenKind;

typedef struct
{
  KouanTokenKind kind;
  const char *start; /* in the text; of TEXT without its quotation marks */
  gsize size;
  gint64 number;
  GDate date;
} KouanToken;

gboolean kouan_token_next (const char **cursor, KouanToken *token, const char **problem);
gboolean kouan_token_is (const KouanToken *self, const char *word);

KouanValue kouan_value_unknown (KouanType type);
gboolean kouan_date_shift (const GDate *date, gint64 months, gint64 days, GDate *shifted);

G_END_DECLS
