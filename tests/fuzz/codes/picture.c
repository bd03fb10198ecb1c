/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/qr/reader.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A byte for the width, then rows: eight pixels a byte, each three by three. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint width = size > 0 ? (data[0] % 16 + 1) * 24 : 24, row_bytes = width / 24;
  guint height = (guint)MIN ((size > 0 ? size - 1 : 0) / row_bytes, 128) * 3;
  g_autofree guint8 *gray = g_malloc (MAX (width * height, 1));
  g_autoptr (KouanQrReader) reader = NULL;
  g_autoptr (GPtrArray) codes = NULL;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      gray[y * width + x]
        = data[1 + y / 3 * row_bytes + x / 24] >> (7 - x / 3 % 8) & 1 ? 30 : 220;
  reader = kouan_qr_reader_new ();
  if (height > 0)
    codes = kouan_qr_reader_read_frame (reader, gray, width, height, width);
  return 0;
}
