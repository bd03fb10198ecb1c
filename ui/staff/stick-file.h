/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/staff/staff-screen.h"

G_BEGIN_DECLS

/* Where a file for the stick goes; says so on the screen and answers NULL if none is in. */
char *kouan_staff_stick_file (KouanStaffScreen *screen, const char *name);

G_END_DECLS
