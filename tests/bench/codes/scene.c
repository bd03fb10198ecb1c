/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/bench/codes/scene.h"

#include "app/qr/geometry.h"
#include "app/qr/matrix.h"

#include <math.h>
#include <string.h>

/* A camera's view of codes, worked out as a camera makes it: where each ray meets the sheet, what
 * is printed there, then the lens, the hand that moves, the light and the noise of the sensor.
 * Rays: three by three a pixel. The same seed gives the same picture. */

#define RAYS 3
#define QUIET 4
#define GAP 0.35 /* of a code's side, around it */

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

const KouanScene kouan_scene_plain = {
  .width = 640,
  .height = 480,
  .characters = 218,
  .n_codes = 1,
  .module_px = 3,
  .tilt_deg = 10,
  .blur = 0.25,
  .noise = 4,
  .dark = 40,
  .light = 205,
};

/* What is drawn on the plane, in modules, (0, 0) the first code's first corner. */
typedef struct
{
  const KouanScene *scene;
  KouanQrMatrix *codes[KOUAN_SCENE_CODES_MAX];
  guint columns, rows;
  double side, pitch; /* of a code; from one to the next */
  guint32 seed;
  double moire_period;
} Plane;

void
kouan_scene_view_free (KouanSceneView *self)
{
  if (self == NULL)
    return;
  g_free (self->gray);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

/* Gaussian by the sum of twelve. */
static double
gauss (GRand *random)
{
  double sum = -6;

  for (guint i = 0; i < 12; i++)
    sum += g_rand_double (random);
  return sum;
}

static char *
random_text (GRand *random, guint length)
{
  char *text = g_malloc (length + 1);

  for (guint i = 0; i < length; i++)
    text[i] = alphabet[g_rand_int_range (random, 0, sizeof alphabet - 1)];
  memcpy (text, "KA1:", MIN (length, 4));
  text[length] = '\0';
  return text;
}

/* Lines like those of text, between the codes. */
static double
paper_at (const Plane *plane, double x, double y)
{
  guint32 line = (guint32)(gint32)floor (y / 3), word = (guint32)(gint32)floor (x / 9);
  guint32 hash = (line * 2654435761U) ^ (word * 40503U) ^ plane->seed;

  hash = (hash ^ hash >> 15) * 2246822519U;
  return y / 3 - floor (y / 3) < 0.3 && hash >> 30 == 0 ? 0.3 : 0.95;
}

/* Returns: 0 black to 1 white at a point of the plane; below 0 beyond its edge */
static double
drawn_at (const Plane *plane, double x, double y)
{
  double margin = plane->side * GAP,
         width = plane->columns * plane->pitch - plane->pitch + plane->side;
  double height = plane->rows * plane->pitch - plane->pitch + plane->side;
  double white = plane->scene->on_screen ? 0.93 : 0.95;
  guint column = (guint)MAX (floor ((x + QUIET) / plane->pitch), 0);
  guint row = (guint)MAX (floor ((y + QUIET) / plane->pitch), 0);
  double in_x = x - column * plane->pitch, in_y = y - row * plane->pitch;

  if (x < -margin || y < -margin || x >= width + margin || y >= height + margin)
    return -1;
  if (!plane->scene->blank && column < plane->columns && row < plane->rows && in_x >= -QUIET
      && in_y >= -QUIET && in_x < plane->side + QUIET && in_y < plane->side + QUIET)
    {
      const KouanQrMatrix *code = plane->codes[row * plane->columns + column];
      gboolean is_dark = FALSE;

      if (plane->scene->mirrored)
        in_x = plane->side - in_x;
      if (in_x >= 0 && in_y >= 0 && in_x < plane->side && in_y < plane->side)
        is_dark = kouan_qr_matrix_is_dark (code, (guint)in_x, (guint)in_y);
      return is_dark != plane->scene->light_on_dark ? 0.03 : white;
    }
  if (plane->scene->on_screen)
    return plane->scene->light_on_dark ? 0.05 : 0.08;
  return paper_at (plane, x, y);
}

static double
screen_grid (const Plane *plane, double x, double y)
{
  double share = plane->scene->moire, period = plane->moire_period;
  double across = 0.5 + 0.5 * cos (2 * G_PI * x / period);
  double down = 0.5 + 0.5 * cos (2 * G_PI * y / (period * 1.03));

  return 1 - share + share * across * down * 1.8;
}

/* From the picture to the plane, by where its four corners come to lie. */
static void
place_camera (const Plane *plane, GRand *random, KouanQrHomography *map)
{
  const KouanScene *scene = plane->scene;
  double turn = scene->turn_deg * G_PI / 180;
  double tilt = scene->tilt_deg * G_PI / 180 * (g_rand_boolean (random) ? 1 : -1);
  double nod = scene->tilt_deg * 0.4 * G_PI / 180 * (g_rand_boolean (random) ? 1 : -1);
  double focus = 1.1 * scene->width,
         width = plane->columns * plane->pitch - plane->pitch + plane->side;
  double height = plane->rows * plane->pitch - plane->pitch + plane->side;
  double middle_x = scene->width * (0.5 + 0.04 * (2 * g_rand_double (random) - 1));
  double middle_y = scene->height * (0.5 + 0.04 * (2 * g_rand_double (random) - 1));
  KouanQrPoint plane_points[4], picture_points[4];

  for (guint i = 0; i < 4; i++)
    {
      double x = (i & 1 ? 0.5 : -0.5) * width, y = (i & 2 ? 0.5 : -0.5) * height;
      double a = (x * cos (turn) - y * sin (turn)) * scene->module_px;
      double b = (x * sin (turn) + y * cos (turn)) * scene->module_px;
      double right = a * cos (tilt), away = -a * sin (tilt);
      double down = b * cos (nod) - away * sin (nod);
      double depth = focus + b * sin (nod) + away * cos (nod);

      plane_points[i] = (KouanQrPoint){ x + width / 2, y + height / 2 };
      picture_points[i]
        = (KouanQrPoint){ middle_x + focus * right / depth, middle_y + focus * down / depth };
    }
  g_assert_true (kouan_qr_homography_fit (map, picture_points, plane_points, 4));
}

/* Around a bottle, what is seen at x lies further along its skin. Returns: %FALSE beside it */
static gboolean
bend (const Plane *plane, double *x)
{
  double middle = plane->side / 2, radius = plane->side / MAX (plane->scene->bow, 1e-6);
  double share = (*x - middle) / radius;

  if (plane->scene->bow <= 0)
    return TRUE;
  if (fabs (share) >= 0.999)
    return FALSE;
  *x = middle + radius * asin (share);
  return TRUE;
}

static double
ray (const Plane *plane, const KouanQrHomography *map, double x, double y, double beyond)
{
  KouanQrPoint at = kouan_qr_homography_map (map, x, y);
  double drawn = bend (plane, &at.x) ? drawn_at (plane, at.x, at.y) : -1;

  if (drawn < 0)
    return beyond;
  if (plane->scene->shadow > 0 && at.x + at.y * 0.4 < plane->side * 0.7)
    drawn *= 1 - plane->scene->shadow;
  return plane->scene->moire > 0 ? drawn * screen_grid (plane, at.x, at.y) : drawn;
}

static float *
trace (const Plane *plane, const KouanQrHomography *map, GRand *random)
{
  int width = plane->scene->width, height = plane->scene->height;
  float *light = g_new (float, width *height);
  double room = g_rand_double_range (random, 0.15, 0.5);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        double sum = 0, beyond = room + 0.08 * sin (x * 0.021) * cos (y * 0.017);

        for (int i = 0; i < RAYS * RAYS; i++)
          sum += ray (plane, map, x + (i % RAYS + 0.5) / RAYS, y + (i / RAYS + 0.5) / RAYS, beyond);
        light[y * width + x] = (float)(sum / (RAYS * RAYS));
      }
  return light;
}

