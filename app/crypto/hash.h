/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The digests that travel documents are made with: SHA-1 lives on in chips of the last decade. */
typedef enum
{
  KOUAN_HASH_SHA1,
  KOUAN_HASH_SHA224,
  KOUAN_HASH_SHA256,
  KOUAN_HASH_SHA384,
  KOUAN_HASH_SHA512,
} KouanHash;
#define KOUAN_HASH_SIZE_MAX 64

gsize kouan_hash_size (KouanHash hash);
void kouan_hash (KouanHash hash,
                 const guint8 *data,
                 gsize size,
                 guint8 digest[static KOUAN_HASH_SIZE_MAX]);

G_END_DECLS
