/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/monitor.h"

#include <errno.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <unistd.h>

/* The file is for looking at, and nothing depends on it: it is replaced in one step so that nobody
 * reads half of it, but not synced. A sync that was killed leaves "running" behind; whether that is
 * still so is asked of the process that wrote it. */

static void
add (JsonBuilder *line, const char *name, gint64 value)
{
  json_builder_set_member_name (line, name);
  json_builder_add_int_value (line, value);
}

void
kouan_sync_state_write (KouanStation *station, const KouanSyncState *state)
{
  g_autofree char *path = kouan_station_path (station, KOUAN_STATION_SYNC);
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  add (line, "process", state->running ? getpid () : 0);
  add (line, "at", state->at_s);
  add (line, "records_done", state->progress.records_done);
  add (line, "records_total", state->progress.records_total);
  add (line, "bytes_done", state->progress.bytes_done);
  add (line, "bytes_total", state->progress.bytes_total);
  add (line, "left_s", state->progress.left_s);
  add (line, "hub_at", state->hub_s);
  add (line, "away", state->away);
  add (line, "waiting", state->waiting);
  add (line, "next_at", state->next_s);
  add (line, "planner", state->planner);
  json_builder_end_object (line);
  root = json_builder_get_root (line);
  text = json_to_string (root, FALSE);
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_message ("%s", error->message);
}

static gint64
member (JsonObject *object, const char *name)
{
  return json_object_get_int_member_with_default (object, name, 0);
}

static gboolean
process_lives (gint64 process)
{
  return process > 0 && process <= G_MAXINT && (kill ((pid_t)process, 0) == 0 || errno == EPERM);
}

/* @state: (out): all zero if there has been no sync, or if the file is not one of ours */
void
kouan_sync_state_read (KouanStation *station, KouanSyncState *state)
{
  g_autofree char *path = kouan_station_path (station, KOUAN_STATION_SYNC);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  *state = (KouanSyncState){ 0 };
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  root = json_from_string (text, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  object = json_node_get_object (root);
  state->running = process_lives (member (object, "process"));
  state->at_s = member (object, "at");
  state->progress.records_done = (guint)CLAMP (member (object, "records_done"), 0, G_MAXUINT);
  state->progress.records_total = (guint)CLAMP (member (object, "records_total"), 0, G_MAXUINT);
  state->progress.bytes_done = member (object, "bytes_done");
  state->progress.bytes_total = member (object, "bytes_total");
  state->progress.left_s = member (object, "left_s");
  state->hub_s = member (object, "hub_at");
  state->away = member (object, "away") != 0;
  state->waiting = member (object, "waiting");
  state->planner = member (object, "planner");
  state->next_s = process_lives (state->planner) ? member (object, "next_at") : 0;
}
