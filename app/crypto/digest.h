/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/primitives.h"

G_BEGIN_DECLS

/* SHA-256 of what comes bit by bit. */
typedef struct _KouanDigest KouanDigest;

KouanDigest *kouan_digest_new (void);
void kouan_digest_update (KouanDigest *self, const guint8 *data, gsize size);
void kouan_digest_finish (KouanDigest *self,
                          guint8 digest[static KOUAN_SHA256_SIZE]); /* once, at the end */
void kouan_digest_free (KouanDigest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanDigest, kouan_digest_free)

G_END_DECLS
