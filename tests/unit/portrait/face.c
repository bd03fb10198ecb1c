/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/portrait/face.h"

#include <math.h>

#define CENTRE_Y 0.42 /* of the face, share of the height */

static double
head_of (const KouanTestFace *face)
{
  return (face->head > 0 ? face->head : 0.64) * face->height;
}

static double
centre_x (const KouanTestFace *face)
{
  return (0.5 + face->aside) * face->width;
}

/* How far from the middle of an ellipse: below 1 is within. */
static double
within (double x, double y, double half_width, double half_height)
{
  return hypot (x / half_width, y / half_height);
}

static void
set (double colour[static 3], double red, double green, double blue)
{
  colour[0] = red;
  colour[1] = green;
  colour[2] = blue;
}

/* What a person looks like, in heads. */
typedef struct
{
  double skin[3];
  double hair[3];
  double crown; /* of the hair above the middle */
  double width; /* half of the face */
  double brow;
  double nose;
  double mouth;
} Looks;

static const Looks anna = { { 224, 178, 152 }, { 40, 32, 28 }, 0.52, 0.34, 0.012, 0.16, 0.11 };
static const Looks boris = { { 120, 82, 62 }, { 176, 172, 168 }, 0.42, 0.39, 0.030, 0.19, 0.17 };

/* @x, @y: from the middle of the head, in heads. */
static void
paint_head (const KouanTestFace *face, double x, double y, double colour[static 3])
{
  const Looks *looks = face->other ? &boris : &anna;
  double light = 1 - 0.5 * (x * x + y * y) - (x > 0 ? face->shadow : 0);

  if (within (x, y + 0.02, 0.40, looks->crown) < 1)
    set (colour, looks->hair[0], looks->hair[1], looks->hair[2]);
  if (within (x, y - 0.06, looks->width, 0.44) < 1)
    set (colour, looks->skin[0] * light, looks->skin[1] * light, looks->skin[2] * light);
  for (int side = -1; side <= 1; side += 2)
    {
      if (within (x - side * 0.15, y, 0.06, 0.028) < 1)
        set (colour, 245 * light, 245 * light, 245 * light);
      if (within (x - side * 0.15, y, 0.022, 0.026) < 1)
        set (colour, 30, 22, 20);
      if (fabs (x - side * 0.15) < 0.08 && fabs (y + 0.07) < looks->brow)
        set (colour, 50, 36, 30);
    }
  if (fabs (x) < 0.018 && y > 0.02 && y < looks->nose)
    set (colour, looks->skin[0] * light - 24, looks->skin[1] * light - 28,
         looks->skin[2] * light - 26);
  if (within (x, y - 0.27, looks->mouth, 0.022) < 1)
    set (colour, 168 * light, 84 * light, 80 * light);
}

static void
paint (const KouanTestFace *face, guint column, guint row, guint8 *rgb)
{
  double head = head_of (face);
  double x = (column - centre_x (face)) / head;
  double y = (row - CENTRE_Y * face->height) / head;
  double colour[3] = { face->wall[0], face->wall[1], face->wall[2] };
  guint seed = (column * 73856093u ^ row * 19349663u) * 2654435761u;

  if (face->busy && (row / 20) % 2 == 0)
    set (colour, 90, 110, 140);
  if (within (x, y - 1.0, 0.75, 0.48) < 1)
    set (colour, 38, 44, 66); /* coat */
  paint_head (face, x, y, colour);
  for (guint c = 0; c < 3; c++)
    {
      double tint = face->tint[c] > 0 ? face->tint[c] : 1;
      double grain = (double)(seed >> (8 * c + 4) & 7) - 3.5;

      rgb[c] = (guint8)CLAMP (colour[c] * tint + grain, 0, 255);
    }
}

KouanPage *
kouan_test_face_draw (const KouanTestFace *face)
{
  gsize size = (gsize)face->width * face->height * 3;
  guint8 *rgb = g_malloc (size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, size);

  for (guint y = 0; y < face->height; y++)
    for (guint x = 0; x < face->width; x++)
      paint (face, x, y, rgb + ((gsize)y * face->width + x) * 3);
  return kouan_page_new (face->width, face->height, 300, bytes);
}

static void
place (const KouanTestFace *face, KouanLandmarks *landmarks, guint index, double x, double y)
{
  double angle = face->roll_deg * G_PI / 180;
  double head = head_of (face);

  landmarks->points[index].x = centre_x (face) + head * (x * cos (angle) - y * sin (angle));
  landmarks->points[index].y = CENTRE_Y * face->height + head * (x * sin (angle) + y * cos (angle));
}

/* Those that something is measured of, on the drawing; the others in the middle of the face. */
void
kouan_test_face_landmarks (const KouanTestFace *face, KouanLandmarks *landmarks)
{
  double lid = face->eyes_closed ? 0.003 : 0.026;
  double lip = face->mouth_open ? 0.06 : 0.003;

  for (guint i = 0; i < KOUAN_LANDMARKS; i++)
    place (face, landmarks, i, 0, 0.1);
  for (guint i = 0; i <= 16; i++)
    place (face, landmarks, i, -0.33 * cos (G_PI * i / 16), 0.02 + 0.48 * sin (G_PI * i / 16));
  for (guint eye = 0; eye < 2; eye++)
    {
      double middle = eye == 0 ? -0.15 : 0.15;
      guint first = 36 + eye * 6;

      place (face, landmarks, first, middle - 0.06, 0);
      place (face, landmarks, first + 1, middle - 0.02, -lid);
      place (face, landmarks, first + 2, middle + 0.02, -lid);
      place (face, landmarks, first + 3, middle + 0.06, 0);
      place (face, landmarks, first + 4, middle + 0.02, lid);
      place (face, landmarks, first + 5, middle - 0.02, lid);
    }
  for (guint i = 48; i < KOUAN_LANDMARKS; i++)
    place (face, landmarks, i, 0.11 * cos (G_PI * i / 10), 0.27);
  place (face, landmarks, 62, 0, 0.27 - lip);
  place (face, landmarks, 66, 0, 0.27 + lip);
}
