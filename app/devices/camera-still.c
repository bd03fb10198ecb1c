/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-devices"

#include "app/devices/camera-still.h"

#include "app/devices/frame-page.h"

#include "app/devices/worker.h"
#include "app/language/language.h"
#include "app/pixels/protocol.h"

/* The camera hands out its next picture whole; a thread makes a page of it, because ten million
 * pixels are more than a screen can wait for. */

#define PATIENCE_MS 4000

G_DEFINE_QUARK (kouan_camera_still_error, kouan_camera_still_error)

typedef struct
{
  KouanFrame *frame; /* (nullable) */
  KouanPage *page;   /* (nullable) */
  gulong still_handler;
  guint patience;
  GCancellable *cancellable;
  gulong cancelled_handler;
} Still;

/* Returns: what happened, in the language of the screen */
const char *
kouan_camera_still_error_title (const GError *error G_GNUC_UNUSED)
{
  return _ ("The camera gave no picture");
}

/* Returns: what to do about it, in the language of the screen */
const char *
kouan_camera_still_error_remedy (const GError *error G_GNUC_UNUSED)
{
  return _ ("Try once more. If it happens again, choose another way or call the staff.");
}

static void
still_free (gpointer data)
{
  Still *still = data;

  g_clear_pointer (&still->frame, kouan_frame_unref);
  g_clear_pointer (&still->page, kouan_page_unref);
  g_clear_object (&still->cancellable);
  g_free (still);
}

static void
stop_waiting (GTask *task)
{
  Still *still = g_task_get_task_data (task);

  g_signal_handler_disconnect (g_task_get_source_object (task), still->still_handler);
  g_clear_handle_id (&still->patience, g_source_remove);
  if (still->cancelled_handler != 0)
    g_signal_handler_disconnect (still->cancellable, still->cancelled_handler);
  still->cancelled_handler = 0;
}

/* On the worker. */
static gboolean
make_page (gpointer data, GCancellable *cancellable, GError **error)
{
  Still *still = data;

  still->page = kouan_page_new_for_frame (still->frame);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
is_taken (const KouanFrame *frame)
{
  return frame->width <= KOUAN_PIXELS_SIDE_MAX && frame->height <= KOUAN_PIXELS_SIDE_MAX
         && (guint64)frame->width * frame->height <= KOUAN_PIXELS_AREA_MAX;
}

static void
on_still (KouanCamera *camera G_GNUC_UNUSED, KouanFrame *frame, GTask *task)
{
  Still *still = g_task_get_task_data (task);

  if (!is_taken (frame))
    return;
  stop_waiting (task);
  still->frame = kouan_frame_ref (frame);
  kouan_worker_run (task, make_page, NULL);
}

static gboolean
on_late (gpointer data)
{
  g_autoptr (GTask) task = data;
  Still *still = g_task_get_task_data (task);

  still->patience = 0;
  stop_waiting (task);
  g_task_return_new_error (task, KOUAN_CAMERA_STILL_ERROR, KOUAN_CAMERA_STILL_ERROR_LATE,
                           "the camera sends no picture");
  return G_SOURCE_REMOVE;
}

/* The page that asked has moved on: it is answered from the main loop, not from in here. */
static gboolean
on_cancelled_idle (gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable G_GNUC_UNUSED, GTask *task)
{
  Still *still = g_task_get_task_data (task);

  g_signal_handler_disconnect (g_task_get_source_object (task), still->still_handler);
  g_clear_handle_id (&still->patience, g_source_remove);
  still->cancelled_handler = 0; /* the cancellable's own work is under way: it lets go by itself */
  g_idle_add (on_cancelled_idle, task);
}

void
kouan_camera_still_async (KouanCamera *camera,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (camera, cancellable, callback, user_data);
  Still *still = g_new0 (Still, 1);

  g_task_set_task_data (task, still, still_free);
  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }
  still->still_handler = g_signal_connect (camera, "still", G_CALLBACK (on_still), task);
  still->patience = g_timeout_add (PATIENCE_MS, on_late, task);
  if (cancellable != NULL)
    {
      still->cancellable = g_object_ref (cancellable);
      still->cancelled_handler
        = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), task);
    }
  kouan_camera_request_still (camera);
}

/* Returns: (transfer full): of unknown paper size; or NULL with a %KOUAN_CAMERA_STILL_ERROR or
 * %G_IO_ERROR_CANCELLED */
KouanPage *
kouan_camera_still_finish (KouanCamera *camera, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, camera), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return kouan_page_ref (((Still *)g_task_get_task_data (G_TASK (result)))->page);
}
