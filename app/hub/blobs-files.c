/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/blobs-private.h"

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

/* The sealed bytes in files, one a record.
 *
 * Order of what is durable, the other way round from how a reader looks for it: bytes, then the
 * name, then the row. A record's row never lacks its file; a file that has no row is either still
 * coming in or is dropped. What is still coming in may lack its file after a power cut, since
 * nobody waits for that name to be on the disk: then it comes in anew.
 *
 * Whoever writes to a staged file, or hashes it and moves it away, holds its lock meanwhile, which
 * other hubs on the same folder see too: what was hashed is what is kept. What comes in one piece
 * is hashed as it is written, and its lock is held until it is in its place; what came in several
 * is read back when it is complete.
 *
 * incoming/<record>.part  what has come so far, and perhaps a tail that nobody has answered for
 * <xx>/<record>.age       the record; <xx> is the last byte of its id, because the first ones are
 * the time */

#define INCOMING "incoming"
#define STAGED_SUFFIX ".part"
#define HASH_STEP (256 * 1024)
#define WRITE_STEP (128 * 1024) /* TLS hands out 16 KiB at a time, and each write has its price */
#define WRITE_OUT_STEP (1024 * 1024)
#define SHARDS 256
#define LOCK_TRIES 400 /* until another hub has hashed a record, or goes on writing */
#define LOCK_PAUSE_US 5000

typedef struct
{
  KouanHubBlobs parent;
  char *folder;
  char *incoming;
} Files;

typedef struct
{
  KouanHubBlob parent;
  int fd;
  gint64 at;          /* where the step in hand goes */
  gint64 written_out; /* up to there the disk has been asked to write */
  guint8 *step;
  gsize size;          /* of it */
  KouanDigest *sha256; /* (nullable): of all before @at, if this has written it all */
} OpenFile;

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir (path, 0700) == 0 || errno == EEXIST)
    return TRUE;
  return kouan_hub_io_failed (error, "cannot make", path);
}

static char *
staged_path (Files *self, const guint8 *id)
{
  g_autofree char *text = kouan_uuid_to_string (id);
  g_autofree char *name = g_strconcat (text, STAGED_SUFFIX, NULL);

  return g_build_filename (self->incoming, name, NULL);
}

static char *
shard_path (Files *self, const guint8 *id)
{
  g_autofree char *shard = kouan_hex (id + KOUAN_UUID_SIZE - 1, 1);

  return g_build_filename (self->folder, shard, NULL);
}

/* All at once, so that no record has to wait for a folder's own name to be on the disk. */
static gboolean
make_shards (Files *self, GError **error)
{
  for (guint number = 0; number < SHARDS; number++)
    {
      g_autofree char *name = g_strdup_printf ("%02x", number);
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      if (!make_folder (path, error))
        return FALSE;
    }
  return kouan_sync_folder (self->folder, error);
}

static char *
final_path (Files *self, const guint8 *id)
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

static gboolean
files_stage (KouanHubBlobs *blobs, const guint8 *id, gint64 size, GError **error)
{
  Files *self = (Files *)blobs;
  g_autofree char *path = staged_path (self, id);
  int fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean reserved;

  if (fd < 0)
    return kouan_hub_io_failed (error, "cannot make", path);
  reserved = reserve (fd, size);
  if (!reserved)
    kouan_hub_io_failed (error, "no room for", path);
  close (fd);
  return reserved;
}

/* Opened, so that a file system that several hubs share asks where the file really is. */
static gint64
measure_file (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  struct stat info = { 0 };

  if (fd < 0)
    return 0;
  if (fstat (fd, &info) != 0)
    info.st_size = 0;
  close (fd);
  return info.st_size;
}

/* A record that is in its place but has no row yet counts, too. */
static gint64
files_measure (KouanHubBlobs *blobs, const guint8 *id)
{
  g_autofree char *staged = staged_path ((Files *)blobs, id);
  g_autofree char *final = final_path ((Files *)blobs, id);

  return MAX (measure_file (staged), measure_file (final));
}

