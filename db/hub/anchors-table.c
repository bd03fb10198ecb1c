/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-tables.h"

/* What kiosks have said of the heads of their audits, and what the hub signed then. Never changed
 * and never taken out: a kiosk's log is held against it. */

#define COLUMNS "log, sequence, hash, seal, sealed, hub_s, receipt"

gboolean
kouan_hub_anchors_insert (KouanHubLink *link, const KouanHubAnchor *anchor, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "INSERT INTO anchors (enrolment, " COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, anchor->enrolment);
  kouan_hub_query_bind_blob (query, 2, anchor->log_id, sizeof anchor->log_id);
  kouan_hub_query_bind_int (query, 3, anchor->sequence);
  kouan_hub_query_bind_blob (query, 4, anchor->hash, sizeof anchor->hash);
  kouan_hub_query_bind_int (query, 5, anchor->seal);
  kouan_hub_query_bind_bytes (query, 6, anchor->sealed);
  kouan_hub_query_bind_int (query, 7, anchor->hub_s);
  kouan_hub_query_bind_bytes (query, 8, anchor->receipt);
  return kouan_hub_query_run (query, error);
}

static KouanHubAnchor *
read_anchor (KouanHubQuery *query, gint64 enrolment, GError **error)
{
  g_autoptr (KouanHubAnchor) anchor = g_new0 (KouanHubAnchor, 1);

  anchor->enrolment = enrolment;
  anchor->sequence = kouan_hub_query_get_int (query, 1);
  anchor->seal = kouan_hub_query_get_int (query, 3);
  anchor->sealed = kouan_hub_query_dup_bytes (query, 4);
  anchor->hub_s = kouan_hub_query_get_int (query, 5);
  anchor->receipt = kouan_hub_query_dup_bytes (query, 6);
  if (kouan_hub_query_get_fixed (query, 0, anchor->log_id, sizeof anchor->log_id)
      && kouan_hub_query_get_fixed (query, 2, anchor->hash, sizeof anchor->hash))
    return g_steal_pointer (&anchor);
  kouan_hub_row_damaged (error);
  return NULL;
}

/* Returns: (transfer full) (element-type KouanHubAnchor): of one enrolment, in the order in which
 * they came */
GPtrArray *
kouan_hub_anchors_list (KouanHubLink *link, gint64 enrolment, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "SELECT " COLUMNS " FROM anchors WHERE enrolment = ?1 ORDER BY hub_s, log, sequence",
    error);
  g_autoptr (GPtrArray) anchors
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_hub_anchor_free);
  gboolean row;

  if (query != NULL)
    kouan_hub_query_bind_int (query, 1, enrolment);
  while (query != NULL && kouan_hub_query_next (query, &row, error))
    {
      KouanHubAnchor *anchor = row ? read_anchor (query, enrolment, error) : NULL;

      if (!row)
        return g_steal_pointer (&anchors);
      if (anchor == NULL)
        return NULL;
      g_ptr_array_add (anchors, anchor);
    }
  return NULL;
}

/**
 * kouan_hub_anchors_last:
 * @last: (out) (transfer full) (nullable): the furthest of this log
 */
gboolean
kouan_hub_anchors_last (
  KouanHubLink *link, gint64 enrolment, const guint8 *log_id, KouanHubAnchor **last, GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link,
                           "SELECT " COLUMNS " FROM anchors WHERE enrolment = ?1 AND log = ?2"
                           " ORDER BY sequence DESC LIMIT 1",
                           error);
  gboolean row;

  *last = NULL;
  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, enrolment);
  kouan_hub_query_bind_blob (query, 2, log_id, KOUAN_HUB_ID_SIZE);
  if (!kouan_hub_query_next (query, &row, error))
    return FALSE;
  if (row)
    *last = read_anchor (query, enrolment, error);
  return !row || *last != NULL;
}

gboolean
kouan_hub_anchors_count (KouanHubLink *link, gint64 enrolment, gint64 *count, GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link, "SELECT count (*) FROM anchors WHERE enrolment = ?1", error);
  gboolean row;

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, enrolment);
  if (!kouan_hub_query_next (query, &row, error))
    return FALSE;
  *count = row ? kouan_hub_query_get_int (query, 0) : 0;
  return TRUE;
}
