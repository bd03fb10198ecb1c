/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/desk.h"

#include "tests/testlib/effects.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

/* Photographs of a page on a desk that never were taken: a desk is drawn, things are laid on it,
 * the page is projected onto it as a camera would see it, then come shadow, lamp, finger, blur and
 * grain. The same seed gives the same picture, and where the page's corners are is known. */

#define WIDTH 1600 /* of the desk, in the units that things are drawn in */
#define HEIGHT 1200
#define COLUMNS KOUAN_TEST_DESK_WIDTH
#define ROWS KOUAN_TEST_DESK_HEIGHT
#define DOTS (1.0 * COLUMNS / WIDTH) /* a unit */

static double
between (GRand *rand, double from, double to)
{
  return g_rand_double_range (rand, from, to);
}

static const double desks[KOUAN_TEST_DESKS][3]
  = { { 0.24, 0.26, 0.30 }, { 0.46, 0.33, 0.22 }, { 0.72, 0.58, 0.42 },
      { 0.62, 0.63, 0.64 }, { 0.83, 0.81, 0.77 }, { 0.20, 0.33, 0.38 } };

static void
draw_grain_of_wood (cairo_t *cairo, GRand *rand, const double colour[static 3])
{
  double tilt = between (rand, -60, 60);

  for (guint i = 0; i < 160; i++)
    {
      double y = between (rand, -80, HEIGHT + 80), bow = between (rand, -25, 25);
      double lighter = between (rand, 0.82, 1.12);

      cairo_set_source_rgba (cairo, colour[0] * lighter, colour[1] * lighter, colour[2] * lighter,
                             0.8);
      cairo_set_line_width (cairo, between (rand, 1, 14));
      cairo_move_to (cairo, -10, y);
      cairo_curve_to (cairo, WIDTH / 3.0, y + bow, WIDTH / 1.5, y + tilt - bow, WIDTH + 10,
                      y + tilt);
      cairo_stroke (cairo);
    }
}

static void
draw_checks (cairo_t *cairo)
{
  cairo_set_source_rgba (cairo, 0.55, 0.62, 0.62, 0.5);
  for (int i = -20; i < 40; i += 2)
    {
      cairo_rectangle (cairo, i * 60, -200, 60, HEIGHT + 400);
      cairo_rectangle (cairo, -200, i * 60, WIDTH + 400, 60);
    }
  cairo_fill (cairo);
}

static void
draw_desk (cairo_t *cairo, GRand *rand, guint desk)
{
  const double *colour = desks[desk % KOUAN_TEST_DESKS];
  cairo_pattern_t *light = cairo_pattern_create_linear (0, 0, between (rand, -900, WIDTH), HEIGHT);

  cairo_set_source_rgb (cairo, colour[0], colour[1], colour[2]);
  cairo_paint (cairo);
  if (desk == 1 || desk == 2)
    draw_grain_of_wood (cairo, rand, colour);
  if (desk == 5)
    draw_checks (cairo);
  cairo_pattern_add_color_stop_rgba (light, 0, 1, 1, 1, 0.12);
  cairo_pattern_add_color_stop_rgba (light, 1, 0, 0, 0, 0.22);
  cairo_set_source (cairo, light);
  cairo_paint (cairo);
  cairo_pattern_destroy (light);
}

static void
draw_box (cairo_t *cairo, double width, double height, double r, double g, double b)
{
  cairo_set_source_rgba (cairo, 0, 0, 0, 0.3);
  cairo_rectangle (cairo, 8, 10, width, height);
  cairo_fill (cairo);
  cairo_set_source_rgb (cairo, r, g, b);
  cairo_rectangle (cairo, 0, 0, width, height);
  cairo_fill (cairo);
}

/* A pen, a telephone, another sheet of paper, a cup. */
static void
draw_thing (cairo_t *cairo, GRand *rand, guint thing)
{
  cairo_save (cairo);
  cairo_translate (cairo, between (rand, -100, WIDTH - 200), between (rand, -100, HEIGHT - 150));
  cairo_rotate (cairo, between (rand, -1.5, 1.5));
  if (thing % 4 == 0)
    draw_box (cairo, 330, 18, 0.1, 0.15, between (rand, 0.2, 0.7));
  else if (thing % 4 == 1)
    draw_box (cairo, 190, 380, 0.05, 0.05, 0.06);
  else if (thing % 4 == 2)
    draw_box (cairo, 420, 300, 0.9, 0.9, between (rand, 0.7, 0.9));
  else
    {
      cairo_set_source_rgb (cairo, between (rand, 0.3, 0.95), 0.4, 0.3);
      cairo_arc (cairo, 0, 0, 120, 0, 2 * G_PI);
      cairo_fill (cairo);
      cairo_set_source_rgb (cairo, 0.25, 0.14, 0.08);
      cairo_arc (cairo, 0, 0, 100, 0, 2 * G_PI);
      cairo_fill (cairo);
    }
  cairo_restore (cairo);
}

