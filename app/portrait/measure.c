/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-portrait"

#include "app/portrait/measure.h"

#include <math.h>
#include <stdlib.h>

/* The measures of ISO/IEC 29794-5 (face image quality) that are formulas over pixels and, where
 * they are at hand, 68 landmarks.
 *
 * The picture is first made as tall as a portrait of the rules is, so that a sharp camera and a
 * large file do not look like better light. The face's part is what the landmarks enclose; without
 * them, where every rule for portraits puts a face. Brightness is luminance (ITU-R BT.601); colours
 * are CIELAB, whose distances are the eye's.
 *
 * The sharpness of the standard needs a trained model. Here it is the largest step from a pixel to
 * its neighbour that one in fifty has, against the contrast of the part: blur makes edges longer
 * and leaves the contrast, grain and light change both alike. */

#define HEIGHT 480
#define FIRST_BROW 17 /* of the landmarks: those before are the jaw's */
#define SIDE_MIN 16   /* a smaller picture measures nothing */
#define LEVELS 256
#define DARK_MAX 25
#define LIGHT_MIN 247
#define STEP_SHARE 50
#define CONTRAST_SHARE 20

/* Where a face is in a portrait, as shares of the sides. */
#define FACE_LEFT 0.30
#define FACE_RIGHT 0.70
#define FACE_TOP 0.28
#define FACE_BOTTOM 0.68

/* What is background in every portrait that the rules allow: strips beside the head. */
#define STRIP_WIDTH 0.10
#define STRIP_HEIGHT 0.40

/* A crown is as far above the eyes as the chin is below them, within what hair hides. */
#define CROWN_OF_CHIN 1.0

typedef struct
{
  guint left;
  guint top;
  guint right; /* the first column that is not in it */
  guint bottom;
} Part;

typedef struct
{
  KouanPage *page;
  const guint8 *rgb;
  double scale; /* of the page against the original */
} Picture;

typedef struct
{
  double lightness;
  double a;
  double b;
} Lab;

static const guint8 *
pixel (const Picture *picture, guint x, guint y)
{
  return picture->rgb + ((gsize)y * picture->page->width + x) * 3;
}

static guint
luminance (const guint8 *rgb)
{
  return (77u * rgb[0] + 150u * rgb[1] + 29u * rgb[2] + 128) >> 8;
}

static double
linear (guint8 value)
{
  double share = value / 255.0;

  return share <= 0.04045 ? share / 12.92 : pow ((share + 0.055) / 1.055, 2.4);
}

static double
lab_curve (double share)
{
  return share > 216.0 / 24389 ? cbrt (share) : (24389.0 / 27 * share + 16) / 116;
}

