/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/blobs.h"

#include "app/crypto/digest.h"
#include "app/crypto/durable.h"
#include "app/hub/trouble.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Order of what is durable, the other way round from how a reader looks for it: bytes, then the
 * name, then the row. A row never lacks its file; a file that has no row is either still coming in
 * or is dropped.
 *
 * incoming/<record>.part  what has come so far, and perhaps a tail that nobody has answered for
 * <xx>/<record>.age       the record; <xx> is the last byte of its id, because the first ones are
 * the time */

#define INCOMING "incoming"
#define STAGED_SUFFIX ".part"
#define HASH_STEP (256 * 1024)

struct _KouanHubBlobs
{
  char *folder;
  char *incoming;
};

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir (path, 0700) == 0 || errno == EEXIST)
    return TRUE;
  return kouan_hub_io_failed (error, "cannot make", path);
}

/**
 * kouan_hub_blobs_new:
 * @folder: must be there
 *
 * Returns: (transfer full)
 */
KouanHubBlobs *
kouan_hub_blobs_new (const char *folder, GError **error)
{
  g_autoptr (KouanHubBlobs) self = g_new0 (KouanHubBlobs, 1);

  g_return_val_if_fail (folder != NULL, NULL);

  self->folder = g_strdup (folder);
  self->incoming = g_build_filename (folder, INCOMING, NULL);
  return make_folder (self->incoming, error) ? g_steal_pointer (&self) : NULL;
}

void
kouan_hub_blobs_free (KouanHubBlobs *self)
{
  g_free (self->incoming);
  g_free (self->folder);
  g_free (self);
}

static char *
staged_path (KouanHubBlobs *self, const guint8 *id)
{
  g_autofree char *text = kouan_uuid_to_string (id);
  g_autofree char *name = g_strconcat (text, STAGED_SUFFIX, NULL);

  return g_build_filename (self->incoming, name, NULL);
}

static char *
shard_path (KouanHubBlobs *self, const guint8 *id)
{
  g_autofree char *shard = kouan_hex (id + KOUAN_UUID_SIZE - 1, 1);

  return g_build_filename (self->folder, shard, NULL);
}

/* Returns: (transfer full): where the bytes of a committed record are */
char *
kouan_hub_blobs_get_path (KouanHubBlobs *self, const guint8 id[static KOUAN_UUID_SIZE])
{
  g_autofree char *text = kouan_uuid_to_string (id);
  g_autofree char *name = g_strconcat (text, ".age", NULL);
  g_autofree char *shard = shard_path (self, id);

  return g_build_filename (shard, name, NULL);
}

/* Room is asked for when the first byte has not been sent yet: a kiosk on a slow line should not
 * learn of a full disk after an hour. */
static gboolean
reserve (int fd, gint64 size)
{
  return size == 0 || fallocate (fd, FALLOC_FL_KEEP_SIZE, 0, size) == 0 || errno == EOPNOTSUPP;
}

/* Makes the file that will take @size bytes; if it is there already it stays as it is. */
gboolean
kouan_hub_blobs_stage (KouanHubBlobs *self,
                       const guint8 id[static KOUAN_UUID_SIZE],
                       gint64 size,
                       GError **error)
{
  g_autofree char *path = staged_path (self, id);
  int fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean reserved;

  if (fd < 0)
    return kouan_hub_io_failed (error, "cannot make", path);
  reserved = reserve (fd, size);
  if (!reserved)
    kouan_hub_io_failed (error, "no room for", path);
  close (fd);
  return reserved && kouan_sync_folder (self->incoming, error);
}

/* Returns: a descriptor for pwrite(), or -1 */
int
kouan_hub_blobs_open_staged (KouanHubBlobs *self,
                             const guint8 id[static KOUAN_UUID_SIZE],
                             GError **error)
{
  g_autofree char *path = staged_path (self, id);
  int fd = open (path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);

  if (fd < 0)
    kouan_hub_io_failed (error, "cannot open", path);
  return fd;
}

