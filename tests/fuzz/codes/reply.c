/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/codes/reply.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GPtrArray) codes = kouan_codes_reply_read (data, size, 1);

  if (codes != NULL)
    {
      g_autoptr (GByteArray) packet = kouan_codes_reply_write (1, codes);

      g_assert_cmpuint (packet->len, <=, size);
    }
  return 0;
}
