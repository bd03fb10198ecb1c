/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/hub/claim.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Upload-Metadata from anybody who has a certificate. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  KouanHubClaim claim = { 0 };

  if (kouan_hub_claim_read (&claim, text))
    g_assert_nonnull (claim.manifest);
  g_clear_pointer (&claim.manifest, g_bytes_unref);
  return 0;
}
