/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-db"

#include "db/hub/hub-tables.h"

/* Halls and the kiosks that stand in them. A row of kiosks is one enrolment: it is never changed
 * but for being revoked and being seen, so that an old record can always be held against the key
 * that it was signed with. */

#define KIOSK_COLUMNS                                                                              \
  "enrolment, kiosk_id, hall_id, record_key, certificate, enrolled_s, revoked_s, seen_s"

static gboolean
put_names (KouanDatabase *db, const KouanHubHall *hall, GError **error)
{
  g_autoptr (sqlite3_stmt) drop = NULL;
  g_autoptr (sqlite3_stmt) stmt = NULL;
  GHashTableIter iter;
  gpointer language, name;

  drop = kouan_statement_prepare (db, "DELETE FROM hall_names WHERE hall_id = ?1", error);
  if (drop == NULL)
    return FALSE;
  kouan_statement_bind_int (drop, 1, hall->id);
  if (!kouan_statement_run (drop, error))
    return FALSE;
  stmt = kouan_statement_prepare (
    db, "INSERT INTO hall_names (hall_id, language, name) VALUES (?1, ?2, ?3)", error);
  if (stmt == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, hall->names);
  while (g_hash_table_iter_next (&iter, &language, &name))
    {
      kouan_statement_bind_int (stmt, 1, hall->id);
      kouan_statement_bind_text (stmt, 2, language);
      kouan_statement_bind_text (stmt, 3, name);
      if (!kouan_statement_run (stmt, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kouan_hub_halls_put (KouanDatabase *db, const KouanHubHall *hall, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db,
                               "INSERT INTO halls (hall_id, language, profile) VALUES (?1, ?2, ?3)"
                               " ON CONFLICT (hall_id) DO UPDATE SET language = ?2, profile = ?3",
                               error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, hall->id);
  kouan_statement_bind_text (stmt, 2, hall->language);
  kouan_statement_bind_text (stmt, 3, hall->profile);
  return kouan_statement_run (stmt, error) && put_names (db, hall, error);
}

static gboolean
read_names (KouanDatabase *db, KouanHubHall *hall, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT language, name FROM hall_names WHERE hall_id = ?1", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, hall->id);
  while (kouan_statement_next (stmt, &row, error))
    {
      if (!row)
        return TRUE;
      g_hash_table_insert (hall->names, kouan_statement_dup_text (stmt, 0),
                           kouan_statement_dup_text (stmt, 1));
    }
  return FALSE;
}

KouanHubHall *
kouan_hub_halls_find (KouanDatabase *db, guint hall_id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "SELECT language, profile FROM halls WHERE hall_id = ?1", error);
  g_autoptr (KouanHubHall) hall = NULL;
  gboolean row;

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_int (stmt, 1, hall_id);
  if (!kouan_statement_next (stmt, &row, error))
    return NULL;
  if (!row)
    {
      g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND, "no hall %u",
                   hall_id);
      return NULL;
    }
  hall = g_new0 (KouanHubHall, 1);
  hall->id = hall_id;
  hall->language = kouan_statement_dup_text (stmt, 0);
  hall->profile = kouan_statement_dup_text (stmt, 1);
  hall->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return read_names (db, hall, error) ? g_steal_pointer (&hall) : NULL;
}

gboolean
kouan_hub_kiosks_insert (KouanDatabase *db, const KouanHubKiosk *kiosk, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db,
    "INSERT INTO kiosks (kiosk_id, hall_id, record_key, certificate, enrolled_s)"
    " VALUES (?1, ?2, ?3, ?4, ?5)",
    error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, kiosk->id);
  kouan_statement_bind_int (stmt, 2, kiosk->hall_id);
  kouan_statement_bind_text (stmt, 3, kiosk->record_key);
  kouan_statement_bind_blob (stmt, 4, kiosk->certificate, sizeof kiosk->certificate);
  kouan_statement_bind_int (stmt, 5, kiosk->enrolled_s);
  return kouan_statement_run (stmt, error);
}

gboolean
kouan_hub_kiosks_revoke (KouanDatabase *db, guint kiosk_id, gint64 now_s, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "UPDATE kiosks SET revoked_s = ?2 WHERE kiosk_id = ?1 AND revoked_s = 0", error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, kiosk_id);
  kouan_statement_bind_int (stmt, 2, MAX (now_s, 1));
  if (!kouan_statement_run (stmt, error))
    return FALSE;
  if (kouan_statement_changes (stmt) > 0)
    return TRUE;
  g_set_error (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
               "kiosk %u is not in service", kiosk_id);
  return FALSE;
}

gboolean
kouan_hub_kiosks_seen (KouanDatabase *db, gint64 enrolment, gint64 now_s, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt
    = kouan_statement_prepare (db, "UPDATE kiosks SET seen_s = ?2 WHERE enrolment = ?1", error);

  if (stmt == NULL)
    return FALSE;
  kouan_statement_bind_int (stmt, 1, enrolment);
  kouan_statement_bind_int (stmt, 2, now_s);
  return kouan_statement_run (stmt, error);
}

static KouanHubKiosk *
read_kiosk (sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (KouanHubKiosk) kiosk = g_new0 (KouanHubKiosk, 1);

  kiosk->enrolment = kouan_statement_get_int (stmt, 0);
  kiosk->id = (guint)kouan_statement_get_int (stmt, 1);
  kiosk->hall_id = (guint)kouan_statement_get_int (stmt, 2);
  kiosk->record_key = kouan_statement_dup_text (stmt, 3);
  kiosk->enrolled_s = kouan_statement_get_int (stmt, 5);
  kiosk->revoked_s = kouan_statement_get_int (stmt, 6);
  kiosk->seen_s = kouan_statement_get_int (stmt, 7);
  if (!kouan_statement_get_fixed (stmt, 4, kiosk->certificate, sizeof kiosk->certificate))
    {
      kouan_hub_row_damaged (error);
      return NULL;
    }
  return g_steal_pointer (&kiosk);
}

KouanHubKiosk *
kouan_hub_kiosks_find (KouanDatabase *db, const guint8 *certificate, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT " KIOSK_COLUMNS " FROM kiosks WHERE certificate = ?1", error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  kouan_statement_bind_blob (stmt, 1, certificate, KOUAN_HUB_DIGEST_SIZE);
  if (!kouan_statement_next (stmt, &row, error))
    return NULL;
  if (row)
    return read_kiosk (stmt, error);
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_NOT_FOUND,
                       "no kiosk with this certificate");
  return NULL;
}

GPtrArray *
kouan_hub_kiosks_list (KouanDatabase *db, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = kouan_statement_prepare (
    db, "SELECT " KIOSK_COLUMNS " FROM kiosks ORDER BY enrolment", error);
  g_autoptr (GPtrArray) kiosks = NULL;
  gboolean row;

  kiosks = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_hub_kiosk_free);
  while (stmt != NULL && kouan_statement_next (stmt, &row, error))
    {
      KouanHubKiosk *kiosk = row ? read_kiosk (stmt, error) : NULL;

      if (!row)
        return g_steal_pointer (&kiosks);
      if (kiosk == NULL)
        return NULL;
      g_ptr_array_add (kiosks, kiosk);
    }
  return NULL;
}
