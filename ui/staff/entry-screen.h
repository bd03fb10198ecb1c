/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/staff/staff-screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_ENTRY_SCREEN (kouan_entry_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanEntryScreen, kouan_entry_screen, KOUAN, ENTRY_SCREEN, KouanStaffScreen)

G_END_DECLS
