/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/doctor/setup.h"
#include "app/record/outbox.h"
#include "db/kiosk/audit.h"
#include "db/kiosk/settings.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/hub.h"

#include <glib/gstdio.h>
#include <string.h>

/* From a bare folder to a kiosk that serves, by calls and by the programs. */

#define KIOSK 9

static const char *ctl_program, *hub_program;

typedef struct
{
  KouanTestHub *world;
  char *folder, *stick;
  KouanClock *clock;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->world = kouan_test_hub_new ();
  fixture->folder = g_build_filename (fixture->world->folder, "new", NULL);
  fixture->stick = g_build_filename (fixture->world->folder, "stick", NULL);
  fixture->clock = kouan_manual_clock_new (KOUAN_TEST_NOW_S * G_USEC_PER_SEC);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_free (fixture->folder);
  g_free (fixture->stick);
  g_object_unref (fixture->clock);
  kouan_test_hub_free (fixture->world);
}

/* What the operator does at the hub. Returns: (transfer full): the fingerprint that the hub shows
 */
static char *
answer_at_hub (Fixture *fixture, const char *fingerprint)
{
  g_autofree char *request_path = kouan_setup_stick_request (fixture->stick, KIOSK);
  g_autofree char *bundle_path = kouan_setup_stick_bundle (fixture->stick, KIOSK);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  KouanHubPlacement placement = { .hall_id = KOUAN_TEST_HALL, .hall_names = names };
  g_autoptr (KouanHubEnrolled) enrolled = NULL;
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize size;

  g_hash_table_insert (names, (gpointer) "zh-Hans", (gpointer) "测试大厅");
  g_assert_true (g_file_get_contents (request_path, &contents, &size, &error));
  request = g_bytes_new_take (contents, size);
  enrolled = kouan_hub_enrol (fixture->world->hub, request, &placement, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (enrolled->kiosk_fingerprint, ==, fingerprint);
  g_assert_true (g_file_set_contents (bundle_path, g_bytes_get_data (enrolled->bundle, NULL),
                                      (gssize)g_bytes_get_size (enrolled->bundle), NULL));
  return g_strdup (enrolled->hub_fingerprint);
}

static void
assert_stage (Fixture *fixture, KouanSetupStage stage)
{
  g_assert_cmpstr (kouan_setup_stage_to_string (kouan_setup_get_stage (fixture->folder)), ==,
                   kouan_setup_stage_to_string (stage));
}

static char *
out_of_service (Fixture *fixture)
{
  g_autoptr (KouanStation) station = kouan_station_load (fixture->folder, NULL);
  g_autoptr (KouanOutbox) outbox = kouan_outbox_new (station, fixture->clock);
  g_autoptr (KouanDatabase) db = kouan_outbox_open_database (outbox, NULL);
  char *reason = NULL;

  g_assert_true (kouan_settings_get (db, "out-of-service", &reason, NULL));
  return reason;
}

static GPtrArray *
findings_of (KouanHealth health)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_finding_free);
  KouanFinding *finding = g_new0 (KouanFinding, 1);

  finding->id = g_strdup ("disk");
  finding->health = health;
  finding->what = "{number} MiB are free.";
  g_ptr_array_add (findings, finding);
  return findings;
}

