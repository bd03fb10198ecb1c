/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include "app/ctl/fields.h"
#include "app/ctl/store.h"
#include "app/station/station.h"

#include <stdio.h>
#include <string.h>

/* kouanctl config: what kouan.conf says and may say, whether it is right, and single changes. */

static KouanExit
check (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  gboolean right = kouan_station_check_configuration (folder, &error);

  kouan_ctl_add_bool (line, "right", right);
  if (!right)
    kouan_ctl_add_text (line, "fault", error->message);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return right ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

static void
print_setting (const KouanStationSetting *setting)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

  kouan_ctl_add_text (line, "key", setting->name);
  kouan_ctl_add_text (line, "value", setting->value);
  kouan_ctl_add_bool (line, "set", setting->is_set);
  kouan_ctl_add_text (line, "default", setting->fallback);
  kouan_ctl_add_text (line, "unit", setting->unit);
  kouan_ctl_add_text (line, "may_be", setting->kind);
  kouan_ctl_add_text (line, "what", setting->what);
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

static KouanExit
show (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanStation) station = kouan_station_load (folder, &error);
  g_autoptr (GPtrArray) settings = NULL;

  if (station == NULL)
    return kouan_ctl_failed (error);
  settings = kouan_station_list_settings (station);
  for (guint i = 0; i < settings->len; i++)
    print_setting (settings->pdata[i]);
  if (kouan_station_get_fault (station) == NULL)
    return KOUAN_EXIT_OK;
  g_printerr ("kouanctl: %s. What is shown is the last configuration that was right.\n",
              kouan_station_get_fault (station));
  return KOUAN_EXIT_NO;
}

/* @words: GROUP.KEY=VALUE, up to a NULL */
static KouanExit
set (const char *folder, char **words)
{
  g_autoptr (GHashTable) changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *equals = strchr (words[i], '=');

      if (equals == NULL)
        return kouan_ctl_usage ("config: \"%s\" is no GROUP.KEY=VALUE", words[i]);
      g_hash_table_insert (changes, g_strndup (words[i], (gsize)(equals - words[i])),
                           (gpointer)(equals + 1));
    }
  if (kouan_station_set_values (folder, changes, &error))
    return check (folder);
  kouan_ctl_failed (error);
  return error->code == KOUAN_STATION_ERROR_MALFORMED ? KOUAN_EXIT_NO : KOUAN_EXIT_FAILED;
}

static KouanExit
document (void)
{
  g_autofree char *text = kouan_station_document_configuration ();

  fputs (text, stdout);
  return KOUAN_EXIT_OK;
}

KouanExit
kouan_ctl_config (int argc, char **argv)
{
  g_autofree char *station = NULL;
  const GOptionEntry entries[]
    = { { "station", 0, 0, G_OPTION_ARG_FILENAME, &station, "The kiosk's folder", "DIR" },
        G_OPTION_ENTRY_NULL };

  if (!kouan_ctl_parse ("config", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc == 2 && g_str_equal (argv[1], "document"))
    return document ();
  if (argc == 2 && station != NULL && g_str_equal (argv[1], "check"))
    return check (station);
  if (argc == 2 && station != NULL && g_str_equal (argv[1], "show"))
    return show (station);
  if (argc > 2 && station != NULL && g_str_equal (argv[1], "set"))
    return set (station, argv + 2);
  return kouan_ctl_usage ("config: check|show --station DIR, set --station DIR GROUP.KEY=VALUE…, "
                          "or document");
}
