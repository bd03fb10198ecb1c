/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/stick.h"

#include <string.h>

#include "app/devices/device-state.h"
#include "app/devices/folder-stick.h"
#include "app/devices/mount-stick.h"
#include "app/devices/stick-walk.h"
#include "app/devices/worker.h"
#include "app/language/language.h"

/* A USB stick: whether one is in, what lies on it, one file of it. Reading what the file means is
 * not done here but by kouan-pixels. */

G_DEFINE_QUARK (kouan_stick_error, kouan_stick_error)
G_DEFINE_INTERFACE (KouanStick, kouan_stick, G_TYPE_OBJECT)

typedef struct
{
  const char *title;
  const char *remedy;
} Words;

static const Words words[] = {
  [KOUAN_STICK_ERROR_GONE] = { N_ ("There is no USB stick"),
                               N_ ("Put the stick in. Leave it in until your pages are here.") },
  [KOUAN_STICK_ERROR_TOO_LARGE]
  = { N_ ("This file is too large"),
      N_ ("A file may have 25 MB. Save it smaller, or scan the paper here.") },
  [KOUAN_STICK_ERROR_UNREADABLE] = { N_ ("The stick gives us no more of this file"),
                                     N_ ("Take the stick out, put it in again and choose the file "
                                         "once more. Or scan the paper here.") },
};

static void
kouan_stick_default_init (KouanStickInterface *iface)
{
  g_object_interface_install_property (
    iface,
    g_param_spec_boolean ("present", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

/**
 * kouan_stick_new_for_source:
 * @source: "mount:FOLDER", below which sticks are mounted, or "file:FOLDER", a folder that plays a
 * stick
 *
 * Returns: (transfer full): or NULL with %KOUAN_DEVICE_ERROR_CONFIGURATION
 */
KouanStick *
kouan_stick_new_for_source (const char *source, GError **error)
{
  const char *folder = kouan_device_source_part (source, "file");
  const char *prefix = kouan_device_source_part (source, "mount");

  if (folder != NULL && *folder != '\0')
    return kouan_folder_stick_new (folder);
  if (prefix != NULL && *prefix == '/')
    return kouan_mount_stick_new (prefix);
  g_set_error (error, KOUAN_DEVICE_ERROR, KOUAN_DEVICE_ERROR_CONFIGURATION,
               "stick \"%s\": it must be \"mount:/FOLDER\" or \"file:FOLDER\"", source);
  return NULL;
}

/* Letters that nobody sees but that turn, hide or end what stands around them: direction marks and
 * overrides, line ends, fillers. Joiners are left alone: Persian and Hindi words need them. */
static gboolean
plays_tricks (gunichar letter)
{
  if (letter == 0x200c || letter == 0x200d)
    return FALSE;
  switch (g_unichar_type (letter))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
      return TRUE;
    default:
      return letter == 0x115f || letter == 0x1160 || letter == 0x3164 || letter == 0xffa0;
    }
}

/**
 * kouan_stick_display_name:
 * @path: as a file system spells it, in any encoding
 *
 * Returns: (transfer full): its last part, in UTF-8, with each letter that plays tricks written out
 * as U+202E
 */
char *
kouan_stick_display_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *valid = g_utf8_make_valid (base, -1);
  GString *name = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (plays_tricks (letter))
        g_string_append_printf (name, "[U+%04X]", letter);
      else
        g_string_append_unichar (name, letter);
    }
  return g_string_free (name, FALSE);
}

KouanStickFile *
kouan_stick_file_new (const char *path, guint64 size, KouanFileKind kind)
{
  KouanStickFile *self = g_new (KouanStickFile, 1);

  self->name = kouan_stick_display_name (path);
  self->size = size;
  self->kind = kind;
  self->path = g_strdup (path);
  return self;
}

