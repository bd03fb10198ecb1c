/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void kouan_resample_rgb (const guint8 *source,
                         guint source_width,
                         guint source_height,
                         guint8 *target,
                         guint target_width,
                         guint target_height);
void kouan_resample_fit (guint *width, guint *height, guint64 area_max);

G_END_DECLS
