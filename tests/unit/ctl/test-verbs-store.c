/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/ctl/ctl.h"
#include "app/record/outbox.h"
#include "db/kiosk/lists.h"
#include "db/kiosk/records.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/station.h"

#include <glib/gstdio.h>

/* The verbs of the queue, as a script calls them: kouanctl itself, named by the first argument. */

static const char *program;

typedef struct
{
  char *folder;
  char *station;
  char *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->station = g_build_filename (fixture->folder, "station", NULL);
  fixture->file = g_build_filename (fixture->folder, "application.json", NULL);
  kouan_test_station_make (fixture->folder, NULL);
  g_assert_true (g_file_set_contents (fixture->file, "{\"a\":1}", -1, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_free (fixture->station);
  g_free (fixture->file);
  kouan_test_folder_remove (fixture->folder);
}

/* Returns: (transfer full): what was printed; checks how it ended */
static char *
run (KouanExit expected, const char *const *words)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status;

  g_ptr_array_add (argv, (char *)program);
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, (char *)words[i]);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **)argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status,
                &error);
  g_assert_no_error (error);
  g_test_message ("%s%s", out, err);
  g_spawn_check_wait_status (status, &error);
  g_assert_cmpint (error != NULL ? error->code : 0, ==, (gint)expected);
  if (expected >= KOUAN_EXIT_USAGE)
    g_assert_cmpstr (out, ==, "");
  return out;
}

#define RUN(expected, ...) run (expected, (const char *const[]){ __VA_ARGS__, NULL })

static JsonObject *
parse (const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = json_from_string (line, &error);

  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (root));
}

static JsonObject *
seal (Fixture *fixture)
{
  g_autofree char *out = RUN (KOUAN_EXIT_OK, "record", "seal", "--station", fixture->station,
                              "--service", "5", fixture->file);

  return parse (out);
}

