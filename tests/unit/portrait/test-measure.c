/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/portrait/measure.h"
#include "tests/testlib/effects.h"
#include "tests/unit/portrait/face.h"

static const KouanTestFace good = { .width = 600, .height = 800, .wall = { 244, 244, 242 } };

static KouanPortraitMeasures
measure (KouanPage *page, const KouanTestFace *face)
{
  KouanLandmarks landmarks;
  KouanPortraitMeasures measures;

  if (face != NULL)
    kouan_test_face_landmarks (face, &landmarks);
  kouan_portrait_measure (page, face != NULL ? &landmarks : NULL, &measures);
  return measures;
}

/* Takes @page. */
static KouanPortraitFindings
judge (KouanPage *page, const KouanTestFace *face)
{
  KouanPortraitMeasures measures = measure (page, face);

  g_test_message ("light %.2f dark %.2f over %.2f range %.0f even %.2f a %.1f b %.1f sharp %.2f "
                  "wall %.2f ± %.3f chroma %.1f head %.2f eye %.2f mouth %.2f",
                  measures.brightness, measures.dark_share, measures.light_share, measures.range,
                  measures.evenness, measures.redness, measures.yellowness, measures.sharpness,
                  measures.background, measures.background_spread, measures.background_chroma,
                  measures.head_height, measures.eye_opening, measures.mouth_opening);
  kouan_page_unref (page);
  return kouan_portrait_judge (&measures);
}

static KouanPortraitFindings
judge_drawn (const KouanTestFace *face)
{
  return judge (kouan_test_face_draw (face), face);
}

static void
test_good (void)
{
  g_assert_cmphex (judge_drawn (&good), ==, KOUAN_PORTRAIT_FINE);
  g_assert_cmphex (judge (kouan_test_face_draw (&good), NULL), ==, KOUAN_PORTRAIT_FINE);
}

static void
test_light (void)
{
  g_autoptr (KouanPage) page = kouan_test_face_draw (&good);

  g_assert_true (judge (kouan_test_exposed (page, 0.25, 0), NULL) & KOUAN_PORTRAIT_TOO_DARK);
  g_assert_true (judge (kouan_test_exposed (page, 1.9, 0), NULL) & KOUAN_PORTRAIT_TOO_BRIGHT);
  g_assert_true (judge (kouan_test_exposed (page, 0.06, 150), NULL) & KOUAN_PORTRAIT_FLAT);
}

static void
test_shadow (void)
{
  KouanTestFace face = good;

  face.shadow = 0.5;
  g_assert_true (judge_drawn (&face) & KOUAN_PORTRAIT_UNEVEN);
}

static void
test_colour (void)
{
  KouanTestFace blue = good;
  g_autoptr (KouanPage) page = kouan_test_face_draw (&good);
  gsize size = g_bytes_get_size (page->pixels);
  g_autofree guint8 *gray = g_memdup2 (g_bytes_get_data (page->pixels, NULL), size);
  g_autoptr (GBytes) bytes = NULL;

  blue.tint[0] = 0.6;
  blue.tint[2] = 1.4;
  g_assert_true (judge_drawn (&blue) & KOUAN_PORTRAIT_TINTED);
  for (gsize i = 0; i < size; i += 3)
    gray[i] = gray[i + 2] = gray[i + 1];
  bytes = g_bytes_new (gray, size);
  g_assert_true (judge (kouan_page_new (page->width, page->height, 300, bytes), NULL)
                 & KOUAN_PORTRAIT_GRAY);
}

static void
test_background (void)
{
  KouanTestFace blue = good, busy = good;

  blue.wall[0] = 60;
  blue.wall[1] = 100;
  g_assert_cmphex (judge_drawn (&blue), ==, KOUAN_PORTRAIT_BACKGROUND_DARK);
  busy.busy = TRUE;
  g_assert_cmphex (judge_drawn (&busy), ==, KOUAN_PORTRAIT_BACKGROUND_BUSY);
}

