/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/primitives.h"

G_BEGIN_DECLS

/* RFC 7748 §5 and §6.1. */
void kouan_x25519_public (KouanSecret *secret, guint8 point[static KOUAN_KEY_SIZE]);
KouanSecret *kouan_x25519_shared (KouanSecret *secret, const guint8 point[static KOUAN_KEY_SIZE]);

G_END_DECLS
