/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_SERVICE_SCREEN (kouan_service_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanServiceScreen, kouan_service_screen, KOUAN, SERVICE_SCREEN, KouanScreen)

G_END_DECLS
