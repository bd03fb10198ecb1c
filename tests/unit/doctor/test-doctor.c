/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/doctor/probe.h"
#include "app/record/outbox.h"
#include "db/kiosk/audit.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/station.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW_S G_GINT64_CONSTANT (1795770000)
#define DAY_S 86400

typedef struct
{
  char *folder, *station;
  KouanClock *clock;
  KouanDoctorPrograms programs;
  GPtrArray *findings;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->station = g_build_filename (fixture->folder, "station", NULL);
  kouan_test_station_make (fixture->folder, NULL);
  fixture->clock = kouan_manual_clock_new (NOW_S * G_USEC_PER_SEC);
  fixture->programs.pixels = KOUAN_PIXELS_PROGRAM;
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_pointer (&fixture->findings, g_ptr_array_unref);
  g_object_unref (fixture->clock);
  g_free (fixture->station);
  kouan_test_folder_remove (fixture->folder);
}

static void
examine (Fixture *fixture)
{
  g_clear_pointer (&fixture->findings, g_ptr_array_unref);
  fixture->findings = kouan_doctor_examine (fixture->station, &fixture->programs, fixture->clock);
}

/* Returns: (nullable) */
static const KouanFinding *
find (Fixture *fixture, const char *id)
{
  for (guint i = 0; i < fixture->findings->len; i++)
    if (g_str_equal (((KouanFinding *)fixture->findings->pdata[i])->id, id))
      return fixture->findings->pdata[i];
  return NULL;
}

/* What is wrong says what to do. */
static void
assert_health (Fixture *fixture, const char *id, KouanHealth health)
{
  const KouanFinding *finding = find (fixture, id);

  g_assert_nonnull (finding);
  g_test_message ("%s: %s (%s)", id, finding->what, finding->detail);
  g_assert_cmpstr (kouan_health_to_string (finding->health), ==, kouan_health_to_string (health));
  if (health >= KOUAN_HEALTH_SOON)
    g_assert_nonnull (finding->remedy);
  g_assert_cmpstr (kouan_finding_subject (id), !=, id);
}

static void
start_kiosk (Fixture *fixture, gint64 wall_s)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanStation) station = kouan_station_load (fixture->station, &error);
  g_autoptr (KouanOutbox) outbox = kouan_outbox_new (station, fixture->clock);
  g_autoptr (KouanDatabase) db = kouan_outbox_open_database (outbox, &error);

  g_assert_no_error (error);
  g_assert_true (kouan_audit_append (db, wall_s, "kiosk", "", "test.entry", "x", "ok", &error));
}

static char *
path_of (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->station, name, NULL);
}

static void
test_new_station (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  examine (fixture);
  assert_health (fixture, "configuration", KOUAN_HEALTH_GOOD);
  assert_health (fixture, "program:kouan-pixels", KOUAN_HEALTH_GOOD);
  assert_health (fixture, "program:kouan-codes", KOUAN_HEALTH_BAD);
  assert_health (fixture, "keys", KOUAN_HEALTH_GOOD);
  assert_health (fixture, "trusted", KOUAN_HEALTH_BAD);
  assert_health (fixture, "certificate", KOUAN_HEALTH_ABSENT);
  assert_health (fixture, "database", KOUAN_HEALTH_ABSENT);
  assert_health (fixture, "catalogue", KOUAN_HEALTH_BAD);
  assert_health (fixture, "trust-list", KOUAN_HEALTH_SOON);
  assert_health (fixture, "clock", KOUAN_HEALTH_GOOD);
  g_assert_cmpint (kouan_doctor_sum_up (fixture->findings), ==, KOUAN_HEALTH_BAD);
}

/* A program that is there and cannot do its work is not there. */
static void
test_program_that_does_nothing (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->programs.pixels = "/bin/true";
  examine (fixture);
  assert_health (fixture, "program:kouan-pixels", KOUAN_HEALTH_BAD);
}

static void
test_configuration (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = path_of (fixture, KOUAN_STATION_CONFIG);

  examine (fixture);
  g_assert_true (g_file_set_contents (path, "[station]\nkiosk=seven\n", -1, NULL));
  examine (fixture);
  assert_health (fixture, "configuration", KOUAN_HEALTH_BAD);
  g_assert_nonnull (strstr (find (fixture, "configuration")->detail, "kouan.conf:2"));
  g_assert_nonnull (find (fixture, "disk"));
}

static void
test_key_is_gone (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = path_of (fixture, KOUAN_STATION_HALL_KEY);

  g_assert_cmpint (g_unlink (path), ==, 0);
  examine (fixture);
  assert_health (fixture, "keys", KOUAN_HEALTH_BAD);
  g_assert_null (find (fixture, "disk"));
}

static void
test_key_is_open (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = path_of (fixture, KOUAN_STATION_HALL_KEY);

  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  examine (fixture);
  assert_health (fixture, "keys", KOUAN_HEALTH_BAD);
  g_assert_nonnull (strstr (find (fixture, "keys")->detail, "hall.key"));
}