/* Returns: whether the file is this descriptor's alone, and is still the one of that name */
static gboolean
lock_file (int fd, const char *path)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  struct stat opened, named;

  return fcntl (fd, F_OFD_SETLK, &lock) == 0 && fstat (fd, &opened) == 0 && stat (path, &named) == 0
         && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

/* Where the file is not, another hub has just moved it to its place: whoever asks again learns so.
 */
static void
set_unopened (const char *path, GError **error)
{
  if (errno == ENOENT)
    g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_CONFLICT,
                         "the record has come in on another line");
  else
    kouan_hub_io_failed (error, "cannot open", path);
}

/* Returns: a descriptor that holds the file's lock until it is closed; -1 with CONFLICT if somebody
 * else holds it, and still does after @tries, or the file is not there any more */
static int
open_locked (const char *path, guint tries, GError **error)
{
  for (;;)
    {
      int fd = open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);

      if (fd < 0)
        {
          set_unopened (path, error);
          return -1;
        }
      if (lock_file (fd, path))
        return fd;
      close (fd);
      if (--tries == 0)
        break;
      g_usleep (LOCK_PAUSE_US);
    }
  g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_CONFLICT,
                       "the record comes in on another line");
  return -1;
}

static KouanHubBlob *
files_open (KouanHubBlobs *blobs, const guint8 *id, gint64 at, GError **error)
{
  g_autofree char *path = staged_path ((Files *)blobs, id);
  int fd = open_locked (path, 1, error);
  OpenFile *file;

  if (fd < 0)
    return NULL;
  file = g_new0 (OpenFile, 1);
  file->fd = fd;
  file->at = file->written_out = at;
  file->step = g_malloc (WRITE_STEP);
  file->sha256 = at == 0 ? kouan_digest_new () : NULL;
  return &file->parent;
}

/* The disk begins before it is waited for. Only a hint: what it says of failure, the sync says too.
 */
static void
write_out (OpenFile *self)
{
  if (self->at - self->written_out < WRITE_OUT_STEP)
    return;
  (void)sync_file_range (self->fd, self->written_out, self->at - self->written_out,
                         SYNC_FILE_RANGE_WRITE);
  self->written_out = self->at;
}

/* What could not be written stays in hand: whoever tries again goes on from there. */
static gboolean
write_step (OpenFile *self, GError **error)
{
  while (self->size > 0)
    {
      ssize_t put = pwrite (self->fd, self->step, self->size, self->at);

      if (put < 0 && errno == EINTR)
        continue;
      if (put <= 0)
        return kouan_hub_io_failed (error, "cannot write", "a staged file");
      if (self->sha256 != NULL)
        kouan_digest_update (self->sha256, self->step, (gsize)put);
      self->at += put;
      self->size -= (gsize)put;
      memmove (self->step, self->step + put, self->size);
    }
  write_out (self);
  return TRUE;
}

