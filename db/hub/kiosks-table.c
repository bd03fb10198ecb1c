/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-tables.h"

/* Halls and the kiosks that stand in them. A row of kiosks is one enrolment: it is never changed
 * but for being revoked and being seen, so that an old record can always be held against the key
 * that it was signed with. */

#define KIOSK_COLUMNS                                                                              \
  "enrolment, kiosk_id, hall_id, record_key, certificate, enrolled_s, revoked_s, seen_s"

static gboolean
put_names (KouanHubLink *link, const KouanHubHall *hall, GError **error)
{
  g_autoptr (KouanHubQuery) drop = NULL;
  g_autoptr (KouanHubQuery) query = NULL;
  GHashTableIter iter;
  gpointer language, name;

  drop = kouan_hub_query_new (link, "DELETE FROM hall_names WHERE hall_id = ?1", error);
  if (drop == NULL)
    return FALSE;
  kouan_hub_query_bind_int (drop, 1, hall->id);
  if (!kouan_hub_query_run (drop, error))
    return FALSE;
  query = kouan_hub_query_new (
    link, "INSERT INTO hall_names (hall_id, language, name) VALUES (?1, ?2, ?3)", error);
  if (query == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, hall->names);
  while (g_hash_table_iter_next (&iter, &language, &name))
    {
      kouan_hub_query_bind_int (query, 1, hall->id);
      kouan_hub_query_bind_text (query, 2, language);
      kouan_hub_query_bind_text (query, 3, name);
      if (!kouan_hub_query_run (query, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kouan_hub_halls_put (KouanHubLink *link, const KouanHubHall *hall, GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link,
                           "INSERT INTO halls (hall_id, language, profile, sealed_key)"
                           " VALUES (?1, ?2, ?3, ?4)"
                           " ON CONFLICT (hall_id) DO UPDATE SET language = ?2, profile = ?3,"
                           " sealed_key = coalesce (halls.sealed_key, ?4)",
                           error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, hall->id);
  kouan_hub_query_bind_text (query, 2, hall->language);
  kouan_hub_query_bind_text (query, 3, hall->profile);
  if (hall->sealed_key != NULL)
    kouan_hub_query_bind_bytes (query, 4, hall->sealed_key);
  return kouan_hub_query_run (query, error) && put_names (link, hall, error);
}

static gboolean
read_names (KouanHubLink *link, KouanHubHall *hall, GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link, "SELECT language, name FROM hall_names WHERE hall_id = ?1", error);
  gboolean row;

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, hall->id);
  while (kouan_hub_query_next (query, &row, error))
    {
      if (!row)
        return TRUE;
      g_hash_table_insert (hall->names, kouan_hub_query_dup_text (query, 0),
                           kouan_hub_query_dup_text (query, 1));
    }
  return FALSE;
}

KouanHubHall *
kouan_hub_halls_find (KouanHubLink *link, guint hall_id, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "SELECT language, profile, sealed_key FROM halls WHERE hall_id = ?1", error);
  g_autoptr (KouanHubHall) hall = NULL;
  gboolean row;

  if (query == NULL)
    return NULL;
  kouan_hub_query_bind_int (query, 1, hall_id);
  if (!kouan_hub_query_next (query, &row, error))
    return NULL;
  if (!row)
    {
      g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND, "no hall %u",
                   hall_id);
      return NULL;
    }
  hall = g_new0 (KouanHubHall, 1);
  hall->id = hall_id;
  hall->language = kouan_hub_query_dup_text (query, 0);
  hall->profile = kouan_hub_query_dup_text (query, 1);
  hall->sealed_key = kouan_hub_query_dup_bytes (query, 2);
  hall->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return read_names (link, hall, error) ? g_steal_pointer (&hall) : NULL;
}

gboolean
kouan_hub_kiosks_insert (KouanHubLink *link, const KouanHubKiosk *kiosk, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link,
    "INSERT INTO kiosks (kiosk_id, hall_id, record_key, certificate, enrolled_s)"
    " VALUES (?1, ?2, ?3, ?4, ?5)",
    error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, kiosk->id);
  kouan_hub_query_bind_int (query, 2, kiosk->hall_id);
  kouan_hub_query_bind_text (query, 3, kiosk->record_key);
  kouan_hub_query_bind_blob (query, 4, kiosk->certificate, sizeof kiosk->certificate);
  kouan_hub_query_bind_int (query, 5, kiosk->enrolled_s);
  return kouan_hub_query_run (query, error);
}

