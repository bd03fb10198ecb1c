/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/typing/compose.h"

G_BEGIN_DECLS

/* FALSE: the key stands for itself. */
gboolean kouan_hangul_key (const char *before, const char *key, KouanComposed *composed);
gboolean kouan_hangul_erase (const char *before, KouanComposed *composed);

G_END_DECLS
