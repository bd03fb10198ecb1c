/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "app/documents/fingerprint.h"
#include "app/documents/take.h"
#include "tests/testlib/effects.h"
#include "tests/testlib/papers.h"

#define DPI 150

/* Takes @page. */
static KouanFindings
findings_of (KouanPage *page)
{
  g_autoptr (KouanPage) taken = page;
  g_autoptr (KouanTake) take = kouan_take_new (taken, FALSE, NULL);

  return take->sheet->findings;
}

typedef struct
{
  KouanPage *letter;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->letter = kouan_test_letter (1, DPI);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_page_unref (fixture->letter);
}

static void
test_good (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (findings_of (kouan_page_ref (fixture->letter)), ==, KOUAN_FINDING_NONE);
  g_assert_cmpint (findings_of (kouan_test_grainy (fixture->letter, 1, 8)), ==, KOUAN_FINDING_NONE);
  g_assert_cmpint (findings_of (kouan_test_exposed (fixture->letter, 0.6, 0)), ==,
                   KOUAN_FINDING_NONE);
  g_assert_cmpint (findings_of (kouan_page_rotated (fixture->letter, 1)), ==, KOUAN_FINDING_NONE);
  g_assert_cmpint (findings_of (kouan_test_blurred (fixture->letter, 1)), ==, KOUAN_FINDING_NONE);
}

static void
test_blank (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPage) blank = kouan_test_exposed (fixture->letter, 0, 246);

  g_assert_cmpint (findings_of (kouan_page_ref (blank)), ==, KOUAN_FINDING_BLANK);
  g_assert_cmpint (findings_of (kouan_test_grainy (blank, 1, 10)), ==, KOUAN_FINDING_BLANK);
  /* the lamp is brighter at one end */
  g_assert_cmpint (findings_of (kouan_test_exposed (blank, 0.4, 0)), ==, KOUAN_FINDING_BLANK);
}

/* A page with one line of print on it is a page. */
static void
test_one_line_is_not_blank (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPage) blank = kouan_test_exposed (fixture->letter, 0, 250);
  gsize size, line = (gsize)blank->width * 3, from = (gsize)(1.0 * DPI) * line,
              to = (gsize)(1.25 * DPI) * line;
  guint8 *pixels
    = g_memdup2 (g_bytes_get_data (blank->pixels, &size), g_bytes_get_size (blank->pixels));
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, size);

  memcpy (pixels + from, (const guint8 *)g_bytes_get_data (fixture->letter->pixels, NULL) + from,
          to - from);
  g_assert_cmpint (findings_of (kouan_page_new (blank->width, blank->height, DPI, bytes)), ==,
                   KOUAN_FINDING_NONE);
}

static void
test_dark_and_faint (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (findings_of (kouan_test_exposed (fixture->letter, 0.3, 0)), ==,
                   KOUAN_FINDING_TOO_DARK);
  g_assert_cmpint (findings_of (kouan_test_exposed (fixture->letter, 0.15, 210)), ==,
                   KOUAN_FINDING_FAINT);
}

static void
test_blurred (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPage) blurred = kouan_test_blurred (fixture->letter, 3);

  g_assert_cmpint (findings_of (kouan_page_ref (blurred)), ==, KOUAN_FINDING_BLURRED);
  /* neither grain nor little contrast hides it */
  g_assert_cmpint (findings_of (kouan_test_grainy (blurred, 1, 6)), ==, KOUAN_FINDING_BLURRED);
  g_assert_cmpint (findings_of (kouan_test_exposed (blurred, 0.9, 20)), ==, KOUAN_FINDING_BLURRED);
}

static void
test_too_small (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPage) scan = kouan_page_at_dpi (fixture->letter, 110);
  g_autoptr (KouanPage) photo = kouan_page_new (scan->width, scan->height, 0, scan->pixels);
  g_autoptr (KouanPage) smaller = kouan_page_at_dpi (photo, 90);

  g_assert_cmpint (findings_of (kouan_page_ref (scan)), ==, KOUAN_FINDING_TOO_SMALL);
  g_assert_cmpint (findings_of (kouan_page_ref (photo)), ==,
                   KOUAN_FINDING_NONE); /* of what, nobody knows */
  g_assert_cmpint (findings_of (kouan_page_ref (smaller)), ==, KOUAN_FINDING_TOO_SMALL);
}

static void
test_tiny_pages (void)
{
  for (guint side = 1; side < 60; side += 7)
    {
      g_autoptr (KouanPage) page = kouan_test_quarters (side, side);

      g_assert_cmpint (findings_of (kouan_page_ref (page)), !=, KOUAN_FINDING_NONE);
      g_assert_null (side < 24 ? kouan_fingerprint_new (page) : NULL);
    }
}

static void
test_words (void)
{
  for (guint bit = 1; bit <= KOUAN_FINDING_LAST; bit <<= 1)
    {
      g_assert_cmpuint (strlen (kouan_finding_id (bit)), >, 0);
      g_assert_cmpstr (kouan_finding_title (bit), !=, kouan_finding_remedy (bit));
      if (bit > 1)
        g_assert_cmpstr (kouan_finding_id (bit), !=, kouan_finding_id (bit >> 1));
    }
}

static void
test_same_page (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPage) moved = kouan_test_moved (fixture->letter, 0.6, 15, -20);
  g_autoptr (KouanPage) again = kouan_test_grainy (moved, 9, 5);
  g_autoptr (KouanPage) darker = kouan_test_exposed (again, 0.8, 0);
  g_autoptr (GBytes) first = kouan_fingerprint_new (fixture->letter);
  g_autoptr (GBytes) second = kouan_fingerprint_new (darker);

  g_assert_true (kouan_fingerprint_same (first, first));
  g_assert_true (kouan_fingerprint_same (first, second));
  g_assert_true (kouan_fingerprint_same (second, first));
}

static void
test_other_pages (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) first = kouan_fingerprint_new (fixture->letter);

  for (guint seed = 2; seed < 7; seed++)
    {
      g_autoptr (KouanPage) other = kouan_test_letter (seed, DPI);
      g_autoptr (GBytes) second = kouan_fingerprint_new (other);

      g_assert_false (kouan_fingerprint_same (first, second));
    }
}

/* Two empty pages are not one page twice: the finding is that they are empty. */
static void
test_no_fingerprint (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanPage) blank = kouan_test_exposed (fixture->letter, 0, 246);
  g_autoptr (GBytes) fingerprint = kouan_fingerprint_new (fixture->letter);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (fingerprint, 0, 100);

  g_assert_null (kouan_fingerprint_new (blank));
  g_assert_false (kouan_fingerprint_same (NULL, NULL));
  g_assert_false (kouan_fingerprint_same (fingerprint, NULL));
  g_assert_false (kouan_fingerprint_same (cut, cut));
}

#define ADD(path, function)                                                                        \
  g_test_add ("/documents/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("quality/good", test_good);
  ADD ("quality/blank", test_blank);
  ADD ("quality/one-line-is-not-blank", test_one_line_is_not_blank);
  ADD ("quality/dark-and-faint", test_dark_and_faint);
  ADD ("quality/blurred", test_blurred);
  ADD ("quality/too-small", test_too_small);
  g_test_add_func ("/documents/quality/tiny-pages", test_tiny_pages);
  g_test_add_func ("/documents/quality/words", test_words);
  ADD ("fingerprint/same-page", test_same_page);
  ADD ("fingerprint/other-pages", test_other_pages);
  ADD ("fingerprint/none", test_no_fingerprint);
  return g_test_run ();
}
