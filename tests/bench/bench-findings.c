/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <stdlib.h>

#include "app/documents/take.h"
#include "tests/testlib/desk.h"
#include "tests/testlib/effects.h"
#include "tests/testlib/forms.h"

/* How often each finding is found where it is, and where it is not: over scans and photographs of
 * six kinds of papers. A "hit" of upside-down is a page that was turned, or that the person is
 * asked about. False alarms are counted over the same papers with nothing wrong with them. */

#define DPI 150

typedef KouanPage *(*Spoil) (guint seed);

static KouanPage *
photograph (guint seed, KouanTestDesk *desk)
{
  g_autoptr (KouanPage) paper = kouan_test_paper_any (seed, DPI);
  KouanPoint corners[4];

  return kouan_test_photograph (paper, desk, corners);
}

static KouanPage *
good_photograph (guint seed)
{
  KouanTestDesk desk;

  kouan_test_desk_any (seed, &desk);
  return photograph (seed, &desk);
}

static KouanPage *
good_scan (guint seed)
{
  g_autoptr (KouanPage) paper = kouan_test_paper_any (seed, DPI);

  return kouan_test_grainy (paper, seed, 3);
}

static KouanPage *
blank (guint seed)
{
  g_autoptr (KouanPage) paper = kouan_test_paper (KOUAN_TEST_LETTER, seed, DPI);
  g_autoptr (KouanPage) empty = kouan_test_exposed (paper, 0, 235 + (int)(seed % 20));

  return kouan_test_grainy (empty, seed, 2 + seed % 7);
}

static KouanPage *
too_small (guint seed)
{
  g_autoptr (KouanPage) paper = kouan_test_paper (seed % 4, seed, DPI);

  return kouan_page_at_dpi (paper, 60 + seed % 35);
}

static KouanPage *
too_dark (guint seed)
{
  KouanTestDesk desk;

  kouan_test_desk_any (seed, &desk);
  desk.light = -0.62 - 0.01 * (seed % 10);
  desk.shadow = 0;
  return photograph (seed, &desk);
}

static KouanPage *
faint (guint seed)
{
  g_autoptr (KouanPage) paper = kouan_test_paper (seed % 2, seed, DPI);
  g_autoptr (KouanPage) pale = kouan_test_exposed (paper, 0.15, 208);

  return kouan_test_grainy (pale, seed, 3);
}

static KouanPage *
blurred (guint seed)
{
  g_autoptr (KouanPage) good = good_scan (seed);

  return kouan_test_blurred (good, 2.6 + 0.1 * (seed % 12));
}

static KouanPage *
cut (guint seed)
{
  KouanTestDesk desk;

  kouan_test_desk_any (seed, &desk);
  desk.size = 0.85;
  desk.turn = (int)seed % 21 - 10.0;
  desk.left = seed % 2 ? 0 : 0.3;
  desk.up = seed % 2 ? 0.28 : 0;
  return photograph (seed, &desk);
}

static KouanPage *
glare (guint seed)
{
  static const KouanTestPaper papers[] = { KOUAN_TEST_LETTER, KOUAN_TEST_CHINESE, KOUAN_TEST_FORM };
  g_autoptr (KouanPage) paper = kouan_test_paper (papers[seed % 3], seed, DPI);
  KouanTestDesk desk;
  KouanPoint corners[4];

  kouan_test_desk_any (seed, &desk);
  desk.light = -0.2;
  desk.glare = 0.35 + 0.02 * (seed % 10);
  return kouan_test_photograph (paper, &desk, corners);
}

static KouanPage *
finger (guint seed)
{
  KouanTestDesk desk;

  kouan_test_desk_any (seed, &desk);
  desk.finger = TRUE;
  return photograph (seed, &desk);
}

static KouanPage *
upside_down (guint seed)
{
  g_autoptr (KouanPage) good = good_scan (seed);

  return kouan_page_rotated (good, 2);
}

static KouanPage *
no_colour (guint seed)
{
  g_autoptr (KouanPage) good = good_scan (seed);

  return kouan_test_gray (good);
}

static const struct
{
  KouanFindings finding;
  Spoil spoil;
} spoilers[] = {
  { KOUAN_FINDING_BLANK, blank },
  { KOUAN_FINDING_TOO_SMALL, too_small },
  { KOUAN_FINDING_TOO_DARK, too_dark },
  { KOUAN_FINDING_FAINT, faint },
  { KOUAN_FINDING_BLURRED, blurred },
  { KOUAN_FINDING_CUT, cut },
  { KOUAN_FINDING_GLARE, glare },
  { KOUAN_FINDING_FINGER, finger },
  { KOUAN_FINDING_UPSIDE_DOWN, upside_down },
  { KOUAN_FINDING_NO_COLOUR, no_colour },
};

/* Papers that have colour on them at all. */
static gboolean
is_coloured (guint seed)
{
  KouanTestPaper kind = seed % KOUAN_TEST_PAPERS;

  return kind >= KOUAN_TEST_FORM;
}

static KouanFindings
findings_of (Spoil make, guint seed, gboolean colour)
{
  g_autoptr (KouanPage) page = make (seed);
  g_autoptr (KouanTake) take = kouan_take_new (page, colour, NULL);
  KouanFindings findings = take->sheet->findings;

  if (make == upside_down && take->how.quarter_turns == 2)
    findings |= KOUAN_FINDING_UPSIDE_DOWN;
  if (make == good_scan && take->how.quarter_turns != 0)
    findings |= KOUAN_FINDING_UPSIDE_DOWN;
  return findings;
}

static void
count_alarms (guint count, guint alarms[32])
{
  for (guint seed = 0; seed < count; seed++)
    {
      KouanFindings findings
        = findings_of (seed % 2 ? good_scan : good_photograph, seed, is_coloured (seed));

      for (guint bit = 0; bit < 32; bit++)
        alarms[bit] += (findings >> bit) & 1;
    }
}

int
main (int argc, char **argv)
{
  guint count = argc > 1 ? atoi (argv[1]) : 60, alarms[32] = { 0 };

  count_alarms (2 * count, alarms);
  g_print ("finding        hits of %3u   false alarms of %3u\n", count, 2 * count);
  for (guint i = 0; i < G_N_ELEMENTS (spoilers); i++)
    {
      guint hits = 0, bit = g_bit_nth_lsf (spoilers[i].finding, -1);

      for (guint seed = 0; seed < count; seed++)
        hits += (findings_of (spoilers[i].spoil, seed, TRUE) & spoilers[i].finding) != 0;
      g_print ("%-14s %8.1f %%   %12.1f %%\n", kouan_finding_id (spoilers[i].finding),
               100.0 * hits / count, 100.0 * alarms[bit] / (2 * count));
    }
  return 0;
}
