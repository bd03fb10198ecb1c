/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/enrol.h"

#include "app/crypto/x509.h"
#include "app/hub/hall-key.h"
#include "app/hub/trouble.h"
#include "app/sync/enrolment.h"

#include <glib/gstdio.h>
#include <string.h>

/* Enrolling a kiosk: its keys are written down, its TLS key gets a certificate, and it is told whom
 * to believe. A hall comes into being with its first kiosk, and its key with it. */

#define HALL_LANGUAGE "zh-Hans"
#define HALL_PROFILE "service"

void
kouan_hub_enrolled_free (KouanHubEnrolled *self)
{
  g_clear_pointer (&self->bundle, g_bytes_unref);
  g_free (self->kiosk_fingerprint);
  g_free (self->hub_fingerprint);
  g_free (self);
}

static KouanHubHall *
find_hall (KouanHub *hub, guint hall_id, GError **error)
{
  GError *local = NULL;
  KouanHubHall *hall = kouan_hub_store_find_hall (kouan_hub_get_store (hub), hall_id, &local);

  if (hall != NULL)
    return hall;
  if (!g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND))
    {
      kouan_hub_translate (local, error);
      return NULL;
    }
  g_clear_error (&local);
  hall = g_new0 (KouanHubHall, 1);
  hall->id = hall_id;
  hall->language = g_strdup (HALL_LANGUAGE);
  hall->profile = g_strdup (HALL_PROFILE);
  hall->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return hall;
}

static void
set_text (char **text, const char *value)
{
  if (value == NULL)
    return;
  g_free (*text);
  *text = g_strdup (value);
}

static KouanHubHall *
settle_hall (KouanHub *hub, const KouanHubPlacement *placement, GError **error)
{
  g_autoptr (KouanHubHall) hall = find_hall (hub, placement->hall_id, error);
  GHashTableIter iter;
  gpointer language, name;
  GError *local = NULL;

  if (hall == NULL)
    return NULL;
  set_text (&hall->language, placement->hall_language);
  set_text (&hall->profile, placement->profile);
  if (placement->hall_names != NULL)
    {
      g_hash_table_iter_init (&iter, placement->hall_names);
      while (g_hash_table_iter_next (&iter, &language, &name))
        g_hash_table_insert (hall->names, g_strdup (language), g_strdup (name));
    }
  if (!g_hash_table_contains (hall->names, hall->language))
    {
      g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED,
                   "hall %u needs a name in its own language, %s", hall->id, hall->language);
      return NULL;
    }
  if (!kouan_hub_hall_key_offer (hub, hall, error))
    return NULL;
  if (kouan_hub_store_put_hall (kouan_hub_get_store (hub), hall, &local))
    return find_hall (hub, placement->hall_id, error);
  kouan_hub_translate (local, error);
  return NULL;
}

static gboolean
add_hub_keys (KouanHub *hub, KouanEnrolmentBundle *bundle, GError **error)
{
  const struct
  {
    const char *file;
    guint purposes;
  } keys[] = {
    { "keys/receipt.pub", KOUAN_PURPOSE_HUB_RECEIPT },
    { "keys/appointment.pub", KOUAN_PURPOSE_APPOINTMENT },
    { "keys/catalogue.pub", KOUAN_PURPOSE_CATALOGUE | KOUAN_PURPOSE_TRUST_LIST },
    { "keys/roster.pub", KOUAN_PURPOSE_ROSTER | KOUAN_PURPOSE_BADGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *pem = kouan_hub_read_text (hub, keys[i].file, error);

      if (pem == NULL)
        return FALSE;
      kouan_enrolment_bundle_add_key (bundle, "hub", keys[i].purposes, pem);
    }
  return TRUE;
}

/* A visitor may come back to the kiosk beside the one that gave the slip. */
static gboolean
add_neighbours (KouanHub *hub, KouanEnrolmentBundle *bundle, GError **error)
{
  GError *local = NULL;
  g_autoptr (GPtrArray) kiosks = kouan_hub_store_list_kiosks (kouan_hub_get_store (hub), &local);

  if (kiosks == NULL)
    return kouan_hub_translate (local, error);
  for (guint i = 0; i < kiosks->len; i++)
    {
      const KouanHubKiosk *kiosk = kiosks->pdata[i];
      g_autofree char *label = g_strdup_printf ("kiosk-%u", kiosk->id);

      if (kiosk->revoked_s == 0 && kiosk->hall_id == bundle->hall_id
          && kiosk->id != bundle->kiosk_id)
        kouan_enrolment_bundle_add_key (bundle, label, KOUAN_PURPOSE_SLIP | KOUAN_PURPOSE_WALK_IN,
                                        kiosk->record_key);
    }
  return TRUE;
}

static gboolean
add_recipients (KouanHub *hub, KouanEnrolmentBundle *bundle, GError **error)
{
  g_autofree char *text = kouan_hub_read_text (hub, KOUAN_HUB_FILE_RECIPIENTS, error);
  g_auto (GStrv) lines = NULL;

  if (text == NULL)
    return FALSE;
  lines = g_strsplit (text, "\n", 3);
  if (g_strv_length (lines) >= 2)
    {
      bundle->hub_recipient = g_strdup (lines[0]);
      bundle->escrow_recipient = g_strdup (lines[1]);
      return TRUE;
    }
  g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_MALFORMED,
               KOUAN_HUB_FILE_RECIPIENTS ": must hold the hub's recipient and the escrow's");
  return FALSE;
}

