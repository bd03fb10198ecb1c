/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/clock/clock.h"
#include "app/record/outbox.h"
#include "db/kiosk/records.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/line.h"

#include <signal.h>
#include <string.h>

/* The programs themselves, as an operator and a nightly timer run them, and killed without warning.
 */

#define SIZE 500000

static const char *hub_program, *sync_program, *ctl_program;

typedef struct
{
  char *folder, *hub, *station;
  KouanTestLine *line;
  GSubprocess *server;
  KouanClock *clock;
  KouanStation *the_station;
  KouanOutbox *outbox;
  KouanDatabase *db;
  GSubprocess *sync; /* while one runs */
} Fixture;

/* Returns: the exit status; @out: (nullable): what it printed */
static int G_GNUC_NULL_TERMINATED
run (char **out, const char *program, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *word;
  va_list list;

  g_ptr_array_add (words, (gpointer)program);
  va_start (list, program);
  while ((word = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (words, (gpointer)word);
  va_end (list);
  g_ptr_array_add (words, NULL);
  process = g_subprocess_newv ((const char *const *)words->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                               &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error));
  if (out != NULL)
    *out = g_steal_pointer (&text);
  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
}

static void
serve (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  const char *port;

  fixture->server
    = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                        hub_program, "serve", fixture->hub, "--port", "0", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->server));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_nonnull (line);
  port = strstr (line, "\"port\":");
  g_assert_nonnull (port);
  kouan_test_line_set_target (fixture->line,
                              (guint)g_ascii_strtoull (port + strlen ("\"port\":"), NULL, 10));
}

static void
kill_server (Fixture *fixture)
{
  g_subprocess_send_signal (fixture->server, SIGKILL);
  g_subprocess_wait (fixture->server, NULL, NULL);
  g_clear_object (&fixture->server);
}

