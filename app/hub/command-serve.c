/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/commands.h"
#include "app/hub/door.h"
#include "app/hub/fleet-server.h"
#include "app/hub/server.h"

#include <glib-unix.h>
#include <signal.h>

static gboolean
on_stop (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static void
print_serving (KouanHub *hub, KouanHubServer *server, KouanHubDoor *door, KouanFleetServer *fleet)
{
  JsonBuilder *line = kouan_hub_line_begin ();

  kouan_hub_line_add_number (line, "hub", kouan_hub_get_id (hub));
  kouan_hub_line_add_text (line, "state", "serving");
  kouan_hub_line_add_text (line, "listen", kouan_hub_get_listen (hub));
  kouan_hub_line_add_number (line, "port", kouan_hub_server_get_port (server));
  if (door != NULL)
    kouan_hub_line_add_number (line, "enrolment_port", kouan_hub_door_get_port (door));
  if (fleet != NULL)
    kouan_hub_line_add_number (line, "fleet_port", kouan_fleet_server_get_port (fleet));
  kouan_hub_line_end (line);
}

static void
run_until_stopped (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_unix_signal_add (SIGTERM, on_stop, loop);
  g_unix_signal_add (SIGINT, on_stop, loop);
  g_main_loop_run (loop);
}

typedef struct
{
  int port, fleet, enrolment; /* -1: as configured */
} Ports;

static gboolean
check_ports (const Ports *ports)
{
  const int all[] = { ports->port, ports->fleet, ports->enrolment };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] < -1 || all[i] > G_MAXUINT16)
      {
        g_printerr ("kouan-hub: --port, --fleet and --enrolment must be 0 to 65535\n");
        return FALSE;
      }
  return TRUE;
}

static KouanHubExit
serve (const char *folder, const Ports *ports)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = kouan_hub_open_folder (folder, &error);
  g_autoptr (KouanHubServer) server = NULL;
  g_autoptr (KouanHubDoor) door = NULL;
  g_autoptr (KouanFleetServer) fleet = NULL;

  if (hub != NULL)
    server = kouan_hub_server_new (
      hub, ports->port >= 0 ? (guint)ports->port : kouan_hub_get_port (hub), &error);
  if (server != NULL && (ports->enrolment >= 0 || kouan_hub_get_enrolment_port (hub) != 0))
    door = kouan_hub_door_new (
      hub, ports->enrolment >= 0 ? (guint)ports->enrolment : kouan_hub_get_enrolment_port (hub),
      &error);
  if (error == NULL && ports->fleet >= 0)
    fleet = kouan_fleet_server_new (hub, (guint)ports->fleet, &error);
  if (error != NULL)
    return kouan_hub_failed (error);
  print_serving (hub, server, door, fleet);
  run_until_stopped ();
  return KOUAN_HUB_EXIT_OK;
}

/* Says on one line where it serves as soon as it does, then serves until SIGTERM or SIGINT. */
KouanHubExit
kouan_hub_command_serve (int argc, char **argv)
{
  Ports ports = { .port = -1, .fleet = -1, .enrolment = -1 };
  const GOptionEntry entries[]
    = { { "port", 0, 0, G_OPTION_ARG_INT, &ports.port, "instead of the configured one; 0: any",
          "N" },
        { "enrolment", 0, 0, G_OPTION_ARG_INT, &ports.enrolment,
          "where new kiosks may ask, instead of the configured port; 0: any", "N" },
        { "fleet", 0, 0, G_OPTION_ARG_INT, &ports.fleet,
          "show the fleet to browsers on this machine; 0: any", "N" },
        G_OPTION_ENTRY_NULL };

  if (!kouan_hub_parse (&argc, &argv, entries, "DIR [--port N] [--enrolment N] [--fleet N]", 1)
      || !check_ports (&ports))
    return KOUAN_HUB_EXIT_USAGE;
  signal (SIGPIPE, SIG_IGN);
  return serve (argv[1], &ports);
}