static gboolean
add_certificate (KouanHub *hub,
                 KouanEnrolmentBundle *bundle,
                 const KouanEnrolmentRequest *request,
                 GError **error)
{
  g_autofree char *key_path = kouan_hub_path (hub, KOUAN_HUB_FILE_AUTHORITY_KEY);
  g_autofree char *path = kouan_hub_path (hub, KOUAN_HUB_FILE_AUTHORITY);
  g_autofree char *name = g_strdup_printf ("kiosk-%u", request->kiosk_id);
  g_autoptr (KouanX509Authority) authority = NULL;
  GError *local = NULL;

  authority = kouan_x509_authority_load (key_path, path, &local);
  if (authority != NULL)
    bundle->certificate
      = kouan_x509_issue_client (authority, request->certificate, name,
                                 kouan_clock_wall_s (kouan_hub_get_clock (hub)), &local);
  if (bundle->certificate == NULL)
    return kouan_hub_translate (local, error);
  bundle->authority = kouan_hub_read_text (hub, KOUAN_HUB_FILE_AUTHORITY, error);
  return bundle->authority != NULL;
}

static KouanEnrolmentBundle *
make_bundle (KouanHub *hub,
             const KouanEnrolmentRequest *request,
             const KouanHubHall *hall,
             GError **error)
{
  g_autoptr (KouanEnrolmentBundle) bundle = kouan_enrolment_bundle_new ();
  GHashTableIter iter;
  gpointer language, name;

  bundle->hub_id = kouan_hub_get_id (hub);
  bundle->hub_url = g_strdup (kouan_hub_get_url (hub));
  bundle->kiosk_id = request->kiosk_id;
  bundle->hall_id = hall->id;
  bundle->hall_language = g_strdup (hall->language);
  bundle->profile = g_strdup (hall->profile);
  bundle->record_key = g_strdup (request->record_key);
  g_hash_table_iter_init (&iter, hall->names);
  while (g_hash_table_iter_next (&iter, &language, &name))
    g_hash_table_insert (bundle->hall_names, g_strdup (language), g_strdup (name));
  bundle->hall_key = kouan_hub_hall_key_settle (hub, hall, error);
  if (bundle->hall_key == NULL || !add_certificate (hub, bundle, request, error)
      || !add_recipients (hub, bundle, error) || !add_hub_keys (hub, bundle, error)
      || !add_neighbours (hub, bundle, error))
    return NULL;
  return g_steal_pointer (&bundle);
}

static GBytes *
seal_bundle (KouanHub *hub,
             const KouanEnrolmentBundle *bundle,
             const char *recipient,
             GError **error)
{
  g_autofree char *path = kouan_hub_path (hub, KOUAN_HUB_FILE_ROSTER_KEY);
  g_autoptr (KouanSigningKey) roster = NULL;
  GError *local = NULL;
  GBytes *sealed = NULL;

  roster = kouan_signing_key_load (path, &local);
  if (roster != NULL)
    sealed = kouan_enrolment_bundle_seal (bundle, roster, recipient, &local);
  if (sealed == NULL)
    kouan_hub_translate (local, error);
  return sealed;
}

