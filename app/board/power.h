/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/station/station.h"

G_BEGIN_DECLS

typedef enum
{
  KOUAN_POWER_RESTART,
  KOUAN_POWER_SHUT_DOWN,
} KouanPower;

/* The machine, by the command that kouan.conf names for it. */
gboolean kouan_power_has_command (KouanStation *station, KouanPower power);
gboolean
kouan_power_run (KouanStation *station, KouanPower power, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
