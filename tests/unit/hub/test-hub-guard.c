/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/hub/guard.h"

#include <sys/socket.h>
#include <unistd.h>

typedef struct
{
  KouanClock *clock;
  KouanHubGuard *guard;
  int ends[2];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->clock = kouan_manual_clock_new (0);
  fixture->guard = kouan_hub_guard_new (fixture->clock);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, fixture->ends), ==, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  close (fixture->ends[0]);
  close (fixture->ends[1]);
  kouan_hub_guard_free (fixture->guard);
  g_object_unref (fixture->clock);
}

static void
pass (Fixture *fixture, gint64 time_ms)
{
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->clock), time_ms * 1000);
}

static gboolean
is_open (Fixture *fixture)
{
  char byte;

  return recv (fixture->ends[1], &byte, 1, MSG_DONTWAIT) < 0;
}

static void
test_late_is_cut_off_once (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanHubWatch *watch = kouan_hub_guard_watch (fixture->guard, fixture->ends[0], 1000);

  pass (fixture, 999);
  g_assert_cmpuint (kouan_hub_guard_sweep (fixture->guard), ==, 0);
  g_assert_true (is_open (fixture));
  pass (fixture, 1);
  g_assert_cmpuint (kouan_hub_guard_sweep (fixture->guard), ==, 1);
  g_assert_false (is_open (fixture));
  kouan_hub_guard_allow (fixture->guard, watch, 1000);
  pass (fixture, 5000);
  g_assert_cmpuint (kouan_hub_guard_sweep (fixture->guard), ==, 0);
  kouan_hub_guard_forget (fixture->guard, watch);
}

static void
test_getting_on_gives_time (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanHubWatch *watch = kouan_hub_guard_watch (fixture->guard, fixture->ends[0], 1000);

  pass (fixture, 900);
  kouan_hub_guard_allow (fixture->guard, watch, 1000);
  pass (fixture, 900);
  g_assert_cmpuint (kouan_hub_guard_sweep (fixture->guard), ==, 0);
  g_assert_true (is_open (fixture));
  kouan_hub_guard_forget (fixture->guard, watch);
}

static void
test_forgotten_is_left_alone (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanHubWatch *watch = kouan_hub_guard_watch (fixture->guard, fixture->ends[0], 1000);

  g_assert_cmpuint (kouan_hub_guard_count (fixture->guard), ==, 1);
  kouan_hub_guard_forget (fixture->guard, watch);
  g_assert_cmpuint (kouan_hub_guard_count (fixture->guard), ==, 0);
  pass (fixture, 5000);
  g_assert_cmpuint (kouan_hub_guard_sweep (fixture->guard), ==, 0);
  g_assert_true (is_open (fixture));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/hub/guard/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("late-is-cut-off-once", test_late_is_cut_off_once);
  ADD ("getting-on-gives-time", test_getting_on_gives_time);
  ADD ("forgotten-is-left-alone", test_forgotten_is_left_alone);
  return g_test_run ();
}
