/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_SUBMIT_SCREEN (kouan_submit_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanSubmitScreen, kouan_submit_screen, KOUAN, SUBMIT_SCREEN, KouanScreen)

G_END_DECLS
