/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/apdu.h"
#include "app/chip/derive.h"
#include "app/crypto/group.h"
#include "tests/testlib/chip.h"

#include <openssl/evp.h>

G_BEGIN_DECLS

/* The chip's end of secure messaging. */
typedef struct
{
  gboolean active;
  KouanBlockCipher cipher;
  guint8 encryption_key[KOUAN_BLOCK_KEY_SIZE_MAX];
  guint8 mac_key[KOUAN_BLOCK_KEY_SIZE_MAX];
  guint8 counter[KOUAN_BLOCK_SIZE_MAX];
} ChipTalk;

void chip_talk_start (ChipTalk *self, KouanBlockCipher cipher, const guint8 *secret, gsize size);
gboolean chip_talk_open (ChipTalk *self,
                         const KouanApdu *command,
                         KouanApdu *plain,
                         GByteArray *storage); /* the plain command's data */
void chip_talk_protect (
  ChipTalk *self, GByteArray *data, guint status, KouanTestChipFault fault, GByteArray *answer);

struct _KouanTestChip
{
  KouanChipPassword *mrz;
  KouanChipPassword *can;
  guint access;
  gboolean extended;
  gboolean no_short_identifiers;
  GBytes *files[KOUAN_CHIP_N_FILES]; /* (nullable) each */

  /* Keys that no command reads. */
  const char *pace_protocol;
  guint pace_parameters;
  const char *chip_protocol;
  KouanGroup *chip_group;
  KouanGroupKey *chip_key;
  EVP_PKEY *active_key;
  KouanTestChipActive active;

  KouanTestChipFault fault;
  guint fault_at;
  guint count;

  /* Since the last reset. */
  gboolean is_application;
  GBytes *selected;
  ChipTalk talk;
  ChipTalk next_talk; /* from behind this answer on */
  gboolean has_nonce;
  guint8 nonce[8];
  guint pace_step;
  KouanChipPassword *pace_password;
  KouanGroup *pace_group;
  KouanGroup *pace_mapped;
  GBytes *pace_peer;
  GBytes *pace_own;
  guint8 pace_nonce[16];
  KouanSecret *pace_secret;
};

gboolean chip_has_fault (KouanTestChip *self, KouanTestChipFault fault);
/* Each returns a status and appends data. */
guint chip_get_challenge (KouanTestChip *self, GByteArray *data);
guint chip_external_authenticate (KouanTestChip *self, const KouanApdu *command, GByteArray *data);
guint chip_manage_security (KouanTestChip *self, const KouanApdu *command);
guint chip_general_authenticate (KouanTestChip *self, const KouanApdu *command, GByteArray *data);
guint chip_internal_authenticate (KouanTestChip *self, const KouanApdu *command, GByteArray *data);
void chip_forget_pace (KouanTestChip *self);

/* What DG14 and DG15 say, and the private halves. */
GBytes *chip_make_dg14 (KouanTestChip *self, const KouanTestChipOptions *options);
GBytes *chip_make_dg15 (KouanTestChip *self);
GBytes *chip_make_card_access (KouanTestChip *self);

G_END_DECLS
