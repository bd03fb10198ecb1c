/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_SIGN_SCREEN (kouan_sign_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanSignScreen, kouan_sign_screen, KOUAN, SIGN_SCREEN, KouanScreen)

G_END_DECLS
