/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/secure-messaging.h"

#include "app/chip/derive.h"
#include "app/lds/tlv.h"

#include <string.h>

/* A command goes out as
 *
 *     CLA|0C INS P1 P2  Lc  [87 cryptogram] [97 Le] 8E MAC  00
 *
 * and an answer comes back as
 *
 *     [87 cryptogram] 99 status 8E MAC  status
 *
 * The MAC is over a counter (SSC), the padded head of a command, and the data objects before it.
 * The counter goes up by one before each command and before each answer, so nothing can be played
 * twice, left out or moved. With AES the counter, encrypted, is also the vector that a cryptogram
 * starts from; with triple DES that is zeros. Odd instructions have their cryptogram in 85, without
 * the byte that names the padding.
 *
 * This end is strict: an answer in plain, one without its status or MAC, one with anything else in
 * it, and one whose outer status is not the protected one, end the talk. */

#define DO_CRYPTOGRAM_ODD 0x85
#define DO_CRYPTOGRAM 0x87
#define DO_MAC 0x8e
#define DO_EXPECTED 0x97
#define DO_STATUS 0x99
#define PADDED_ISO7816 0x01

struct _KouanSecureMessaging
{
  KouanBlockCipher cipher;
  gsize block;
  guint8 encryption_key[KOUAN_BLOCK_KEY_SIZE_MAX];
  guint8 mac_key[KOUAN_BLOCK_KEY_SIZE_MAX];
  guint8 counter[KOUAN_BLOCK_SIZE_MAX];
};

/**
 * kouan_secure_messaging_new:
 * @counter: (nullable): the send sequence counter, a block; zeros if NULL
 */
KouanSecureMessaging *
kouan_secure_messaging_new (KouanBlockCipher cipher,
                            const guint8 *encryption_key,
                            const guint8 *mac_key,
                            const guint8 *counter)
{
  KouanSecureMessaging *self = g_new0 (KouanSecureMessaging, 1);

  self->cipher = cipher;
  self->block = kouan_block_cipher_block_size (cipher);
  memcpy (self->encryption_key, encryption_key, kouan_block_cipher_key_size (cipher));
  memcpy (self->mac_key, mac_key, kouan_block_cipher_key_size (cipher));
  if (counter != NULL)
    memcpy (self->counter, counter, self->block);
  return self;
}

/* @secret: what both sides have agreed on; the two keys come from it */
KouanSecureMessaging *
kouan_secure_messaging_new_derived (KouanBlockCipher cipher,
                                    const guint8 *secret,
                                    gsize size,
                                    const guint8 *counter)
{
  guint8 encryption_key[KOUAN_BLOCK_KEY_SIZE_MAX];
  guint8 mac_key[KOUAN_BLOCK_KEY_SIZE_MAX];
  KouanSecureMessaging *self;

  kouan_chip_derive (cipher, secret, size, KOUAN_CHIP_KEY_ENCRYPTION, encryption_key);
  kouan_chip_derive (cipher, secret, size, KOUAN_CHIP_KEY_MAC, mac_key);
  self = kouan_secure_messaging_new (cipher, encryption_key, mac_key, counter);
  kouan_wipe (encryption_key, sizeof encryption_key);
  kouan_wipe (mac_key, sizeof mac_key);
  return self;
}

void
kouan_secure_messaging_free (KouanSecureMessaging *self)
{
  kouan_wipe (self, sizeof *self);
  g_free (self);
}

static void
count (KouanSecureMessaging *self)
{
  for (gsize i = self->block; i > 0; i--)
    if (++self->counter[i - 1] != 0)
      return;
}

static void
find_vector (KouanSecureMessaging *self, guint8 vector[static KOUAN_BLOCK_SIZE_MAX])
{
  memset (vector, 0, KOUAN_BLOCK_SIZE_MAX);
  if (self->cipher != KOUAN_BLOCK_CIPHER_3DES)
    kouan_block_cipher_encrypt (self->cipher, self->encryption_key, NULL, self->counter,
                                self->block, vector);
}

