/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/sync/list.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A list is read only behind a signature that fits, so the input is signed here. What is read and
 * signed again must come out as it was. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (KouanSigningKey) key = kouan_signing_key_generate ();
  g_autoptr (KouanKeyring) keyring = kouan_keyring_new ();
  g_autoptr (GBytes) payload = g_bytes_new (data, size);
  g_autoptr (GBytes) message = kouan_cose_sign (key, payload);

  kouan_keyring_add (keyring, kouan_signing_key_get_public (key),
                     KOUAN_PURPOSE_APPOINTMENT | KOUAN_PURPOSE_ROSTER | KOUAN_PURPOSE_TRUST_LIST,
                     "hub");
  for (KouanListKind kind = KOUAN_LIST_APPOINTMENTS; kind <= KOUAN_LIST_ROSTER; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KouanList) list = kouan_list_verify (message, keyring, kind, 3, &error);
      g_autoptr (GBytes) again = list != NULL ? kouan_list_sign (list, key) : NULL;

      if (list != NULL)
        g_assert_true (g_bytes_equal (message, again));
      else
        g_assert_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED);
    }
  return 0;
}
