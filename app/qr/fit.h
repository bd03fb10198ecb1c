/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/grid.h"

G_BEGIN_DECLS

gboolean kouan_qr_fit_start (KouanQrGrid *grid,
                             const KouanQrPicture *split,
                             guint8 dark,
                             const KouanQrTriple *triple,
                             gboolean straight) G_GNUC_WARN_UNUSED_RESULT;
void kouan_qr_fit_far_corner (KouanQrGrid *grid);
double kouan_qr_fit_settle (KouanQrGrid *grid, gboolean bowed);
void kouan_qr_fit_alignments (KouanQrGrid *grid);

G_END_DECLS
