/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/commands.h"
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
print_serving (KouanHub *hub, KouanHubServer *server, KouanFleetServer *fleet)
{
  JsonBuilder *line = kouan_hub_line_begin ();

  kouan_hub_line_add_number (line, "hub", kouan_hub_get_id (hub));
  kouan_hub_line_add_text (line, "state", "serving");
  kouan_hub_line_add_text (line, "listen", kouan_hub_get_listen (hub));
  kouan_hub_line_add_number (line, "port", kouan_hub_server_get_port (server));
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

/* Says on one line where it serves as soon as it does, then serves until SIGTERM or SIGINT. */
KouanHubExit
kouan_hub_command_serve (int argc, char **argv)
{
  int port = -1, fleet_port = -1;
  const GOptionEntry entries[]
    = { { "port", 0, 0, G_OPTION_ARG_INT, &port, "instead of the configured one; 0: any", "N" },
        { "fleet", 0, 0, G_OPTION_ARG_INT, &fleet_port,
          "show the fleet to browsers on this machine; 0: any", "N" },
        G_OPTION_ENTRY_NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = NULL;
  g_autoptr (KouanHubServer) server = NULL;
  g_autoptr (KouanFleetServer) fleet = NULL;

  if (!kouan_hub_parse (&argc, &argv, entries, "DIR [--port N] [--fleet N]", 1))
    return KOUAN_HUB_EXIT_USAGE;
  if (port < -1 || port > G_MAXUINT16 || fleet_port < -1 || fleet_port > G_MAXUINT16)
    {
      g_printerr ("kouan-hub: --port and --fleet must be 0 to 65535\n");
      return KOUAN_HUB_EXIT_USAGE;
    }
  signal (SIGPIPE, SIG_IGN);
  hub = kouan_hub_open_folder (argv[1], &error);
  if (hub != NULL)
    server = kouan_hub_server_new (hub, port >= 0 ? (guint)port : kouan_hub_get_port (hub), &error);
  if (server != NULL && fleet_port >= 0)
    fleet = kouan_fleet_server_new (hub, (guint)fleet_port, &error);
  if (error != NULL)
    return kouan_hub_failed (error);
  print_serving (hub, server, fleet);
  run_until_stopped ();
  return KOUAN_HUB_EXIT_OK;
}
