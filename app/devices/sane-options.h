/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sane/sane.h>

G_BEGIN_DECLS

void kouan_sane_options_set_up (SANE_Handle handle, const char *extra);
guint kouan_sane_options_dpi (SANE_Handle handle);

G_END_DECLS
