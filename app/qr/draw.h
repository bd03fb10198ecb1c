/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/matrix.h"

G_BEGIN_DECLS

GBytes *kouan_qr_draw_png (const KouanQrMatrix *matrix, guint module_px) G_GNUC_WARN_UNUSED_RESULT;
GBytes *kouan_qr_draw_svg (const KouanQrMatrix *matrix) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
