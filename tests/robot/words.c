/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/words.h"

#include <json-glib/json-glib.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

/* A sentence of the machine is looked up where the machine has it from: its own in the gettext
 * catalogue, a service's in the JSON of the service catalogue, where each stands in all languages
 * side by side. */

#define DOMAIN "kouan"
#define DAYS_SINCE_ENTRY 4

extern int _nl_msg_cat_cntr; /* of libintl: see the GNU gettext manual, "gettext grok" */

struct _RobotWords
{
  GHashTable *facts;    /* name to text */
  GHashTable *services; /* English to the language */
  char *catalogue;
};

static const struct
{
  const char *language;
  const char *catalogue; /* as the service catalogue names it */
  const char *own_name;
} languages[] = { { "en", "en", "English" }, { "zh_CN", "zh-Hans", "简体中文" } };

/* "mrz-1-start" for "mrz-1": the first line without the fillers at its end, for which the keyboard
 * has a key. */
static void
add_line_start (RobotWords *self, const char *name)
{
  const char *line = g_hash_table_lookup (self->facts, name);
  gsize length = strlen (line);

  while (length > 0 && line[length - 1] == '<')
    length--;
  g_hash_table_insert (self->facts, g_strconcat (name, "-start", NULL), g_strndup (line, length));
}

static gboolean
read_facts (RobotWords *self, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) entered = g_date_time_add_days (now, -DAYS_SINCE_ENTRY);
  g_auto (GStrv) names = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    return FALSE;
  names = g_key_file_get_keys (file, "applicant", NULL, error);
  if (names == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_hash_table_insert (self->facts, g_strdup (names[i]),
                           g_key_file_get_string (file, "applicant", names[i], NULL));
      if (g_str_has_suffix (names[i], "mrz-1"))
        add_line_start (self, names[i]);
    }
  g_hash_table_insert (self->facts, g_strdup ("entered"), g_date_time_format (entered, "%d%m%Y"));
  g_hash_table_insert (self->facts, g_strdup ("entered-year-first"),
                       g_date_time_format (entered, "%Y%m%d"));
  return TRUE;
}

static void collect_node (RobotWords *self, JsonNode *node, const char *language);

static void
on_member (JsonObject *object G_GNUC_UNUSED,
           const char *name G_GNUC_UNUSED,
           JsonNode *node,
           gpointer data)
{
  gpointer *context = data;

  collect_node (context[0], node, context[1]);
}

static void
on_element (JsonArray *array G_GNUC_UNUSED, guint i G_GNUC_UNUSED, JsonNode *node, gpointer data)
{
  gpointer *context = data;

  collect_node (context[0], node, context[1]);
}

/* Every { "en": …, "zh-Hans": … } below the node. */
static void
collect_node (RobotWords *self, JsonNode *node, const char *language)
{
  gpointer context[] = { self, (gpointer)language };

  if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_foreach_element (json_node_get_array (node), on_element, context);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      const char *english = json_object_get_string_member_with_default (object, "en", NULL);
      const char *other = json_object_get_string_member_with_default (object, language, NULL);

      if (english != NULL && other != NULL)
        g_hash_table_insert (self->services, g_strdup (english), g_strdup (other));
      else
        json_object_foreach_member (object, on_member, context);
    }
}

static gboolean
read_services (RobotWords *self, const char *language, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (self->catalogue, 0, error);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->catalogue, name, NULL);
      g_autoptr (JsonParser) parser = json_parser_new ();

      if (!g_str_has_suffix (name, ".json"))
        continue;
      if (!json_parser_load_from_file (parser, path, error))
        return FALSE;
      collect_node (self, json_parser_get_root (parser), language);
    }
  return dir != NULL;
}

static void
bind_messages (const char *folder)
{
  setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (DOMAIN, folder);
  bind_textdomain_codeset (DOMAIN, "UTF-8");
}

/**
 * robot_words_new:
 *
 * Returns: (transfer full) (nullable): what an applicant knows; she speaks English until she is
 * told otherwise
 */
RobotWords *
robot_words_new (const RobotWordsSources *sources, GError **error)
{
  g_autoptr (RobotWords) self = g_new0 (RobotWords, 1);

  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->services = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->catalogue = g_strdup (sources->catalogue);
  if (!read_facts (self, sources->facts, error))
    return NULL;
  bind_messages (sources->messages);
  return g_steal_pointer (&self);
}

void
robot_words_free (RobotWords *self)
{
  g_hash_table_unref (self->facts);
  g_hash_table_unref (self->services);
  g_free (self->catalogue);
  g_free (self);
}

/**
 * robot_words_speak:
 * @language: "en" or "zh_CN"
 *
 * From now on the machine is expected to say things in this language.
 */
gboolean
robot_words_speak (RobotWords *self, const char *language, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (strcmp (languages[i].language, language) == 0)
      {
        g_hash_table_remove_all (self->services);
        g_setenv ("LANGUAGE", language, TRUE);
        ++_nl_msg_cat_cntr; /* gettext keeps what it has found otherwise */
        return read_services (self, languages[i].catalogue, error);
      }
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_NOT_FOUND,
               "this applicant does not speak \"%s\"", language);
  return FALSE;
}

/* (nullable): what the language calls itself */
const char *
robot_words_own_name (const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (strcmp (languages[i].language, language) == 0)
      return languages[i].own_name;
  return NULL;
}

/**
 * robot_words_get:
 * @text: English, or "@name" for a fact
 *
 * Returns: (nullable): the fact, or the text in the language; NULL for a fact that is not known
 */
const char *
robot_words_get (RobotWords *self, const char *text)
{
  const char *translated;

  if (text[0] == '@')
    return g_hash_table_lookup (self->facts, text + 1);
  translated = g_hash_table_lookup (self->services, text);
  return translated != NULL ? translated : dgettext (DOMAIN, text);
}
