/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/station/station.h"

G_BEGIN_DECLS

/* The station's list of what is wrong with it, for whoever looks from outside: a line each, subject
 * first, "printer needs-paper". The hub's fleet page shows it after the next sync. */
void kouan_troubles_set (KouanStation *station,
                         const char *subject,
                         const char *state); /* (nullable): nothing is wrong with it */
char **kouan_troubles_list (KouanStation *station);

G_END_DECLS
