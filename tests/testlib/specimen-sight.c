/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/specimen.h"

#include <math.h>

/* What a camera makes of a page on a dark table. Where the picture's points come from is one
 * projective map, so that a turn, a tilt and a smaller size are one step; then come focus, light
 * and the sensor. */

#define TABLE 60
#define MARGIN 0.12 /* of the longer side, around the page */

/* How a page is seen: all 0 but scale is as it was drawn. */
typedef struct
{
  double degrees;
  double tilts[2];  /* how much narrower the far side is: 0.1, a tenth; across and along */
  double scale;     /* pixels a dot of the page */
  double blur;      /* sigma, in pixels of the picture */
  double contrast;  /* 1: all of it */
  double noise;     /* deviation, of 255 */
  double glare;     /* 1: white in its middle */
  double slopes[2]; /* of the light from left to right, from the top */
} View;

static double
between (GRand *rand, double low, double high)
{
  return g_rand_double_range (rand, low, high);
}

static double
either_way (GRand *rand, double low, double high)
{
  return (g_rand_boolean (rand) ? 1 : -1) * between (rand, low, high);
}

static double
normal (GRand *rand)
{
  double sum = 0;

  for (guint i = 0; i < 6; i++)
    sum += g_rand_double (rand);
  return (sum - 3) * 1.4142;
}

static View
choose_view (GRand *rand, KouanSpecimenSight sight)
{
  View view = { .scale = 1, .contrast = 1, .noise = 2, .degrees = between (rand, -2, 2) };

  switch (sight)
    {
    case KOUAN_SPECIMEN_CLEAN:
      view.degrees = 0;
      break;
    case KOUAN_SPECIMEN_LEVEL:
      view.degrees = between (rand, -5, 5);
      break;
    case KOUAN_SPECIMEN_ASKEW:
      view.degrees = either_way (rand, 8, 20);
      break;
    case KOUAN_SPECIMEN_SIDEWAYS:
      view.degrees += either_way (rand, 90, 90.001);
      break;
    case KOUAN_SPECIMEN_UPSIDE_DOWN:
      view.degrees += 180;
      break;
    case KOUAN_SPECIMEN_PERSPECTIVE:
      view.tilts[0] = either_way (rand, 0.05, 0.2);
      view.tilts[1] = either_way (rand, 0.05, 0.2);
      break;
    case KOUAN_SPECIMEN_BLUR:
      view.blur = between (rand, 2.5, 4.5);
      break;
    case KOUAN_SPECIMEN_LOW_RESOLUTION:
      view.scale = between (rand, 0.28, 0.4);
      break;
    case KOUAN_SPECIMEN_NOISE:
      view.contrast = 0.6;
      view.noise = 22;
      break;
    case KOUAN_SPECIMEN_GLARE:
      view.glare = between (rand, 0.6, 1);
      break;
    case KOUAN_SPECIMEN_PHOTOGRAPH:
    default:
      view.degrees = between (rand, -8, 8);
      view.tilts[0] = either_way (rand, 0, 0.12);
      view.tilts[1] = either_way (rand, 0, 0.12);
      view.scale = between (rand, 0.45, 0.7);
      view.blur = between (rand, 0.4, 1.1);
      view.noise = 6;
      view.slopes[0] = between (rand, -0.4, 0.4);
      view.slopes[1] = between (rand, -0.3, 0.3);
      break;
    }
  return view;
}

static double
page_at (const KouanSpecimen *page, double x, double y)
{
  int column = (int)floor (x), row = (int)floor (y);
  double right = x - column, low = y - row, sum = 0;

  for (int i = 0; i < 4; i++)
    {
      int at_x = column + i % 2, at_y = row + i / 2;
      gboolean inside
        = at_x >= 0 && at_y >= 0 && at_x < (int)page->width && at_y < (int)page->height;
      double weight = (i % 2 == 1 ? right : 1 - right) * (i / 2 == 1 ? low : 1 - low);

      sum += weight * (inside ? page->pixels[(gsize)at_y * page->width + (guint)at_x] : TABLE);
    }
  return sum;
}

/* The brightness at a point of the picture, whose middle is 0, 0: undoes tilt, turn and scale. */
static double
see_point (const KouanSpecimen *page, const View *view, double x, double y)
{
  double angle = view->degrees * G_PI / 180;
  double half = (double)MAX (page->width, page->height) / 2;
  double u = (x * cos (angle) + y * sin (angle)) / view->scale;
  double v = (y * cos (angle) - x * sin (angle)) / view->scale;
  double depth = 1 + (view->tilts[0] * u + view->tilts[1] * v) / half;

  if (depth < 0.2)
    return TABLE;
  return page_at (page, u / depth + page->width / 2.0, v / depth + page->height / 2.0);
}

