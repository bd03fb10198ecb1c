/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/chip/channel.h"
#include "app/crypto/hash.h"

G_BEGIN_DECLS

/* Active Authentication (9303-11 §6.1): TRUE if the chip signs our challenge with the key whose
 * public half (SubjectPublicKeyInfo) DG15 has. */
gboolean kouan_active_authentication_run (KouanChipChannel *channel,
                                          GBytes *public_key,
                                          const KouanHash *hash,
                                          gboolean extended,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
