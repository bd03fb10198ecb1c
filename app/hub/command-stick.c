/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/commands.h"
#include "app/hub/stick.h"

/* kouan-hub import, export: a USB stick in the place of the line. */

static KouanHubExit
print_import (const KouanHubStickReport *report)
{
  JsonBuilder *line = kouan_hub_line_begin ();

  kouan_hub_line_add_number (line, "taken", report->taken);
  kouan_hub_line_add_number (line, "known", report->known);
  kouan_hub_line_add_number (line, "wanted", report->wanted);
  kouan_hub_line_add_number (line, "refused", report->refused);
  kouan_hub_line_add_number (line, "foreign", report->foreign);
  kouan_hub_line_add_number (line, "unanswered", report->unanswered);
  kouan_hub_line_end (line);
  return report->refused + report->foreign + report->wanted + report->unanswered > 0
           ? KOUAN_HUB_EXIT_NO
           : KOUAN_HUB_EXIT_OK;
}

/* NO when something on the stick is not here now, or is not answered on it: it says what. */
KouanHubExit
kouan_hub_command_import (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = NULL;
  g_autoptr (KouanHubReceiver) receiver = NULL;
  KouanHubStickReport report;

  if (!kouan_hub_parse (&argc, &argv, NULL, "DIR STICK", 2))
    return KOUAN_HUB_EXIT_USAGE;
  hub = kouan_hub_open_folder (argv[1], &error);
  receiver = hub != NULL ? kouan_hub_receiver_new (hub, &error) : NULL;
  if (receiver == NULL || !kouan_hub_stick_import (receiver, hub, argv[2], &report, &error))
    return kouan_hub_failed (error);
  return print_import (&report);
}

KouanHubExit
kouan_hub_command_export (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = NULL;
  JsonBuilder *line;
  guint lists;

  if (!kouan_hub_parse (&argc, &argv, NULL, "DIR STICK", 2))
    return KOUAN_HUB_EXIT_USAGE;
  hub = kouan_hub_open_folder (argv[1], &error);
  if (hub == NULL || !kouan_hub_stick_export (hub, argv[2], &lists, &error))
    return kouan_hub_failed (error);
  line = kouan_hub_line_begin ();
  kouan_hub_line_add_number (line, "lists", lists);
  kouan_hub_line_end (line);
  return KOUAN_HUB_EXIT_OK;
}
