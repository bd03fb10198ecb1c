/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/pixels/exif.h"
#include "app/pixels/sniff.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The two readers of a stranger's bytes that are ours. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint orientation = kouan_exif_orientation (data, size);

  g_assert_true (orientation >= 1 && orientation <= 8);
  g_assert_true (kouan_sniff (data, size) <= KOUAN_FILE_KIND_LAST);
  return 0;
}
