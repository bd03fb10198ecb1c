/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/file-camera.h"

#include "app/devices/file-picture.h"
#include "app/devices/worker.h"

#include <glib/gstdio.h>

/* Holds a picture in front of a camera that is not there: the demonstration, the tests and the
 * robot use it in place of a real one. The file is looked at again for every frame, so that
 * replacing it is holding up another code; a folder is leafed through, a second a picture, in the
 * order of the names. */

#define FRAME_MS 100
#define FRAMES_A_PICTURE 10

/* No screen shows more, and a photo of 12 megapixels ten times a second would only cost time. */
#define SIDE_PX_MAX 1920
#define STILL_SIDE_PX_MAX 6000

struct _KouanFileCamera
{
  GObject parent_instance;

  char *path;
  KouanFileCameraFault fault;
  KouanDeviceState state;
  guint timer;
  guint frames; /* since it was started */
  guint run;    /* how often it was started */
  gboolean wants_still;

  /* What is held up now, and how the file looked when it was read. */
  KouanFilePicture *picture;
  char *picture_path;
  GStatBuf stamp;
};

typedef struct
{
  char *path;
  guint run;
  KouanFilePicture *whole; /* (nullable) */
} Still;

enum
{
  PROP_0,
  PROP_STATE,
};

static void
set_state (KouanFileCamera *self, KouanDeviceState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

static gboolean
is_unchanged (KouanFileCamera *self, const char *path, const GStatBuf *stamp)
{
  return g_strcmp0 (self->picture_path, path) == 0 && self->stamp.st_ino == stamp->st_ino
         && self->stamp.st_size == stamp->st_size
         && self->stamp.st_mtim.tv_sec == stamp->st_mtim.tv_sec
         && self->stamp.st_mtim.tv_nsec == stamp->st_mtim.tv_nsec;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *)a, *(char *const *)b);
}

/* Returns: (transfer full) (nullable): the picture whose turn it is */
static char *
choose_path (KouanFileCamera *self)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GDir) folder = g_dir_open (self->path, 0, NULL);
  const char *name;

  if (folder == NULL)
    return g_strdup (self->path);
  names = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  if (names->len == 0)
    return NULL;
  g_ptr_array_sort (names, compare_names);
  name = names->pdata[self->frames / FRAMES_A_PICTURE % names->len];
  return g_build_filename (self->path, name, NULL);
}

/* The state says what came of it; @picture is NULL unless that is READY. */
static KouanDeviceState
look (KouanFileCamera *self)
{
  g_autofree char *path = choose_path (self);
  g_autoptr (GError) error = NULL;
  GStatBuf stamp;

  if (path == NULL || g_stat (path, &stamp) != 0)
    {
      g_clear_pointer (&self->picture, kouan_file_picture_free);
      g_clear_pointer (&self->picture_path, g_free);
      return KOUAN_DEVICE_OFFLINE;
    }
  if (!is_unchanged (self, path, &stamp))
    {
      g_clear_pointer (&self->picture, kouan_file_picture_free);
      self->picture = kouan_file_picture_load (path, SIDE_PX_MAX, &error);
      if (self->picture == NULL)
        g_message ("Camera picture: %s", error->message);
      g_free (self->picture_path);
      self->picture_path = g_steal_pointer (&path);
      self->stamp = stamp;
    }
  return self->picture != NULL ? KOUAN_DEVICE_READY : KOUAN_DEVICE_FAILED;
}

static void
still_free (gpointer data)
{
  Still *still = data;

  g_free (still->path);
  g_clear_pointer (&still->whole, kouan_file_picture_free);
  g_free (still);
}

/* On the worker. */
static gboolean
load_still (gpointer data, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  Still *still = data;

  still->whole = kouan_file_picture_load (still->path, STILL_SIDE_PX_MAX, error);
  return still->whole != NULL;
}

/* Stopped in between, even if it was started again, it hands out nothing. */
static void
on_still_loaded (GObject *source, GAsyncResult *result, gpointer data G_GNUC_UNUSED)
{
  KouanFileCamera *self = KOUAN_FILE_CAMERA (source);
  const Still *still = g_task_get_task_data (G_TASK (result));

  if (g_task_propagate_boolean (G_TASK (result), NULL) && self->timer != 0
      && still->run == self->run)
    kouan_camera_emit_still (KOUAN_CAMERA (self), still->whole->colour);
}

