/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/documents/outline.h"

G_BEGIN_DECLS

KouanPage *kouan_warp (KouanPage *page,
                       const KouanPoint corners[4],
                       guint width,
                       guint height,
                       guint dpi) G_GNUC_WARN_UNUSED_RESULT;
void kouan_warp_size (const KouanPoint corners[4], guint *width, guint *height);
void kouan_warp_turn (KouanPoint corners[4], const KouanPage *page, double degrees);

G_END_DECLS
