/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/station-enrolment.h"

#include "app/crypto/durable.h"
#include "app/crypto/secret-file.h"
#include "app/crypto/x509.h"
#include "app/sync/enrolment.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* The kiosk makes its keys itself and they never leave it: what it hands out is their public
 * halves. Everything here may be done again: keys that are there stay, and the configuration is
 * written last, so that a station that has one has all that enrolment brings. */

static gboolean
translate (GError *cause, const char *path, GError **error)
{
  gboolean broken = cause->domain == KOUAN_CRYPTO_ERROR && cause->code != KOUAN_CRYPTO_ERROR_IO;

  g_set_error (error, KOUAN_STATION_ERROR,
               broken ? KOUAN_STATION_ERROR_MALFORMED : KOUAN_STATION_ERROR_IO, "%s: %s", path,
               cause->message);
  g_error_free (cause);
  return FALSE;
}

static gboolean
is_there (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
make_keys_folder (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, KOUAN_STATION_TRUSTED, NULL);

  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_IO, "%s: %s", path,
               g_strerror (errno));
  return FALSE;
}

static KouanSigningKey *
settle_signing_key (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, KOUAN_STATION_SIGNING_KEY, NULL);
  g_autoptr (KouanSigningKey) key = NULL;
  GError *local = NULL;

  if (is_there (path))
    key = kouan_signing_key_load (path, &local);
  else
    {
      key = kouan_signing_key_generate ();
      if (!kouan_signing_key_save (key, path, &local))
        g_clear_pointer (&key, kouan_signing_key_unref);
    }
  if (key == NULL)
    translate (local, path, error);
  return g_steal_pointer (&key);
}

static char *
settle_certificate_request (const char *folder, guint kiosk_id, GError **error)
{
  g_autofree char *path = g_build_filename (folder, KOUAN_STATION_TLS_KEY, NULL);
  g_autofree char *name = g_strdup_printf ("kiosk-%u", kiosk_id);
  GError *local = NULL;
  char *request = NULL;

  if (is_there (path) || kouan_x509_create_key (path, &local))
    request = kouan_x509_request (path, name, &local);
  if (request == NULL)
    translate (local, path, error);
  return request;
}

static KouanAgeIdentity *
settle_identity (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, KOUAN_STATION_ENROLMENT_KEY, NULL);
  g_autoptr (KouanAgeIdentity) identity = NULL;
  GError *local = NULL;

  if (is_there (path))
    identity = kouan_age_identity_load (path, &local);
  else
    {
      identity = kouan_age_identity_generate ();
      if (!kouan_age_identity_save (identity, path, &local))
        g_clear_pointer (&identity, kouan_age_identity_free);
    }
  if (identity == NULL)
    translate (local, path, error);
  return g_steal_pointer (&identity);
}

/**
 * kouan_station_request:
 * @folder: made if it is not there
 * @kiosk_id: the number that the kiosk is to have
 * @fingerprint: (out): of the key that signs it, to be compared with what the hub shows; the same
 * however often it is asked for
 *
 * Returns: (transfer full): what to carry to the hub; nothing in it is secret
 */
GBytes *
kouan_station_request (const char *folder, guint kiosk_id, char **fingerprint, GError **error)
{
  KouanEnrolmentRequest request = { .kiosk_id = kiosk_id };
  g_autoptr (KouanSigningKey) key = NULL;
  g_autoptr (KouanAgeIdentity) identity = NULL;
  g_autoptr (KouanAgeRecipient) recipient = NULL;
  g_autofree char *certificate = NULL;
  g_autofree char *text = NULL;
  g_autofree char *pem = NULL;

  g_return_val_if_fail (folder != NULL && fingerprint != NULL, NULL);
  g_return_val_if_fail (kiosk_id >= 1 && kiosk_id <= G_MAXUINT16, NULL);

  if (!make_keys_folder (folder, error))
    return NULL;
  key = settle_signing_key (folder, error);
  certificate = key != NULL ? settle_certificate_request (folder, kiosk_id, error) : NULL;
  identity = certificate != NULL ? settle_identity (folder, error) : NULL;
  if (identity == NULL)
    return NULL;
  recipient = kouan_age_identity_get_recipient (identity);
  text = kouan_age_recipient_to_string (recipient);
  request.certificate = certificate;
  request.recipient = text;
  pem = kouan_verifying_key_to_pem (kouan_signing_key_get_public (key));
  *fingerprint = kouan_enrolment_fingerprint ((const guint8 *)pem, strlen (pem));
  return kouan_enrolment_request_sign (&request, key);
}

static gboolean
refuse_bundle (GError **error, const char *why)
{
  g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED, "the bundle %s", why);
  return FALSE;
}

static KouanEnrolmentBundle *
open_bundle (const char *folder, GBytes *message, char **hub, GError **error)
{
  g_autofree char *path = g_build_filename (folder, KOUAN_STATION_ENROLMENT_KEY, NULL);
  g_autoptr (KouanAgeIdentity) identity = NULL;
  KouanEnrolmentBundle *bundle = NULL;
  GError *local = NULL;

  if (!is_there (path))
    {
      g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MISSING,
                   "%s: not there: this station has not asked for a bundle", path);
      return NULL;
    }
  identity = kouan_age_identity_load (path, &local);
  if (identity != NULL)
    bundle = kouan_enrolment_bundle_open (message, identity, hub, &local);
  if (bundle == NULL)
    translate (local, identity != NULL ? "the bundle" : path, error);
  return bundle;
}