void
kouan_stick_file_free (KouanStickFile *self)
{
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

/* Returns: whether kouan-pixels would look at it at all */
gboolean
kouan_stick_file_is_taken (const KouanStickFile *self)
{
  return self->kind > KOUAN_FILE_KIND_UNKNOWN && self->kind < KOUAN_FILE_KIND_EMPTY
         && self->size <= KOUAN_PIXELS_INPUT_MAX;
}

gboolean
kouan_stick_is_present (KouanStick *self)
{
  gboolean present;

  g_return_val_if_fail (KOUAN_IS_STICK (self), FALSE);

  g_object_get (self, "present", &present, NULL);
  return present;
}

/* What a worker does with a stick; belongs to the worker until it is done. */
typedef struct
{
  char *folder;
  char *path;
  GPtrArray *files;
  gboolean complete;
  GBytes *bytes;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_free (errand->folder);
  g_free (errand->path);
  g_clear_pointer (&errand->files, g_ptr_array_unref);
  g_clear_pointer (&errand->bytes, g_bytes_unref);
  g_free (errand);
}

/* On the worker. */
static gboolean
list (gpointer data, GCancellable *cancellable, GError **error)
{
  Errand *errand = data;

  errand->files = kouan_stick_walk (errand->folder, &errand->complete, cancellable, error);
  return errand->files != NULL;
}

/* On the worker. */
static gboolean
load (gpointer data, GCancellable *cancellable, GError **error)
{
  Errand *errand = data;

  errand->bytes = kouan_stick_load (errand->folder, errand->path, cancellable, error);
  return errand->bytes != NULL;
}

static GTask *
new_task (KouanStick *self,
          const char *path,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  errand->folder = KOUAN_STICK_GET_IFACE (self)->get_folder (self);
  errand->path = g_strdup (path);
  g_task_set_task_data (task, errand, errand_free);
  return task;
}

/**
 * kouan_stick_list_async:
 *
 * Looks through the stick, four folders deep and 2,000 entries wide.
 */
void
kouan_stick_list_async (KouanStick *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (KOUAN_IS_STICK (self));

  kouan_worker_run (new_task (self, NULL, cancellable, callback, user_data), list, NULL);
}

/**
 * kouan_stick_list_finish:
 * @complete: (out) (optional): FALSE where there is more on the stick than was looked at
 *
 * Returns: (transfer full) (element-type KouanStickFile): the files that can be taken first; or
 * NULL with a KOUAN_STICK_ERROR or %G_IO_ERROR_CANCELLED
 */
GPtrArray *
kouan_stick_list_finish (KouanStick *self, GAsyncResult *result, gboolean *complete, GError **error)
{
  Errand *errand;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  errand = g_task_get_task_data (G_TASK (result));
  if (complete != NULL)
    *complete = errand->complete;
  return g_steal_pointer (&errand->files);
}

/**
 * kouan_stick_read_async:
 * @file: of a list of this stick
 */
void
kouan_stick_read_async (KouanStick *self,
                        const KouanStickFile *file,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (KOUAN_IS_STICK (self));

  kouan_worker_run (new_task (self, file->path, cancellable, callback, user_data), load, NULL);
}

/* Returns: (transfer full): the file, 25 MB at most; or NULL with a KOUAN_STICK_ERROR or
 * %G_IO_ERROR_CANCELLED */
GBytes *
kouan_stick_read_finish (KouanStick *self, GAsyncResult *result, GError **error)
{
  Errand *errand;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  errand = g_task_get_task_data (G_TASK (result));
  return g_steal_pointer (&errand->bytes);
}

static const Words *
words_of (const GError *error)
{
  return &words[error->domain == KOUAN_STICK_ERROR ? (guint)error->code
                                                   : KOUAN_STICK_ERROR_UNREADABLE];
}

/* Returns: what happened, in the language of the screen */
const char *
kouan_stick_error_title (const GError *error)
{
  return _ (words_of (error)->title);
}

/* Returns: what to do about it, in the language of the screen */
const char *
kouan_stick_error_remedy (const GError *error)
{
  return _ (words_of (error)->remedy);
}

/* Returns: (transfer full) (nullable): where the stick is mounted; NULL if none is in */
char *
kouan_stick_dup_folder (KouanStick *self)
{
  g_return_val_if_fail (KOUAN_IS_STICK (self), NULL);

  return kouan_stick_is_present (self) ? KOUAN_STICK_GET_IFACE (self)->get_folder (self) : NULL;
}