static void
append_cryptogram (KouanSecureMessaging *self, const KouanApdu *command, GByteArray *body)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint8 vector[KOUAN_BLOCK_SIZE_MAX];
  guint8 indicator = PADDED_ISO7816;
  gsize head = command->ins % 2 == 0 ? 1 : 0;

  g_byte_array_append (data, command->data, (guint)command->size);
  kouan_block_cipher_pad (self->cipher, data);
  find_vector (self, vector);
  kouan_block_cipher_encrypt (self->cipher, self->encryption_key, vector, data->data, data->len,
                              data->data);
  if (head == 1)
    g_byte_array_prepend (data, &indicator, 1);
  kouan_tlv_write (body, head == 1 ? DO_CRYPTOGRAM : DO_CRYPTOGRAM_ODD, data->data, data->len);
}

static void
append_expected (const KouanApdu *command, GByteArray *body)
{
  guint max = command->extended ? KOUAN_APDU_EXTENDED_MAX : KOUAN_APDU_SHORT_MAX;
  guint expected = command->expected >= max ? 0 : command->expected;
  guint8 bytes[2] = { (guint8)(expected >> 8), (guint8)expected };

  if (command->extended)
    kouan_tlv_write (body, DO_EXPECTED, bytes, 2);
  else
    kouan_tlv_write (body, DO_EXPECTED, bytes + 1, 1);
}

/* @head: (nullable): of a command, which is padded on its own */
static void
work_out_mac (KouanSecureMessaging *self,
              const KouanApdu *head,
              const guint8 *body,
              gsize size,
              guint8 mac[static KOUAN_BLOCK_MAC_SIZE])
{
  g_autoptr (GByteArray) data = g_byte_array_new ();

  g_byte_array_append (data, self->counter, (guint)self->block);
  if (head != NULL)
    {
      guint8 bytes[] = { head->cla, head->ins, head->p1, head->p2 };

      g_byte_array_append (data, bytes, sizeof bytes);
      kouan_block_cipher_pad (self->cipher, data);
    }
  if (size > 0)
    {
      g_byte_array_append (data, body, (guint)size);
      kouan_block_cipher_pad (self->cipher, data);
    }
  kouan_block_cipher_mac (self->cipher, self->mac_key, data->data, data->len, mac);
}

/**
 * kouan_secure_messaging_protect:
 * @bytes: (out caller-allocates): the protected command is appended
 */
void
kouan_secure_messaging_protect (KouanSecureMessaging *self,
                                const KouanApdu *command,
                                GByteArray *bytes)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  KouanApdu outer = *command;
  guint8 mac[KOUAN_BLOCK_MAC_SIZE];

  count (self);
  outer.cla |= 0x0c;
  if (command->size > 0)
    append_cryptogram (self, command, body);
  if (command->expected > 0)
    append_expected (command, body);
  work_out_mac (self, &outer, body->data, body->len, mac);
  kouan_tlv_write (body, DO_MAC, mac, sizeof mac);
  outer.data = body->data;
  outer.size = body->len;
  outer.expected = KOUAN_APDU_ALL;
  kouan_apdu_to_bytes (&outer, bytes);
}

static gboolean
refuse (GError **error, int code, const char *what)
{
  g_set_error_literal (error, KOUAN_CHIP_ERROR, code, what);
  return FALSE;
}

/* The objects of an answer. */
typedef struct
{
  KouanTlv cryptogram; /* tag 0: there is none */
  KouanTlv status;
  KouanTlv mac;
} Objects;

