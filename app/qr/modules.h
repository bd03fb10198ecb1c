/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/qr/grid.h"

G_BEGIN_DECLS

/* Modules around the code that are sampled as well: what is blurred into its edge. */
#define KOUAN_QR_SAMPLED_AROUND 2

float *kouan_qr_modules_sample (const KouanQrGrid *grid) G_GNUC_WARN_UNUSED_RESULT;
void kouan_qr_modules_level (float *sampled, guint size);
gboolean kouan_qr_modules_sharpen (const float *sampled,
                                   const KouanQrLayout *layout,
                                   float *lightness,
                                   gboolean by_guess) G_GNUC_WARN_UNUSED_RESULT;
void kouan_qr_modules_crop (const float *sampled, guint size, float *lightness);

G_END_DECLS
