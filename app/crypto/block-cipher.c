/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/block-cipher.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <string.h>

/* The retail MAC is ISO 9797-1 MAC algorithm 3: single DES in CBC with one half of the key, and a
 * last block that is decrypted with the other half and encrypted with the first again. Single DES
 * is not in OpenSSL's default provider any more; triple DES whose two keys are equal is the same
 * function. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_CIPHER, EVP_CIPHER_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)

#define DES_SIZE 8

static const struct
{
  const char *name;
  gsize block_size;
  gsize key_size;
} ciphers[] = {
  [KOUAN_BLOCK_CIPHER_3DES] = { "DES-EDE-CBC", 8, 16 },
  [KOUAN_BLOCK_CIPHER_AES_128] = { "AES-128-CBC", 16, 16 },
  [KOUAN_BLOCK_CIPHER_AES_192] = { "AES-192-CBC", 16, 24 },
  [KOUAN_BLOCK_CIPHER_AES_256] = { "AES-256-CBC", 16, 32 },
};

gsize
kouan_block_cipher_block_size (KouanBlockCipher cipher)
{
  g_return_val_if_fail (cipher < G_N_ELEMENTS (ciphers), 0);

  return ciphers[cipher].block_size;
}

gsize
kouan_block_cipher_key_size (KouanBlockCipher cipher)
{
  g_return_val_if_fail (cipher < G_N_ELEMENTS (ciphers), 0);

  return ciphers[cipher].key_size;
}

static void
run (KouanBlockCipher cipher,
     gboolean encrypt,
     const guint8 *key,
     const guint8 *iv,
     const guint8 *input,
     gsize size,
     guint8 *output)
{
  static const guint8 zeros[KOUAN_BLOCK_SIZE_MAX];
  g_autoptr (EVP_CIPHER) implementation = EVP_CIPHER_fetch (NULL, ciphers[cipher].name, NULL);
  g_autoptr (EVP_CIPHER_CTX) context = EVP_CIPHER_CTX_new ();
  int written = 0, rest = 0;

  g_assert (size % ciphers[cipher].block_size == 0 && size <= G_MAXINT);
  g_assert (
    EVP_CipherInit_ex2 (context, implementation, key, iv != NULL ? iv : zeros, encrypt, NULL) == 1);
  EVP_CIPHER_CTX_set_padding (context, 0);
  g_assert (EVP_CipherUpdate (context, output, &written, input, (int)size) == 1);
  g_assert (EVP_CipherFinal_ex (context, output + written, &rest) == 1);
  g_assert ((gsize)written + (gsize)rest == size);
}

void
kouan_block_cipher_encrypt (KouanBlockCipher cipher,
                            const guint8 *key,
                            const guint8 *iv,
                            const guint8 *input,
                            gsize size,
                            guint8 *output)
{
  run (cipher, TRUE, key, iv, input, size, output);
}

void
kouan_block_cipher_decrypt (KouanBlockCipher cipher,
                            const guint8 *key,
                            const guint8 *iv,
                            const guint8 *input,
                            gsize size,
                            guint8 *output)
{
  run (cipher, FALSE, key, iv, input, size, output);
}

/* Triple DES with the same half of a key twice: single DES. */
static void
run_des (gboolean encrypt, const guint8 *half, const guint8 *input, gsize size, guint8 *output)
{
  guint8 key[2 * DES_SIZE];

  memcpy (key, half, DES_SIZE);
  memcpy (key + DES_SIZE, half, DES_SIZE);
  run (KOUAN_BLOCK_CIPHER_3DES, encrypt, key, NULL, input, size, output);
  kouan_wipe (key, sizeof key);
}

static void
retail_mac (const guint8 *key, const guint8 *data, gsize size, guint8 *mac)
{
  g_autofree guint8 *chained = g_malloc (size);

  run_des (TRUE, key, data, size, chained);
  run_des (FALSE, key + DES_SIZE, chained + size - DES_SIZE, DES_SIZE, mac);
  run_des (TRUE, key, mac, DES_SIZE, mac);
}

static void
cmac (KouanBlockCipher cipher, const guint8 *key, const guint8 *data, gsize size, guint8 *mac)
{
  guint8 whole[KOUAN_BLOCK_SIZE_MAX];
  gsize written = 0;

  g_assert (EVP_Q_mac (NULL, "CMAC", NULL, ciphers[cipher].name, NULL, key,
                       ciphers[cipher].key_size, data, size, whole, sizeof whole, &written)
            != NULL);
  g_assert (written == sizeof whole);
  memcpy (mac, whole, KOUAN_BLOCK_MAC_SIZE);
}

/**
 * kouan_block_cipher_mac:
 * @data: for triple DES whole blocks, at least one: padding is the caller's (9303-11 §9.8.6.1 pads
 *   once over all); for AES any bytes
 *
 * The first 8 bytes of a CMAC (SP 800-38B), or the retail MAC.
 */
void
kouan_block_cipher_mac (KouanBlockCipher cipher,
                        const guint8 *key,
                        const guint8 *data,
                        gsize size,
                        guint8 mac[static KOUAN_BLOCK_MAC_SIZE])
{
  g_return_if_fail (cipher < G_N_ELEMENTS (ciphers) && size > 0);

  if (cipher == KOUAN_BLOCK_CIPHER_3DES)
    retail_mac (key, data, size, mac);
  else
    cmac (cipher, key, data, size, mac);
}

/* Always adds something: between one byte and a block. */
void
kouan_block_cipher_pad (KouanBlockCipher cipher, GByteArray *data)
{
  gsize block = kouan_block_cipher_block_size (cipher);
  guint8 padding[KOUAN_BLOCK_SIZE_MAX] = { 0x80 };

  g_byte_array_append (data, padding, block - data->len % block);
}

/* Returns: FALSE if @data does not end in a padding */
gboolean
kouan_block_cipher_unpad (GByteArray *data)
{
  gsize size = data->len;

  while (size > 0 && data->data[size - 1] == 0)
    size--;
  if (size == 0 || data->data[size - 1] != 0x80)
    return FALSE;
  g_byte_array_set_size (data, size - 1);
  return TRUE;
}
