/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/list-content.h"
#include "app/sync/run-private.h"
#include "db/kiosk/lists.h"

/* Lists come down the line that the records go up, and on a stick. Neither has to be trusted: each
 * is one message under the signature of whoever may speak for its kind, and is put in the database
 * whole, and only over an older one. One that cannot be believed is a matter for the log. */

#define HTTP_OK 200
#define HTTP_NOT_MODIFIED 304
#define HTTP_NOT_FOUND 404

static KouanListRow *
find (KouanSyncRun *self, KouanListKind kind)
{
  return kouan_lists_find (self->db, kouan_list_kind_to_string (kind), NULL);
}

/* The file is put in its place before the row: what a power cut parts is done again. */
static gboolean
store_trust (KouanSyncRun *self, const KouanListRow *row, gint64 now_s, GError **error)
{
  g_autoptr (KouanListRow) known = find (self, KOUAN_LIST_TRUST);

  if (!kouan_sync_take_trust (self, row->content, error))
    return FALSE;
  return (known != NULL && known->version == row->version)
         || kouan_lists_replace (self->db, kouan_list_kind_to_string (KOUAN_LIST_TRUST), row, now_s,
                                 error);
}

static gboolean
store (KouanSyncRun *self, KouanListKind kind, const KouanListRow *row, GError **error)
{
  gint64 now_s = kouan_clock_wall_s (self->clock);
  g_autoptr (GPtrArray) codes = NULL;

  if (!kouan_list_check_content (kind, row->content, error))
    return FALSE;
  if (kind == KOUAN_LIST_TRUST)
    return store_trust (self, row, now_s, error);
  if (kind != KOUAN_LIST_REVOKED)
    return kouan_lists_replace (self->db, kouan_list_kind_to_string (kind), row, now_s, error);
  codes = kouan_list_read_codes (row->content, error);
  return codes != NULL && kouan_lists_replace_revoked (self->db, row, codes, now_s, error);
}

/* Returns: the version of the list in use; 0 if there is none */
static gint64
version_in_use (KouanSyncRun *self, KouanListKind kind)
{
  g_autoptr (KouanListRow) row = find (self, kind);

  if (row == NULL || (kind == KOUAN_LIST_TRUST && !kouan_sync_has_trust (self)))
    return 0;
  return row->version;
}

/**
 * kouan_sync_take_list:
 * @message: COSE, from anywhere
 *
 * Returns: whether it is in use now, and was not before; else it is left, and the log says why
 */
gboolean
kouan_sync_take_list (KouanSyncRun *self, KouanListKind kind, GBytes *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanList) list
    = kouan_list_verify (message, kouan_station_get_keyring (self->station), kind,
                         kouan_station_get_hall_id (self->station), &error);
  KouanListRow row = { 0 };

  if (list != NULL && (gint64)list->version == version_in_use (self, kind))
    return FALSE;
  if (list != NULL)
    row = (KouanListRow){ (gint64)list->version, list->issued_s, list->content };
  if (list != NULL && store (self, kind, &row, &error))
    {
      self->report->lists++;
      return TRUE;
    }
  g_message ("the list of %s is not taken: %s", kouan_list_kind_to_string (kind), error->message);
  return FALSE;
}

/* Returns: FALSE with an error if the hub is not there to be asked */
static gboolean
ask (KouanSyncRun *self, KouanListKind kind, GCancellable *cancellable, GError **error)
{
  g_autofree char *url
    = g_strconcat (self->hub_url, "/lists/", kouan_list_kind_to_string (kind), NULL);
  g_autofree char *known
    = g_strdup_printf ("If-None-Match: \"%" G_GINT64_FORMAT "\"", version_in_use (self, kind));
  const char *const headers[] = { known, NULL };
  KouanHttpRequest request
    = { .method = "GET", .url = url, .headers = headers, .answer_max = KOUAN_LIST_SIZE_MAX };
  g_autoptr (KouanHttpAnswer) answer
    = kouan_sync_lanes_send (self->lanes, &request, cancellable, error);
  g_autoptr (GBytes) message = NULL;

  if (answer == NULL)
    return FALSE;
  if (answer->status == HTTP_OK)
    {
      message = g_byte_array_free_to_bytes (g_steal_pointer (&answer->body));
      kouan_sync_take_list (self, kind, message);
    }
  else if (answer->status != HTTP_NOT_MODIFIED && answer->status != HTTP_NOT_FOUND)
    g_message ("%s was answered with %u", url, answer->status);
  return TRUE;
}

/**
 * kouan_sync_take_lists:
 *
 * Returns: FALSE if the hub is not there to be asked
 */
gboolean
kouan_sync_take_lists (KouanSyncRun *self, GCancellable *cancellable, GError **error)
{
  for (KouanListKind kind = KOUAN_LIST_APPOINTMENTS; kind <= KOUAN_LIST_ROSTER; kind++)
    {
      g_autoptr (GError) local = NULL;

      if (ask (self, kind, cancellable, &local)
          || g_error_matches (local, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_NONSENSE))
        continue;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}
