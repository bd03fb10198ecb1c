/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/keys.h"

G_BEGIN_DECLS

/* COSE algorithm numbers (RFC 9053). Both make signatures of 64 bytes. */
typedef enum
{
  KOUAN_ALGORITHM_ES256 = -7,
  KOUAN_ALGORITHM_EDDSA = -8,
} KouanAlgorithm;

#define KOUAN_SIGNATURE_SIZE 64

KouanAlgorithm kouan_verifying_key_get_algorithm (KouanVerifyingKey *self);
void kouan_signing_key_sign (KouanSigningKey *self,
                             const guint8 *data,
                             gsize size,
                             guint8 signature[static KOUAN_SIGNATURE_SIZE]);
gboolean kouan_verifying_key_verify (KouanVerifyingKey *self,
                                     const guint8 *data,
                                     gsize size,
                                     const guint8 signature[static KOUAN_SIGNATURE_SIZE]);

/* Of KouanVerifyingKey, each a candidate: an identifier of four bytes may belong to more than one.
 */
GPtrArray *kouan_keyring_find (KouanKeyring *self,
                               KouanPurpose purpose,
                               const guint8 id[static KOUAN_KEY_ID_SIZE]);

G_END_DECLS
