/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/cose.h"
#include "db/kiosk/attempts.h"

G_BEGIN_DECLS

/* What the hub signs to let one person try again at one kiosk: good for one lock. */
typedef struct
{
  guint kiosk_id;
  char *person; /* or "" for badges that are not ours */
  guint8 nonce[KOUAN_ATTEMPTS_NONCE_SIZE];
} KouanUnlock;

void kouan_unlock_clear (KouanUnlock *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KouanUnlock, kouan_unlock_clear)

char *kouan_unlock_issue (const KouanUnlock *unlock, KouanSigningKey *key); /* "KU1:…" */
gboolean kouan_unlock_read (const char *text,
                            KouanKeyring *keyring,
                            KouanUnlock *unlock,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The nonce as two people read it to each other: "7f3a-09c2-…". */
char *kouan_unlock_nonce_to_text (const guint8 nonce[static KOUAN_ATTEMPTS_NONCE_SIZE]);
gboolean kouan_unlock_nonce_from_text (
  const char *text, guint8 nonce[static KOUAN_ATTEMPTS_NONCE_SIZE]) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
