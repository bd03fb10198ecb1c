/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/bench/codes/photo.h"

#include <math.h>
#include <string.h>

/* Sixteen kinds of trouble, by the names that BoofCV's set of photographs gives them. Ours are
 * drawn: what each name stands for is put together here by chance, from a seed. */

static double
between (GRand *random, double from, double to)
{
  return g_rand_double_range (random, from, to);
}

static gboolean
chance (GRand *random, double share)
{
  return g_rand_double (random) < share;
}

static void
size (KouanPhoto *photo, int width, int height)
{
  photo->width = width;
  photo->height = height;
}

/* One code that takes @share of the picture's shorter side. */
static void
one_code (KouanPhoto *photo,
          GRand *random,
          guint version_from,
          guint version_to,
          double share,
          GPtrArray *texts)
{
  KouanQrLevel level = (KouanQrLevel)g_rand_int_range (random, 0, 4);

  kouan_print_add_codes (&photo->print, random, 1, version_from, version_to, level, texts);
  photo->module_px
    = share * MIN (photo->width, photo->height) / kouan_qr_matrix_get_size (photo->print.codes[0]);
}

static void
plain (KouanPhoto *photo, GRand *random)
{
  memset (photo, 0, sizeof *photo);
  size (photo, 1280, 960);
  photo->print.quiet = 4;
  photo->print.margin = between (random, 4, 30);
  photo->print.stretch = 1;
  photo->print.ink = between (random, 0.03, 0.09);
  photo->print.paper = between (random, 0.65, 0.9);
  photo->print.around = KOUAN_PRINT_LINES;
  photo->print.seed = g_rand_int (random);
  photo->print.line = between (random, 1.2, 6);
  photo->x = between (random, 0.42, 0.58);
  photo->y = between (random, 0.44, 0.56);
  photo->turn_deg = between (random, -20, 20);
  photo->tilt_deg = between (random, 0, 25);
  photo->tilt_towards = between (random, 0, 2 * G_PI);
  photo->curl_towards = between (random, 0, 2 * G_PI);
  photo->barrel = between (random, -0.01, 0.03);
  photo->light = between (random, 0.5, 1);
  photo->slope = between (random, -0.4, 0.4);
  photo->defocus = between (random, 0.05, 0.25);
  photo->noise = between (random, 1, 4);
  photo->haze = between (random, 0, 0.05);
  photo->sharpen = chance (random, 0.5) ? between (random, 0, 0.8) : 0;
  photo->quality = g_rand_int_range (random, 70, 95);
}

static void
set_blurred (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  one_code (photo, random, 2, 7, between (random, 0.25, 0.7), texts);
  if (chance (random, 0.5))
    photo->defocus = between (random, 0.5, 1.15);
  else
    photo->motion = between (random, 0.7, 1.9);
}

static void
set_brightness (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  gboolean dark = chance (random, 0.5);

  one_code (photo, random, 2, 8, between (random, 0.25, 0.6), texts);
  photo->light = dark ? between (random, 0.015, 0.1) : between (random, 2.5, 7);
  photo->noise = dark ? between (random, 3, 8) : 2;
}

static void
add_spots (KouanPhoto *photo, GRand *random, guint count, double from, double to, double light)
{
  for (guint i = 0; i < count; i++)
    photo->spots[photo->n_spots++]
      = (KouanPhotoSpot){ between (random, -0.4, 0.4), between (random, -0.4, 0.4),
                          between (random, from, to), light * between (random, 0.6, 1.4) };
}

static void
set_bright_spots (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  one_code (photo, random, 3, 8, between (random, 0.3, 0.7), texts);
  add_spots (photo, random, (guint)g_rand_int_range (random, 1, 4), 0.05, 0.13, 4);
}

static void
set_close (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  one_code (photo, random, 2, 6, between (random, 0.88, 1.0), texts);
  photo->x = between (random, 0.48, 0.52);
  photo->y = 0.5;
  photo->turn_deg = between (random, -3, 3) + 90 * g_rand_int_range (random, 0, 4);
  photo->tilt_deg = between (random, 0, 6);
  photo->defocus = between (random, 0.1, 0.4);
  photo->slope = between (random, -0.8, 0.8);
}