/* A point of the page, seen by a camera that hangs above the desk and is turned and tilted. */
static KouanPoint
project (const KouanTestDesk *desk, double x, double y, double tilt_towards)
{
  double turn = desk->turn * G_PI / 180, tilt = desk->slant * 0.6;
  double across = x * cos (turn) - y * sin (turn), down = x * sin (turn) + y * cos (turn);
  double along = across * cos (tilt_towards) + down * sin (tilt_towards);
  double beside = -across * sin (tilt_towards) + down * cos (tilt_towards);
  double far = 1 + along * sin (tilt) / 2.4;
  double seen_along = along * cos (tilt) / far, seen_beside = beside / far;
  KouanPoint point = { seen_along * cos (tilt_towards) - seen_beside * sin (tilt_towards),
                       seen_along * sin (tilt_towards) + seen_beside * cos (tilt_towards) };

  return point;
}

static void
place_corners (const KouanTestDesk *desk,
               GRand *rand,
               const KouanPage *paper,
               KouanPoint corners[static 4])
{
  double size = (desk->size > 0 ? desk->size : 0.8) * HEIGHT;
  double long_side = MAX (paper->width, paper->height);
  double half_width = paper->width / long_side, half_height = paper->height / long_side;
  double towards = between (rand, 0, 2 * G_PI);
  double largest = 0;

  for (guint i = 0; i < 4; i++)
    {
      corners[i] = project (desk, i == 1 || i == 2 ? half_width : -half_width,
                            i >= 2 ? half_height : -half_height, towards);
      largest = MAX (largest, MAX (fabs (corners[i].y), fabs (corners[i].x) * HEIGHT / WIDTH));
    }
  for (guint i = 0; i < 4; i++)
    {
      corners[i].x = corners[i].x / largest * size / 2 + WIDTH * (0.5 - desk->left);
      corners[i].y = corners[i].y / largest * size / 2 + HEIGHT * (0.5 - desk->up);
    }
}

/* The projective map of the unit square onto four corners (P. Heckbert, Fundamentals of Texture
 * Mapping, 1989), turned round: where in the page a dot of the picture is. */
static void
matrix_of (const KouanPoint c[static 4], double m[static 9])
{
  double dx1 = c[1].x - c[2].x, dx2 = c[3].x - c[2].x, sx = c[0].x - c[1].x + c[2].x - c[3].x;
  double dy1 = c[1].y - c[2].y, dy2 = c[3].y - c[2].y, sy = c[0].y - c[1].y + c[2].y - c[3].y;
  double d = dx1 * dy2 - dx2 * dy1, g = (sx * dy2 - dx2 * sy) / d, h = (dx1 * sy - sx * dy1) / d;
  double f[9] = { c[1].x - c[0].x + g * c[1].x,
                  c[3].x - c[0].x + h * c[3].x,
                  c[0].x,
                  c[1].y - c[0].y + g * c[1].y,
                  c[3].y - c[0].y + h * c[3].y,
                  c[0].y,
                  g,
                  h,
                  1 };

  m[0] = f[4] * f[8] - f[5] * f[7];
  m[1] = f[2] * f[7] - f[1] * f[8];
  m[2] = f[1] * f[5] - f[2] * f[4];
  m[3] = f[5] * f[6] - f[3] * f[8];
  m[4] = f[0] * f[8] - f[2] * f[6];
  m[5] = f[2] * f[3] - f[0] * f[5];
  m[6] = f[3] * f[7] - f[4] * f[6];
  m[7] = f[1] * f[6] - f[0] * f[7];
  m[8] = f[0] * f[4] - f[1] * f[3];
}

static void
mix (guint8 *dot, KouanPage *paper, double u, double v)
{
  const guint8 *pixels = g_bytes_get_data (paper->pixels, NULL);
  double x = u * paper->width - 0.5, y = v * paper->height - 0.5;
  int left = (int)floor (x), top = (int)floor (y);

  for (guint c = 0; c < 3; c++)
    {
      double sum = 0;

      for (int i = 0; i < 4; i++)
        {
          int column = CLAMP (left + i % 2, 0, (int)paper->width - 1);
          int row = CLAMP (top + i / 2, 0, (int)paper->height - 1);

          sum += (i % 2 ? x - left : 1 - (x - left)) * (i / 2 ? y - top : 1 - (y - top))
                 * pixels[((gsize)row * paper->width + column) * 3 + c];
        }
      dot[c] = (guint8)CLAMP (sum + 0.5, 0, 255);
    }
}

