/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/folder-stick.h"

/* A folder that plays a stick, for the demonstration and for tests; it can be pulled out and it can
 * die. */

struct _KouanFolderStick
{
  GObject parent_instance;

  char *folder;
  KouanFolderStickFault fault;
};

enum
{
  PROP_0,
  PROP_PRESENT,
};

static gboolean
is_present (const KouanFolderStick *self)
{
  return self->fault != KOUAN_FOLDER_STICK_MISSING
         && g_file_test (self->folder, G_FILE_TEST_IS_DIR);
}

static char *
folder_stick_get_folder (KouanStick *stick)
{
  KouanFolderStick *self = KOUAN_FOLDER_STICK (stick);

  return self->fault == KOUAN_FOLDER_STICK_WORKS && is_present (self) ? g_strdup (self->folder)
                                                                      : NULL;
}

static void
stick_iface_init (KouanStickInterface *iface)
{
  iface->get_folder = folder_stick_get_folder;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanFolderStick,
                               kouan_folder_stick,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_STICK, stick_iface_init))

static void
kouan_folder_stick_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_PRESENT)
    g_value_set_boolean (value, is_present (KOUAN_FOLDER_STICK (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
kouan_folder_stick_finalize (GObject *object)
{
  g_free (KOUAN_FOLDER_STICK (object)->folder);
  G_OBJECT_CLASS (kouan_folder_stick_parent_class)->finalize (object);
}

static void
kouan_folder_stick_class_init (KouanFolderStickClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kouan_folder_stick_get_property;
  object_class->finalize = kouan_folder_stick_finalize;
  g_object_class_override_property (object_class, PROP_PRESENT, "present");
}

static void
kouan_folder_stick_init (KouanFolderStick *self G_GNUC_UNUSED)
{
}

KouanStick *
kouan_folder_stick_new (const char *folder)
{
  KouanFolderStick *self = g_object_new (KOUAN_TYPE_FOLDER_STICK, NULL);

  self->folder = g_strdup (folder);
  return KOUAN_STICK (self);
}

/* Pulls it out, puts it in, or lets it die. */
void
kouan_folder_stick_set_fault (KouanFolderStick *self, KouanFolderStickFault fault)
{
  g_return_if_fail (KOUAN_IS_FOLDER_STICK (self));

  self->fault = fault;
  g_object_notify (G_OBJECT (self), "present");
}
