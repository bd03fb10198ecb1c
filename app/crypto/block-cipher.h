/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/primitives.h"

G_BEGIN_DECLS

/* The ciphers of secure messaging (ICAO Doc 9303-11 §9.8): two-key triple DES with the retail MAC,
 * and AES with CMAC. */
typedef enum
{
  KOUAN_BLOCK_CIPHER_3DES,
  KOUAN_BLOCK_CIPHER_AES_128,
  KOUAN_BLOCK_CIPHER_AES_192,
  KOUAN_BLOCK_CIPHER_AES_256,
} KouanBlockCipher;
#define KOUAN_BLOCK_SIZE_MAX 16
#define KOUAN_BLOCK_KEY_SIZE_MAX 32
#define KOUAN_BLOCK_MAC_SIZE 8

gsize kouan_block_cipher_block_size (KouanBlockCipher cipher);
gsize kouan_block_cipher_key_size (KouanBlockCipher cipher);

/* CBC without padding: @size is a multiple of the block size. @iv: (nullable): zeros. @output may
 * be @input. */
void kouan_block_cipher_encrypt (KouanBlockCipher cipher,
                                 const guint8 *key,
                                 const guint8 *iv,
                                 const guint8 *input,
                                 gsize size,
                                 guint8 *output);
void kouan_block_cipher_decrypt (KouanBlockCipher cipher,
                                 const guint8 *key,
                                 const guint8 *iv,
                                 const guint8 *input,
                                 gsize size,
                                 guint8 *output);
void kouan_block_cipher_mac (KouanBlockCipher cipher,
                             const guint8 *key,
                             const guint8 *data,
                             gsize size,
                             guint8 mac[static KOUAN_BLOCK_MAC_SIZE]);

/* ISO 7816-4: 80, then zeros. */
void kouan_block_cipher_pad (KouanBlockCipher cipher, GByteArray *data);
gboolean kouan_block_cipher_unpad (GByteArray *data) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
