/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/staff/staff-screen.h"

G_BEGIN_DECLS

KouanScreen *kouan_staff_screen_for_page (KouanStaffMode *mode);

G_END_DECLS
