/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-hub"

#include "app/hub/audit.h"

#include "app/audit/head.h"
#include "app/hub/request.h"
#include "app/hub/trouble.h"

#include <string.h>

/* PUT /audit: a kiosk shows the head of its audit and gets it back under the hub's signature, once
 * the hub has it in its database. From then on nobody on the kiosk can change what came before. */

static gboolean
read_head (const KouanHubKiosk *kiosk, GBytes *message, KouanAuditSignedHead *head, GError **error)
{
  g_autoptr (KouanKeyring) keyring = kouan_keyring_new ();
  g_autoptr (KouanVerifyingKey) key = NULL;
  GError *local = NULL;

  key = kouan_verifying_key_from_pem (kiosk->record_key, &local);
  if (key == NULL)
    return kouan_hub_translate (local, error);
  kouan_keyring_add (keyring, key, KOUAN_PURPOSE_RECORD, "the kiosk");
  if (kouan_audit_head_verify (message, keyring, head, &local) && head->kiosk_id == kiosk->id)
    return TRUE;
  g_set_error (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_REFUSED,
               "not the head of kiosk %u's audit: %s", kiosk->id,
               local != NULL ? local->message : "another kiosk's");
  g_clear_error (&local);
  return FALSE;
}

static GBytes *
sign (KouanHub *hub, const KouanHubAnchor *anchor, guint kiosk_id)
{
  KouanAuditSignedAnchor word = { .hub_id = kouan_hub_get_id (hub),
                                  .kiosk_id = kiosk_id,
                                  .sequence = anchor->sequence,
                                  .hub_s = anchor->hub_s };

  memcpy (word.log_id, anchor->log_id, sizeof word.log_id);
  memcpy (word.hash, anchor->hash, sizeof word.hash);
  return kouan_audit_anchor_sign (&word, kouan_hub_get_receipt_key (hub));
}

/* The alarms are in the database by now. */
static gboolean
settle (guint kiosk_id, KouanHubAnchorAnswer answer, GError **error)
{
  if (answer == KOUAN_HUB_ANCHOR_RESTARTED)
    g_message ("kiosk %u: alarm: its audit began anew", kiosk_id);
  if (answer != KOUAN_HUB_ANCHOR_CONFLICT)
    return TRUE;
  g_message ("kiosk %u: alarm: its audit was cut", kiosk_id);
  g_set_error_literal (error, KOUAN_HUB_ERROR, KOUAN_HUB_ERROR_CONFLICT,
                       "the audit is not the one that was anchored");
  return FALSE;
}

/**
 * kouan_hub_take_audit_head:
 * @message: COSE by the kiosk
 *
 * Returns: (transfer full): COSE by the hub; NULL with CONFLICT, and an alarm, for a log that is
 * not what it was, or with REFUSED for what is no head
 */
GBytes *
kouan_hub_take_audit_head (KouanHub *hub,
                           const KouanHubKiosk *kiosk,
                           GBytes *message,
                           GError **error)
{
  g_auto (KouanAuditSignedHead) head = { 0 };
  g_autoptr (KouanHubAnchor) anchor = g_new0 (KouanHubAnchor, 1);
  KouanHubAnchorAnswer answer;
  GError *local = NULL;

  if (!read_head (kiosk, message, &head, error))
    return NULL;
  anchor->enrolment = kiosk->enrolment;
  memcpy (anchor->log_id, head.log_id, sizeof anchor->log_id);
  anchor->sequence = head.sequence;
  memcpy (anchor->hash, head.hash, sizeof anchor->hash);
  anchor->seal = head.seal;
  anchor->sealed = g_bytes_ref (head.sealed);
  anchor->hub_s = kouan_clock_wall_s (kouan_hub_get_clock (hub));
  anchor->receipt = sign (hub, anchor, kiosk->id);
  if (!kouan_hub_store_put_anchor (kouan_hub_get_store (hub), kiosk->id, anchor, &answer, &local))
    {
      kouan_hub_translate (local, error);
      return NULL;
    }
  return settle (kiosk->id, answer, error) ? g_bytes_ref (anchor->receipt) : NULL;
}

void
kouan_hub_audit_finish (KouanHubRequest *self)
{
  g_autoptr (GBytes) message = kouan_hub_request_steal_small (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) receipt = kouan_hub_take_audit_head (self->hub, self->kiosk, message, &error);

  if (receipt != NULL)
    kouan_hub_request_answer (self, MHD_HTTP_OK, "application/cose", receipt);
  else
    kouan_hub_request_answer_error (self, error, NULL);
}
