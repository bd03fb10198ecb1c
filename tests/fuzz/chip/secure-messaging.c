/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/chip/secure-messaging.h"

#include <string.h>

/* One protected answer: any bytes, or any bytes with the MAC that belongs to them, behind which the
 * reader of the cryptogram begins. The first byte says which, and the cipher. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const guint8 key[KOUAN_BLOCK_KEY_SIZE_MAX] = "0123456789abcdef0123456789abcde";

static void
append_mac (KouanBlockCipher cipher, GByteArray *answer)
{
  g_autoptr (GByteArray) input = g_byte_array_new ();
  guint8 counter[KOUAN_BLOCK_SIZE_MAX] = { 0 };
  guint8 object[2 + KOUAN_BLOCK_MAC_SIZE] = { 0x8e, KOUAN_BLOCK_MAC_SIZE };
  gsize block = kouan_block_cipher_block_size (cipher);

  counter[block - 1] = 1;
  g_byte_array_append (input, counter, (guint)block);
  g_byte_array_append (input, answer->data, answer->len);
  kouan_block_cipher_pad (cipher, input);
  kouan_block_cipher_mac (cipher, key, input->data, input->len, object + 2);
  g_byte_array_append (answer, object, sizeof object);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autoptr (KouanSecureMessaging) messaging = NULL;
  g_autoptr (GError) error = NULL;
  KouanBlockCipher cipher;
  guint status = 0;

  if (size == 0 || size > 70000)
    return 0;
  cipher = data[0] % 4;
  messaging = kouan_secure_messaging_new (cipher, key, key, NULL);
  g_byte_array_append (answer, data + 1, (guint)size - 1);
  if ((data[0] & 4) != 0 && size > 1)
    {
      append_mac (cipher, answer);
      g_byte_array_append (answer, (const guint8 *)"\x90", 2);
    }
  if (kouan_secure_messaging_open (messaging, answer, &status, &error))
    {
      g_assert_cmpuint (answer->len, <, size);
      g_assert_cmpuint (status, <=, 0xffff);
    }
  else
    g_assert_nonnull (error);
  return 0;
}
