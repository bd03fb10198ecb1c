/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/staff/staff-screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_PEOPLE_SCREEN (kouan_people_screen_get_type ())
G_DECLARE_FINAL_TYPE (
  KouanPeopleScreen, kouan_people_screen, KOUAN, PEOPLE_SCREEN, KouanStaffScreen)

G_END_DECLS
