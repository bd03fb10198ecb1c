/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/apdu.h"
#include "app/chip/error.h"
#include "app/crypto/block-cipher.h"

G_BEGIN_DECLS

/* The encrypted and authenticated talk with a chip: 9303-11 §9.8. */
typedef struct _KouanSecureMessaging KouanSecureMessaging;

KouanSecureMessaging *kouan_secure_messaging_new (KouanBlockCipher cipher,
                                                  const guint8 *encryption_key,
                                                  const guint8 *mac_key,
                                                  const guint8 *counter);
KouanSecureMessaging *kouan_secure_messaging_new_derived (KouanBlockCipher cipher,
                                                          const guint8 *secret,
                                                          gsize size,
                                                          const guint8 *counter);
void kouan_secure_messaging_free (KouanSecureMessaging *self);
void kouan_secure_messaging_protect (KouanSecureMessaging *self,
                                     const KouanApdu *command,
                                     GByteArray *bytes);
gboolean kouan_secure_messaging_open (KouanSecureMessaging *self,
                                      GByteArray *answer,
                                      guint *status,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How much of a file an answer of @answer_max bytes can carry. */
gsize kouan_secure_messaging_payload (KouanSecureMessaging *self, gsize answer_max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSecureMessaging, kouan_secure_messaging_free)

G_END_DECLS