static void
test_from_seal_to_open (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (JsonObject) sealed = seal (fixture);
  const char *number = json_object_get_string_member (sealed, "number");
  const char *record = json_object_get_string_member (sealed, "record");
  g_autofree char *shown
    = RUN (KOUAN_EXIT_OK, "record", "show", "--station", fixture->station, number);
  g_autofree char *again
    = RUN (KOUAN_EXIT_OK, "record", "show", "--station", fixture->station, record);
  g_autoptr (JsonObject) row = parse (shown);
  g_autofree char *key = g_build_filename (fixture->folder, "hub.key", NULL);
  g_autofree char *out = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *member = g_build_filename (out, "application.json", NULL);
  g_autofree char *opened = NULL;
  g_autofree char *contents = NULL;

  g_assert_cmpstr (shown, ==, again);
  g_assert_cmpstr (json_object_get_string_member (row, "state"), ==, "queued");
  g_assert_cmpint (json_object_get_int_member (row, "service"), ==, 5);
  g_assert_true (json_object_get_boolean_member (row, "file_there"));
  g_assert_true (json_object_get_boolean_member (row, "manifest_signed"));
  opened = RUN (KOUAN_EXIT_OK, "record", "open", json_object_get_string_member (row, "file"),
                "--identity", key, "--out", out);
  g_assert_nonnull (strstr (opened, "\"application.json\""));
  g_assert_true (g_file_get_contents (member, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "{\"a\":1}");
}

static void
test_open_refusals (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *key = g_build_filename (fixture->folder, "hub.key", NULL);
  g_autofree char *out = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *damaged = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *no_key = NULL;

  damaged = RUN (KOUAN_EXIT_NO, "record", "open", fixture->file, "--identity", key, "--out", out);
  missing = RUN (KOUAN_EXIT_FAILED, "record", "open", "/nowhere", "--identity", key, "--out", out);
  no_key = RUN (KOUAN_EXIT_FAILED, "record", "open", fixture->file, "--identity", "/nowhere",
                "--out", out);
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

static void
test_list_and_status (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *before G_GNUC_UNUSED
    = RUN (KOUAN_EXIT_FAILED, "queue", "status", "--station", fixture->station);
  g_autoptr (JsonObject) first G_GNUC_UNUSED = seal (fixture);
  g_autoptr (JsonObject) second = seal (fixture);
  g_autofree char *list = RUN (KOUAN_EXIT_OK, "record", "list", "--station", fixture->station);
  g_auto (GStrv) lines = g_strsplit (list, "\n", -1);
  g_autofree char *status = RUN (KOUAN_EXIT_OK, "queue", "status", "--station", fixture->station);
  g_autoptr (JsonObject) balance = parse (status);

  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_cmpstr (lines[2], ==, "");
  g_assert_nonnull (strstr (lines[1], json_object_get_string_member (second, "number")));
  g_assert_cmpint (json_object_get_int_member (balance, "captured"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (balance, "queued"), ==, 2);
  g_assert_true (json_object_get_boolean_member (balance, "adds_up"));
}

static void
test_lists (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanStation) station = kouan_station_load (fixture->station, &error);
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autoptr (KouanOutbox) outbox = kouan_outbox_new (station, clock);
  g_autoptr (KouanDatabase) db = kouan_outbox_open_database (outbox, &error);
  g_autoptr (GBytes) content = g_bytes_new_static ("12345", 5);
  const KouanListRow row = { .version = 3, .issued_s = 1800000000, .content = content };
  g_autofree char *none = RUN (KOUAN_EXIT_NO, "lists", "--station", fixture->station);
  g_autofree char *one = NULL;
  g_autoptr (JsonObject) line = NULL;

  g_assert_cmpstr (none, ==, "");
  g_assert_true (kouan_lists_replace (db, "appointments", &row, 1, &error));
  g_assert_no_error (error);
  one = RUN (KOUAN_EXIT_OK, "lists", "--station", fixture->station);
  line = parse (one);
  g_assert_cmpstr (json_object_get_string_member (line, "list"), ==, "appointments");
  g_assert_cmpint (json_object_get_int_member (line, "version"), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (line, "issued"), ==, "2027-01-15T08:00:00Z");
  g_assert_cmpint (json_object_get_int_member (line, "bytes"), ==, 5);
}

static void
test_unknown_record (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (JsonObject) sealed G_GNUC_UNUSED = seal (fixture);
  g_autofree char *out
    = RUN (KOUAN_EXIT_NO, "record", "show", "--station", fixture->station, "00007-000099-99");

  g_assert_cmpstr (out, ==, "");
}

static void
test_receipt (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (JsonObject) sealed = seal (fixture);
  g_autofree char *pem = g_build_filename (fixture->station, KOUAN_STATION_SIGNING_PUBLIC, NULL);
  g_autofree char *slip = g_strdup (json_object_get_string_member (sealed, "slip"));
  const char *number = json_object_get_string_member (sealed, "number");
  g_autofree char *by_station
    = RUN (KOUAN_EXIT_OK, "receipt", "verify", "--station", fixture->station, slip);
  g_autofree char *by_key = RUN (KOUAN_EXIT_OK, "receipt", "verify", "--kiosk", pem, slip);
  g_autofree char *by_number = RUN (KOUAN_EXIT_OK, "receipt", "verify", "--kiosk", pem, number);
  g_autofree char *bad_number
    = RUN (KOUAN_EXIT_NO, "receipt", "verify", "--kiosk", pem, "00007-000001-00");
  g_autofree char *bad_slip = NULL;

  g_assert_cmpstr (by_station, ==, by_key);
  g_assert_nonnull (strstr (by_key, number));
  g_assert_nonnull (strstr (by_number, "\"signed\":false"));
  g_assert_nonnull (strstr (bad_number, "\"valid\":false"));
  slip[strlen (slip) - 6] = slip[strlen (slip) - 6] == 'A' ? 'B' : 'A';
  bad_slip = RUN (KOUAN_EXIT_NO, "receipt", "verify", "--kiosk", pem, slip);
  g_assert_nonnull (strstr (bad_slip, "\"valid\":false"));
}

static void
test_receipt_of_a_stranger (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (JsonObject) sealed = seal (fixture);
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *pem = g_build_filename (other, "station", KOUAN_STATION_SIGNING_PUBLIC, NULL);
  g_autofree char *out = NULL;

  g_assert_cmpint (g_mkdir (other, 0700), ==, 0);
  kouan_test_station_make (other, NULL);
  out = RUN (KOUAN_EXIT_NO, "receipt", "verify", "--kiosk", pem,
             json_object_get_string_member (sealed, "slip"));
  g_assert_nonnull (strstr (out, "\"reason\":\"unknown-key\""));
}

static void
test_audit (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (JsonObject) sealed = seal (fixture);
  g_autofree char *shown = RUN (KOUAN_EXIT_OK, "audit", "show", "--station", fixture->station);
  g_autofree char *rest
    = RUN (KOUAN_EXIT_OK, "audit", "show", "--station", fixture->station, "--after", "2");
  g_autofree char *found = RUN (KOUAN_EXIT_OK, "audit", "show", "--station", fixture->station,
                                "--action", "record.", "--text", "queued", "--newest", "5");
  g_autofree char *none = RUN (KOUAN_EXIT_OK, "audit", "show", "--station", fixture->station,
                               "--to", "2026-01-01", "--result", "ok");
  g_autofree char *verdict = RUN (KOUAN_EXIT_OK, "audit", "verify", "--station", fixture->station);

  g_assert_nonnull (strstr (shown, "\"action\":\"audit.sealed\""));
  g_assert_nonnull (strstr (shown, "\"action\":\"record.queued\""));
  g_assert_nonnull (strstr (shown, json_object_get_string_member (sealed, "record")));
  g_assert_cmpstr (rest, ==, "");
  g_assert_true (g_str_has_prefix (found, "{\"sequence\":2,"));
  g_assert_cmpstr (none, ==, "");
  g_assert_true (g_str_has_prefix (verdict, "{\"whole\":true,\"entries\":2,\"sealed\":2,"));
}

/* The log as a file: whoever has the kiosk's key sees that it is whole, and who may open the log's
 * key that each entry is genuine. */
static void
test_audit_file (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (JsonObject) sealed G_GNUC_UNUSED = seal (fixture);
  g_autofree char *file = g_build_filename (fixture->folder, "audit.jsonl", NULL);
  g_autofree char *pem = g_build_filename (fixture->station, KOUAN_STATION_SIGNING_PUBLIC, NULL);
  g_autofree char *key = g_build_filename (fixture->folder, "escrow.key", NULL);
  g_autofree char *done
    = RUN (KOUAN_EXIT_OK, "audit", "export", "--station", fixture->station, "--out", file);
  g_autofree char *verdict
    = RUN (KOUAN_EXIT_OK, "audit", "verify", "--file", file, "--kiosk", pem, "--identity", key);
  g_autofree char *refused = NULL;
  g_autofree char *text = NULL;

  g_assert_nonnull (strstr (done, "\"entries\":2"));
  g_assert_nonnull (strstr (verdict, "\"kiosk\":7"));
  g_assert_nonnull (strstr (verdict, "\"proven\":2"));
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  *strstr (text, "queued") = 'x';
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
  refused = RUN (KOUAN_EXIT_NO, "audit", "verify", "--file", file, "--kiosk", pem);
  g_assert_cmpstr (refused, ==, "");
}

static void
test_config (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *conf = g_build_filename (fixture->station, KOUAN_STATION_CONFIG, NULL);
  g_autofree char *right
    = RUN (KOUAN_EXIT_OK, "config", "set", "--station", fixture->station, "sync.pause-minutes=9");
  g_autofree char *shown = RUN (KOUAN_EXIT_OK, "config", "show", "--station", fixture->station);
  g_autofree char *refused
    = RUN (KOUAN_EXIT_NO, "config", "set", "--station", fixture->station, "sync.pause-minutes=x");
  g_autofree char *before = NULL;
  g_autofree char *fault = NULL;
  g_autofree char *still = NULL;

  g_assert_cmpstr (right, ==, "{\"right\":true}\n");
  g_assert_cmpstr (refused, ==, "");
  g_assert_nonnull (strstr (shown, "{\"key\":\"sync.pause-minutes\",\"value\":\"9\",\"set\":true,"
                                   "\"default\":\"15\",\"unit\":\"minutes\""));
  g_assert_true (g_file_get_contents (conf, &before, NULL, NULL));
  g_assert_true (g_file_set_contents (conf, "[station]\nkiosk=seven\n", -1, NULL));
  fault = RUN (KOUAN_EXIT_NO, "config", "check", "--station", fixture->station);
  g_assert_nonnull (strstr (fault, "kouan.conf:2: [station] kiosk: found"));
  still = RUN (KOUAN_EXIT_NO, "config", "show", "--station", fixture->station);
  g_assert_nonnull (strstr (still, "\"sync.pause-minutes\",\"value\":\"9\""));
}

static void
test_usage (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const calls[][6] = {
    { "record" },
    { "record", "seal" },
    { "record", "seal", "--station", "x" },
    { "record", "list" },
    { "record", "show", "--station", "x" },
    { "record", "burn", "--station", "x" },
    { "record", "--nothing" },
    { "record", "open", "x" },
    { "queue", "status" },
    { "queue", "--station", "x" },
    { "receipt", "verify", "x" },
    { "receipt", "verify", "--station", "x" },
    { "audit", "show" },
    { "audit", "burn", "--station", "x" },
    { "audit", "verify" },
    { "config", "check" },
    { "config", "set", "--station", "x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    g_free (run (KOUAN_EXIT_USAGE, calls[i]));
  g_free (RUN (KOUAN_EXIT_FAILED, "queue", "status", "--station", fixture->folder));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];

#define ADD(path, function)                                                                        \
  g_test_add ("/ctl/store/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("from-seal-to-open", test_from_seal_to_open);
  ADD ("open-refusals", test_open_refusals);
  ADD ("list-and-status", test_list_and_status);
  ADD ("lists", test_lists);
  ADD ("unknown-record", test_unknown_record);
  ADD ("receipt", test_receipt);
  ADD ("receipt-of-a-stranger", test_receipt_of_a_stranger);
  ADD ("audit", test_audit);
  ADD ("audit-file", test_audit_file);
  ADD ("config", test_config);
  ADD ("usage", test_usage);
  return g_test_run ();
}