static void
set_curved (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  one_code (photo, random, 2, 10, between (random, 0.35, 0.7), texts);
  if (chance (random, 0.75))
    photo->curl = between (random, 0.5, 1.7) * (chance (random, 0.25) ? -0.6 : 1);
  else
    photo->wave = between (random, 0.02, 0.05);
  photo->tilt_deg = between (random, 0, 35);
  photo->slope = between (random, -0.8, 0.8);
}

static void
add_marks (KouanPhoto *photo, GRand *random, guint count, double width, double length)
{
  double side = kouan_print_side (&photo->print) / 2;

  for (guint i = 0; i < count && photo->print.n_marks < KOUAN_PRINT_MARKS_MAX; i++)
    {
      double x = between (random, -side, side), y = between (random, -side, side);
      double angle = between (random, 0, 2 * G_PI), far = length * side * between (random, 0.3, 1);
      gboolean dark = chance (random, 0.5);

      photo->print.marks[photo->print.n_marks++]
        = (KouanPrintMark){ x,
                            y,
                            x + far * cos (angle),
                            y + far * sin (angle),
                            width * between (random, 0.4, 1.6),
                            dark ? 0.25 : 0.3,
                            dark ? 0.02 : 0.5 };
    }
}

static void
set_damaged (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  KouanQrLevel level = chance (random, 0.5) ? KOUAN_QR_LEVEL_Q : KOUAN_QR_LEVEL_H;

  kouan_print_add_codes (&photo->print, random, 1, 3, 8, level, texts);
  photo->module_px = between (random, 0.3, 0.7) * photo->height / kouan_print_side (&photo->print);
  if (chance (random, 0.5))
    add_marks (photo, random, (guint)g_rand_int_range (random, 3, 9), 0.9, 1);
  else
    add_marks (photo, random, (guint)g_rand_int_range (random, 2, 6), 4, 0.1);
  photo->print.paper *= 0.8;
}

static void
set_glare (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  one_code (photo, random, 3, 8, between (random, 0.3, 0.7), texts);
  add_spots (photo, random, 1, 0.15, 0.3, 1.2);
  photo->haze = between (random, 0.1, 0.35);
  photo->slope = between (random, -0.9, 0.9);
}

static void
set_high_version (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  if (chance (random, 0.4))
    size (photo, 2048, 1536);
  one_code (photo, random, 17, photo->width > 1280 ? 40 : 27, between (random, 0.6, 0.85), texts);
  photo->turn_deg = between (random, -10, 10);
  photo->tilt_deg = between (random, 0, 15);
  photo->wave = chance (random, 0.3) ? between (random, 0.002, 0.01) : 0;
  photo->defocus = between (random, 0.1, 0.35);
}

static void
set_lots (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  size (photo, 2048, 1536);
  kouan_print_add_codes (&photo->print, random, (guint)g_rand_int_range (random, 20, 61), 1, 4,
                         KOUAN_QR_LEVEL_M, texts);
  for (guint i = 0; i < photo->print.n_codes; i++)
    photo->print.turns[i] = chance (random, 0.5) ? 0 : G_PI / 2 * g_rand_int_range (random, 0, 4);
  photo->print.margin = 4;
  photo->module_px = 1300 / kouan_print_side (&photo->print);
  photo->x = photo->y = 0.5;
  photo->turn_deg = between (random, -10, 10);
}

static void
set_monitor (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  one_code (photo, random, 2, 10, between (random, 0.3, 0.9), texts);
  photo->print.pixel = 1.0 / g_rand_int_range (random, 2, 7);
  photo->print.around = chance (random, 0.5) ? KOUAN_PRINT_NOTHING : KOUAN_PRINT_LINES;
  photo->print.light_on_dark = chance (random, 0.2);
  photo->print.ink = 0.04;
  photo->light = between (random, 0.6, 2);
  photo->turn_deg = between (random, -10, 10);
  photo->haze = between (random, 0, 0.12);
}

