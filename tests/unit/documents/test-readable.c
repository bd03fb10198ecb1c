/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/documents/light.h"
#include "app/documents/outline.h"
#include "app/documents/print.h"
#include "app/documents/take.h"
#include "app/documents/warp.h"
#include "tests/testlib/desk.h"
#include "tests/testlib/effects.h"
#include "tests/testlib/forms.h"

#define DPI 150

/* On every kind of desk, in every kind of light of the generator. */
static void
test_outline (void)
{
  guint found = 0;

  for (guint seed = 0; seed < 12; seed++)
    {
      g_autoptr (KouanPage) paper = kouan_test_paper_any (seed, 100);
      g_autoptr (KouanPage) photo = NULL;
      KouanTestDesk desk;
      KouanOutline outline;
      KouanPoint truth[4];

      kouan_test_desk_any (seed, &desk);
      photo = kouan_test_photograph (paper, &desk, truth);
      found += kouan_outline_find (photo, &outline)
               && kouan_test_corners_off (truth, outline.corners) < 0.02;
    }
  g_assert_cmpuint (found, >=, 11);
}

/* A scan is the page: neither its tables nor its frames are taken for one. */
static void
test_no_outline (void)
{
  for (guint kind = 0; kind < KOUAN_TEST_PAPERS; kind++)
    {
      g_autoptr (KouanPage) scan = kouan_test_paper (kind, 7, DPI);
      KouanOutline outline;

      g_assert_false (kouan_outline_find (scan, &outline));
    }
}

/* A straight scan in good light stays the dots that it was. */
static void
test_nothing_to_do (void)
{
  g_autoptr (KouanPage) scan = kouan_test_paper (KOUAN_TEST_LETTER, 1, DPI);
  g_autoptr (KouanTake) take = kouan_take_new (scan, FALSE, NULL);

  g_assert_true (take->page == scan);
  g_assert_cmpint (take->sheet->findings, ==, KOUAN_FINDING_NONE);
}

static void
test_turned (void)
{
  g_autoptr (KouanPage) scan = kouan_test_paper (KOUAN_TEST_LETTER, 1, DPI);

  for (guint turns = 1; turns < 4; turns++)
    {
      g_autoptr (KouanPage) turned = kouan_page_rotated (scan, turns);
      g_autoptr (KouanTake) take = kouan_take_new (turned, FALSE, NULL);

      g_assert_cmpuint (take->how.quarter_turns, ==, 4 - turns);
      g_assert_cmpuint (take->page->width, ==, scan->width);
      g_assert_true (g_bytes_equal (take->page->pixels, scan->pixels));
    }
}

/* What the person wants counts for more than what the kiosk thinks. */
static void
test_by_hand (void)
{
  const KouanReadable wish = { .whole = TRUE, .by_hand = TRUE, .quarter_turns = 2 };
  g_autoptr (KouanPage) scan = kouan_test_paper (KOUAN_TEST_LETTER, 1, DPI);
  g_autoptr (KouanPage) wanted = kouan_page_rotated (scan, 2);
  g_autoptr (KouanTake) take = kouan_take_new (scan, FALSE, &wish);

  g_assert_true (g_bytes_equal (take->page->pixels, wanted->pixels));
}

static void
test_level (void)
{
  for (int degrees = -4; degrees <= 4; degrees += 2)
    {
      g_autoptr (KouanPage) scan = kouan_test_paper (KOUAN_TEST_LETTER, 2, DPI);
      g_autoptr (KouanPage) tilted = kouan_test_moved (scan, degrees, 0, 0);
      g_autoptr (KouanTake) take = kouan_take_new (tilted, FALSE, NULL);
      g_autoptr (KouanTake) again = kouan_take_new (take->page, FALSE, NULL);

      g_assert_cmpfloat_with_epsilon (take->how.skew_degrees, degrees, 0.3);
      g_assert_cmpfloat_with_epsilon (again->how.skew_degrees, 0, 0.3);
    }
}

