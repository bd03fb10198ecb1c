/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/doctor/setup.h"
#include "ui/window/window.h"

G_BEGIN_DECLS

/* Puts the first-run assistant into the kiosk's window, with its keyboard. @loop ends when the
 * kiosk serves. */
void kouan_first_run_show (KouanWindow *window,
                           const char *folder,
                           const char *stick,
                           const KouanDoctorPrograms *programs,
                           KouanClock *clock,
                           GMainLoop *loop);

G_END_DECLS
