/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/lds/dg2.h"

/* DG2 as a forged chip would have it: a portrait comes out of the bytes that went in, or none. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (KouanDg2) portrait = kouan_dg2_parse (data, size, NULL);

  if (portrait != NULL)
    {
      g_assert_cmpuint (g_bytes_get_size (portrait->picture), <, size);
      g_assert_nonnull (kouan_face_encoding_id (portrait->encoding));
      g_assert_nonnull (kouan_face_format_id (portrait->format));
    }
  return 0;
}
