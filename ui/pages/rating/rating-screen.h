/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_RATING_SCREEN (kouan_rating_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanRatingScreen, kouan_rating_screen, KOUAN, RATING_SCREEN, KouanScreen)

G_END_DECLS
