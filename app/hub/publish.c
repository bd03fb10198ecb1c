/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/publish.h"

#include "app/catalogue/catalogue.h"
#include "app/hub/trouble.h"

#include <string.h>

/* The hub gives out what a kiosk would believe. What is published is in the database, so that hubs
 * that share it publish the same, and of each kind all of it is replaced in one transaction.
 *
 * A catalogue comes here signed, with a number that its signer has given it. A list is signed here,
 * by the key that may speak for it, and numbered by the clock: a hub that was restored from a
 * backup has forgotten which numbers it gave since, and kiosks have not. */

#define CATALOGUE "catalogue"
#define CATALOGUE_PUBLIC "keys/catalogue.pub"
#define LIST_FILE "list.cose"

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

/* Small letters, digits, "-" and "_", and one of the two endings: nothing that leaves the folder.
 */
static gboolean
is_catalogue_file (const char *name)
{
  gsize length = strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-_");

  return length > 0
         && (g_str_equal (name, KOUAN_CATALOGUE_INDEX) || g_str_equal (name + length, ".json"));
}

static gboolean
add_file (GHashTable *files, const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GError *local = NULL;
  char *contents;
  gsize size;

  if (!g_file_get_contents (path, &contents, &size, &local))
    return kouan_hub_translate (local, error);
  g_hash_table_insert (files, g_strdup (name), g_bytes_new_take (contents, size));
  return TRUE;
}

static GHashTable *
new_files (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
}

static GHashTable *
read_files (const char *folder, GError **error)
{
  g_autoptr (GHashTable) files = new_files ();
  GError *local = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &local);
  const char *name;

  if (dir == NULL)
    {
      kouan_hub_translate (local, error);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (is_catalogue_file (name) && !add_file (files, folder, name, error))
      return NULL;
  return g_steal_pointer (&files);
}

static gboolean
published_version (
  KouanHub *hub, const char *kind, guint hall_id, const char *name, gint64 *version, GError **error)
{
  GError *local = NULL;
  g_autoptr (GBytes) content = kouan_hub_store_find_published (kouan_hub_get_store (hub), kind,
                                                               hall_id, name, version, &local);

  if (content != NULL)
    return TRUE;
  *version = 0;
  if (!g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
    return kouan_hub_translate (local, error);
  g_clear_error (&local);
  return TRUE;
}

static gboolean
publish (KouanHub *hub, const KouanHubPublication *publication, GError **error)
{
  GError *local = NULL;

  return kouan_hub_store_publish (kouan_hub_get_store (hub), publication, &local)
         || kouan_hub_translate (local, error);
}

/**
 * kouan_hub_publish_catalogue:
 * @folder: a catalogue that "kouanctl catalogue sign" has signed with the hub's catalogue key
 * @version: (out): what was published now, or 0 if it was already
 *
 * Returns: FALSE with MALFORMED for a catalogue that no kiosk would take, CONFLICT for an older one
 */
gboolean
kouan_hub_publish_catalogue (KouanHub *hub, const char *folder, guint64 *version, GError **error)
{
  g_autoptr (KouanKeyring) keyring = NULL;
  g_autoptr (KouanCatalogue) catalogue = NULL;
  g_autoptr (GHashTable) files = NULL;
  KouanHubPublication publication = { .kind = CATALOGUE };
  gint64 before;
  GError *local = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB (hub), FALSE);
  g_return_val_if_fail (folder != NULL && version != NULL, FALSE);

  *version = 0;
  keyring = make_keyring (hub, error);
  if (keyring == NULL
      || !published_version (hub, CATALOGUE, 0, KOUAN_CATALOGUE_INDEX, &before, error))
    return FALSE;
  catalogue = kouan_catalogue_load (folder, keyring, (guint64)before, &local);
  if (catalogue == NULL)
    return kouan_hub_translate (local, error);
  publication.version = (gint64)kouan_catalogue_get_version (catalogue);
  if (publication.version == before)
    return TRUE;
  files = read_files (folder, error);
  publication.files = files;
  if (files == NULL || !publish (hub, &publication, error))
    return FALSE;
  *version = (guint64)publication.version;
  return TRUE;
}

