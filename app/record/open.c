/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-record"

#include "app/record/open.h"

#include "app/crypto/digest.h"
#include "app/crypto/durable.h"
#include "app/record/manifest.h"
#include "app/record/tar.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Opens a record for an officer. It comes from a kiosk that may be in anybody's hands: names are
 * checked before anything is made of them, sizes are bounded, and what came out is only moved to
 * its place once all of it has been authenticated and agrees with the manifest. `age -d | tar x`
 * does the same without the manifest. */

#define CONTENTS_SIZE_MAX (G_GUINT64_CONSTANT (1) << 30)
#define MEMBERS_MAX 500
#define MANIFEST_SIZE_MAX (256 * 1024)
#define COPY_SIZE (64 * 1024)

typedef struct
{
  KouanTarReader *tar;
  char *folder;          /* being filled */
  GPtrArray *names;      /* of the members so far */
  KouanMembers *members; /* what manifest.json must be */
  GBytes *manifest;      /* what it is */
} Open;

static void
open_clear (Open *self)
{
  g_clear_pointer (&self->tar, kouan_tar_reader_free);
  g_free (self->folder);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->members, kouan_members_free);
  g_clear_pointer (&self->manifest, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Open, open_clear)

G_DEFINE_QUARK (kouan_record_error_quark, kouan_record_error)

static KouanRecordError
translate (const GError *cause)
{
  if (g_error_matches (cause, KOUAN_CRYPTO_ERROR, KOUAN_CRYPTO_ERROR_WRONG_KEY))
    return KOUAN_RECORD_ERROR_WRONG_KEY;
  if (g_error_matches (cause, KOUAN_TAR_ERROR, KOUAN_TAR_ERROR_NAME)
      || g_error_matches (cause, KOUAN_TAR_ERROR, KOUAN_TAR_ERROR_TOO_LARGE))
    return KOUAN_RECORD_ERROR_UNSAFE;
  if (cause->domain == KOUAN_CRYPTO_ERROR || cause->domain == KOUAN_TAR_ERROR)
    return KOUAN_RECORD_ERROR_DAMAGED;
  return KOUAN_RECORD_ERROR_IO;
}

static gboolean
fail (GError **error, KouanRecordError code, const char *what, const char *why)
{
  g_set_error (error, KOUAN_RECORD_ERROR, code, "%s: %s", what, why);
  return FALSE;
}

/* "documents" of "documents/01-passport.pdf" */
static gboolean
make_parent (const char *path, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);

  if (g_mkdir_with_parents (parent, 0700) == 0)
    return TRUE;
  return fail (
    error, errno == EEXIST || errno == ENOTDIR ? KOUAN_RECORD_ERROR_UNSAFE : KOUAN_RECORD_ERROR_IO,
    parent, g_strerror (errno));
}

/* Returns: a descriptor, or -1: a second member of the same name is refused */
static int
create_member (const char *path, GError **error)
{
  int fd = -1;

  if (!make_parent (path, error))
    return -1;
  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    fail (error, errno == EEXIST ? KOUAN_RECORD_ERROR_UNSAFE : KOUAN_RECORD_ERROR_IO, path,
          g_strerror (errno));
  return fd;
}

static gboolean
write_all (int fd, const guint8 *data, gsize size)
{
  while (size > 0)
    {
      gssize written = write (fd, data, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      data += written;
      size -= (gsize)written;
    }
  return TRUE;
}

static gboolean
copy_member (Open *self, int fd, guint8 digest[static KOUAN_SHA256_SIZE], GError **error)
{
  g_autoptr (KouanDigest) hash = kouan_digest_new ();
  g_autofree guint8 *buffer = g_malloc (COPY_SIZE);
  gssize got;

  while ((got = kouan_tar_reader_read (self->tar, buffer, COPY_SIZE, error)) > 0)
    {
      kouan_digest_update (hash, buffer, (gsize)got);
      if (!write_all (fd, buffer, (gsize)got))
        return fail (error, KOUAN_RECORD_ERROR_IO, "writing a member", g_strerror (errno));
    }
  kouan_digest_finish (hash, digest);
  return got == 0;
}

static gboolean
take_member (Open *self, const char *name, guint64 size, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  guint8 digest[KOUAN_SHA256_SIZE];
  int fd = create_member (path, error);
  gboolean copied;

  if (fd < 0)
    return FALSE;
  copied = copy_member (self, fd, digest, error);
  if (close (fd) != 0 && copied)
    return fail (error, KOUAN_RECORD_ERROR_IO, path, g_strerror (errno));
  if (!copied)
    return FALSE;
  g_ptr_array_add (self->names, g_strdup (name));
  if (!g_str_equal (name, KOUAN_MEMBERS_NAME))
    kouan_members_add (self->members, name, size, digest);
  return TRUE;
}

static gboolean
read_manifest (Open *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, KOUAN_MEMBERS_NAME, NULL);
  g_autofree char *contents = NULL;
  gsize size;

  if (!g_file_get_contents (path, &contents, &size, error))
    return FALSE;
  self->manifest = g_bytes_new_take (g_steal_pointer (&contents), size);
  return TRUE;
}

