/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/devices/file-camera.h"
#include "app/devices/portrait-camera.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/papers.h"
#include "tests/testlib/portrait.h"
#include "tests/unit/portrait/face.h"

/* A drawn face stands before a camera that is not there. What needs the weights is left out where
 * they were not built in. */

static const KouanTestFace anna
  = { .width = 900, .height = 1200, .wall = { 244, 244, 242 }, .head = 0.6 };

typedef struct
{
  char *folder;
  char *path;
  KouanCamera *camera;
  KouanPortraitCamera *portrait_camera;
  KouanPixels *pixels;
  KouanPortrait *taken;
  guint looks;
} Fixture;

static void
on_findings (KouanPortraitCamera *camera G_GNUC_UNUSED,
             GParamSpec *pspec G_GNUC_UNUSED,
             Fixture *fixture)
{
  fixture->looks++;
}

static void
on_taken (KouanPortraitCamera *camera G_GNUC_UNUSED, KouanPortrait *portrait, Fixture *fixture)
{
  g_assert_null (fixture->taken);
  fixture->taken = kouan_portrait_ref (portrait);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "seen.png", NULL);
  fixture->camera = kouan_file_camera_new (fixture->path);
  fixture->portrait_camera = kouan_portrait_camera_new (fixture->camera);
  fixture->pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  g_signal_connect (fixture->portrait_camera, "notify::findings", G_CALLBACK (on_findings),
                    fixture);
  g_signal_connect (fixture->portrait_camera, "taken", G_CALLBACK (on_taken), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_pointer (&fixture->taken, kouan_portrait_unref);
  kouan_portrait_camera_stop (fixture->portrait_camera);
  g_clear_object (&fixture->portrait_camera);
  g_clear_object (&fixture->camera);
  g_clear_object (&fixture->pixels);
  g_free (fixture->path);
  kouan_test_folder_remove (fixture->folder);
}

static void
show (Fixture *fixture, KouanPage *page)
{
  g_autoptr (GBytes) png = kouan_test_png (page);

  g_assert_true (g_file_set_contents (fixture->path, g_bytes_get_data (png, NULL),
                                      (gssize)g_bytes_get_size (png), NULL));
  kouan_page_unref (page);
}

static gboolean
has_looked (gpointer data)
{
  return ((Fixture *)data)->looks > 0;
}

static gboolean
has_taken (gpointer data)
{
  return ((Fixture *)data)->taken != NULL;
}

static KouanPortraitFindings
look (Fixture *fixture)
{
  fixture->looks = 0;
  kouan_test_wait_for (has_looked, fixture);
  return kouan_portrait_camera_get_findings (fixture->portrait_camera);
}

static void
take (Fixture *fixture)
{
  kouan_portrait_camera_take (fixture->portrait_camera);
  kouan_test_wait_for (has_taken, fixture);
}

static void
test_take (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  show (fixture, kouan_test_face_draw (&anna));
  kouan_portrait_camera_start (fixture->portrait_camera, NULL, NULL);
  g_assert_cmphex (look (fixture), ==, KOUAN_PORTRAIT_FINE);
  take (fixture);
  g_assert_cmphex (fixture->taken->findings, ==, KOUAN_PORTRAIT_FINE);
  g_assert_false (fixture->taken->compared);
  g_assert_cmpuint (fixture->taken->page->width * 4, ==, fixture->taken->page->height * 3);
  g_assert_cmpuint (g_bytes_get_size (fixture->taken->jpeg->bytes), <=, 80 * 1000);
  g_assert_cmpuint (fixture->taken->jpeg->width, >=, 354);
}

/* Taken all the same: with what is wrong with it. */
static void
test_findings (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanTestFace dark = anna;

  for (guint c = 0; c < 3; c++)
    dark.tint[c] = 0.2;
  show (fixture, kouan_test_face_draw (&dark));
  kouan_portrait_camera_start (fixture->portrait_camera, NULL, NULL);
  g_assert_true (look (fixture) != KOUAN_PORTRAIT_FINE);
  take (fixture);
  g_assert_true (fixture->taken->findings & KOUAN_PORTRAIT_BACKGROUND_DARK);
}

