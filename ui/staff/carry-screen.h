/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/staff/staff-screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_CARRY_SCREEN (kouan_carry_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanCarryScreen, kouan_carry_screen, KOUAN, CARRY_SCREEN, KouanStaffScreen)

G_END_DECLS
