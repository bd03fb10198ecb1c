/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/publish.h"

#include "app/catalogue/install.h"
#include "app/hub/trouble.h"

#include <string.h>

/* The hub gives out what it would believe itself. The published copy lies with the blobs, so that
 * hubs that share them publish the same, and it is replaced in one step, as a kiosk replaces its
 * own. */

#define CATALOGUE KOUAN_HUB_FOLDER_BLOBS "/catalogue"
#define CATALOGUE_PUBLIC "keys/catalogue.pub"

static GBytes *
read_file (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GError *local = NULL;
  char *contents;
  gsize size;

  if (g_file_get_contents (path, &contents, &size, &local))
    return g_bytes_new_take (contents, size);
  kouan_hub_translate (local, error);
  return NULL;
}

static GBytes *
fetch (const char *name, gpointer data, GError **error)
{
  return read_file (data, name, error);
}

static KouanKeyring *
make_keyring (KouanHub *hub, GError **error)
{
  g_autofree char *path = kouan_hub_path (hub, CATALOGUE_PUBLIC);
  g_autoptr (KouanKeyring) keyring = kouan_keyring_new ();
  g_autoptr (KouanVerifyingKey) key = NULL;
  GError *local = NULL;

  key = kouan_verifying_key_load (path, &local);
  if (key == NULL)
    {
      kouan_hub_translate (local, error);
      return NULL;
    }
  kouan_keyring_add (keyring, key, KOUAN_PURPOSE_CATALOGUE, "hub");
  return g_steal_pointer (&keyring);
}

/**
 * kouan_hub_publish:
 * @folder: a catalogue that "kouanctl catalogue sign" has signed with the hub's catalogue key
 * @version: (out): what was published now, or 0 if it was already
 *
 * Returns: FALSE with MALFORMED for a catalogue that no kiosk would take, CONFLICT for an older one
 */
gboolean
kouan_hub_publish (KouanHub *hub, const char *folder, guint64 *version, GError **error)
{
  g_autofree char *target = NULL;
  g_autoptr (KouanKeyring) keyring = NULL;
  g_autoptr (GBytes) index = NULL;
  GError *local = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB (hub), FALSE);
  g_return_val_if_fail (folder != NULL && version != NULL, FALSE);

  target = kouan_hub_path (hub, CATALOGUE);
  keyring = make_keyring (hub, error);
  index = keyring != NULL ? read_file (folder, KOUAN_CATALOGUE_INDEX, error) : NULL;
  if (index == NULL)
    return FALSE;
  return kouan_catalogue_install (target, index, keyring, fetch, (gpointer)folder, version, &local)
         || kouan_hub_translate (local, error);
}

/* Small letters, digits, "-" and "_", and one of the two endings: nothing that leaves the folder.
 */
static gboolean
is_file_name (const char *name)
{
  gsize length = strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-_");

  return length > 0
         && (g_str_equal (name, KOUAN_CATALOGUE_INDEX) || g_str_equal (name + length, ".json"));
}

/* Returns: (transfer full): a file of the published catalogue; MISSING if there is none of that
 * name */
GBytes *
kouan_hub_read_published (KouanHub *hub, const char *name, GError **error)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB (hub), NULL);

  folder = kouan_hub_path (hub, CATALOGUE);
  if (is_file_name (name))
    return read_file (folder, name, error);
  g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MISSING, "no such file");
  return NULL;
}
