/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/finder.h"

G_BEGIN_DECLS

#define KOUAN_QR_CORNERS 4

gboolean kouan_qr_finder_corners (const KouanQrPicture *split,
                                  guint8 dark,
                                  KouanQrPoint middle,
                                  KouanQrPoint right,
                                  KouanQrPoint down,
                                  KouanQrPoint corners[KOUAN_QR_CORNERS]) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
