/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/qr/codewords.h"
#include "app/qr/geometry.h"
#include "app/qr/layout.h"
#include "app/qr/matrix.h"
#include "app/qr/picture.h"
#include "app/qr/reader.h"
#include "app/qr/reed-solomon.h"
#include "tests/bench/codes/scene.h"

#include <math.h>
#include <string.h>

/* A text that fills @version at @level, more or less; NULL where libqrencode chose another. */
static KouanQrMatrix *
matrix_of (guint version, KouanQrLevel level)
{
  for (guint length = 1; length < 3000; length += 1 + length / 40)
    {
      g_autofree char *text = g_strnfill (length, 'a');
      g_autoptr (KouanQrMatrix) matrix = kouan_qr_matrix_new (text, level, NULL);

      if (matrix != NULL && kouan_qr_matrix_get_version (matrix) == version)
        return g_steal_pointer (&matrix);
      if (matrix == NULL || kouan_qr_matrix_get_version (matrix) > version)
        break;
    }
  return NULL;
}

static float *
lightness_of (const KouanQrMatrix *matrix)
{
  guint size = kouan_qr_matrix_get_size (matrix);
  float *lightness = g_new (float, size *size);

  for (guint y = 0; y < size; y++)
    for (guint x = 0; x < size; x++)
      lightness[y * size + x] = kouan_qr_matrix_is_dark (matrix, x, y) ? -1 : 1;
  return lightness;
}

static guint
format_of (const KouanQrLayout *layout, const float *lightness, guint copy)
{
  guint word = 0;

  for (guint bit = 0; bit < KOUAN_QR_FORMAT_BITS; bit++)
    {
      KouanQrPlace place = kouan_qr_layout_format_place (layout, copy, bit);

      word |= (guint)(lightness[place.y * layout->size + place.x] < 0) << bit;
    }
  for (guint format = 0; format < KOUAN_QR_FORMATS; format++)
    if (kouan_qr_format_word (format) == word)
      return format;
  return G_MAXUINT;
}

/* Every version and level as libqrencode draws it: marks, formats, and blocks that have no error.
 */
static void
test_layouts_are_libqrencodes (void)
{
  guint seen = 0;

  for (guint version = 1; version <= KOUAN_QR_VERSION_MAX; version++)
    for (KouanQrLevel level = KOUAN_QR_LEVEL_L; level <= KOUAN_QR_LEVEL_H; level++)
      {
        g_autoptr (KouanQrMatrix) matrix = matrix_of (version, level);
        g_autoptr (KouanQrLayout) layout = kouan_qr_layout_new (version);
        g_autofree float *lightness = matrix != NULL ? lightness_of (matrix) : NULL;
        g_autofree gint8 *mended = g_new0 (gint8, layout->size * layout->size);
        guint format;

        if (matrix == NULL)
          continue;
        seen++;
        for (guint i = 0; i < layout->n_marks; i++)
          g_assert_cmpint (layout->marks[i].light, ==,
                           lightness[layout->marks[i].y * layout->size + layout->marks[i].x]);
        format = format_of (layout, lightness, 0);
        g_assert_cmpuint (format, <, KOUAN_QR_FORMATS);
        g_assert_cmpuint (format_of (layout, lightness, 1), ==, format);
        g_assert_true (kouan_qr_codewords_mend (layout, format, lightness, mended));
        for (guint i = 0; i < layout->n_places; i++)
          {
            guint at = layout->places[i].y * layout->size + layout->places[i].x;

            g_assert_cmpint (mended[at], ==, lightness[at]);
          }
      }
  g_assert_cmpuint (seen, >=, 150);
}

