/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/staff/staff-screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_DEVICES_SCREEN (kouan_devices_screen_get_type ())
G_DECLARE_FINAL_TYPE (
  KouanDevicesScreen, kouan_devices_screen, KOUAN, DEVICES_SCREEN, KouanStaffScreen)

G_END_DECLS
