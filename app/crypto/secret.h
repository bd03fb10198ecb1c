/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes that must not be swapped out or outlive their use: locked memory between guard pages, wiped
 * when freed. */
typedef struct _KouanSecret KouanSecret;

KouanSecret *kouan_secret_new (gsize size);
KouanSecret *kouan_secret_new_random (gsize size);
KouanSecret *kouan_secret_new_copy (const guint8 *data, gsize size);
KouanSecret *kouan_secret_ref (KouanSecret *self);
void kouan_secret_unref (KouanSecret *self);
guint8 *kouan_secret_data (KouanSecret *self);
gsize kouan_secret_size (KouanSecret *self);
gboolean kouan_secret_equal (KouanSecret *a, KouanSecret *b); /* in constant time */

/* For what passes through ordinary memory. */
void kouan_wipe (gpointer data, gsize size);
gboolean kouan_equal_in_constant_time (const guint8 *a, const guint8 *b, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KouanSecret, kouan_secret_unref)

G_END_DECLS
