/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/expression-private.h"

#include "app/clock/date.h"

#include <string.h>

/* From the text of an expression to its words. */

#define DIGITS_MAX 15

static void
take (const char **cursor, KouanToken *token, KouanTokenKind kind, gsize size)
{
  token->kind = kind;
  token->start = *cursor;
  token->size = size;
  *cursor += size;
}

static gboolean
is_date (const char *text)
{
  static const char shape[] = "dddd-dd-dd";

  for (gsize i = 0; shape[i] != '\0'; i++)
    if (shape[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != shape[i])
      return FALSE;
  return TRUE;
}

static gboolean
take_number (const char **cursor, KouanToken *token, const char **problem)
{
  gsize size = strspn (*cursor, "0123456789");

  if (is_date (*cursor))
    {
      g_autofree char *text = g_strndup (*cursor, 10);

      take (cursor, token, KOUAN_TOKEN_DATE, 10);
      *problem = "this is no day of the calendar";
      return kouan_date_parse (text, &token->date);
    }
  *problem = "this number has too many digits";
  if (size > DIGITS_MAX)
    return FALSE;
  token->number = g_ascii_strtoll (*cursor, NULL, 10);
  take (cursor, token, KOUAN_TOKEN_NUMBER, size);
  return TRUE;
}

static gboolean
take_text (const char **cursor, KouanToken *token, const char **problem)
{
  const char *end = strchr (*cursor + 1, '\'');

  *problem = "this text has no quotation mark at its end";
  if (end == NULL)
    return FALSE;
  token->kind = KOUAN_TOKEN_TEXT;
  token->start = *cursor + 1;
  token->size = end - token->start;
  *cursor = end + 1;
  return TRUE;
}

/**
 * kouan_token_next:
 * @cursor: (inout): moved behind the token; stays where the problem is
 * @problem: (out): what is wrong
 *
 * Returns: FALSE if what comes next is no word of the language
 */
gboolean
kouan_token_next (const char **cursor, KouanToken *token, const char **problem)
{
  memset (token, 0, sizeof *token);
  *cursor += strspn (*cursor, " \t\r\n");
  if (**cursor == '\0')
    {
      take (cursor, token, KOUAN_TOKEN_END, 0);
      return TRUE;
    }
  if (g_ascii_isdigit (**cursor))
    return take_number (cursor, token, problem);
  if (**cursor == '\'')
    return take_text (cursor, token, problem);
  if (g_ascii_islower (**cursor))
    {
      take (cursor, token, KOUAN_TOKEN_WORD,
            strspn (*cursor, "abcdefghijklmnopqrstuvwxyz0123456789_"));
      return TRUE;
    }
  if (strchr ("!<>", **cursor) != NULL && (*cursor)[1] == '=')
    {
      take (cursor, token, KOUAN_TOKEN_SIGN, 2);
      return TRUE;
    }
  *problem = "this character is not part of the language; names are in small letters, texts in '…'";
  if (strchr ("()[],=<>+-", **cursor) == NULL)
    return FALSE;
  take (cursor, token, KOUAN_TOKEN_SIGN, 1);
  return TRUE;
}

/* Whether it is this word or sign; a text in quotation marks never is. */
gboolean
kouan_token_is (const KouanToken *self, const char *word)
{
  return (self->kind == KOUAN_TOKEN_WORD || self->kind == KOUAN_TOKEN_SIGN)
         && strlen (word) == self->size && memcmp (self->start, word, self->size) == 0;
}