/* The more blur, the less sharp; far before it is unrecognisable, it is said. */
static void
test_blur (void)
{
  static const double sigmas[] = { 1, 2, 4, 8 };
  g_autoptr (KouanPage) page = kouan_test_face_draw (&good);
  double before = measure (page, NULL).sharpness;

  for (guint i = 0; i < G_N_ELEMENTS (sigmas); i++)
    {
      g_autoptr (KouanPage) blurred = kouan_test_blurred (page, sigmas[i]);
      double sharpness = measure (blurred, NULL).sharpness;

      g_test_message ("blur %.0f: sharpness %.3f, before %.3f", sigmas[i], sharpness, before);
      g_assert_cmpfloat (sharpness, <, before);
      before = sharpness;
    }
  g_assert_true (judge (kouan_test_blurred (page, 8), NULL) & KOUAN_PORTRAIT_BLURRED);
}

/* A camera of more pixels gives the same measures. */
static void
test_scale (void)
{
  KouanTestFace large = good;
  g_autoptr (KouanPage) page = kouan_test_face_draw (&good);
  g_autoptr (KouanPage) twice = NULL;
  KouanPortraitMeasures one, other;

  large.width *= 2;
  large.height *= 2;
  twice = kouan_test_face_draw (&large);
  one = measure (page, &good);
  other = measure (twice, &large);
  g_assert_cmpfloat_with_epsilon (one.brightness, other.brightness, 0.02);
  g_assert_cmpfloat_with_epsilon (one.sharpness, other.sharpness, 0.15);
  g_assert_cmpfloat_with_epsilon (one.head_height, other.head_height, 0.01);
  g_assert_cmpfloat_with_epsilon (other.eye_distance / one.eye_distance, 2, 0.01);
}

static void
test_head (void)
{
  KouanTestFace small = good, large = good, aside = good, tilted = good, asleep = good,
                yawning = good;

  small.head = 0.4;
  large.head = 0.85;
  aside.aside = 0.12;
  tilted.roll_deg = 15;
  asleep.eyes_closed = TRUE;
  yawning.mouth_open = TRUE;
  g_assert_true (judge_drawn (&small) & KOUAN_PORTRAIT_HEAD_SMALL);
  g_assert_true (judge_drawn (&large) & KOUAN_PORTRAIT_HEAD_LARGE);
  g_assert_true (judge_drawn (&aside) & KOUAN_PORTRAIT_OFF_CENTRE);
  g_assert_true (judge_drawn (&tilted) & KOUAN_PORTRAIT_TILTED);
  g_assert_cmphex (judge_drawn (&asleep), ==, KOUAN_PORTRAIT_EYES_CLOSED);
  g_assert_cmphex (judge_drawn (&yawning), ==, KOUAN_PORTRAIT_MOUTH_OPEN);
}

static void
test_small (void)
{
  KouanTestFace small = good;

  small.width = 240;
  small.height = 320;
  g_assert_true (judge_drawn (&small) & KOUAN_PORTRAIT_TOO_SMALL);
}

/* Every finding has its words; and the smallest pictures there are do no harm. */
static void
test_ends (void)
{
  for (guint bit = 1; bit <= KOUAN_PORTRAIT_LAST; bit <<= 1)
    {
      g_assert_nonnull (kouan_portrait_finding_id (bit));
      g_assert_nonnull (kouan_portrait_finding_remedy (bit));
    }
  for (guint side = 1; side < 5; side++)
    {
      KouanTestFace tiny = { .width = side, .height = 5 - side };

      judge (kouan_test_face_draw (&tiny), NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/portrait/measure/good", test_good);
  g_test_add_func ("/portrait/measure/light", test_light);
  g_test_add_func ("/portrait/measure/shadow", test_shadow);
  g_test_add_func ("/portrait/measure/colour", test_colour);
  g_test_add_func ("/portrait/measure/background", test_background);
  g_test_add_func ("/portrait/measure/blur", test_blur);
  g_test_add_func ("/portrait/measure/scale", test_scale);
  g_test_add_func ("/portrait/measure/head", test_head);
  g_test_add_func ("/portrait/measure/small", test_small);
  g_test_add_func ("/portrait/measure/ends", test_ends);
  return g_test_run ();
}
