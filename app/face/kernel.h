/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KOUAN_FACE_LANES 16 /* outputs that are worked out together */
#define KOUAN_FACE_ROWS 6   /* places that are worked out together */

/* What KOUAN_FACE_ROWS places of a map give for KOUAN_FACE_LANES outputs.
 *
 * @places: where the window of each place begins
 * @step: floats from one row of a window to the next
 * @rows: of a window
 * @run: floats of one row of a window
 * @panel: rows * run * KOUAN_FACE_LANES weights, 32 bytes aligned
 * @out: (out): the sums */
typedef void (*KouanFaceKernel) (const float *const places[static KOUAN_FACE_ROWS],
                                 gsize step,
                                 guint rows,
                                 guint run,
                                 const float *panel,
                                 float out[static KOUAN_FACE_ROWS * KOUAN_FACE_LANES]);

void kouan_face_kernel_plain (const float *const places[static KOUAN_FACE_ROWS],
                              gsize step,
                              guint rows,
                              guint run,
                              const float *panel,
                              float out[static KOUAN_FACE_ROWS * KOUAN_FACE_LANES]);

/* For processors of x86-64-v3: fused multiply and add of eight floats. */
void kouan_face_kernel_wide (const float *const places[static KOUAN_FACE_ROWS],
                             gsize step,
                             guint rows,
                             guint run,
                             const float *panel,
                             float out[static KOUAN_FACE_ROWS * KOUAN_FACE_LANES]);

G_END_DECLS
