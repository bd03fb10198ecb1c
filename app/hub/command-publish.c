/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/commands.h"
#include "app/hub/publish.h"

/* Ends with NO for a catalogue that no kiosk would take, or that is older than the published one.
 */
KouanHubExit
kouan_hub_command_publish (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHub) hub = NULL;
  guint64 version = 0;
  JsonBuilder *line;

  if (!kouan_hub_parse (&argc, &argv, NULL, "DIR CATALOGUE", 2))
    return KOUAN_HUB_EXIT_USAGE;
  hub = kouan_hub_open_folder (argv[1], &error);
  if (hub == NULL)
    return kouan_hub_failed (error);
  if (!kouan_hub_publish (hub, argv[2], &version, &error))
    {
      gboolean judged
        = error->code == KOUAN_HUB_ERROR_MALFORMED || error->code == KOUAN_HUB_ERROR_CONFLICT;
      KouanHubExit exit = kouan_hub_failed (error);

      return judged ? KOUAN_HUB_EXIT_NO : exit;
    }
  line = kouan_hub_line_begin ();
  kouan_hub_line_add_text (line, "catalogue", version != 0 ? "published" : "unchanged");
  if (version != 0)
    kouan_hub_line_add_number (line, "version", (gint64)version);
  kouan_hub_line_end (line);
  return KOUAN_HUB_EXIT_OK;
}
