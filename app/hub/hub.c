/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/hub.h"

#include "app/hub/trouble.h"

/* The hub's folder, open: its settings, its database and the one key that serving needs. The keys
 * for enrolling, for appointments and for opening records stay on the disk until somebody asks for
 * just that. */

struct _KouanHub
{
  GObject parent_instance;

  char *folder;
  GKeyFile *conf;
  guint id;
  char *name;
  char *url;
  char *followed; /* (nullable) */
  char *listen;
  guint port;
  guint enrolment_port; /* 0: strangers are not answered */
  gboolean bytes_in_database;
  KouanClock *clock;
  KouanHubStore *store;
  KouanSigningKey *receipt_key;
};

G_DEFINE_FINAL_TYPE (KouanHub, kouan_hub, G_TYPE_OBJECT)

static void
kouan_hub_finalize (GObject *object)
{
  KouanHub *self = KOUAN_HUB (object);

  g_clear_pointer (&self->receipt_key, kouan_signing_key_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->conf, g_key_file_unref);
  g_free (self->listen);
  g_free (self->followed);
  g_free (self->url);
  g_free (self->name);
  g_free (self->folder);
  G_OBJECT_CLASS (kouan_hub_parent_class)->finalize (object);
}

static void
kouan_hub_class_init (KouanHubClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kouan_hub_finalize;
}

static void
kouan_hub_init (KouanHub *self G_GNUC_UNUSED)
{
}

static gboolean
get_number (GKeyFile *conf, const char *group, const char *key, guint *value, GError **error)
{
  guint64 number = g_key_file_get_uint64 (conf, group, key, NULL);

  *value = (guint)number;
  if (number >= 1 && number <= G_MAXUINT16)
    return TRUE;
  g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED,
               KOUAN_HUB_FILE_CONF ": [%s] %s must be 1 to 65535", group, key);
  return FALSE;
}

static gboolean
read_place_of_bytes (KouanHub *self, GError **error)
{
  g_autofree char *word = g_key_file_get_string (self->conf, "store", "sealed", NULL);

  self->bytes_in_database = g_strcmp0 (word, "database") == 0;
  if (word == NULL || self->bytes_in_database || g_str_equal (word, "files"))
    return TRUE;
  g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED,
               KOUAN_HUB_FILE_CONF ": [store] sealed must be files or database");
  return FALSE;
}

/* PostgreSQL's copies hold its rows and nothing that lies beside it. */
static gboolean
read_followed (KouanHub *self, GError **error)
{
  self->followed = g_key_file_get_string (self->conf, "archive", "follow", NULL);
  if (self->followed == NULL || self->bytes_in_database)
    return TRUE;
  g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED,
               KOUAN_HUB_FILE_CONF
               ": [archive] follow needs [store] sealed=database: files are not in the "
               "database's copies");
  return FALSE;
}

static gboolean
read_enrolment_port (KouanHub *self, GError **error)
{
  return !g_key_file_has_key (self->conf, "enrolment", "port", NULL)
         || get_number (self->conf, "enrolment", "port", &self->enrolment_port, error);
}

static gboolean
read_conf (KouanHub *self, GError **error)
{
  g_autofree char *path = kouan_hub_path (self, KOUAN_HUB_FILE_CONF);
  GError *local = NULL;

  self->conf = g_key_file_new ();
  if (!g_key_file_load_from_file (self->conf, path, G_KEY_FILE_NONE, &local))
    {
      g_prefix_error (&local, "%s: ", path);
      return kouan_hub_translate (local, error);
    }
  self->name = g_key_file_get_string (self->conf, "hub", "name", NULL);
  self->url = g_key_file_get_string (self->conf, "hub", "url", NULL);
  self->listen = g_key_file_get_string (self->conf, "server", "listen", NULL);
  if (self->url == NULL || self->listen == NULL)
    {
      g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED,
                   "%s: [hub] url and [server] listen must be there", path);
      return FALSE;
    }
  return get_number (self->conf, "hub", "id", &self->id, error)
         && get_number (self->conf, "server", "port", &self->port, error)
         && read_enrolment_port (self, error) && read_place_of_bytes (self, error)
         && read_followed (self, error);
}