static gboolean
take_members (Open *self, GError **error)
{
  const char *name;
  guint64 size;

  while (kouan_tar_reader_next (self->tar, &name, &size, error))
    {
      gboolean is_manifest = g_strcmp0 (name, KOUAN_MEMBERS_NAME) == 0;

      if (name == NULL)
        return TRUE;
      if (self->manifest != NULL)
        return fail (error, KOUAN_RECORD_ERROR_MISMATCH, KOUAN_MEMBERS_NAME,
                     "is not the last member");
      if (is_manifest && size > MANIFEST_SIZE_MAX)
        return fail (error, KOUAN_RECORD_ERROR_UNSAFE, KOUAN_MEMBERS_NAME, "is too large");
      if (!take_member (self, name, size, error) || (is_manifest && !read_manifest (self, error)))
        return FALSE;
    }
  return FALSE;
}

/* The manifest has one form only: made again from what came out, it must be the same to the byte.
 */
static gboolean
check_manifest (Open *self, GError **error)
{
  g_autoptr (GBytes) expected = kouan_members_to_json (self->members);

  if (self->manifest == NULL)
    return fail (error, KOUAN_RECORD_ERROR_MISMATCH, KOUAN_MEMBERS_NAME, "is not there");
  return g_bytes_equal (self->manifest, expected)
         || fail (error, KOUAN_RECORD_ERROR_MISMATCH, KOUAN_MEMBERS_NAME,
                  "tells of other contents");
}

static gboolean
start (Open *self, const char *path, KouanAgeIdentity *identity, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) sealed = g_file_read (file, NULL, error);
  g_autoptr (GInputStream) plain = NULL;

  if (sealed == NULL)
    return FALSE;
  plain = kouan_age_decrypt (G_INPUT_STREAM (sealed), identity, error);
  if (plain == NULL)
    return FALSE;
  self->tar = kouan_tar_reader_new (plain, CONTENTS_SIZE_MAX, MEMBERS_MAX);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->members = kouan_members_new ();
  return TRUE;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

/* rename() puts a folder in the place of an empty one, and of nothing else. */
static gboolean
move_to_place (Open *self, const char *folder, GError **error)
{
  if (g_rename (self->folder, folder) == 0)
    return TRUE;
  return fail (error,
               errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR ? KOUAN_RECORD_ERROR_EXISTS
                                                                         : KOUAN_RECORD_ERROR_IO,
               folder, g_strerror (errno));
}

static gboolean
make_folder (Open *self, const char *folder, GError **error)
{
  g_autofree char *clean = g_canonicalize_filename (folder, NULL);

  self->folder = g_strconcat (clean, ".XXXXXX", NULL);
  return g_mkdtemp_full (self->folder, 0700) != NULL
         || fail (error, KOUAN_RECORD_ERROR_IO, self->folder, g_strerror (errno));
}

/**
 * kouan_record_open:
 * @path: the sealed file
 * @identity: the hub's, or the escrow's
 * @folder: not there yet, or empty
 *
 * Returns: (transfer full) (element-type utf8): the names of the members in their order;
 * KOUAN_RECORD_ERROR otherwise, and then @folder is as it was
 */
GPtrArray *
kouan_record_open (const char *path, KouanAgeIdentity *identity, const char *folder, GError **error)
{
  g_auto (Open) self = { 0 };
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (path != NULL && identity != NULL && folder != NULL, NULL);

  if (start (&self, path, identity, &local) && make_folder (&self, folder, &local))
    {
      if (take_members (&self, &local) && check_manifest (&self, &local)
          && move_to_place (&self, folder, &local))
        return g_steal_pointer (&self.names);
      remove_folder (self.folder);
    }
  if (local->domain == KOUAN_RECORD_ERROR)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    fail (error, translate (local), path, local->message);
  return NULL;
}
