/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/staff/staff-screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_HELP_SCREEN (kouan_help_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanHelpScreen, kouan_help_screen, KOUAN, HELP_SCREEN, KouanStaffScreen)

G_END_DECLS