/* @stranger: (nullable): under whose fingerprint @sealed is to be fetched */
static gboolean
write_down (KouanHub *hub,
            const KouanEnrolmentBundle *bundle,
            const char *stranger,
            GBytes *sealed,
            GError **error)
{
  KouanHubKiosk kiosk = { .id = bundle->kiosk_id,
                          .hall_id = bundle->hall_id,
                          .record_key = bundle->record_key,
                          .enrolled_s = kouan_clock_wall_s (kouan_hub_get_clock (hub)) };
  GError *local = NULL;

  if (!kouan_x509_fingerprint (bundle->certificate, kiosk.certificate, &local))
    return kouan_hub_translate (local, error);
  if (stranger != NULL ? kouan_hub_store_answer_stranger (kouan_hub_get_store (hub), stranger,
                                                          &kiosk, sealed, &local)
                       : kouan_hub_store_enrol (kouan_hub_get_store (hub), &kiosk, &local))
    return TRUE;
  if (!g_error_matches (local, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT))
    return kouan_hub_translate (local, error);
  g_clear_error (&local);
  g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_EXISTS,
               "kiosk %u is in service; revoke it before its number is given to another", kiosk.id);
  return FALSE;
}

/* Returns: (transfer full): of the key that signs bundles */
char *
kouan_hub_get_fingerprint (KouanHub *hub, GError **error)
{
  g_autofree char *pem = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB (hub), NULL);

  pem = kouan_hub_read_text (hub, "keys/roster.pub", error);
  return pem != NULL ? kouan_enrolment_fingerprint ((const guint8 *)pem, strlen (pem)) : NULL;
}

/**
 * kouan_hub_enrol:
 * @request: the file that the kiosk has made
 * @placement: where it will stand
 *
 * Returns: (transfer full): what goes back to it; from now on the hub knows it. MALFORMED for a
 * request that is none, EXISTS while a kiosk of that number is in service
 */
KouanHubEnrolled *
kouan_hub_enrol (KouanHub *hub, GBytes *request, const KouanHubPlacement *placement, GError **error)
{
  return kouan_hub_enrol_as (hub, request, placement, NULL, error);
}

/* @stranger: (nullable): the fingerprint under which a request came over the network; its answer
 * can be fetched from the moment that the kiosk is in service */
KouanHubEnrolled *
kouan_hub_enrol_as (KouanHub *hub,
                    GBytes *request,
                    const KouanHubPlacement *placement,
                    const char *stranger,
                    GError **error)
{
  g_autoptr (KouanEnrolmentRequest) parsed = NULL;
  g_autoptr (KouanEnrolmentBundle) bundle = NULL;
  g_autoptr (KouanHubHall) hall = NULL;
  g_autoptr (KouanHubEnrolled) enrolled = g_new0 (KouanHubEnrolled, 1);
  GError *local = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB (hub), NULL);
  g_return_val_if_fail (request != NULL && placement != NULL && placement->hall_id > 0, NULL);

  parsed = kouan_enrolment_request_verify (request, &local);
  if (parsed == NULL)
    {
      kouan_hub_translate (local, error);
      return NULL;
    }
  hall = settle_hall (hub, placement, error);
  bundle = hall != NULL ? make_bundle (hub, parsed, hall, error) : NULL;
  if (bundle == NULL)
    return NULL;
  enrolled->bundle = seal_bundle (hub, bundle, parsed->recipient, error);
  enrolled->hub_fingerprint = kouan_hub_get_fingerprint (hub, NULL);
  if (enrolled->bundle == NULL || !write_down (hub, bundle, stranger, enrolled->bundle, error))
    return NULL;
  enrolled->kiosk_id = parsed->kiosk_id;
  enrolled->kiosk_fingerprint
    = kouan_enrolment_fingerprint ((const guint8 *)parsed->record_key, strlen (parsed->record_key));
  return g_steal_pointer (&enrolled);
}
