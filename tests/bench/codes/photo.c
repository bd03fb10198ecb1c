/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/bench/codes/photo.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

/* A photograph, worked out as it comes about: rays from the lens to a sheet that is flat, rolled or
 * wavy, light with shadows and reflections, a lens that is out of focus, a hand that moves, a
 * sensor that saturates and makes noise, the curve of the picture's tones, and JPEG. Light is added
 * up as light; only then does it become gray, which is why blur moves edges. */

#define DETAIL_AREA_MAX 1600000 /* pixels up to which each gets nine rays, else four */
#define GAMMA 2.2
#define MIDDLE_GRAY 118.0

typedef struct
{
  double x, y, z;
} Vector;

typedef struct
{
  const KouanPhoto *photo;
  double focal; /* pixels */
  double middle_x, middle_y;
  Vector right, down, normal; /* of the sheet, seen from the lens */
  Vector eye;                 /* the lens, seen from the sheet */
  double side;                /* of all codes, in modules */
  double radius, wave_k;
} Camera;

static Vector
turned (Vector v, double axis_x, double axis_y, double angle)
{
  double cosine = cos (angle), sine = sin (angle), dot = (v.x * axis_x + v.y * axis_y);
  Vector cross = { axis_y * v.z, -axis_x * v.z, axis_x * v.y - axis_y * v.x };

  return (Vector){ v.x * cosine + cross.x * sine + axis_x * dot * (1 - cosine),
                   v.y * cosine + cross.y * sine + axis_y * dot * (1 - cosine),
                   v.z * cosine + cross.z * sine };
}

