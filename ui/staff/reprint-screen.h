/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/staff/staff-screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_REPRINT_SCREEN (kouan_reprint_screen_get_type ())
G_DECLARE_FINAL_TYPE (
  KouanReprintScreen, kouan_reprint_screen, KOUAN, REPRINT_SCREEN, KouanStaffScreen)

G_END_DECLS
