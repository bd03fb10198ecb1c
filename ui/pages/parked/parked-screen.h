/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_PARKED_SCREEN (kouan_parked_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanParkedScreen, kouan_parked_screen, KOUAN, PARKED_SCREEN, KouanScreen)

G_END_DECLS