static double
dot (Vector a, Vector b)
{
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

static void
camera_init (Camera *camera, const KouanPhoto *photo)
{
  double turn = photo->turn_deg * G_PI / 180, tilt = photo->tilt_deg * G_PI / 180, depth;
  double axis_x = cos (photo->tilt_towards), axis_y = sin (photo->tilt_towards);
  Vector to;

  memset (camera, 0, sizeof *camera);
  camera->photo = photo;
  camera->focal = 1.1 * MAX (photo->width, photo->height);
  camera->middle_x = photo->width / 2.0;
  camera->middle_y = photo->height / 2.0;
  camera->side = kouan_print_side (&photo->print);
  camera->right = turned ((Vector){ cos (turn), sin (turn), 0 }, axis_x, axis_y, tilt);
  camera->down = turned ((Vector){ -sin (turn), cos (turn), 0 }, axis_x, axis_y, tilt);
  camera->normal = turned ((Vector){ 0, 0, -1 }, axis_x, axis_y, tilt);
  depth = camera->focal / photo->module_px;
  to = (Vector){ (photo->x - 0.5) * photo->width / photo->module_px,
                 (photo->y - 0.5) * photo->height / photo->module_px, depth };
  camera->eye
    = (Vector){ -dot (to, camera->right), -dot (to, camera->down), -dot (to, camera->normal) };
  if (photo->curl != 0)
    camera->radius = camera->side / photo->curl;
  camera->wave_k = 2 * G_PI / (camera->side * 0.9);
}

/* Where a ray meets the roll: distance along the skin from the middle, and along its axis.
 * Returns: FALSE beside it */
static gboolean
meet_roll (const Camera *camera, Vector ray, double *x, double *y)
{
  double cosine = cos (camera->photo->curl_towards), sine = sin (camera->photo->curl_towards);
  double radius = camera->radius, across = camera->eye.x * cosine + camera->eye.y * sine;
  double along = camera->eye.y * cosine - camera->eye.x * sine, deep = camera->eye.z + radius;
  double ray_across = ray.x * cosine + ray.y * sine, ray_along = ray.y * cosine - ray.x * sine;
  double a = ray_across * ray_across + ray.z * ray.z, b = across * ray_across + deep * ray.z;
  double c = across * across + deep * deep - radius * radius, root = b * b - a * c, t, skin;

  if (root < 0)
    return FALSE;
  t = (-b + (radius > 0 ? -1 : 1) * sqrt (root)) / a;
  if (t <= 0)
    return FALSE;
  across += t * ray_across;
  deep += t * ray.z;
  along += t * ray_along;
  if (deep * radius < 0)
    return FALSE;
  skin = fabs (radius) * atan2 (across, fabs (deep));
  *x = skin * cosine - along * sine;
  *y = skin * sine + along * cosine;
  return TRUE;
}

/* Returns: FALSE if the ray does not meet the sheet */
static gboolean
meet_sheet (const Camera *camera, double picture_x, double picture_y, double *x, double *y)
{
  double off_x = picture_x - camera->middle_x, off_y = picture_y - camera->middle_y;
  double away = (off_x * off_x + off_y * off_y)
                / (camera->middle_x * camera->middle_x + camera->middle_y * camera->middle_y);
  double widen = 1 + camera->photo->barrel * away, t;
  Vector seen = { off_x * widen / camera->focal, off_y * widen / camera->focal, 1 }, ray;

  ray = (Vector){ dot (seen, camera->right), dot (seen, camera->down), dot (seen, camera->normal) };
  if (camera->photo->curl != 0)
    return meet_roll (camera, ray, x, y);
  t = -camera->eye.z / ray.z;
  for (guint i = 0; i < 5 && camera->photo->wave > 0; i++)
    t = (camera->photo->wave * camera->side
           * sin (camera->wave_k * (camera->eye.x + t * ray.x)
                  + 0.7 * camera->wave_k * (camera->eye.y + t * ray.y))
         - camera->eye.z)
        / ray.z;
  *x = camera->eye.x + t * ray.x;
  *y = camera->eye.y + t * ray.y;
  return t > 0;
}

/* A table: grain, and things that lie on it. */
static double
table_at (guint32 seed, double x, double y)
{
  double grain = kouan_print_noise (seed, x * 0.004, y * 0.05) * 0.12;
  double things = kouan_print_noise (seed + 1, x * 0.011, y * 0.012);

  return 0.12 + grain + (things > 0.7 ? 0.45 : things < 0.25 ? -0.08 : 0);
}

static double
ray (const Camera *camera, double x, double y)
{
  double sheet_x, sheet_y, drawn = -1;

  if (meet_sheet (camera, x, y, &sheet_x, &sheet_y))
    drawn = kouan_print_at (&camera->photo->print, sheet_x, sheet_y);
  return drawn >= 0 ? drawn : table_at (camera->photo->print.seed, x, y);
}

static double
lit (const Camera *camera, double x, double y)
{
  const KouanPhoto *photo = camera->photo;
  double side_px = camera->side * photo->module_px;
  double away_x = (x - photo->x * photo->width) / side_px;
  double away_y = (y - photo->y * photo->height) / side_px;
  double light = 1 + photo->slope * (x / photo->width + 0.6 * y / photo->height - 0.8);

  for (guint i = 0; i < photo->n_shadows; i++)
    {
      const KouanPhotoShadow *shadow = photo->shadows + i;
      double beyond = ((away_x - shadow->x) * cos (shadow->towards)
                       + (away_y - shadow->y) * sin (shadow->towards))
                      / shadow->softness;
      double share = CLAMP (beyond + 0.5, 0, 1);

      light *= 1 - (1 - shadow->keep) * share * share * (3 - 2 * share);
    }
  return MAX (light, 0.02);
}

static double
shine (const Camera *camera, double x, double y)
{
  const KouanPhoto *photo = camera->photo;
  double side_px = camera->side * photo->module_px, sum = photo->haze;

  for (guint i = 0; i < photo->n_spots; i++)
    {
      const KouanPhotoSpot *spot = photo->spots + i;
      double away = hypot ((x - photo->x * photo->width) / side_px - spot->x,
                           (y - photo->y * photo->height) / side_px - spot->y)
                    / spot->radius;

      sum += spot->light / (1 + pow (away, 4));
    }
  return sum;
}

static float *
trace (const Camera *camera)
{
  int width = camera->photo->width, height = camera->photo->height;
  int rays = width * height <= DETAIL_AREA_MAX ? 3 : 2;
  float *light = g_new (float, width *height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        double sum = 0;

        for (int i = 0; i < rays * rays; i++)
          sum += ray (camera, x + (i % rays + 0.5) / rays, y + (i / rays + 0.5) / rays);
        light[y * width + x]
          = (float)(sum / (rays * rays) * lit (camera, x, y) + shine (camera, x, y));
      }
  return light;
}

/* The mean over a disc, by running sums along rows: what a lens out of focus does. */
static void
defocus (float *light, int width, int height, double radius)
{
  int reach = (int)ceil (radius);
  g_autofree double *sums = NULL, *out = NULL, *weights = NULL;
  double all = 0;

  if (radius < 0.5)
    return;
  sums = g_new (double, (gsize)(width + 1) * (gsize)height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x <= width; x++)
      sums[y * (width + 1) + x]
        = x == 0 ? 0 : sums[y * (width + 1) + x - 1] + light[y * width + x - 1];
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        double sum = 0;

        all = 0;
        for (int dy = -reach; dy <= reach; dy++)
          {
            double half = sqrt (MAX (radius * radius - dy * dy, 0));
            int left = MAX (x - (int)half, 0), right = MIN (x + (int)half + 1, width);
            const double *row = sums + CLAMP (y + dy, 0, height - 1) * (width + 1);

            sum += row[right] - row[left];
            all += right - left;
          }
        light[y * width + x] = (float)(sum / all);
      }
}

