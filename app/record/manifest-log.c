/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/manifest-log.h"

#include "app/crypto/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A database that is damaged takes two things with it that cannot be made up again: which numbers
 * this kiosk has given out, and which sealed file stands for which of them. Both are in the signed
 * manifest, so each manifest is written here too, before its row is committed: one line a record,
 * in base64, appended and synced. A line that a power cut has torn is no base64 or carries no
 * signature and is passed over; the next one begins on a line of its own. */

#define MODE 0600
#define SIZE_MAX_READ (256 * 1024 * 1024)

static gboolean
set_error (GError **error, const char *path, int code)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
  return FALSE;
}

static gboolean
ends_with_newline (int fd, off_t size)
{
  char last = '\n';

  return size == 0 || (pread (fd, &last, 1, size - 1) == 1 && last == '\n');
}

/* What a failed write has left is taken back; if that fails too, it is a torn line. */
static gboolean
write_line (int fd, const char *path, const char *line, off_t size, GError **error)
{
  gsize length = strlen (line);
  ssize_t put;

  do
    put = write (fd, line, length);
  while (put < 0 && errno == EINTR);
  if (put == (ssize_t)length && fdatasync (fd) == 0)
    return TRUE;
  set_error (error, path, put >= 0 && put < (ssize_t)length ? ENOSPC : errno);
  if (ftruncate (fd, size) != 0)
    g_message ("%s: a line that does not count could not be taken back", path);
  return FALSE;
}

static gboolean
sync_parent (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return kouan_sync_folder (folder, error);
}

/**
 * kouan_manifest_log_append:
 *
 * When it returns, the line survives a power cut. For one caller at a time.
 */
gboolean
kouan_manifest_log_append (const char *path, GBytes *manifest, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (manifest, &size);
  g_autofree char *text = g_base64_encode (data, size);
  g_autofree char *line = NULL;
  int fd = open (path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, MODE);
  struct stat status;
  gboolean done;

  if (fd < 0)
    return set_error (error, path, errno);
  if (fstat (fd, &status) != 0)
    status.st_size = 0;
  line = g_strconcat (ends_with_newline (fd, status.st_size) ? "" : "\n", text, "\n", NULL);
  done = write_line (fd, path, line, status.st_size, error)
         && (status.st_size > 0 || sync_parent (path, error));
  close (fd);
  return done;
}

/* Returns: (transfer full) (element-type GBytes): what can be read of it; whether a manifest is one
 * is for the caller to check */
GPtrArray *
kouan_manifest_log_read (const char *path)
{
  GPtrArray *manifests = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autofree char *contents = NULL;
  struct stat status;
  char *line;
  char *rest = NULL;

  if (stat (path, &status) != 0 || status.st_size > SIZE_MAX_READ
      || !g_file_get_contents (path, &contents, NULL, NULL))
    return manifests;
  for (line = strtok_r (contents, "\n", &rest); line != NULL; line = strtok_r (NULL, "\n", &rest))
    {
      gsize size = 0;
      guint8 *data = g_base64_decode (line, &size);

      g_ptr_array_add (manifests, g_bytes_new_take (data, size));
    }
  return manifests;
}

/* Puts a log of its own in the place of the one that is there, whole or not at all. */
gboolean
kouan_manifest_log_rewrite (const char *path, GPtrArray *manifests, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < manifests->len; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (manifests->pdata[i], &size);
      g_autofree char *line = g_base64_encode (data, size);

      g_string_append_printf (text, "%s\n", line);
    }
  return kouan_write_file_durably (path, (const guint8 *)text->str, text->len, MODE, error);
}
