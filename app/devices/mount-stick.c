/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/mount-stick.h"

#include <gio/gunixmounts.h>
#include <string.h>

/* The stick that the system mounts below a folder of its own (read-only, no programs, no devices:
 * that is the mount unit's work). Whether one is in is read from the table of mounts, whose changes
 * the kernel tells. */

struct _KouanMountStick
{
  GObject parent_instance;

  char *prefix; /* ends in a slash */
  char *folder; /* (nullable): where a stick is mounted now */
  GUnixMountMonitor *monitor;
};

enum
{
  PROP_0,
  PROP_PRESENT,
};

/* The last one in the table is the last that was put in. */
static char *
find_mount (const char *prefix)
{
  GList *mounts = g_unix_mounts_get (NULL);
  char *folder = NULL;

  for (GList *l = mounts; l != NULL; l = l->next)
    {
      const char *path = g_unix_mount_get_mount_path (l->data);

      if (g_str_has_prefix (path, prefix) && path[strlen (prefix)] != '\0')
        {
          g_free (folder);
          folder = g_strdup (path);
        }
    }
  g_list_free_full (mounts, (GDestroyNotify)g_unix_mount_free);
  return folder;
}

static void
look_again (KouanMountStick *self)
{
  g_autofree char *folder = find_mount (self->prefix);

  if (g_strcmp0 (folder, self->folder) == 0)
    return;
  g_free (self->folder);
  self->folder = g_steal_pointer (&folder);
  g_object_notify (G_OBJECT (self), "present");
}

static void
on_mounts_changed (GUnixMountMonitor *monitor G_GNUC_UNUSED, gpointer data)
{
  look_again (KOUAN_MOUNT_STICK (data));
}

static char *
mount_stick_get_folder (KouanStick *stick)
{
  return g_strdup (KOUAN_MOUNT_STICK (stick)->folder);
}

static void
stick_iface_init (KouanStickInterface *iface)
{
  iface->get_folder = mount_stick_get_folder;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanMountStick,
                               kouan_mount_stick,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_STICK, stick_iface_init))

static void
kouan_mount_stick_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_PRESENT)
    g_value_set_boolean (value, KOUAN_MOUNT_STICK (object)->folder != NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
kouan_mount_stick_finalize (GObject *object)
{
  KouanMountStick *self = KOUAN_MOUNT_STICK (object);

  g_clear_object (&self->monitor);
  g_free (self->prefix);
  g_free (self->folder);
  G_OBJECT_CLASS (kouan_mount_stick_parent_class)->finalize (object);
}

static void
kouan_mount_stick_class_init (KouanMountStickClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kouan_mount_stick_get_property;
  object_class->finalize = kouan_mount_stick_finalize;
  g_object_class_override_property (object_class, PROP_PRESENT, "present");
}

static void
kouan_mount_stick_init (KouanMountStick *self G_GNUC_UNUSED)
{
}

/**
 * kouan_mount_stick_new:
 * @prefix: a folder, for example "/media/kiosk": what is mounted below it is a stick
 */
KouanStick *
kouan_mount_stick_new (const char *prefix)
{
  KouanMountStick *self = g_object_new (KOUAN_TYPE_MOUNT_STICK, NULL);

  self->prefix
    = g_str_has_suffix (prefix, "/") ? g_strdup (prefix) : g_strconcat (prefix, "/", NULL);
  self->monitor = g_unix_mount_monitor_get ();
  g_signal_connect_object (self->monitor, "mounts-changed", G_CALLBACK (on_mounts_changed), self,
                           0);
  self->folder = find_mount (self->prefix);
  return KOUAN_STICK (self);
}
