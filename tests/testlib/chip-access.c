/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/chip/bac.h"
#include "app/chip/pace.h"
#include "app/lds/tlv.h"
#include "tests/testlib/chip-private.h"

#include <string.h>

/* The chip's half of BAC and PACE: 9303-11 §4.3.3 and §4.4.3. */

#define CIPHER KOUAN_BLOCK_CIPHER_3DES

guint
chip_get_challenge (KouanTestChip *self, GByteArray *data)
{
  if ((self->access & KOUAN_TEST_CHIP_BAC) == 0)
    return 0x6d00;
  if (!self->is_application)
    return 0x6985;
  kouan_random_bytes (self->nonce, sizeof self->nonce);
  self->has_nonce = TRUE;
  g_byte_array_append (data, self->nonce, sizeof self->nonce);
  return KOUAN_STATUS_OK;
}

static void
mac_token (const guint8 *key, const guint8 *cryptogram, guint8 *mac)
{
  g_autoptr (GByteArray) padded = g_byte_array_new ();

  g_byte_array_append (padded, cryptogram, 32);
  kouan_block_cipher_pad (CIPHER, padded);
  kouan_block_cipher_mac (CIPHER, key, padded->data, padded->len, mac);
}

static void
answer_token (KouanTestChip *self, const KouanBac *keys, const guint8 *theirs, GByteArray *data)
{
  guint8 token[KOUAN_BAC_TOKEN_SIZE], seed[16];

  memcpy (token, self->nonce, 8);
  memcpy (token + 8, theirs, 8);
  kouan_random_bytes (token + 16, 16);
  for (guint i = 0; i < sizeof seed; i++)
    seed[i] = theirs[16 + i] ^ token[16 + i];
  chip_talk_start (&self->next_talk, CIPHER, seed, sizeof seed);
  memcpy (self->next_talk.counter, self->nonce + 4, 4);
  memcpy (self->next_talk.counter + 4, theirs + 4, 4);
  kouan_block_cipher_encrypt (CIPHER, keys->encryption_key, NULL, token, 32, token);
  mac_token (keys->mac_key, token, token + 32);
  if (chip_has_fault (self, KOUAN_TEST_CHIP_WRONG_TOKEN))
    token[39] ^= 1;
  g_byte_array_append (data, token, sizeof token);
}

guint
chip_external_authenticate (KouanTestChip *self, const KouanApdu *command, GByteArray *data)
{
  guint8 mac[KOUAN_BLOCK_MAC_SIZE], plain[32];
  KouanBac keys;

  if (!self->has_nonce || command->size != KOUAN_BAC_TOKEN_SIZE)
    return 0x6985;
  self->has_nonce = FALSE;
  kouan_bac_init (&keys, self->mrz);
  mac_token (keys.mac_key, command->data, mac);
  if (memcmp (mac, command->data + 32, sizeof mac) != 0)
    return 0x6300;
  kouan_block_cipher_decrypt (CIPHER, keys.encryption_key, NULL, command->data, 32, plain);
  if (memcmp (plain + 8, self->nonce, 8) != 0)
    return 0x6300;
  answer_token (self, &keys, plain, data);
  return KOUAN_STATUS_OK;
}

void
chip_forget_pace (KouanTestChip *self)
{
  self->pace_step = 0;
  g_clear_pointer (&self->pace_group, kouan_group_unref);
  g_clear_pointer (&self->pace_mapped, kouan_group_unref);
  g_clear_pointer (&self->pace_peer, g_bytes_unref);
  g_clear_pointer (&self->pace_own, g_bytes_unref);
  g_clear_pointer (&self->pace_secret, kouan_secret_unref);
}

static KouanBlockCipher
pace_cipher (KouanTestChip *self)
{
  const KouanPaceOffer offer = { self->pace_protocol, self->pace_parameters, FALSE };
  KouanBlockCipher cipher;

  g_assert_true (kouan_pace_supports (&offer, &cipher));
  return cipher;
}

