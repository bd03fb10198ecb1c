/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/staff/staff-screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_BOARD_SCREEN (kouan_board_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanBoardScreen, kouan_board_screen, KOUAN, BOARD_SCREEN, KouanStaffScreen)

G_END_DECLS
