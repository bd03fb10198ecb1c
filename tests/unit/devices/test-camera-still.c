/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "app/devices/camera-still.h"
#include "app/devices/file-camera.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/papers.h"

typedef struct
{
  guint width;
  guint height;
  GAsyncResult *result;
} Seen;

static void
on_picture (KouanCamera *camera G_GNUC_UNUSED, KouanFrame *frame, Seen *seen)
{
  seen->width = frame->width;
  seen->height = frame->height;
}

static gboolean
has_picture (gpointer data)
{
  return ((Seen *)data)->width > 0;
}

static void
on_still (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  ((Seen *)data)->result = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return ((Seen *)data)->result != NULL;
}

static KouanPage *
take (KouanCamera *camera, Seen *seen, GError **error)
{
  KouanPage *page;

  kouan_camera_still_async (camera, NULL, on_still, seen);
  kouan_test_wait_for (has_result, seen);
  page = kouan_camera_still_finish (camera, seen->result, error);
  g_clear_object (&seen->result);
  return page;
}

/* The screen gets as much as it can show, the still all that the camera has; and again. */
static void
test_gst (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanCamera) camera = kouan_camera_new_for_source (
    "gst:videotestsrc is-live=true pattern=red ! video/x-raw,width=3264,height=2448,framerate=10/1",
    &error);
  Seen seen = { 0 };

  g_assert_no_error (error);
  g_signal_connect (camera, "picture", G_CALLBACK (on_picture), &seen);
  kouan_camera_start (camera);
  kouan_test_wait_for (has_picture, &seen);
  g_assert_cmpuint (seen.width, ==, 1280);
  g_assert_cmpuint (seen.height, ==, 960);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KouanPage) page = take (camera, &seen, &error);
      const guint8 *pixels;

      g_assert_no_error (error);
      g_assert_cmpuint (page->width, ==, 3264);
      g_assert_cmpuint (page->height, ==, 2448);
      g_assert_false (page->paper_known);
      pixels = g_bytes_get_data (page->pixels, NULL);
      g_assert_cmpuint (pixels[0], >, 230);
      g_assert_cmpuint (pixels[2], <, 30);
    }
  kouan_camera_stop (camera);
}

static void
test_file (void)
{
  g_autofree char *folder = kouan_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "page.png", NULL);
  g_autofree char *source = g_strconcat ("file:", path, NULL);
  g_autoptr (KouanPage) quarters = kouan_test_quarters (400, 300);
  g_autoptr (GBytes) png = kouan_test_png (quarters);
  g_autoptr (KouanCamera) camera = kouan_camera_new_for_source (source, NULL);
  g_autoptr (KouanPage) page = NULL;
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };

  g_assert_true (
    g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize)g_bytes_get_size (png), NULL));
  kouan_camera_start (camera);
  page = take (camera, &seen, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->width, ==, 400);
  kouan_test_assert_quarters (page, 0);
  kouan_camera_stop (camera);
  kouan_test_folder_remove (g_steal_pointer (&folder));
}

static void
test_cancelled (void)
{
  g_autoptr (KouanCamera) camera = kouan_camera_new_for_source ("file:/nowhere", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };

  kouan_camera_start (camera);
  kouan_camera_still_async (camera, cancellable, on_still, &seen);
  g_cancellable_cancel (cancellable);
  kouan_test_wait_for (has_result, &seen);
  g_assert_null (kouan_camera_still_finish (camera, seen.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&seen.result);
  kouan_camera_stop (camera);
}

/* A camera that is there and shows nothing is not waited for for ever. */
static void
test_late (void)
{
  g_autoptr (KouanCamera) camera = kouan_camera_new_for_source ("file:/nowhere", NULL);
  g_autoptr (GError) error = NULL;
  Seen seen = { 0 };

  kouan_file_camera_set_fault (KOUAN_FILE_CAMERA (camera), KOUAN_FILE_CAMERA_LATE);
  kouan_camera_start (camera);
  g_assert_null (take (camera, &seen, &error));
  g_assert_error (error, KOUAN_CAMERA_STILL_ERROR, KOUAN_CAMERA_STILL_ERROR_LATE);
  g_assert_cmpuint (strlen (kouan_camera_still_error_title (error)), >, 0);
  g_assert_cmpuint (strlen (kouan_camera_still_error_remedy (error)), >, 0);
  kouan_camera_stop (camera);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/devices/camera-still/gst", test_gst);
  g_test_add_func ("/devices/camera-still/file", test_file);
  g_test_add_func ("/devices/camera-still/cancelled", test_cancelled);
  g_test_add_func ("/devices/camera-still/late", test_late);
  return g_test_run ();
}