/* What is wrong but doubtful costs half of what is wrong and sure. */
static void
test_doubtful_modules_are_erasures (void)
{
  g_autoptr (KouanQrMatrix) matrix = matrix_of (6, KOUAN_QR_LEVEL_M);
  g_autoptr (KouanQrLayout) layout = kouan_qr_layout_new (6);
  g_autofree float *lightness = lightness_of (matrix);
  g_autofree gint8 *mended = g_new0 (gint8, layout->size * layout->size);
  guint format = format_of (layout, lightness, 0);

  for (guint byte = 0; byte < 44; byte++) /* 11 of each block's 43; it mends 8 unknown ones */
    {
      KouanQrPlace place = layout->places[(60 + byte) * 8];

      lightness[place.y * layout->size + place.x] *= -1;
    }
  g_assert_false (kouan_qr_codewords_mend (layout, format, lightness, mended));
  for (guint byte = 0; byte < 44; byte++)
    {
      KouanQrPlace place = layout->places[(60 + byte) * 8];

      lightness[place.y * layout->size + place.x] *= 0.1f;
    }
  g_assert_true (kouan_qr_codewords_mend (layout, format, lightness, mended));
  for (guint byte = 0; byte < 44; byte++)
    {
      guint at
        = layout->places[(60 + byte) * 8].y * layout->size + layout->places[(60 + byte) * 8].x;

      g_assert_cmpint (mended[at], ==, lightness[at] < 0 ? 1 : -1);
    }
}

/* Noise is never a code. */
static void
test_noise_is_no_word (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  guint8 word[44];

  for (guint i = 0; i < 20000; i++)
    {
      for (guint k = 0; k < sizeof word; k++)
        word[k] = (guint8)g_rand_int (random);
      g_assert_false (kouan_rs_correct (word, sizeof word, 18, NULL, 0, 9));
    }
}

static void
test_words_are_mended_up_to_the_limit (void)
{
  static const guint8 erased[] = { 0, 5, 9, 21 };
  guint8 word[40] = { 0 }, before[40];

  for (guint errors = 0; errors <= 8; errors++)
    {
      gboolean mended;

      memset (word, 0, sizeof word);
      for (guint i = 0; i < G_N_ELEMENTS (erased); i++)
        word[erased[i]] = (guint8)(17 + i);
      for (guint i = 0; i < errors; i++)
        word[10 + i] = (guint8)(99 + i);
      memcpy (before, word, sizeof word);
      mended = kouan_rs_correct (word, sizeof word, 18, erased, G_N_ELEMENTS (erased), 9);
      g_assert_cmpint (mended, ==, errors <= 7);
      for (guint i = 0; i < sizeof word; i++)
        g_assert_cmpuint (word[i], ==, mended ? 0 : before[i]);
    }
}

static void
test_homography (void)
{
  const KouanQrHomography truth = { { 3, 0.4, 20, -0.2, 2.5, 30, 0.001, 0.002, 1 } };
  KouanQrPoint from[12], to[12];
  KouanQrHomography fitted;

  for (guint i = 0; i < 12; i++)
    {
      from[i] = (KouanQrPoint){ i % 4 * 13.0, i / 4 * 17.0 };
      to[i] = kouan_qr_homography_map (&truth, from[i].x, from[i].y);
    }
  g_assert_true (kouan_qr_homography_fit (&fitted, from, to, 12));
  for (guint i = 0; i < 9; i++)
    g_assert_cmpfloat_with_epsilon (fitted.m[i] / fitted.m[8], truth.m[i], 1e-6);
  for (guint i = 0; i < 12; i++)
    from[i].y = from[i].x;
  g_assert_false (kouan_qr_homography_fit (&fitted, from, to, 12));
}

/* Against the definition, at every pixel and every border. */
static void
test_split_is_by_the_neighbourhood (void)
{
  g_autoptr (KouanQrPicture) picture = kouan_qr_picture_new (41, 33);
  g_autoptr (KouanQrPicture) split = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (int i = 0; i < 41 * 33; i++)
    picture->pixels[i] = (guint8)g_rand_int (random);
  split = kouan_qr_picture_split (picture, 10, 0.1, FALSE);
  for (int y = 0; y < 33; y++)
    for (int x = 0; x < 41; x++)
      {
        int count = 0, sum = 0;
        double threshold;

        for (int row = MAX (y - 5, 0); row <= MIN (y + 5, 32); row++)
          for (int column = MAX (x - 5, 0); column <= MIN (x + 5, 40); column++, count++)
            sum += picture->pixels[row * 41 + column];
        threshold = (double)sum / count * 0.9;
        if (fabs (picture->pixels[y * 41 + x] - threshold) > 0.01)
          g_assert_cmpint (split->pixels[y * 41 + x], ==,
                           picture->pixels[y * 41 + x] > threshold ? 255 : 0);
      }
}

