/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/secret-file.h"

#include "app/crypto/durable.h"
#include "app/crypto/primitives.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static gssize
read_all (int fd, guint8 *data, gsize size)
{
  gsize filled = 0;

  while (filled < size)
    {
      ssize_t got = read (fd, data + filled, size - filled);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return -1;
      if (got == 0)
        break;
      filled += (gsize)got;
    }
  return (gssize)filled;
}

/**
 * kouan_secret_read_file:
 * @size_max: a larger file is %KOUAN_CRYPTO_ERROR_MALFORMED, as is an empty one
 *
 * Returns: (transfer full) (nullable): the file's bytes
 */
KouanSecret *
kouan_secret_read_file (const char *path, gsize size_max, GError **error)
{
  g_autoptr (KouanSecret) buffer = NULL;
  gssize filled = -1;
  int code = 0;
  int fd = -1;

  g_return_val_if_fail (path != NULL && size_max > 0, NULL);

  buffer = kouan_secret_new (size_max + 1);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd >= 0)
    filled = read_all (fd, kouan_secret_data (buffer), size_max + 1);
  code = errno;
  if (fd >= 0)
    close (fd);
  if (filled < 0)
    {
      g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO, "cannot read %s: %s", path,
                   g_strerror (code));
      return NULL;
    }
  if (filled == 0 || (gsize)filled > size_max)
    {
      g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED, "%s is %s", path,
                   filled == 0 ? "empty" : "too large for a key");
      return NULL;
    }
  return kouan_secret_new_copy (kouan_secret_data (buffer), (gsize)filled);
}

/**
 * kouan_secret_load:
 * @size: how many bytes the key has; the file has twice as many digits, and may end in a line feed
 */
KouanSecret *
kouan_secret_load (const char *path, gsize size, GError **error)
{
  g_autoptr (KouanSecret) content = NULL;
  g_autoptr (KouanSecret) text = NULL;
  g_autoptr (KouanSecret) key = NULL;
  gsize length = 0;

  g_return_val_if_fail (path != NULL && size > 0, NULL);

  content = kouan_secret_read_file (path, 2 * size + 1, error);
  if (content == NULL)
    return NULL;
  length = kouan_secret_size (content);
  if (kouan_secret_data (content)[length - 1] == '\n')
    length--;
  text = kouan_secret_new (length + 1); /* its last byte stays 0 */
  memcpy (kouan_secret_data (text), kouan_secret_data (content), length);
  key = kouan_secret_new (size);
  if (!kouan_unhex ((const char *)kouan_secret_data (text), kouan_secret_data (key), size))
    {
      g_set_error (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_MALFORMED,
                   "%s should hold %" G_GSIZE_FORMAT " lower-case hex digits", path, 2 * size);
      return NULL;
    }
  return g_steal_pointer (&key);
}

/**
 * kouan_secret_save:
 *
 * Durable, mode 0600.
 */
gboolean
kouan_secret_save (KouanSecret *self, const char *path, GError **error)
{
  g_autofree char *hex = NULL;
  g_autoptr (GError) cause = NULL;
  gsize length = 0;
  gboolean saved = FALSE;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  hex = kouan_hex (kouan_secret_data (self), kouan_secret_size (self));
  length = strlen (hex);
  hex[length] = '\n'; /* in the place of the NUL: it is written by length */
  saved = kouan_write_file_durably (path, (const guint8 *)hex, length + 1, 0600, &cause);
  kouan_wipe (hex, length);
  if (!saved)
    g_set_error_literal (error, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_IO, cause->message);
  return saved;
}
