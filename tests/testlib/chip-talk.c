/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/chip-private.h"

#include "app/lds/tlv.h"

#include <string.h>

/* Written for itself, beside app/chip/secure-messaging.c: two readings of 9303-11 §9.8 that have to
 * understand each other. */

void
chip_talk_start (ChipTalk *self, KouanBlockCipher cipher, const guint8 *secret, gsize size)
{
  memset (self, 0, sizeof *self);
  self->cipher = cipher;
  kouan_chip_derive (cipher, secret, size, KOUAN_CHIP_KEY_ENCRYPTION, self->encryption_key);
  kouan_chip_derive (cipher, secret, size, KOUAN_CHIP_KEY_MAC, self->mac_key);
  self->active = TRUE;
}

static void
count_up (ChipTalk *self)
{
  gsize i = kouan_block_cipher_block_size (self->cipher);

  while (i-- > 0 && ++self->counter[i] == 0)
    continue;
}

static void
start_vector (ChipTalk *self, guint8 *vector)
{
  memset (vector, 0, KOUAN_BLOCK_SIZE_MAX);
  if (self->cipher != KOUAN_BLOCK_CIPHER_3DES)
    kouan_block_cipher_encrypt (self->cipher, self->encryption_key, NULL, self->counter,
                                KOUAN_BLOCK_SIZE_MAX, vector);
}

static void
mac_over (ChipTalk *self, GByteArray *head, const guint8 *body, gsize size, guint8 *mac)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();

  g_byte_array_append (all, self->counter, kouan_block_cipher_block_size (self->cipher));
  g_byte_array_append (all, head->data, head->len);
  g_byte_array_append (all, body, size);
  if (size > 0)
    kouan_block_cipher_pad (self->cipher, all);
  kouan_block_cipher_mac (self->cipher, self->mac_key, all->data, all->len, mac);
}

static gboolean
decrypt_data (ChipTalk *self, const KouanTlv *object, GByteArray *storage)
{
  gsize skip = object->tag == 0x87 ? 1 : 0;
  guint8 vector[KOUAN_BLOCK_SIZE_MAX];

  if (object->size <= skip
      || (object->size - skip) % kouan_block_cipher_block_size (self->cipher) != 0)
    return FALSE;
  start_vector (self, vector);
  g_byte_array_set_size (storage, object->size - skip);
  kouan_block_cipher_decrypt (self->cipher, self->encryption_key, vector, object->value + skip,
                              object->size - skip, storage->data);
  return kouan_block_cipher_unpad (storage);
}

static guint
expected_of (const KouanTlv *object)
{
  guint expected = 0;

  for (gsize i = 0; i < object->size; i++)
    expected = expected << 8 | object->value[i];
  return expected != 0 ? expected : object->size == 1 ? 256 : 65536;
}

static gboolean
has_right_mac (ChipTalk *self, const KouanApdu *command, const KouanTlv *mac)
{
  g_autoptr (GByteArray) head = g_byte_array_new ();
  guint8 bytes[] = { command->cla, command->ins, command->p1, command->p2 };
  guint8 right[KOUAN_BLOCK_MAC_SIZE];

  g_byte_array_append (head, bytes, sizeof bytes);
  kouan_block_cipher_pad (self->cipher, head);
  mac_over (self, head, command->data, (gsize)(mac->whole - command->data), right);
  return mac->size == sizeof right && memcmp (mac->value, right, sizeof right) == 0;
}

gboolean
chip_talk_open (ChipTalk *self, const KouanApdu *command, KouanApdu *plain, GByteArray *storage)
{
  KouanTlvReader reader;
  KouanTlv object, data = { 0 };

  count_up (self);
  *plain = (KouanApdu){ .cla = command->cla & 0x10,
                        .ins = command->ins,
                        .p1 = command->p1,
                        .p2 = command->p2,
                        .extended = command->extended };
  kouan_tlv_reader_init (&reader, KOUAN_TLV_DER, command->data, command->size);
  while (kouan_tlv_next (&reader, &object))
    {
      if (object.tag == 0x8e)
        break;
      if (object.tag == (command->ins % 2 == 0 ? 0x87 : 0x85))
        data = object;
      else if (object.tag == 0x97 && object.size >= 1 && object.size <= 2)
        plain->expected = expected_of (&object);
      else
        return FALSE;
    }
  if (!kouan_tlv_finish (&reader) || object.tag != 0x8e || !has_right_mac (self, command, &object))
    return FALSE;
  if (data.tag != 0 && !decrypt_data (self, &data, storage))
    return FALSE;
  plain->data = storage->data;
  plain->size = storage->len;
  return TRUE;
}

static void
append_cryptogram (ChipTalk *self, GByteArray *data, GByteArray *answer)
{
  guint8 vector[KOUAN_BLOCK_SIZE_MAX], padded = 1;

  kouan_block_cipher_pad (self->cipher, data);
  start_vector (self, vector);
  kouan_block_cipher_encrypt (self->cipher, self->encryption_key, vector, data->data, data->len,
                              data->data);
  g_byte_array_prepend (data, &padded, 1);
  kouan_tlv_write (answer, 0x87, data->data, data->len);
}

void
chip_talk_protect (
  ChipTalk *self, GByteArray *data, guint status, KouanTestChipFault fault, GByteArray *answer)
{
  g_autoptr (GByteArray) nothing = g_byte_array_new ();
  guint8 bytes[] = { (guint8)(status >> 8), (guint8)status };
  guint8 mac[KOUAN_BLOCK_MAC_SIZE];

  count_up (self);
  if (data->len > 0)
    append_cryptogram (self, data, answer);
  if (fault != KOUAN_TEST_CHIP_NO_STATUS)
    kouan_tlv_write (answer, 0x99, bytes, sizeof bytes);
  mac_over (self, nothing, answer->data, answer->len, mac);
  if (fault == KOUAN_TEST_CHIP_WRONG_MAC)
    mac[7] ^= 1;
  kouan_tlv_write (answer, 0x8e, mac, sizeof mac);
  if (fault == KOUAN_TEST_CHIP_OTHER_STATUS)
    bytes[1] ^= 1;
  g_byte_array_append (answer, bytes, sizeof bytes);
}