/* Adds, to each pixel, @count others at (dx, dy) with their weights. */
static void
convolve (float *light, int width, int height, const double (*taps)[3], guint count)
{
  g_autofree float *before = g_memdup2 (light, sizeof *light * (gsize)width * (gsize)height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        double sum = 0;

        for (guint i = 0; i < count; i++)
          {
            double at_x = CLAMP (x + taps[i][0], 0, width - 1.001);
            double at_y = CLAMP (y + taps[i][1], 0, height - 1.001);
            int left = (int)at_x, top = (int)at_y;
            double right = at_x - left, down = at_y - top;
            const float *a = before + top * width + left, *b = top + 1 < height ? a + width : a;

            sum += taps[i][2]
                   * ((a[0] * (1 - right) + a[1] * right) * (1 - down)
                      + (b[0] * (1 - right) + b[1] * right) * down);
          }
        light[y * width + x] = (float)sum;
      }
}

#define TAPS_MAX 64

static void
blur (float *light, int width, int height, double sigma)
{
  double taps[TAPS_MAX][3], sum = 0;
  int reach = MIN ((int)ceil (3 * sigma), TAPS_MAX / 2 - 1);

  if (sigma < 0.15)
    return;
  for (int i = -reach; i <= reach; i++)
    sum += exp (-i * i / (2 * sigma * sigma));
  for (guint across = 0; across < 2; across++)
    {
      for (int i = -reach; i <= reach; i++)
        {
          taps[i + reach][0] = across ? i : 0;
          taps[i + reach][1] = across ? 0 : i;
          taps[i + reach][2] = exp (-i * i / (2 * sigma * sigma)) / sum;
        }
      convolve (light, width, height, (const double (*)[3])taps, (guint)(2 * reach + 1));
    }
}