static void
test_store (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  start_kiosk (fixture, NOW_S);
  examine (fixture);
  assert_health (fixture, "database", KOUAN_HEALTH_GOOD);
  assert_health (fixture, "queue", KOUAN_HEALTH_GOOD);
  assert_health (fixture, "audit", KOUAN_HEALTH_GOOD);
  assert_health (fixture, "audit-key", KOUAN_HEALTH_GOOD);
  g_assert_cmpint (find (fixture, "audit")->number, ==, 2);
}

static void
test_clock_set_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  start_kiosk (fixture, NOW_S + DAY_S);
  examine (fixture);
  assert_health (fixture, "clock", KOUAN_HEALTH_BAD);
  g_assert_cmpint (find (fixture, "clock")->number, ==, 24 * 60);
  kouan_manual_clock_set_wall (KOUAN_MANUAL_CLOCK (fixture->clock), 1000);
  examine (fixture);
  assert_health (fixture, "clock", KOUAN_HEALTH_BAD);
}

static void
test_audit_key_is_gone (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = path_of (fixture, KOUAN_STATION_AUDIT_KEY);

  start_kiosk (fixture, NOW_S);
  g_assert_cmpint (g_unlink (path), ==, 0);
  examine (fixture);
  assert_health (fixture, "audit-key", KOUAN_HEALTH_BAD);
}

/* Bytes in the middle of the file, as a dying disk changes them. */
static void
test_database_damaged (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = path_of (fixture, KOUAN_STATION_DATABASE);
  g_autofree char *contents = NULL;
  gsize size;

  start_kiosk (fixture, NOW_S);
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  memset (contents + size / 2, 0x55, size / 2);
  g_assert_true (g_file_set_contents (path, contents, (gssize)size, NULL));
  examine (fixture);
  assert_health (fixture, "database", KOUAN_HEALTH_BAD);
  g_assert_null (find (fixture, "queue"));
}

static void
on_probed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  KouanFinding **finding = data;

  *finding = kouan_probe_finish (result, NULL);
}

static gboolean
has_answered (gpointer data)
{
  return *(KouanFinding **)data != NULL;
}

static KouanHealth
probe (Fixture *fixture, const char *key)
{
  g_autoptr (KouanStation) station = kouan_station_load (fixture->station, NULL);
  g_autoptr (KouanFinding) finding = NULL;

  kouan_probe_async (station, key, &fixture->programs, NULL, on_probed, &finding);
  kouan_test_wait_for (has_answered, &finding);
  g_test_message ("%s: %s", finding->id, finding->what);
  return finding->health;
}

static void
set_device (Fixture *fixture, const char *key, const char *source)
{
  g_autoptr (GHashTable) changes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *name = g_strconcat ("devices.", key, NULL);
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (changes, name, (gpointer)source);
  g_assert_true (kouan_station_set_values (fixture->station, changes, &error));
  g_assert_no_error (error);
}

static void
test_devices (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *there = g_strconcat ("file:", fixture->folder, NULL);

  for (guint i = 0; kouan_probe_keys ()[i] != NULL; i++)
    g_assert_cmpint (probe (fixture, kouan_probe_keys ()[i]), ==, KOUAN_HEALTH_ABSENT);
  set_device (fixture, "printer", there);
  set_device (fixture, "chip", there);
  set_device (fixture, "stick", there);
  g_assert_cmpint (probe (fixture, "printer"), ==, KOUAN_HEALTH_GOOD);
  g_assert_cmpint (probe (fixture, "chip"), ==, KOUAN_HEALTH_GOOD);
  g_assert_cmpint (probe (fixture, "stick"), ==, KOUAN_HEALTH_GOOD);
  set_device (fixture, "chip", "file:/nowhere");
  set_device (fixture, "printer", "steam:engine");
  set_device (fixture, "camera", "file:/nowhere.png");
  g_assert_cmpint (probe (fixture, "chip"), ==, KOUAN_HEALTH_BAD);
  g_assert_cmpint (probe (fixture, "printer"), ==, KOUAN_HEALTH_BAD);
  g_assert_cmpint (probe (fixture, "camera"), ==, KOUAN_HEALTH_BAD);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/doctor/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("new-station", test_new_station);
  ADD ("program-that-does-nothing", test_program_that_does_nothing);
  ADD ("configuration", test_configuration);
  ADD ("key-is-gone", test_key_is_gone);
  ADD ("key-is-open", test_key_is_open);
  ADD ("store", test_store);
  ADD ("clock-set-back", test_clock_set_back);
  ADD ("audit-key-is-gone", test_audit_key_is_gone);
  ADD ("database-damaged", test_database_damaged);
  ADD ("devices", test_devices);
  return g_test_run ();
}
