/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/record/manifest.h"
#include "app/record/slip.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static KouanSigningKey *key;
static KouanKeyring *keyring;

static void
make_keys (void)
{
  key = kouan_signing_key_generate ();
  keyring = kouan_keyring_new ();
  kouan_keyring_add (keyring, kouan_signing_key_get_public (key),
                     KOUAN_PURPOSE_SLIP | KOUAN_PURPOSE_RECORD, "kiosk");
}

/* A payload that a known key has signed, and that is anything: the input is signed here, so that
 * the readers behind the signature are reached. What they take, they write again to the byte. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) payload = g_bytes_new (data, size);
  g_autoptr (GBytes) message = NULL;
  g_autofree char *text = NULL;
  g_auto (KouanSlip) slip = { 0 };
  KouanManifest manifest;

  if (key == NULL)
    make_keys ();
  message = kouan_cose_sign (key, payload);
  if (kouan_manifest_verify (message, keyring, &manifest, NULL, NULL))
    {
      g_autoptr (GBytes) again = kouan_manifest_sign (&manifest, key);

      g_assert (g_bytes_equal (again, message));
    }
  if (g_bytes_get_size (message) > KOUAN_CODE_SIZE_MAX)
    return 0;
  text = kouan_code_to_text (KOUAN_CODE_RECEIPT, message);
  if (kouan_slip_verify (text, keyring, &slip, NULL))
    {
      g_autofree char *again = kouan_slip_sign (&slip, key);

      g_assert_cmpstr (again, ==, text);
    }
  return 0;
}
