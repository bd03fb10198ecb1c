/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/doctor/asker.h"
#include "app/hub/door.h"
#include "app/hub/stranger.h"
#include "app/record/outbox.h"
#include "db/kiosk/audit.h"
#include "db/kiosk/settings.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/hub.h"

#include <glib/gstdio.h>
#include <signal.h>
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
  g_assert_cmpstr (again, ==, fingerprint);
  expected = answer_at_hub (fixture, again);

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

/* The operator, who has heard @fingerprint from whoever stands at the machine. */
static void
answer_stranger (Fixture *fixture, const char *fingerprint)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  KouanHubPlacement placement = { .hall_id = KOUAN_TEST_HALL, .hall_names = names };
  g_autoptr (KouanHubEnrolled) enrolled = NULL;
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (names, (gpointer) "zh-Hans", (gpointer) "测试大厅");
  enrolled = kouan_hub_answer_stranger (fixture->world->hub, fingerprint, &placement, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (enrolled->kiosk_fingerprint, ==, fingerprint);
}

static void
wait_for_state (KouanAsker *asker, KouanAskerState state)
{
  while (kouan_asker_get_state (asker) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_trouble (KouanAsker *asker, KouanAskError expected)
{
  KouanAskError code;

  while (!kouan_asker_get_trouble (asker, &code))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (code, ==, expected);
}

/* Asked, cut off, gone on with, answered, installed: with a hub that is away in between. */
static void
test_over_the_network (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubDoor) door = kouan_hub_door_new (fixture->world->hub, 0, &error);
  guint port = kouan_hub_door_get_port (door);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/", port);
  g_autofree char *expected = kouan_hub_get_fingerprint (fixture->world->hub, NULL);
  g_autofree char *fetched = kouan_setup_fetched (fixture->folder);
  g_autofree char *hub = NULL;
  g_autoptr (KouanAsker) asker = kouan_asker_new (fixture->folder, 1);
  g_autoptr (KouanAsked) asked = NULL;
  guint kiosk_id = 0;

  g_assert_cmpint (kouan_asker_get_state (asker), ==, KOUAN_ASKER_IDLE);
  kouan_asker_ask (asker, KIOSK, url);
  wait_for_state (asker, KOUAN_ASKER_WAITING);
  assert_stage (fixture, KOUAN_SETUP_REQUESTED);
  asked = kouan_ask_read (fixture->folder);
  g_clear_object (&asker); /* a power cut */
  asker = kouan_asker_new (fixture->folder, 1);
  g_assert_cmpint (kouan_asker_get_state (asker), ==, KOUAN_ASKER_WAITING);
  g_clear_pointer (&door, kouan_hub_door_free);
  wait_for_trouble (asker, KOUAN_ASK_ERROR_AWAY);
  door = kouan_hub_door_new (fixture->world->hub, port, &error);
  g_assert_no_error (error);
  answer_stranger (fixture, asked->fingerprint);
  wait_for_state (asker, KOUAN_ASKER_ANSWERED);
  g_assert_false (kouan_setup_install (fixture->folder, fetched, asked->fingerprint, fixture->clock,
                                       &hub, &kiosk_id, &error));
  g_assert_error (error, KOUAN_STATION_ERROR, KOUAN_STATION_ERROR_MALFORMED);
  g_clear_error (&error);
  g_clear_pointer (&hub, g_free);
  g_assert_true (kouan_setup_install (fixture->folder, fetched, expected, fixture->clock, &hub,
                                      &kiosk_id, &error));
  g_assert_no_error (error);
  assert_stage (fixture, KOUAN_SETUP_ENROLLED);
  g_assert_false (g_file_test (fetched, G_FILE_TEST_EXISTS));
  g_assert_null (kouan_ask_read (fixture->folder));
}

static void
test_network_refused (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubDoor) door = kouan_hub_door_new (fixture->world->hub, 0, &error);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", kouan_hub_door_get_port (door));
  g_autoptr (KouanAsker) asker = kouan_asker_new (fixture->folder, 1);
  g_autoptr (KouanAsked) asked = NULL;

  kouan_asker_ask (asker, KIOSK, "hub.example");
  wait_for_trouble (asker, KOUAN_ASK_ERROR_ADDRESS);
  g_assert_cmpint (kouan_asker_get_state (asker), ==, KOUAN_ASKER_IDLE);
  kouan_asker_ask (asker, KIOSK, url);
  wait_for_state (asker, KOUAN_ASKER_WAITING);
  asked = kouan_ask_read (fixture->folder);
  g_assert_true (kouan_hub_store_refuse_stranger (kouan_hub_get_store (fixture->world->hub),
                                                  asked->fingerprint, 1, &error));
  wait_for_trouble (asker, KOUAN_ASK_ERROR_REFUSED);
  kouan_asker_forget (asker);
  g_assert_cmpint (kouan_asker_get_state (asker), ==, KOUAN_ASKER_IDLE);
  g_assert_null (kouan_ask_read (fixture->folder));
}

