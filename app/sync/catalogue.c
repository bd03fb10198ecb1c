/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/catalogue/install.h"
#include "app/sync/run-private.h"

/* The catalogue comes down the line that the records go up. It needs no trust in the line: the
 * index is signed by a key that may sign catalogues, and names each file by its hash. */

#define INDEX_SIZE_MAX (64 * 1024)
#define FILE_SIZE_MAX (1024 * 1024)
#define HTTP_OK 200
#define HTTP_FORBIDDEN 403
#define HTTP_NOT_FOUND 404

typedef struct
{
  KouanSyncRun *run;
  GCancellable *cancellable;
} Job;

/* @found: (out) (optional): FALSE if the hub says that there is none, which then is no error */
static GBytes *
get (const Job *job, const char *name, gsize size_max, gboolean *found, GError **error)
{
  g_autofree char *url = g_strconcat (job->run->hub_url, "/catalogue", name != NULL ? "/" : "",
                                      name != NULL ? name : "", NULL);
  KouanHttpRequest request = { .method = "GET", .url = url, .answer_max = size_max };
  g_autoptr (KouanHttpAnswer) answer
    = kouan_sync_lanes_send (job->run->lanes, &request, job->cancellable, error);

  if (answer == NULL)
    return NULL;
  if (answer->status == HTTP_OK)
    return g_byte_array_free_to_bytes (g_steal_pointer (&answer->body));
  if (found != NULL && answer->status == HTTP_NOT_FOUND)
    *found = FALSE;
  else
    g_set_error (error, KOUAN_SYNC_ERROR,
                 answer->status == HTTP_FORBIDDEN ? KOUAN_SYNC_ERROR_STRANGER
                                                  : KOUAN_SYNC_ERROR_NONSENSE,
                 "%s was answered with %u", url, answer->status);
  return NULL;
}

static GBytes *
fetch (const char *name, gpointer data, GError **error)
{
  return get (data, name, FILE_SIZE_MAX, NULL, error);
}

static gboolean
is_about_the_hub (const GError *error)
{
  return g_error_matches (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_AWAY)
         || g_error_matches (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_LATE)
         || g_error_matches (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_STRANGER)
         || g_error_matches (error, KOUAN_SYNC_ERROR, KOUAN_SYNC_ERROR_CANCELLED);
}

/**
 * kouan_sync_take_catalogue:
 *
 * Puts a newer catalogue in place, whole or not at all, and notes its version in the report. One
 * that cannot be believed is a matter for the log: the one in use stays in use, and the records do
 * not depend on it.
 *
 * Returns: FALSE if the hub is not there to be asked
 */
gboolean
kouan_sync_take_catalogue (KouanSyncRun *self, GCancellable *cancellable, GError **error)
{
  Job job = { self, cancellable };
  g_autofree char *folder = kouan_station_path (self->station, KOUAN_STATION_CATALOGUE);
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) index = NULL;
  gboolean found = TRUE;

  index = get (&job, NULL, INDEX_SIZE_MAX, &found, &local);
  if (index == NULL && is_about_the_hub (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (index != NULL
      && kouan_catalogue_install (folder, index, kouan_station_get_keyring (self->station), fetch,
                                  &job, &self->report->catalogue, &local))
    return TRUE;
  if (local != NULL)
    g_message ("the hub's catalogue is not taken: %s", local->message);
  return TRUE;
}