static void
set_nominal (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  static const int widths[] = { 640, 1280, 2048, 4000 };
  int width = widths[g_rand_int_range (random, 0, G_N_ELEMENTS (widths))];

  size (photo, width, width * 3 / 4);
  one_code (photo, random, 1, width > 640 ? 12 : 7, between (random, 0.25, 0.6), texts);
}

static void
set_noncompliant (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  guint way = (guint)g_rand_int_range (random, 0, 6);

  photo->print.style = way < 4 ? (KouanPrintStyle)way : KOUAN_PRINT_SQUARES;
  photo->print.logo = chance (random, 0.5) ? between (random, 0.15, 0.24) : 0;
  photo->print.quiet = chance (random, 0.5) ? between (random, 0, 1.5) : 4;
  photo->print.stretch = way == 4 ? between (random, 1.15, 1.5) : 1;
  photo->print.light_on_dark = way == 5;
  photo->print.ink = between (random, 0.05, 0.25); /* a colour */
  photo->print.around = chance (random, 0.5) ? KOUAN_PRINT_NOTHING : KOUAN_PRINT_LINES;
  kouan_print_add_codes (&photo->print, random, 1, 2, 7, KOUAN_QR_LEVEL_H, texts);
  photo->module_px = between (random, 0.3, 0.7) * photo->height / kouan_print_side (&photo->print);
}

static void
set_pathological (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  static const KouanPrintAround all[]
    = { KOUAN_PRINT_CHECKS, KOUAN_PRINT_FINDERS, KOUAN_PRINT_MODULES, KOUAN_PRINT_STRIPES };

  photo->print.around = all[g_rand_int_range (random, 0, G_N_ELEMENTS (all))];
  photo->print.quiet = between (random, 1, 4);
  photo->print.margin = 40;
  one_code (photo, random, 2, 8, between (random, 0.25, 0.45), texts);
}

static void
set_perspective (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  one_code (photo, random, 2, 8, between (random, 0.4, 0.75), texts);
  photo->tilt_deg = between (random, 40, 68);
  photo->defocus = between (random, 0.05, 0.15);
}

static void
set_rotations (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  one_code (photo, random, 1, 8, between (random, 0.2, 0.6), texts);
  photo->turn_deg = between (random, 0, 360);
  photo->tilt_deg = between (random, 0, 40);
}

static void
set_shadows (KouanPhoto *photo, GRand *random, GPtrArray *texts)
{
  guint count = (guint)g_rand_int_range (random, 1, KOUAN_PHOTO_SHADOWS_MAX);

  one_code (photo, random, 2, 8, between (random, 0.3, 0.7), texts);
  photo->light = between (random, 0.8, 1.6);
  for (guint i = 0; i < count; i++)
    photo->shadows[photo->n_shadows++]
      = (KouanPhotoShadow){ between (random, -0.3, 0.3), between (random, -0.3, 0.3),
                            between (random, 0, 2 * G_PI), between (random, 0.01, 0.1),
                            between (random, 0.1, 0.4) };
}

const KouanPhotoKind kouan_photo_kinds[] = {
  { "blurred", set_blurred },
  { "brightness", set_brightness },
  { "bright spots", set_bright_spots },
  { "close", set_close },
  { "curved", set_curved },
  { "damaged", set_damaged },
  { "glare", set_glare },
  { "high version", set_high_version },
  { "lots", set_lots },
  { "monitor", set_monitor },
  { "nominal", set_nominal },
  { "noncompliant", set_noncompliant },
  { "pathological", set_pathological },
  { "perspective", set_perspective },
  { "rotations", set_rotations },
  { "shadows", set_shadows },
};
const guint kouan_photo_n_kinds = G_N_ELEMENTS (kouan_photo_kinds);

/* Returns: (transfer full): a photograph of this kind, and what its codes say */
KouanSceneView *
kouan_photo_of_kind (const KouanPhotoKind *kind, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  KouanSceneView *view;
  KouanPhoto photo;

  plain (&photo, random);
  kind->set (&photo, random, texts);
  view = kouan_photo_take (&photo, random);
  view->texts = texts;
  kouan_print_clear (&photo.print);
  return view;
}