static gboolean
read_objects (const guint8 *data, gsize size, Objects *objects)
{
  KouanTlvReader reader;
  guint tag;

  *objects = (Objects){ 0 };
  kouan_tlv_reader_init (&reader, KOUAN_TLV_BER, data, size);
  tag = kouan_tlv_peek (&reader);
  if ((tag == DO_CRYPTOGRAM || tag == DO_CRYPTOGRAM_ODD)
      && !kouan_tlv_read (&reader, tag, &objects->cryptogram))
    return FALSE;
  return kouan_tlv_read (&reader, DO_STATUS, &objects->status) && objects->status.size == 2
         && kouan_tlv_read (&reader, DO_MAC, &objects->mac)
         && objects->mac.size == KOUAN_BLOCK_MAC_SIZE && kouan_tlv_finish (&reader);
}

static gboolean
decrypt (KouanSecureMessaging *self, const KouanTlv *cryptogram, GByteArray *plain)
{
  gsize head = cryptogram->tag == DO_CRYPTOGRAM ? 1 : 0;
  guint8 vector[KOUAN_BLOCK_SIZE_MAX];

  if (cryptogram->size <= head || (cryptogram->size - head) % self->block != 0
      || (head == 1 && cryptogram->value[0] != PADDED_ISO7816))
    return FALSE;
  find_vector (self, vector);
  g_byte_array_set_size (plain, (guint)(cryptogram->size - head));
  kouan_block_cipher_decrypt (self->cipher, self->encryption_key, vector, cryptogram->value + head,
                              cryptogram->size - head, plain->data);
  return kouan_block_cipher_unpad (plain);
}

static gboolean
verify (KouanSecureMessaging *self, const guint8 *data, const Objects *objects)
{
  guint8 mac[KOUAN_BLOCK_MAC_SIZE];

  work_out_mac (self, NULL, data, (gsize)(objects->mac.whole - data), mac);
  return kouan_equal_in_constant_time (mac, objects->mac.value, sizeof mac);
}

/**
 * kouan_secure_messaging_open:
 * @answer: (inout): as it came; then the data in plain, without the status
 * @status: (out): the protected one
 *
 * Returns: FALSE with %KOUAN_CHIP_ERROR CHANNEL_LOST (the chip refuses in plain, and @status says
 *   why) or TAMPERED; nothing can be said to the chip after that
 */
gboolean
kouan_secure_messaging_open (KouanSecureMessaging *self,
                             GByteArray *answer,
                             guint *status,
                             GError **error)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  Objects objects;

  count (self);
  if (!kouan_apdu_split_answer (answer, status))
    return refuse (error, KOUAN_CHIP_ERROR_TAMPERED, "an answer without a status");
  if (answer->len == 0 && *status != KOUAN_STATUS_OK)
    {
      g_set_error (error, KOUAN_CHIP_ERROR, KOUAN_CHIP_ERROR_CHANNEL_LOST,
                   "the chip left secure messaging with %04X", *status);
      return FALSE;
    }
  if (!read_objects (answer->data, answer->len, &objects))
    return refuse (error, KOUAN_CHIP_ERROR_TAMPERED, "a protected answer lacks a part");
  if (!verify (self, answer->data, &objects))
    return refuse (error, KOUAN_CHIP_ERROR_TAMPERED, "the MAC of an answer is wrong");
  if (*status != ((guint)objects.status.value[0] << 8 | objects.status.value[1]))
    return refuse (error, KOUAN_CHIP_ERROR_TAMPERED, "the status of an answer is not its own");
  if (objects.cryptogram.tag != 0 && !decrypt (self, &objects.cryptogram, plain))
    return refuse (error, KOUAN_CHIP_ERROR_TAMPERED, "the cryptogram of an answer is none");
  g_byte_array_set_size (answer, 0);
  g_byte_array_append (answer, plain->data, plain->len);
  return TRUE;
}

/* Heads of cryptogram and status and MAC (4 + 1 + 4 + 10 at most), then whole blocks, of which the
 * last has at least one byte of padding. */
gsize
kouan_secure_messaging_payload (KouanSecureMessaging *self, gsize answer_max)
{
  gsize heads = 4 + 1 + 4 + 10;

  g_return_val_if_fail (answer_max > heads + self->block, 0);

  return (answer_max - heads) / self->block * self->block - 1;
}
