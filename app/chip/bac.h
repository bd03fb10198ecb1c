/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/channel.h"
#include "app/chip/derive.h"

G_BEGIN_DECLS

/* Basic Access Control (9303-11 §4.3). The travel document's application has to be selected. */
gboolean kouan_bac_open (KouanChipChannel *channel,
                         KouanChipPassword *password,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The terminal's half of it with nothing random: for the published example. */
#define KOUAN_BAC_NONCE_SIZE 8
#define KOUAN_BAC_KEYING_SIZE 16
#define KOUAN_BAC_TOKEN_SIZE 40

typedef struct
{
  guint8 encryption_key[KOUAN_BLOCK_KEY_SIZE_MAX];
  guint8 mac_key[KOUAN_BLOCK_KEY_SIZE_MAX];
  guint8 chip_nonce[KOUAN_BAC_NONCE_SIZE];
  guint8 own_nonce[KOUAN_BAC_NONCE_SIZE];
  guint8 own_keying[KOUAN_BAC_KEYING_SIZE];
} KouanBac;

void kouan_bac_init (KouanBac *self, KouanChipPassword *password);
void kouan_bac_make_token (const KouanBac *self, guint8 token[static KOUAN_BAC_TOKEN_SIZE]);
KouanSecureMessaging *kouan_bac_finish (const KouanBac *self,
                                        const guint8 *token,
                                        gsize size,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
