/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

#define KOUAN_TYPE_APPOINTMENT_SCREEN (kouan_appointment_screen_get_type ())
G_DECLARE_FINAL_TYPE (
  KouanAppointmentScreen, kouan_appointment_screen, KOUAN, APPOINTMENT_SCREEN, KouanScreen)

G_END_DECLS
