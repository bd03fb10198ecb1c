/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/grid.h"

G_BEGIN_DECLS

gint8 *kouan_qr_decode (const KouanQrGrid *grid, gboolean thorough) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