static void
enrol (Fixture *fixture)
{
  g_autofree char *request = g_build_filename (fixture->station, "enrolment.request", NULL);
  g_autofree char *bundle = g_build_filename (fixture->folder, "bundle", NULL);
  g_autofree char *port = g_strdup_printf ("%u", kouan_test_line_get_port (fixture->line));

  g_assert_cmpint (run (NULL, hub_program, "init", fixture->hub, "--port", port, NULL), ==, 0);
  g_assert_cmpint (run (NULL, hub_program, "init", fixture->hub, NULL), ==, 1);
  g_assert_cmpint (
    run (NULL, ctl_program, "station", "request", fixture->station, "--kiosk", "7", NULL), ==, 0);
  g_assert_cmpint (run (NULL, hub_program, "enrol", fixture->hub, request, "--hall", "3",
                        "--hall-name", "大厅", "--out", bundle, NULL),
                   ==, 0);
  g_assert_cmpint (
    run (NULL, hub_program, "enrol", fixture->hub, request, "--hall", "3", "--out", bundle, NULL),
    ==, 1);
  g_assert_cmpint (run (NULL, ctl_program, "station", "install", fixture->station, bundle, NULL),
                   ==, 0);
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = kouan_test_folder_new ();
  fixture->hub = g_build_filename (fixture->folder, "hub", NULL);
  fixture->station = g_build_filename (fixture->folder, "station", NULL);
  fixture->line = kouan_test_line_new (0);
  enrol (fixture);
  serve (fixture);
  fixture->clock = kouan_system_clock_new ();
  fixture->the_station = kouan_station_load (fixture->station, &error);
  g_assert_no_error (error);
  fixture->outbox = kouan_outbox_new (fixture->the_station, fixture->clock);
  fixture->db = kouan_outbox_open_database (fixture->outbox, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  if (fixture->server != NULL)
    kill_server (fixture);
  kouan_test_line_free (fixture->line);
  g_clear_object (&fixture->db);
  g_clear_object (&fixture->outbox);
  g_clear_object (&fixture->the_station);
  g_clear_object (&fixture->clock);
  g_free (fixture->hub);
  g_free (fixture->station);
  kouan_test_folder_remove (fixture->folder);
}

static KouanSubmitted *
submit (Fixture *fixture, guint8 code)
{
  g_autoptr (KouanSubmission) submission = kouan_submission_new (1);
  g_autofree char *data = g_malloc0 (SIZE);
  g_autoptr (GBytes) contents = g_bytes_new (data, SIZE);
  g_autoptr (GError) error = NULL;
  guint8 code_id[16];
  KouanSubmitted *submitted;

  memset (code_id, code, sizeof code_id);
  kouan_submission_set_code (submission, code_id);
  kouan_submission_add (submission, "application.json", contents);
  submitted
    = kouan_outbox_submit (fixture->outbox, fixture->db, submission, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return submitted;
}

static int
sync_once (Fixture *fixture, char **out)
{
  return run (out, sync_program, "--station", fixture->station, "--once", NULL);
}

static guint
count_lines (const char *text)
{
  guint count = 0;

  for (const char *c = text; *c != '\0'; c++)
    count += *c == '\n';
  return count;
}

static guint
count_at_hub (Fixture *fixture)
{
  g_autofree char *out = NULL;

  g_assert_cmpint (run (&out, hub_program, "list", fixture->hub, NULL), ==, 0);
  return count_lines (out);
}

/* Whatever happened, nothing has vanished and nothing has come twice. */
static void
assert_balance (Fixture *fixture, guint captured)
{
  KouanRecordBalance balance;
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_records_balance (fixture->db, &balance, &error));
  g_assert_cmpint (balance.captured, ==, captured);
  g_assert_cmpint (balance.queued + balance.sent + balance.archived + balance.refused, ==,
                   captured);
  g_assert_cmpuint (count_at_hub (fixture), <=, captured);
}

static void
test_whole_life (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) submitted = submit (fixture, 1);
  g_autofree char *opened = g_build_filename (fixture->folder, "opened", NULL);
  g_autofree char *member = g_build_filename (opened, "application.json", NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *list = NULL;
  g_autofree char *alarms = NULL;

  g_assert_cmpint (sync_once (fixture, &first), ==, 0);
  g_assert_nonnull (strstr (first, "\"committed\":1"));
  g_assert_nonnull (strstr (first, "\"hub\":\"reached\""));
  g_assert_cmpint (run (&list, hub_program, "list", fixture->hub, NULL), ==, 0);
  g_assert_nonnull (strstr (list, submitted->number));
  g_assert_cmpint (
    run (NULL, hub_program, "open", fixture->hub, submitted->number, "--out", opened, NULL), ==, 0);
  g_assert_true (g_file_test (member, G_FILE_TEST_EXISTS));
  g_assert_cmpint (
    run (NULL, hub_program, "open", fixture->hub, "00007-000999-00", "--out", opened, NULL), !=, 0);
  g_assert_cmpint (run (NULL, hub_program, "archive", fixture->hub, "--all", NULL), ==, 0);
  g_assert_cmpint (sync_once (fixture, &second), ==, 0);
  g_assert_nonnull (strstr (second, "\"archived\":1"));
  g_assert_cmpint (run (&alarms, hub_program, "alarms", fixture->hub, NULL), ==, 0);
  g_assert_cmpstr (alarms, ==, "");
  assert_balance (fixture, 1);
}

static void
test_exit_statuses (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSubmitted) submitted G_GNUC_UNUSED = submit (fixture, 1);
  g_autofree char *out = NULL;

  kill_server (fixture);
  g_assert_cmpint (sync_once (fixture, &out), ==, 3);
  g_assert_nonnull (strstr (out, "\"hub\":\"away\""));
  g_assert_nonnull (strstr (out, "\"waiting\":1"));
  g_assert_cmpint (run (NULL, sync_program, NULL), ==, 2);
  g_assert_cmpint (run (NULL, sync_program, "--station", "/nowhere", NULL), ==, 4);
  g_assert_cmpint (run (NULL, hub_program, NULL), ==, 2);
  g_assert_cmpint (run (NULL, hub_program, "frobnicate", NULL), ==, 2);
  g_assert_cmpint (run (NULL, hub_program, "list", "/nowhere", NULL), ==, 1);
  g_assert_cmpint (run (NULL, hub_program, "archive", fixture->hub, NULL), ==, 2);
  g_assert_cmpint (run (NULL, hub_program, "revoke", fixture->hub, "8", NULL), ==, 1);
  g_assert_cmpint (run (NULL, hub_program, "revoke", fixture->hub, "x", NULL), ==, 2);
  serve (fixture);
  g_assert_cmpint (run (NULL, hub_program, "revoke", fixture->hub, "7", NULL), ==, 0);
  g_assert_cmpint (sync_once (fixture, NULL), ==, 3);
  assert_balance (fixture, 1);
}

/* A list goes out by the program; one that no kiosk would take is refused before it is signed. */
static void
test_publish (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->hub, "list", NULL);
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (
    g_file_set_contents (path, "00112233445566778899aabbccddeeff\nno code\n", -1, &error));
  g_assert_cmpint (run (&out, hub_program, "publish", fixture->hub, "revoked", path, NULL), ==, 1);
  g_clear_pointer (&out, g_free);
  g_assert_true (g_file_set_contents (path, "00112233445566778899aabbccddeeff\n", -1, &error));
  g_assert_cmpint (run (&out, hub_program, "publish", fixture->hub, "revoked", path, NULL), ==, 0);
  g_assert_nonnull (strstr (out, "\"version\":1"));
  g_assert_cmpint (run (NULL, hub_program, "publish", fixture->hub, "trust", path, NULL), ==, 1);
}

