/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/session/session.h"
#include "ui/window/preferences.h"

G_BEGIN_DECLS

int kouan_hand_over_write (KouanSession *session, KouanPreferences *preferences);
gboolean kouan_hand_over_read (int fd, KouanSession *session, KouanPreferences *preferences);

G_END_DECLS
