/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/anchor.h"

#include "app/audit/head.h"
#include "app/sync/run-private.h"

#include <string.h>

/* At the end of a run the hub is shown the head of the audit and signs it: whoever changes
 * something before it later is found. A hub that does not sign is a matter for the log; one that
 * says that this is not the log it knows is written down in it, since nobody else here would say.
 */

#define ACTION "audit.anchor"
#define HTTP_OK 200
#define HTTP_CONFLICT 409

/* Returns: (transfer full) (nullable): COSE; NULL if there is nothing to anchor, or nothing new */
GBytes *
kouan_sync_describe_audit (KouanSyncRun *self)
{
  g_auto (KouanAuditSignedHead) head = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) anchors = NULL;

  anchors = kouan_audit_anchors_list (self->db, &error);
  if (anchors == NULL
      || !kouan_audit_describe_head (self->db, kouan_station_get_kiosk_id (self->station),
                                     kouan_clock_wall_s (self->clock), &head, &error))
    {
      g_debug ("the audit is not anchored: %s", error->message);
      return NULL;
    }
  if (anchors->len > 0
      && ((KouanAuditAnchor *)anchors->pdata[anchors->len - 1])->sequence == head.sequence)
    return NULL;
  return kouan_audit_head_sign (&head, kouan_station_get_signing_key (self->station));
}

static gboolean
is_ours (KouanSyncRun *self, const KouanAuditSignedAnchor *anchor, GError **error)
{
  guint8 log_id[KOUAN_AUDIT_SEAL_ID_SIZE];

  if (!kouan_audit_log_id (self->db, log_id, error))
    return FALSE;
  if (anchor->kiosk_id == kouan_station_get_kiosk_id (self->station)
      && memcmp (anchor->log_id, log_id, sizeof log_id) == 0)
    return TRUE;
  g_set_error_literal (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_NONSENSE,
                       "signed, but of another audit");
  return FALSE;
}

/* @receipt: COSE, from anywhere. Returns: whether it is kept now */
gboolean
kouan_sync_take_anchor (KouanSyncRun *self, GBytes *receipt)
{
  KouanAuditSignedAnchor anchor;
  g_autoptr (GError) error = NULL;
  KouanAuditAnchor row;

  if (kouan_audit_anchor_verify (receipt, kouan_station_get_keyring (self->station), &anchor,
                                 &error)
      && is_ours (self, &anchor, &error))
    {
      row = (KouanAuditAnchor){ anchor.sequence, anchor.hub_s, receipt };
      if (kouan_audit_anchors_put (self->db, &row, &error))
        return TRUE;
    }
  g_message ("the audit is not anchored: %s", error->message);
  return FALSE;
}

/* The newest word about it may be this one already: then another would say nothing new. */
static gboolean
is_noted (KouanSyncRun *self, GError **error)
{
  const KouanAuditFilter filter = { .action = ACTION, .limit = 1 };
  g_autoptr (GPtrArray) entries = kouan_audit_search (self->db, &filter, error);
  g_autoptr (GPtrArray) anchors
    = entries != NULL ? kouan_audit_anchors_list (self->db, error) : NULL;

  if (anchors == NULL || entries->len == 0)
    return FALSE;
  return anchors->len == 0
         || ((KouanAuditAnchor *)anchors->pdata[anchors->len - 1])->sequence
              < ((KouanAuditEntry *)entries->pdata[0])->sequence;
}

static void
note_refusal (KouanSyncRun *self)
{
  g_autoptr (GError) error = NULL;

  g_message ("the hub does not know this audit: it has been changed since the last sync, or the "
             "disk is another one");
  if (!is_noted (self, &error) && error == NULL
      && kouan_audit_append (self->db, kouan_clock_wall_s (self->clock), "kiosk", "", ACTION, "",
                             "refused-by-hub", &error))
    return;
  if (error != NULL)
    g_message ("%s", error->message);
}

void
kouan_sync_anchor_audit (KouanSyncRun *self, GCancellable *cancellable)
{
  static const char *const headers[] = { "Content-Type: application/cose", NULL };
  g_autofree char *url = g_strconcat (self->hub_url, "/audit", NULL);
  KouanHttpRequest request
    = { .method = "PUT", .url = url, .headers = headers, .answer_max = KOUAN_AUDIT_HEAD_SIZE_MAX };
  g_autoptr (GBytes) message = kouan_sync_describe_audit (self);
  g_autoptr (GBytes) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHttpAnswer) answer = NULL;

  if (message == NULL)
    return;
  request.body = g_bytes_get_data (message, &request.body_size);
  answer = kouan_sync_lanes_send (self->lanes, &request, cancellable, &error);
  if (answer == NULL)
    g_message ("the audit is not anchored: %s", error->message);
  else if (answer->status == HTTP_CONFLICT)
    note_refusal (self);
  else if (answer->status != HTTP_OK)
    g_message ("the audit is not anchored: the hub answers %u", answer->status);
  else
    {
      receipt = g_byte_array_free_to_bytes (g_steal_pointer (&answer->body));
      kouan_sync_take_anchor (self, receipt);
    }
}
