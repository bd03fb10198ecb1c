/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/warp.h"

#include <math.h>

/* A sheet seen at a slant, made to look as if seen from straight above: the projective map of a
 * rectangle onto four corners (P. Heckbert, Fundamentals of Texture Mapping, 1989, 2.2.3), each dot
 * of the rectangle mixed from the four dots of the picture that it falls between. What lies beyond
 * the picture gets the colour of its border.
 *
 * A slant makes paper look shorter than it is, so that the sides' lengths say little about its
 * shape; where they come near a shape that paper has, that one is taken. */

#define ONE 256 /* of a dot */
#define SHAPE_NEAR 0.06
#define LONG_SIDE_MAX 3508 /* A4 at 300 dots an inch */

static const double shapes[] = {
  1.2941, /* US Letter */
  1.4142, /* ISO 216: A4; a passport's page is 1.42 */
  1.5858, /* ISO/IEC 7810 ID-1: cards */
};

typedef struct
{
  double x[3]; /* x = (x[0] u + x[1] v + x[2]) / w */
  double y[3];
  double w[3];
} Map;

/* From the unit square. */
static void
map_init (Map *map, const KouanPoint c[static 4])
{
  double dx1 = c[1].x - c[2].x, dx2 = c[3].x - c[2].x, sx = c[0].x - c[1].x + c[2].x - c[3].x;
  double dy1 = c[1].y - c[2].y, dy2 = c[3].y - c[2].y, sy = c[0].y - c[1].y + c[2].y - c[3].y;
  double d = dx1 * dy2 - dx2 * dy1;
  double g = (sx * dy2 - dx2 * sy) / d, h = (dx1 * sy - sx * dy1) / d;

  *map = (Map){ { c[1].x - c[0].x + g * c[1].x, c[3].x - c[0].x + h * c[3].x, c[0].x },
                { c[1].y - c[0].y + g * c[1].y, c[3].y - c[0].y + h * c[3].y, c[0].y },
                { g, h, 1 } };
}

static void
mix (const guint8 *pixels, const KouanPage *page, double x, double y, guint8 *out)
{
  int at_x = (int)lrint (CLAMP (x, 0, page->width - 1.0) * ONE);
  int at_y = (int)lrint (CLAMP (y, 0, page->height - 1.0) * ONE);
  guint part_x = at_x % ONE, part_y = at_y % ONE;
  gsize right = (guint)(at_x / ONE) + 1 < page->width ? 3 : 0;
  gsize below = (guint)(at_y / ONE) + 1 < page->height ? (gsize)page->width * 3 : 0;
  const guint8 *dot = pixels + ((gsize)(at_y / ONE) * page->width + at_x / ONE) * 3;

  for (guint c = 0; c < 3; c++, dot++)
    {
      guint top = dot[0] * (ONE - part_x) + dot[right] * part_x;
      guint bottom = dot[below] * (ONE - part_x) + dot[below + right] * part_x;

      out[c] = (guint8)((top * (ONE - part_y) + bottom * part_y + ONE * ONE / 2) / (ONE * ONE));
    }
}

/**
 * kouan_warp:
 * @corners: of the sheet in @page, clockwise from what will be the top left one
 * @dpi: of the paper, 0 where nobody knows
 *
 * Returns: (transfer full): @width * @height dots of the sheet alone
 */
KouanPage *
kouan_warp (
  KouanPage *page, const KouanPoint corners[static 4], guint width, guint height, guint dpi)
{
  const guint8 *pixels = g_bytes_get_data (page->pixels, NULL);
  guint8 *rgb;
  g_autoptr (GBytes) bytes = NULL;
  Map map;

  g_return_val_if_fail (width > 0 && height > 0, NULL);

  rgb = g_malloc ((gsize)width * height * 3);
  bytes = g_bytes_new_take (rgb, (gsize)width * height * 3);
  map_init (&map, corners);
  for (guint row = 0; row < height; row++)
    for (guint column = 0; column < width; column++, rgb += 3)
      {
        double u = (column + 0.5) / width, v = (row + 0.5) / height;
        double w = 1 / (map.w[0] * u + map.w[1] * v + 1);

        mix (pixels, page, (map.x[0] * u + map.x[1] * v + map.x[2]) * w - 0.5,
             (map.y[0] * u + map.y[1] * v + map.y[2]) * w - 0.5, rgb);
      }
  return kouan_page_new (width, height, dpi, bytes);
}

static double
side (const KouanPoint corners[static 4], guint a)
{
  const KouanPoint *from = &corners[a], *to = &corners[(a + 1) % 4];

  return hypot (to->x - from->x, to->y - from->y);
}

static double
shape_near (double measured)
{
  double best = measured, nearest = SHAPE_NEAR;

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (fabs (shapes[i] / measured - 1) < nearest)
      {
        nearest = fabs (shapes[i] / measured - 1);
        best = shapes[i];
      }
  return best;
}

/* How many dots the sheet between @corners has, at the resolution of its nearer sides. */
void
kouan_warp_size (const KouanPoint corners[static 4], guint *width, guint *height)
{
  double across = MAX (side (corners, 0), side (corners, 2));
  double down = MAX (side (corners, 1), side (corners, 3));
  double long_side = MAX (across, down);
  double mean = (side (corners, 0) + side (corners, 2)) / (side (corners, 1) + side (corners, 3));
  double shape = shape_near (MAX (mean, 1 / mean));

  long_side = CLAMP (long_side, 1, LONG_SIDE_MAX);
  *width = MAX (1, (guint)lrint (mean > 1 ? long_side : long_side / shape));
  *height = MAX (1, (guint)lrint (mean > 1 ? long_side / shape : long_side));
}

/* The corners of a whole page, so that what is @degrees clockwise off in it becomes level. */
void
kouan_warp_turn (KouanPoint corners[static 4], const KouanPage *page, double degrees)
{
  double cosine = cos (degrees * G_PI / 180), sine = sin (degrees * G_PI / 180);

  for (guint i = 0; i < 4; i++)
    {
      double x = (i == 1 || i == 2 ? 0.5 : -0.5) * page->width;
      double y = (i >= 2 ? 0.5 : -0.5) * page->height;

      corners[i].x = x * cosine - y * sine + page->width / 2.0;
      corners[i].y = x * sine + y * cosine + page->height / 2.0;
    }
}