static void
move (float *light, int width, int height, double length, double angle)
{
  double taps[TAPS_MAX][3];
  guint count = MIN ((guint)ceil (length * 3) + 1, TAPS_MAX);

  for (guint i = 0; i < count; i++)
    {
      double at = length * ((i + 0.5) / count - 0.5);

      taps[i][0] = at * cos (angle);
      taps[i][1] = at * sin (angle);
      taps[i][2] = 1.0 / count;
    }
  convolve (light, width, height, (const double (*)[3])taps, count);
}

static void
shine (float *light, const KouanScene *scene, double side_px, GRand *random)
{
  double angle = g_rand_double_range (random, 0, 2 * G_PI);
  double middle_x = scene->width / 2.0 + cos (angle) * side_px * 0.3;
  double middle_y = scene->height / 2.0 + sin (angle) * side_px * 0.3;
  double radius = sqrt (scene->glare / G_PI) * side_px;

  for (int y = 0; y < scene->height; y++)
    for (int x = 0; x < scene->width; x++)
      {
        double away = hypot ((x - middle_x) / 1.5, (y - middle_y) / 0.7) / radius;

        light[y * scene->width + x] += (float)(2.2 * exp (-pow (away, 4)));
      }
}

static void
expose (const KouanScene *scene, const float *light, GRand *random, guint8 *gray)
{
  double slope_x = g_rand_double_range (random, -0.18, 0.18);
  double slope_y = g_rand_double_range (random, -0.18, 0.18);

  for (int y = 0; y < scene->height; y++)
    for (int x = 0; x < scene->width; x++)
      {
        double slope
          = 1 + slope_x * (2.0 * x / scene->width - 1) + slope_y * (2.0 * y / scene->height - 1);
        double value
          = scene->dark + (scene->light - scene->dark) * light[y * scene->width + x] * slope;
        double sigma = scene->noise * sqrt (0.3 + 0.7 * CLAMP (value, 0, 255) / 160);

        gray[y * scene->width + x] = (guint8)CLAMP (value + gauss (random) * sigma, 0, 255);
      }
}

static void
plane_init (Plane *plane, const KouanScene *scene, GRand *random, GPtrArray *texts)
{
  memset (plane, 0, sizeof *plane);
  plane->scene = scene;
  plane->columns = (guint)ceil (sqrt (scene->n_codes));
  plane->rows = (scene->n_codes + plane->columns - 1) / plane->columns;
  plane->seed = g_rand_int (random);
  for (guint i = 0; i < plane->columns * plane->rows; i++)
    {
      char *text = random_text (random, scene->characters);

      g_ptr_array_add (texts, text);
      plane->codes[i] = kouan_qr_matrix_new (text, KOUAN_QR_LEVEL_M, NULL);
      g_assert_nonnull (plane->codes[i]);
    }
  plane->side = kouan_qr_matrix_get_size (plane->codes[0]);
  plane->pitch = plane->side + 2 * QUIET;
  plane->moire_period = MAX (2.2 / scene->module_px, 0.45) * 1.35;
}

/* Returns: (transfer full): what the camera sees */
KouanSceneView *
kouan_scene_view (const KouanScene *scene, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  KouanSceneView *view = g_new0 (KouanSceneView, 1);
  g_autofree float *light = NULL;
  KouanQrHomography map;
  Plane plane;

  view->texts = g_ptr_array_new_with_free_func (g_free);
  plane_init (&plane, scene, random, view->texts);
  place_camera (&plane, random, &map);
  light = trace (&plane, &map, random);
  if (scene->glare > 0)
    shine (light, scene, plane.side * scene->module_px, random);
  blur (light, scene->width, scene->height, scene->blur * scene->module_px);
  if (scene->motion > 0)
    move (light, scene->width, scene->height, scene->motion * scene->module_px,
          g_rand_double_range (random, 0, G_PI));
  view->width = scene->width;
  view->height = scene->height;
  view->gray = g_malloc ((gsize)scene->width * (gsize)scene->height);
  expose (scene, light, random, view->gray);
  for (guint i = 0; i < plane.columns * plane.rows; i++)
    kouan_qr_matrix_free (plane.codes[i]);
  return view;
}
