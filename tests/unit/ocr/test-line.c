/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ocr/line.h"

#include <math.h>
#include <string.h>

/* Finding characters: from pixels to blobs, to rows, to places. The pictures are bars and boxes. */

#define WIDTH 640
#define HEIGHT 200

static KouanOcrImage *
paper_new (guint width, guint height)
{
  g_autofree guint8 *pixels = g_malloc ((gsize)width * height);

  memset (pixels, 200, (gsize)width * height);
  return kouan_ocr_image_new (pixels, width, height, width, MAX (width, height));
}

static void
draw_box (KouanOcrImage *image, int left, int top, int width, int height)
{
  for (int y = top; y < top + height; y++)
    for (int x = left; x < left + width; x++)
      image->pixels[(gsize)y * image->width + (gsize)x] = 30;
}

static void
test_blobs_touch (void)
{
  g_autoptr (KouanOcrImage) image = paper_new (WIDTH, HEIGHT);
  g_autoptr (GArray) blobs = NULL;

  draw_box (image, 10, 10, 5, 20); /* a U, whose arms meet at the bottom */
  draw_box (image, 25, 10, 5, 20);
  draw_box (image, 10, 30, 20, 5);
  draw_box (image, 100, 10, 5, 5); /* corner to corner */
  draw_box (image, 105, 15, 5, 5);
  draw_box (image, 200, 10, 5, 5); /* a pixel apart */
  draw_box (image, 206, 10, 5, 5);
  blobs = kouan_ocr_find_blobs (image, 40, 80);
  g_assert_cmpuint (blobs->len, ==, 4);
  for (guint i = 0; i < blobs->len; i++)
    {
      KouanOcrBlob *blob = &g_array_index (blobs, KouanOcrBlob, i);

      if (blob->left != 10)
        continue;
      g_assert_cmpint (blob->right, ==, 29);
      g_assert_cmpint (blob->bottom, ==, 34);
      g_assert_cmpuint (blob->count, ==, 300);
    }
}

/* Dark is what is darker than its surroundings: a shadow over half of the picture is not. */
static void
test_shadow (void)
{
  g_autoptr (KouanOcrImage) image = paper_new (WIDTH, HEIGHT);
  g_autoptr (GArray) blobs = NULL;

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      image->pixels[y * WIDTH + x] = (guint8)(220 - x / 4);
  draw_box (image, 20, 50, 6, 12);
  for (int y = 50; y < 62; y++)
    memset (image->pixels + y * WIDTH + 600, 20, 6);
  blobs = kouan_ocr_find_blobs (image, 30, 80);
  g_assert_cmpuint (blobs->len, ==, 2);
}

/* Boxes along a curve, narrower towards one end. Returns: where the n-th stands */
static double
bent_x (guint i)
{
  return 20 + 14.0 * i - 0.03 * i * i;
}

static void
draw_bent_row (KouanOcrImage *image, double slope, guint count)
{
  for (guint i = 0; i < count; i++)
    if (i != 5 && i != 17 && i != 18) /* some are missing */
      draw_box (image, (int)rint (bent_x (i)) - 4, (int)rint (40 + slope * bent_x (i)) - 7, 9, 14);
}

static void
test_places_follow_characters (void)
{
  g_autoptr (KouanOcrImage) image = paper_new (WIDTH, HEIGHT);
  g_autoptr (GArray) blobs = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  KouanOcrLine line;

  draw_bent_row (image, 0.12, 44);
  blobs = kouan_ocr_find_blobs (image, 40, 80);
  rows = kouan_ocr_find_rows (blobs);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_true (kouan_ocr_line_fit (rows->pdata[0], &line));
  g_assert_cmpuint (line.count, ==, 44);
  g_assert_cmpfloat_with_epsilon ((double)line.slope, 0.12, 0.01);
  for (guint i = 0; i < line.count; i++)
    {
      const KouanOcrPlace *place = &line.places[KOUAN_OCR_LINE_MARGIN + i];

      g_assert_cmpfloat_with_epsilon ((double)place->x, bent_x (i), 1);
      g_assert_cmpfloat_with_epsilon ((double)place->y, 40 + 0.12 * bent_x (i), 1);
      g_assert_cmpfloat_with_epsilon ((double)place->height, 14, 1);
    }
}

static void
test_steep_row_is_turned (void)
{
  g_autoptr (KouanOcrImage) image = paper_new (WIDTH, WIDTH);
  g_autoptr (KouanOcrImage) turned = NULL;
  g_autoptr (GArray) blobs = NULL;
  g_autoptr (GArray) again = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  double slope;

  for (int i = 0; i < 30; i++)
    draw_box (image, 100 + 12 * i, 80 + 14 * i, 10, 10);
  blobs = kouan_ocr_find_blobs (image, 40, 80);
  g_assert_true (kouan_ocr_find_slope (blobs, &slope));
  g_assert_cmpfloat_with_epsilon (slope, atan2 (14, 12), 0.03);
  turned = kouan_ocr_image_turned (image, slope);
  again = kouan_ocr_find_blobs (turned, 40, 70);
  rows = kouan_ocr_find_rows (again);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpfloat (fabs (((KouanOcrRow *)rows->pdata[0])->slope), <, 0.04);
}

static void
test_nothing (void)
{
  g_autoptr (KouanOcrImage) image = paper_new (3, 1);
  g_autoptr (GArray) blobs = kouan_ocr_find_blobs (image, 8, 80);
  g_autoptr (GPtrArray) rows = kouan_ocr_find_rows (blobs);
  double slope;

  g_assert_cmpuint (blobs->len, ==, 0);
  g_assert_cmpuint (rows->len, ==, 0);
  g_assert_false (kouan_ocr_find_slope (blobs, &slope));
}

static void
test_sizes (void)
{
  guint8 pixels[4 * 8];
  g_autoptr (KouanOcrImage) smaller = NULL;
  g_autoptr (KouanOcrImage) larger = NULL;

  for (guint y = 0; y < 4; y++) /* four columns that are seen, four that are padding */
    for (guint x = 0; x < 8; x++)
      pixels[y * 8 + x] = x < 2 ? 0 : x < 4 ? 100 : 255;
  smaller = kouan_ocr_image_new (pixels, 4, 4, 8, 2);
  larger = kouan_ocr_image_new (pixels, 4, 4, 8, 8);
  g_assert_cmpuint (smaller->width, ==, 2);
  g_assert_cmpuint (smaller->pixels[0], ==, 0);
  g_assert_cmpuint (smaller->pixels[3], ==, 100);
  g_assert_cmpuint (larger->height, ==, 8);
  g_assert_cmpuint (larger->pixels[0], ==, 0);
  g_assert_cmpuint (larger->pixels[7], ==, 100);
  g_assert_cmpuint (larger->pixels[3], <, larger->pixels[4]);
  g_assert_cmpfloat ((double)kouan_ocr_image_get (smaller, 0.5f, -9), ==, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ocr/blobs/touch", test_blobs_touch);
  g_test_add_func ("/ocr/blobs/shadow", test_shadow);
  g_test_add_func ("/ocr/line/places", test_places_follow_characters);
  g_test_add_func ("/ocr/line/steep", test_steep_row_is_turned);
  g_test_add_func ("/ocr/line/nothing", test_nothing);
  g_test_add_func ("/ocr/image/sizes", test_sizes);
  return g_test_run ();
}
