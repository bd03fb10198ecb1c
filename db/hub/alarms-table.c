/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-tables.h"

#include <string.h>

/* What a person at the hub has to look at. A kiosk that goes on offering the same bad record raises
 * a count, not a heap of rows. */

static gboolean
bind_and_write (KouanHubLink *link, const KouanHubAlarm *alarm, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    "INSERT INTO alarms (kind, kiosk_id, record_id, sha256, first_s, last_s, count)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?5, 1)"
    " ON CONFLICT (kind, kiosk_id, record_id, sha256)"
    " DO UPDATE SET last_s = excluded.last_s, count = alarms.count + 1",
    error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_text (query, 1, kouan_hub_alarm_kind_to_string (alarm->kind));
  kouan_hub_query_bind_int (query, 2, alarm->kiosk_id);
  kouan_hub_query_bind_blob (query, 3, alarm->record_id, sizeof alarm->record_id);
  kouan_hub_query_bind_blob (query, 4, alarm->sha256, sizeof alarm->sha256);
  kouan_hub_query_bind_int (query, 5, alarm->first_s);
  return kouan_hub_query_run (query, error);
}

gboolean
kouan_hub_alarms_raise (KouanHubLink *link, KouanHubAlarm *alarm, GError **error)
{
  g_autoptr (KouanHubQuery) query = NULL;
  gboolean row;

  if (!bind_and_write (link, alarm, error))
    return FALSE;
  query = kouan_hub_query_new (link,
                               "SELECT first_s, last_s, count FROM alarms WHERE kind = ?1"
                               " AND kiosk_id = ?2 AND record_id = ?3 AND sha256 = ?4",
                               error);
  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_text (query, 1, kouan_hub_alarm_kind_to_string (alarm->kind));
  kouan_hub_query_bind_int (query, 2, alarm->kiosk_id);
  kouan_hub_query_bind_blob (query, 3, alarm->record_id, sizeof alarm->record_id);
  kouan_hub_query_bind_blob (query, 4, alarm->sha256, sizeof alarm->sha256);
  if (!kouan_hub_query_next (query, &row, error))
    return FALSE;
  g_assert (row);
  alarm->first_s = kouan_hub_query_get_int (query, 0);
  alarm->last_s = kouan_hub_query_get_int (query, 1);
  alarm->count = kouan_hub_query_get_int (query, 2);
  return TRUE;
}

static gboolean
read_kind (KouanHubQuery *query, KouanHubAlarm *alarm)
{
  g_autofree char *word = kouan_hub_query_dup_text (query, 0);

  for (int kind = KOUAN_HUB_ALARM_OTHER_CONTENT; kind <= KOUAN_HUB_ALARM_BYTES_MISSING; kind++)
    if (g_strcmp0 (word, kouan_hub_alarm_kind_to_string (kind)) == 0)
      {
        alarm->kind = kind;
        return TRUE;
      }
  return FALSE;
}

static KouanHubAlarm *
read_alarm (KouanHubQuery *query, GError **error)
{
  g_autoptr (KouanHubAlarm) alarm = g_new0 (KouanHubAlarm, 1);

  alarm->kiosk_id = (guint)kouan_hub_query_get_int (query, 1);
  alarm->first_s = kouan_hub_query_get_int (query, 4);
  alarm->last_s = kouan_hub_query_get_int (query, 5);
  alarm->count = kouan_hub_query_get_int (query, 6);
  if (read_kind (query, alarm)
      && kouan_hub_query_get_fixed (query, 2, alarm->record_id, sizeof alarm->record_id)
      && kouan_hub_query_get_fixed (query, 3, alarm->sha256, sizeof alarm->sha256))
    return g_steal_pointer (&alarm);
  kouan_hub_row_damaged (error);
  return NULL;
}

GPtrArray *
kouan_hub_alarms_list (KouanHubLink *link, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    "SELECT kind, kiosk_id, record_id, sha256, first_s, last_s, count FROM alarms"
    " ORDER BY first_s, record_id",
    error);
  g_autoptr (GPtrArray) alarms = NULL;
  gboolean row;

  alarms = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_hub_alarm_free);
  while (query != NULL && kouan_hub_query_next (query, &row, error))
    {
      KouanHubAlarm *alarm = row ? read_alarm (query, error) : NULL;

      if (!row)
        return g_steal_pointer (&alarms);
      if (alarm == NULL)
        return NULL;
      g_ptr_array_add (alarms, alarm);
    }
  return NULL;
}
