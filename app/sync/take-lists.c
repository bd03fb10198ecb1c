/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/staff/roster.h"
#include "app/sync/list.h"
#include "app/sync/run-private.h"
#include "db/kiosk/lists.h"

#include <string.h>

/* Lists come down the line that the records go up, and on a stick. Neither has to be trusted: each
 * is one message under the signature of whoever may speak for its kind, and is put in the database
 * whole, and only over an older one. One that cannot be believed is a matter for the log. */

#define CODE_SIZE 16
#define HTTP_OK 200
#define HTTP_NOT_MODIFIED 304
#define HTTP_NOT_FOUND 404

static gboolean
read_code (const char *line, guint8 code[static CODE_SIZE])
{
  if (strlen (line) != 2 * CODE_SIZE)
    return FALSE;
  for (guint i = 0; i < CODE_SIZE; i++)
    {
      int high = g_ascii_xdigit_value (line[2 * i]);
      int low = g_ascii_xdigit_value (line[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      code[i] = (guint8)(high * 16 + low);
    }
  return TRUE;
}

/* Returns: (transfer full) (nullable) (element-type GBytes): NULL if a line is none */
static GPtrArray *
read_codes (GBytes *content)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  gsize size;
  const char *data = g_bytes_get_data (content, &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint8 code[CODE_SIZE];

      g_strstrip (lines[i]);
      if (*lines[i] == '\0')
        continue;
      if (!read_code (lines[i], code))
        return NULL;
      g_ptr_array_add (codes, g_bytes_new (code, sizeof code));
    }
  return g_steal_pointer (&codes);
}

/* A roster that nobody could get in by must not take the place of one that works. */
static gboolean
is_roster (GBytes *content, GError **error)
{
  g_autoptr (KouanRoster) roster
    = kouan_roster_parse (g_bytes_get_data (content, NULL), g_bytes_get_size (content), error);

  return roster != NULL;
}

static gboolean
store (KouanSyncRun *self, KouanListKind kind, const KouanListRow *row, GError **error)
{
  gint64 now_s = kouan_clock_wall_s (self->clock);
  g_autoptr (GPtrArray) codes = NULL;

  if (kind == KOUAN_LIST_ROSTER && !is_roster (row->content, error))
    return FALSE;
  if (kind != KOUAN_LIST_REVOKED)
    return kouan_lists_replace (self->db, kouan_list_kind_to_string (kind), row, now_s, error);
  codes = read_codes (row->content);
  if (codes != NULL)
    return kouan_lists_replace_revoked (self->db, row, codes, now_s, error);
  g_set_error_literal (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_NONSENSE,
                       "signed, but a line of it is not the id of a code");
  return FALSE;
}

/* Returns: the version of the list in use; 0 if there is none */
static gint64
version_in_use (KouanSyncRun *self, KouanListKind kind)
{
  g_autoptr (KouanListRow) row
    = kouan_lists_find (self->db, kouan_list_kind_to_string (kind), NULL);

  return row != NULL ? row->version : 0;
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
  g_autoptr (KouanHttpAnswer) answer = kouan_http_send (self->http, &request, cancellable, error);
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
