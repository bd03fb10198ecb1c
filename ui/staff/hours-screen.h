/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/staff/staff-screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_HOURS_SCREEN (kouan_hours_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanHoursScreen, kouan_hours_screen, KOUAN, HOURS_SCREEN, KouanStaffScreen)

G_END_DECLS
