/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/face/kernel.h"
#include "app/face/map.h"
#include "app/face/sample.h"

#include <math.h>

/* The layers against what their definition says, place by place, on small maps of any numbers. */

static KouanFaceMap *
map_new (GRand *rand, guint height, guint width, guint channels)
{
  KouanFaceMap *map = kouan_face_map_new (height, width, channels);

  for (gsize i = 0; i < kouan_face_map_size (map); i++)
    map->values[i] = (float)g_rand_double_range (rand, -1, 1);
  return map;
}

static float *
numbers_new (GRand *rand, gsize count)
{
  float *numbers = g_new (float, count);

  for (gsize i = 0; i < count; i++)
    numbers[i] = (float)g_rand_double_range (rand, -1, 1);
  return numbers;
}

/* 0 outside. */
static double
value_at (const KouanFaceMap *map, int y, int x, guint channel)
{
  if (y < 0 || x < 0 || y >= (int)map->height || x >= (int)map->width)
    return 0;
  return map->values[((gsize)y * map->width + (gsize)x) * map->channels + channel];
}

typedef struct
{
  guint side;
  guint inputs;
  guint outputs;
  guint stride;
  KouanFaceEdge edge;
  guint height; /* expected */
  guint width;
  int top; /* the first row that the first window sees */
  int left;
} Case;

/* Of a map of 9 × 7. */
static const Case cases[] = {
  { 3, 5, 16, 1, KOUAN_FACE_SAME, 9, 7, -1, -1 }, { 3, 4, 25, 2, KOUAN_FACE_SAME, 5, 4, -1, -1 },
  { 3, 4, 33, 2, KOUAN_FACE_INSIDE, 4, 3, 0, 0 }, { 7, 3, 32, 2, KOUAN_FACE_INSIDE, 2, 1, 0, 0 },
  { 1, 40, 136, 1, KOUAN_FACE_SAME, 9, 7, 0, 0 }, { 2, 3, 7, 2, KOUAN_FACE_SAME, 5, 4, 0, 0 },
};

static double
expected (const Case *it,
          const KouanFaceMap *map,
          const float *weights,
          const float *bias,
          guint y,
          guint x,
          guint output)
{
  double sum = bias[output];

  for (guint row = 0; row < it->side; row++)
    for (guint column = 0; column < it->side; column++)
      for (guint input = 0; input < it->inputs; input++)
        sum += value_at (map, it->top + (int)(y * it->stride + row),
                         it->left + (int)(x * it->stride + column), input)
               * weights[((row * it->side + column) * it->inputs + input) * it->outputs + output];
  return sum;
}

static void
test_convolve (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *it = &cases[i];
      g_autoptr (KouanFaceMap) map = map_new (rand, 9, 7, it->inputs);
      g_autofree float *weights
        = numbers_new (rand, (gsize)it->side * it->side * it->inputs * it->outputs);
      g_autofree float *bias = numbers_new (rand, it->outputs);
      KouanFaceLayer *layer
        = kouan_face_layer_new (it->side, it->inputs, it->outputs, weights, bias);
      g_autoptr (KouanFaceMap) out
        = kouan_face_map_convolve (map, layer, it->stride, it->edge, KOUAN_FACE_LINEAR);

      g_assert_cmpuint (out->height, ==, it->height);
      g_assert_cmpuint (out->width, ==, it->width);
      g_assert_cmpuint (out->channels, ==, it->outputs);
      for (guint y = 0; y < out->height; y++)
        for (guint x = 0; x < out->width; x++)
          for (guint output = 0; output < it->outputs; output++)
            g_assert_cmpfloat_with_epsilon (value_at (out, (int)y, (int)x, output),
                                            expected (it, map, weights, bias, y, x, output), 1e-4);
      kouan_face_layer_free (layer);
    }
}

