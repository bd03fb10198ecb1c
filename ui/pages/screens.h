/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui/pages/screen.h"

G_BEGIN_DECLS

void kouan_screens_init (void);
KouanScreen *kouan_screen_new_for_state (KouanFlowState state, KouanKiosk *kiosk);
const char *kouan_screen_step_name (int ordinal); /* msgid */

G_END_DECLS
