/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/hub.h"

#include "app/crypto/age.h"
#include "app/crypto/durable.h"
#include "app/crypto/x509.h"
#include "app/hub/trouble.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* A new hub is built in a folder beside its place and renamed into it: either it is there with all
 * its keys or it is not there. Each key speaks for one thing, so that the one for appointments can
 * be given to a desk that never sees a record. */

static const char *const folders[]
  = { "tls", "keys", "age", KOUAN_HUB_FOLDER_HALLS, KOUAN_HUB_FOLDER_BLOBS };

static const char *const signing_keys[]
  = { KOUAN_HUB_FILE_RECEIPT_KEY, KOUAN_HUB_FILE_APPOINTMENT_KEY, KOUAN_HUB_FILE_CATALOGUE_KEY,
      KOUAN_HUB_FILE_ROSTER_KEY };

static gboolean
make_folders (const char *base, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (base, folders[i], NULL);

      if (g_mkdir (path, 0700) != 0)
        return kouan_hub_io_failed (error, "cannot make", path);
    }
  return TRUE;
}

static gboolean
make_tls (const char *base, const KouanHubSetup *setup, gint64 now_s, GError **error)
{
  g_autofree char *authority_key = g_build_filename (base, KOUAN_HUB_FILE_AUTHORITY_KEY, NULL);
  g_autofree char *authority_path = g_build_filename (base, KOUAN_HUB_FILE_AUTHORITY, NULL);
  g_autofree char *server_key = g_build_filename (base, KOUAN_HUB_FILE_SERVER_KEY, NULL);
  g_autofree char *server_path = g_build_filename (base, KOUAN_HUB_FILE_SERVER, NULL);
  g_autofree char *certificate = NULL;
  g_autoptr (KouanX509Authority) authority = NULL;

  if (!kouan_x509_create_authority (authority_key, authority_path, setup->name, now_s, error)
      || !kouan_x509_create_key (server_key, error))
    return FALSE;
  authority = kouan_x509_authority_load (authority_key, authority_path, error);
  if (authority == NULL)
    return FALSE;
  certificate = kouan_x509_issue_server (authority, server_key, setup->hosts, now_s, error);
  return certificate != NULL
         && kouan_write_file_durably (server_path, (const guint8 *)certificate,
                                      strlen (certificate), 0644, error);
}

/* Each key's public half lies beside it as a .pub file, for whoever has to check what it has
 * signed. */
