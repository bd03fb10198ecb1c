/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/staff/staff-screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_REPORTS_SCREEN (kouan_reports_screen_get_type ())
G_DECLARE_FINAL_TYPE (
  KouanReportsScreen, kouan_reports_screen, KOUAN, REPORTS_SCREEN, KouanStaffScreen)

G_END_DECLS
