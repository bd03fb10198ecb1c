/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/devices/file-camera.h"
#include "app/devices/gst-camera.h"
#include "app/qr/draw.h"
#include "tests/testlib/fixture.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  char *path;
  guint pictures;
  guint grays;
  KouanFrame *picture; /* the last one */
  KouanFrame *gray;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "code.png", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_pointer (&fixture->picture, kouan_frame_unref);
  g_clear_pointer (&fixture->gray, kouan_frame_unref);
  g_free (fixture->path);
  kouan_test_folder_remove (fixture->folder);
}

static void
save_code (const char *path, const char *text, guint module_px)
{
  g_autoptr (KouanQrMatrix) matrix = kouan_qr_matrix_new (text, KOUAN_QR_LEVEL_M, NULL);
  g_autoptr (GBytes) png = kouan_qr_draw_png (matrix, module_px);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize)g_bytes_get_size (png), &error);
  g_assert_no_error (error);
}

static void
on_picture (KouanCamera *camera, KouanFrame *frame, Fixture *fixture)
{
  g_assert_cmpint (kouan_camera_get_state (camera), ==, KOUAN_DEVICE_READY);
  g_assert_cmpint (frame->format, ==, KOUAN_FRAME_BGRA);
  fixture->pictures++;
  g_clear_pointer (&fixture->picture, kouan_frame_unref);
  fixture->picture = kouan_frame_ref (frame);
}

static void
on_gray (KouanCamera *camera G_GNUC_UNUSED, KouanFrame *frame, Fixture *fixture)
{
  g_assert_cmpint (frame->format, ==, KOUAN_FRAME_GRAY);
  fixture->grays++;
  g_clear_pointer (&fixture->gray, kouan_frame_unref);
  fixture->gray = kouan_frame_ref (frame);
}

static KouanCamera *
camera_new (Fixture *fixture, const char *source)
{
  g_autoptr (GError) error = NULL;
  KouanCamera *camera = kouan_camera_new_for_source (source, &error);

  g_assert_no_error (error);
  g_assert_cmpint (kouan_camera_get_state (camera), ==, KOUAN_DEVICE_OFF);
  g_signal_connect (camera, "picture", G_CALLBACK (on_picture), fixture);
  g_signal_connect (camera, "gray", G_CALLBACK (on_gray), fixture);
  return camera;
}

static KouanCamera *
file_camera_new (Fixture *fixture)
{
  g_autofree char *source = g_strconcat ("file:", fixture->path, NULL);

  return camera_new (fixture, source);
}

static gboolean
has_both (gpointer data)
{
  const Fixture *fixture = data;

  return fixture->pictures > 0 && fixture->grays > 0;
}

static gboolean
is_ready (gpointer data)
{
  return kouan_camera_get_state (data) == KOUAN_DEVICE_READY;
}

static gboolean
is_offline (gpointer data)
{
  return kouan_camera_get_state (data) == KOUAN_DEVICE_OFFLINE;
}

static gboolean
is_failed (gpointer data)
{
  return kouan_camera_get_state (data) == KOUAN_DEVICE_FAILED;
}

/* Waits as long as a working camera takes for a few frames, whatever the machine's speed. */
static void
wait_a_few_frames (void)
{
  Fixture other = { 0 };
  g_autoptr (KouanCamera) camera = NULL;
  g_autofree char *picture = NULL;

  set_up (&other, NULL);
  save_code (other.path, "KA1:OTHER", 2);
  camera = file_camera_new (&other);
  kouan_camera_start (camera);
  while (other.pictures < 3)
    g_main_context_iteration (NULL, TRUE);
  kouan_camera_stop (camera);
  tear_down (&other, NULL);
}

static void
test_sources (void)
{
  static const char *const wrong[]
    = { "", "gst:", "file:", "v4l2:/dev/video0", "/dev/video0", "gst", "GST:videotestsrc" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KouanCamera) camera = kouan_camera_new_for_source (wrong[i], &error);

      g_assert_null (camera);
      g_assert_error (error, KOUAN_DEVICE_ERROR, KOUAN_DEVICE_ERROR_CONFIGURATION);
    }
}

static void
test_file_picture (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanCamera) camera = file_camera_new (fixture);
  const guint8 *bgra;

  save_code (fixture->path, "KA1:A", 4);
  kouan_camera_start (camera);
  g_assert_cmpint (kouan_camera_get_state (camera), ==, KOUAN_DEVICE_STARTING);
  kouan_test_wait_for (has_both, fixture);
  g_assert_cmpuint (fixture->gray->width, ==, (21 + 8) * 4);
  g_assert_cmpuint (fixture->gray->height, ==, fixture->picture->height);
  g_assert_cmpuint (kouan_frame_get_pixels (fixture->gray)[0], ==, 255);
  g_assert_cmpuint (kouan_frame_get_pixels (fixture->gray)[16 * fixture->gray->stride + 16], ==, 0);
  bgra = kouan_frame_get_pixels (fixture->picture) + 16 * fixture->picture->stride + 16 * 4;
  g_assert_cmpmem (bgra, 4, "\0\0\0\xff", 4);
}

