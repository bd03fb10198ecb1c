/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-catalogue"

#include "app/catalogue/install.h"

#include "app/catalogue/folder.h"
#include "app/catalogue/index.h"
#include "app/crypto/cose.h"
#include "app/crypto/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* A new catalogue is built in a folder beside its place, read there as a kiosk reads it, and then
 * the two folders change names in one step. So it is applied whole or not at all, whatever fails
 * and whenever the power does, and it is applied only if it is newer. */

#define BUILT_SUFFIX ".new"
#define BUILT_MODE 0755

static gboolean
set_io (GError **error, const char *path, const char *why)
{
  g_set_error (error, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_IO, "%s: %s", path, why);
  return FALSE;
}

static KouanIndex *
open_index (GBytes *message, KouanKeyring *keyring, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GBytes) payload
    = kouan_cose_verify (keyring, KOUAN_PURPOSE_CATALOGUE, message, NULL, &reason);
  KouanIndex *index = payload != NULL ? kouan_index_decode (payload) : NULL;

  if (index == NULL)
    g_set_error (error, KOUAN_CATALOGUE_ERROR,
                 payload == NULL ? KOUAN_CATALOGUE_ERROR_UNTRUSTED : KOUAN_CATALOGUE_ERROR_DAMAGED,
                 "the new index: %s",
                 reason != NULL ? reason->message : "signed, and no index of a catalogue");
  return index;
}

/* The version that @folder promises, also if a file of it is damaged: 0 if it promises nothing. */
static guint64
version_of (const char *folder, KouanKeyring *keyring)
{
  g_autoptr (GBytes) message = kouan_folder_read (folder, KOUAN_CATALOGUE_INDEX, NULL);
  g_autoptr (KouanIndex) index = message != NULL ? open_index (message, keyring, NULL) : NULL;

  return index != NULL ? index->version : 0;
}

static gboolean
is_whole (const char *folder, KouanKeyring *keyring)
{
  g_autoptr (KouanCatalogue) catalogue = kouan_catalogue_load (folder, keyring, 0, NULL);

  return catalogue != NULL;
}

/* Files and nothing else: no folder that this made has more in it. */
static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      g_unlink (child);
    }
  g_rmdir (path);
}

static gboolean
write_file (const char *folder, const char *name, GBytes *content, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) reason = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);

  return kouan_write_file_durably (path, data, size, 0644, &reason)
         || set_io (error, path, reason->message);
}

static gboolean
fetch_files (
  const char *built, KouanIndex *index, KouanCatalogueFetch fetch, gpointer data, GError **error)
{
  for (guint i = 0; i < index->entries->len; i++)
    {
      const KouanIndexEntry *entry = index->entries->pdata[i];
      g_autoptr (GBytes) content = fetch (entry->name, data, error);

      if (content == NULL)
        return FALSE;
      if (!kouan_index_entry_fits (entry, content))
        {
          g_set_error (error, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_DAMAGED,
                       "%s is not the file that was signed", entry->name);
          return FALSE;
        }
      if (!write_file (built, entry->name, content, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_built (const char *built, KouanKeyring *keyring, GError **error)
{
  g_autoptr (KouanCatalogue) catalogue = kouan_catalogue_load (built, keyring, 0, error);

  return catalogue != NULL;
}

static gboolean
put_in_place (const char *built, const char *folder, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autoptr (GError) reason = NULL;
  gboolean replaces = g_file_test (folder, G_FILE_TEST_IS_DIR);

  if (renameat2 (AT_FDCWD, built, AT_FDCWD, folder, replaces ? RENAME_EXCHANGE : RENAME_NOREPLACE)
      != 0)
    return set_io (error, folder, g_strerror (errno));
  return kouan_sync_folder (parent, &reason) || set_io (error, parent, reason->message);
}

static gboolean
build (const char *built,
       GBytes *message,
       KouanIndex *index,
       KouanKeyring *keyring,
       KouanCatalogueFetch fetch,
       gpointer data,
       GError **error)
{
  if (g_mkdir (built, BUILT_MODE) != 0)
    return set_io (error, built, g_strerror (errno));
  return fetch_files (built, index, fetch, data, error)
         && write_file (built, KOUAN_CATALOGUE_INDEX, message, error)
         && check_built (built, keyring, error);
}

/**
 * kouan_catalogue_install:
 * @folder: the catalogue in use, or where one is to be; its parent must be writable
 * @index: index.cose of the new one
 * @fetch: asked for each file that the index names
 * @installed: (out): the version that is in place now for the first time, or 0 if what is there is
 * as new
 * @error: of KOUAN_CATALOGUE_ERROR, or what @fetch has set: then nothing has changed. OLDER for a
 * version below the one in use
 *
 * A catalogue of the same version replaces one of which a file is damaged. For one caller at a
 * time.
 */
gboolean
kouan_catalogue_install (const char *folder,
                         GBytes *index,
                         KouanKeyring *keyring,
                         KouanCatalogueFetch fetch,
                         gpointer data,
                         guint64 *installed,
                         GError **error)
{
  g_autofree char *built = g_strconcat (folder, BUILT_SUFFIX, NULL);
  g_autoptr (KouanIndex) opened = NULL;
  guint64 version;
  gboolean done;

  g_return_val_if_fail (folder != NULL && index != NULL && keyring != NULL, FALSE);
  g_return_val_if_fail (fetch != NULL && installed != NULL, FALSE);

  *installed = 0;
  opened = open_index (index, keyring, error);
  if (opened == NULL)
    return FALSE;
  version = version_of (folder, keyring);
  if (opened->version < version)
    {
      g_set_error (error, KOUAN_CATALOGUE_ERROR, KOUAN_CATALOGUE_ERROR_OLDER,
                   "version %" G_GUINT64_FORMAT " is offered, and %" G_GUINT64_FORMAT " is in use",
                   opened->version, version);
      return FALSE;
    }
  if (opened->version == version && is_whole (folder, keyring))
    return TRUE;
  remove_folder (built); /* of a try that did not end */
  done = build (built, index, opened, keyring, fetch, data, error)
         && put_in_place (built, folder, error);
  remove_folder (built); /* the new one that failed, or the old one */
  if (done)
    *installed = opened->version;
  return done;
}
