/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-crypto"

#include "app/crypto/durable.h"

#include "app/crypto/primitives.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* The temporary name starts with a dot and ends with ".tmp": whoever scans a folder after a power
 * cut may remove every such file, since nothing ever refers to one. */

struct _KouanDurableFile
{
  char *path;
  char *temporary; /* NULL once renamed */
  int fd;          /* -1 once closed */
  GOutputStream *stream;
};

static gboolean
fail (GError **error, const char *what, const char *path)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s %s: %s", what, path,
               g_strerror (code));
  return FALSE;
}

static char *
temporary_name (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *unique = NULL;
  g_autofree char *hidden = NULL;
  guint8 random[8];

  kouan_random_bytes (random, sizeof random);
  unique = kouan_hex (random, sizeof random);
  hidden = g_strdup_printf (".%s.%s.tmp", name, unique);
  return g_build_filename (folder, hidden, NULL);
}

/**
 * kouan_durable_file_new:
 * @path: replaced on commit if it is there
 * @mode: permissions of the file, whatever the umask
 *
 * Returns: (transfer full) (nullable): a file to write to
 */
KouanDurableFile *
kouan_durable_file_new (const char *path, int mode, GError **error)
{
  g_autoptr (KouanDurableFile) self = NULL;
  g_autofree char *temporary = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (KouanDurableFile, 1);
  self->path = g_strdup (path);
  temporary = temporary_name (path);
  self->fd = open (temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      fail (error, "cannot create", temporary);
      return NULL;
    }
  self->temporary = g_steal_pointer (&temporary);
  if (fchmod (self->fd, (mode_t)mode) != 0)
    {
      fail (error, "cannot set the mode of", self->temporary);
      return NULL;
    }
  self->stream = g_unix_output_stream_new (self->fd, FALSE);
  return g_steal_pointer (&self);
}

GOutputStream *
kouan_durable_file_get_stream (KouanDurableFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->stream;
}

const char *
kouan_durable_file_get_temporary (KouanDurableFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->temporary;
}

gboolean
kouan_sync_folder (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean synced = FALSE;

  if (fd < 0)
    return fail (error, "cannot open", folder);
  synced = fsync (fd) == 0;
  if (!synced)
    fail (error, "cannot sync", folder);
  close (fd);
  return synced;
}

/**
 * kouan_durable_file_commit:
 *
 * When it returns TRUE, the file is at its place and on the disk. After FALSE the old file, if
 * there was one, is as it was, with one exception that no caller can tell apart: the rename was
 * done and the folder could not be synced. To be called once.
 */
gboolean
kouan_durable_file_commit (KouanDurableFile *self, GError **error)
{
  g_autofree char *folder = NULL;
  int fd = -1;

  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  fd = self->fd;
  if (fsync (fd) != 0)
    return fail (error, "cannot sync", self->temporary);
  self->fd = -1;
  if (close (fd) != 0) /* network file systems report a full disk only here */
    return fail (error, "cannot close", self->temporary);
  if (rename (self->temporary, self->path) != 0)
    return fail (error, "cannot rename to", self->path);
  g_clear_pointer (&self->temporary, g_free);
  folder = g_path_get_dirname (self->path);
  return kouan_sync_folder (folder, error);
}

void
kouan_durable_file_free (KouanDurableFile *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->stream);
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

/**
 * kouan_write_file_durably:
 *
 * Returns: whether @path now holds exactly @data, also after a power cut
 */
gboolean
kouan_write_file_durably (
  const char *path, const guint8 *data, gsize size, int mode, GError **error)
{
  g_autoptr (KouanDurableFile) file = NULL;

  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  file = kouan_durable_file_new (path, mode, error);
  if (file == NULL)
    return FALSE;
  if (size > 0 && !g_output_stream_write_all (file->stream, data, size, NULL, NULL, error))
    return FALSE;
  return kouan_durable_file_commit (file, error);
}
