/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/deadline.h"

G_BEGIN_DECLS

char *
kouan_deadlines_to_calendar (GArray *states, const char *language, const char *id, gint64 now_s);
char *kouan_deadlines_to_short_calendar (GArray *states, const char *language, const char *id);

G_END_DECLS