static gboolean
files_write (KouanHubBlob *blob, const char *data, gsize size, GError **error)
{
  OpenFile *self = (OpenFile *)blob;

  while (size > 0)
    {
      gsize part = MIN (size, WRITE_STEP - self->size);

      memcpy (self->step + self->size, data, part);
      self->size += part;
      data += part;
      size -= part;
      if (self->size == WRITE_STEP && !write_step (self, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
files_hand_over (KouanHubBlob *blob, GError **error)
{
  return write_step ((OpenFile *)blob, error);
}

static gboolean
files_sync (KouanHubBlob *blob, GError **error)
{
  return fdatasync (((OpenFile *)blob)->fd) == 0
         || kouan_hub_io_failed (error, "cannot sync", "a staged file");
}

/* What has not been synced counts for nothing. */
static void
files_close (KouanHubBlob *blob)
{
  OpenFile *self = (OpenFile *)blob;

  close (self->fd);
  g_free (self->step);
  g_clear_pointer (&self->sha256, kouan_digest_free);
  g_free (self);
}

/* @at: (inout): up to there it is in @sha256
 * @to: not beyond; the file may be shorter */
static gboolean
hash_file (int fd, KouanDigest *sha256, gint64 *at, gint64 to)
{
  g_autofree guint8 *step = g_malloc (HASH_STEP);

  while (*at < to)
    {
      ssize_t got = pread (fd, step, (gsize)MIN (HASH_STEP, to - *at), *at);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return got == 0;
      kouan_digest_update (sha256, step, (gsize)got);
      *at += got;
    }
  return TRUE;
}

/* Left-over bytes behind @size are cut off first. */
static gboolean
cut_off (int fd, gint64 size, gint64 *found)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return FALSE;
  *found = MIN (info.st_size, size);
  return info.st_size <= size || (ftruncate (fd, size) == 0 && fsync (fd) == 0);
}

/* What is not known is read back.
 * @sha256: (transfer full): of the first @hashed bytes */
static gboolean
check_bytes (int fd,
             const char *path,
             KouanDigest *sha256,
             gint64 hashed,
             gint64 size,
             const guint8 *expected,
             GError **error)
{
  g_autoptr (KouanDigest) owned = sha256;
  guint8 digest[KOUAN_SHA256_SIZE];
  gint64 found = 0;

  if (!cut_off (fd, size, &found) || !hash_file (fd, sha256, &hashed, size))
    return kouan_hub_io_failed (error, "cannot read back", path);
  kouan_digest_finish (sha256, digest);
  if (found == size && hashed == size && memcmp (digest, expected, sizeof digest) == 0)
    return TRUE;
  g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_DAMAGED,
                       "the bytes that came are not the ones that the manifest names");
  return FALSE;
}

/* Nobody else moves anything there: the lock is held. Network file systems cannot be asked not to
 * replace. */
static gboolean
rename_once (const char *from, const char *to)
{
  return renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0
         || (errno == EINVAL && g_rename (from, to) == 0);
}

/* The old name may come back after a power cut: it has no row then, and is dropped. */
static gboolean
move_durably (Files *self, const char *from, const char *to, const guint8 *id, GError **error)
{
  g_autofree char *shard = shard_path (self, id);

  if (!rename_once (from, to))
    return kouan_hub_io_failed (error, "cannot put in place", to);
  return kouan_sync_folder (shard, error);
}

static void
files_drop (KouanHubBlobs *blobs, const guint8 *id)
{
  g_autofree char *path = staged_path ((Files *)blobs, id);

  g_unlink (path);
}

/* A database that was restored from a backup has made the kiosk send it again, or another hub was
 * quicker, whose name for it may not be on the disk yet. */
static gboolean
check_in_place (Files *self,
                const char *path,
                const guint8 *id,
                gint64 size,
                const guint8 *sha256,
                GError **error)
{
  g_autofree char *shard = shard_path (self, id);
  int fd = open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  gboolean whole;

  if (fd < 0)
    return kouan_hub_io_failed (error, "cannot open", path);
  whole = check_bytes (fd, path, kouan_digest_new (), 0, size, sha256, error);
  close (fd);
  return whole && kouan_sync_folder (shard, error);
}

/* What is in its place is left there if it is right. If it is not, no row counts it, or only one
 * that has lost its bytes: what has come anew takes its place.
 * @fd: of the staged file, locked */
static gboolean
settle_in_place (
  Files *self, int fd, const guint8 *id, gint64 size, const guint8 *sha256, GError **error)
{
  g_autofree char *from = staged_path (self, id);
  g_autofree char *to = final_path (self, id);
  g_autofree char *shard = shard_path (self, id);
  GError *local = NULL;

  if (check_in_place (self, to, id, size, sha256, &local))
    {
      files_drop (&self->parent, id);
      return TRUE;
    }
  if (!g_error_matches (local, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_DAMAGED))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_clear_error (&local);
  if (!check_bytes (fd, from, kouan_digest_new (), 0, size, sha256, error))
    return FALSE;
  g_message ("%s: was damaged, and is replaced", to);
  if (g_rename (from, to) != 0)
    return kouan_hub_io_failed (error, "cannot put in place", to);
  return kouan_sync_folder (shard, error);
}

static gboolean
take_into_place (
  Files *self, OpenFile *file, const guint8 *id, gint64 size, const guint8 *sha256, GError **error)
{
  g_autofree char *from = staged_path (self, id);
  g_autofree char *to = final_path (self, id);
  gboolean is_known = file->sha256 != NULL;
  KouanDigest *so_far = is_known ? g_steal_pointer (&file->sha256) : kouan_digest_new ();

  if (!g_file_test (to, G_FILE_TEST_EXISTS))
    return check_bytes (file->fd, from, so_far, is_known ? file->at : 0, size, sha256, error)
           && move_durably (self, from, to, id, error);
  kouan_digest_free (so_far);
  return settle_in_place (self, file->fd, id, size, sha256, error);
}

/* What nobody has open any more. */
static gboolean
promote_closed (Files *self, const guint8 *id, gint64 size, const guint8 *sha256, GError **error)
{
  g_autofree char *from = staged_path (self, id);
  g_autofree char *to = final_path (self, id);
  g_autoptr (GError) local = NULL;
  OpenFile file = { .fd = open_locked (from, LOCK_TRIES, &local) };
  gboolean done;

  if (file.fd < 0 && g_file_test (to, G_FILE_TEST_EXISTS))
    return check_in_place (self, to, id, size, sha256, error);
  if (file.fd < 0)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  done = take_into_place (self, &file, id, size, sha256, error);
  close (file.fd);
  return done;
}

static gboolean
files_promote (KouanHubBlobs *blobs,
               const guint8 *id,
               KouanHubBlob *blob,
               gint64 size,
               const guint8 *sha256,
               GError **error)
{
  Files *self = (Files *)blobs;

  return blob != NULL ? take_into_place (self, (OpenFile *)blob, id, size, sha256, error)
                      : promote_closed (self, id, size, sha256, error);
}

static GPtrArray *
files_list (KouanHubBlobs *blobs)
{
  Files *self = (Files *)blobs;
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

/* What cannot be looked at may well be there: only a name that is missing, or another size, says
 * no.
 */
static gboolean
files_look_for (
  KouanHubBlobs *blobs, const guint8 *id, gint64 size, gboolean *found, GError **error)
{
  g_autofree char *path = final_path ((Files *)blobs, id);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  struct stat info = { 0 };
  gboolean looked;

  *found = FALSE;
  if (fd < 0)
    return errno == ENOENT || kouan_hub_io_failed (error, "cannot open", path);
  looked = fstat (fd, &info) == 0 || kouan_hub_io_failed (error, "cannot look at", path);
  *found = looked && info.st_size == size;
  close (fd);
  return looked;
}

static char *
files_borrow (KouanHubBlobs *blobs,
              const guint8 *id,
              gint64 size G_GNUC_UNUSED,
              GError **error G_GNUC_UNUSED)
{
  return final_path ((Files *)blobs, id);
}

static void
files_give_back (KouanHubBlobs *blobs G_GNUC_UNUSED, char *path)
{
  g_free (path);
}

static void
files_free (KouanHubBlobs *blobs)
{
  Files *self = (Files *)blobs;

  g_free (self->incoming);
  g_free (self->folder);
  g_free (self);
}

static const KouanHubBlobsClass class = {
  .free = files_free,
  .stage = files_stage,
  .measure = files_measure,
  .open = files_open,
  .write = files_write,
  .hand_over = files_hand_over,
  .sync = files_sync,
  .close = files_close,
  .promote = files_promote,
  .drop = files_drop,
  .list = files_list,
  .look_for = files_look_for,
  .borrow = files_borrow,
  .give_back = files_give_back,
};

/**
 * kouan_hub_blobs_in_files:
 * @folder: must be there
 *
 * Returns: (transfer full)
 */
KouanHubBlobs *
kouan_hub_blobs_in_files (const char *folder, GError **error)
{
  Files *self = g_new0 (Files, 1);

  self->parent.class = &class;
  self->folder = g_strdup (folder);
  self->incoming = g_build_filename (folder, INCOMING, NULL);
  if (make_folder (self->incoming, error) && make_shards (self, error))
    return &self->parent;
  files_free (&self->parent);
  return NULL;
}