/* sRGB to CIELAB under D65 (IEC 61966-2-1, CIE 15). */
static Lab
lab_of (const double rgb[static 3])
{
  double x = (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505;
  double y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  double z = (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089;
  double fx = lab_curve (x), fy = lab_curve (y), fz = lab_curve (z);

  return (Lab){ 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz) };
}

/* Of the mean colour: light adds up before an eye sees it. */
static Lab
mean_colour (const Picture *picture, const Part *part)
{
  double sum[3] = { 0 };
  guint count = (part->right - part->left) * (part->bottom - part->top);

  for (guint y = part->top; y < part->bottom; y++)
    for (guint x = part->left; x < part->right; x++)
      for (guint c = 0; c < 3; c++)
        sum[c] += linear (pixel (picture, x, y)[c]);
  for (guint c = 0; c < 3; c++)
    sum[c] /= count;
  return lab_of (sum);
}

static void
count_levels (const Picture *picture, const Part *part, guint levels[static LEVELS])
{
  for (guint y = part->top; y < part->bottom; y++)
    for (guint x = part->left; x < part->right; x++)
      levels[luminance (pixel (picture, x, y))]++;
}

static double
share_between (const guint levels[static LEVELS], guint count, guint from, guint to)
{
  guint sum = 0;

  for (guint level = from; level <= to; level++)
    sum += levels[level];
  return (double)sum / count;
}

/* Shannon's entropy of the levels, 8 bits being 100. */
static double
entropy (const guint levels[static LEVELS], guint count)
{
  double bits = 0;

  for (guint level = 0; level < LEVELS; level++)
    if (levels[level] > 0)
      bits -= (double)levels[level] / count * log2 ((double)levels[level] / count);
  return bits * 12.5;
}

static void
mean_and_spread (const guint levels[static LEVELS], guint count, double *mean, double *spread)
{
  double sum = 0, squares = 0;

  for (guint level = 0; level < LEVELS; level++)
    {
      sum += (double)levels[level] * level;
      squares += (double)levels[level] * level * level;
    }
  *mean = sum / count / 255;
  *spread = sqrt (MAX (0, squares / count / (255.0 * 255) - *mean * *mean));
}

/* What the levels of both halves share, each level within its neighbours of 16. */
static double
common_light (const Picture *picture, const Part *part)
{
  guint middle = (part->left + part->right) / 2;
  const Part halves[2] = { { part->left, part->top, middle, part->bottom },
                           { middle, part->top, part->right, part->bottom } };
  double common = 0;
  double bins[2][16] = { { 0 } };

  for (guint half = 0; half < 2; half++)
    {
      guint levels[LEVELS] = { 0 };
      guint count
        = (halves[half].right - halves[half].left) * (halves[half].bottom - halves[half].top);

      count_levels (picture, &halves[half], levels);
      for (guint level = 0; level < LEVELS; level++)
        bins[half][level / 16] += (double)levels[level] / count;
    }
  for (guint bin = 0; bin < 16; bin++)
    common += MIN (bins[0][bin], bins[1][bin]);
  return common;
}

/* The value that 1/@share of all have at least. */
static guint
reached_by (const guint levels[static LEVELS], guint count, guint share)
{
  guint sum = 0;

  for (guint level = LEVELS - 1; level > 0; level--)
    if ((sum += levels[level]) > count / share)
      return level;
  return 0;
}

static guint
not_above (const guint levels[static LEVELS], guint count, guint share)
{
  guint sum = 0;

  for (guint level = 0; level < LEVELS; level++)
    if ((sum += levels[level]) > count / share)
      return level;
  return LEVELS - 1;
}

static double
edge_sharpness (const Picture *picture, const Part *part, const guint levels[static LEVELS])
{
  guint count = (part->right - part->left) * (part->bottom - part->top);
  guint light = reached_by (levels, count, CONTRAST_SHARE);
  guint dark = not_above (levels, count, CONTRAST_SHARE);
  guint steps[LEVELS] = { 0 };

  for (guint y = part->top; y + 1 < part->bottom; y++)
    for (guint x = part->left; x + 1 < part->right; x++)
      {
        int here = (int)luminance (pixel (picture, x, y));
        int right = abs ((int)luminance (pixel (picture, x + 1, y)) - here);
        int below = abs ((int)luminance (pixel (picture, x, y + 1)) - here);

        steps[MAX (right, below)]++;
      }
  if (light <= dark)
    return 0;
  return MIN (1.0, (double)reached_by (steps, count, STEP_SHARE) / (light - dark));
}

static Part
part_of_shares (const Picture *picture, double left, double top, double right, double bottom)
{
  guint width = picture->page->width, height = picture->page->height;
  Part part = { (guint)CLAMP (left * width, 0, width - 2.0),
                (guint)CLAMP (top * height, 0, height - 2.0), 0, 0 };

  part.right = (guint)CLAMP (right * width, part.left + 2.0, width);
  part.bottom = (guint)CLAMP (bottom * height, part.top + 2.0, height);
  return part;
}

/* From the brows to the mouth: a box around the jaw has the wall in its lower corners. */
static Part
part_of_landmarks (const Picture *picture, const KouanLandmarks *landmarks)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = 0, bottom = 0;

  for (guint i = FIRST_BROW; i < KOUAN_LANDMARKS; i++)
    {
      left = MIN (left, landmarks->points[i].x * picture->scale);
      right = MAX (right, landmarks->points[i].x * picture->scale);
      top = MIN (top, landmarks->points[i].y * picture->scale);
      bottom = MAX (bottom, landmarks->points[i].y * picture->scale);
    }
  return part_of_shares (picture, left / picture->page->width, top / picture->page->height,
                         right / picture->page->width, bottom / picture->page->height);
}

static void
measure_face (const Picture *picture, const Part *part, KouanPortraitMeasures *measures)
{
  guint levels[LEVELS] = { 0 };
  guint count = (part->right - part->left) * (part->bottom - part->top);
  Lab colour = mean_colour (picture, part);
  double spread;

  count_levels (picture, part, levels);
  mean_and_spread (levels, count, &measures->brightness, &spread);
  measures->dark_share = share_between (levels, count, 0, DARK_MAX);
  measures->light_share = share_between (levels, count, LIGHT_MIN, LEVELS - 1);
  measures->range = entropy (levels, count);
  measures->evenness = common_light (picture, part);
  measures->redness = colour.a;
  measures->yellowness = colour.b;
  measures->chroma = hypot (colour.a, colour.b);
  measures->sharpness = edge_sharpness (picture, part, levels);
}

