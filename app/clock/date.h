/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/clock/clock.h"

G_BEGIN_DECLS

/* Calendar days, as GDate. In records, catalogues and answers a day is ISO 8601: "2026-05-03". */
gboolean kouan_date_parse (const char *text, GDate *date);
char *kouan_date_to_string (const GDate *date);
void kouan_date_today (KouanClock *clock, GDate *today);

G_END_DECLS
