/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-chip"

#include "app/chip/derive.h"

#include "app/crypto/hash.h"

#include <string.h>

/* Keys of a chip (ICAO Doc 9303-11 §4.3.2, §4.4.3.2 and §9.7). All begin with the MRZ information:
 * document number, date of birth and date of expiry, each followed by its check digit as it is
 * printed. A number of fewer than nine characters is filled up, a longer one stands whole. */

#define NUMBER_LENGTH 9
#define CAN_LENGTH 6
#define SHA1_SIZE 20

struct _KouanChipPassword
{
  gatomicrefcount refs;
  KouanChipPasswordKind kind;
  char *text;
};

static KouanChipPassword *
password_new (KouanChipPasswordKind kind, char *text)
{
  KouanChipPassword *self = g_new0 (KouanChipPassword, 1);

  g_atomic_ref_count_init (&self->refs);
  self->kind = kind;
  self->text = text;
  return self;
}

static void
append_part (GString *out, guint part)
{
  if (part == 0)
    g_string_append (out, "<<");
  else
    g_string_append_printf (out, "%02u", part % 100);
}

static void
append_date (GString *out, const KouanMrzDate *date, const KouanMrzCheck *check)
{
  append_part (out, date->year);
  append_part (out, date->month);
  append_part (out, date->day);
  g_string_append_c (out, check->printed);
}

/* Returns: (transfer full): what opens the chip behind this zone */
KouanChipPassword *
kouan_chip_password_new_mrz (const KouanMrz *mrz)
{
  GString *text = NULL;

  g_return_val_if_fail (mrz != NULL, NULL);

  text = g_string_new (mrz->document_number);
  g_strdelimit (text->str, " ", '<');
  while (text->len < NUMBER_LENGTH)
    g_string_append_c (text, '<');
  g_string_append_c (text, mrz->checks[KOUAN_MRZ_CHECK_DOCUMENT_NUMBER].printed);
  append_date (text, &mrz->birth, &mrz->checks[KOUAN_MRZ_CHECK_BIRTH]);
  append_date (text, &mrz->expiry, &mrz->checks[KOUAN_MRZ_CHECK_EXPIRY]);
  return password_new (KOUAN_CHIP_PASSWORD_MRZ, g_string_free (text, FALSE));
}

/* @information: the MRZ information itself, as "L898902C<369080619406236" */
KouanChipPassword *
kouan_chip_password_new_information (const char *information)
{
  g_return_val_if_fail (information != NULL, NULL);

  return password_new (KOUAN_CHIP_PASSWORD_MRZ, g_strdup (information));
}

KouanChipPassword *
kouan_chip_password_new_can (const char *can)
{
  g_return_val_if_fail (can != NULL, NULL);

  if (strlen (can) != CAN_LENGTH || strspn (can, "0123456789") != CAN_LENGTH)
    return NULL;
  return password_new (KOUAN_CHIP_PASSWORD_CAN, g_strdup (can));
}

KouanChipPassword *
kouan_chip_password_ref (KouanChipPassword *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kouan_chip_password_unref (KouanChipPassword *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  kouan_wipe (self->text, strlen (self->text));
  g_free (self->text);
  g_free (self);
}

KouanChipPasswordKind
kouan_chip_password_get_kind (KouanChipPassword *self)
{
  g_return_val_if_fail (self != NULL, KOUAN_CHIP_PASSWORD_MRZ);

  return self->kind;
}

gboolean
kouan_chip_password_equal (KouanChipPassword *a, KouanChipPassword *b)
{
  return a->kind == b->kind && g_str_equal (a->text, b->text);
}

/* Basic access control's: the head of the SHA-1 of the MRZ information. */
void
kouan_chip_password_get_seed (KouanChipPassword *self, guint8 seed[static KOUAN_CHIP_SEED_SIZE])
{
  guint8 digest[KOUAN_HASH_SIZE_MAX];

  kouan_hash (KOUAN_HASH_SHA1, (const guint8 *)self->text, strlen (self->text), digest);
  memcpy (seed, digest, KOUAN_CHIP_SEED_SIZE);
  kouan_wipe (digest, sizeof digest);
}

/* PACE's: from the whole SHA-1 of the MRZ information, or from the number as it is printed. */
void
kouan_chip_password_derive (KouanChipPassword *self,
                            KouanBlockCipher cipher,
                            guint8 key[static KOUAN_BLOCK_KEY_SIZE_MAX])
{
  guint8 digest[KOUAN_HASH_SIZE_MAX];
  const guint8 *text = (const guint8 *)self->text;
  gsize size = strlen (self->text);

  if (self->kind == KOUAN_CHIP_PASSWORD_CAN)
    {
      kouan_chip_derive (cipher, text, size, KOUAN_CHIP_KEY_PASSWORD, key);
      return;
    }
  kouan_hash (KOUAN_HASH_SHA1, text, size, digest);
  kouan_chip_derive (cipher, digest, SHA1_SIZE, KOUAN_CHIP_KEY_PASSWORD, key);
  kouan_wipe (digest, sizeof digest);
}

/* DES keys have odd parity in each byte; nobody looks at it, and the published examples have it. */
static void
set_parity (guint8 *key, gsize size)
{
  for (gsize i = 0; i < size; i++)
    {
      guint8 bits = key[i] >> 1;

      bits ^= bits >> 4;
      bits ^= bits >> 2;
      bits ^= bits >> 1;
      key[i] = (guint8)((key[i] & 0xfe) | (~bits & 1));
    }
}

/**
 * kouan_chip_derive:
 * @which: the counter behind @secret
 * @key: (out): its first kouan_block_cipher_key_size() bytes are written
 *
 * SHA-1 makes keys of 128 bits, SHA-256 the longer ones.
 */
void
kouan_chip_derive (KouanBlockCipher cipher,
                   const guint8 *secret,
                   gsize size,
                   KouanChipKey which,
                   guint8 key[static KOUAN_BLOCK_KEY_SIZE_MAX])
{
  gsize key_size = kouan_block_cipher_key_size (cipher);
  KouanHash hash = key_size > 16 ? KOUAN_HASH_SHA256 : KOUAN_HASH_SHA1;
  guint8 digest[KOUAN_HASH_SIZE_MAX];
  guint8 counter[4] = { 0, 0, 0, (guint8)which };
  g_autofree guint8 *input = g_malloc (size + sizeof counter);

  memcpy (input, secret, size);
  memcpy (input + size, counter, sizeof counter);
  kouan_hash (hash, input, size + sizeof counter, digest);
  memcpy (key, digest, key_size);
  if (cipher == KOUAN_BLOCK_CIPHER_3DES)
    set_parity (key, key_size);
  kouan_wipe (input, size);
  kouan_wipe (digest, sizeof digest);
}
