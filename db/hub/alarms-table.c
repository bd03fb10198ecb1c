/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-tables.h"

#include <string.h>

/* What a person at the hub has to look at. A kiosk that goes on offering the same bad record raises
 * a count, not a heap of rows. */

static gboolean
bind_and_write (KouanDatabase *db, const KouanHubAlarm *alarm, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "INSERT INTO alarms (kind, kiosk_id, record_id, sha256, first_s, last_s, count)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?5, 1)"
    " ON CONFLICT (kind, kiosk_id, record_id, sha256)"
    " DO UPDATE SET last_s = excluded.last_s, count = count + 1",
    error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, kouan_hub_alarm_kind_to_string (alarm->kind));
  kouan_statement_bind_int (stmt, 2, alarm->kiosk_id);
  kouan_statement_bind_blob (stmt, 3, alarm->record_id, sizeof alarm->record_id);
  kouan_statement_bind_blob (stmt, 4, alarm->sha256, sizeof alarm->sha256);
  kouan_statement_bind_int (stmt, 5, alarm->first_s);
  return kouan_statement_run (stmt, error);
}

gboolean
kouan_hub_alarms_raise (KouanDatabase *db, KouanHubAlarm *alarm, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  gboolean row;

  if (!bind_and_write (db, alarm, error))
    return FALSE;
  stmt = kouan_statement_prepare (db,
                                  "SELECT first_s, last_s, count FROM alarms WHERE kind = ?1"
                                  " AND kiosk_id = ?2 AND record_id = ?3 AND sha256 = ?4",
                                  error);
  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_text (stmt, 1, kouan_hub_alarm_kind_to_string (alarm->kind));
  kouan_statement_bind_int (stmt, 2, alarm->kiosk_id);
  kouan_statement_bind_blob (stmt, 3, alarm->record_id, sizeof alarm->record_id);
  kouan_statement_bind_blob (stmt, 4, alarm->sha256, sizeof alarm->sha256);
  if (!kouan_statement_next (stmt, &row, error))
    return FALSE;
  g_assert (row);
  alarm->first_s = kouan_statement_get_int (stmt, 0);
  alarm->last_s = kouan_statement_get_int (stmt, 1);
  alarm->count = kouan_statement_get_int (stmt, 2);
  return TRUE;
}

static gboolean
read_kind (sqlite3_stmt *stmt, KouanHubAlarm *alarm)
{
  g_autofree char *word = kouan_statement_dup_text (stmt, 0);

  for (int kind = KOUAN_HUB_ALARM_OTHER_CONTENT; kind <= KOUAN_HUB_ALARM_DAMAGED; kind++)
    if (g_strcmp0 (word, kouan_hub_alarm_kind_to_string (kind)) == 0)
      {
        alarm->kind = kind;
        return TRUE;
      }
  return FALSE;
}

static KouanHubAlarm *
read_alarm (sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (KouanHubAlarm) alarm = g_new0 (KouanHubAlarm, 1);

  alarm->kiosk_id = (guint)kouan_statement_get_int (stmt, 1);
  alarm->first_s = kouan_statement_get_int (stmt, 4);
  alarm->last_s = kouan_statement_get_int (stmt, 5);
  alarm->count = kouan_statement_get_int (stmt, 6);
  if (read_kind (stmt, alarm)
      && kouan_statement_get_fixed (stmt, 2, alarm->record_id, sizeof alarm->record_id)
      && kouan_statement_get_fixed (stmt, 3, alarm->sha256, sizeof alarm->sha256))
    return g_steal_pointer (&alarm);
  kouan_hub_row_damaged (error);
  return NULL;
}

GPtrArray *
kouan_hub_alarms_list (KouanDatabase *db, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "SELECT kind, kiosk_id, record_id, sha256, first_s, last_s, count FROM alarms"
    " ORDER BY first_s, record_id",
    error);
  g_autoptr (GPtrArray) alarms = NULL;
  gboolean row;

  alarms = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_hub_alarm_free);
  while (stmt != NULL && kouan_statement_next (stmt, &row, error))
    {
      KouanHubAlarm *alarm = row ? read_alarm (stmt, error) : NULL;

      if (!row)
        return g_steal_pointer (&alarms);
      if (alarm == NULL)
        return NULL;
      g_ptr_array_add (alarms, alarm);
    }
  return NULL;
}