/* MSE:Set AT of PACE; of chip authentication it is the other file's. */
static guint
set_pace (KouanTestChip *self, const KouanApdu *command)
{
  g_autoptr (GByteArray) oid = g_byte_array_new ();
  KouanTlvReader reader;
  KouanTlv protocol, password;

  chip_forget_pace (self);
  kouan_tlv_write_oid (oid, self->pace_protocol);
  kouan_tlv_reader_init (&reader, KOUAN_TLV_DER, command->data, command->size);
  if (!kouan_tlv_read (&reader, 0x80, &protocol) || !kouan_tlv_read (&reader, 0x83, &password)
      || protocol.size != oid->len - 2u
      || memcmp (protocol.value, oid->data + 2, protocol.size) != 0 || password.size != 1)
    return 0x6a80;
  if (password.value[0] != KOUAN_CHIP_PASSWORD_MRZ && password.value[0] != KOUAN_CHIP_PASSWORD_CAN)
    return 0x6a88;
  self->pace_password = password.value[0] == KOUAN_CHIP_PASSWORD_MRZ ? self->mrz : self->can;
  self->pace_group = kouan_group_new_standard (self->pace_parameters);
  self->pace_step = 1;
  return KOUAN_STATUS_OK;
}

static void
wrap (GByteArray *data, guint tag, const guint8 *value, gsize size)
{
  g_autoptr (GByteArray) inner = g_byte_array_new ();

  kouan_tlv_write (inner, tag, value, size);
  kouan_tlv_write (data, 0x7c, inner->data, inner->len);
}

static GBytes *
unwrap (const KouanApdu *command, guint tag)
{
  KouanTlvReader reader;
  KouanTlv whole, inner;

  if (kouan_tlv_read_whole (KOUAN_TLV_DER, command->data, command->size, 0x7c, &whole)
      && kouan_tlv_enter (&whole, &reader) && kouan_tlv_read (&reader, tag, &inner)
      && kouan_tlv_finish (&reader))
    return g_bytes_new (inner.value, inner.size);
  return NULL;
}

static guint
send_nonce (KouanTestChip *self, GByteArray *data)
{
  guint8 key[KOUAN_BLOCK_KEY_SIZE_MAX], encrypted[16];
  KouanBlockCipher cipher = pace_cipher (self);

  kouan_random_bytes (self->pace_nonce, sizeof self->pace_nonce);
  kouan_chip_password_derive (self->pace_password, cipher, key);
  kouan_block_cipher_encrypt (cipher, key, NULL, self->pace_nonce, sizeof encrypted, encrypted);
  wrap (data, 0x80, encrypted, sizeof encrypted);
  return KOUAN_STATUS_OK;
}

static void
wrap_public (GByteArray *data, guint tag, KouanGroupKey *key)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (kouan_group_key_get_public (key), &size);

  wrap (data, tag, bytes, size);
}

static guint
map_nonce (KouanTestChip *self, const KouanApdu *command, GByteArray *data)
{
  g_autoptr (KouanGroupKey) key = kouan_group_key_generate (self->pace_group);
  g_autoptr (GBytes) peer = unwrap (command, 0x81);

  if (peer == NULL)
    return 0x6a80;
  self->pace_mapped = kouan_group_map (key, peer, self->pace_nonce, sizeof self->pace_nonce, NULL);
  if (self->pace_mapped == NULL)
    return 0x6a80;
  wrap_public (data, 0x82, key);
  return KOUAN_STATUS_OK;
}

static guint
agree (KouanTestChip *self, const KouanApdu *command, GByteArray *data)
{
  g_autoptr (KouanGroupKey) key = kouan_group_key_generate (self->pace_mapped);

  self->pace_peer = unwrap (command, 0x83);
  if (self->pace_peer == NULL)
    return 0x6a80;
  self->pace_own = g_bytes_ref (kouan_group_key_get_public (key));
  self->pace_secret = kouan_group_key_agree (key, self->pace_peer, NULL);
  if (self->pace_secret == NULL)
    return 0x6a80;
  wrap_public (data, 0x84, key);
  return KOUAN_STATUS_OK;
}

