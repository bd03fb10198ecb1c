/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Hashing costs about as much time as encrypting, and as waiting for the disk. Done beside either,
 * it costs a visitor none. */

#define READ_SIZE (256 * 1024)

struct _KouanHashing
{
  GThread *thread;
  GBytes *bytes; /* or */
  int fd;
  int read_errno;
  guint64 size;
  guint8 digest[KOUAN_SHA256_SIZE];
};

static gpointer
hash_bytes (gpointer data)
{
  KouanHashing *self = data;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (self->bytes, &size);

  kouan_sha256 (bytes, size, self->digest);
  self->size = size;
  return NULL;
}

static gpointer
hash_file (gpointer data)
{
  KouanHashing *self = data;
  g_autoptr (KouanDigest) digest = kouan_digest_new ();
  g_autofree guint8 *buffer = g_malloc (READ_SIZE);
  gssize got;

  while ((got = read (self->fd, buffer, READ_SIZE)) != 0)
    {
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          self->read_errno = errno;
          return NULL;
        }
      kouan_digest_update (digest, buffer, (gsize)got);
      self->size += (guint64)got;
    }
  kouan_digest_finish (digest, self->digest);
  return NULL;
}

KouanHashing *
kouan_hashing_start_bytes (GBytes *bytes)
{
  KouanHashing *self = g_new0 (KouanHashing, 1);

  self->fd = -1;
  self->bytes = g_bytes_ref (bytes);
  self->thread = g_thread_new ("hashing", hash_bytes, self);
  return self;
}

/* Opens the file at once: it may be renamed while it is read. */
KouanHashing *
kouan_hashing_start_file (const char *path, GError **error)
{
  KouanHashing *self;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path,
                   g_strerror (code));
      return NULL;
    }
  self = g_new0 (KouanHashing, 1);
  self->fd = fd;
  self->thread = g_thread_new ("hashing", hash_file, self);
  return self;
}

void
kouan_hashing_abandon (KouanHashing *self)
{
  if (self->thread != NULL)
    g_thread_join (self->thread);
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/**
 * kouan_hashing_finish:
 * @self: (transfer full):
 * @size: (out): how many bytes were hashed
 *
 * Waits for it.
 */
gboolean
kouan_hashing_finish (KouanHashing *self,
                      guint8 digest[static KOUAN_SHA256_SIZE],
                      guint64 *size,
                      GError **error)
{
  g_autoptr (KouanHashing) owned = self;

  g_thread_join (g_steal_pointer (&owned->thread));
  memcpy (digest, owned->digest, KOUAN_SHA256_SIZE);
  *size = owned->size;
  if (owned->read_errno == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (owned->read_errno), "reading back: %s",
               g_strerror (owned->read_errno));
  return FALSE;
}
