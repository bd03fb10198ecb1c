/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/sync/backoff.h"

#define SIX_HOURS_S (6 * 60 * 60)

static void
test_doubles_to_a_cap (void)
{
  g_assert_cmpint (kouan_backoff_s (1, 1), ==, 60);
  g_assert_cmpint (kouan_backoff_s (2, 1), ==, 120);
  g_assert_cmpint (kouan_backoff_s (5, 1), ==, 960);
  g_assert_cmpint (kouan_backoff_s (100, 1), ==, SIX_HOURS_S);
  g_assert_cmpint (kouan_backoff_s (G_MAXINT64, 1), ==, SIX_HOURS_S);
  g_assert_cmpint (kouan_backoff_s (0, 1), ==, 60);
}

static void
test_is_spread (void)
{
  for (gint64 attempts = 1; attempts < 20; attempts++)
    {
      gint64 longest = kouan_backoff_s (attempts, 1);

      g_assert_cmpint (kouan_backoff_s (attempts, 0), ==, longest / 2);
      g_assert_cmpint (kouan_backoff_s (attempts, 0.5), >, longest / 2);
      g_assert_cmpint (kouan_backoff_s (attempts, 0.5), <, longest);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/backoff/doubles-to-a-cap", test_doubles_to_a_cap);
  g_test_add_func ("/sync/backoff/is-spread", test_is_spread);
  return g_test_run ();
}
