/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/sync/monitor.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/station.h"

typedef struct
{
  char *folder;
  KouanStation *station;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->station = kouan_test_station_new (fixture->folder, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_object_unref (fixture->station);
  kouan_test_folder_remove (fixture->folder);
}

static const KouanSyncState half_done = { .running = TRUE,
                                          .at_s = 1700000000,
                                          .progress = { 3, 10, 3000, 10000, 70 },
                                          .hub_s = 1699990000,
                                          .waiting = 7 };

/* What a sync that is gone had in mind counts for nothing. */
static void
test_next_run (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanSyncState state = half_done;

  state.next_s = 1700001000;
  state.planner = getpid ();
  kouan_sync_state_write (fixture->station, &state);
  state = (KouanSyncState){ 0 };
  kouan_sync_state_read (fixture->station, &state);
  g_assert_cmpint (state.next_s, ==, 1700001000);
  state.planner = G_MAXINT; /* no such process */
  kouan_sync_state_write (fixture->station, &state);
  kouan_sync_state_read (fixture->station, &state);
  g_assert_cmpint (state.next_s, ==, 0);
}

static void
test_never_synced (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanSyncState state = half_done;

  kouan_sync_state_read (fixture->station, &state);
  g_assert_false (state.running);
  g_assert_cmpint (state.at_s, ==, 0);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanSyncState state;

  kouan_sync_state_write (fixture->station, &half_done);
  kouan_sync_state_read (fixture->station, &state);
  g_assert_true (state.running);
  g_assert_cmpint (state.at_s, ==, half_done.at_s);
  g_assert_cmpuint (state.progress.records_done, ==, 3);
  g_assert_cmpuint (state.progress.records_total, ==, 10);
  g_assert_cmpint (state.progress.bytes_done, ==, 3000);
  g_assert_cmpint (state.progress.bytes_total, ==, 10000);
  g_assert_cmpint (state.progress.left_s, ==, 70);
  g_assert_cmpint (state.hub_s, ==, half_done.hub_s);
  g_assert_cmpint (state.waiting, ==, 7);
}

static void
write_text (Fixture *fixture, const char *text)
{
  g_autofree char *path = kouan_station_path (fixture->station, KOUAN_STATION_SYNC);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* A sync that was killed is not running, whatever it wrote last; and nothing depends on the file.
 */
static void
test_killed_and_torn (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const torn[] = { "", "{", "[]", "{\"process\":-1}", "null" };
  KouanSyncState state;

  write_text (fixture, "{\"process\":2147483647,\"at\":5,\"waiting\":3}");
  kouan_sync_state_read (fixture->station, &state);
  g_assert_false (state.running);
  g_assert_cmpint (state.waiting, ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (torn); i++)
    {
      write_text (fixture, torn[i]);
      kouan_sync_state_read (fixture->station, &state);
      g_assert_false (state.running);
    }
}

static gboolean
is_half_done (gpointer data)
{
  guint done = 0;

  g_object_get (data, "records-done", &done, NULL);
  return done == 3;
}

static void
test_properties_follow (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSyncMonitor) monitor = kouan_sync_monitor_new (fixture->station);
  gboolean running = TRUE;
  gint64 left = 0;

  g_object_get (monitor, "running", &running, NULL);
  g_assert_false (running);
  kouan_sync_state_write (fixture->station, &half_done);
  kouan_test_wait_for (is_half_done, monitor);
  g_object_get (monitor, "running", &running, "left", &left, NULL);
  g_assert_true (running);
  g_assert_cmpint (left, ==, 70);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/sync/monitor/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("never-synced", test_never_synced);
  ADD ("round-trip", test_round_trip);
  ADD ("next-run", test_next_run);
  ADD ("killed-and-torn", test_killed_and_torn);
  ADD ("properties-follow", test_properties_follow);
  return g_test_run ();
}