static void
test_all_steps (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *out = kouan_setup_stick_request (fixture->stick, KIOSK);
  g_autofree char *bundle = kouan_setup_stick_bundle (fixture->stick, KIOSK);
  g_autofree char *fingerprint = NULL;
  g_autofree char *again = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *hub = NULL;
  g_autofree char *closed = NULL;
  g_autofree char *open = NULL;
  g_autoptr (GPtrArray) bad = findings_of (KOUAN_HEALTH_BAD);
  g_autoptr (GPtrArray) soon = findings_of (KOUAN_HEALTH_SOON);
  g_autoptr (GError) error = NULL;
  guint kiosk_id = 0;

  assert_stage (fixture, KOUAN_SETUP_NEW);
  g_assert_true (kouan_setup_request (fixture->folder, KIOSK, out, &fingerprint, &error));
  assert_stage (fixture, KOUAN_SETUP_REQUESTED);
  g_assert_true (kouan_setup_request (fixture->folder, KIOSK, out, &again, &error));
  expected = answer_at_hub (fixture, again); /* the hub shows that of the file it got */

  g_assert_false (kouan_setup_install (fixture->folder, bundle, "0000-0000", fixture->clock, &hub,
                                       &kiosk_id, &error));
  g_assert_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED);
  g_clear_error (&error);
  assert_stage (fixture, KOUAN_SETUP_REQUESTED);
  g_clear_pointer (&hub, g_free);
  g_assert_true (kouan_setup_install (fixture->folder, bundle, expected, fixture->clock, &hub,
                                      &kiosk_id, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (kiosk_id, ==, KIOSK);
  assert_stage (fixture, KOUAN_SETUP_ENROLLED);
  closed = out_of_service (fixture);
  g_assert_cmpstr (closed, ==, "maintenance");

  g_assert_true (
    kouan_setup_choose (fixture->folder, "station.profile", "border", fixture->clock, &error));
  g_assert_false (
    kouan_setup_choose (fixture->folder, "station.profile", "airport", fixture->clock, &error));
  g_clear_error (&error);
  g_assert_false (kouan_setup_go_live (fixture->folder, bad, fixture->clock, &error));
  g_assert_nonnull (strstr (error->message, "disk: 0 MiB are free."));
  g_clear_error (&error);
  assert_stage (fixture, KOUAN_SETUP_ENROLLED);
  g_assert_true (kouan_setup_go_live (fixture->folder, soon, fixture->clock, &error));
  g_assert_no_error (error);
  assert_stage (fixture, KOUAN_SETUP_LIVE);
  open = out_of_service (fixture);
  g_assert_null (open);
}

/* Returns: the exit status; @out: what it printed */
static int G_GNUC_NULL_TERMINATED
run (char **out, const char *program, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  const char *word;
  va_list list;

  g_clear_pointer (out, g_free);
  g_ptr_array_add (words, (gpointer)program);
  va_start (list, program);
  while ((word = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (words, (gpointer)word);
  va_end (list);
  g_ptr_array_add (words, NULL);
  process
    = g_subprocess_newv ((const char *const *)words->pdata,
                         G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, out, NULL, NULL));
  g_test_message ("%s", *out);
  return g_subprocess_get_exit_status (process);
}

#define SETUP(...) run (&out, ctl_program, "setup", "--station", fixture->folder, __VA_ARGS__, NULL)

static void
test_by_terminal (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *request = kouan_setup_stick_request (fixture->stick, KIOSK);
  g_autofree char *bundle = kouan_setup_stick_bundle (fixture->stick, KIOSK);
  g_autofree char *out = NULL;

  g_assert_cmpint (SETUP ("status"), ==, 0);
  g_assert_nonnull (strstr (out, "\"stage\":\"new\""));
  g_assert_cmpint (SETUP ("request", "--kiosk", "9", "--stick", fixture->stick), ==, 0);
  g_assert_nonnull (strstr (out, "request_fingerprint"));
  g_assert_cmpint (run (&out, hub_program, "enrol", fixture->world->hub_folder, request, "--hall",
                        "3", "--hall-name", "大厅", "--out", bundle, NULL),
                   ==, 0);
  g_assert_cmpint (SETUP ("install", "--stick", fixture->stick, "--kiosk", "9", "--hub", "0000"),
                   ==, 1);
  g_assert_cmpint (SETUP ("install", "--stick", fixture->stick, "--kiosk", "9"), ==, 0);
  g_assert_nonnull (strstr (out, "\"stage\":\"enrolled\""));
  g_assert_cmpint (SETUP ("device", "printer", "file:/nowhere/printer"), ==, 0);
  g_assert_cmpint (SETUP ("device", "toaster", "file:/"), ==, 1);
  g_assert_cmpint (SETUP ("test"), ==, 1);
  g_assert_nonnull (strstr (out, "\"check\":\"catalogue\",\"health\":\"bad\""));
  g_assert_nonnull (strstr (out, "\"check\":\"device:printer\""));
  g_assert_nonnull (strstr (out, "\"check\":\"program:kouan-pixels\",\"health\":\"good\""));
  g_assert_cmpint (SETUP ("live"), ==, 1);
  g_assert_cmpint (SETUP ("status"), ==, 0);
  g_assert_nonnull (strstr (out, "\"stage\":\"enrolled\""));
  g_assert_cmpint (
    run (&out, ctl_program, "doctor", "--station", fixture->folder, "--no-devices", NULL), ==, 1);
  g_assert_null (strstr (out, "device:"));
  g_assert_nonnull (strstr (out, "\"check\":\"certificate\",\"health\":\"good\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  ctl_program = argv[1];
  hub_program = argv[2];

#define ADD(path, function) g_test_add ("/setup/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("all-steps", test_all_steps);
  ADD ("by-terminal", test_by_terminal);
  return g_test_run ();
}
