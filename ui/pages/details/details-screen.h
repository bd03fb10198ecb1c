/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_DETAILS_SCREEN (kouan_details_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanDetailsScreen, kouan_details_screen, KOUAN, DETAILS_SCREEN, KouanScreen)

G_END_DECLS
