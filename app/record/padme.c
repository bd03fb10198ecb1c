/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/padme.h"

#define SIZE_MIN (64 * 1024)

/**
 * kouan_padme_size:
 *
 * Padmé (Nikitin and others, "Reducing Metadata Leakage from Encrypted Files and Communication with
 * PURBs", 2019): a size is rounded up so that, of its binary digits, only as many of the first may
 * differ from zero as it takes to write down how many there are. Costs at most 12 %, less for
 * larger files, and leaves O(log log n) bits to learn from a size. Nothing is smaller than 64 KiB,
 * which keeps the result a multiple of 2,048.
 *
 * Returns: @size or a little more
 */
guint64
kouan_padme_size (guint64 size)
{
  guint64 wanted = MAX (size, SIZE_MIN);
  guint exponent = 63 - (guint)__builtin_clzll (wanted);
  guint kept = 32 - (guint)__builtin_clz (exponent); /* binary digits of the exponent */
  guint64 mask = (G_GUINT64_CONSTANT (1) << (exponent - kept)) - 1;

  g_return_val_if_fail (size <= G_MAXINT64 / 2,
                        size); /* far beyond any file, and no overflow below */

  return (wanted + mask) & ~mask;
}