static void
test_curves (void)
{
  const float one[] = { 1 };
  KouanFaceMap *map = kouan_face_map_new (1, 2, 1);
  KouanFaceLayer *layer = kouan_face_layer_new (1, 1, 1, one, NULL);
  g_autoptr (KouanFaceMap) relu = NULL;
  g_autoptr (KouanFaceMap) leaky = NULL;

  map->values[0] = -2;
  map->values[1] = 3;
  relu = kouan_face_map_convolve (map, layer, 1, KOUAN_FACE_SAME, KOUAN_FACE_RELU);
  leaky = kouan_face_map_convolve (map, layer, 1, KOUAN_FACE_SAME, KOUAN_FACE_LEAKY);
  g_assert_cmpfloat (relu->values[0], ==, 0);
  g_assert_cmpfloat (relu->values[1], ==, 3);
  g_assert_cmpfloat_with_epsilon (leaky->values[0], -0.2f, 1e-6);
  g_assert_cmpfloat (leaky->values[1], ==, 3);
  kouan_face_layer_free (layer);
  kouan_face_map_free (map);
}

static void
test_filter (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autoptr (KouanFaceMap) map = map_new (rand, 5, 6, 3);
  g_autofree float *taps = numbers_new (rand, 9 * 3);
  g_autoptr (KouanFaceMap) out = kouan_face_map_filter (map, taps, 2);

  g_assert_cmpuint (out->height, ==, 3);
  g_assert_cmpuint (out->width, ==, 3);
  for (guint y = 0; y < 3; y++)
    for (guint x = 0; x < 3; x++)
      for (guint channel = 0; channel < 3; channel++)
        {
          double sum = 0;

          /* Six columns by two need one of margin, on the right; five rows need two. */
          for (guint tap = 0; tap < 9; tap++)
            sum += value_at (map, (int)(2 * y + tap / 3) - 1, (int)(2 * x + tap % 3), channel)
                   * taps[tap * 3 + channel];
          g_assert_cmpfloat_with_epsilon (value_at (out, (int)y, (int)x, channel), sum, 1e-5);
        }
}

static void
test_largest (void)
{
  g_autoptr (KouanFaceMap) map = kouan_face_map_new (3, 3, 1);
  g_autoptr (KouanFaceMap) same = NULL;
  g_autoptr (KouanFaceMap) inside = NULL;

  for (guint i = 0; i < 9; i++)
    map->values[i] = (float)i - 20; /* what is outside must not count as 0 */
  same = kouan_face_map_largest (map, 2, 2, KOUAN_FACE_SAME);
  inside = kouan_face_map_largest (map, 2, 1, KOUAN_FACE_INSIDE);
  g_assert_cmpuint (kouan_face_map_size (same), ==, 4);
  g_assert_cmpfloat (same->values[0], ==, 4 - 20);
  g_assert_cmpfloat (same->values[1], ==, 5 - 20);
  g_assert_cmpfloat (same->values[3], ==, 8 - 20);
  g_assert_cmpuint (kouan_face_map_size (inside), ==, 4);
  g_assert_cmpfloat (inside->values[1], ==, 5 - 20);
}

static void
test_means (void)
{
  g_autoptr (KouanFaceMap) map = kouan_face_map_new (3, 3, 2);
  g_autoptr (KouanFaceMap) half = NULL;
  g_autoptr (KouanFaceMap) mean = NULL;

  for (guint i = 0; i < 18; i++)
    map->values[i] = (float)i;
  half = kouan_face_map_halved (map);
  mean = kouan_face_map_mean (map);
  g_assert_cmpuint (kouan_face_map_size (half), ==, 2);
  g_assert_cmpfloat_with_epsilon (half->values[0], (0 + 2 + 6 + 8) / 4.0f, 1e-6);
  g_assert_cmpfloat_with_epsilon (half->values[1], (1 + 3 + 7 + 9) / 4.0f, 1e-6);
  g_assert_cmpfloat_with_epsilon (mean->values[0], 8, 1e-5);
  g_assert_cmpfloat_with_epsilon (mean->values[1], 9, 1e-5);
}

