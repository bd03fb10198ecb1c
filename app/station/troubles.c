/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-station"

#include "app/station/troubles.h"

#include <string.h>

/* The file is small, for looking at, and nothing depends on it: replaced in one step and not
 * synced. Several processes write it, each its own lines, one after the other by a lock. */

#define LOCK "troubles.lock"
#define FILE_MODE 0600
#define LINES_MAX 64

static char **
read_lines (KouanStation *station)
{
  g_autofree char *path = kouan_station_path (station, KOUAN_STATION_TROUBLES);
  g_autofree char *text = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    lines = g_strsplit (text, "\n", LINES_MAX);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      g_strv_builder_add (builder, lines[i]);
  return g_strv_builder_end (builder);
}

static gboolean
is_about (const char *line, const char *subject)
{
  gsize length = strlen (subject);

  return strncmp (line, subject, length) == 0 && line[length] == ' ';
}

/* Returns: (transfer full): all lines as they have to be from now on */
static char *
replace_line (char **lines, const char *subject, const char *state)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!is_about (lines[i], subject))
      g_string_append_printf (text, "%s\n", lines[i]);
  if (state != NULL)
    g_string_append_printf (text, "%s %s\n", subject, state);
  return g_string_free (text, FALSE);
}

/* @subject: one word; @state: words of small letters, digits and "-" */
void
kouan_troubles_set (KouanStation *station, const char *subject, const char *state)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (KouanStationLock) lock = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (KOUAN_IS_STATION (station) && subject != NULL);

  lock = kouan_station_lock (station, LOCK, FALSE, TRUE);
  path = kouan_station_path (station, KOUAN_STATION_TROUBLES);
  lines = read_lines (station);
  text = replace_line (lines, subject, state);
  before = g_strjoinv ("\n", lines);
  if (strlen (before) + (lines[0] != NULL) == strlen (text) && g_str_has_prefix (text, before))
    return;
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, FILE_MODE, &error))
    g_message ("%s", error->message);
}

/* Returns: (transfer full): never NULL */
char **
kouan_troubles_list (KouanStation *station)
{
  g_return_val_if_fail (KOUAN_IS_STATION (station), NULL);

  return read_lines (station);
}
