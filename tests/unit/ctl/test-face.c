/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"
#include "app/face/face.h"
#include "tests/testlib/ctl.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/papers.h"
#include "tests/unit/portrait/face.h"

static char *
store (const char *folder, const char *name, KouanPage *page)
{
  g_autoptr (GBytes) png = kouan_test_png (page);
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (
    g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize)g_bytes_get_size (png), NULL));
  kouan_page_unref (page);
  return path;
}

static void
test_compare (void)
{
  const KouanTestFace anna = { .width = 600, .height = 800, .wall = { 244, 244, 242 } };
  KouanTestFace far = anna, boris = anna;
  char *folder = kouan_test_folder_new ();
  g_autofree char *first = store (folder, "anna.png", kouan_test_face_draw (&anna));
  g_autofree char *same = NULL;
  g_autofree char *other = NULL;
  g_autofree char *nobody = store (folder, "nobody.png", kouan_test_quarters (300, 400));

  if (!kouan_face_is_supported ())
    {
      g_assert_cmpint (kouan_test_ctl (NULL, NULL, "face", "compare", first, nobody, NULL), ==,
                       KOUAN_EXIT_UNAVAILABLE);
      kouan_test_folder_remove (folder);
      return;
    }
  far.head = 0.45;
  boris.other = TRUE;
  same = store (folder, "far.png", kouan_test_face_draw (&far));
  other = store (folder, "boris.png", kouan_test_face_draw (&boris));
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "face", "compare", first, same, NULL), ==,
                   KOUAN_EXIT_OK);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "face", "compare", first, same, other, NULL), ==,
                   KOUAN_EXIT_NO);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "face", "compare", first, nobody, NULL), ==,
                   KOUAN_EXIT_NO);
  kouan_test_folder_remove (folder);
}

static void
test_calls (void)
{
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "face", NULL), ==, KOUAN_EXIT_USAGE);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "face", "compare", "one.png", NULL), ==,
                   KOUAN_EXIT_USAGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/face/compare", test_compare);
  g_test_add_func ("/ctl/face/calls", test_calls);
  return g_test_run ();
}
