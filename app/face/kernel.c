/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-face"

#include "app/face/kernel.h"

#include <string.h>

/* Nine tenths of the time of a comparison are spent in the loop below. It holds sums of several
 * places times sixteen outputs in registers, so that each weight is loaded once for all places and
 * each value once for all outputs (Goto and van de Geijn, "Anatomy of high-performance matrix
 * multiplication", 2008). Vectors are the compiler's own, which takes them apart where a processor
 * has no such registers.
 *
 * The file is compiled twice: for any processor, whose sixteen small registers hold the sums of two
 * places, and for those with sixteen large ones, which hold those of six. */

#ifdef KOUAN_FACE_WIDE
#define KERNEL kouan_face_kernel_wide
#define AT_ONCE 6
#else
#define KERNEL kouan_face_kernel_plain
#define AT_ONCE 2
#endif

typedef float Eight __attribute__ ((vector_size (32)));
typedef float Loose __attribute__ ((vector_size (32), aligned (4)));

static inline __attribute__ ((always_inline)) void
sum_up (const float *const places[static AT_ONCE],
        gsize step,
        guint rows,
        guint run,
        const float *panel,
        float *out)
{
  const Eight *weights = __builtin_assume_aligned (panel, 32);
  Eight sums[AT_ONCE][2] = { 0 };

  for (guint row = 0; row < rows; row++)
    for (guint i = 0; i < run; i++, weights += 2)
#pragma GCC unroll 6
      for (guint place = 0; place < AT_ONCE; place++)
        {
          float value = places[place][row * step + i];

          sums[place][0] += weights[0] * value;
          sums[place][1] += weights[1] * value;
        }
#pragma GCC unroll 6
  for (guint place = 0; place < AT_ONCE; place++)
    {
      *(Loose *)(out + place * KOUAN_FACE_LANES) = sums[place][0];
      *(Loose *)(out + place * KOUAN_FACE_LANES + 8) = sums[place][1];
    }
}

void
KERNEL (const float *const places[static KOUAN_FACE_ROWS],
        gsize step,
        guint rows,
        guint run,
        const float *panel,
        float out[static KOUAN_FACE_ROWS * KOUAN_FACE_LANES])
{
  for (guint first = 0; first < KOUAN_FACE_ROWS; first += AT_ONCE)
    {
      const float *some[AT_ONCE];

      memcpy (some, places + first, sizeof some);
      sum_up (some, step, rows, run, panel, out + first * KOUAN_FACE_LANES);
    }
}