static void
measure_background (const Picture *picture, KouanPortraitMeasures *measures)
{
  const Part strips[2] = { part_of_shares (picture, 0, 0, STRIP_WIDTH, STRIP_HEIGHT),
                           part_of_shares (picture, 1 - STRIP_WIDTH, 0, 1, STRIP_HEIGHT) };
  guint levels[LEVELS] = { 0 };
  guint count = 0;

  for (guint i = 0; i < 2; i++)
    {
      Lab colour = mean_colour (picture, &strips[i]);

      count_levels (picture, &strips[i], levels);
      count += (strips[i].right - strips[i].left) * (strips[i].bottom - strips[i].top);
      measures->background_chroma = MAX (measures->background_chroma, hypot (colour.a, colour.b));
    }
  mean_and_spread (levels, count, &measures->background, &measures->background_spread);
}

static double
distance (const KouanLandmarks *landmarks, guint one, guint other)
{
  return hypot (landmarks->points[one].x - landmarks->points[other].x,
                landmarks->points[one].y - landmarks->points[other].y);
}

/* How far the lids are apart, mean of two places. */
static double
lid_opening (const KouanLandmarks *landmarks, guint eye)
{
  return (distance (landmarks, eye + 1, eye + 5) + distance (landmarks, eye + 2, eye + 4)) / 2;
}

static void
measure_geometry (KouanPage *page, const KouanLandmarks *landmarks, KouanPortraitMeasures *measures)
{
  KouanPicturePoint left = kouan_landmarks_middle (landmarks, 36, 41);
  KouanPicturePoint right = kouan_landmarks_middle (landmarks, 42, 47);
  KouanPicturePoint mouth = kouan_landmarks_middle (landmarks, 48, 67);
  KouanPicturePoint eyes = { (left.x + right.x) / 2, (left.y + right.y) / 2 };
  double to_chin = landmarks->points[8].y - eyes.y;
  double to_mouth = MAX (1.0, hypot (mouth.x - eyes.x, mouth.y - eyes.y));

  measures->has_face = TRUE;
  measures->eye_distance = hypot (right.x - left.x, right.y - left.y);
  measures->head_height = to_chin * (1 + CROWN_OF_CHIN) / page->height;
  measures->head_top = (eyes.y - to_chin * CROWN_OF_CHIN) / page->height;
  measures->eye_height = 1 - eyes.y / page->height;
  measures->off_centre = eyes.x / page->width - 0.5;
  measures->roll_deg = atan2 (right.y - left.y, right.x - left.x) * 180 / G_PI;
  measures->eye_opening = MIN (lid_opening (landmarks, 36), lid_opening (landmarks, 42)) / to_mouth;
  measures->mouth_opening = distance (landmarks, 62, 66) / to_mouth;
}

/**
 * kouan_portrait_measure:
 * @landmarks: (nullable): of the face in @page; without them the face is taken to be where a
 * portrait has it
 * @measures: (out)
 *
 * Takes about 10 ms.
 */
void
kouan_portrait_measure (KouanPage *page,
                        const KouanLandmarks *landmarks,
                        KouanPortraitMeasures *measures)
{
  guint height = MIN (HEIGHT, page->height);
  guint width = page->width * height / page->height;
  g_autoptr (KouanPage) small = NULL;
  Picture picture;
  Part face;

  *measures = (KouanPortraitMeasures){ .width = page->width, .height = page->height };
  if (width < SIDE_MIN || height < SIDE_MIN)
    return;
  small = kouan_page_scaled (page, width, height);
  picture
    = (Picture){ small, g_bytes_get_data (small->pixels, NULL), (double)height / page->height };
  face = landmarks != NULL
           ? part_of_landmarks (&picture, landmarks)
           : part_of_shares (&picture, FACE_LEFT, FACE_TOP, FACE_RIGHT, FACE_BOTTOM);
  measure_face (&picture, &face, measures);
  measure_background (&picture, measures);
  if (landmarks != NULL)
    measure_geometry (page, landmarks, measures);
}
