/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/run-private.h"
#include "app/sync/status.h"

#include <string.h>
#include <sys/statvfs.h>

/* At the end of a run the kiosk says how it is. The hub's page shows it to whoever looks after the
 * halls; nothing depends on it, so that a hub that does not want it costs a line in the log. */

#define ROOM_MIN (G_GUINT64_CONSTANT (1) << 30) /* below it the kiosk may soon take no more */
#define ANSWER_MAX 1024
#define HTTP_NO_CONTENT 204

static void
add_room (KouanSyncRun *self, GPtrArray *troubles)
{
  g_autofree char *records = kouan_station_path (self->station, KOUAN_STATION_RECORDS);
  struct statvfs room;

  if (statvfs (records, &room) == 0 && (guint64)room.f_bavail * room.f_frsize < ROOM_MIN)
    g_ptr_array_add (troubles, g_strdup ("disk low"));
}

static void
add_configuration (KouanSyncRun *self, GPtrArray *troubles)
{
  if (kouan_station_get_fault (self->station) != NULL)
    g_ptr_array_add (troubles, g_strdup ("configuration refused"));
}

/* What the kiosk itself has noted of its devices: a line each. */
static void
add_noted (KouanSyncRun *self, GPtrArray *troubles)
{
  g_autofree char *path = kouan_station_path (self->station, KOUAN_STATION_TROUBLES);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", KOUAN_STATUS_TROUBLES_MAX);
  for (guint i = 0; lines[i] != NULL; i++)
    if (kouan_status_is_trouble (lines[i]) && troubles->len < KOUAN_STATUS_TROUBLES_MAX)
      g_ptr_array_add (troubles, g_strdup (lines[i]));
}

static char **
list_troubles (KouanSyncRun *self)
{
  GPtrArray *troubles = g_ptr_array_new ();

  add_room (self, troubles);
  add_configuration (self, troubles);
  add_noted (self, troubles);
  g_ptr_array_add (troubles, NULL);
  return (char **)g_ptr_array_free (troubles, FALSE);
}

static void
put (KouanSyncRun *self, GBytes *message, GCancellable *cancellable)
{
  static const char *const headers[] = { "Content-Type: application/cbor", NULL };
  g_autofree char *url = g_strconcat (self->hub_url, "/status", NULL);
  KouanHttpRequest request
    = { .method = "PUT", .url = url, .headers = headers, .answer_max = ANSWER_MAX };
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHttpAnswer) answer = NULL;

  request.body = g_bytes_get_data (message, &request.body_size);
  answer = kouan_sync_lanes_send (self->lanes, &request, cancellable, &error);
  if (answer == NULL)
    g_message ("the hub was not told how this kiosk is: %s", error->message);
  else if (answer->status != HTTP_NO_CONTENT)
    g_message ("the hub was not told how this kiosk is: it answers %u", answer->status);
}

void
kouan_sync_report_status (KouanSyncRun *self,
                          const KouanRecordBalance *balance,
                          GCancellable *cancellable)
{
  g_auto (GStrv) troubles = list_troubles (self);
  const KouanStatus status = { .captured = balance->captured,
                               .waiting = balance->queued,
                               .sent = balance->sent,
                               .archived = balance->archived,
                               .refused = balance->refused,
                               .oldest_waiting_s = balance->oldest_waiting_s,
                               .troubles = troubles };
  g_autoptr (GBytes) message = kouan_status_encode (&status);

  put (self, message, cancellable);
}