static gboolean
open_parts (KouanHub *self, GError **error)
{
  g_autofree char *own = kouan_hub_path (self, KOUAN_HUB_FILE_DATABASE);
  g_autofree char *other = g_key_file_get_string (self->conf, "store", "database", NULL);
  g_autofree char *key = kouan_hub_path (self, KOUAN_HUB_FILE_RECEIPT_KEY);
  GError *local = NULL;

  self->store = kouan_hub_store_open (other != NULL ? other : own, &local);
  if (self->store != NULL)
    self->receipt_key = kouan_signing_key_load (key, &local);
  return self->receipt_key != NULL || kouan_hub_translate (local, error);
}

/**
 * kouan_hub_open:
 * @folder: as kouan_hub_create() has made it
 *
 * Returns: (transfer full): the hub; what its getters return stays its own
 */
KouanHub *
kouan_hub_open (const char *folder, KouanClock *clock, GError **error)
{
  g_autoptr (KouanHub) self = g_object_new (KOUAN_TYPE_HUB, NULL);

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (KOUAN_IS_CLOCK (clock), NULL);

  self->folder = g_canonicalize_filename (folder, NULL);
  self->clock = g_object_ref (clock);
  return read_conf (self, error) && open_parts (self, error) ? g_steal_pointer (&self) : NULL;
}

/* Returns: (transfer full) */
char *
kouan_hub_path (KouanHub *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

/**
 * kouan_hub_read_text:
 * @name: of a file below the folder
 *
 * Returns: (transfer full): all of it, or NULL with a %KOUAN_HUB_ERROR
 */
char *
kouan_hub_read_text (KouanHub *self, const char *name, GError **error)
{
  g_autofree char *path = kouan_hub_path (self, name);
  GError *local = NULL;
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, &local))
    kouan_hub_translate (local, error);
  return text;
}

guint
kouan_hub_get_id (KouanHub *self)
{
  g_return_val_if_fail (KOUAN_IS_HUB (self), 0);

  return self->id;
}

/* For people. */
const char *
kouan_hub_get_name (KouanHub *self)
{
  g_return_val_if_fail (KOUAN_IS_HUB (self), NULL);

  return self->name != NULL ? self->name : "Kouan hub";
}

/* Where kiosks reach it: "https://host:port" */
const char *
kouan_hub_get_url (KouanHub *self)
{
  g_return_val_if_fail (KOUAN_IS_HUB (self), NULL);

  return self->url;
}

/* The IP address to bind. */
const char *
kouan_hub_get_listen (KouanHub *self)
{
  g_return_val_if_fail (KOUAN_IS_HUB (self), NULL);

  return self->listen;
}

guint
kouan_hub_get_port (KouanHub *self)
{
  g_return_val_if_fail (KOUAN_IS_HUB (self), 0);

  return self->port;
}

guint
kouan_hub_get_enrolment_port (KouanHub *self)
{
  g_return_val_if_fail (KOUAN_IS_HUB (self), 0);

  return self->enrolment_port;
}

/* Returns: the positive number under @key of [limits], or @otherwise */
gint64
kouan_hub_get_limit (KouanHub *self, const char *key, gint64 otherwise)
{
  gint64 value;

  g_return_val_if_fail (KOUAN_IS_HUB (self), otherwise);

  value = g_key_file_get_int64 (self->conf, "limits", key, NULL);
  return value > 0 ? value : otherwise;
}

/* Whether sealed bytes are in the database, or else in files beside it. */
gboolean
kouan_hub_keeps_bytes_in_database (KouanHub *self)
{
  g_return_val_if_fail (KOUAN_IS_HUB (self), FALSE);

  return self->bytes_in_database;
}

/* Whose position says what is archived, see kouan_hub_store_follow(); NULL: the operator does. */
const char *
kouan_hub_get_followed (KouanHub *self)
{
  g_return_val_if_fail (KOUAN_IS_HUB (self), NULL);

  return self->followed;
}

KouanClock *
kouan_hub_get_clock (KouanHub *self)
{
  g_return_val_if_fail (KOUAN_IS_HUB (self), NULL);

  return self->clock;
}

KouanHubStore *
kouan_hub_get_store (KouanHub *self)
{
  g_return_val_if_fail (KOUAN_IS_HUB (self), NULL);

  return self->store;
}

KouanSigningKey *
kouan_hub_get_receipt_key (KouanHub *self)
{
  g_return_val_if_fail (KOUAN_IS_HUB (self), NULL);

  return self->receipt_key;
}