static gboolean
check_is_ours (const char *folder, const KouanEnrolmentBundle *bundle, GError **error)
{
  g_autofree char *tls_key = g_build_filename (folder, KOUAN_STATION_TLS_KEY, NULL);
  g_autoptr (KouanSigningKey) key = settle_signing_key (folder, error);
  g_autofree char *own = NULL;
  GError *local = NULL;

  if (key == NULL)
    return FALSE;
  own = kouan_verifying_key_to_pem (kouan_signing_key_get_public (key));
  if (!g_str_equal (own, bundle->record_key))
    return refuse_bundle (error, "is for another kiosk's keys");
  return kouan_x509_belongs (bundle->certificate, tls_key, bundle->authority, &local)
         || translate (local, "the bundle's certificate", error);
}

static gboolean
put_text (const char *folder, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GError *local = NULL;

  return kouan_write_file_durably (path, (const guint8 *)text, strlen (text), 0644, &local)
         || translate (local, path, error);
}

static gboolean
put_hall_key (const char *folder, KouanSecret *hall_key, GError **error)
{
  g_autofree char *path = g_build_filename (folder, KOUAN_STATION_HALL_KEY, NULL);
  GError *local = NULL;

  return kouan_secret_save (hall_key, path, &local) || translate (local, path, error);
}

static gboolean
put_trusted (const char *folder, GPtrArray *keys, GError **error)
{
  for (guint i = 0; i < keys->len; i++)
    {
      const KouanEnrolmentKey *key = keys->pdata[i];
      g_autofree char *name = kouan_station_trusted_name (key->label, key->purposes);
      g_autofree char *path = g_build_filename (KOUAN_STATION_TRUSTED, name, NULL);
      g_autoptr (KouanVerifyingKey) parsed = NULL;
      GError *local = NULL;

      parsed = kouan_verifying_key_from_pem (key->pem, &local);
      if (parsed == NULL)
        return translate (local, name, error);
      if (!put_text (folder, path, key->pem, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_files (const char *folder, const KouanEnrolmentBundle *bundle, GError **error)
{
  return put_text (folder, KOUAN_STATION_HUB_CA, bundle->authority, error)
         && put_text (folder, KOUAN_STATION_TLS_CERTIFICATE, bundle->certificate, error)
         && put_text (folder, KOUAN_STATION_HUB_RECIPIENT, bundle->hub_recipient, error)
         && put_text (folder, KOUAN_STATION_ESCROW_RECIPIENT, bundle->escrow_recipient, error)
         && put_hall_key (folder, bundle->hall_key, error)
         && put_trusted (folder, bundle->keys, error);
}

/* A station that has a configuration keeps it: a technician may have changed what is in it. */
static gboolean
put_configuration (const char *folder, const KouanEnrolmentBundle *bundle, GError **error)
{
  KouanStationSettings settings = { .kiosk_id = bundle->kiosk_id,
                                    .hall_id = bundle->hall_id,
                                    .hall_language = bundle->hall_language,
                                    .profile = bundle->profile,
                                    .hall_names = bundle->hall_names,
                                    .hub_url = bundle->hub_url };
  g_autofree char *path = g_build_filename (folder, KOUAN_STATION_CONFIG, NULL);

  return is_there (path) || kouan_station_create (folder, &settings, error);
}

/* What is there must not be another kiosk, and what is put there must make one. */
static gboolean
check_station (const char *folder, const KouanEnrolmentBundle *bundle, GError **error)
{
  g_autoptr (KouanStation) station = kouan_station_load (folder, error);

  if (station == NULL)
    return FALSE;
  if (kouan_station_get_kiosk_id (station) == bundle->kiosk_id
      && kouan_station_get_hall_id (station) == bundle->hall_id)
    return TRUE;
  g_set_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_EXISTS,
               "%s is kiosk %u in hall %u; the bundle is for kiosk %u in hall %u", folder,
               kouan_station_get_kiosk_id (station), kouan_station_get_hall_id (station),
               bundle->kiosk_id, bundle->hall_id);
  return FALSE;
}

/**
 * kouan_station_install:
 * @bundle: what the hub has answered to this station's request
 * @hub_expected: (nullable): the fingerprint that the hub shows; refused if it is another hub's
 * @hub: (out): the fingerprint of the hub that has signed the bundle
 * @kiosk_id: (out)
 *
 * Puts everything in place. After a power cut it can be done again. EXISTS if the folder is another
 * kiosk.
 */
gboolean
kouan_station_install (const char *folder,
                       GBytes *bundle,
                       const char *hub_expected,
                       char **hub,
                       guint *kiosk_id,
                       GError **error)
{
  g_autoptr (KouanEnrolmentBundle) opened = NULL;
  g_autofree char *config = NULL;
  g_autofree char *spent = NULL;

  g_return_val_if_fail (folder != NULL && bundle != NULL && hub != NULL && kiosk_id != NULL, FALSE);

  opened = open_bundle (folder, bundle, hub, error);
  if (opened == NULL)
    return FALSE;
  if (hub_expected != NULL && !g_str_equal (hub_expected, *hub))
    return refuse_bundle (error, "is signed by another hub");
  config = g_build_filename (folder, KOUAN_STATION_CONFIG, NULL);
  if (!check_is_ours (folder, opened, error)
      || (is_there (config) && !check_station (folder, opened, error))
      || !put_files (folder, opened, error) || !put_configuration (folder, opened, error)
      || !check_station (folder, opened, error))
    return FALSE;
  spent = g_build_filename (folder, KOUAN_STATION_ENROLMENT_KEY, NULL);
  g_unlink (spent);
  *kiosk_id = opened->kiosk_id;
  return TRUE;
}
