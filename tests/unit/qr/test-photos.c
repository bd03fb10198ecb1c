/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/qr/reader.h"
#include "tests/bench/codes/photo.h"

#include <math.h>

/* What the reader makes of drawn photographs that a locator by three clear finders on flat paper
 * cannot read. */

#define VERSION 5
#define LEVEL KOUAN_QR_LEVEL_Q

/* How a photograph differs from one of a flat sheet in good light; 0 where it does not. */
typedef struct
{
  const char *name;
  gboolean spot;
  double spot_x, spot_y; /* on the finder that is there */
  double curl, curl_towards, wave, tilt_deg, y;
  guint n_codes;
  KouanPrintAround around;
  double side_px;
  int width; /* of the picture, 800 */
} Sight;

static void
draw (const Sight *sight, GRand *random, KouanPhoto *photo, GPtrArray *texts)
{
  *photo = (KouanPhoto){ .x = 0.5, .y = 0.5, .turn_deg = 9 };
  photo->width = sight->width > 0 ? sight->width : 800;
  photo->height = photo->width * 3 / 4;
  photo->print = (KouanPrint){ .quiet = 4, .margin = 30, .stretch = 1, .ink = 0.05 };
  photo->print.paper = 0.8;
  photo->print.line = 3;
  photo->print.around = sight->around;
  photo->light = 0.8;
  photo->noise = 2;
  photo->quality = 88;
  photo->defocus = 0.15;
  photo->curl = sight->curl;
  photo->curl_towards = sight->curl_towards;
  photo->wave = sight->wave;
  photo->tilt_deg = sight->tilt_deg;
  photo->y = sight->y > 0 ? sight->y : 0.5;
  if (sight->spot)
    {
      photo->spots[0] = (KouanPhotoSpot){ sight->spot_x, sight->spot_y, 0.12, 4 };
      photo->n_spots = 1;
    }
  kouan_print_add_codes (&photo->print, random, MAX (sight->n_codes, 1), VERSION, VERSION, LEVEL,
                         texts);
  photo->module_px = (sight->side_px > 0 ? sight->side_px : photo->width * 0.525)
                     / kouan_print_side (&photo->print);
}

static KouanSceneView *
take (const Sight *sight)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (42);
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  KouanSceneView *view;
  KouanPhoto photo;

  draw (sight, random, &photo, texts);
  view = kouan_photo_take (&photo, random);
  view->texts = texts;
  kouan_print_clear (&photo.print);
  return view;
}

static void
test_sights (gconstpointer data)
{
  g_autoptr (KouanSceneView) view = take (data);
  g_autoptr (GPtrArray) codes
    = kouan_qr_read (view->gray, (guint)view->width, (guint)view->height, (guint)view->width);

  g_assert_cmpuint (codes->len, ==, view->texts->len);
  for (guint i = 0; i < codes->len; i++)
    g_assert_true (g_ptr_array_find_with_equal_func (
      view->texts, ((KouanQrCode *)codes->pdata[i])->text, g_str_equal, NULL));
}

/* A camera of many pixels, and twelve codes before it: a frame reads some of them. */
static void
test_one_large_frame (void)
{
  const Sight sight = { .n_codes = 12, .width = 2400 };
  g_autoptr (KouanSceneView) view = take (&sight);
  g_autoptr (KouanQrReader) reader = kouan_qr_reader_new ();
  g_autoptr (GPtrArray) codes = kouan_qr_reader_read_frame (
    reader, view->gray, (guint)view->width, (guint)view->height, (guint)view->width);

  g_assert_cmpuint (codes->len, >=, 1);
  for (guint i = 0; i < codes->len; i++)
    g_assert_true (g_ptr_array_find_with_equal_func (
      view->texts, ((KouanQrCode *)codes->pdata[i])->text, g_str_equal, NULL));
}

static const Sight sights[] = {
  { .name = "plain" },
  { .name = "reflection-on-corner", .spot = TRUE, .spot_x = -0.27, .spot_y = -0.36 },
  { .name = "reflection-on-right", .spot = TRUE, .spot_x = 0.37, .spot_y = -0.28 },
  { .name = "reflection-on-below", .spot = TRUE, .spot_x = -0.38, .spot_y = 0.27 },
  { .name = "finder-beyond-the-edge", .y = 0.78 },
  { .name = "wall-of-finders", .around = KOUAN_PRINT_FINDERS, .side_px = 240 },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sights); i++)
    {
      g_autofree char *path = g_strconcat ("/qr/photo/", sights[i].name, NULL);

      g_test_add_data_func (path, sights + i, test_sights);
    }
  g_test_add_func ("/qr/photo/one-large-frame", test_one_large_frame);
  return g_test_run ();
}
