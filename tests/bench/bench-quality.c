/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>

#include "app/documents/fingerprint.h"
#include "app/documents/take.h"
#include "tests/testlib/effects.h"
#include "tests/testlib/papers.h"

/* Prints what the checks of a page measure over pages that get worse step by step: the table that
 * the thresholds in quality.c and fingerprint.c are read from. */

#define DPI 200
#define GRAIN 4

/* Takes @page. */
static void
print (const char *what, double amount, KouanPage *page)
{
  gint64 before_us = g_get_monotonic_time (), taken_us;
  KouanReadable how = { 0 };
  KouanMeasures measures;
  g_autoptr (KouanPage) readable = kouan_page_readable (page, &how, &measures);
  KouanFindings findings = kouan_quality_judge (&measures, FALSE);

  taken_us = g_get_monotonic_time () - before_us;
  g_print ("%-16s %5.2f | paper %3u  contrast %3u  sharpness %.2f | %5.1f ms |", what, amount,
           measures.paper, measures.contrast, measures.sharpness, (double)taken_us / 1000);
  for (guint bit = 1; bit <= KOUAN_FINDING_LAST; bit <<= 1)
    if (findings & bit)
      g_print (" %s", kouan_finding_id (bit));
  g_print ("\n");
  kouan_page_unref (page);
}

/* Takes @page. */
static KouanPage *
grainy (KouanPage *page, double sigma)
{
  KouanPage *result = kouan_test_grainy (page, 1, sigma);

  kouan_page_unref (page);
  return result;
}

static void
print_blur (KouanPage *letter)
{
  static const double sigmas[] = { 0, 0.7, 1, 1.5, 2, 2.5, 3, 4, 6 };

  for (guint i = 0; i < G_N_ELEMENTS (sigmas); i++)
    {
      print ("blur", sigmas[i], kouan_test_blurred (letter, sigmas[i]));
      print ("blur, grain 6", sigmas[i], grainy (kouan_test_blurred (letter, sigmas[i]), 6));
    }
}

static void
print_light (KouanPage *letter)
{
  static const double exposures[] = { 1, 0.7, 0.5, 0.4, 0.3, 0.2 };
  static const double contrasts[] = { 0.7, 0.5, 0.3, 0.2, 0.1, 0.05 };
  static const double grains[] = { 0, 4, 8, 12 };

  for (guint i = 0; i < G_N_ELEMENTS (exposures); i++)
    print ("exposure", exposures[i], grainy (kouan_test_exposed (letter, exposures[i], 0), GRAIN));
  for (guint i = 0; i < G_N_ELEMENTS (contrasts); i++)
    print (
      "washed out", contrasts[i],
      grainy (kouan_test_exposed (letter, contrasts[i], (int)(250 * (1 - contrasts[i]))), GRAIN));
  for (guint i = 0; i < G_N_ELEMENTS (grains); i++)
    print ("empty, grain", grains[i], grainy (kouan_test_exposed (letter, 0, 245), grains[i]));
}

static void
print_likeness (KouanPage *letter)
{
  static const double degrees[] = { 0, 0.3, 0.6, 1, 1.5, 2 };
  g_autoptr (GBytes) first = kouan_fingerprint_new (letter);

  for (guint i = 0; i < G_N_ELEMENTS (degrees); i++)
    {
      g_autoptr (KouanPage) moved = grainy (kouan_test_moved (letter, degrees[i], 20, -28), GRAIN);
      g_autoptr (GBytes) second = kouan_fingerprint_new (moved);

      g_print ("same page, turned %.1f degrees: likeness %.3f\n", degrees[i],
               kouan_fingerprint_likeness (first, second));
    }
  for (guint seed = 2; seed < 8; seed++)
    {
      g_autoptr (KouanPage) other = kouan_test_letter (seed, DPI);
      g_autoptr (GBytes) second = kouan_fingerprint_new (other);

      g_print ("another letter: likeness %.3f\n", kouan_fingerprint_likeness (first, second));
    }
}

int
main (void)
{
  g_autoptr (KouanPage) letter = kouan_test_letter (1, DPI);

  print_blur (letter);
  print_light (letter);
  print_likeness (letter);
  return 0;
}
