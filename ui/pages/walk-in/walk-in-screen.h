/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_WALK_IN_SCREEN (kouan_walk_in_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanWalkInScreen, kouan_walk_in_screen, KOUAN, WALK_IN_SCREEN, KouanScreen)

G_END_DECLS
