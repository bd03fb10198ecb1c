/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-tables.h"

/* How each kiosk is: what it last said itself, beside what the hub has of it. */

gboolean
kouan_hub_statuses_put (KouanHubLink *link,
                        gint64 enrolment,
                        const KouanHubStatus *status,
                        GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    "INSERT INTO statuses (enrolment, reported_s, captured, waiting, sent, archived, refused,"
    " oldest_s, troubles) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    " ON CONFLICT (enrolment) DO UPDATE SET reported_s = excluded.reported_s,"
    " captured = excluded.captured, waiting = excluded.waiting, sent = excluded.sent,"
    " archived = excluded.archived, refused = excluded.refused, oldest_s = excluded.oldest_s,"
    " troubles = excluded.troubles",
    error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, enrolment);
  kouan_hub_query_bind_int (query, 2, status->reported_s);
  kouan_hub_query_bind_int (query, 3, status->captured);
  kouan_hub_query_bind_int (query, 4, status->waiting);
  kouan_hub_query_bind_int (query, 5, status->sent);
  kouan_hub_query_bind_int (query, 6, status->archived);
  kouan_hub_query_bind_int (query, 7, status->refused);
  kouan_hub_query_bind_int (query, 8, status->oldest_waiting_s);
  kouan_hub_query_bind_text (query, 9, status->troubles);
  return kouan_hub_query_run (query, error);
}

static KouanHubFleetRow *
read_row (KouanHubQuery *query)
{
  KouanHubFleetRow *row = g_new0 (KouanHubFleetRow, 1);
  gint64 *const numbers[] = {
    &row->kiosk.enrolled_s, &row->kiosk.revoked_s,
    &row->kiosk.seen_s,     &row->status.reported_s,
    &row->status.captured,  &row->status.waiting,
    &row->status.sent,      &row->status.archived,
    &row->status.refused,   &row->status.oldest_waiting_s,
    &row->received,         &row->archived,
    &row->duplicates,       &row->last_received_s,
    &row->alarms,
  };
  int column = 0;

  row->kiosk.enrolment = kouan_hub_query_get_int (query, column++);
  row->kiosk.id = (guint)kouan_hub_query_get_int (query, column++);
  row->kiosk.hall_id = (guint)kouan_hub_query_get_int (query, column++);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    *numbers[i] = kouan_hub_query_get_int (query, column++);
  row->status.troubles = kouan_hub_query_dup_text (query, column++);
  return row;
}

static KouanHubQuery *
prepare_list (KouanHubLink *link, GError **error)
{
  return kouan_hub_query_new (
    link,
    "SELECT k.enrolment, k.kiosk_id, k.hall_id, k.enrolled_s, k.revoked_s, k.seen_s,"
    " coalesce (s.reported_s, 0), coalesce (s.captured, 0), coalesce (s.waiting, 0),"
    " coalesce (s.sent, 0), coalesce (s.archived, 0), coalesce (s.refused, 0),"
    " coalesce (s.oldest_s, 0), coalesce (r.received, 0), coalesce (r.archived, 0),"
    " coalesce (r.duplicates, 0), coalesce (r.last_s, 0), coalesce (a.alarms, 0),"
    " coalesce (s.troubles, '')"
    " FROM kiosks k LEFT JOIN statuses s ON s.enrolment = k.enrolment"
    " LEFT JOIN (SELECT enrolment, count (*) AS received,"
    "  count (CASE WHEN archived_s <> 0 THEN 1 END) AS archived, count (case_id) AS duplicates,"
    "  max (received_s) AS last_s FROM records GROUP BY enrolment) r ON r.enrolment = k.enrolment"
    " LEFT JOIN (SELECT kiosk_id, count (*) AS alarms FROM alarms GROUP BY kiosk_id) a"
    "  ON a.kiosk_id = k.kiosk_id"
    " ORDER BY k.kiosk_id, k.enrolment",
    error);
}

GPtrArray *
kouan_hub_statuses_list (KouanHubLink *link, GError **error)
{
  g_autoptr (KouanHubQuery) query = prepare_list (link, error);
  g_autoptr (GPtrArray) rows = NULL;
  gboolean row;

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_hub_fleet_row_free);
  while (query != NULL && kouan_hub_query_next (query, &row, error))
    {
      if (!row)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, read_row (query));
    }
  return NULL;
}
