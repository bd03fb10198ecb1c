/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/commands.h"
#include "app/language/language.h"

#include <stdio.h>
#include <string.h>

/* kouan-hub: makes a hub, enrols kiosks, serves them, and shows and opens what has come. */

static const struct
{
  const char *name;
  KouanHubExit (*run) (int argc, char **argv);
  const char *usage;
} commands[] = {
  { "init", kouan_hub_command_init, "DIR: make a hub's folder with all its keys" },
  { "requests", kouan_hub_command_requests,
    "list|show|refuse|forget DIR [FINGERPRINT]: who asks over the network to be a kiosk" },
  { "enrol", kouan_hub_command_enrol,
    "DIR REQUEST --hall N --out BUNDLE, or DIR --asked FINGERPRINT --hall N: take a kiosk in" },
  { "revoke", kouan_hub_command_revoke, "DIR KIOSK: take a kiosk out of service" },
  { "kiosks", kouan_hub_command_kiosks, "DIR: list the kiosks" },
  { "publish", kouan_hub_command_publish,
    "DIR KIND FILE: hand a catalogue or a list out to the kiosks" },
  { "import", kouan_hub_command_import, "DIR STICK: take records from a stick, leave receipts" },
  { "export", kouan_hub_command_export, "DIR STICK: put lists on a stick" },
  { "serve", kouan_hub_command_serve, "DIR: receive records until stopped" },
  { "fleet", kouan_hub_command_fleet, "DIR: how each kiosk is" },
  { "list", kouan_hub_command_list, "DIR: list the records" },
  { "open", kouan_hub_command_open, "DIR RECORD --out FOLDER: open a record for an officer" },
  { "archive", kouan_hub_command_archive,
    "DIR --all | --up-to N | --follow: every backup holds the records" },
  { "alarms", kouan_hub_command_alarms, "DIR: list what a person has to look at" },
  { "audit", kouan_hub_command_audit,
    "DIR KIOSK [--verify FILE]: what was signed of a kiosk's audit; hold an export against it" },
};

static void
print_usage (void)
{
  g_printerr ("usage: kouan-hub COMMAND …\n\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_printerr ("  %-8s %s\n", commands[i].name, commands[i].usage);
  g_printerr (
    "\nOne JSON object a line on stdout. Ends with 0 for done, 1 for no, 2 for a wrong call,\n"
    "3 for what could not be done.\n");
}

gboolean
kouan_hub_parse (int *argc, char ***argv, const GOptionEntry *entries, const char *usage, int words)
{
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GError) error = NULL;

  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    g_printerr ("kouan-hub: %s\n", error->message);
  else if (words >= 0 && *argc - 1 != words)
    g_printerr ("usage: kouan-hub %s %s\n", (*argv)[0], usage);
  else
    return TRUE;
  return FALSE;
}

KouanHubExit
kouan_hub_failed (const GError *error)
{
  g_printerr ("kouan-hub: %s\n", error->message);
  if (g_error_matches (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MISSING)
      || g_error_matches (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_EXISTS)
      || g_error_matches (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_REFUSED)
      || g_error_matches (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
    return KOUAN_HUB_EXIT_NO;
  return KOUAN_HUB_EXIT_FAILED;
}

KouanHub *
kouan_hub_open_folder (const char *folder, GError **error)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();

  return kouan_hub_open (folder, clock, error);
}

JsonBuilder *
kouan_hub_line_begin (void)
{
  return json_builder_begin_object (json_builder_new ());
}

void
kouan_hub_line_add_text (JsonBuilder *line, const char *name, const char *value)
{
  json_builder_set_member_name (line, name);
  if (value != NULL)
    json_builder_add_string_value (line, value);
  else
    json_builder_add_null_value (line);
}

void
kouan_hub_line_add_number (JsonBuilder *line, const char *name, gint64 value)
{
  json_builder_set_member_name (line, name);
  json_builder_add_int_value (line, value);
}

/* RFC 3339, UTC */
void
kouan_hub_line_add_time (JsonBuilder *line, const char *name, gint64 time_s)
{
  g_autoptr (GDateTime) time = time_s != 0 ? g_date_time_new_from_unix_utc (time_s) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  kouan_hub_line_add_text (line, name, text);
}

void
kouan_hub_line_add_id (JsonBuilder *line, const char *name, const guint8 *id)
{
  g_autofree char *text = kouan_uuid_to_string (id);

  kouan_hub_line_add_text (line, name, text);
}

void
kouan_hub_line_end (JsonBuilder *line)
{
  g_autoptr (JsonNode) root = json_builder_get_root (json_builder_end_object (line));
  g_autofree char *text = json_to_string (root, FALSE);

  puts (text);
  fflush (stdout);
  g_object_unref (line);
}

int
main (int argc, char **argv)
{
  kouan_language_init (KOUAN_MESSAGES_FOLDER);
  for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      return commands[i].run (argc - 1, argv + 1);
  print_usage ();
  return argc > 1 && g_str_equal (argv[1], "--help") ? KOUAN_HUB_EXIT_OK : KOUAN_HUB_EXIT_USAGE;
}
