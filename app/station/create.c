/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-station"

#include "app/crypto/durable.h"
#include "app/station/configuration.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* A new station: its folders, its own signing key, and a configuration that explains itself. What
 * comes from elsewhere (recipients, hall key, trusted keys, TLS, catalogue) is put in place by who
 * enrols it. */

#define FOLDER_MODE 0700
#define PUBLIC_MODE 0644

static const char *const subfolders[]
  = { KOUAN_STATION_RECORDS, KOUAN_STATION_DRAFTS, KOUAN_STATION_CATALOGUE, KOUAN_STATION_KEYS,
      KOUAN_STATION_TRUSTED };

static gboolean
fail_io (const char *path, const char *cause, GError **error)
{
  g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_IO, "%s: %s", path, cause);
  return FALSE;
}

static gboolean
make_folders (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, FOLDER_MODE) != 0)
    return fail_io (folder, g_strerror (errno), error);
  for (guint i = 0; i < G_N_ELEMENTS (subfolders); i++)
    {
      g_autofree char *path = g_build_filename (folder, subfolders[i], NULL);

      if (g_mkdir_with_parents (path, FOLDER_MODE) != 0)
        return fail_io (path, g_strerror (errno), error);
    }
  return TRUE;
}

static gboolean
write_text (const char *path, const char *text, int mode, GError **error)
{
  g_autoptr (GError) local = NULL;

  return kouan_write_file_durably (path, (const guint8 *)text, strlen (text), mode, &local)
         || fail_io (path, local->message, error);
}

/* A key that is there stays: the hub may have been told of it. */
static KouanSigningKey *
settle_signing_key (const char *path, GError **error)
{
  g_autoptr (KouanSigningKey) key = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return kouan_signing_key_load (path, error);
  key = kouan_signing_key_generate ();
  return kouan_signing_key_save (key, path, error) ? g_steal_pointer (&key) : NULL;
}

static gboolean
make_signing_key (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, KOUAN_STATION_SIGNING_KEY, NULL);
  g_autofree char *public_path = g_build_filename (folder, KOUAN_STATION_SIGNING_PUBLIC, NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (KouanSigningKey) key = settle_signing_key (path, &local);
  g_autofree char *pem = NULL;

  if (key == NULL)
    return fail_io (path, local->message, error);
  pem = kouan_verifying_key_to_pem (kouan_signing_key_get_public (key));
  return write_text (public_path, pem, PUBLIC_MODE, error);
}

static void
set_text (GHashTable *values, const char *name, const char *text)
{
  if (text != NULL)
    g_hash_table_insert (values, g_strdup (name), g_strdup (text));
}

static void
set_number (GHashTable *values, const char *name, guint number)
{
  g_hash_table_insert (values, g_strdup (name), g_strdup_printf ("%u", number));
}

static void
set_names (GHashTable *values, GHashTable *names)
{
  GHashTableIter iter;
  gpointer language, name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &language, &name))
    {
      g_autofree char *key = g_strdup_printf ("station/name[%s]", (const char *)language);

      set_text (values, key, name);
    }
}

static GHashTable *
values_from_settings (const KouanStationSettings *settings)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  set_number (values, "station/kiosk", settings->kiosk_id);
  set_number (values, "station/hall", settings->hall_id);
  set_text (values, "station/hall-language", settings->hall_language);
  set_text (values, "station/profile", settings->profile);
  if (settings->hall_names != NULL)
    set_names (values, settings->hall_names);
  set_text (values, "hub/url", settings->hub_url);
  set_text (values, "devices/camera", settings->camera);
  set_text (values, "devices/scanner", settings->scanner);
  set_text (values, "devices/printer", settings->printer);
  set_text (values, "devices/stick", settings->stick);
  return values;
}

/* Checked by reading it back: a template that this program would refuse is not left behind. */
static gboolean
write_configuration (const char *path, const KouanStationSettings *settings, GError **error)
{
  g_autoptr (GHashTable) values = values_from_settings (settings);
  g_autofree char *text = kouan_configuration_template (values);
  g_autoptr (KouanConfiguration) configuration = NULL;

  if (!write_text (path, text, PUBLIC_MODE, error))
    return FALSE;
  configuration = kouan_configuration_load (path, error);
  if (configuration != NULL)
    return TRUE;
  g_unlink (path);
  return FALSE;
}

/**
 * kouan_station_create:
 * @folder: made if it is not there
 *
 * The configuration is written last: a folder that has one has everything that this function makes.
 * A folder whose making was interrupted can be made again, and keeps its key.
 *
 * Returns: FALSE with EXISTS if there is a station already, MALFORMED if a setting is none, or IO
 */
gboolean
kouan_station_create (const char *folder, const KouanStationSettings *settings, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (folder != NULL && settings != NULL, FALSE);

  path = g_build_filename (folder, KOUAN_STATION_CONFIG, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_EXISTS,
                   "%s: there is a station already", folder);
      return FALSE;
    }
  return make_folders (folder, error) && make_signing_key (folder, error)
         && write_configuration (path, settings, error);
}
