/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/sync/status.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever a kiosk says of itself: what is taken has one spelling and harmless words. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) message = g_bytes_new (data, size);
  g_autoptr (KouanStatus) status = kouan_status_decode (message);
  g_autoptr (GBytes) again = NULL;

  if (status == NULL)
    return 0;
  for (guint i = 0; status->troubles[i] != NULL; i++)
    g_assert_true (kouan_status_is_trouble (status->troubles[i]));
  again = kouan_status_encode (status);
  g_assert_true (g_bytes_equal (message, again));
  return 0;
}
