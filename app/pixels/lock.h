/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean kouan_lock_down (guint time_max_s) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