/* A smaller map lies on the first rows, columns and channels. */
static void
test_add (void)
{
  g_autoptr (KouanFaceMap) map = kouan_face_map_new (2, 2, 2);
  g_autoptr (KouanFaceMap) small = kouan_face_map_new (1, 2, 1);
  const float sum[] = { 5, 0, 7, 0, 0, 0, 0, 0 };

  small->values[0] = 5;
  small->values[1] = 7;
  kouan_face_map_add (map, small);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpfloat (map->values[i], ==, sum[i]);
}

#ifdef KOUAN_FACE_HAS_WIDE
/* The two processors agree. */
static void
test_kernels (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  const guint rows = 3, run = 21;
  const gsize step = 100;
  g_autofree float *values = numbers_new (rand, step * (rows + KOUAN_FACE_ROWS));
  g_autofree float *weights = numbers_new (rand, (gsize)rows * run * KOUAN_FACE_LANES);
  KouanFaceLayer *layer = kouan_face_layer_new (1, rows * run, KOUAN_FACE_LANES, weights, NULL);
  float plain[KOUAN_FACE_ROWS * KOUAN_FACE_LANES], wide[KOUAN_FACE_ROWS * KOUAN_FACE_LANES];
  const float *places[KOUAN_FACE_ROWS];

  if (!__builtin_cpu_supports ("avx2") || !__builtin_cpu_supports ("fma"))
    {
      g_test_skip ("this processor has one kernel");
      kouan_face_layer_free (layer);
      return;
    }
  for (guint i = 0; i < KOUAN_FACE_ROWS; i++)
    places[i] = values + i * 7;
  kouan_face_kernel_plain (places, step, rows, run, layer->panels, plain);
  kouan_face_kernel_wide (places, step, rows, run, layer->panels, wide);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    g_assert_cmpfloat_with_epsilon (plain[i], wide[i], 1e-4);
  g_assert_cmpfloat (fabs (plain[17]), >, 1e-6);
  kouan_face_layer_free (layer);
}
#endif

/* A picture of two columns, black and white, above a row of gray. */
static void
test_sample (void)
{
  static const guint8 rgb[] = { 0, 0, 0, 255, 255, 255, 128, 128, 128, 128, 128, 128 };
  static const float none[3] = { 0 }, mean[3] = { 10, 20, 30 };
  const KouanFacePicture picture = { rgb, 2, 2 };
  const KouanFaceBox whole = { 0, 0, 2, 2 }, upper = { 0, 0, 2, 1 };
  g_autoptr (KouanFaceMap) exact = kouan_face_sample (&picture, &whole, 2, FALSE, mean);
  g_autoptr (KouanFaceMap) after = kouan_face_sample (&picture, &upper, 4, FALSE, none);
  g_autoptr (KouanFaceMap) around = kouan_face_sample (&picture, &upper, 4, TRUE, none);

  g_assert_cmpfloat_with_epsilon (exact->values[0], -10 / 255.0, 1e-3);
  g_assert_cmpfloat_with_epsilon (exact->values[3 + 1], (255 - 20) / 255.0, 0.01);
  g_assert_cmpfloat_with_epsilon (exact->values[6 + 2], (128 - 30) / 255.0, 0.01);
  g_assert_cmpfloat (value_at (after, 0, 3, 0), >, 0.6);
  g_assert_cmpfloat (value_at (after, 2, 3, 0), ==, 0);
  g_assert_cmpfloat (value_at (after, 3, 3, 0), ==, 0);
  g_assert_cmpfloat (value_at (around, 0, 3, 0), ==, 0);
  g_assert_cmpfloat (value_at (around, 1, 3, 0), >, 0.6);
  g_assert_cmpfloat (value_at (around, 3, 3, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/face/map/convolve", test_convolve);
  g_test_add_func ("/face/map/curves", test_curves);
  g_test_add_func ("/face/map/filter", test_filter);
  g_test_add_func ("/face/map/largest", test_largest);
  g_test_add_func ("/face/map/means", test_means);
  g_test_add_func ("/face/map/add", test_add);
#ifdef KOUAN_FACE_HAS_WIDE
  g_test_add_func ("/face/map/kernels", test_kernels);
#endif
  g_test_add_func ("/face/map/sample", test_sample);
  return g_test_run ();
}
