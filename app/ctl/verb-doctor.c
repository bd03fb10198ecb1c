/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"

#include "app/ctl/examine.h"
#include "app/ctl/store.h"
#include "app/ctl/try-device.h"

/* kouanctl doctor: is this machine fit to serve? A line for each thing that was looked at. */

KouanExit
kouan_ctl_doctor (int argc, char **argv)
{
  g_autofree char *station = NULL;
  g_autofree char *device = NULL;
  g_autofree char *out = NULL;
  gboolean no_devices = FALSE;
  const GOptionEntry entries[] = {
    { "station", 0, 0, G_OPTION_ARG_FILENAME, &station, "The kiosk's folder", "DIR" },
    { "no-devices", 0, 0, G_OPTION_ARG_NONE, &no_devices,
      "While the kiosk runs: it has its devices open", NULL },
    { "try", 0, 0, G_OPTION_ARG_STRING, &device,
      "One device alone, by what it is for: it takes a picture, scans a page, reads the chip of "
      "the test card, prints a slip, says a sentence",
      "DEVICE" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "--try: where the picture goes", "FILE.jpg" },
    G_OPTION_ENTRY_NULL
  };

  if (!kouan_ctl_parse ("doctor", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc != 1 || station == NULL)
    return kouan_ctl_usage ("doctor: --station DIR [--no-devices | --try DEVICE [--out FILE.jpg]]");
  if (device != NULL)
    return kouan_ctl_try (station, device, out);
  return kouan_ctl_examine (station, !no_devices, NULL) == KOUAN_HEALTH_BAD ? KOUAN_EXIT_NO
                                                                            : KOUAN_EXIT_OK;
}
