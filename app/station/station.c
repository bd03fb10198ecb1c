/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-station"

#include "app/station/station.h"

#include "app/crypto/secret-file.h"
#include "app/station/configuration-private.h"
#include "app/station/trusted.h"

#include <string.h>

/* What makes one kiosk this kiosk: its configuration and its keys, read once and then only asked.
 * Nothing here changes afterwards, so that a worker thread may ask as well. The database, drafts
 * and records are only named: whoever needs them opens them. */

struct _KouanStation
{
  GObject parent_instance;

  char *folder;
  KouanConfiguration *configuration;
  char *fault; /* (nullable): of the file that is not used */
  KouanSigningKey *signing_key;
  KouanKeyring *keyring;
  KouanSecret *hall_key;
  GPtrArray *recipients; /* of KouanAgeRecipient */
};

G_DEFINE_QUARK (kouan_station_error_quark, kouan_station_error)
G_DEFINE_FINAL_TYPE (KouanStation, kouan_station, G_TYPE_OBJECT)

static void
kouan_station_finalize (GObject *object)
{
  KouanStation *self = KOUAN_STATION (object);

  g_free (self->folder);
  g_clear_pointer (&self->configuration, kouan_configuration_free);
  g_free (self->fault);
  g_clear_pointer (&self->signing_key, kouan_signing_key_unref);
  g_clear_pointer (&self->keyring, kouan_keyring_unref);
  g_clear_pointer (&self->hall_key, kouan_secret_unref);
  g_clear_pointer (&self->recipients, g_ptr_array_unref);
  G_OBJECT_CLASS (kouan_station_parent_class)->finalize (object);
}

static void
kouan_station_class_init (KouanStationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_station_finalize;
}

static void
kouan_station_init (KouanStation *self)
{
  self->keyring = kouan_keyring_new ();
  self->recipients = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_age_recipient_free);
}

static gboolean
check_there (const char *path, const char *what, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MISSING, "%s: not there: %s", path,
               what);
  return FALSE;
}

static gboolean
refuse_file (const char *path, const GError *cause, const char *right, GError **error)
{
  g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED, "%s: %s; must be %s",
               path, cause->message, right);
  return FALSE;
}

static gboolean
load_signing_key (KouanStation *self, GError **error)
{
  g_autofree char *path = kouan_station_path (self, KOUAN_STATION_SIGNING_KEY);
  g_autoptr (GError) local = NULL;

  if (!check_there (path, "the key that this kiosk signs with", error))
    return FALSE;
  self->signing_key = kouan_signing_key_load (path, &local);
  if (self->signing_key == NULL)
    return refuse_file (path, local, "a private key, Ed25519 or P-256, in PEM", error);
  return TRUE;
}

static gboolean
load_hall_key (KouanStation *self, GError **error)
{
  g_autofree char *path = kouan_station_path (self, KOUAN_STATION_HALL_KEY);
  g_autoptr (GError) local = NULL;

  if (!check_there (path, "the key that binds appointments to documents", error))
    return FALSE;
  self->hall_key = kouan_secret_load (path, KOUAN_STATION_HALL_KEY_SIZE, &local);
  if (self->hall_key == NULL)
    return refuse_file (path, local, "64 hexadecimal digits in lower case", error);
  return TRUE;
}

/* The first line that is neither empty nor a comment, as age reads its recipient files. */
static char *
first_line (const char *contents)
{
  g_auto (GStrv) lines = g_strsplit (contents, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (lines[i][0] != '\0' && lines[i][0] != '#')
        return g_strdup (lines[i]);
    }
  return g_strdup ("");
}

static gboolean
load_recipient (KouanStation *self, const char *name, const char *what, GError **error)
{
  g_autofree char *path = kouan_station_path (self, name);
  g_autofree char *contents = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) local = NULL;
  KouanAgeRecipient *recipient;

  if (!check_there (path, what, error))
    return FALSE;
  if (!g_file_get_contents (path, &contents, NULL, &local))
    return refuse_file (path, local, "readable for the kiosk", error);
  line = first_line (contents);
  recipient = kouan_age_recipient_parse (line, &local);
  if (recipient == NULL)
    return refuse_file (path, local, "an age recipient: age1…", error);
  g_ptr_array_add (self->recipients, recipient);
  return TRUE;
}

/* A kiosk believes its own slips, the walk-in codes that it has given out, and the trust list that
 * a technician made on it. */
static gboolean
load_keyring (KouanStation *self, GError **error)
{
  g_autofree char *folder = kouan_station_path (self, KOUAN_STATION_TRUSTED);

  kouan_keyring_add (self->keyring, kouan_signing_key_get_public (self->signing_key),
                     KOUAN_PURPOSE_SLIP | KOUAN_PURPOSE_WALK_IN | KOUAN_PURPOSE_RECORD
                       | KOUAN_PURPOSE_TRUST_LIST,
                     "this kiosk");
  return kouan_trusted_load (folder, self->keyring, error);
}

static gboolean
load_configuration (KouanStation *self, GError **error)
{
  g_autofree char *path = kouan_station_path (self, KOUAN_STATION_CONFIG);

  self->configuration = kouan_configuration_load_or_last_good (path, &self->fault, error);
  return self->configuration != NULL;
}

