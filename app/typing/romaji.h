/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/typing/compose.h"

G_BEGIN_DECLS

/* FALSE: the key stands for itself. */
gboolean kouan_romaji_key (const char *before, const char *key, KouanComposed *composed);

G_END_DECLS