gboolean
kouan_hub_kiosks_revoke (KouanHubLink *link, guint kiosk_id, gint64 now_s, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "UPDATE kiosks SET revoked_s = ?2 WHERE kiosk_id = ?1 AND revoked_s = 0", error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, kiosk_id);
  kouan_hub_query_bind_int (query, 2, MAX (now_s, 1));
  if (!kouan_hub_query_run (query, error))
    return FALSE;
  if (kouan_hub_query_changes (query) > 0)
    return TRUE;
  g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
               "kiosk %u is not in service", kiosk_id);
  return FALSE;
}

/* @found: (out): whether a kiosk that signs with that key is in service */
gboolean
kouan_hub_kiosks_in_service (KouanHubLink *link,
                             const char *record_key,
                             gboolean *found,
                             GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "SELECT 1 FROM kiosks WHERE record_key = ?1 AND revoked_s = 0", error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_text (query, 1, record_key);
  return kouan_hub_query_next (query, found, error);
}

/* Until the transaction ends nobody revokes it: on PostgreSQL whoever would waits for the row, and
 * this waits for whoever does. CONFLICT if it is revoked. */
gboolean
kouan_hub_kiosks_hold_in_service (KouanHubLink *link, gint64 enrolment, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "UPDATE kiosks SET revoked_s = 0 WHERE enrolment = ?1 AND revoked_s = 0", error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, enrolment);
  if (!kouan_hub_query_run (query, error))
    return FALSE;
  if (kouan_hub_query_changes (query) > 0)
    return TRUE;
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_CONFLICT,
                       "the kiosk has been revoked");
  return FALSE;
}

gboolean
kouan_hub_kiosks_seen (KouanHubLink *link, gint64 enrolment, gint64 now_s, GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link, "UPDATE kiosks SET seen_s = ?2 WHERE enrolment = ?1", error);

  if (query == NULL)
    return FALSE;
  kouan_hub_query_bind_int (query, 1, enrolment);
  kouan_hub_query_bind_int (query, 2, now_s);
  return kouan_hub_query_run (query, error);
}

static KouanHubKiosk *
read_kiosk (KouanHubQuery *query, GError **error)
{
  g_autoptr (KouanHubKiosk) kiosk = g_new0 (KouanHubKiosk, 1);

  kiosk->enrolment = kouan_hub_query_get_int (query, 0);
  kiosk->id = (guint)kouan_hub_query_get_int (query, 1);
  kiosk->hall_id = (guint)kouan_hub_query_get_int (query, 2);
  kiosk->record_key = kouan_hub_query_dup_text (query, 3);
  kiosk->enrolled_s = kouan_hub_query_get_int (query, 5);
  kiosk->revoked_s = kouan_hub_query_get_int (query, 6);
  kiosk->seen_s = kouan_hub_query_get_int (query, 7);
  if (!kouan_hub_query_get_fixed (query, 4, kiosk->certificate, sizeof kiosk->certificate))
    {
      kouan_hub_row_damaged (error);
      return NULL;
    }
  return g_steal_pointer (&kiosk);
}

KouanHubKiosk *
kouan_hub_kiosks_find (KouanHubLink *link, const guint8 *certificate, GError **error)
{
  g_autoptr (KouanHubQuery) query = kouan_hub_query_new (
    link, "SELECT " KIOSK_COLUMNS " FROM kiosks WHERE certificate = ?1", error);
  gboolean row;

  if (query == NULL)
    return NULL;
  kouan_hub_query_bind_blob (query, 1, certificate, KOUAN_HUB_DIGEST_SIZE);
  if (!kouan_hub_query_next (query, &row, error))
    return NULL;
  if (row)
    return read_kiosk (query, error);
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
                       "no kiosk with this certificate");
  return NULL;
}

GPtrArray *
kouan_hub_kiosks_list (KouanHubLink *link, GError **error)
{
  g_autoptr (KouanHubQuery) query
    = kouan_hub_query_new (link, "SELECT " KIOSK_COLUMNS " FROM kiosks ORDER BY enrolment", error);
  g_autoptr (GPtrArray) kiosks = NULL;
  gboolean row;

  kiosks = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_hub_kiosk_free);
  while (query != NULL && kouan_hub_query_next (query, &row, error))
    {
      KouanHubKiosk *kiosk = row ? read_kiosk (query, error) : NULL;

      if (!row)
        return g_steal_pointer (&kiosks);
      if (kiosk == NULL)
        return NULL;
      g_ptr_array_add (kiosks, kiosk);
    }
  return NULL;
}
