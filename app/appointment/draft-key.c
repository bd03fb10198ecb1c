/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-appointment"

#include "app/appointment/draft-key.h"

#include "app/crypto/primitives.h"

#include <string.h>

/* HKDF (RFC 5869) under two labels, so that the name, which lies in the database, says nothing
 * about the key. */

#define NAME_SIZE 16

void
kouan_draft_name (KouanSecret *code_secret, guint8 name[static NAME_SIZE])
{
  g_autoptr (KouanSecret) derived
    = kouan_hkdf_sha256 (code_secret, "kouan draft name 1", NAME_SIZE);

  memcpy (name, kouan_secret_data (derived), NAME_SIZE);
}

KouanSecret *
kouan_draft_key (KouanSecret *code_secret)
{
  return kouan_hkdf_sha256 (code_secret, "kouan draft key 1", KOUAN_DRAFT_KEY_SIZE);
}
