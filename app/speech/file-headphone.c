/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-speech"

#include "app/speech/file-headphone.h"

#include <gio/gio.h>

/* A file that plays a headphone, for the demonstration and for tests. */

struct _KouanFileHeadphone
{
  GObject parent_instance;

  char *path;
  GFileMonitor *monitor; /* (nullable) */
  gboolean plugged;
};

enum
{
  PROP_0,
  PROP_PLUGGED,
};

static gboolean
file_headphone_is_plugged (KouanHeadphone *headphone)
{
  return KOUAN_FILE_HEADPHONE (headphone)->plugged;
}

static void
headphone_iface_init (KouanHeadphoneInterface *iface)
{
  iface->is_plugged = file_headphone_is_plugged;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanFileHeadphone,
                               kouan_file_headphone,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_HEADPHONE, headphone_iface_init))

static void
look (KouanFileHeadphone *self)
{
  gboolean plugged = g_file_test (self->path, G_FILE_TEST_EXISTS);

  if (plugged == self->plugged)
    return;
  self->plugged = plugged;
  g_object_notify (G_OBJECT (self), "plugged");
}

static void
on_file_changed (GFileMonitor *monitor G_GNUC_UNUSED,
                 GFile *file G_GNUC_UNUSED,
                 GFile *other G_GNUC_UNUSED,
                 GFileMonitorEvent event G_GNUC_UNUSED,
                 KouanFileHeadphone *self)
{
  look (self);
}

static void
kouan_file_headphone_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PLUGGED)
    g_value_set_boolean (value, KOUAN_FILE_HEADPHONE (object)->plugged);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kouan_file_headphone_finalize (GObject *object)
{
  KouanFileHeadphone *self = KOUAN_FILE_HEADPHONE (object);

  g_clear_object (&self->monitor);
  g_free (self->path);
  G_OBJECT_CLASS (kouan_file_headphone_parent_class)->finalize (object);
}

static void
kouan_file_headphone_class_init (KouanFileHeadphoneClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = kouan_file_headphone_get_property;
  G_OBJECT_CLASS (klass)->finalize = kouan_file_headphone_finalize;
  g_object_class_override_property (G_OBJECT_CLASS (klass), PROP_PLUGGED, "plugged");
}

static void
kouan_file_headphone_init (KouanFileHeadphone *self G_GNUC_UNUSED)
{
}

/* @path: a file in a folder that is there; the file itself need not be */
KouanHeadphone *
kouan_file_headphone_new (const char *path)
{
  KouanFileHeadphone *self = g_object_new (KOUAN_TYPE_FILE_HEADPHONE, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->path = g_strdup (path);
  self->plugged = g_file_test (path, G_FILE_TEST_EXISTS);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    {
      g_file_monitor_set_rate_limit (self->monitor, 0);
      g_signal_connect (self->monitor, "changed", G_CALLBACK (on_file_changed), self);
    }
  return KOUAN_HEADPHONE (self);
}
