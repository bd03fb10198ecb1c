/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bech32 (BIP 173, without its limit of length) for keys of a known kind: @prefix says which, and
 * in which case. */
char *kouan_bech32_encode (const char *prefix, const guint8 *data, gsize size);
gboolean kouan_bech32_decode (const char *prefix,
                              const char *text,
                              gsize length,
                              guint8 *data,
                              gsize size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
