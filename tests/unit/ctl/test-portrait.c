/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"
#include "tests/testlib/ctl.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/papers.h"
#include "tests/unit/portrait/face.h"

static const KouanTestFace good = { .width = 600, .height = 800, .wall = { 244, 244, 242 } };
static const KouanTestFace busy
  = { .width = 600, .height = 800, .wall = { 244, 244, 242 }, .busy = TRUE };

static char *
store (const char *folder, const char *name, const KouanTestFace *face)
{
  g_autoptr (KouanPage) page = kouan_test_face_draw (face);
  g_autoptr (GBytes) png = kouan_test_png (page);
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (
    g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize)g_bytes_get_size (png), NULL));
  return path;
}

/* A good portrait has nothing to mend, and a cut for each receiver lies where it was asked for. */
static void
test_good (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *path = store (folder, "anna.png", &good);
  g_autofree char *cut = g_build_filename (folder, "anna-exit-entry.jpg", NULL);
  JsonObject *answer = NULL;

  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "portrait", "check", path, "--out", folder, NULL),
                   ==, KOUAN_EXIT_OK);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "findings")), ==,
                    0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "rules")), >=, 2);
  g_assert_true (g_file_test (cut, G_FILE_TEST_EXISTS));
  json_object_unref (answer);
  kouan_test_folder_remove (folder);
}

static void
test_remedy (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *path = store (folder, "busy.png", &busy);
  JsonObject *answer = NULL;
  JsonObject *finding;

  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "portrait", "check", path, NULL), ==,
                   KOUAN_EXIT_NO);
  finding = json_array_get_object_element (json_object_get_array_member (answer, "findings"), 0);
  g_assert_cmpstr (json_object_get_string_member (finding, "id"), ==, "background-busy");
  g_assert_cmpstr (json_object_get_string_member (finding, "remedy"), !=, "");
  json_object_unref (answer);
  kouan_test_folder_remove (folder);
}

static void
test_calls (void)
{
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "portrait", NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "portrait", "check", NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "portrait", "check", "nowhere.png", NULL), ==,
                   KOUAN_EXIT_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/portrait/good", test_good);
  g_test_add_func ("/ctl/portrait/remedy", test_remedy);
  g_test_add_func ("/ctl/portrait/calls", test_calls);
  return g_test_run ();
}
