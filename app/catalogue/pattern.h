/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/catalogue/service.h"

G_BEGIN_DECLS

gboolean kouan_pattern_parse (const char *id, KouanPattern *pattern);
const char *kouan_pattern_problem (KouanPattern pattern, const char *text);

G_END_DECLS
