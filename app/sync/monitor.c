/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-sync"

#include "app/sync/monitor.h"

/* The sync's state as properties, so that a page of staff mode follows it. Belongs to the thread
 * whose main context it was made in. */

enum
{
  PROP_RUNNING = 1,
  PROP_RECORDS_DONE,
  PROP_RECORDS_TOTAL,
  PROP_BYTES_DONE,
  PROP_BYTES_TOTAL,
  PROP_LEFT,
  PROP_HUB,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

struct _KouanSyncMonitor
{
  GObject parent_instance;

  KouanStation *station;
  GFileMonitor *file;
  KouanSyncState state;
};

G_DEFINE_FINAL_TYPE (KouanSyncMonitor, kouan_sync_monitor, G_TYPE_OBJECT)

static void
kouan_sync_monitor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KouanSyncState *state = &KOUAN_SYNC_MONITOR (object)->state;

  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, state->running);
      break;
    case PROP_RECORDS_DONE:
      g_value_set_uint (value, state->progress.records_done);
      break;
    case PROP_RECORDS_TOTAL:
      g_value_set_uint (value, state->progress.records_total);
      break;
    case PROP_BYTES_DONE:
      g_value_set_int64 (value, state->progress.bytes_done);
      break;
    case PROP_BYTES_TOTAL:
      g_value_set_int64 (value, state->progress.bytes_total);
      break;
    case PROP_LEFT:
      g_value_set_int64 (value, state->progress.left_s);
      break;
    case PROP_HUB:
      g_value_set_int64 (value, state->hub_s);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
read_state (KouanSyncMonitor *self)
{
  GObject *object = G_OBJECT (self);

  kouan_sync_state_read (self->station, &self->state);
  g_object_freeze_notify (object);
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (object, properties[i]);
  g_object_thaw_notify (object);
}

static void
on_changed (GFileMonitor *monitor G_GNUC_UNUSED,
            GFile *file G_GNUC_UNUSED,
            GFile *other G_GNUC_UNUSED,
            GFileMonitorEvent event G_GNUC_UNUSED,
            KouanSyncMonitor *self)
{
  g_assert (KOUAN_IS_SYNC_MONITOR (self));

  read_state (self);
}

static void
kouan_sync_monitor_finalize (GObject *object)
{
  KouanSyncMonitor *self = KOUAN_SYNC_MONITOR (object);

  g_clear_object (&self->file);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (kouan_sync_monitor_parent_class)->finalize (object);
}

static void
kouan_sync_monitor_class_init (KouanSyncMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kouan_sync_monitor_get_property;
  object_class->finalize = kouan_sync_monitor_finalize;

  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_RECORDS_DONE]
    = g_param_spec_uint ("records-done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_RECORDS_TOTAL]
    = g_param_spec_uint ("records-total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_BYTES_DONE]
    = g_param_spec_int64 ("bytes-done", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_BYTES_TOTAL]
    = g_param_spec_int64 ("bytes-total", NULL, NULL, 0, G_MAXINT64, 0, flags);
  /* seconds; -1: not known yet */
  properties[PROP_LEFT] = g_param_spec_int64 ("left", NULL, NULL, -1, G_MAXINT64, -1, flags);
  /* when the hub was last reached, in seconds since 1970; 0: never */
  properties[PROP_HUB] = g_param_spec_int64 ("hub", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kouan_sync_monitor_init (KouanSyncMonitor *self G_GNUC_UNUSED)
{
}

KouanSyncMonitor *
kouan_sync_monitor_new (KouanStation *station)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  KouanSyncMonitor *self;

  g_return_val_if_fail (KOUAN_IS_STATION (station), NULL);

  self = g_object_new (KOUAN_TYPE_SYNC_MONITOR, NULL);
  self->station = g_object_ref (station);
  path = kouan_station_path (station, KOUAN_STATION_SYNC);
  file = g_file_new_for_path (path);
  self->file = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->file != NULL)
    g_signal_connect_object (self->file, "changed", G_CALLBACK (on_changed), self, 0);
  kouan_sync_state_read (station, &self->state);
  return self;
}

/* Returns: (transfer none): as it was when the file last changed */
const KouanSyncState *
kouan_sync_monitor_get_state (KouanSyncMonitor *self)
{
  g_return_val_if_fail (KOUAN_IS_SYNC_MONITOR (self), NULL);

  return &self->state;
}