/* As a real camera does, it hands out its still when it has it, and the screen does not wait. */
static void
emit_still (KouanFileCamera *self)
{
  GTask *task = g_task_new (self, NULL, on_still_loaded, NULL);
  Still *still = g_new0 (Still, 1);

  self->wants_still = FALSE;
  still->path = g_strdup (self->picture_path);
  still->run = self->run;
  g_task_set_task_data (task, still, still_free);
  kouan_worker_run (task, load_still, NULL);
}

static void
emit_frames (KouanFileCamera *self)
{
  g_autoptr (KouanFrame) colour = kouan_frame_ref (self->picture->colour);
  g_autoptr (KouanFrame) gray = kouan_frame_ref (self->picture->gray);

  kouan_camera_emit_picture (KOUAN_CAMERA (self), colour);
  /* A handler may have stopped the camera. */
  if (self->timer != 0)
    kouan_camera_emit_gray (KOUAN_CAMERA (self), gray);
  if (self->timer != 0 && self->wants_still)
    emit_still (self);
}

static gboolean
on_frame_due (gpointer data)
{
  g_autoptr (KouanFileCamera) self = g_object_ref (data);

  g_assert (KOUAN_IS_FILE_CAMERA (self));
  switch (self->fault)
    {
    case KOUAN_FILE_CAMERA_MISSING:
      set_state (self, KOUAN_DEVICE_OFFLINE);
      break;
    case KOUAN_FILE_CAMERA_UNREADABLE:
      set_state (self, KOUAN_DEVICE_FAILED);
      break;
    case KOUAN_FILE_CAMERA_LATE:
      break;
    case KOUAN_FILE_CAMERA_WORKS:
    default:
      set_state (self, look (self));
      if (self->state == KOUAN_DEVICE_READY && self->timer != 0)
        emit_frames (self);
    }
  self->frames++;
  return G_SOURCE_CONTINUE;
}

static void
file_camera_start (KouanCamera *camera)
{
  KouanFileCamera *self = KOUAN_FILE_CAMERA (camera);

  if (self->timer != 0)
    return;
  self->frames = 0;
  self->run++;
  self->timer = g_timeout_add (FRAME_MS, on_frame_due, self);
  set_state (self, KOUAN_DEVICE_STARTING);
}

static void
file_camera_stop (KouanCamera *camera)
{
  KouanFileCamera *self = KOUAN_FILE_CAMERA (camera);

  g_clear_handle_id (&self->timer, g_source_remove);
  self->wants_still = FALSE;
  /* The next person's camera must not begin with what this one held up. */
  g_clear_pointer (&self->picture, kouan_file_picture_free);
  g_clear_pointer (&self->picture_path, g_free);
  set_state (self, KOUAN_DEVICE_OFF);
}

static void
file_camera_request_still (KouanCamera *camera)
{
  KouanFileCamera *self = KOUAN_FILE_CAMERA (camera);

  self->wants_still = self->timer != 0;
}

static void
file_camera_iface_init (KouanCameraInterface *iface)
{
  iface->start = file_camera_start;
  iface->stop = file_camera_stop;
  iface->request_still = file_camera_request_still;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (KouanFileCamera,
                               kouan_file_camera,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOUAN_TYPE_CAMERA, file_camera_iface_init))

static void
kouan_file_camera_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KouanFileCamera *self = KOUAN_FILE_CAMERA (object);

  if (id == PROP_STATE)
    g_value_set_enum (value, self->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kouan_file_camera_finalize (GObject *object)
{
  KouanFileCamera *self = KOUAN_FILE_CAMERA (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->picture, kouan_file_picture_free);
  g_free (self->picture_path);
  g_free (self->path);
  G_OBJECT_CLASS (kouan_file_camera_parent_class)->finalize (object);
}

static void
kouan_file_camera_class_init (KouanFileCameraClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kouan_file_camera_get_property;
  object_class->finalize = kouan_file_camera_finalize;
  g_object_class_override_property (object_class, PROP_STATE, "state");
}

static void
kouan_file_camera_init (KouanFileCamera *self)
{
  self->state = KOUAN_DEVICE_OFF;
}

/* @path: a picture (PNG, JPEG) or a folder of pictures; may come and go while the camera runs */
KouanCamera *
kouan_file_camera_new (const char *path)
{
  KouanFileCamera *self = g_object_new (KOUAN_TYPE_FILE_CAMERA, NULL);

  self->path = g_strdup (path);
  return KOUAN_CAMERA (self);
}

/* From the next frame on; a late camera goes on with its old state and sends nothing. */
void
kouan_file_camera_set_fault (KouanFileCamera *self, KouanFileCameraFault fault)
{
  g_return_if_fail (KOUAN_IS_FILE_CAMERA (self));

  self->fault = fault;
}