static void
lay_paper (guint8 *rgb, KouanPage *paper, const KouanPoint corners[static 4])
{
  double m[9];

  matrix_of (corners, m);
  for (guint row = 0; row < ROWS; row++)
    for (guint column = 0; column < COLUMNS; column++)
      {
        double x = column / DOTS, y = row / DOTS, w = m[6] * x + m[7] * y + m[8];
        double u = (m[0] * x + m[1] * y + m[2]) / w, v = (m[3] * x + m[4] * y + m[5]) / w;

        if (u >= 0 && u < 1 && v >= 0 && v < 1)
          mix (rgb + ((gsize)row * COLUMNS + column) * 3, paper, u, v);
      }
}

static void
trace (cairo_t *cairo, const KouanPoint corners[static 4], double dx, double dy)
{
  for (guint i = 0; i < 4; i++)
    cairo_line_to (cairo, corners[i].x + dx, corners[i].y + dy);
  cairo_close_path (cairo);
}

static void
draw_shadow (cairo_t *cairo, GRand *rand, double shadow)
{
  cairo_set_source_rgba (cairo, 0, 0, 0.02, shadow * 0.6);
  cairo_save (cairo);
  cairo_translate (cairo, between (rand, 0, WIDTH), HEIGHT);
  cairo_rotate (cairo, between (rand, -0.8, 0.8));
  cairo_rectangle (cairo, -220, -between (rand, 500, 1100), 440, 1500);
  cairo_restore (cairo);
  cairo_fill (cairo);
}

/* Its reflection blinds the camera however dark the rest of the picture is. */
static void
draw_lamp (cairo_t *cairo, GRand *rand, double glare, const KouanPoint corners[static 4])
{
  KouanPoint middle = { (corners[0].x + corners[2].x) / 2, (corners[0].y + corners[2].y) / 2 };
  double radius = glare * 420;
  double x = middle.x + between (rand, -120, 120), y = middle.y + between (rand, -150, 150);
  cairo_pattern_t *lamp = cairo_pattern_create_radial (x, y, 0, x, y, radius);

  cairo_pattern_add_color_stop_rgba (lamp, 0, 1, 1, 1, 1);
  cairo_pattern_add_color_stop_rgba (lamp, 0.6, 1, 1, 1, 1);
  cairo_pattern_add_color_stop_rgba (lamp, 1, 1, 1, 1, 0);
  cairo_set_source (cairo, lamp);
  cairo_paint (cairo);
  cairo_pattern_destroy (lamp);
}

static void
draw_finger (cairo_t *cairo, GRand *rand, const KouanPoint corners[static 4])
{
  static const double skins[][3]
    = { { 0.93, 0.76, 0.65 }, { 0.80, 0.60, 0.46 }, { 0.55, 0.37, 0.26 }, { 0.36, 0.24, 0.18 } };
  const double *skin = skins[g_rand_int_range (rand, 0, G_N_ELEMENTS (skins))];
  guint side = g_rand_int_range (rand, 0, 4);
  double part = between (rand, 0.25, 0.75);
  const KouanPoint *a = &corners[side], *b = &corners[(side + 1) % 4];
  double x = a->x + part * (b->x - a->x), y = a->y + part * (b->y - a->y);
  double inward
    = atan2 ((corners[0].y + corners[2].y) / 2 - y, (corners[0].x + corners[2].x) / 2 - x);
  double width = between (rand, 26, 38), reach = between (rand, 40, 110);

  cairo_save (cairo);
  cairo_translate (cairo, x, y);
  cairo_rotate (cairo, inward + between (rand, -0.4, 0.4));
  cairo_set_source_rgba (cairo, 0, 0, 0, 0.25);
  cairo_arc (cairo, reach - width, 5, width + 3, -G_PI / 2, G_PI / 2);
  cairo_line_to (cairo, -500, width + 8);
  cairo_line_to (cairo, -500, -width);
  cairo_fill (cairo);
  cairo_set_source_rgb (cairo, skin[0], skin[1], skin[2]);
  cairo_arc (cairo, reach - width, 0, width, -G_PI / 2, G_PI / 2);
  cairo_line_to (cairo, -500, width);
  cairo_line_to (cairo, -500, -width);
  cairo_fill (cairo);
  cairo_set_source_rgba (cairo, 1, 0.9, 0.85, 0.35);
  cairo_arc (cairo, reach - width * 0.8, 0, width * 0.55, -G_PI / 2, G_PI / 2);
  cairo_fill (cairo);
  cairo_restore (cairo);
}

