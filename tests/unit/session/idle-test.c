/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/session/idle.h"

#define S ((gint64)G_USEC_PER_SEC)

typedef struct
{
  KouanClock *clock;
  KouanIdle *idle;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->clock = kouan_manual_clock_new (0);
  fixture->idle = kouan_idle_new (fixture->clock);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->idle);
  g_clear_object (&fixture->clock);
}

static void
advance (Fixture *fixture, gint64 duration_us)
{
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->clock), duration_us);
}

static void
test_asks_then_parks (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  int remaining_s;

  advance (fixture, 60 * S - 1);
  g_assert_cmpint (kouan_idle_get_state (fixture->idle, NULL), ==, KOUAN_IDLE_ACTIVE);
  advance (fixture, 1);
  g_assert_cmpint (kouan_idle_get_state (fixture->idle, &remaining_s), ==, KOUAN_IDLE_ASKING);
  g_assert_cmpint (remaining_s, ==, 30);
  advance (fixture, 30 * S - 1);
  g_assert_cmpint (kouan_idle_get_state (fixture->idle, &remaining_s), ==, KOUAN_IDLE_ASKING);
  g_assert_cmpint (remaining_s, ==, 1);
  advance (fixture, 1);
  g_assert_cmpint (kouan_idle_get_state (fixture->idle, &remaining_s), ==, KOUAN_IDLE_OVER);
  g_assert_cmpint (remaining_s, ==, 0);
}

static void
test_one_touch_extends (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  advance (fixture, 89 * S);
  kouan_idle_touch (fixture->idle);
  g_assert_cmpint (kouan_idle_get_state (fixture->idle, NULL), ==, KOUAN_IDLE_ACTIVE);
  advance (fixture, 60 * S);
  g_assert_cmpint (kouan_idle_get_state (fixture->idle, NULL), ==, KOUAN_IDLE_ASKING);
}

static void
test_more_time (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_idle_set_patient (fixture->idle, TRUE);
  advance (fixture, 179 * S);
  g_assert_cmpint (kouan_idle_get_state (fixture->idle, NULL), ==, KOUAN_IDLE_ACTIVE);
  advance (fixture, 90 * S);
  g_assert_cmpint (kouan_idle_get_state (fixture->idle, NULL), ==, KOUAN_IDLE_ASKING);
  advance (fixture, 1 * S);
  g_assert_cmpint (kouan_idle_get_state (fixture->idle, NULL), ==, KOUAN_IDLE_OVER);
}

/* Somebody sets the wall clock: nobody is thrown out, and nobody's visit stays open. */
static void
test_wall_clock_does_not_matter (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_manual_clock_set_wall (KOUAN_MANUAL_CLOCK (fixture->clock), 365 * 86400 * S);
  g_assert_cmpint (kouan_idle_get_state (fixture->idle, NULL), ==, KOUAN_IDLE_ACTIVE);
  advance (fixture, 90 * S);
  kouan_manual_clock_set_wall (KOUAN_MANUAL_CLOCK (fixture->clock), 0);
  g_assert_cmpint (kouan_idle_get_state (fixture->idle, NULL), ==, KOUAN_IDLE_OVER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/idle/asks-then-parks", Fixture, NULL, set_up, test_asks_then_parks, tear_down);
  g_test_add ("/idle/one-touch", Fixture, NULL, set_up, test_one_touch_extends, tear_down);
  g_test_add ("/idle/more-time", Fixture, NULL, set_up, test_more_time, tear_down);
  g_test_add ("/idle/wall-clock", Fixture, NULL, set_up, test_wall_clock_does_not_matter,
              tear_down);
  return g_test_run ();
}
