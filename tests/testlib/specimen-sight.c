/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/specimen.h"

#include <math.h>
#include <string.h>

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
  double shadow;    /* how much darker one side of an edge is */
  double lift;      /* what brightness is added: black is no longer black */
  double bend;      /* how far the page's ends stand off, in halves of it */
  double moved;     /* pixels, sideways */
  double stretch;   /* how much wider than it should be: 1.1, a tenth */
  double frame;     /* around what is seen, in its heights; below 0: the table, as always */
  gboolean zone_only;
  gboolean grain; /* the table is of wood */
  guint quality;  /* of the JPEG; 0: none */
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

/* Pictures of a zone cut out of one, as data sets and forms on the web have them. */
static void
choose_cut (GRand *rand, double frame, View *view)
{
  view->zone_only = TRUE;
  view->frame = frame;
  view->degrees = between (rand, -0.7, 0.7);
  view->scale = between (rand, 0.35, 1);
  view->quality = 70;
}

static void
choose_harder_view (GRand *rand, KouanSpecimenSight sight, View *view)
{
  switch (sight)
    {
    case KOUAN_SPECIMEN_TINY:
      view->scale = between (rand, 0.18, 0.24);
      break;
    case KOUAN_SPECIMEN_COMPRESSED:
      view->scale = between (rand, 0.4, 0.5);
      view->quality = 40;
      view->noise = 4;
      break;
    case KOUAN_SPECIMEN_CUT_OUT:
      choose_cut (rand, between (rand, 0.01, 0.06), view);
      break;
    case KOUAN_SPECIMEN_FRAMED:
      choose_cut (rand, between (rand, 1, 3), view);
      break;
    case KOUAN_SPECIMEN_THIN:
    case KOUAN_SPECIMEN_BOLD:
      view->scale = between (rand, 0.4, 1);
      break;
    case KOUAN_SPECIMEN_DARK:
      view->contrast = between (rand, 0.1, 0.3);
      view->lift = -25;
      break;
    case KOUAN_SPECIMEN_PALE:
      view->contrast = between (rand, 0.12, 0.3);
      view->lift = 120;
      break;
    case KOUAN_SPECIMEN_SHADOW:
      view->shadow = between (rand, 0.35, 0.65);
      view->slopes[0] = between (rand, -0.4, 0.4);
      view->scale = between (rand, 0.5, 1);
      break;
    case KOUAN_SPECIMEN_DESK:
      view->degrees = between (rand, -15, 15);
      view->tilts[0] = either_way (rand, 0, 0.12);
      view->tilts[1] = either_way (rand, 0, 0.12);
      view->scale = between (rand, 0.4, 0.6);
      view->frame = 0.2;
      view->grain = TRUE;
      view->blur = between (rand, 0, 0.8);
      view->quality = 60;
      break;
    case KOUAN_SPECIMEN_BENT:
      view->bend = either_way (rand, 0.02, 0.06);
      view->scale = between (rand, 0.4, 0.8);
      break;
    case KOUAN_SPECIMEN_MOVED:
      view->moved = between (rand, 4, 9);
      break;
    case KOUAN_SPECIMEN_STRETCHED:
      view->stretch = g_rand_boolean (rand) ? between (rand, 0.75, 0.9) : between (rand, 1.1, 1.3);
      view->scale = between (rand, 0.4, 0.8);
      break;
    default:
      view->scale = between (rand, 0.4, 0.8);
      break;
    }
}

static View
choose_view (GRand *rand, KouanSpecimenSight sight)
{
  View view = { .scale = 1,
                .contrast = 1,
                .noise = 2,
                .degrees = between (rand, -2, 2),
                .stretch = 1,
                .frame = -1 };

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
      view.degrees = between (rand, -8, 8);
      view.tilts[0] = either_way (rand, 0, 0.12);
      view.tilts[1] = either_way (rand, 0, 0.12);
      view.scale = between (rand, 0.45, 0.7);
      view.blur = between (rand, 0.4, 1.1);
      view.noise = 6;
      view.slopes[0] = between (rand, -0.4, 0.4);
      view.slopes[1] = between (rand, -0.3, 0.3);
      break;
    default:
      choose_harder_view (rand, sight, &view);
      break;
    }
  return view;
}

/* Wood: lines along it that are nearly parallel. */
static double
table_at (const View *view, double x, double y)
{
  if (view->zone_only)
    return 225;
  if (!view->grain)
    return TABLE;
  return 130 + 18 * sin (y / 9 + 3 * sin (x / 260)) + 10 * sin (y / 3.1 + x / 190);
}

