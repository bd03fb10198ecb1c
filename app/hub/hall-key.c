/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/hall-key.h"

#include "app/crypto/primitives.h"
#include "app/crypto/secret-file.h"
#include "app/hub/trouble.h"

/* A hall has one key, whichever of the hubs on a database enrols its kiosks. So the key is in the
 * database, in the hall's row: whoever comes first puts one there, and it stays. Who reads the
 * database holds none of them all the same: they are sealed, under a key that is made of the one
 * that signs bundles. Whoever enrols has that one, and could send a kiosk any hall's key with it.
 *
 * The file in the hub's folder is a copy for whoever issues appointments. Hubs used to have nothing
 * but the file, and then it is what is put in the row. */

#define ROSTER_KEY_SIZE_MAX 4096
#define WRAPPING "kouan hub hall keys 1"

static char *
get_path (KouanHub *hub, guint hall_id)
{
  g_autofree char *name = g_strdup_printf (KOUAN_HUB_FOLDER_HALLS "/%u.key", hall_id);

  return kouan_hub_path (hub, name);
}

static char *
get_context (guint hall_id)
{
  return g_strdup_printf ("hall %u", hall_id);
}

static KouanSecret *
get_wrapping_key (KouanHub *hub, GError **error)
{
  g_autofree char *path = kouan_hub_path (hub, KOUAN_HUB_FILE_ROSTER_KEY);
  g_autoptr (KouanSecret) roster = kouan_secret_read_file (path, ROSTER_KEY_SIZE_MAX, error);

  return roster != NULL ? kouan_hkdf_sha256 (roster, WRAPPING, KOUAN_KEY_SIZE) : NULL;
}

static GBytes *
seal (KouanHub *hub, guint hall_id, KouanSecret *key, GError **error)
{
  g_autoptr (KouanSecret) wrapping = get_wrapping_key (hub, error);
  g_autofree char *context = get_context (hall_id);

  return wrapping != NULL
           ? kouan_box_seal (wrapping, kouan_secret_data (key), kouan_secret_size (key), context)
           : NULL;
}

static KouanSecret *
open_sealed (KouanHub *hub, const KouanHubHall *hall, GError **error)
{
  g_autoptr (KouanSecret) wrapping = get_wrapping_key (hub, error);
  g_autofree char *context = get_context (hall->id);
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (KouanSecret) key = NULL;

  if (wrapping == NULL)
    return NULL;
  plain = kouan_box_open (wrapping, hall->sealed_key, context, NULL);
  if (plain == NULL || g_bytes_get_size (plain) != KOUAN_KEY_SIZE)
    {
      g_set_error (
        error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_DAMAGED,
        "the key of hall %u in the database was sealed with another " KOUAN_HUB_FILE_ROSTER_KEY
        " than is here",
        hall->id);
      return NULL;
    }
  key = kouan_secret_new_copy (g_bytes_get_data (plain, NULL), KOUAN_KEY_SIZE);
  kouan_wipe ((gpointer)g_bytes_get_data (plain, NULL), KOUAN_KEY_SIZE);
  return g_steal_pointer (&key);
}

/* @own: (out) (transfer full) (nullable): what the file holds, if it is there */
static gboolean
load_own (KouanHub *hub, guint hall_id, KouanSecret **own, GError **error)
{
  g_autofree char *path = get_path (hub, hall_id);

  *own = NULL;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  *own = kouan_secret_load (path, KOUAN_KEY_SIZE, error);
  return *own != NULL;
}

/* Where the hall's row has no key yet, puts one into @hall for kouan_hub_store_put_hall(), which
 * takes it if nobody else was quicker: so @hall is to be read anew after that. */
gboolean
kouan_hub_hall_key_offer (KouanHub *hub, KouanHubHall *hall, GError **error)
{
  g_autoptr (KouanSecret) key = NULL;
  GError *local = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB (hub) && hall != NULL, FALSE);

  if (hall->sealed_key != NULL)
    return TRUE;
  if (!load_own (hub, hall->id, &key, &local))
    return kouan_hub_translate (local, error);
  if (key == NULL)
    key = kouan_secret_new_random (KOUAN_KEY_SIZE);
  hall->sealed_key = seal (hub, hall->id, key, &local);
  return hall->sealed_key != NULL || kouan_hub_translate (local, error);
}

static gboolean
leave_copy (KouanHub *hub, KouanSecret *key, const char *path, GError **error)
{
  g_autofree char *folder = kouan_hub_path (hub, KOUAN_HUB_FOLDER_HALLS);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return kouan_hub_io_failed (error, "cannot make", folder);
  return kouan_secret_save (key, path, error);
}

/* Which of the two is right nobody can know but the operator: kiosks have either. */
static gboolean
differs (guint hall_id, GError **error)
{
  g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_EXISTS,
               KOUAN_HUB_FOLDER_HALLS
               "/%u.key is not the key that the hall has in the database: kiosks that were "
               "enrolled with it refuse the codes of the others. Move it aside, and enrol those "
               "anew",
               hall_id);
  return FALSE;
}

/**
 * kouan_hub_hall_key_settle:
 * @hall: as its row is now
 *
 * Opens the key and leaves its copy in the hub's folder. EXISTS if another one lies there; DAMAGED
 * if this hub has not the key that it is sealed under
 *
 * Returns: (transfer full): the key
 */
KouanSecret *
kouan_hub_hall_key_settle (KouanHub *hub, const KouanHubHall *hall, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (KouanSecret) key = NULL;
  g_autoptr (KouanSecret) own = NULL;
  GError *local = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB (hub), NULL);
  g_return_val_if_fail (hall != NULL && hall->sealed_key != NULL, NULL);

  path = get_path (hub, hall->id);
  key = open_sealed (hub, hall, &local);
  if (key != NULL && load_own (hub, hall->id, &own, &local)
      && (own != NULL ? kouan_secret_equal (own, key) || differs (hall->id, &local)
                      : leave_copy (hub, key, path, &local)))
    return g_steal_pointer (&key);
  kouan_hub_translate (local, error);
  return NULL;
}