static guint
level_at (KouanPage *page, double x, double y)
{
  const guint8 *rgb = g_bytes_get_data (page->pixels, NULL);

  return rgb[((gsize)(y * page->height) * page->width + (gsize)(x * page->width)) * 3 + 1];
}

/* In the margins, where there is nothing but paper. */
static void
test_light (void)
{
  g_autoptr (KouanPage) scan = kouan_test_paper (KOUAN_TEST_FORM, 2, 100);
  gsize size;
  const guint8 *from = g_bytes_get_data (scan->pixels, &size);
  guint8 *rgb = g_malloc (size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, size);
  g_autoptr (KouanPage) dim = kouan_page_new (scan->width, scan->height, 100, bytes);
  g_autoptr (KouanPage) lit = NULL;

  for (gsize i = 0; i < size; i++)
    rgb[i] = (guint8)(from[i] * (0.95 - 0.45 * (i / 3 % scan->width) / scan->width));
  lit = kouan_light_evened (dim);
  g_assert_cmpuint (level_at (dim, 0.96, 0.5), <, 140);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (level_at (lit, i % 2 ? 0.96 : 0.03, i / 2 ? 0.96 : 0.03), >, 225);
  /* the red seal is as red as it was */
  g_assert_true (lit != dim);
}

/* From a desk to a straight page: what is printed on it lies where it lay. */
static void
test_whole_way (void)
{
  g_autoptr (KouanPage) paper = kouan_test_paper (KOUAN_TEST_DIPLOMA, 3, DPI);
  const KouanTestDesk desk = { .seed = 5, .turn = 8, .slant = 0.5, .size = 0.9, .blur = 0.4 };
  KouanPoint corners[4];
  g_autoptr (KouanPage) photo = kouan_test_photograph (paper, &desk, corners);
  g_autoptr (KouanTake) take = kouan_take_new (photo, FALSE, NULL);
  g_autoptr (KouanPage) small = kouan_page_scaled (paper, 60, 85);
  g_autoptr (KouanPage) seen = kouan_page_scaled (take->page, 60, 85);
  const guint8 *a = g_bytes_get_data (small->pixels, NULL);
  const guint8 *b = g_bytes_get_data (seen->pixels, NULL);
  guint sum = 0;

  g_assert_true (take->how.found);
  g_assert_cmpfloat_with_epsilon ((double)take->page->height / take->page->width, 1.414, 0.02);
  for (guint i = 0; i < 60 * 85 * 3; i++)
    sum += ABS (a[i] - b[i]);
  g_assert_cmpuint (sum / (60 * 85 * 3), <, 14);
}

/* Nothing is too small or too odd to be looked at. */
static void
test_tiny (void)
{
  for (guint side = 1; side < 40; side += 3)
    {
      guint width = side, height = 41 - side;
      g_autoptr (GBytes) bytes
        = g_bytes_new_take (g_malloc0 (width * height * 3), (gsize)width * height * 3);
      g_autoptr (KouanPage) page = kouan_page_new (width, height, 0, bytes);
      g_autoptr (KouanTake) take = kouan_take_new (page, TRUE, NULL);

      g_assert_cmpint (take->sheet->findings, !=, KOUAN_FINDING_NONE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/documents/readable/outline", test_outline);
  g_test_add_func ("/documents/readable/no-outline", test_no_outline);
  g_test_add_func ("/documents/readable/nothing-to-do", test_nothing_to_do);
  g_test_add_func ("/documents/readable/turned", test_turned);
  g_test_add_func ("/documents/readable/by-hand", test_by_hand);
  g_test_add_func ("/documents/readable/level", test_level);
  g_test_add_func ("/documents/readable/light", test_light);
  g_test_add_func ("/documents/readable/whole-way", test_whole_way);
  g_test_add_func ("/documents/readable/tiny", test_tiny);
  return g_test_run ();
}
