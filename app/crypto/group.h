/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/primitives.h"

G_BEGIN_DECLS

/* A group in which two sides agree on a secret: points of a curve (ECDH) or numbers modulo a prime
 * (DH). Elements travel as bytes: a point uncompressed, a number as long as the prime. */
typedef struct _KouanGroup KouanGroup;
typedef struct _KouanGroupKey KouanGroupKey;

KouanGroup *kouan_group_new_standard (guint id); /* (nullable) 9303-11 §9.5.1 */
KouanGroup *kouan_group_new_from_public_key (GBytes *info,
                                             GBytes **element,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
KouanGroup *kouan_group_ref (KouanGroup *self);
void kouan_group_unref (KouanGroup *self);
gboolean kouan_group_is_curve (KouanGroup *self);

/* Generic mapping (9303-11 §4.4.3.3.1): the same group with the generator nonce·G + H, H being what
 * @key and @peer agree on. */
KouanGroup *kouan_group_map (KouanGroupKey *key,
                             GBytes *peer,
                             const guint8 *nonce,
                             gsize nonce_size,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

KouanGroupKey *kouan_group_key_generate (KouanGroup *group);
KouanGroupKey *kouan_group_key_new (KouanGroup *group, const guint8 *secret, gsize size);
void kouan_group_key_free (KouanGroupKey *self);
GBytes *kouan_group_key_get_public (KouanGroupKey *self); /* (transfer none) */
KouanSecret *
kouan_group_key_agree (KouanGroupKey *self, GBytes *peer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanGroup, kouan_group_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanGroupKey, kouan_group_key_free)

G_END_DECLS