static gboolean
hash_file (int fd, gint64 *size, guint8 *digest)
{
  g_autoptr (KouanDigest) sha256 = kouan_digest_new ();
  g_autofree guint8 *step = g_malloc (HASH_STEP);
  ssize_t got;

  *size = 0;
  while ((got = read (fd, step, HASH_STEP)) != 0)
    {
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return FALSE;
      kouan_digest_update (sha256, step, (gsize)got);
      *size += got;
    }
  kouan_digest_finish (sha256, digest);
  return TRUE;
}

/* What is on the disk is what counts, so it is read back. Left-over bytes behind @size are cut off
 * first. */
static gboolean
check_bytes (const char *path, gint64 size, const guint8 *sha256, GError **error)
{
  int fd = open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  guint8 digest[KOUAN_SHA256_SIZE];
  struct stat info;
  gint64 found = 0;
  gboolean read_whole;

  if (fd < 0)
    return kouan_hub_io_failed (error, "cannot open", path);
  read_whole = fstat (fd, &info) == 0
               && (info.st_size <= size || (ftruncate (fd, size) == 0 && fsync (fd) == 0))
               && hash_file (fd, &found, digest);
  if (!read_whole)
    kouan_hub_io_failed (error, "cannot read back", path);
  close (fd);
  if (!read_whole)
    return FALSE;
  if (found == size && memcmp (digest, sha256, sizeof digest) == 0)
    return TRUE;
  g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_DAMAGED,
                       "the bytes that came are not the ones that the manifest names");
  return FALSE;
}

static gboolean
move_durably (
  KouanHubBlobs *self, const char *from, const char *to, const guint8 *id, GError **error)
{
  g_autofree char *shard = shard_path (self, id);

  if (!make_folder (shard, error) || !kouan_sync_folder (self->folder, error))
    return FALSE;
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) != 0)
    return kouan_hub_io_failed (error, "cannot put in place", to);
  return kouan_sync_folder (shard, error) && kouan_sync_folder (self->incoming, error);
}

void
kouan_hub_blobs_drop_staged (KouanHubBlobs *self, const guint8 id[static KOUAN_UUID_SIZE])
{
  g_autofree char *path = staged_path (self, id);

  g_unlink (path);
}

/**
 * kouan_hub_blobs_promote:
 * @size: of the whole record
 * @sha256: of the whole record
 *
 * Checks the staged bytes and moves them into their place, durably. A record that is in its place
 * already is checked there, so the call may be repeated after a crash. DAMAGED if the bytes are not
 * the right ones: they stay staged.
 */
gboolean
kouan_hub_blobs_promote (KouanHubBlobs *self,
                         const guint8 id[static KOUAN_UUID_SIZE],
                         gint64 size,
                         const guint8 sha256[static KOUAN_SHA256_SIZE],
                         GError **error)
{
  g_autofree char *from = staged_path (self, id);
  g_autofree char *to = kouan_hub_blobs_get_path (self, id);

  if (g_file_test (to, G_FILE_TEST_EXISTS))
    {
      if (!check_bytes (to, size, sha256, error))
        return FALSE;
      /* A database that was restored from a backup has made the kiosk send it again. */
      kouan_hub_blobs_drop_staged (self, id);
      return TRUE;
    }
  return check_bytes (from, size, sha256, error) && move_durably (self, from, to, id, error);
}

/* Returns: (transfer full) (element-type GBytes): the ids of what lies staged */
GPtrArray *
kouan_hub_blobs_list_staged (KouanHubBlobs *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GDir) dir = g_dir_open (self->incoming, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *text = g_strndup (name, 36);
      guint8 id[KOUAN_UUID_SIZE];

      if (g_str_has_suffix (name, STAGED_SUFFIX) && kouan_uuid_from_string (text, id))
        g_ptr_array_add (ids, g_bytes_new (id, sizeof id));
    }
  return ids;
}
