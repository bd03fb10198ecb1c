/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/primitives.h"

G_BEGIN_DECLS

#define KOUAN_AEAD_NONCE_SIZE 12
#define KOUAN_AEAD_TAG_SIZE 16

/* ChaCha20-Poly1305 (RFC 8439) without associated data, one key, one direction, many messages. */
typedef struct _KouanAead KouanAead;

KouanAead *kouan_aead_new_sealing (KouanSecret *key);
KouanAead *kouan_aead_new_opening (KouanSecret *key);
void kouan_aead_free (KouanAead *self);

/* @sealed: @size + KOUAN_AEAD_TAG_SIZE bytes */
void kouan_aead_seal (KouanAead *self,
                      const guint8 nonce[static KOUAN_AEAD_NONCE_SIZE],
                      const guint8 *plain,
                      gsize size,
                      guint8 *sealed);
/* @plain: @size - KOUAN_AEAD_TAG_SIZE bytes, zeros after FALSE */
gboolean kouan_aead_open (KouanAead *self,
                          const guint8 nonce[static KOUAN_AEAD_NONCE_SIZE],
                          const guint8 *sealed,
                          gsize size,
                          guint8 *plain) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanAead, kouan_aead_free)

G_END_DECLS
