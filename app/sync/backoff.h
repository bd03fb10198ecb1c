/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 kouan_backoff_s (gint64 attempts, double chance);

G_END_DECLS