static double
page_at (const KouanSpecimen *page, const View *view, double x, double y)
{
  int column = (int)floor (x), row = (int)floor (y);
  double right = x - column, low = y - row, sum = 0;

  for (int i = 0; i < 4; i++)
    {
      int at_x = column + i % 2, at_y = row + i / 2;
      gboolean inside
        = at_x >= 0 && at_y >= 0 && at_x < (int)page->width && at_y < (int)page->height;
      double weight = (i % 2 == 1 ? right : 1 - right) * (i / 2 == 1 ? low : 1 - low);

      sum += weight
             * (inside ? page->pixels[(gsize)at_y * page->width + (guint)at_x]
                       : table_at (view, at_x, at_y));
    }
  return sum;
}

/* The brightness at a point of the picture, whose middle is 0, 0: undoes tilt, turn and scale. */
static double
see_point (const KouanSpecimen *page, const View *view, double x, double y)
{
  double angle = view->degrees * G_PI / 180;
  double half = (double)MAX (page->width, page->height) / 2;
  double u = (x / view->stretch * cos (angle) + y * sin (angle)) / view->scale;
  double v = (y * cos (angle) - x / view->stretch * sin (angle)) / view->scale;
  double depth = 1 + (view->tilts[0] * u + view->tilts[1] * v) / half;

  if (depth < 0.2)
    return TABLE;
  u /= depth;
  v = v / depth + view->bend * u * u / half;
  return page_at (page, view, u + page->width / 2.0, v + page->height / 2.0);
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
        double value = *pixel * view->contrast + 40 * (1 - view->contrast) + view->lift;
        gboolean in_shadow = (x - spot_x) + 0.3 * (y - spot_y) > 0;

        value *= 0.85 + view->slopes[0] * ((double)x / self->width - 0.5)
                 + view->slopes[1] * ((double)y / self->height - 0.5)
                 - (in_shadow ? view->shadow : 0);
        value = value * (1 - spot) + 255 * spot + view->noise * normal (rand);
        *pixel = (guint8)CLAMP (value, 0, 255);
      }
}

/* Returns: (transfer full): the lines and nothing else of a page */
static KouanSpecimen *
cut_out (const KouanSpecimen *self)
{
  guint left = (guint)self->zone[0], top = (guint)self->zone[1];
  KouanSpecimen *cut = g_new0 (KouanSpecimen, 1);

  cut->width = (guint)self->zone[2] - left;
  cut->height = (guint)self->zone[3] - top;
  cut->pixels = g_malloc ((gsize)cut->width * cut->height);
  for (guint y = 0; y < cut->height; y++)
    memcpy (cut->pixels + (gsize)y * cut->width,
            self->pixels + (gsize)(top + y) * self->width + left, cut->width);
  return cut;
}

/* As far as the sensor moved while it took the picture. */
static void
move (KouanSpecimen *self, double pixels)
{
  for (guint y = 0; pixels > 0 && y < self->height; y++)
    {
      guint8 *row = self->pixels + (gsize)y * self->width;
      guint reach = (guint)pixels;

      for (guint x = 0; x + reach < self->width; x++)
        {
          guint sum = 0;

          for (guint i = 0; i < reach; i++)
            sum += row[x + i];
          row[x] = (guint8)(sum / reach);
        }
    }
}

static KouanSpecimen *
see (const KouanSpecimen *self, GRand *rand, View view)
{
  double angle = view.degrees * G_PI / 180;
  double margin
    = view.frame < 0 ? 2 * MARGIN * MAX (self->width, self->height) : 2 * view.frame * self->height;
  double width = fabs (self->width * cos (angle)) + fabs (self->height * sin (angle)) + margin;
  double height = fabs (self->width * sin (angle)) + fabs (self->height * cos (angle)) + margin;
  KouanSpecimen *picture = g_new0 (KouanSpecimen, 1);

  picture->width = (guint)(width * view.scale * view.stretch);
  picture->height = (guint)(height * view.scale);
  picture->pixels = g_malloc ((gsize)picture->width * picture->height);
  project (self, &view, picture);
  blur (picture, view.blur);
  move (picture, view.moved * view.scale);
  light (picture, rand, &view);
  if (view.quality > 0)
    kouan_specimen_compress (picture, view.quality);
  return picture;
}

/* Returns: (transfer full): a picture of the page */
KouanSpecimen *
kouan_specimen_see (const KouanSpecimen *self, GRand *rand, KouanSpecimenSight sight)
{
  View view = choose_view (rand, sight);
  g_autoptr (KouanSpecimen) cut = view.zone_only ? cut_out (self) : NULL;

  return see (cut != NULL ? cut : self, rand, view);
}

const char *
kouan_specimen_sight_name (KouanSpecimenSight sight)
{
  static const char *const names[KOUAN_SPECIMEN_N_SIGHTS] = {
    "clean",   "level within 5°", "askew 8° to 20°", "quarter turn", "upside down", "perspective",
    "blur",    "low resolution",  "noise",           "photograph",   "tiny",        "JPEG at 40",
    "cut out", "framed",          "thin print",      "bold print",   "dark",        "pale",
    "shadow",  "security print",  "book on a desk",  "bent",         "moved",       "stretched",
    "glare"
  };

  return names[sight];
}
