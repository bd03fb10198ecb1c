/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include "app/ctl/examine.h"
#include "app/ctl/store.h"

/* kouanctl doctor: is this machine fit to serve? A line for each thing that was looked at. */

KouanExit
kouan_ctl_doctor (int argc, char **argv)
{
  g_autofree char *station = NULL;
  gboolean no_devices = FALSE;
  const GOptionEntry entries[]
    = { { "station", 0, 0, G_OPTION_ARG_FILENAME, &station, "The kiosk's folder", "DIR" },
        { "no-devices", 0, 0, G_OPTION_ARG_NONE, &no_devices,
          "While the kiosk runs: it has its devices open", NULL },
        G_OPTION_ENTRY_NULL };

  if (!kouan_ctl_parse ("doctor", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc != 1 || station == NULL)
    return kouan_ctl_usage ("doctor: --station DIR [--no-devices]");
  return kouan_ctl_examine (station, !no_devices, NULL) == KOUAN_HEALTH_BAD ? KOUAN_EXIT_NO
                                                                            : KOUAN_EXIT_OK;
}
