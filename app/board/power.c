/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-board"

#include "app/board/power.h"

/* The kiosk's own user may not switch a machine off: what may is the integrator's to say, as one
 * command each in kouan.conf. It is split into words and run as it is, without a shell. */

static const char *
command_for (KouanStation *station, KouanPower power)
{
  return kouan_station_get_value (station, "machine",
                                  power == KOUAN_POWER_RESTART ? "restart" : "shut-down");
}

gboolean
kouan_power_has_command (KouanStation *station, KouanPower power)
{
  return command_for (station, power) != NULL;
}

/* Returns: FALSE if there is no such command, or it cannot be started; whether it does what it says
 * is seen by the machine going away */
gboolean
kouan_power_run (KouanStation *station, KouanPower power, GError **error)
{
  const char *command = command_for (station, power);
  g_auto (GStrv) words = NULL;
  g_autoptr (GSubprocess) process = NULL;

  if (command == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "kouan.conf names no command for it");
      return FALSE;
    }
  if (!g_shell_parse_argv (command, NULL, &words, error))
    return FALSE;
  process
    = g_subprocess_newv ((const char *const *)words, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, error);
  return process != NULL;
}