static KouanSigningKey *
load_key (KouanHub *hub, KouanListKind kind, GError **error)
{
  KouanPurpose purpose = kouan_list_kind_get_purpose (kind);
  const char *name = purpose == KOUAN_PURPOSE_APPOINTMENT ? KOUAN_HUB_FILE_APPOINTMENT_KEY
                     : purpose == KOUAN_PURPOSE_ROSTER    ? KOUAN_HUB_FILE_ROSTER_KEY
                                                          : KOUAN_HUB_FILE_CATALOGUE_KEY;
  g_autofree char *path = kouan_hub_path (hub, name);
  GError *local = NULL;
  KouanSigningKey *key = kouan_signing_key_load (path, &local);

  if (key == NULL)
    kouan_hub_translate (local, error);
  return key;
}

/**
 * kouan_hub_publish_list:
 * @hall_id: whose it is, for the kinds that each hall has its own of; else 0
 * @version: (out): the number that it got
 *
 * Returns: FALSE with MALFORMED for a list that is too long, CONFLICT if somebody else has
 * published one at the same moment
 */
gboolean
kouan_hub_publish_list (KouanHub *hub,
                        KouanListKind kind,
                        guint hall_id,
                        GBytes *content,
                        guint64 *version,
                        GError **error)
{
  const char *word = kouan_list_kind_to_string (kind);
  g_autoptr (GHashTable) files = new_files ();
  g_autoptr (KouanSigningKey) key = NULL;
  KouanHubPublication publication = { .kind = word, .hall_id = hall_id, .files = files };
  KouanList list = { .kind = kind, .hall_id = hall_id, .content = content };
  gint64 before;

  g_return_val_if_fail (KOUAN_IS_HUB (hub) && content != NULL && version != NULL, FALSE);
  g_return_val_if_fail ((hall_id != 0) == kouan_list_kind_is_of_a_hall (kind), FALSE);

  if (g_bytes_get_size (content) > KOUAN_LIST_SIZE_MAX - 1024)
    {
      g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED,
                   "a list may have %d bytes with its signature", KOUAN_LIST_SIZE_MAX);
      return FALSE;
    }
  key = load_key (hub, kind, error);
  if (key == NULL || !published_version (hub, word, hall_id, LIST_FILE, &before, error))
    return FALSE;
  list.issued_s = kouan_clock_wall_s (kouan_hub_get_clock (hub));
  publication.version = MAX (before + 1, list.issued_s);
  list.version = (guint64)publication.version;
  g_hash_table_insert (files, g_strdup (LIST_FILE), kouan_list_sign (&list, key));
  *version = list.version;
  return publish (hub, &publication, error);
}

static GBytes *
read_published (
  KouanHub *hub, const char *kind, guint hall_id, const char *name, gint64 *version, GError **error)
{
  GError *local = NULL;
  GBytes *content = kouan_hub_store_find_published (kouan_hub_get_store (hub), kind, hall_id, name,
                                                    version, &local);

  if (content == NULL)
    kouan_hub_translate (local, error);
  return content;
}

/* Returns: (transfer full): a file of the published catalogue; MISSING if there is none of that
 * name */
GBytes *
kouan_hub_read_catalogue (KouanHub *hub, const char *name, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB (hub), NULL);

  return read_published (hub, CATALOGUE, 0, name, NULL, error);
}

/**
 * kouan_hub_read_list:
 * @hall_id: where the kiosk stands that asks
 * @version: (out)
 *
 * Returns: (transfer full): COSE; MISSING if there is none for it
 */
GBytes *
kouan_hub_read_list (
  KouanHub *hub, KouanListKind kind, guint hall_id, gint64 *version, GError **error)
{
  g_return_val_if_fail (KOUAN_IS_HUB (hub), NULL);

  return read_published (hub, kouan_list_kind_to_string (kind),
                         kouan_list_kind_is_of_a_hall (kind) ? hall_id : 0, LIST_FILE, version,
                         error);
}
