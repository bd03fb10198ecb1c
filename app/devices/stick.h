/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "app/pixels/protocol.h"

G_BEGIN_DECLS

#define KOUAN_STICK_ENTRIES_MAX 2000 /* looked at, folders included */
#define KOUAN_STICK_DEPTH_MAX 4      /* folders deep, the stick itself being the first */

typedef enum
{
  KOUAN_STICK_ERROR_GONE,       /* pulled out, or never there */
  KOUAN_STICK_ERROR_TOO_LARGE,  /* the file is larger than is taken */
  KOUAN_STICK_ERROR_UNREADABLE, /* there, and it cannot be read */
} KouanStickError;
#define KOUAN_STICK_ERROR (kouan_stick_error_quark ())
GQuark kouan_stick_error_quark (void);
const char *kouan_stick_error_title (const GError *error);
const char *kouan_stick_error_remedy (const GError *error);

/* One file that its owner might mean. */
typedef struct
{
  char *name; /* to show: UTF-8, one line, nothing in it that turns or hides letters */
  guint64 size;
  KouanFileKind kind; /* by its first bytes */
  char *path;         /* below the stick, as the stick spells it: not to be shown */
} KouanStickFile;

KouanStickFile *kouan_stick_file_new (const char *path, guint64 size, KouanFileKind kind);
void kouan_stick_file_free (KouanStickFile *self);
gboolean kouan_stick_file_is_taken (const KouanStickFile *self);
char *kouan_stick_display_name (const char *path) G_GNUC_WARN_UNUSED_RESULT;

/* Property "present" (boolean): a stick is in. */
#define KOUAN_TYPE_STICK (kouan_stick_get_type ())
G_DECLARE_INTERFACE (KouanStick, kouan_stick, KOUAN, STICK, GObject)

struct _KouanStickInterface
{
  GTypeInterface parent_iface;

  char *(*get_folder) (KouanStick *self); /* (transfer full) (nullable): where it is mounted */
};

KouanStick *kouan_stick_new_for_source (const char *source,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean kouan_stick_is_present (KouanStick *self);
char *kouan_stick_dup_folder (KouanStick *self); /* (nullable): for staff, who carry records */
void kouan_stick_list_async (KouanStick *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GPtrArray *kouan_stick_list_finish (KouanStick *self,
                                    GAsyncResult *result,
                                    gboolean *complete,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void kouan_stick_read_async (KouanStick *self,
                             const KouanStickFile *file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GBytes *kouan_stick_read_finish (KouanStick *self,
                                 GAsyncResult *result,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