static void
project (const KouanSpecimen *page, const View *view, KouanSpecimen *picture)
{
  guint points = view->scale < 0.75 ? 3 : 1;

  for (guint row = 0; row < picture->height; row++)
    for (guint column = 0; column < picture->width; column++)
      {
        double sum = 0;

        for (guint i = 0; i < points * points; i++)
          sum += see_point (page, view, column + (i % points + 0.5) / points - picture->width / 2.0,
                            row + (i / points + 0.5) / points - picture->height / 2.0);
        picture->pixels[(gsize)row * picture->width + column]
          = (guint8)(sum / (points * points) + 0.5);
      }
}

/* Three means of neighbours are nearly a Gaussian. */
static void
blur_line (guint8 *pixels, guint count, gsize step, guint reach)
{
  g_autofree guint8 *line = g_malloc (count);

  for (guint round = 0; round < 3; round++)
    {
      guint sum = 0, width = 2 * reach + 1;

      for (guint i = 0; i < count; i++)
        line[i] = pixels[i * step];
      for (int i = -(int)reach; i <= (int)reach; i++)
        sum += line[CLAMP (i, 0, (int)count - 1)];
      for (int i = 0; i < (int)count; i++)
        {
          pixels[(gsize)i * step] = (guint8)((sum + width / 2) / width);
          sum += line[MIN (i + (int)reach + 1, (int)count - 1)];
          sum -= line[MAX (i - (int)reach, 0)];
        }
    }
}

static void
blur (KouanSpecimen *self, double sigma)
{
  guint reach = (guint)(sigma + 0.5);

  for (guint y = 0; reach > 0 && y < self->height; y++)
    blur_line (self->pixels + (gsize)y * self->width, self->width, 1, reach);
  for (guint x = 0; reach > 0 && x < self->width; x++)
    blur_line (self->pixels + x, self->height, self->width, reach);
}

static void
light (KouanSpecimen *self, GRand *rand, const View *view)
{
  double spot_x = between (rand, 0.25, 0.75) * self->width;
  double spot_y = between (rand, 0.6, 0.85) * self->height;
  double radius = 0.15 * self->width;

  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++)
      {
        guint8 *pixel = &self->pixels[(gsize)y * self->width + x];
        double dx = (x - spot_x) / radius, dy = (y - spot_y) / radius;
        double spot = view->glare > 0 ? view->glare * exp (-(dx * dx + dy * dy) / 2) : 0;
        double value = *pixel * view->contrast + 40 * (1 - view->contrast);

        value *= 0.85 + view->slopes[0] * ((double)x / self->width - 0.5)
                 + view->slopes[1] * ((double)y / self->height - 0.5);
        value = value * (1 - spot) + 255 * spot + view->noise * normal (rand);
        *pixel = (guint8)CLAMP (value, 0, 255);
      }
}

/* Returns: (transfer full): a picture of the page */
KouanSpecimen *
kouan_specimen_see (const KouanSpecimen *self, GRand *rand, KouanSpecimenSight sight)
{
  View view = choose_view (rand, sight);
  double angle = view.degrees * G_PI / 180;
  double margin = 2 * MARGIN * MAX (self->width, self->height);
  double width = fabs (self->width * cos (angle)) + fabs (self->height * sin (angle)) + margin;
  double height = fabs (self->width * sin (angle)) + fabs (self->height * cos (angle)) + margin;
  KouanSpecimen *picture = g_new (KouanSpecimen, 1);

  picture->width = (guint)(width * view.scale);
  picture->height = (guint)(height * view.scale);
  picture->pixels = g_malloc ((gsize)picture->width * picture->height);
  project (self, &view, picture);
  blur (picture, view.blur);
  light (picture, rand, &view);
  return picture;
}

const char *
kouan_specimen_sight_name (KouanSpecimenSight sight)
{
  static const char *const names[KOUAN_SPECIMEN_N_SIGHTS]
    = { "clean", "level within 5°", "askew 8° to 20°", "quarter turn", "upside down", "perspective",
        "blur",  "low resolution",  "noise",           "photograph",   "glare" };

  return names[sight];
}
