/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ocr/train/learn.h"
#include "app/ocr/train/sample.h"

#include <math.h>
#include <string.h>

/* The table that is checked in reads characters that were drawn just now, the hand-written slopes
 * are those that one measures, and learning learns. */

#define SEED 20261123
#define SAMPLES 3800

static const char *const *fonts;

static guint
most_probable (const KouanOcrActivity *activity)
{
  guint best = 0;

  for (guint j = 1; j < KOUAN_OCR_N_CLASSES; j++)
    if (activity->probability[j] > activity->probability[best])
      best = j;
  return best;
}

static double
share_read (const KouanOcrNetwork *network, const KouanOcrGlyphs *glyphs, float severity)
{
  KouanOcrRandom random = { SEED };
  guint hits = 0;

  for (guint i = 0; i < SAMPLES; i++)
    {
      KouanOcrActivity activity;

      kouan_ocr_sample (glyphs, &random, i % KOUAN_OCR_N_CLASSES, severity, activity.cell);
      kouan_ocr_network_run (network, &activity);
      hits += most_probable (&activity) == i % KOUAN_OCR_N_CLASSES;
    }
  return 1.0 * hits / SAMPLES;
}

static KouanOcrGlyphs *
load_glyphs (void)
{
  KouanOcrGlyphs *glyphs = kouan_ocr_glyphs_new (fonts);

  if (glyphs == NULL)
    g_test_skip ("fonts-ocr-b is not installed");
  return glyphs;
}

static void
test_table_reads_fresh_print (void)
{
  g_autoptr (KouanOcrGlyphs) glyphs = load_glyphs ();
  g_autofree KouanOcrNetwork *network = kouan_ocr_network_new ();
  double good, fair, bad;

  if (glyphs == NULL)
    return;
  good = share_read (network, glyphs, 0.1f);
  fair = share_read (network, glyphs, 0.5f);
  bad = share_read (network, glyphs, 1);
  g_test_message ("read: %.4f of good print, %.4f of fair, %.4f of the worst", good, fair, bad);
  g_assert_cmpfloat (good, >, 0.997);
  g_assert_cmpfloat (fair, >, 0.97);
  g_assert_cmpfloat (bad, >, 0.85);
}

static void
test_learning (void)
{
  g_autoptr (KouanOcrGlyphs) glyphs = load_glyphs ();
  KouanOcrRandom random = { SEED };
  g_autofree KouanOcrLearner *learner = NULL;
  double before, after;

  if (glyphs == NULL)
    return;
  learner = kouan_ocr_learner_new (&random);
  before = share_read (&learner->network, glyphs, 0.1f);
  for (guint step = 0; step < 130; step++)
    {
      for (guint i = 0; i < 38; i++)
        {
          KouanOcrActivity activity;

          kouan_ocr_sample (glyphs, &random, i, 0.1f, activity.cell);
          kouan_ocr_network_run (&learner->network, &activity);
          kouan_ocr_learner_take (learner, &activity, i);
        }
      kouan_ocr_learner_step (learner, 2e-3f);
    }
  after = share_read (&learner->network, glyphs, 0.1f);
  g_test_message ("read: %.3f before learning, %.3f after", before, after);
  g_assert_cmpfloat (before, <, 0.15);
  g_assert_cmpfloat (after, >, 0.85);
}

static double
loss_of (const KouanOcrNetwork *network, const float *cell, guint class)
{
  KouanOcrActivity activity;
  double loss = 0;

  memcpy (activity.cell, cell, sizeof activity.cell);
  kouan_ocr_network_run (network, &activity);
  for (guint j = 0; j < KOUAN_OCR_N_CLASSES; j++)
    loss -= (0.02 / KOUAN_OCR_N_CLASSES + (j == class ? 0.98 : 0))
            * log ((double)activity.probability[j] + 1e-12);
  return loss;
}

/* The slope that back-propagation says against the one that two points show, in each layer. */
static void
test_slopes (void)
{
  KouanOcrRandom random = { SEED };
  g_autofree KouanOcrLearner *learner = kouan_ocr_learner_new (&random);
  KouanOcrActivity activity;
  KouanOcrLayer weights[KOUAN_OCR_N_LAYERS], slopes[KOUAN_OCR_N_LAYERS];
  float cell[KOUAN_OCR_CELL_SIZE];
  guint compared = 0;

  for (guint i = 0; i < KOUAN_OCR_CELL_SIZE; i++)
    cell[i] = kouan_ocr_random_normal (&random);
  memcpy (activity.cell, cell, sizeof cell);
  kouan_ocr_network_run (&learner->network, &activity);
  kouan_ocr_learner_take (learner, &activity, 7);
  kouan_ocr_network_layers (&learner->network, weights);
  kouan_ocr_network_layers (&learner->gradient, slopes);
  for (guint l = 0; l < KOUAN_OCR_N_LAYERS; l++)
    for (guint i = 0; i < 40; i++)
      {
        guint at = kouan_ocr_random_below (&random, weights[l].n_inputs * weights[l].n_outputs);
        float held = weights[l].weights[at];
        double step = 2e-3, higher, lower, slope = (double)slopes[l].weights[at];

        weights[l].weights[at] = held + (float)step;
        higher = loss_of (&learner->network, cell, 7);
        weights[l].weights[at] = held - (float)step;
        lower = loss_of (&learner->network, cell, 7);
        weights[l].weights[at] = held;
        /* Where a maximum changes hands between the points, the two differ; not often. */
        compared += fabs ((higher - lower) / (2 * step) - slope) < 0.02 + 0.05 * fabs (slope);
      }
  g_assert_cmpuint (compared, >=, 150);
}

static void
test_pack (void)
{
  KouanOcrRandom random = { SEED };
  g_autofree KouanOcrLearner *learner = kouan_ocr_learner_new (&random);
  g_autofree char *packed = kouan_ocr_network_pack (&learner->network);
  g_autofree KouanOcrNetwork *unpacked = g_new0 (KouanOcrNetwork, 1);
  g_autofree char *cut = g_strndup (packed, strlen (packed) - 8);
  float largest = 0;

  g_assert_false (kouan_ocr_network_unpack (unpacked, cut));
  g_assert_false (kouan_ocr_network_unpack (unpacked, ""));
  g_assert_true (kouan_ocr_network_unpack (unpacked, packed));
  for (guint i = 0; i < KOUAN_OCR_FLAT; i++)
    for (guint j = 0; j < KOUAN_OCR_HIDDEN; j++)
      largest = MAX (largest, fabsf (unpacked->dense1[i][j] - learner->network.dense1[i][j]));
  g_assert_cmpfloat (largest, >, 0);
  g_assert_cmpfloat (largest, <, 0.002);
  g_assert_cmpmem (unpacked->bias4, sizeof unpacked->bias4, learner->network.bias4,
                   sizeof unpacked->bias4);
}

static void
test_no_font (void)
{
  const char *const missing[] = { "no-such-font.otf", NULL };

  g_assert_null (kouan_ocr_glyphs_new (missing));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fonts = (const char *const *)argv + 1;
  g_test_add_func ("/ocr/network/table", test_table_reads_fresh_print);
  g_test_add_func ("/ocr/network/learning", test_learning);
  g_test_add_func ("/ocr/network/slopes", test_slopes);
  g_test_add_func ("/ocr/network/pack", test_pack);
  g_test_add_func ("/ocr/network/no-font", test_no_font);
  return g_test_run ();
}