static void
to_rgb (cairo_surface_t *surface, guint8 *rgb)
{
  const guint8 *data;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (guint i = 0; i < COLUMNS * ROWS; i++)
    {
      rgb[i * 3] = data[i * 4 + 2];
      rgb[i * 3 + 1] = data[i * 4 + 1];
      rgb[i * 3 + 2] = data[i * 4];
    }
}

static void
from_rgb (cairo_surface_t *surface, const guint8 *rgb)
{
  guint8 *data;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (guint i = 0; i < COLUMNS * ROWS; i++)
    {
      data[i * 4 + 2] = rgb[i * 3];
      data[i * 4 + 1] = rgb[i * 3 + 1];
      data[i * 4] = rgb[i * 3 + 2];
    }
  cairo_surface_mark_dirty (surface);
}

/* Takes @page. */
static KouanPage *
through_lens (KouanPage *page, const KouanTestDesk *desk)
{
  g_autoptr (KouanPage) seen = page;
  g_autoptr (KouanPage) lit = kouan_test_exposed (seen, 1 + MAX (0, desk->light), 0);
  g_autoptr (KouanPage) soft = kouan_test_blurred (lit, desk->blur);

  return kouan_test_grainy (soft, desk->seed, desk->grain);
}

/**
 * kouan_test_photograph:
 * @corners: (out): of the page in the picture, clockwise from its own top left one
 *
 * Returns: (transfer full): what a camera above the desk sees
 */
KouanPage *
kouan_test_photograph (KouanPage *paper, const KouanTestDesk *desk, KouanPoint corners[4])
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (desk->seed * 7919 + 17);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, COLUMNS, ROWS);
  cairo_t *cairo = cairo_create (surface);
  guint8 *rgb = g_malloc ((gsize)COLUMNS * ROWS * 3);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, (gsize)COLUMNS * ROWS * 3);

  cairo_scale (cairo, DOTS, DOTS);
  draw_desk (cairo, rand, desk->desk);
  if (desk->clutter)
    for (guint i = 0, things = g_rand_int_range (rand, 2, 6); i < things; i++)
      draw_thing (cairo, rand, g_rand_int (rand) % 4);
  place_corners (desk, rand, paper, corners);
  cairo_set_source_rgba (cairo, 0, 0, 0, 0.28);
  trace (cairo, corners, between (rand, -5, 5), between (rand, 1, 6));
  cairo_fill (cairo);
  to_rgb (surface, rgb);
  lay_paper (rgb, paper, corners);
  from_rgb (surface, rgb);
  if (desk->shadow > 0)
    draw_shadow (cairo, rand, desk->shadow);
  if (desk->finger)
    draw_finger (cairo, rand, corners);
  if (desk->light < 0)
    {
      cairo_set_source_rgba (cairo, 0, 0, 0, -desk->light);
      cairo_paint (cairo);
    }
  if (desk->glare > 0)
    draw_lamp (cairo, rand, desk->glare, corners);
  to_rgb (surface, rgb);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  for (guint i = 0; i < 4; i++)
    corners[i] = (KouanPoint){ corners[i].x * DOTS, corners[i].y * DOTS };
  return through_lens (kouan_page_new (COLUMNS, ROWS, 0, bytes), desk);
}

/* A desk as people have them: any of the six, more or less tidy, in more or less good light; the
 * whole page is in the picture and can be read. */
void
kouan_test_desk_any (guint seed, KouanTestDesk *desk)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed + 101);

  *desk = (KouanTestDesk){
    .seed = seed,
    .desk = g_rand_int_range (rand, 0, KOUAN_TEST_DESKS),
    .turn = between (rand, -20, 20) + 90 * g_rand_int_range (rand, 0, 4),
    .slant = between (rand, 0, 0.9),
    .size = between (rand, 0.72, 0.96),
    .clutter = g_rand_int_range (rand, 0, 3) > 0,
    .shadow = g_rand_int_range (rand, 0, 3) == 0 ? between (rand, 0.2, 0.8) : 0,
    .blur = between (rand, 0.4, 1.1),
    .grain = between (rand, 1, 6),
    .light = between (rand, -0.25, 0.05),
  };
}

/* Returns: how far the worst of the corners is off, against the page's diagonal; whichever of them
 * is called the first */
double
kouan_test_corners_off (const KouanPoint truth[4], const KouanPoint found[4])
{
  double diagonal = hypot (truth[2].x - truth[0].x, truth[2].y - truth[0].y), best = 10;

  for (guint turn = 0; turn < 4; turn++)
    {
      double worst = 0;

      for (guint i = 0; i < 4; i++)
        worst = MAX (worst, hypot (truth[i].x - found[(i + turn) % 4].x,
                                   truth[i].y - found[(i + turn) % 4].y));
      best = MIN (best, worst / diagonal);
    }
  return best;
}
