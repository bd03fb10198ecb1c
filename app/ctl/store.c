/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/store.h"

/**
 * kouan_ctl_store_open:
 * @folder: of the station
 * @create: make the database if there is none; who only looks must not, since the file would belong
 * to whoever looked
 *
 * Returns: FALSE with an error; what was opened until then is cleared with the rest
 */
gboolean
kouan_ctl_store_open (KouanCtlStore *self, const char *folder, gboolean create, GError **error)
{
  g_autofree char *path = NULL;

  self->station = kouan_station_load (folder, error);
  if (self->station == NULL)
    return FALSE;
  path = kouan_station_path (self->station, KOUAN_STATION_DATABASE);
  if (!create && !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MISSING,
                   "%s: not there: this kiosk has not been started yet", path);
      return FALSE;
    }
  self->clock = KOUAN_CLOCK (kouan_system_clock_new ());
  self->outbox = kouan_outbox_new (self->station, self->clock);
  self->db = kouan_outbox_open_database (self->outbox, error);
  return self->db != NULL;
}

void
kouan_ctl_store_clear (KouanCtlStore *self)
{
  g_clear_object (&self->db);
  g_clear_object (&self->outbox);
  g_clear_object (&self->clock);
  g_clear_object (&self->station);
}

gboolean
kouan_ctl_parse (const char *verb, const GOptionEntry *entries, int *argc, char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  kouan_ctl_usage ("%s: %s", verb, error->message);
  return FALSE;
}

/* Returns: (transfer full) (nullable): with an error if the station or the key is not there */
KouanKeyring *
kouan_ctl_load_keyring (const char *station, const char *pem, KouanPurpose purpose, GError **error)
{
  g_autoptr (KouanStation) loaded = NULL;
  g_autoptr (KouanVerifyingKey) key = NULL;
  KouanKeyring *keyring;

  if (station != NULL)
    {
      loaded = kouan_station_load (station, error);
      return loaded != NULL ? kouan_keyring_ref (kouan_station_get_keyring (loaded)) : NULL;
    }
  key = kouan_verifying_key_load (pem, error);
  if (key == NULL)
    return NULL;
  keyring = kouan_keyring_new ();
  kouan_keyring_add (keyring, key, purpose, "kiosk");
  return keyring;
}
