/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/staff/staff-screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_DESK_SCREEN (kouan_desk_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanDeskScreen, kouan_desk_screen, KOUAN, DESK_SCREEN, KouanStaffScreen)

G_END_DECLS
