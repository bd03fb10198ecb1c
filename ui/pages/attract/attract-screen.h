/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_ATTRACT_SCREEN (kouan_attract_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanAttractScreen, kouan_attract_screen, KOUAN, ATTRACT_SCREEN, KouanScreen)

G_END_DECLS