/* Every way in which asking fails has its two sentences. */
static void
test_network_sentences (void)
{
  for (KouanAskError code = KOUAN_ASK_ERROR_ADDRESS; code <= KOUAN_ASK_ERROR_CANCELLED; code++)
    {
      g_assert_cmpstr (kouan_setup_ask_trouble (code), !=, NULL);
      g_assert_cmpstr (kouan_setup_ask_remedy (code), !=, NULL);
    }
}

/* Returns: (transfer full): the hub's program, at work. @port: (out): where strangers may ask */
static GSubprocess *
serve (Fixture *fixture, guint *port)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *server = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, hub_program,
    "serve", fixture->world->hub_folder, "--port", "0", "--enrolment", "0", NULL);
  g_autoptr (GDataInputStream) lines
    = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  const char *name = "\"enrolment_port\":";
  const char *found = line != NULL ? strstr (line, name) : NULL;

  g_assert_no_error (error);
  g_assert_nonnull (found);
  *port = (guint)g_ascii_strtoull (found + strlen (name), NULL, 10);
  return server;
}

/* Returns: (transfer full): the text that is @name's value in a line of JSON */
static char *
value_of (const char *line, const char *name)
{
  g_autofree char *head = g_strdup_printf ("\"%s\":\"", name);
  const char *found = strstr (line, head);

  g_assert_nonnull (found);
  found += strlen (head);
  return g_strndup (found, strcspn (found, "\""));
}

#define REQUESTS(verb, ...)                                                                        \
  run (&out, hub_program, "requests", verb, fixture->world->hub_folder, __VA_ARGS__)

/* Two people at two terminals, who read fingerprints to each other over the telephone. */
static void
test_network_by_terminal (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint port;
  g_autoptr (GSubprocess) server = serve (fixture, &port);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_autofree char *out = NULL;
  g_autofree char *kiosk_reads = NULL;
  g_autofree char *hub_reads = NULL;

  g_assert_cmpint (SETUP ("fetch", "--hub", "0000"), ==, 1);
  g_assert_cmpint (SETUP ("request", "--kiosk", "9", "--url", "http://127.0.0.1:1"), ==, 1);
  g_assert_cmpint (SETUP ("request", "--kiosk", "9", "--url", "https://127.0.0.1:1"), ==, 3);
  g_assert_cmpint (SETUP ("request", "--kiosk", "9", "--url", url), ==, 0);
  kiosk_reads = value_of (out, "request_fingerprint");
  g_assert_cmpint (SETUP ("fetch", "--hub", "0000"), ==, 1);
  g_assert_cmpint (REQUESTS ("list", NULL), ==, 0);
  g_assert_nonnull (strstr (out, "\"state\":\"waits\",\"kiosk\":9,\"from\":\"127.0.0.1\""));
  g_assert_null (strstr (out, kiosk_reads)); /* the operator has to hear it */
  g_assert_cmpint (REQUESTS ("show", kiosk_reads, NULL), ==, 0);
  g_assert_cmpint (REQUESTS ("show", "1a2b-3c4d", NULL), ==, 1);
  g_assert_cmpint (run (&out, hub_program, "enrol", fixture->world->hub_folder, "--asked",
                        "1a2b-3c4d", "--hall", "3", "--hall-name", "大厅", NULL),
                   ==, 1);
  g_assert_cmpint (run (&out, hub_program, "enrol", fixture->world->hub_folder, "--asked",
                        kiosk_reads, "--hall", "3", "--hall-name", "大厅", NULL),
                   ==, 0);
  hub_reads = value_of (out, "hub_fingerprint");
  g_assert_cmpint (SETUP ("fetch", "--hub", "1a2b-3c4d"), ==, 1);
  g_assert_cmpint (SETUP ("fetch", "--hub", hub_reads, "--wait", "60"), ==, 0);
  g_assert_nonnull (strstr (out, "\"stage\":\"enrolled\""));
  g_assert_cmpint (REQUESTS ("list", NULL), ==, 0);
  g_assert_nonnull (strstr (out, "\"state\":\"answered\""));
  g_assert_cmpint (REQUESTS ("forget", NULL), ==, 0);
  g_assert_nonnull (strstr (out, "\"forgotten\":1"));
  g_subprocess_send_signal (server, SIGTERM);
  g_assert_true (g_subprocess_wait (server, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (server), ==, 0);
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
  ADD ("over-the-network", test_over_the_network);
  ADD ("network-refused", test_network_refused);
  ADD ("network-by-terminal", test_network_by_terminal);
  g_test_add_func ("/setup/network-sentences", test_network_sentences);
  return g_test_run ();
}