/* The way of a hand: nearly straight, bent a little. */
static void
move (float *light, int width, int height, double length, GRand *random)
{
  g_autofree float *before = g_memdup2 (light, sizeof *light * (gsize)width * (gsize)height);
  double angle = g_rand_double_range (random, 0, G_PI), bend = g_rand_double_range (random, -1, 1);
  int steps = (int)ceil (length) + 1;

  if (length < 0.7)
    return;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        double sum = 0;

        for (int i = 0; i < steps; i++)
          {
            double at = ((i + 0.5) / steps - 0.5), off = bend * at * at * 0.5;
            int from_x = x + (int)lrint (length * (at * cos (angle) - off * sin (angle)));
            int from_y = y + (int)lrint (length * (at * sin (angle) + off * cos (angle)));

            sum += before[CLAMP (from_y, 0, height - 1) * width + CLAMP (from_x, 0, width - 1)];
          }
        light[y * width + x] = (float)(sum / steps);
      }
}

static double
gauss (GRand *random)
{
  double sum = -2;

  for (guint i = 0; i < 4; i++)
    sum += g_rand_double (random);
  return sum * sqrt (3);
}

/* Light to grays: exposed, with the noise of light and of the sensor, on the curve of tones. */
static guint8 *
expose (const KouanPhoto *photo, const float *light, GRand *random)
{
  gsize count = (gsize)photo->width * (gsize)photo->height;
  guint8 *gray = g_malloc (count);
  double slope = GAMMA * pow (MIDDLE_GRAY / 255, 1 - 1 / GAMMA); /* grays of light to grays */
  double sigma = photo->noise / 255 * slope;

  for (gsize i = 0; i < count; i++)
    {
      double value = light[i] * photo->light;

      value += gauss (random) * sigma * sqrt (0.15 + 0.85 * value / 0.18);
      gray[i] = (guint8)lrint (255 * pow (CLAMP (value, 0, 1), 1 / GAMMA));
    }
  return gray;
}

/* Edges, overdone. */
static void
sharpen (guint8 *gray, int width, int height, double amount)
{
  g_autofree guint8 *before = g_memdup2 (gray, (gsize)width * (gsize)height);

  for (int y = 1; amount > 0 && y < height - 1; y++)
    for (int x = 1; x < width - 1; x++)
      {
        const guint8 *at = before + y * width + x;
        double around = (at[-1] + at[1] + at[-width] + at[width]) / 4.0;

        gray[y * width + x] = (guint8)CLAMP (at[0] + amount * (at[0] - around), 0, 255);
      }
}

/* What a file keeps of it. */
static void
through_jpeg (guint8 *gray, int width, int height, int quality)
{
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autofree char *wanted = g_strdup_printf ("%d", quality), *file = NULL;
  int stride = gdk_pixbuf_get_rowstride (picture);
  const guint8 *kept;
  gsize size;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      memset (gdk_pixbuf_get_pixels (picture) + y * stride + x * 3, gray[y * width + x], 3);
  if (!gdk_pixbuf_save_to_buffer (picture, &file, &size, "jpeg", NULL, "quality", wanted, NULL)
      || !gdk_pixbuf_loader_write (loader, (const guint8 *)file, size, NULL)
      || !gdk_pixbuf_loader_close (loader, NULL))
    g_error ("no JPEG can be written");
  kept = gdk_pixbuf_read_pixels (gdk_pixbuf_loader_get_pixbuf (loader));
  stride = gdk_pixbuf_get_rowstride (gdk_pixbuf_loader_get_pixbuf (loader));
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      gray[y * width + x] = kept[y * stride + x * 3];
}

/* Returns: (transfer full): the picture, without texts */
KouanSceneView *
kouan_photo_take (const KouanPhoto *photo, GRand *random)
{
  KouanSceneView *view = g_new0 (KouanSceneView, 1);
  g_autofree float *light = NULL;
  Camera camera;

  camera_init (&camera, photo);
  light = trace (&camera);
  defocus (light, photo->width, photo->height, photo->defocus * photo->module_px);
  move (light, photo->width, photo->height, photo->motion * photo->module_px, random);
  view->width = photo->width;
  view->height = photo->height;
  view->gray = expose (photo, light, random);
  sharpen (view->gray, photo->width, photo->height, photo->sharpen);
  through_jpeg (view->gray, photo->width, photo->height, photo->quality);
  return view;
}
