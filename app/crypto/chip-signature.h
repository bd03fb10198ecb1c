/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/hash.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether the owner of the private key to @info (SubjectPublicKeyInfo) signed @challenge, as Active
 * Authentication does it (9303-11 §6.1): RSA by ISO/IEC 9796-2 with message recovery, or plain
 * ECDSA. @hash: (nullable): ECDSA's; NULL: whichever fits. Errors: KOUAN_CRYPTO_ERROR MALFORMED
 * (not a key that signs), FORGED. */
gboolean kouan_chip_signature_verify (GBytes *info,
                                      const KouanHash *hash,
                                      GBytes *challenge,
                                      GBytes *signature,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
