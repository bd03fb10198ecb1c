/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/sync/schedule.h"

#define HOUR_S 3600
#define NIGHT(name)                                                                                \
  const KouanSchedule name                                                                         \
    = { .from_s = 22 * HOUR_S, .to_s = 5 * HOUR_S, .spread_s = 1200, .pause_s = 900 }

static void
test_always (void)
{
  const KouanSchedule schedule = { .always = TRUE, .spread_s = 1200, .pause_s = 900 };

  g_assert_cmpint (kouan_schedule_left_s (&schedule, 12 * HOUR_S), ==, -1);
  g_assert_cmpint (kouan_schedule_wait_s (&schedule, 0, FALSE, 0), ==, 0);
  g_assert_cmpint (kouan_schedule_wait_s (&schedule, 0, FALSE, 1), ==, 1200);
  g_assert_cmpint (kouan_schedule_wait_s (&schedule, 0, TRUE, 0), ==, 600);
  g_assert_cmpint (kouan_schedule_wait_s (&schedule, 0, TRUE, 1), ==, 1200);
}

static void
test_window_over_midnight (void)
{
  NIGHT (night);

  g_assert_cmpint (kouan_schedule_left_s (&night, 22 * HOUR_S), ==, 7 * HOUR_S);
  g_assert_cmpint (kouan_schedule_left_s (&night, 0), ==, 5 * HOUR_S);
  g_assert_cmpint (kouan_schedule_left_s (&night, 5 * HOUR_S - 1), ==, 1);
  g_assert_cmpint (kouan_schedule_left_s (&night, 5 * HOUR_S), ==, 0);
  g_assert_cmpint (kouan_schedule_left_s (&night, 22 * HOUR_S - 1), ==, 0);
}

/* By day, and after the last run of a night: not before the next window, and not all at once. */
static void
test_waits_for_the_window (void)
{
  NIGHT (night);

  g_assert_cmpint (kouan_schedule_wait_s (&night, 12 * HOUR_S, FALSE, 0), ==, 10 * HOUR_S);
  g_assert_cmpint (kouan_schedule_wait_s (&night, 12 * HOUR_S, FALSE, 1), ==, 10 * HOUR_S + 1200);
  g_assert_cmpint (kouan_schedule_wait_s (&night, 12 * HOUR_S, TRUE, 0.5), ==, 10 * HOUR_S + 600);
  g_assert_cmpint (kouan_schedule_wait_s (&night, 5 * HOUR_S - 60, TRUE, 0), ==, 60 + 17 * HOUR_S);
  g_assert_cmpint (kouan_schedule_wait_s (&night, 23 * HOUR_S, TRUE, 0), ==, 600);
  g_assert_cmpint (kouan_schedule_wait_s (&night, 23 * HOUR_S, FALSE, 0), ==, 0);
}

/* Whatever the hour, a run that is waited for begins inside of the window. */
static void
test_never_outside (void)
{
  NIGHT (night);

  for (gint64 now_s = 0; now_s < KOUAN_SCHEDULE_DAY_S; now_s += 61)
    for (guint i = 0; i < 8; i++)
      {
        gint64 wait_s = kouan_schedule_wait_s (&night, now_s, i % 2, (double)(i / 2) / 3);

        g_assert_cmpint (kouan_schedule_left_s (&night, (now_s + wait_s) % KOUAN_SCHEDULE_DAY_S), >,
                         0);
      }
}

/* A thousand kiosks in one second would be a thousand kiosks in one bucket. */
static void
test_a_fleet_is_spread (void)
{
  NIGHT (night);
  guint buckets[20] = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < 1000; i++)
    {
      gint64 wait_s = kouan_schedule_wait_s (&night, 21 * HOUR_S, FALSE, g_rand_double (rand));

      g_assert_cmpint (wait_s, >=, HOUR_S);
      g_assert_cmpint (wait_s, <, HOUR_S + 1200);
      buckets[(wait_s - HOUR_S) / 60]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (buckets); i++)
    {
      g_assert_cmpuint (buckets[i], >, 20);
      g_assert_cmpuint (buckets[i], <, 100);
    }
}

static void
test_parse (void)
{
  const char *const bad[] = { "",
                              "22:00",
                              "22:00-24:00",
                              "22:00-05:60",
                              "2200-0500",
                              "22:00-22:00",
                              "22:00-5:00",
                              "22:00-05:00-06:00",
                              "-1:00-05:00",
                              "22:00 - 05:00" };
  guint from, to;

  g_assert_true (kouan_station_parse_window ("22:00-05:30", &from, &to));
  g_assert_cmpuint (from, ==, 1320);
  g_assert_cmpuint (to, ==, 330);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (kouan_station_parse_window (bad[i], &from, &to));
}

/* A clock may be a little slow or fast; one that was set makes the plan worthless. */
static void
test_clock_is_set (void)
{
  g_assert_false (kouan_schedule_is_overtaken (600, 600));
  g_assert_false (kouan_schedule_is_overtaken (605, 600));
  g_assert_false (kouan_schedule_is_overtaken (598, 600));
  g_assert_true (kouan_schedule_is_overtaken (7 * HOUR_S, 600));
  g_assert_true (kouan_schedule_is_overtaken (-300, 600));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/schedule/always", test_always);
  g_test_add_func ("/sync/schedule/window-over-midnight", test_window_over_midnight);
  g_test_add_func ("/sync/schedule/waits-for-the-window", test_waits_for_the_window);
  g_test_add_func ("/sync/schedule/never-outside", test_never_outside);
  g_test_add_func ("/sync/schedule/a-fleet-is-spread", test_a_fleet_is_spread);
  g_test_add_func ("/sync/schedule/parse", test_parse);
  g_test_add_func ("/sync/schedule/clock-is-set", test_clock_is_set);
  return g_test_run ();
}