static void
test_who (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanTestFace far = anna;
  g_autoptr (KouanFaceEngine) engine = kouan_face_engine_new ();

  if (engine == NULL)
    {
      g_test_skip ("built without weights");
      return;
    }
  show (fixture, kouan_test_quarters (900, 1200));
  kouan_portrait_camera_start (fixture->portrait_camera, NULL, NULL);
  g_assert_cmphex (look (fixture), ==, KOUAN_PORTRAIT_NO_FACE);
  far.head = 0.2;
  show (fixture, kouan_test_face_draw (&far));
  while (kouan_portrait_camera_get_findings (fixture->portrait_camera) == KOUAN_PORTRAIT_NO_FACE)
    look (fixture);
  g_assert_cmphex (
    kouan_portrait_first_finding (kouan_portrait_camera_get_findings (fixture->portrait_camera)),
    ==, KOUAN_PORTRAIT_HEAD_SMALL);
}

static GBytes *
dg2_of (const KouanTestFace *face)
{
  g_autoptr (KouanPage) page = kouan_test_face_draw (face);
  g_autoptr (GBytes) picture = kouan_test_jp2 (page, FALSE);

  return kouan_test_make_dg2 (g_bytes_get_data (picture, NULL), g_bytes_get_size (picture));
}

static void
compare_with (Fixture *fixture, const KouanTestFace *face)
{
  g_autoptr (GBytes) dg2 = dg2_of (face);

  show (fixture, kouan_test_face_draw (&anna));
  kouan_portrait_camera_start (fixture->portrait_camera, fixture->pixels, dg2);
  take (fixture);
  g_test_message ("%.3f", fixture->taken->distance);
}

/* The chip's picture is another drawing of the same: smaller, and compressed. */
static void
test_same (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanTestFace small = anna;

  small.width = 300;
  small.height = 400;
  compare_with (fixture, &small);
  g_assert_true (fixture->taken->compared == kouan_face_is_supported ());
  if (fixture->taken->compared)
    g_assert_cmpint (kouan_face_judge (fixture->taken->distance), ==, KOUAN_FACE_THE_SAME);
}

static void
test_other (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanTestFace boris = anna;

  boris.other = TRUE;
  compare_with (fixture, &boris);
  if (fixture->taken->compared)
    g_assert_cmpint (kouan_face_judge (fixture->taken->distance), !=, KOUAN_FACE_THE_SAME);
}

/* What nobody can decode is compared with nothing. */
static void
test_damaged_chip (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) dg2 = g_bytes_new_static ("no file of a chip", 17);

  show (fixture, kouan_test_face_draw (&anna));
  kouan_portrait_camera_start (fixture->portrait_camera, fixture->pixels, dg2);
  take (fixture);
  g_assert_false (fixture->taken->compared);
}

/* Whoever stops it hears no more, also of a frame that is being looked at. */
static void
test_stop (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  show (fixture, kouan_test_face_draw (&anna));
  kouan_portrait_camera_start (fixture->portrait_camera, NULL, NULL);
  look (fixture);
  kouan_portrait_camera_take (fixture->portrait_camera);
  kouan_portrait_camera_stop (fixture->portrait_camera);
  fixture->looks = 0;
  kouan_portrait_camera_start (fixture->portrait_camera, NULL, NULL);
  g_assert_false (kouan_portrait_camera_has_seen (fixture->portrait_camera));
  look (fixture);
  g_assert_null (fixture->taken); /* it was asked of the one before */
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/portrait-camera/take", test_take);
  ADD ("/portrait-camera/findings", test_findings);
  ADD ("/portrait-camera/who", test_who);
  ADD ("/portrait-camera/same", test_same);
  ADD ("/portrait-camera/other", test_other);
  ADD ("/portrait-camera/damaged-chip", test_damaged_chip);
  ADD ("/portrait-camera/stop", test_stop);
  return g_test_run ();
}
