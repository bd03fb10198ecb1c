/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-store.h"

/* What the store hands out. */

void
kouan_hub_hall_free (KouanHubHall *self)
{
  g_free (self->language);
  g_free (self->profile);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->sealed_key, g_bytes_unref);
  g_free (self);
}

void
kouan_hub_kiosk_free (KouanHubKiosk *self)
{
  g_free (self->record_key);
  g_free (self);
}

void
kouan_hub_offer_clear (KouanHubOffer *self)
{
  g_clear_pointer (&self->manifest, g_bytes_unref);
}

void
kouan_hub_offer_copy (const KouanHubOffer *from, KouanHubOffer *to)
{
  *to = *from;
  to->manifest = g_bytes_ref (from->manifest);
}

void
kouan_hub_upload_free (KouanHubUpload *self)
{
  kouan_hub_offer_clear (&self->offer);
  g_free (self);
}

void
kouan_hub_record_free (KouanHubRecord *self)
{
  kouan_hub_offer_clear (&self->offer);
  g_clear_pointer (&self->committed, g_bytes_unref);
  g_clear_pointer (&self->archived, g_bytes_unref);
  g_free (self);
}

void
kouan_hub_alarm_free (KouanHubAlarm *self)
{
  g_free (self);
}

/* Returns: the word that lists and the database use */
const char *
kouan_hub_alarm_kind_to_string (KouanHubAlarmKind kind)
{
  switch (kind)
    {
    case KOUAN_HUB_ALARM_OTHER_CONTENT:
      return "other-content";
    case KOUAN_HUB_ALARM_FORGED:
      return "forged";
    case KOUAN_HUB_ALARM_SEQUENCE_REUSED:
      return "sequence-reused";
    case KOUAN_HUB_ALARM_DAMAGED:
      return "damaged";
    case KOUAN_HUB_ALARM_AUDIT_CUT:
      return "audit-cut";
    case KOUAN_HUB_ALARM_AUDIT_RESTARTED:
      return "audit-restarted";
    case KOUAN_HUB_ALARM_BYTES_MISSING:
      return "bytes-missing";
    default:
      g_assert_not_reached ();
    }
}

void
kouan_hub_fleet_row_free (KouanHubFleetRow *self)
{
  g_free (self->kiosk.record_key);
  g_free (self->status.troubles);
  g_free (self);
}
