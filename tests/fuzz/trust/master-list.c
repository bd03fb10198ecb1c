/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/trust/import.h"

/* Any bytes as something to import: what fails leaves the list as it was. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (KouanTrustList) list = kouan_trust_list_new ();
  g_autoptr (GBytes) file = g_bytes_new_static (data, size);
  const KouanTrustPlan plan = { .now_s = 1777777777 };
  g_auto (KouanTrustImport) import = { 0 };

  if (kouan_trust_list_import (list, file, &plan, &import, NULL))
    {
      g_autoptr (GBytes) content = kouan_trust_list_encode (list);
      g_autoptr (KouanTrustList) again = kouan_trust_list_decode (content, NULL);

      g_assert_nonnull (again);
      g_assert_cmpuint (kouan_trust_list_get_version (again), ==, 1);
    }
  else
    g_assert_cmpuint (kouan_trust_list_get_version (list), ==, 0);
  return 0;
}
