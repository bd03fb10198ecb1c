/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/stranger.h"

#include "app/hub/trouble.h"
#include "app/sync/enrolment.h"

#include <string.h>

/* A stranger can be anybody who reaches the hub. What it may cost is bounded: a request has a few
 * kilobytes and a signature that fits, a few dozen may wait, and they are forgotten after a week.
 * Nothing is decided here: the operator enrols the one whose fingerprint a person has read off the
 * machine's screen, and no other. */

#define DAY_S G_GINT64_CONSTANT (86400)
#define HEAD_LENGTH 4

/* What lists show of a fingerprint. Whoever wants to enrol a machine needs the whole of it, and
 * gets it from the machine's screen: what was only copied from a list would compare a request with
 * itself.
 *
 * Returns: (transfer full) */
char *
kouan_hub_stranger_head (const KouanHubStranger *stranger)
{
  return g_strdup_printf ("%.*s-…", HEAD_LENGTH, stranger->fingerprint);
}

/* Returns: (transfer full): what the hub says of itself, signed */
GBytes *
kouan_hub_make_card (KouanHub *hub, GError **error)
{
  g_autofree char *path = kouan_hub_path (hub, KOUAN_HUB_FILE_ROSTER_KEY);
  g_autofree char *authority = kouan_hub_read_text (hub, KOUAN_HUB_FILE_AUTHORITY, error);
  g_autoptr (KouanSigningKey) roster = NULL;
  GError *local = NULL;
  KouanEnrolmentCard card;

  if (authority == NULL)
    return NULL;
  roster = kouan_signing_key_load (path, &local);
  if (roster == NULL)
    {
      kouan_hub_translate (local, error);
      return NULL;
    }
  card = (KouanEnrolmentCard){ .hub_id = kouan_hub_get_id (hub),
                               .name = (char *)kouan_hub_get_name (hub),
                               .authority = authority };
  return kouan_enrolment_card_sign (&card, roster);
}

static char *
fingerprint_of (const KouanEnrolmentRequest *request)
{
  return kouan_enrolment_fingerprint ((const guint8 *)request->record_key,
                                      strlen (request->record_key));
}

/* While another kiosk of that number is in service, asking is in vain. One that asks anew itself
 * may have its answer lying here. */
static gboolean
check_number (KouanHub *hub, const KouanEnrolmentRequest *request, GError **error)
{
  GError *local = NULL;
  g_autoptr (GPtrArray) kiosks = kouan_hub_store_list_kiosks (kouan_hub_get_store (hub), &local);

  if (kiosks == NULL)
    return kouan_hub_translate (local, error);
  for (guint i = 0; i < kiosks->len; i++)
    {
      const KouanHubKiosk *kiosk = kiosks->pdata[i];

      if (kiosk->id != request->kiosk_id || kiosk->revoked_s != 0
          || g_str_equal (kiosk->record_key, request->record_key))
        continue;
      g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_EXISTS, "kiosk %u is in service",
                   kiosk->id);
      return FALSE;
    }
  return TRUE;
}

/**
 * kouan_hub_hear:
 * @peer: the address that it came from, for the operator and to count by
 * @fingerprint: (out): under which the answer will be found
 * @hearing: (out)
 *
 * MALFORMED for what no kiosk asks, EXISTS while another kiosk of that number is in service.
 */
gboolean
kouan_hub_hear (KouanHub *hub,
                GBytes *request,
                const char *peer,
                char **fingerprint,
                KouanHubHearing *hearing,
                GError **error)
{
  GError *local = NULL;
  g_autoptr (KouanEnrolmentRequest) parsed = kouan_enrolment_request_verify (request, &local);
  g_autofree char *key = NULL;
  gint64 now_s = kouan_clock_wall_s (kouan_hub_get_clock (hub));
  gint64 days = kouan_hub_get_limit (hub, "request-days", KOUAN_HUB_STRANGER_DAYS);
  const KouanHubStrangerLimits limits
    = { .total = kouan_hub_get_limit (hub, "requests", KOUAN_HUB_STRANGERS_MAX),
        .from_peer = KOUAN_HUB_STRANGERS_FROM_PEER_MAX,
        .since_s = now_s - days * DAY_S };
  KouanHubStranger stranger = { .request = request, .peer = (char *)peer, .asked_s = now_s };

  if (parsed == NULL)
    return kouan_hub_translate (local, error);
  if (!check_number (hub, parsed, error))
    return FALSE;
  key = fingerprint_of (parsed);
  stranger.fingerprint = key;
  stranger.kiosk_id = parsed->kiosk_id;
  if (!kouan_hub_store_hear (kouan_hub_get_store (hub), &stranger, parsed->record_key, &limits,
                             hearing, &local))
    return kouan_hub_translate (local, error);
  *fingerprint = g_steal_pointer (&key);
  return TRUE;
}

/**
 * kouan_hub_answer_stranger:
 * @fingerprint: as a person has read it off the machine's screen
 *
 * Returns: (transfer full): the kiosk is in service, and the machine can fetch its bundle. MISSING
 * if no request waits under that fingerprint, EXISTS while a kiosk of that number is in service
 */
KouanHubEnrolled *
kouan_hub_answer_stranger (KouanHub *hub,
                           const char *fingerprint,
                           const KouanHubPlacement *placement,
                           GError **error)
{
  g_autofree char *written = NULL;
  g_autoptr (KouanHubStranger) stranger = NULL;
  GError *local = NULL;

  g_return_val_if_fail (KOUAN_IS_HUB (hub) && fingerprint != NULL, NULL);

  written = kouan_enrolment_fingerprint_read (fingerprint);
  stranger = kouan_hub_store_find_stranger (kouan_hub_get_store (hub), written, &local);
  if (stranger == NULL)
    {
      kouan_hub_translate (local, error);
      return NULL;
    }
  if (stranger->state == KOUAN_HUB_STRANGER_WAITS)
    return kouan_hub_enrol_as (hub, stranger->request, placement, written, error);
  g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_EXISTS, "that request is %s already",
               stranger->state == KOUAN_HUB_STRANGER_REFUSED ? "refused" : "answered");
  return NULL;
}