static guint
confirm (KouanTestChip *self, const KouanApdu *command, GByteArray *data)
{
  g_autoptr (GBytes) token = unwrap (command, 0x85);
  KouanBlockCipher cipher = pace_cipher (self);
  gboolean is_curve = kouan_group_is_curve (self->pace_group);
  guint8 right[KOUAN_BLOCK_MAC_SIZE];

  chip_talk_start (&self->next_talk, cipher, kouan_secret_data (self->pace_secret),
                   kouan_secret_size (self->pace_secret));
  kouan_pace_token (self->pace_protocol, cipher, self->next_talk.mac_key, is_curve, self->pace_own,
                    right);
  if (token == NULL || g_bytes_get_size (token) != sizeof right
      || memcmp (g_bytes_get_data (token, NULL), right, sizeof right) != 0)
    {
      self->next_talk.active = FALSE;
      return 0x6300;
    }
  kouan_pace_token (self->pace_protocol, cipher, self->next_talk.mac_key, is_curve, self->pace_peer,
                    right);
  if (chip_has_fault (self, KOUAN_TEST_CHIP_WRONG_TOKEN))
    right[0] ^= 1;
  wrap (data, 0x86, right, sizeof right);
  return KOUAN_STATUS_OK;
}

static guint
run_pace (KouanTestChip *self, const KouanApdu *command, GByteArray *data)
{
  switch (self->pace_step++)
    {
    case 1:
      return send_nonce (self, data);
    case 2:
      return map_nonce (self, command, data);
    case 3:
      return agree (self, command, data);
    case 4:
      return confirm (self, command, data);
    default:
      return 0x6985;
    }
}

/* Chip authentication over the key that @peer sent: the talk goes on under new keys. */
static guint
switch_keys (KouanTestChip *self, GBytes *peer)
{
  g_autoptr (KouanGroupKey) other = NULL;
  g_autoptr (KouanSecret) secret = NULL;
  KouanGroupKey *key = self->chip_key;
  const char *last = strrchr (self->chip_protocol, '.') + 1;

  if (chip_has_fault (self, KOUAN_TEST_CHIP_CLONE))
    key = other = kouan_group_key_generate (self->chip_group);
  secret = kouan_group_key_agree (key, peer, NULL);
  if (secret == NULL)
    return 0x6a80;
  chip_talk_start (&self->next_talk, KOUAN_BLOCK_CIPHER_3DES + (*last - '1'),
                   kouan_secret_data (secret), kouan_secret_size (secret));
  return KOUAN_STATUS_OK;
}

static guint
set_key_agreement (KouanTestChip *self, const KouanApdu *command)
{
  KouanTlv object;
  g_autoptr (GBytes) peer = NULL;

  if (!kouan_tlv_read_whole (KOUAN_TLV_DER, command->data, command->size, 0x91, &object))
    return 0x6a80;
  peer = g_bytes_new (object.value, object.size);
  return switch_keys (self, peer);
}

guint
chip_manage_security (KouanTestChip *self, const KouanApdu *command)
{
  if (command->p1 == 0xc1 && command->p2 == 0xa4)
    return (self->access & KOUAN_TEST_CHIP_PACE) != 0 ? set_pace (self, command) : 0x6d00;
  if (command->p1 != 0x41 || self->chip_key == NULL || !self->talk.active)
    return 0x6a88;
  chip_forget_pace (self);
  return command->p2 == 0xa6 ? set_key_agreement (self, command) : KOUAN_STATUS_OK;
}

guint
chip_general_authenticate (KouanTestChip *self, const KouanApdu *command, GByteArray *data)
{
  g_autoptr (GBytes) peer = NULL;
  guint status;

  if (self->pace_step > 0)
    return run_pace (self, command, data);
  peer = unwrap (command, 0x80);
  if (peer == NULL || self->chip_key == NULL)
    return 0x6985;
  status = switch_keys (self, peer);
  if (status == KOUAN_STATUS_OK)
    kouan_tlv_write (data, 0x7c, NULL, 0);
  return status;
}