static void
test_file_replaced (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanCamera) camera = file_camera_new (fixture);

  save_code (fixture->path, "KA1:A", 4);
  kouan_camera_start (camera);
  kouan_test_wait_for (has_both, fixture);
  save_code (fixture->path, "KA1:A", 5);
  while (fixture->gray->width != (21 + 8) * 5)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_file_comes_and_goes (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanCamera) camera = file_camera_new (fixture);

  kouan_camera_start (camera);
  kouan_test_wait_for (is_offline, camera);
  g_assert_cmpuint (fixture->pictures, ==, 0);
  g_assert_true (g_file_set_contents (fixture->path, "\x89PNG no more", -1, NULL));
  kouan_test_wait_for (is_failed, camera);
  g_assert_cmpuint (fixture->pictures, ==, 0);
  save_code (fixture->path, "KA1:A", 4);
  kouan_test_wait_for (has_both, fixture);
  g_remove (fixture->path);
  kouan_test_wait_for (is_offline, camera);
}

static void
test_file_folder (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *source = g_strconcat ("file:", fixture->folder, NULL);
  g_autofree char *second = g_build_filename (fixture->folder, "second.png", NULL);
  g_autoptr (KouanCamera) camera = camera_new (fixture, source);

  kouan_camera_start (camera);
  kouan_test_wait_for (is_offline, camera);
  save_code (fixture->path, "KA1:A", 4);
  save_code (second, "KA1:A", 6);
  kouan_test_wait_for (has_both, fixture);
  while (fixture->gray->width != (21 + 8) * 4)
    g_main_context_iteration (NULL, TRUE);
  while (fixture->gray->width != (21 + 8) * 6)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_file_large (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanCamera) camera = file_camera_new (fixture);

  save_code (fixture->path, "KA1:ABCDEFGHIJ0123456789ABCDEFGHIJ0123456789ABCDEFGHIJ0123456789", 64);
  kouan_camera_start (camera);
  kouan_test_wait_for (has_both, fixture);
  g_assert_cmpuint (fixture->gray->width, ==, 1920);
}

static void
test_file_faults (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanCamera) camera = file_camera_new (fixture);

  save_code (fixture->path, "KA1:A", 4);
  kouan_file_camera_set_fault (KOUAN_FILE_CAMERA (camera), KOUAN_FILE_CAMERA_LATE);
  kouan_camera_start (camera);
  wait_a_few_frames ();
  g_assert_cmpint (kouan_camera_get_state (camera), ==, KOUAN_DEVICE_STARTING);
  kouan_file_camera_set_fault (KOUAN_FILE_CAMERA (camera), KOUAN_FILE_CAMERA_MISSING);
  kouan_test_wait_for (is_offline, camera);
  kouan_file_camera_set_fault (KOUAN_FILE_CAMERA (camera), KOUAN_FILE_CAMERA_UNREADABLE);
  kouan_test_wait_for (is_failed, camera);
  g_assert_cmpuint (fixture->pictures + fixture->grays, ==, 0);
  kouan_file_camera_set_fault (KOUAN_FILE_CAMERA (camera), KOUAN_FILE_CAMERA_WORKS);
  kouan_test_wait_for (has_both, fixture);
}

static void
assert_stop_means_silence (Fixture *fixture, KouanCamera *camera)
{
  guint pictures;
  guint grays;

  kouan_camera_start (camera);
  kouan_test_wait_for (has_both, fixture);
  kouan_camera_stop (camera);
  g_assert_cmpint (kouan_camera_get_state (camera), ==, KOUAN_DEVICE_OFF);
  pictures = fixture->pictures;
  grays = fixture->grays;
  wait_a_few_frames ();
  g_assert_cmpuint (fixture->pictures, ==, pictures);
  g_assert_cmpuint (fixture->grays, ==, grays);
  g_assert_cmpint (kouan_camera_get_state (camera), ==, KOUAN_DEVICE_OFF);

  fixture->pictures = 0;
  kouan_camera_start (camera);
  kouan_camera_start (camera);
  kouan_test_wait_for (has_both, fixture);
  kouan_camera_stop (camera);
  kouan_camera_stop (camera);
}

static void
test_file_stop (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanCamera) camera = file_camera_new (fixture);

  save_code (fixture->path, "KA1:A", 4);
  assert_stop_means_silence (fixture, camera);
}

static void
on_picture_stop (KouanCamera *camera, KouanFrame *frame G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  kouan_camera_stop (camera);
}

