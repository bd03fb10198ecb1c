/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/crypto/secret.h"

G_BEGIN_DECLS

/* A key file goes from the disk into locked memory and nowhere in between. Errors:
 * KOUAN_CRYPTO_ERROR IO, MALFORMED. */
KouanSecret *
kouan_secret_read_file (const char *path, gsize size_max, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A symmetric key (the hall's) as a file: @size bytes in lower-case hex digits and a line feed;
 * mode 0600. */
KouanSecret *
kouan_secret_load (const char *path, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
kouan_secret_save (KouanSecret *self, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
