/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/commands.h"
#include "app/hub/fleet.h"

static void
add_troubles (JsonBuilder *line, const char *troubles)
{
  g_auto (GStrv) list = g_strsplit (troubles, "\n", -1);

  json_builder_set_member_name (line, "troubles");
  json_builder_begin_array (line);
  for (guint i = 0; list[i] != NULL; i++)
    if (*list[i] != '\0')
      json_builder_add_string_value (line, list[i]);
  json_builder_end_array (line);
}

static void
print_row (const KouanHubFleetRow *row, gint64 now_s)
{
  JsonBuilder *line = kouan_hub_line_begin ();

  kouan_hub_line_add_number (line, "kiosk", row->kiosk.id);
  kouan_hub_line_add_number (line, "hall", row->kiosk.hall_id);
  kouan_hub_line_add_text (line, "state",
                           kouan_fleet_state_to_string (kouan_fleet_state (row, now_s)));
  kouan_hub_line_add_time (line, "seen", row->kiosk.seen_s);
  kouan_hub_line_add_time (line, "reported", row->status.reported_s);
  kouan_hub_line_add_number (line, "captured", row->status.captured);
  kouan_hub_line_add_number (line, "waiting", row->status.waiting);
  kouan_hub_line_add_time (line, "oldest_waiting", row->status.oldest_waiting_s);
  kouan_hub_line_add_number (line, "refused", row->status.refused);
  kouan_hub_line_add_number (line, "received", row->received);
  kouan_hub_line_add_number (line, "archived", row->archived);
  kouan_hub_line_add_number (line, "duplicates", row->duplicates);
  kouan_hub_line_add_number (line, "alarms", row->alarms);
  add_troubles (line, row->status.troubles);
  kouan_hub_line_end (line);
}

/* What the fleet page shows, a kiosk a line. */
KouanHubExit
kouan_hub_command_fleet (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = NULL;
  g_autoptr (KouanFleet) fleet = NULL;

  if (!kouan_hub_parse (&argc, &argv, NULL, "DIR", 1))
    return KOUAN_HUB_EXIT_USAGE;
  hub = kouan_hub_open_folder (argv[1], &error);
  fleet = hub != NULL ? kouan_fleet_read (hub, &error) : NULL;
  if (fleet == NULL)
    return kouan_hub_failed (error);
  for (guint i = 0; i < fleet->rows->len; i++)
    print_row (fleet->rows->pdata[i], fleet->now_s);
  return KOUAN_HUB_EXIT_OK;
}
