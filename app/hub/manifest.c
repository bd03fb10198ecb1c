/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/manifest.h"

#include "app/hub/hub.h"
#include "app/record/manifest.h"

#include <string.h>

static gboolean
fill_offer (const KouanManifest *manifest,
            GBytes *message,
            const KouanHubKiosk *kiosk,
            KouanHubOffer *offer,
            GError **error)
{
  if (manifest->kiosk_id != kiosk->id || manifest->hall_id != kiosk->hall_id)
    {
      g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_REFUSED,
                   "signed by this kiosk, but it speaks of kiosk %u in hall %u", manifest->kiosk_id,
                   manifest->hall_id);
      return FALSE;
    }
  *offer = (KouanHubOffer){ .enrolment = kiosk->enrolment,
                            .kiosk_id = kiosk->id,
                            .sequence = manifest->sequence,
                            .service = manifest->service,
                            .created_ms = manifest->created_ms,
                            .size = manifest->size,
                            .has_code = manifest->has_code,
                            .manifest = g_bytes_ref (message) };
  memcpy (offer->id, manifest->record_id, sizeof offer->id);
  memcpy (offer->sha256, manifest->sha256, sizeof offer->sha256);
  memcpy (offer->code_id, manifest->code_id, sizeof offer->code_id);
  return TRUE;
}

/**
 * kouan_hub_manifest_read:
 * @manifest: COSE, as it came
 * @kiosk: whose certificate the line was opened with: only its own enrolled key counts
 * @offer: (out caller-allocates)
 *
 * Returns: FALSE with REFUSED if the kiosk has not signed it or speaks for another
 */
gboolean
kouan_hub_manifest_read (GBytes *manifest,
                         const KouanHubKiosk *kiosk,
                         KouanHubOffer *offer,
                         GError **error)
{
  g_autoptr (KouanKeyring) keyring = kouan_keyring_new ();
  g_autoptr (KouanVerifyingKey) key = NULL;
  g_autoptr (GError) local = NULL;
  KouanManifest parsed = { 0 };

  g_return_val_if_fail (manifest != NULL && kiosk != NULL && offer != NULL, FALSE);

  key = kouan_verifying_key_from_pem (kiosk->record_key, &local);
  if (key != NULL)
    {
      kouan_keyring_add (keyring, key, KOUAN_PURPOSE_RECORD, "kiosk");
      if (kouan_manifest_verify (manifest, keyring, &parsed, NULL, &local))
        return fill_offer (&parsed, manifest, kiosk, offer, error);
    }
  g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_REFUSED, local->message);
  return FALSE;
}
