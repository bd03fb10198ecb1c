/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/trust/trust-list.h"

/* The content of a trust list's file: what is read comes out as it was. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) content = g_bytes_new_static (data, size);
  g_autoptr (KouanTrustList) list = kouan_trust_list_decode (content, NULL);

  if (list != NULL)
    {
      g_autoptr (GBytes) again = kouan_trust_list_encode (list);

      g_assert_true (g_bytes_equal (content, again));
    }
  return 0;
}
