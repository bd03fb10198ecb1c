/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-station"

#include "app/station/configuration-private.h"

#include <string.h>

/* The lines of a kouan.conf. GKeyFile reads it, but does not say where something stands, and a
 * technician in front of a file wants the line. */

/* @line: changed. Returns: (nullable): the group that it opens */
static const char *
group_of (char *line)
{
  char *end;

  g_strstrip (line);
  if (*line != '[' || (end = strchr (line, ']')) == NULL)
    return NULL;
  *end = '\0';
  return line + 1;
}

static gboolean
sets (const char *line, const char *key)
{
  const char *equals = strchr (line, '=');
  g_autofree char *name = NULL;

  if (equals == NULL || *line == '#')
    return FALSE;
  name = g_strstrip (g_strndup (line, (gsize)(equals - line)));
  return g_str_equal (name, key);
}

/**
 * kouan_configuration_find_line:
 * @key: (nullable): NULL for the group itself
 *
 * Returns: the number of the line, from 1; of several the last, which is the one that counts; 0 if
 * there is none
 */
guint
kouan_configuration_find_line (const char *contents, const char *group, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);
  gboolean inside = FALSE;
  guint found = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = g_strdup (lines[i]);
      const char *opened = group_of (line);

      if (opened != NULL)
        {
          inside = g_str_equal (opened, group);
          if (inside && key == NULL)
            found = i + 1;
        }
      else if (inside && key != NULL && sets (line, key))
        found = i + 1;
    }
  return found;
}

static const char *
find_fault (const char *line, gboolean inside)
{
  if (!g_utf8_validate (line, -1, NULL))
    return "must be text in UTF-8";
  if (*line == '\0' || *line == '#')
    return NULL;
  if (*line == '[')
    return g_str_has_suffix (line, "]") ? NULL : "must end with ]";
  if (strchr (line, '=') == NULL)
    return "must be [group], key=value, or # and a remark";
  if (*line == '=')
    return "must have a key before =";
  return inside ? NULL : "must come after a [group]";
}

/* Returns: FALSE with MALFORMED, naming the first line that is none */
gboolean
kouan_configuration_check_lines (const char *path, const char *contents, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);
  gboolean inside = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *fault = find_fault (g_strstrip (lines[i]), inside);

      if (fault != NULL)
        {
          g_autofree char *shown = g_utf8_make_valid (lines[i], -1);

          g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED,
                       "%s:%u: found \"%s\"; %s", path, i + 1, shown, fault);
          return FALSE;
        }
      inside = inside || lines[i][0] == '[';
    }
  return TRUE;
}
