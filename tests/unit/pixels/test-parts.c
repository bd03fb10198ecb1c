/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "app/pixels/exif.h"
#include "app/pixels/resample.h"

static const guint8 motorola[]
  = { 'E',  'x',  'i', 'f', 0, 0, 'M', 'M', 0,   42,  0,   0, 0, 8, 0, 2, /* two entries */
      0x01, 0x0f, 0,   2,   0, 0, 0,   4,   'a', 'b', 'c', 0,             /* a maker's name */
      0x01, 0x12, 0,   3,   0, 0, 0,   1,   0,   6,   0,   0,             /* on its right side */
      0,    0,    0,   0 };

static const guint8 intel[] = { 'E', 'x', 'i',  'f',  0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0,
                                1,   0,   0x12, 0x01, 3, 0, 1,   0,   0,  0, 8, 0, 0, 0 };

static guint
orientation_of (const guint8 *segment, gsize size)
{
  g_autofree guint8 *exact = g_memdup2 (segment, size);

  return kouan_exif_orientation (exact, size);
}

static void
test_orientation (void)
{
  g_assert_cmpuint (orientation_of (motorola, sizeof motorola), ==, 6);
  g_assert_cmpuint (orientation_of (intel, sizeof intel), ==, 8);
}

static void
test_orientation_unbelievable (void)
{
  guint8 segment[sizeof motorola];

  memcpy (segment, motorola, sizeof segment);
  segment[37] = 9;
  g_assert_cmpuint (orientation_of (segment, sizeof segment), ==, 1);
  segment[37] = 0;
  g_assert_cmpuint (orientation_of (segment, sizeof segment), ==, 1);
  memcpy (segment, motorola, sizeof segment);
  segment[31] = 4; /* of another type */
  g_assert_cmpuint (orientation_of (segment, sizeof segment), ==, 1);
  memcpy (segment, motorola, sizeof segment);
  memset (segment + 10, 0xff, 4); /* a directory beyond the end */
  g_assert_cmpuint (orientation_of (segment, sizeof segment), ==, 1);
  memcpy (segment, motorola, sizeof segment);
  memset (segment + 14, 0xff, 2); /* more entries than there are bytes */
  segment[29] = 0x13;
  g_assert_cmpuint (orientation_of (segment, sizeof segment), ==, 1);
}

static void
test_orientation_cut (void)
{
  for (gsize size = 0; size < 38; size++)
    g_assert_cmpuint (orientation_of (motorola, size), ==, 1);
}

static void
test_resample_mean (void)
{
  const guint8 source[] = { 0, 0, 0, 100, 50, 200, 200, 150, 100, 100, 0, 100 }; /* 2 x 2 */
  guint8 target[3];

  kouan_resample_rgb (source, 2, 2, target, 1, 1);
  g_assert_cmpuint (target[0], ==, 100);
  g_assert_cmpuint (target[1], ==, 50);
  g_assert_cmpuint (target[2], ==, 100);
}

/* An even colour stays exactly what it is, at every ratio, up to white. */
static void
test_resample_even (void)
{
  guint8 source[17 * 13 * 3], target[17 * 13 * 3];

  for (guint value = 0; value < 256; value += 51)
    for (guint width = 1; width <= 17; width++)
      {
        memset (source, value, sizeof source);
        memset (target, 99, sizeof target);
        kouan_resample_rgb (source, 17, 13, target, width, MIN (width, 13));
        for (guint i = 0; i < width * MIN (width, 13) * 3; i++)
          g_assert_cmpuint (target[i], ==, value);
      }
}

static void
test_resample_uneven_ratio (void)
{
  const guint8 source[] = { 0, 0, 0, 120, 120, 120, 240, 240, 240 }; /* 3 x 1 */
  guint8 target[6];

  kouan_resample_rgb (source, 3, 1, target, 2, 1);
  g_assert_cmpuint (target[0], ==, 40); /* all of the first, half of the second */
  g_assert_cmpuint (target[3], ==, 200);
}

static void
test_fit (void)
{
  guint width = 6000, height = 4000;

  kouan_resample_fit (&width, &height, 24000000);
  g_assert_cmpuint (width, ==, 6000);
  kouan_resample_fit (&width, &height, 6000000);
  g_assert_cmpuint (width, ==, 3000);
  g_assert_cmpuint (height, ==, 2000);
  width = 1;
  height = 20000;
  kouan_resample_fit (&width, &height, 100);
  g_assert_cmpuint ((guint64)width * height, <=, 100);
  g_assert_cmpuint (width, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pixels/exif/orientation", test_orientation);
  g_test_add_func ("/pixels/exif/unbelievable", test_orientation_unbelievable);
  g_test_add_func ("/pixels/exif/cut", test_orientation_cut);
  g_test_add_func ("/pixels/resample/mean", test_resample_mean);
  g_test_add_func ("/pixels/resample/even", test_resample_even);
  g_test_add_func ("/pixels/resample/uneven-ratio", test_resample_uneven_ratio);
  g_test_add_func ("/pixels/resample/fit", test_fit);
  return g_test_run ();
}
