/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Hashing costs about as much time as encrypting, and as waiting for the disk. Done beside both, it
 * costs a visitor little. A file is read back while it is being written, so that what is hashed is
 * what lies there; the thread waits whenever it has caught up with the writer. */

#define READ_SIZE (128 * 1024)

struct _KouanHashing
{
  GThread *thread;
  guint8 digest[KOUAN_SHA256_SIZE];
  guint64 size; /* hashed so far */

  GBytes *bytes; /* or a file: */
  int fd;
  int read_errno;

  GMutex lock;
  GCond changed;
  guint64 available; /* G_MAXUINT64: nothing more is written */
  gboolean abandoned;
};

static KouanHashing *
hashing_new (int fd, GBytes *bytes)
{
  KouanHashing *self = g_new0 (KouanHashing, 1);

  self->fd = fd;
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  return self;
}

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

/* Returns: how far the file may be read, or less than has been read already if nobody wants the
 * rest */
static guint64
wait_for_more (KouanHashing *self)
{
  guint64 available;

  g_mutex_lock (&self->lock);
  while (self->available <= self->size && !self->abandoned)
    g_cond_wait (&self->changed, &self->lock);
  available = self->abandoned ? 0 : self->available;
  g_mutex_unlock (&self->lock);
  return available;
}

/* Reads up to @end, or to the end of the file. Returns: FALSE at that end, or at an error */
static gboolean
hash_until (KouanHashing *self, KouanDigest *digest, guint8 *buffer, guint64 end)
{
  while (self->size < end)
    {
      gssize got = read (self->fd, buffer, MIN (READ_SIZE, end - self->size));

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        self->read_errno = errno;
      if (got <= 0)
        return FALSE;
      kouan_digest_update (digest, buffer, (gsize)got);
      self->size += (guint64)got;
    }
  return TRUE;
}

static gpointer
hash_file (gpointer data)
{
  KouanHashing *self = data;
  g_autoptr (KouanDigest) digest = kouan_digest_new ();
  g_autofree guint8 *buffer = g_malloc (READ_SIZE);
  guint64 end;

  do
    end = wait_for_more (self);
  while (end > self->size && hash_until (self, digest, buffer, end));
  kouan_digest_finish (digest, self->digest);
  return NULL;
}

KouanHashing *
kouan_hashing_start_bytes (GBytes *bytes)
{
  KouanHashing *self = hashing_new (-1, bytes);

  self->thread = g_thread_new ("hashing", hash_bytes, self);
  return self;
}

/* Opens the file at once: it may be renamed while it is read. Nothing is read until
 * kouan_hashing_grow() or kouan_hashing_finish() says that it is there. */
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
  self = hashing_new (fd, NULL);
  self->thread = g_thread_new ("hashing", hash_file, self);
  return self;
}

static void
set_available (KouanHashing *self, guint64 available, gboolean abandoned)
{
  g_mutex_lock (&self->lock);
  self->available = available;
  self->abandoned = abandoned;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

void
kouan_hashing_grow (KouanHashing *self, guint64 size)
{
  set_available (self, size, FALSE);
}

static void
hashing_free (KouanHashing *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

void
kouan_hashing_abandon (KouanHashing *self)
{
  set_available (self, 0, TRUE);
  g_thread_join (self->thread);
  hashing_free (self);
}

/**
 * kouan_hashing_finish:
 * @self: (transfer full):
 * @size: (out): how many bytes were hashed
 *
 * Waits for it. A file is read to its end.
 */
gboolean
kouan_hashing_finish (KouanHashing *self,
                      guint8 digest[static KOUAN_SHA256_SIZE],
                      guint64 *size,
                      GError **error)
{
  int read_errno;

  set_available (self, G_MAXUINT64, FALSE);
  g_thread_join (self->thread);
  memcpy (digest, self->digest, KOUAN_SHA256_SIZE);
  *size = self->size;
  read_errno = self->read_errno;
  hashing_free (self);
  if (read_errno == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (read_errno), "reading back: %s",
               g_strerror (read_errno));
  return FALSE;
}
