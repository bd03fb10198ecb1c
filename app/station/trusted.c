/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-station"

#include "app/station/trusted.h"

#include <string.h>

/* keys/trusted: a key's name says what it may speak for, so that a technician sees it in a listing
 * and a copy cannot lose it. */

static const struct
{
  const char *word;
  KouanPurpose purpose;
} words[] = {
  { "appointment", KOUAN_PURPOSE_APPOINTMENT },
  { "walk-in", KOUAN_PURPOSE_WALK_IN },
  { "slip", KOUAN_PURPOSE_SLIP },
  { "badge", KOUAN_PURPOSE_BADGE },
  { "record", KOUAN_PURPOSE_RECORD },
  { "hub-receipt", KOUAN_PURPOSE_HUB_RECEIPT },
  { "catalogue", KOUAN_PURPOSE_CATALOGUE },
  { "roster", KOUAN_PURPOSE_ROSTER },
  { "trust-list", KOUAN_PURPOSE_TRUST_LIST },
};

/* Returns: 0 for a word that is none of ours */
static guint
purpose_of (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, word))
      return words[i].purpose;
  return 0;
}

/* "hub.hub-receipt+catalogue.pem"
 * Returns: 0 if the name does not say it, or does not say it right */
static guint
purposes_of (const char *name, char **label)
{
  g_auto (GStrv) parts = g_strsplit (name, ".", -1);
  g_auto (GStrv) purposes = NULL;
  guint all = 0;

  if (g_strv_length (parts) != 3 || parts[0][0] == '\0' || !g_str_equal (parts[2], "pem"))
    return 0;
  purposes = g_strsplit (parts[1], "+", -1);
  for (guint i = 0; purposes[i] != NULL; i++)
    {
      guint purpose = purpose_of (purposes[i]);

      if (purpose == 0)
        return 0;
      all |= purpose;
    }
  *label = g_strdup (parts[0]);
  return all;
}

static gboolean
load_one (const char *folder, const char *name, KouanKeyring *keyring, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *label = NULL;
  g_autoptr (KouanVerifyingKey) key = NULL;
  g_autoptr (GError) local = NULL;
  guint purposes = purposes_of (name, &label);

  if (purposes == 0)
    {
      g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED,
                   "%s: the name does not say what the key may speak for; must be like "
                   "ministry.appointment.pem or hub.hub-receipt+catalogue.pem",
                   path);
      return FALSE;
    }
  key = kouan_verifying_key_load (path, &local);
  if (key == NULL)
    {
      g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED,
                   "%s: %s; must be a public key, Ed25519 or P-256, in PEM", path, local->message);
      return FALSE;
    }
  kouan_keyring_add (keyring, key, purposes, label);
  return TRUE;
}

/**
 * kouan_trusted_load:
 * @folder: not there: nobody is trusted
 *
 * Adds every *.pem of the folder to @keyring. One that cannot be read stops the station: the person
 * whose code it would have verified must not be told that the code is false.
 */
gboolean
kouan_trusted_load (const char *folder, KouanKeyring *keyring, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".pem") && !load_one (folder, name, keyring, error))
      return FALSE;
  return TRUE;
}

/* Returns: (transfer full): the name under which a key is believed about @purposes and no more */
char *
kouan_station_trusted_name (const char *label, guint purposes)
{
  g_autoptr (GString) name = g_string_new (label);

  g_return_val_if_fail (label != NULL && strchr (label, '.') == NULL, NULL);
  g_return_val_if_fail (strchr (label, '/') == NULL && purposes != 0, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (purposes & words[i].purpose)
      g_string_append_printf (name, "%c%s", strchr (name->str, '.') == NULL ? '.' : '+',
                              words[i].word);
  g_string_append (name, ".pem");
  return g_string_free (g_steal_pointer (&name), FALSE);
}