static void
on_cut_kill_server (gpointer data)
{
  kill_server (data);
}

static void
test_hub_is_killed (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const gint64 cuts[] = { 1000, 3000, 200000, 270000, 480000, 508000 };

  kouan_test_line_on_cut (fixture->line, on_cut_kill_server, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (KouanSubmitted) submitted G_GNUC_UNUSED = submit (fixture, (guint8)(i + 1));
      int status;

      kouan_test_line_cut_up (fixture->line, cuts[i]);
      status = sync_once (fixture, NULL);
      assert_balance (fixture, i + 1);
      if (fixture->server == NULL)
        serve (fixture);
      if (status != 0)
        g_assert_cmpint (sync_once (fixture, NULL), ==, 0);
      g_assert_cmpuint (count_at_hub (fixture), ==, i + 1);
    }
}

static void
on_cut_kill_sync (gpointer data)
{
  Fixture *fixture = data;

  g_subprocess_send_signal (fixture->sync, SIGKILL);
}

static void
test_sync_is_killed (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const gint64 cuts[] = { 1000, 3000, 200000, 270000, 480000, 509000 };

  kouan_test_line_on_cut (fixture->line, on_cut_kill_sync, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autoptr (KouanSubmitted) submitted G_GNUC_UNUSED = submit (fixture, (guint8)(i + 1));
      g_autoptr (GError) error = NULL;

      kouan_test_line_cut_up (fixture->line, cuts[i]);
      fixture->sync
        = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                            &error, sync_program, "--station", fixture->station, "--once", NULL);
      g_assert_no_error (error);
      g_assert_true (g_subprocess_wait (fixture->sync, NULL, &error));
      g_clear_object (&fixture->sync);
      kouan_test_line_cut_up (fixture->line, G_MAXINT32);
      assert_balance (fixture, i + 1);
      g_assert_cmpint (sync_once (fixture, NULL), ==, 0);
      g_assert_cmpuint (count_at_hub (fixture), ==, i + 1);
    }
}

/* Told to end, the hub ends at once, and the kiosk goes on with the next one. */
static void
test_hub_is_stopped (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (fixture->server, SIGTERM);
  g_assert_true (g_subprocess_wait (fixture->server, NULL, &error));
  g_assert_true (g_subprocess_get_if_exited (fixture->server));
  g_assert_cmpint (g_subprocess_get_exit_status (fixture->server), ==, 0);
  g_clear_object (&fixture->server);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/hub/programs/" name, Fixture, NULL, set_up, function, tear_down)

/* The audit, from the kiosk to the hub and back: anchored, exported, and proved with the hub's key. */
static void
test_audit (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *file = g_build_filename (fixture->folder, "audit.jsonl", NULL);
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;
  g_autofree char *proof = NULL;

  kouan_submitted_free (submit (fixture, 1));
  g_assert_cmpint (sync_once (fixture, NULL), ==, 0);
  g_assert_cmpint (
    run (&here, ctl_program, "audit", "verify", "--station", fixture->station, NULL), ==, 0);
  g_assert_null (strstr (here, "\"anchored\":0"));
  g_assert_cmpint (run (&there, hub_program, "audit", fixture->hub, "7", NULL), ==, 0);
  g_assert_cmpuint (count_lines (there), ==, 1);
  g_assert_cmpint (run (NULL, ctl_program, "audit", "export", "--station", fixture->station,
                        "--out", file, NULL),
                   ==, 0);
  g_assert_cmpint (run (&proof, hub_program, "audit", fixture->hub, "7", "--verify", file, NULL),
                   ==, 0);
  g_assert_nonnull (strstr (proof, "\"state\":\"whole\""));
  g_assert_null (strstr (proof, "\"proven\":0"));
  g_assert_cmpint (run (NULL, hub_program, "audit", fixture->hub, "8", NULL), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 4);
  hub_program = argv[1];
  sync_program = argv[2];
  ctl_program = argv[3];
  ADD ("whole-life", test_whole_life);
  ADD ("exit-statuses", test_exit_statuses);
  ADD ("audit", test_audit);
  ADD ("publish", test_publish);
  ADD ("hub-is-killed", test_hub_is_killed);
  ADD ("sync-is-killed", test_sync_is_killed);
  ADD ("hub-is-stopped", test_hub_is_stopped);
  return g_test_run ();
}
