/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-ui"

#include "ui/staff/stick-file.h"

#include "app/language/language.h"
#include "app/sync/stick.h"

#include <errno.h>
#include <glib/gstdio.h>

/* Returns: (transfer full) (nullable): in this kiosk's own folder on the stick, which is made */
char *
kouan_staff_stick_file (KouanStaffScreen *screen, const char *name)
{
  KouanSession *session = kouan_screen_get_session (KOUAN_SCREEN (screen));
  KouanStick *stick = kouan_kiosk_get_stick (kouan_screen_get_kiosk (KOUAN_SCREEN (screen)));
  g_autofree char *mounted = stick != NULL ? kouan_stick_dup_folder (stick) : NULL;
  g_autofree char *folder = NULL;

  if (mounted == NULL)
    {
      kouan_staff_screen_say (screen, KOUAN_NOTICE_WARNING, _ ("No stick is in"),
                              _ ("Put the stick of the hall in, wait a moment, and try again."));
      return NULL;
    }
  folder = kouan_stick_kiosk_folder (
    mounted, kouan_station_get_kiosk_id (kouan_session_get_station (session)));
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return g_build_filename (folder, name, NULL);
  kouan_staff_screen_say (screen, KOUAN_NOTICE_PROBLEM, _ ("The stick cannot be written"),
                          g_strerror (errno));
  return NULL;
}
