/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan-documents"

#include "app/documents/measure-private.h"

#include <math.h>
#include <string.h>

/* Is there colour on the page, and is there a finger on it?
 *
 * Both look at the two colour differences of ITU-R BT.601, on a small copy in which grain is gone.
 * Colour is counted from the paper's own tint, so that a gray copy in yellow light stays gray.
 *
 * Skin of every shade lies in one small field of the colour differences, since shades of skin
 * differ in brightness (D. Chai, K. Ngan, Face segmentation using skin-color map, 1999). A finger
 * is such an area that reaches onto the page from its border, on a small part of it, and is deep
 * rather than a seam: a portrait does not touch the border, a strip of a wooden desk that was not
 * cut off is thin, and tinted paper is everywhere. */

#define SIDE 240
#define COLOUR_SHARE 200 /* 1/200 of the page */
#define BRIGHT_SHARE 4   /* the brighter quarter is paper */
#define BLUE_MIN 77
#define BLUE_MAX 127
#define RED_MIN 134
#define RED_MAX 173
#define DARKER_BY 12    /* than the paper */
#define REDDER_BY 5     /* than the paper */
#define DEPTH_MIN 0.028 /* of the shorter side: a finger's tip on A4 is 6 mm */
#define AREA_MAX 0.30
#define CONTACT_MAX 0.18 /* of the page's circumference */

typedef struct
{
  guint8 luma;
  guint8 blue;
  guint8 red;
} Tint;

typedef struct
{
  guint width;
  guint height;
  Tint *tints;
  Tint paper;
} Look;

static Tint
tint_of (const guint8 *rgb)
{
  int r = rgb[0], g = rgb[1], b = rgb[2];

  return (Tint){ (guint8)((77 * r + 150 * g + 29 * b) >> 8),
                 (guint8)(128 + ((-43 * r - 85 * g + 128 * b) >> 8)),
                 (guint8)(128 + ((128 * r - 107 * g - 21 * b) >> 8)) };
}

static void
find_paper (Look *look)
{
  guint count = look->width * look->height, levels[256] = { 0 }, sum = 0, bright = 255;
  guint64 luma = 0, blue = 0, red = 0, n = 0;

  for (guint i = 0; i < count; i++)
    levels[look->tints[i].luma]++;
  while (bright > 0 && (sum += levels[bright]) < count / BRIGHT_SHARE)
    bright--;
  for (guint i = 0; i < count; i++)
    if (look->tints[i].luma >= bright)
      {
        luma += look->tints[i].luma;
        blue += look->tints[i].blue;
        red += look->tints[i].red;
        n++;
      }
  n = MAX (n, 1);
  look->paper = (Tint){ (guint8)(luma / n), (guint8)(blue / n), (guint8)(red / n) };
}

static guint
colour_of (const Look *look)
{
  guint count = look->width * look->height, away[256] = { 0 }, sum = 0;

  for (guint i = 0; i < count; i++)
    away[(guint)MIN (
      255, hypot (look->tints[i].blue - look->paper.blue, look->tints[i].red - look->paper.red))]++;
  for (guint level = 255; level > 0; level--)
    if ((sum += away[level]) > count / COLOUR_SHARE)
      return level;
  return 0;
}

static gboolean
is_skin (const Look *look, guint index)
{
  const Tint *tint = &look->tints[index];

  return tint->blue >= BLUE_MIN && tint->blue <= BLUE_MAX && tint->red >= RED_MIN
         && tint->red <= RED_MAX && tint->luma + DARKER_BY < look->paper.luma
         && tint->red >= look->paper.red + REDDER_BY;
}

/* Fills the area that @start belongs to. Returns: how many dots it has; @contact: of them at the
 * border */
static guint
fill (const Look *look, guint8 *seen, guint start, guint *contact)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  guint area = 0;

  *contact = 0;
  g_array_append_val (open, start);
  seen[start] = TRUE;
  while (open->len > 0)
    {
      guint at = g_array_index (open, guint, open->len - 1);
      guint x = at % look->width, y = at / look->width;
      const guint next[4]
        = { x > 0 ? at - 1 : at, x + 1 < look->width ? at + 1 : at, y > 0 ? at - look->width : at,
            y + 1 < look->height ? at + look->width : at };

      g_array_set_size (open, open->len - 1);
      area++;
      for (guint i = 0; i < 4; i++)
        {
          *contact += next[i] == at;
          if (seen[next[i]] || !is_skin (look, next[i]))
            continue;
          seen[next[i]] = TRUE;
          g_array_append_val (open, next[i]);
        }
    }
  return area;
}

static double
finger_percent (const Look *look)
{
  guint count = look->width * look->height, found = 0;
  g_autofree guint8 *seen = g_malloc0 (count);

  for (guint i = 0; i < count; i++)
    {
      guint x = i % look->width, y = i / look->width, area, contact;

      if ((x > 0 && y > 0 && x + 1 < look->width && y + 1 < look->height) || seen[i]
          || !is_skin (look, i))
        continue;
      area = fill (look, seen, i, &contact);
      if (area < AREA_MAX * count && contact <= CONTACT_MAX * 2 * (look->width + look->height)
          && area >= DEPTH_MIN * MIN (look->width, look->height) * contact)
        found += area;
    }
  return 100.0 * found / count;
}

void
kouan_measure_colours (KouanPage *page, KouanMeasures *measures)
{
  g_autoptr (KouanPage) small = kouan_page_thumbnail (page, SIDE);
  const guint8 *rgb = g_bytes_get_data (small->pixels, NULL);
  g_autofree Tint *tints = g_new (Tint, (gsize)small->width * small->height);
  Look look = { small->width, small->height, tints, { 0 } };

  for (guint i = 0; i < small->width * small->height; i++)
    tints[i] = tint_of (rgb + (gsize)i * 3);
  find_paper (&look);
  measures->colour = colour_of (&look);
  measures->finger = finger_percent (&look);
}
