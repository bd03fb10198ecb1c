/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-station"

#include "app/station/configuration-private.h"

#include <string.h>

/* The table of configuration.c as text: the kouan.conf of a new station, and docs/CONFIGURATION.md,
 * which a test holds against it. */

static const struct
{
  const char *suffix;
  const char *unit;
} units[] = {
  { "-minutes", "minutes" }, { "-seconds", "seconds" }, { "-days", "days" },
  { "-kbit", "kbit/s" },     { "-mib", "MiB" },         { "-percent", "%" },
};

/* Returns: (nullable): what its number counts, which its name ends in */
const char *
kouan_configuration_unit (const KouanConfigurationRow *row)
{
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_suffix (row->key, units[i].suffix))
      return units[i].unit;
  return NULL;
}

/* Returns: (transfer full): "key=value", with what has to be escaped */
char *
kouan_configuration_assign (const char *key, const char *value)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *escaped = NULL;

  g_key_file_set_string (file, "x", key, value);
  escaped = g_key_file_get_value (file, "x", key, NULL);
  return g_strdup_printf ("%s=%s", key, escaped);
}

static void
append_assignment (GString *out, const char *key, const char *value)
{
  g_autofree char *line = kouan_configuration_assign (key, value);

  g_string_append_printf (out, "%s\n", line);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* key[LANGUAGE]=… for every language that is known, in a fixed order */
static void
append_translations (GString *out, const KouanConfigurationRow *row, GHashTable *values)
{
  g_autofree char *prefix = g_strdup_printf ("%s/%s[", row->group, row->key);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, prefix))
      g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    append_assignment (out, (const char *)names->pdata[i] + strlen (row->group) + 1,
                       g_hash_table_lookup (values, names->pdata[i]));
}

static void
append_row (GString *out, const KouanConfigurationRow *row, GHashTable *values)
{
  g_autofree char *name = g_strdup_printf ("%s/%s", row->group, row->key);
  const char *value = g_hash_table_lookup (values, name);

  g_string_append_printf (out, "\n# %s\n", row->what);
  if (row->required)
    g_string_append (out, "# Has to be there.\n");
  else if (row->fallback != NULL)
    g_string_append_printf (out, "# Default: %s\n", row->fallback);
  else
    g_string_append (out, "# Default: none\n");
  if (value != NULL)
    append_assignment (out, row->key, value);
  else
    g_string_append_printf (out, "#%s=%s\n", row->key, row->fallback != NULL ? row->fallback : "");
  append_translations (out, row, values);
}

/**
 * kouan_configuration_template:
 * @values: (element-type utf8 utf8): "group/key" or "group/key[language]" to text
 *
 * Returns: (transfer full): a kouan.conf that explains every key and sets those that are known
 */
char *
kouan_configuration_template (GHashTable *values)
{
  GString *out = g_string_new ("# The configuration of one Kouan kiosk, read when it starts.\n"
                               "# A line with # in front is not set: its default holds.\n");

  gsize count;
  const KouanConfigurationRow *rows = kouan_configuration_rows (&count);

  for (gsize i = 0; i < count; i++)
    {
      if (i == 0 || !g_str_equal (rows[i].group, rows[i - 1].group))
        g_string_append_printf (out, "\n[%s]\n", rows[i].group);
      append_row (out, &rows[i], values);
    }
  return g_string_free (out, FALSE);
}

static void
document_row (GString *out, const KouanConfigurationRow *row)
{
  const char *unit = kouan_configuration_unit (row);
  g_autofree char *kind = kouan_configuration_describe (row);
  g_autofree char *what = g_strdelimit (g_strdup (row->what), "|", '/');

  g_string_append_printf (out, "| `%s`%s | %s | %s | %s | %s |\n", row->key,
                          row->translated ? ", `[LANGUAGE]`" : "", kind, unit != NULL ? unit : "",
                          row->required           ? "has to be there"
                          : row->fallback == NULL ? "none"
                                                  : row->fallback,
                          what);
}

/**
 * kouan_station_document_configuration:
 *
 * Returns: (transfer full): docs/CONFIGURATION.md
 */
char *
kouan_station_document_configuration (void)
{
  GString *out = g_string_new (
    "# The configuration of a kiosk\n\n"
    "`kouan.conf` in the station's folder, read when the kiosk starts, which is before each visit. "
    "A\n"
    "new station gets one in which every key stands with its default. This page is written by\n"
    "`kouanctl config document`, from the table that the file is checked against.\n\n"
    "A line that is wrong is named with the file, its number, and what would be right\n"
    "(`kouanctl config check --station DIR`). The kiosk then goes on with the last configuration\n"
    "that was right, `kouan.conf.good` beside it, and says so to `kouanctl doctor` and to the "
    "hub.\n"
    "`kouanctl config set --station DIR GROUP.KEY=VALUE…` changes a line and leaves the others, "
    "and\n"
    "refuses what would be wrong. An empty value is the default.\n");
  gsize count;
  const KouanConfigurationRow *rows = kouan_configuration_rows (&count);

  for (gsize i = 0; i < count; i++)
    {
      if (i == 0 || !g_str_equal (rows[i].group, rows[i - 1].group))
        g_string_append_printf (out,
                                "\n## [%s]\n\n| key | value | unit | default | what it is for |\n"
                                "| --- | --- | --- | --- | --- |\n",
                                rows[i].group);
      document_row (out, &rows[i]);
    }
  return g_string_free (out, FALSE);
}
