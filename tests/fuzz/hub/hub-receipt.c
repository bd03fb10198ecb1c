/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/sync/hub-receipt.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A receipt is read only behind a signature that fits, so the input is signed here. What is read
 * and signed again must come out as it was: a receipt has one spelling. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (KouanSigningKey) key = kouan_signing_key_generate ();
  g_autoptr (KouanKeyring) keyring = kouan_keyring_new ();
  g_autoptr (GBytes) payload = g_bytes_new (data, size);
  g_autoptr (GBytes) message = kouan_cose_sign (key, payload);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) again = NULL;
  KouanHubReceipt receipt = { 0 };

  kouan_keyring_add (keyring, kouan_signing_key_get_public (key), KOUAN_PURPOSE_HUB_RECEIPT, "hub");
  if (kouan_hub_receipt_verify (message, keyring, &receipt, &error))
    {
      again = kouan_hub_receipt_sign (&receipt, key);
      g_assert_true (g_bytes_equal (message, again));
    }
  else
    g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
  return 0;
}
