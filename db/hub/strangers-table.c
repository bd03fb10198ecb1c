/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-tables.h"

/* Machines that have asked over the network to be enrolled, and what was decided. The only table
 * that somebody whom the hub does not know can make longer: kouan_hub_store_hear() bounds it. */

#define COLUMNS "fingerprint, kiosk_id, request, peer, asked_s, decided_s, state, bundle"

static KouanHubStranger *
read_stranger (KouanHubQuery *query)
{
  KouanHubStranger *stranger = g_new0 (KouanHubStranger, 1);

  stranger->fingerprint = kouan_hub_query_dup_text (query, 0);
  stranger->kiosk_id = (guint)kouan_hub_query_get_int (query, 1);
  stranger->request = kouan_hub_query_dup_bytes (query, 2);
  stranger->peer = kouan_hub_query_dup_text (query, 3);
  stranger->asked_s = kouan_hub_query_get_int (query, 4);
  stranger->decided_s = kouan_hub_query_get_int (query, 5);
  stranger->state = (KouanHubStrangerState)kouan_hub_query_get_int (query, 6);
  stranger->bundle = kouan_hub_query_dup_bytes (query, 7);
  return stranger;
}

/* What is there under its fingerprint gives way. */
gboolean
kouan_hub_strangers_put (KouanHubLink *link, const KouanHubStranger *stranger, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    "INSERT INTO strangers (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, NULL)"
    " ON CONFLICT (fingerprint) DO UPDATE SET kiosk_id = excluded.kiosk_id,"
    " request = excluded.request, peer = excluded.peer, asked_s = excluded.asked_s,"
    " decided_s = 0, state = 0, bundle = NULL",
    error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_text (query, 1, stranger->fingerprint);
  kouan_hub_query_bind_int (query, 2, stranger->kiosk_id);
  kouan_hub_query_bind_bytes (query, 3, stranger->request);
  kouan_hub_query_bind_text (query, 4, stranger->peer);
  kouan_hub_query_bind_int (query, 5, stranger->asked_s);
  return kouan_hub_query_run (query, error);
}

/* @bundle: (nullable) */
gboolean
kouan_hub_strangers_decide (KouanHubLink *link,
                            const char *fingerprint,
                            KouanHubStrangerState state,
                            GBytes *bundle,
                            gint64 now_s,
                            GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link,
                           "UPDATE strangers SET state = ?2, decided_s = ?3, bundle = ?4"
                           " WHERE fingerprint = ?1 AND state = 0",
                           error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_text (query, 1, fingerprint);
  kouan_hub_query_bind_int (query, 2, state);
  kouan_hub_query_bind_int (query, 3, now_s);
  if (bundle != NULL)
    kouan_hub_query_bind_bytes (query, 4, bundle);
  if (!kouan_hub_query_run (query, error))
    return FALSE;
  if (kouan_hub_query_changes (query) > 0)
    return TRUE;
  g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
               "no request waits under the fingerprint %s", fingerprint);
  return FALSE;
}

/* @stranger: (out) (transfer full) (nullable) */
gboolean
kouan_hub_strangers_find (KouanHubLink *link,
                          const char *fingerprint,
                          KouanHubStranger **stranger,
                          GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link, "SELECT " COLUMNS " FROM strangers WHERE fingerprint = ?1", error);
  gboolean row;

  *stranger = NULL;
  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_text (query, 1, fingerprint);
  if (!kouan_hub_query_next (query, &row, error))
    return FALSE;
  if (row)
    *stranger = read_stranger (query);
  return TRUE;
}

/* Returns: (transfer full) (element-type KouanHubStranger): in the order in which they asked */
GPtrArray *
kouan_hub_strangers_list (KouanHubLink *link, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "SELECT " COLUMNS " FROM strangers ORDER BY asked_s, fingerprint", error);
  g_autoptr (GPtrArray) strangers
    = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_hub_stranger_free);
  gboolean row;

  while (query != NULL && kouan_hub_query_next (query, &row, error))
    {
      if (!row)
        return g_steal_pointer (&strangers);
      g_ptr_array_add (strangers, read_stranger (query));
    }
  return NULL;
}

/* @total, @from_peer: (out): how many wait; how many of them came from there */
gboolean
kouan_hub_strangers_count (
  KouanHubLink *link, const char *peer, gint64 *total, gint64 *from_peer, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "SELECT count (*), count (CASE WHEN peer = ?1 THEN 1 END) FROM strangers WHERE state = 0",
    error);
  gboolean row;

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_text (query, 1, peer);
  if (!kouan_hub_query_next (query, &row, error))
    return FALSE;
  *total = row ? kouan_hub_query_get_int (query, 0) : 0;
  *from_peer = row ? kouan_hub_query_get_int (query, 1) : 0;
  return TRUE;
}

/* @fingerprint: (nullable): of the one to forget; NULL: those that last changed before @before_s */
gboolean
kouan_hub_strangers_remove (
  KouanHubLink *link, const char *fingerprint, gint64 before_s, gint64 *count, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    fingerprint != NULL ? "DELETE FROM strangers WHERE fingerprint = ?1"
                        : "DELETE FROM strangers WHERE asked_s < ?1 AND decided_s < ?1",
    error);

  if (query == NULL)
    return FALSE;
  if (fingerprint != NULL)
    kouan_hub_query_bind_text (query, 1, fingerprint);
  else
    kouan_hub_query_bind_int (query, 1, before_s);
  if (!kouan_hub_query_run (query, error))
    return FALSE;
  *count = kouan_hub_query_changes (query);
  return TRUE;
}
