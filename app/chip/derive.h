/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/block-cipher.h"
#include "app/identity/mrz.h"

G_BEGIN_DECLS

/* What opens a chip: what its zone says, or the number that is printed on some cards. */
typedef enum
{
  KOUAN_CHIP_PASSWORD_MRZ = 1, /* as PACE numbers them (9303-11 §4.4.4.1) */
  KOUAN_CHIP_PASSWORD_CAN = 2,
} KouanChipPasswordKind;

typedef struct _KouanChipPassword KouanChipPassword;

KouanChipPassword *kouan_chip_password_new_mrz (const KouanMrz *mrz);
KouanChipPassword *kouan_chip_password_new_information (const char *information);
KouanChipPassword *kouan_chip_password_new_can (const char *can); /* (nullable): not six digits */
KouanChipPassword *kouan_chip_password_ref (KouanChipPassword *self);
void kouan_chip_password_unref (KouanChipPassword *self);
KouanChipPasswordKind kouan_chip_password_get_kind (KouanChipPassword *self);
gboolean kouan_chip_password_equal (KouanChipPassword *a, KouanChipPassword *b);

#define KOUAN_CHIP_SEED_SIZE 16
void kouan_chip_password_get_seed (KouanChipPassword *self,
                                   guint8 seed[static KOUAN_CHIP_SEED_SIZE]);
void kouan_chip_password_derive (KouanChipPassword *self,
                                 KouanBlockCipher cipher,
                                 guint8 key[static KOUAN_BLOCK_KEY_SIZE_MAX]);

/* The key derivation of 9303-11 §9.7.1. */
typedef enum
{
  KOUAN_CHIP_KEY_ENCRYPTION = 1,
  KOUAN_CHIP_KEY_MAC = 2,
  KOUAN_CHIP_KEY_PASSWORD = 3,
} KouanChipKey;

void kouan_chip_derive (KouanBlockCipher cipher,
                        const guint8 *secret,
                        gsize size,
                        KouanChipKey which,
                        guint8 key[static KOUAN_BLOCK_KEY_SIZE_MAX]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanChipPassword, kouan_chip_password_unref)

G_END_DECLS
