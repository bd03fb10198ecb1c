/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/staff/staff-screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_OUT_OF_SERVICE_SCREEN (kouan_out_of_service_screen_get_type ())
G_DECLARE_FINAL_TYPE (KouanOutOfServiceScreen,
                      kouan_out_of_service_screen,
                      KOUAN,
                      OUT_OF_SERVICE_SCREEN,
                      KouanStaffScreen)

G_END_DECLS