/**
 * kouan_station_load:
 *
 * Reads the configuration and every key, so that what is wrong with a station is said when it
 * starts and not to a visitor. A configuration that is wrong is replaced by the last one that was
 * right. Never read: the TLS files, which only the sync needs.
 *
 * Returns: (transfer full): a station; MISSING or MALFORMED with a message for the technician
 * otherwise
 */
KouanStation *
kouan_station_load (const char *folder, GError **error)
{
  g_autoptr (KouanStation) self = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (KOUAN_TYPE_STATION, NULL);
  self->folder = g_canonicalize_filename (folder, NULL);
  if (load_configuration (self, error) && load_signing_key (self, error)
      && load_keyring (self, error) && load_hall_key (self, error)
      && load_recipient (self, KOUAN_STATION_HUB_RECIPIENT, "the hub's key for records", error)
      && load_recipient (self, KOUAN_STATION_ESCROW_RECIPIENT, "the escrow key for records", error))
    return g_steal_pointer (&self);
  return NULL;
}

const char *
kouan_station_get_folder (KouanStation *self)
{
  g_return_val_if_fail (KOUAN_IS_STATION (self), NULL);

  return self->folder;
}

/* Returns: (transfer full): an absolute path; @name is one of KOUAN_STATION_… */
char *
kouan_station_path (KouanStation *self, const char *name)
{
  g_return_val_if_fail (KOUAN_IS_STATION (self), NULL);

  return g_build_filename (self->folder, name, NULL);
}

guint
kouan_station_get_kiosk_id (KouanStation *self)
{
  return (guint)kouan_station_get_number (self, "station", "kiosk");
}

guint
kouan_station_get_hall_id (KouanStation *self)
{
  return (guint)kouan_station_get_number (self, "station", "hall");
}

const char *
kouan_station_get_hall_name (KouanStation *self, const char *language)
{
  const char *found;

  g_return_val_if_fail (KOUAN_IS_STATION (self) && language != NULL, NULL);

  found = kouan_configuration_get_translated (self->configuration, "station", "name", language);
  if (found != NULL)
    return found;
  return kouan_configuration_get_translated (self->configuration, "station", "name",
                                             kouan_station_get_hall_language (self));
}

/* Returns: (nullable): the value in this language, else in the hall's, else as it stands alone */
const char *
kouan_station_get_text (KouanStation *self,
                        const char *group,
                        const char *key,
                        const char *language)
{
  const char *found;

  g_return_val_if_fail (KOUAN_IS_STATION (self) && language != NULL, NULL);

  found = kouan_configuration_get_translated (self->configuration, group, key, language);
  if (found == NULL)
    found = kouan_configuration_get_translated (self->configuration, group, key,
                                                kouan_station_get_hall_language (self));
  return found != NULL ? found : kouan_station_get_value (self, group, key);
}

const char *
kouan_station_get_hall_language (KouanStation *self)
{
  return kouan_station_get_value (self, "station", "hall-language");
}

const char *
kouan_station_get_profile (KouanStation *self)
{
  return kouan_station_get_value (self, "station", "profile");
}

/**
 * kouan_station_get_value:
 *
 * Only for keys that app/station/configuration.c lists.
 *
 * Returns: (nullable): the value as it stands there, or its default, or NULL if it has none
 */
const char *
kouan_station_get_value (KouanStation *self, const char *group, const char *key)
{
  g_return_val_if_fail (KOUAN_IS_STATION (self), NULL);

  return kouan_configuration_get (self->configuration, group, key);
}

/* The same for a key that is listed as a number: it has been checked. */
gint64
kouan_station_get_number (KouanStation *self, const char *group, const char *key)
{
  const char *text = kouan_station_get_value (self, group, key);
  gint64 number = 0;

  g_return_val_if_fail (text != NULL, 0);
  g_return_val_if_fail (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL),
                        0);

  return number;
}

/* Returns: (nullable): which line of kouan.conf is wrong, and what would be right */
const char *
kouan_station_get_fault (KouanStation *self)
{
  g_return_val_if_fail (KOUAN_IS_STATION (self), NULL);

  return self->fault;
}

/* Returns: (transfer full) (element-type KouanStationSetting): every key there is */
GPtrArray *
kouan_station_list_settings (KouanStation *self)
{
  g_return_val_if_fail (KOUAN_IS_STATION (self), NULL);

  return kouan_configuration_list (self->configuration);
}

KouanSigningKey *
kouan_station_get_signing_key (KouanStation *self)
{
  g_return_val_if_fail (KOUAN_IS_STATION (self), NULL);

  return self->signing_key;
}

KouanKeyring *
kouan_station_get_keyring (KouanStation *self)
{
  g_return_val_if_fail (KOUAN_IS_STATION (self), NULL);

  return self->keyring;
}

KouanSecret *
kouan_station_get_hall_key (KouanStation *self)
{
  g_return_val_if_fail (KOUAN_IS_STATION (self), NULL);

  return self->hall_key;
}

GPtrArray *
kouan_station_get_recipients (KouanStation *self)
{
  g_return_val_if_fail (KOUAN_IS_STATION (self), NULL);

  return self->recipients;
}
