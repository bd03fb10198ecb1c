/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-store-private.h"
#include "db/hub/hub-tables.h"

#include <string.h>

/* A log only grows. One that has become shorter, or that names another hash for an entry that is
 * anchored, is not the log that it was. One that begins anew is taken, and said so. */

void
kouan_hub_anchor_free (KouanHubAnchor *self)
{
  g_clear_pointer (&self->sealed, g_bytes_unref);
  g_clear_pointer (&self->receipt, g_bytes_unref);
  g_free (self);
}

static KouanHubAnchorAnswer
judge (const KouanHubAnchor *last, const KouanHubAnchor *anchor, gint64 known)
{
  if (last == NULL)
    return known > 0 ? KOUAN_HUB_ANCHOR_RESTARTED : KOUAN_HUB_ANCHOR_NEW;
  if (anchor->sequence > last->sequence && anchor->seal >= last->seal)
    return KOUAN_HUB_ANCHOR_NEW;
  if (anchor->sequence == last->sequence
      && memcmp (anchor->hash, last->hash, sizeof last->hash) == 0)
    return KOUAN_HUB_ANCHOR_HAVE;
  return KOUAN_HUB_ANCHOR_CONFLICT;
}

/* Returns: FALSE if @answer is none to raise an alarm about */
static gboolean
find_alarm (KouanHubAnchorAnswer answer, KouanHubAlarmKind *kind)
{
  *kind = answer == KOUAN_HUB_ANCHOR_CONFLICT ? KOUAN_HUB_ALARM_AUDIT_CUT
                                              : KOUAN_HUB_ALARM_AUDIT_RESTARTED;
  return answer == KOUAN_HUB_ANCHOR_CONFLICT || answer == KOUAN_HUB_ANCHOR_RESTARTED;
}

/* Said in the same breath: of what began anew the head is known when it comes again, and nobody
 * would say it. */
static gboolean
raise_alarm (KouanHubLink *link,
             guint kiosk_id,
             const KouanHubAnchor *anchor,
             KouanHubAnchorAnswer answer,
             GError **error)
{
  KouanHubAlarm alarm = { .kiosk_id = kiosk_id, .first_s = anchor->hub_s };

  if (!find_alarm (answer, &alarm.kind))
    return TRUE;
  memcpy (alarm.record_id, anchor->log_id, sizeof alarm.record_id);
  memcpy (alarm.sha256, anchor->hash, sizeof alarm.sha256);
  return kouan_hub_alarms_raise (link, &alarm, error);
}

/**
 * kouan_hub_store_put_anchor:
 * @kiosk_id: of the enrolment, for the alarm
 * @anchor: its receipt: in, what would be signed; out, what was signed for this head first
 *
 * The receipt may be shown when this has returned TRUE with NEW, RESTARTED or HAVE. With RESTARTED
 * or CONFLICT comes an alarm, in the same transaction.
 */
gboolean
kouan_hub_store_put_anchor (KouanHubStore *self,
                            guint kiosk_id,
                            KouanHubAnchor *anchor,
                            KouanHubAnchorAnswer *answer,
                            GError **error)
{
  KouanHubLink *link;
  g_autoptr (KouanHubTransaction) transaction = kouan_hub_store_begin (self, &link, error);
  g_autoptr (KouanHubAnchor) last = NULL;
  gint64 known = 0;

  if (transaction == NULL || !kouan_hub_link_lock (link, KOUAN_HUB_LOCK_ANCHORS, error)
      || !kouan_hub_anchors_last (link, anchor->enrolment, anchor->log_id, &last, error)
      || !kouan_hub_anchors_count (link, anchor->enrolment, &known, error))
    return FALSE;
  *answer = judge (last, anchor, known);
  if (*answer == KOUAN_HUB_ANCHOR_HAVE)
    {
      g_bytes_unref (anchor->receipt);
      anchor->receipt = g_bytes_ref (last->receipt);
      return TRUE;
    }
  return (*answer == KOUAN_HUB_ANCHOR_CONFLICT || kouan_hub_anchors_insert (link, anchor, error))
         && raise_alarm (link, kiosk_id, anchor, *answer, error)
         && kouan_hub_transaction_commit (g_steal_pointer (&transaction), error);
}

/* Returns: (transfer full) (element-type KouanHubAnchor): of one enrolment, in the order in which
 * they came */
GPtrArray *
kouan_hub_store_list_anchors (KouanHubStore *self, gint64 enrolment, GError **error)
{
  KouanHubLink *link = kouan_hub_store_link (self, error);

  return link != NULL ? kouan_hub_anchors_list (link, enrolment, error) : NULL;
}
