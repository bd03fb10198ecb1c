/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/commands.h"
#include "app/hub/enrol.h"

#define PORT 8443

static void
print_made (KouanHub *hub)
{
  JsonBuilder *line = kouan_hub_line_begin ();
  g_autofree char *escrow = kouan_hub_path (hub, KOUAN_HUB_FILE_ESCROW);
  g_autofree char *fingerprint = kouan_hub_get_fingerprint (hub, NULL);

  kouan_hub_line_add_number (line, "hub", kouan_hub_get_id (hub));
  kouan_hub_line_add_text (line, "url", kouan_hub_get_url (hub));
  kouan_hub_line_add_text (line, "fingerprint", fingerprint);
  kouan_hub_line_add_text (line, "escrow", escrow);
  kouan_hub_line_end (line);
  g_printerr ("%s opens every record, as the hub's own key does. Move it to a safe; the hub works "
              "without it.\n",
              escrow);
}

static gboolean
check_store (const char *database, const char *sealed)
{
  if (database != NULL && !g_str_has_prefix (database, "postgresql://"))
    g_printerr ("kouan-hub: --database must begin with postgresql://\n");
  else if (sealed != NULL && !g_str_equal (sealed, "files") && !g_str_equal (sealed, "database"))
    g_printerr ("kouan-hub: --sealed must be files or database\n");
  else
    return TRUE;
  return FALSE;
}

KouanHubExit
kouan_hub_command_init (int argc, char **argv)
{
  const char *const local[] = { "127.0.0.1", "localhost", NULL };
  g_auto (GStrv) hosts = NULL;
  g_autofree char *name = NULL;
  g_autofree char *listen = NULL;
  g_autofree char *database = NULL;
  g_autofree char *sealed = NULL;
  int id = 1, port = PORT, enrolment_port = 0;
  const GOptionEntry entries[]
    = { { "id", 0, 0, G_OPTION_ARG_INT, &id, "the hub's number", "N" },
        { "name", 0, 0, G_OPTION_ARG_STRING, &name, "the hub's name", "TEXT" },
        { "host", 0, 0, G_OPTION_ARG_STRING_ARRAY, &hosts,
          "under which kiosks reach it; the first one goes into their configuration", "HOST" },
        { "listen", 0, 0, G_OPTION_ARG_STRING, &listen, "IP address to bind", "ADDRESS" },
        { "port", 0, 0, G_OPTION_ARG_INT, &port, "port to bind", "N" },
        { "enrolment-port", 0, 0, G_OPTION_ARG_INT, &enrolment_port,
          "where new kiosks may ask over the network; else by file alone", "N" },
        { "database", 0, 0, G_OPTION_ARG_STRING, &database,
          "a PostgreSQL database, instead of a file in DIR", "postgresql://…" },
        { "sealed", 0, 0, G_OPTION_ARG_STRING, &sealed, "where sealed bytes are kept",
          "files | database" },
        G_OPTION_ENTRY_NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = NULL;
  KouanHubSetup setup;

  if (!kouan_hub_parse (&argc, &argv, entries, "DIR", 1))
    return KOUAN_HUB_EXIT_USAGE;
  if (!check_store (database, sealed))
    return KOUAN_HUB_EXIT_USAGE;
  setup = (KouanHubSetup){ .id = (guint)MAX (id, 0),
                           .name = name != NULL ? name : "Kouan hub",
                           .hosts = hosts != NULL ? (const char *const *)hosts : local,
                           .listen = listen != NULL ? listen : "127.0.0.1",
                           .port = (guint)MAX (port, 0),
                           .enrolment_port = (guint)MAX (enrolment_port, 0),
                           .database = database,
                           .bytes_in_database = g_strcmp0 (sealed, "database") == 0 };
  if (!kouan_hub_create (argv[1], &setup, g_get_real_time () / G_USEC_PER_SEC, &error))
    return kouan_hub_failed (error);
  hub = kouan_hub_open_folder (argv[1], &error);
  if (hub == NULL)
    return kouan_hub_failed (error);
  print_made (hub);
  return KOUAN_HUB_EXIT_OK;
}
