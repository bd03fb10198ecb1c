/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/json.h"

#include <string.h>

G_DEFINE_QUARK (kouan_json_error, kouan_json_error)

/* How deep brackets are nested outside strings; G_MAXUINT if something stands there that JSON does
 * not have. json-glib would take comments and single quotation marks, in which a quotation mark
 * could hide brackets from this count; they are not JSON, and refused. */
static guint
nesting (const char *text, gsize size)
{
  gboolean in_string = FALSE;
  guint depth = 0, deepest = 0;

  for (gsize i = 0; i < size; i++)
    {
      if (in_string && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        in_string = !in_string;
      else if (in_string)
        continue;
      else if (text[i] == '[' || text[i] == '{')
        {
          depth++;
          deepest = MAX (deepest, depth);
        }
      else if ((text[i] == ']' || text[i] == '}') && depth > 0)
        depth--;
      else if (!g_ascii_isalnum (text[i]) && strchr (" \t\r\n:,+-.]}", text[i]) == NULL)
        return G_MAXUINT;
    }
  return deepest;
}

/**
 * kouan_json_parse:
 * @text: need not end with a NUL
 *
 * Returns: (transfer full) (nullable): the root. JSON as RFC 8259 has it: UTF-8, no comments.
 */
JsonNode *
kouan_json_parse (const char *text, gsize size, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) reason = NULL;
  JsonNode *root;
  guint depth;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate_len (text, size, NULL) || memchr (text, '\0', size) != NULL)
    {
      g_set_error (error, KOUAN_JSON_ERROR, KOUAN_JSON_ERROR_SYNTAX, "this is not UTF-8 text");
      return NULL;
    }
  depth = nesting (text, size);
  if (depth > KOUAN_JSON_DEPTH_MAX)
    {
      g_set_error (error, KOUAN_JSON_ERROR,
                   depth == G_MAXUINT ? KOUAN_JSON_ERROR_SYNTAX : KOUAN_JSON_ERROR_DEPTH,
                   depth == G_MAXUINT ? "a character outside a string that JSON does not have"
                                      : "nested too deep");
      return NULL;
    }
  if (!json_parser_load_from_data (parser, text, size, &reason))
    {
      g_set_error (error, KOUAN_JSON_ERROR, KOUAN_JSON_ERROR_SYNTAX, "%s", reason->message);
      return NULL;
    }
  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error (error, KOUAN_JSON_ERROR, KOUAN_JSON_ERROR_SYNTAX, "there is nothing in it");
  return root;
}
