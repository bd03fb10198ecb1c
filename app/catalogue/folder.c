/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/folder.h"

#include "app/catalogue/catalogue.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A catalogue's folder may have come on a stick: names are ours or nobody's, files are regular and
 * not links, and nothing is read beyond a bound. */

/* Small letters, digits, "-" and "_", then ".json". */
gboolean
kouan_folder_is_file_name (const char *name, gsize size)
{
  if (size < 6 || size > 64 || memcmp (name + size - 5, ".json", 5) != 0
      || !g_ascii_isalnum (*name))
    return FALSE;
  for (gsize i = 0; i < size - 5; i++)
    if (!g_ascii_islower (name[i]) && !g_ascii_isdigit (name[i]) && name[i] != '-'
        && name[i] != '_')
      return FALSE;
  return size != strlen (KOUAN_CATALOGUE_SCHEMA)
         || memcmp (name, KOUAN_CATALOGUE_SCHEMA, size) != 0;
}

static gboolean
read_all (int fd, guint8 *data, gsize size)
{
  gsize done = 0;

  while (done < size)
    {
      gssize count = read (fd, data + done, size - done);

      if (count < 0 && errno == EINTR)
        continue;
      if (count <= 0)
        return FALSE;
      done += count;
    }
  return TRUE;
}

/**
 * kouan_folder_read:
 * @error: KOUAN_CATALOGUE_ERROR_MISSING: it is not there or cannot be read; DAMAGED: it is no file,
 * or too large
 *
 * Returns: (transfer full) (nullable): what is in it
 */
GBytes *
kouan_folder_read (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  g_autofree guint8 *data = NULL;
  struct stat info;
  gboolean done;

  if (fd < 0)
    {
      g_set_error (error, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_MISSING, "%s: %s", path,
                   g_strerror (errno));
      return NULL;
    }
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode)
      || info.st_size > KOUAN_CATALOGUE_FILE_SIZE_MAX)
    {
      g_set_error (error, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_DAMAGED,
                   "%s: no file of at most %d bytes", path, KOUAN_CATALOGUE_FILE_SIZE_MAX);
      close (fd);
      return NULL;
    }
  data = g_malloc (info.st_size + 1);
  done = read_all (fd, data, info.st_size);
  close (fd);
  if (done)
    return g_bytes_new_take (g_steal_pointer (&data), info.st_size);
  g_set_error (error, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_MISSING,
               "%s: it could not be read", path);
  return NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/**
 * kouan_folder_list:
 *
 * Returns: (transfer full) (element-type utf8): names of the service files in it, sorted
 */
GPtrArray *
kouan_folder_list (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &reason);
  const char *name;

  if (dir == NULL)
    {
      g_set_error (error, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_MISSING, "%s",
                   reason->message);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (kouan_folder_is_file_name (name, strlen (name)))
      g_ptr_array_add (names, g_strdup (name));
  if (names->len == 0 || names->len > KOUAN_CATALOGUE_FILES_MAX)
    {
      g_set_error (error, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_MISSING,
                   "%s: %u service files, there should be 1 to %d", folder, names->len,
                   KOUAN_CATALOGUE_FILES_MAX);
      return NULL;
    }
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}
