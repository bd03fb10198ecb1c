/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/portrait/measure.h"
#include "app/portrait/rules.h"
#include "tests/unit/portrait/face.h"

#include <math.h>

/* A camera's picture in landscape, the head small and aside. */
static const KouanTestFace landscape
  = { .width = 1600, .height = 1200, .wall = { 244, 244, 242 }, .head = 0.55, .aside = 0.08 };

/* One picture, a cut for each receiver: each as large and of the shape that its rule has. */
static void
test_cuts (void)
{
  g_autoptr (KouanPage) page = kouan_test_face_draw (&landscape);
  KouanLandmarks landmarks;
  const KouanPictureRule *rules;
  guint count;

  kouan_test_face_landmarks (&landscape, &landmarks);
  rules = kouan_picture_rules (&count);
  g_assert_cmpuint (count, >=, 2);
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (KouanJpeg) picture = NULL;
      gsize size;

      g_assert_cmpint (kouan_portrait_crop (page, &landmarks, &rules[i], &picture), ==,
                       KOUAN_CROP_FITS);
      size = g_bytes_get_size (picture->bytes);
      g_test_message ("%s: %u × %u, %" G_GSIZE_FORMAT " bytes", rules[i].id, picture->width,
                      picture->height, size);
      g_assert_cmpuint (picture->width, >=, rules[i].width_min);
      g_assert_cmpuint (picture->width, <=, rules[i].width_max);
      g_assert_cmpuint (size, >=, rules[i].bytes_min);
      g_assert_cmpuint (size, <=, rules[i].bytes_max);
      g_assert_cmpfloat_with_epsilon ((double)picture->width / picture->height,
                                      (double)rules[i].width_ratio / rules[i].height_ratio, 0.01);
    }
}

/* The two published rules are met by one file; the consular one is of another shape. */
static void
test_one_file_for_both (void)
{
  g_autoptr (KouanPage) page = kouan_test_face_draw (&landscape);
  g_autoptr (KouanJpeg) picture = NULL;
  g_autoptr (KouanJpeg) small = NULL;
  g_autoptr (GBytes) few = g_bytes_new_static ("JFIF", 4);
  g_auto (GStrv) fits = NULL;
  g_auto (GStrv) none = NULL;
  KouanLandmarks landmarks;

  kouan_test_face_landmarks (&landscape, &landmarks);
  g_assert_cmpint (
    kouan_portrait_crop (page, &landmarks, kouan_picture_rule_find ("work-permit"), &picture), ==,
    KOUAN_CROP_FITS);
  fits = kouan_picture_rules_fitting (picture);
  g_assert_cmpuint (g_strv_length (fits), ==, 2);
  g_assert_cmpstr (fits[0], ==, "work-permit");
  g_assert_cmpstr (fits[1], ==, "exit-entry");
  small = kouan_jpeg_new (480, 640, 300, few);
  none = kouan_picture_rules_fitting (small);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_too_small (void)
{
  const KouanTestFace face = { .width = 300, .height = 400, .wall = { 244, 244, 242 } };
  g_autoptr (KouanPage) page = kouan_test_face_draw (&face);
  g_autoptr (KouanJpeg) picture = NULL;

  g_assert_cmpint (
    kouan_portrait_crop (page, NULL, kouan_picture_rule_find ("exit-entry"), &picture), ==,
    KOUAN_CROP_TOO_SMALL);
  g_assert_null (picture);
}

/* A wall without anybody makes no file of 40 KB. */
static void
test_bytes (void)
{
  gsize size = 600 * 800 * 3;
  g_autofree guint8 *rgb = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KouanPage) page = NULL;
  g_autoptr (KouanJpeg) picture = NULL;

  for (gsize i = 0; i < size; i++)
    rgb[i] = 0xf4;
  bytes = g_bytes_new (rgb, size);
  page = kouan_page_new (600, 800, 300, bytes);
  g_assert_cmpint (
    kouan_portrait_crop (page, NULL, kouan_picture_rule_find ("work-permit"), &picture), ==,
    KOUAN_CROP_BYTES);
  g_assert_null (picture);
}

static void
test_find (void)
{
  g_assert_nonnull (kouan_picture_rule_find ("visa"));
  g_assert_null (kouan_picture_rule_find ("passport"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/portrait/rules/cuts", test_cuts);
  g_test_add_func ("/portrait/rules/one-file-for-both", test_one_file_for_both);
  g_test_add_func ("/portrait/rules/too-small", test_too_small);
  g_test_add_func ("/portrait/rules/bytes", test_bytes);
  g_test_add_func ("/portrait/rules/find", test_find);
  return g_test_run ();
}