static gboolean
make_signing_keys (const char *base, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signing_keys); i++)
    {
      g_autofree char *path = g_build_filename (base, signing_keys[i], NULL);
      g_autofree char *stem = g_strndup (path, strlen (path) - strlen (".key"));
      g_autofree char *public_path = g_strconcat (stem, ".pub", NULL);
      g_autoptr (KouanSigningKey) key = kouan_signing_key_generate ();
      g_autofree char *pem = kouan_verifying_key_to_pem (kouan_signing_key_get_public (key));

      if (!kouan_signing_key_save (key, path, error)
          || !kouan_write_file_durably (public_path, (const guint8 *)pem, strlen (pem), 0644,
                                        error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
make_identities (const char *base, GError **error)
{
  const char *const files[] = { KOUAN_HUB_FILE_IDENTITY, KOUAN_HUB_FILE_ESCROW };
  g_autofree char *recipients_path = g_build_filename (base, KOUAN_HUB_FILE_RECIPIENTS, NULL);
  g_autoptr (GString) recipients = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (base, files[i], NULL);
      g_autoptr (KouanAgeIdentity) identity = kouan_age_identity_generate ();
      g_autoptr (KouanAgeRecipient) recipient = kouan_age_identity_get_recipient (identity);
      g_autofree char *text = kouan_age_recipient_to_string (recipient);

      if (!kouan_age_identity_save (identity, path, error))
        return FALSE;
      g_string_append_printf (recipients, "%s\n", text);
    }
  return kouan_write_file_durably (recipients_path, (const guint8 *)recipients->str,
                                   recipients->len, 0644, error);
}

static gboolean
make_conf (const char *base, const KouanHubSetup *setup, GError **error)
{
  g_autofree char *path = g_build_filename (base, KOUAN_HUB_FILE_CONF, NULL);
  g_autofree char *url = g_strdup_printf ("https://%s:%u", setup->hosts[0], setup->port);
  g_autofree char *text = NULL;
  g_autoptr (GKeyFile) conf = g_key_file_new ();
  gsize size;

  g_key_file_set_integer (conf, "hub", "id", (int)setup->id);
  g_key_file_set_string (conf, "hub", "name", setup->name);
  g_key_file_set_string (conf, "hub", "url", url);
  g_key_file_set_string (conf, "server", "listen", setup->listen);
  g_key_file_set_integer (conf, "server", "port", (int)setup->port);
  if (setup->enrolment_port != 0)
    g_key_file_set_integer (conf, "enrolment", "port", (int)setup->enrolment_port);
  if (setup->database != NULL)
    g_key_file_set_string (conf, "store", "database", setup->database);
  g_key_file_set_string (conf, "store", "sealed", setup->bytes_in_database ? "database" : "files");
  text = g_key_file_to_data (conf, &size, NULL);
  return kouan_write_file_durably (path, (const guint8 *)text, size, 0644, error);
}

static gboolean
make_database (const char *base, const KouanHubSetup *setup, GError **error)
{
  g_autofree char *path = g_build_filename (base, KOUAN_HUB_FILE_DATABASE, NULL);
  g_autoptr (KouanHubStore) store
    = kouan_hub_store_open (setup->database != NULL ? setup->database : path, error);

  return store != NULL;
}

static gboolean
check_setup (const KouanHubSetup *setup, GError **error)
{
  if (setup->id >= 1 && setup->id <= G_MAXUINT16 && setup->port >= 1 && setup->port <= G_MAXUINT16
      && setup->enrolment_port <= G_MAXUINT16 && setup->enrolment_port != setup->port
      && g_hostname_is_ip_address (setup->listen))
    return TRUE;
  g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED,
                       "a hub's number and port are 1 to 65535, new kiosks ask on another port, "
                       "and it listens on an IP address");
  return FALSE;
}

static gboolean
put_in_place (const char *built, const char *folder, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (folder);

  /* rename() takes the place of an empty folder and of nothing else. */
  if (g_rename (built, folder) == 0)
    return kouan_sync_folder (parent, error);
  if (errno != EEXIST && errno != ENOTEMPTY && errno != ENOTDIR)
    return kouan_hub_io_failed (error, "cannot make", folder);
  g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_EXISTS, "%s: there is something already",
               folder);
  return FALSE;
}

static void
remove_built (const char *path)
{
  g_autoptr (GDir) dir
    = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_built (child);
    }
  g_remove (path);
}

/**
 * kouan_hub_create:
 * @folder: where the hub is to live; must not exist, or be empty
 * @now_s: seconds since 1970 UTC
 *
 * Makes hub.conf, a certificate authority and a server certificate, the age identities of hub and
 * escrow, the Ed25519 keys for receipts, appointments, catalogue and roster, and an empty database;
 * in a database server, the tables. Never overwrites.
 */
gboolean
kouan_hub_create (const char *folder, const KouanHubSetup *setup, gint64 now_s, GError **error)
{
  g_autofree char *absolute = NULL;
  g_autofree char *built = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (folder != NULL && setup != NULL && setup->name != NULL, FALSE);
  g_return_val_if_fail (setup->hosts != NULL && setup->hosts[0] != NULL, FALSE);

  if (!check_setup (setup, error))
    return FALSE;
  absolute = g_canonicalize_filename (folder, NULL);
  built = g_strconcat (absolute, ".new-XXXXXX", NULL);
  if (g_mkdtemp (built) == NULL)
    return kouan_hub_io_failed (error, "cannot make a folder beside", absolute);
  if (make_folders (built, &local) && make_tls (built, setup, now_s, &local)
      && make_signing_keys (built, &local) && make_identities (built, &local)
      && make_database (built, setup, &local) && make_conf (built, setup, &local)
      && put_in_place (built, absolute, &local))
    return TRUE;
  remove_built (built);
  return kouan_hub_translate (g_steal_pointer (&local), error);
}