/* How it differs from a sheet that is held straight before the camera; 0 where it does not. */
typedef struct
{
  const char *name;
  double module_px, blur, motion, bow, shadow;
  guint n_codes, characters;
  gboolean mirrored, dark_mode;
} Sight;

static KouanScene
scene_of (const Sight *sight)
{
  KouanScene scene = kouan_scene_plain;

  scene.tilt_deg = 5;
  scene.noise = 3;
  scene.module_px = sight->module_px > 0 ? sight->module_px : 4;
  scene.blur = MAX (sight->blur, 0.2);
  scene.motion = sight->motion;
  scene.bow = sight->bow;
  scene.shadow = sight->shadow;
  scene.n_codes = MAX (sight->n_codes, 1);
  scene.characters = sight->characters > 0 ? sight->characters : sight->n_codes > 1 ? 60 : 218;
  scene.mirrored = sight->mirrored;
  scene.on_screen = scene.light_on_dark = sight->dark_mode;
  return scene;
}

/* What ZBar alone does not read: a reader without its locator fails here. */
static void
test_sights (gconstpointer data)
{
  const Sight *sight = data;
  KouanScene scene = scene_of (sight);
  g_autoptr (KouanSceneView) view = kouan_scene_view (&scene, 20);
  g_autoptr (GPtrArray) codes
    = kouan_qr_read (view->gray, (guint)view->width, (guint)view->height, (guint)view->width);

  g_assert_cmpuint (codes->len, ==, view->texts->len);
  for (guint i = 0; i < codes->len; i++)
    g_assert_true (g_ptr_array_find_with_equal_func (
      view->texts, ((KouanQrCode *)codes->pdata[i])->text, g_str_equal, NULL));
}

static void
test_a_blank_sheet_is_nothing (void)
{
  KouanScene scene = kouan_scene_plain;
  g_autoptr (KouanQrReader) reader = kouan_qr_reader_new ();

  scene.blank = TRUE;
  for (guint seed = 0; seed < 3; seed++)
    {
      g_autoptr (KouanSceneView) view = kouan_scene_view (&scene, seed);
      g_autoptr (GPtrArray) codes = kouan_qr_reader_read_frame (
        reader, view->gray, (guint)view->width, (guint)view->height, (guint)view->width);

      g_assert_cmpuint (codes->len, ==, 0);
    }
}

static const Sight sights[] = {
  { .name = "straight" },
  { .name = "small", .module_px = 1.6 },
  { .name = "out-of-focus", .blur = 0.45 },
  { .name = "moving", .motion = 1.4 },
  { .name = "bowed", .bow = 1 },
  { .name = "in-shadow", .shadow = 0.8 },
  { .name = "mirrored", .mirrored = TRUE },
  { .name = "dark-mode", .dark_mode = TRUE },
  { .name = "four", .n_codes = 4 },
  { .name = "version-20", .characters = 965 },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/qr/layout/libqrencode", test_layouts_are_libqrencodes);
  g_test_add_func ("/qr/codewords/erasures", test_doubtful_modules_are_erasures);
  g_test_add_func ("/qr/reed-solomon/noise", test_noise_is_no_word);
  g_test_add_func ("/qr/reed-solomon/limit", test_words_are_mended_up_to_the_limit);
  g_test_add_func ("/qr/geometry/homography", test_homography);
  g_test_add_func ("/qr/picture/split", test_split_is_by_the_neighbourhood);
  for (guint i = 0; i < G_N_ELEMENTS (sights); i++)
    {
      g_autofree char *path = g_strconcat ("/qr/sight/", sights[i].name, NULL);

      g_test_add_data_func (path, sights + i, test_sights);
    }
  g_test_add_func ("/qr/sight/blank", test_a_blank_sheet_is_nothing);
  return g_test_run ();
}
