/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "kouan-ocr"

#include "app/ocr/train/learn.h"
#include "app/ocr/train/sample.h"

#include <math.h>
#include <string.h>

/* kouan-ocr-train: makes app/ocr/network-table.c from fonts. The seed is fixed: the same fonts, the
 * same number of samples and the same compiler give the same table.
 *
 *   kouan-ocr-train --samples 2000000 --out app/ocr/network-table.c FONT… */

#define SEED G_GUINT64_CONSTANT (88172645463325252)
#define BATCH 48
#define RATE 1.6e-3f
#define WARM_UP 200 /* steps */
#define NONE_SHARE 0.07f
#define TABLE_COLUMNS 90
#define REPORT_EVERY 1000 /* steps */
#define TRIAL 20000       /* samples that it never learned from */

static guint
choose_class (KouanOcrRandom *random)
{
  return kouan_ocr_random_chance (random, NONE_SHARE)
           ? KOUAN_OCR_NONE
           : kouan_ocr_random_below (random, KOUAN_OCR_N_CHARACTERS);
}

static guint
most_probable (const KouanOcrActivity *activity)
{
  guint best = 0;

  for (guint j = 1; j < KOUAN_OCR_N_CLASSES; j++)
    if (activity->probability[j] > activity->probability[best])
      best = j;
  return best;
}

/* Up for a moment, then down as a cosine. */
static float
rate_of (guint step, guint n_steps)
{
  float warm = step < WARM_UP ? (float)step / WARM_UP : 1;

  return RATE * warm * 0.5f * (1 + cosf ((float)G_PI * (float)step / (float)n_steps)) + 1e-6f;
}

static void
learn (KouanOcrLearner *learner,
       const KouanOcrGlyphs *glyphs,
       KouanOcrRandom *random,
       guint n_steps)
{
  double loss = 0;
  guint hits = 0;

  for (guint step = 1; step <= n_steps; step++)
    {
      float severity = MIN (1, 0.4f + 1.2f * (float)step / (float)n_steps);

      for (guint i = 0; i < BATCH; i++)
        {
          guint class = choose_class (random);
          KouanOcrActivity activity;

          kouan_ocr_sample (glyphs, random, class, severity, activity.cell);
          kouan_ocr_network_run (&learner->network, &activity);
          hits += most_probable (&activity) == class;
          loss += (double)kouan_ocr_learner_take (learner, &activity, class);
        }
      kouan_ocr_learner_step (learner, rate_of (step, n_steps));
      if (step % REPORT_EVERY == 0)
        {
          g_printerr ("%u of %u: loss %.4f, right %.2f %%\n", step * BATCH, n_steps * BATCH,
                      loss / (REPORT_EVERY * BATCH), 100.0 * hits / (REPORT_EVERY * BATCH));
          loss = 0;
          hits = 0;
        }
    }
}

/* What is taken for what, over samples that it has not seen, with the weights as they are packed.
 */
static void
report_mistakes (const char *packed, const KouanOcrGlyphs *glyphs, KouanOcrRandom *random)
{
  static const char names[] = KOUAN_OCR_ALPHABET "_";
  g_autofree KouanOcrNetwork *network = g_new0 (KouanOcrNetwork, 1);
  guint counts[KOUAN_OCR_N_CLASSES][KOUAN_OCR_N_CLASSES] = { { 0 } };
  guint hits = 0;

  kouan_ocr_network_unpack (network, packed);
  for (guint i = 0; i < TRIAL; i++)
    {
      guint class = i % KOUAN_OCR_N_CLASSES, seen;
      KouanOcrActivity activity;

      kouan_ocr_sample (glyphs, random, class, 1, activity.cell);
      kouan_ocr_network_run (network, &activity);
      seen = most_probable (&activity);
      counts[class][seen]++;
      hits += seen == class;
    }
  g_printerr ("right on the worst samples: %.2f %%\n", 100.0 * hits / TRIAL);
  for (guint i = 0; i < KOUAN_OCR_N_CLASSES; i++)
    for (guint j = 0; j < KOUAN_OCR_N_CLASSES; j++)
      if (i != j && counts[i][j] * 40 > counts[i][i])
        g_printerr ("  %c taken for %c: %u of %u\n", names[i], names[j], counts[i][j],
                    TRIAL / KOUAN_OCR_N_CLASSES);
}

static gboolean
save (const char *packed, guint n_samples, const char *path, GError **error)
{
  g_autoptr (GString) text = g_string_new ("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n"
                                           "#include \"app/ocr/network.h\"\n\n");

  g_string_append_printf (text,
                          "/* Made by kouan-ocr-train --samples %u from OCRB.otf and OCRBS.otf "
                          "of Debian's fonts-ocr-b. */\n\n"
                          "/* clang-format off */\n"
                          "const char kouan_ocr_network_table[] =\n",
                          n_samples);
  for (const char *p = packed; *p != '\0'; p += MIN (strlen (p), TABLE_COLUMNS))
    g_string_append_printf (text, "  \"%.*s\"\n", TABLE_COLUMNS, p);
  g_string_append (text, "  ;\n/* clang-format on */\n");
  return g_file_set_contents (path, text->str, (gssize)text->len, error);
}

int
main (int argc, char **argv)
{
  int n_samples = 2000000;
  g_autofree char *out = NULL;
  g_auto (GStrv) fonts = NULL;
  const GOptionEntry entries[] = {
    { "samples", 0, 0, G_OPTION_ARG_INT, &n_samples, "How many cells to learn from", "N" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "Where the table goes", "FILE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &fonts, NULL, "FONT…" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanOcrGlyphs) glyphs = NULL;
  g_autofree KouanOcrLearner *learner = NULL;
  g_autofree char *packed = NULL;
  KouanOcrRandom random = { SEED };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || out == NULL || fonts == NULL
      || n_samples < BATCH)
    {
      g_printerr ("kouan-ocr-train [--samples N] --out FILE FONT…\n");
      return 2;
    }
  glyphs = kouan_ocr_glyphs_new ((const char *const *)fonts);
  if (glyphs == NULL)
    {
      g_printerr ("A font is not there, or is none.\n");
      return 3;
    }
  learner = kouan_ocr_learner_new (&random);
  learn (learner, glyphs, &random, (guint)n_samples / BATCH);
  packed = kouan_ocr_network_pack (&learner->network);
  report_mistakes (packed, glyphs, &random);
  if (!save (packed, (guint)n_samples, out, &error))
    {
      g_printerr ("%s\n", error->message);
      return 3;
    }
  return 0;
}