/* Stopped while the colour frame is being shown: the gray one must not follow. */
static void
test_file_stop_inside (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanCamera) camera = file_camera_new (fixture);

  save_code (fixture->path, "KA1:A", 4);
  g_signal_connect (camera, "picture", G_CALLBACK (on_picture_stop), NULL);
  kouan_camera_start (camera);
  while (fixture->pictures == 0)
    g_main_context_iteration (NULL, TRUE);
  wait_a_few_frames ();
  g_assert_cmpuint (fixture->pictures, ==, 1);
  g_assert_cmpuint (fixture->grays, ==, 0);
}

#define TEST_PATTERN                                                                               \
  "gst:videotestsrc is-live=true pattern=white ! "                                                 \
  "video/x-raw,format=YUY2,width=322,height=240,framerate=30/1"

static void
test_gst_pictures (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanCamera) camera = camera_new (fixture, TEST_PATTERN);

  kouan_camera_start (camera);
  g_assert_cmpint (kouan_camera_get_state (camera), ==, KOUAN_DEVICE_STARTING);
  kouan_test_wait_for (has_both, fixture);
  g_assert_cmpuint (fixture->gray->width, ==, 322);
  g_assert_cmpuint (fixture->gray->height, ==, 240);
  g_assert_cmpuint (fixture->picture->stride, >=, 322 * 4);
  g_assert_cmpuint (kouan_frame_get_pixels (fixture->gray)[239 * fixture->gray->stride], >, 230);
  g_assert_cmpuint (kouan_frame_get_pixels (fixture->picture)[0], >, 230);
}

static void
test_gst_stop (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanCamera) camera = camera_new (fixture, TEST_PATTERN);

  assert_stop_means_silence (fixture, camera);
}

/* Frames outlive the pipeline that they came from. */
static void
test_gst_frame_is_kept (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanCamera *camera = camera_new (fixture, TEST_PATTERN);

  kouan_camera_start (camera);
  kouan_test_wait_for (has_both, fixture);
  g_object_unref (camera);
  g_assert_cmpuint (kouan_frame_get_pixels (fixture->gray)[0], >, 230);
}

static void
test_gst_no_device (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanCamera) camera
    = camera_new (fixture, "gst:v4l2src device=/dev/video-that-is-not-there");

  kouan_camera_start (camera);
  kouan_test_wait_for (is_offline, camera);
  kouan_camera_stop (camera);
  g_assert_cmpint (kouan_camera_get_state (camera), ==, KOUAN_DEVICE_OFF);
}

static void
test_gst_no_such_element (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanCamera) camera = camera_new (fixture, "gst:cameraofanothermake");

  kouan_camera_start (camera);
  kouan_test_wait_for (is_failed, camera);
}

/* A camera that is plugged in while it is wanted begins to work by itself. */
static void
test_gst_comes_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *source = g_strdup_printf (
    "gst:filesrc location=%s ! pngdec ! imagefreeze is-live=true", fixture->path);
  g_autoptr (KouanCamera) camera = camera_new (fixture, source);

  kouan_gst_camera_set_patience (KOUAN_GST_CAMERA (camera), 100);
  kouan_camera_start (camera);
  kouan_test_wait_for (is_offline, camera);
  kouan_gst_camera_set_patience (KOUAN_GST_CAMERA (camera), 5000);
  save_code (fixture->path, "KA1:A", 4);
  kouan_test_wait_for (is_ready, camera);
  kouan_test_wait_for (has_both, fixture);
}

static void
test_gst_silent (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanCamera) camera
    = camera_new (fixture, "gst:videotestsrc is-live=true ! valve drop=true");

  kouan_gst_camera_set_patience (KOUAN_GST_CAMERA (camera), 100);
  kouan_camera_start (camera);
  kouan_test_wait_for (is_offline, camera);
  g_assert_cmpuint (fixture->pictures, ==, 0);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera/sources", test_sources);
  ADD ("/camera/file/picture", test_file_picture);
  ADD ("/camera/file/replaced", test_file_replaced);
  ADD ("/camera/file/comes-and-goes", test_file_comes_and_goes);
  ADD ("/camera/file/folder", test_file_folder);
  ADD ("/camera/file/large", test_file_large);
  ADD ("/camera/file/faults", test_file_faults);
  ADD ("/camera/file/stop", test_file_stop);
  ADD ("/camera/file/stop-inside", test_file_stop_inside);
  ADD ("/camera/gst/pictures", test_gst_pictures);
  ADD ("/camera/gst/stop", test_gst_stop);
  ADD ("/camera/gst/frame-is-kept", test_gst_frame_is_kept);
  ADD ("/camera/gst/no-device", test_gst_no_device);
  ADD ("/camera/gst/no-such-element", test_gst_no_such_element);
  ADD ("/camera/gst/comes-back", test_gst_comes_back);
  ADD ("/camera/gst/silent", test_gst_silent);
  return g_test_run ();
}
