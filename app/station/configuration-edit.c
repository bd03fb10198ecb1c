/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-station"

#include "app/crypto/durable.h"
#include "app/station/configuration-private.h"

#include <string.h>

/* Changes single lines of a kouan.conf and leaves what else a technician has written there. */

#define PUBLIC_MODE 0644

static gboolean
refuse (GError **error, const char *name)
{
  g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED,
               "\"%s\": there is no such key; \"kouanctl config show\" lists them as GROUP.KEY",
               name);
  return FALSE;
}

/* "sync.pause-minutes" */
static gboolean
split_name (const char *name, char **group, char **key, GError **error)
{
  const char *dot = strchr (name, '.');

  if (dot == NULL || dot == name || dot[1] == '\0')
    return refuse (error, name);
  *group = g_strndup (name, (gsize)(dot - name));
  *key = g_strdup (dot + 1);
  return TRUE;
}

static GPtrArray *
split_lines (const char *contents)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) texts = g_strsplit (contents, "\n", -1);

  for (guint i = 0; texts[i] != NULL; i++)
    g_ptr_array_add (lines, g_strdup (texts[i]));
  if (lines->len > 0 && *(char *)lines->pdata[lines->len - 1] == '\0')
    g_ptr_array_remove_index (lines, lines->len - 1);
  return lines;
}

static char *
join_lines (GPtrArray *lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\n", (char *)lines->pdata[i]);
  return g_string_free (text, FALSE);
}

/* Returns: the index of the line that the template has for a key that is not set: "#key=" */
static gboolean
find_placeholder (GPtrArray *lines, guint from, const char *key, guint *index)
{
  g_autofree char *start = g_strconcat ("#", key, "=", NULL);

  for (guint i = from; i < lines->len && *(char *)lines->pdata[i] != '['; i++)
    if (g_str_has_prefix (lines->pdata[i], start))
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

static void
replace_line (GPtrArray *lines, guint index, char *line)
{
  g_free (lines->pdata[index]);
  lines->pdata[index] = line;
}

/* @value: empty to have the default again */
static char *
set_one (const char *contents, const char *group, const char *key, const char *value)
{
  g_autoptr (GPtrArray) lines = split_lines (contents);
  guint at = kouan_configuration_find_line (contents, group, key);
  guint head = kouan_configuration_find_line (contents, group, NULL);
  char *line = kouan_configuration_assign (key, value);
  guint index;

  if (at > 0)
    replace_line (lines, at - 1, line);
  else if (head > 0 && find_placeholder (lines, head, key, &index))
    replace_line (lines, index, line);
  else if (head > 0)
    g_ptr_array_insert (lines, (gint)head, line);
  else
    {
      g_ptr_array_add (lines, g_strdup (""));
      g_ptr_array_add (lines, g_strdup_printf ("[%s]", group));
      g_ptr_array_add (lines, line);
    }
  return join_lines (lines);
}

/**
 * kouan_station_set_values:
 * @folder: of the station
 * @changes: (element-type utf8 utf8): "GROUP.KEY" to value; an empty one means the default
 *
 * All of them or none: what the result would be refused for is refused here, and the file stays as
 * it was. A running kiosk follows at its next visit.
 */
gboolean
kouan_station_set_values (const char *folder, GHashTable *changes, GError **error)
{
  g_autofree char *path = g_build_filename (folder, KOUAN_STATION_CONFIG, NULL);
  g_autofree char *contents = kouan_configuration_read (path, error);
  g_autoptr (KouanConfiguration) checked = NULL;
  g_autoptr (GError) local = NULL;
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, changes);
  while (contents != NULL && g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autofree char *group = NULL;
      g_autofree char *key = NULL;
      g_autofree char *former = g_steal_pointer (&contents);

      if (split_name (name, &group, &key, error))
        contents = set_one (former, group, key, value);
    }
  if (contents == NULL)
    return FALSE;
  checked = kouan_configuration_parse (path, contents, error);
  if (checked == NULL)
    return FALSE;
  if (kouan_write_file_durably (path, (const guint8 *)contents, strlen (contents), PUBLIC_MODE,
                                &local))
    return TRUE;
  g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_IO, "%s: %s", path, local->message);
  return FALSE;
}

/* MISSING or MALFORMED, naming the line and what would be right. */
gboolean
kouan_station_check_configuration (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, KOUAN_STATION_CONFIG, NULL);
  g_autoptr (KouanConfiguration) checked = kouan_configuration_load (path, error);

  return checked != NULL;
}

void
kouan_station_setting_free (KouanStationSetting *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self->kind);
  g_free (self);
}

/* Returns: (transfer full) (element-type KouanStationSetting): every key, in the order of the page
 */
GPtrArray *
kouan_configuration_list (KouanConfiguration *self)
{
  GPtrArray *settings = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_station_setting_free);
  gsize count;
  const KouanConfigurationRow *rows = kouan_configuration_rows (&count);

  for (gsize i = 0; i < count; i++)
    {
      g_autofree char *key = g_strdup_printf ("%s/%s", rows[i].group, rows[i].key);
      KouanStationSetting *setting = g_new0 (KouanStationSetting, 1);
      const char *value = g_hash_table_lookup (self->values, key);

      setting->name = g_strdup_printf ("%s.%s", rows[i].group, rows[i].key);
      setting->value = g_strdup (value != NULL ? value : rows[i].fallback);
      setting->is_set = value != NULL;
      setting->fallback = rows[i].fallback;
      setting->kind = kouan_configuration_describe (&rows[i]);
      setting->unit = kouan_configuration_unit (&rows[i]);
      setting->what = rows[i].what;
      g_ptr_array_add (settings, setting);
    }
  return settings;
}
