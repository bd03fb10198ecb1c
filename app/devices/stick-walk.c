/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/stick-walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "app/pixels/sniff.h"

/* What lies on a stick that a stranger put in. The kernel is asked to refuse every way that leads
 * off the stick: links, other mounts, "..". Of a file only the first bytes are read to say what it
 * is; it is opened such that neither a pipe nor a device of that name can make the kiosk wait. */

#define SNIFF_SIZE 4096
#define READ_AT_ONCE (256 * 1024)

typedef struct
{
  int root;
  GPtrArray *files;
  guint entries;
  GCancellable *cancellable;
} Walk;

static int
open_below (int root, const char *path, guint64 flags)
{
  struct open_how how = {
    .flags = flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
    .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV,
  };

  return (int)syscall (SYS_openat2, root, path, &how, sizeof how);
}

/* Folders that no visitor made, on every stick. */
static gboolean
is_of_the_system (const char *name)
{
  static const char *const names[] = {
    "System Volume Information", "$RECYCLE.BIN", "RECYCLER", "LOST.DIR", "lost+found", "FOUND.000"
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;
  return name[0] == '.';
}

static void
add_file (Walk *walk, const char *path)
{
  guint8 start[SNIFF_SIZE];
  struct stat info;
  int fd = open_below (walk->root, path, O_RDONLY);
  ssize_t size;

  if (fd < 0)
    return;
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    {
      size = read (fd, start, sizeof start);
      if (size >= 0)
        g_ptr_array_add (walk->files,
                         kouan_stick_file_new (path, info.st_size, kouan_sniff (start, size)));
    }
  close (fd);
}

static gboolean walk_folder (Walk *walk, const char *path, guint depth);

static gboolean
walk_entry (Walk *walk, int folder, const char *path, const char *name, guint depth)
{
  g_autofree char *child
    = g_str_equal (path, ".") ? g_strdup (name) : g_build_filename (path, name, NULL);
  struct stat info;

  if (fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return TRUE;
  if (S_ISDIR (info.st_mode))
    return depth + 1 >= KOUAN_STICK_DEPTH_MAX || walk_folder (walk, child, depth + 1);
  if (S_ISREG (info.st_mode))
    add_file (walk, child);
  return TRUE;
}

/* Returns: FALSE where there is more than is looked at */
static gboolean
walk_folder (Walk *walk, const char *path, guint depth)
{
  int fd = open_below (walk->root, path, O_RDONLY | O_DIRECTORY);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  const struct dirent *entry;
  gboolean more = TRUE;

  if (dir == NULL)
    {
      if (fd >= 0)
        close (fd);
      return TRUE;
    }
  while (more && (entry = readdir (dir)) != NULL)
    {
      if (is_of_the_system (entry->d_name))
        continue;
      more = walk->entries < KOUAN_STICK_ENTRIES_MAX
             && !g_cancellable_is_cancelled (walk->cancellable);
      walk->entries++;
      if (more)
        more = walk_entry (walk, fd, path, entry->d_name, depth);
    }
  closedir (dir);
  return more;
}

/* What can be taken comes first, then by name as people sort. */
static int
compare_files (gconstpointer a, gconstpointer b)
{
  const KouanStickFile *x = *(const KouanStickFile *const *)a;
  const KouanStickFile *y = *(const KouanStickFile *const *)b;
  int by_use = kouan_stick_file_is_taken (y) - kouan_stick_file_is_taken (x);
  g_autofree char *key_x = g_utf8_collate_key_for_filename (x->name, -1);
  g_autofree char *key_y = g_utf8_collate_key_for_filename (y->name, -1);

  return by_use != 0 ? by_use : strcmp (key_x, key_y);
}

static int
open_root (const char *folder, GError **error)
{
  int root = folder != NULL ? open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

  if (root < 0)
    g_set_error_literal (error, KOUAN_STICK_ERROR, KOUAN_STICK_ERROR_GONE, "there is no stick");
  return root;
}

/**
 * kouan_stick_walk:
 * @folder: (nullable): where the stick is mounted
 * @complete: (out): FALSE where the stick holds more than was looked at
 *
 * Blocks as long as a slow stick takes.
 *
 * Returns: (transfer full) (element-type KouanStickFile): what lies on it, or NULL with a
 * KOUAN_STICK_ERROR or %G_IO_ERROR_CANCELLED
 */
GPtrArray *
kouan_stick_walk (const char *folder, gboolean *complete, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) files
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_stick_file_free);
  Walk walk = { open_root (folder, error), files, 0, cancellable };

  if (walk.root < 0)
    return NULL;
  *complete = walk_folder (&walk, ".", 0);
  close (walk.root);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  g_ptr_array_sort (files, compare_files);
  return g_steal_pointer (&files);
}

/* Takes @error's place. */
static GBytes *
fail (GError **error, KouanStickError code, const char *message)
{
  g_set_error_literal (error, KOUAN_STICK_ERROR, (int)code, message);
  return NULL;
}

static GBytes *
read_all (int fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (READ_AT_ONCE);
  ssize_t size;

  while ((size = read (fd, buffer, READ_AT_ONCE)) != 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (size < 0 && errno == EINTR)
        continue;
      if (size < 0)
        return fail (error, KOUAN_STICK_ERROR_UNREADABLE, "the file cannot be read to its end");
      if (bytes->len + size > KOUAN_PIXELS_INPUT_MAX)
        return fail (error, KOUAN_STICK_ERROR_TOO_LARGE, "the file is larger than is taken");
      g_byte_array_append (bytes, buffer, size);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * kouan_stick_load:
 * @folder: (nullable): where the stick is mounted
 * @path: of a file that kouan_stick_walk () found; the stick may have been changed for another
 * since
 *
 * Blocks as long as a slow stick takes.
 */
GBytes *
kouan_stick_load (const char *folder, const char *path, GCancellable *cancellable, GError **error)
{
  int root = open_root (folder, error);
  GBytes *bytes;
  struct stat info;
  int fd;

  if (root < 0)
    return NULL;
  fd = open_below (root, path, O_RDONLY);
  close (root);
  if (fd < 0)
    return fail (error, KOUAN_STICK_ERROR_UNREADABLE, "the file cannot be opened");
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    bytes = fail (error, KOUAN_STICK_ERROR_UNREADABLE, "it is no file");
  else if (info.st_size > KOUAN_PIXELS_INPUT_MAX)
    bytes = fail (error, KOUAN_STICK_ERROR_TOO_LARGE, "the file is larger than is taken");
  else
    bytes = read_all (fd, cancellable, error);
  close (fd);
  return bytes;
}
