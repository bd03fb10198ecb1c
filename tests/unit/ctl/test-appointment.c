/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/appointment/appointment.h"
#include "app/crypto/secret-file.h"
#include "db/kiosk/codes.h"
#include "db/kiosk/kiosk-store.h"
#include "db/kiosk/lists.h"
#include "db/kiosk/records.h"
#include "tests/testlib/ctl.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/station.h"

#include <glib/gstdio.h>
#include <string.h>

#define OK 0
#define NO 1
#define USAGE 2
#define FAILED 3

typedef struct
{
  char *folder;
  char *key;
  char *issuer;
  char *hall_key;
  char *station;
  KouanSigningKey *signing;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *pem = NULL;
  g_autoptr (KouanSecret) hall_key = kouan_secret_new_random (KOUAN_KEY_SIZE);

  fixture->folder = kouan_test_folder_new ();
  fixture->key = g_build_filename (fixture->folder, "issuer.pem", NULL);
  fixture->issuer = g_build_filename (fixture->folder, "issuer.pub.pem", NULL);
  fixture->hall_key = g_build_filename (fixture->folder, "hall.key", NULL);
  fixture->station = g_build_filename (fixture->folder, "station", NULL);
  fixture->signing = kouan_signing_key_generate ();
  pem = kouan_verifying_key_to_pem (kouan_signing_key_get_public (fixture->signing));
  g_assert_true (kouan_signing_key_save (fixture->signing, fixture->key, NULL));
  g_assert_true (g_file_set_contents (fixture->issuer, pem, -1, NULL));
  g_assert_true (kouan_secret_save (hall_key, fixture->hall_key, NULL));
  kouan_test_station_make (fixture->folder, fixture->signing);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_signing_key_unref (fixture->signing);
  g_free (fixture->key);
  g_free (fixture->issuer);
  g_free (fixture->hall_key);
  g_free (fixture->station);
  kouan_test_folder_remove (fixture->folder);
}

/* For hall 3, which is the test station's, on 3 May 2026 from 9 to 10 in UTC. */
static char *
issue (Fixture *fixture)
{
  g_autoptr (JsonObject) answer = NULL;

  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "appointment", "issue", "--key", fixture->key,
                                   "--hall", "3", "--service", "301", "--from", "2026-05-03T09:00Z",
                                   "--until", "2026-05-03T10:00:00Z", "--document", "L898902C3",
                                   "--birth", "740812", "--hall-key", fixture->hall_key, "--text",
                                   NULL),
                   ==, OK);
  g_assert_cmpint (json_object_get_int_member (answer, "service"), ==, 301);
  g_assert_true (json_object_get_boolean_member (answer, "bound"));
  g_assert_cmpstr (json_object_get_string_member (answer, "not_before"), ==,
                   "2026-05-03T09:00:00Z");
  return g_strdup (json_object_get_string_member (answer, "text"));
}

static int
verify_at (
  Fixture *fixture, const char *text, const char *hall, const char *at, const char *verdict)
{
  g_autoptr (JsonObject) answer = NULL;
  int code = kouan_test_ctl (&answer, NULL, "appointment", "verify", "--issuer", fixture->issuer,
                             "--hall", hall, "--at", at, text, NULL);

  g_assert_nonnull (answer);
  g_assert_cmpstr (json_object_get_string_member (answer, "verdict"), ==, verdict);
  g_assert_nonnull (json_object_get_string_member (answer, "title"));
  g_assert_nonnull (json_object_get_string_member (answer, "remedy"));
  return code;
}

static void
test_verdicts (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSigningKey) stranger = kouan_signing_key_generate ();
  g_autoptr (KouanAppointment) foreign = kouan_appointment_new (1, 3, 1, 2, 1);
  g_autofree char *by_stranger = kouan_appointment_issue (foreign, stranger);
  g_autofree char *text = issue (fixture);
  g_autofree char *cut = g_strndup (text, strlen (text) - 3);
  const char *in_time = "2026-05-03T09:30Z";

  g_assert_cmpint (verify_at (fixture, text, "3", in_time, "valid"), ==, OK);
  g_assert_cmpint (verify_at (fixture, text, "3", "2026-05-03T08:59:59Z", "too-early"), ==, NO);
  g_assert_cmpint (verify_at (fixture, text, "3", "2026-05-03T10:00Z", "too-late"), ==, NO);
  g_assert_cmpint (verify_at (fixture, text, "4", in_time, "other-hall"), ==, NO);
  g_assert_cmpint (verify_at (fixture, cut, "3", in_time, "damaged"), ==, NO);
  g_assert_cmpint (verify_at (fixture, by_stranger, "3", in_time, "not-ours"), ==, NO);
  g_assert_cmpint (verify_at (fixture, "https://example.org", "3", in_time, "not-ours"), ==, NO);
}

static void
test_stdin_and_words (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = issue (fixture);
  g_autofree char *line = g_strconcat (text, "\r\n", NULL);
  g_autoptr (JsonObject) answer = NULL;

  g_assert_cmpint (kouan_test_ctl (&answer, line, "appointment", "verify", "--issuer",
                                   fixture->issuer, "--hall", "3", "--at", "2026-05-03T10:00Z", "-",
                                   NULL),
                   ==, NO);
  g_assert_cmpstr (json_object_get_string_member (answer, "title"), ==,
                   "Your appointment ended on 3 May 2026, 10:00");
  g_assert_cmpint (kouan_test_ctl (NULL, "", "appointment", "verify", "--issuer", fixture->issuer,
                                   "--hall", "3", "-", NULL),
                   ==, USAGE);
}

static int
verify_document (Fixture *fixture, const char *text, const char *document, gboolean *binds)
{
  g_autoptr (JsonObject) answer = NULL;
  int code = kouan_test_ctl (&answer, NULL, "appointment", "verify", "--issuer", fixture->issuer,
                             "--hall", "3", "--at", "2026-05-03T09:30Z", "--document", document,
                             "--birth", "740812", "--hall-key", fixture->hall_key, text, NULL);

  *binds = json_object_get_boolean_member (answer, "binds");
  return code;
}

static void
test_document (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = issue (fixture);
  gboolean binds = FALSE;

  g_assert_cmpint (verify_document (fixture, text, "l898902c3", &binds), ==, OK);
  g_assert_true (binds);
  g_assert_cmpint (verify_document (fixture, text, "L898902C4", &binds), ==, NO);
  g_assert_false (binds);
}

/* The station has heard that the appointment is at eleven now. */
static void
test_moved (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = issue (fixture);
  g_autofree char *path = g_build_filename (fixture->station, KOUAN_STATION_DATABASE, NULL);
  g_autoptr (KouanStation) station = kouan_station_load (fixture->station, NULL);
  g_autoptr (KouanAppointment) appointment
    = kouan_appointment_read (text, kouan_station_get_keyring (station), NULL);
  g_autofree char *id = kouan_hex (kouan_appointment_get_id (appointment), KOUAN_UUID_SIZE);
  g_autofree char *line = g_strconcat (id, " 301 1777806000 1777809600\n", NULL);
  g_autoptr (GBytes) content = g_bytes_new (line, strlen (line));
  const KouanListRow list = { .version = 1, .content = content };
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDatabase) db = kouan_kiosk_store_open (path, &error);
  g_autoptr (JsonObject) answer = NULL;

  g_assert_no_error (error);
  g_assert_true (kouan_lists_replace (db, "appointments", &list, 1, &error));
  g_assert_no_error (error);
  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "appointment", "verify", "--station",
                                   fixture->station, "--at", "2026-05-03T09:30Z", text, NULL),
                   ==, NO);
  g_assert_cmpstr (json_object_get_string_member (answer, "verdict"), ==, "moved");
  g_assert_cmpstr (json_object_get_string_member (answer, "not_before"), ==,
                   "2026-05-03T11:00:00Z");
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "appointment", "verify", "--station",
                                   fixture->station, "--at", "2026-05-03T11:30Z", text, NULL),
                   ==, OK);
}

static void
use_code (Fixture *fixture, const char *id_text)
{
  g_autofree char *path = g_build_filename (fixture->station, KOUAN_STATION_DATABASE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDatabase) db = kouan_kiosk_store_open (path, &error);
  guint8 id[16];
  KouanRecordRow row = { 0 };

  g_assert_no_error (error);
  g_assert_true (kouan_uuid_from_string (id_text, id));
  row.number = (char *)"7-1";
  row.file = (char *)"1.age";
  row.size = 1;
  row.service = 301;
  row.created_s = 1;
  row.manifest = g_bytes_new_static ("m", 1);
  kouan_uuid7 (1, row.id);
  g_assert_true (kouan_database_begin (db, &error));
  row.sequence = kouan_records_next_sequence (db, &error);
  g_assert_no_error (error);
  g_assert_true (kouan_records_insert (db, &row, &error));
  g_assert_no_error (error);
  g_assert_true (kouan_codes_mark_used (db, id, row.id, 1, &error));
  g_assert_true (kouan_database_commit (db, &error));
  g_assert_no_error (error);
  g_bytes_unref (row.manifest);
}

static void
test_station (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = issue (fixture);
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) after = NULL;

  g_assert_cmpint (kouan_test_ctl (&before, NULL, "appointment", "verify", "--station",
                                   fixture->station, "--at", "2026-05-03T09:30Z", text, NULL),
                   ==, OK);
  use_code (fixture, json_object_get_string_member (before, "id"));
  g_assert_cmpint (kouan_test_ctl (&after, NULL, "appointment", "verify", "--station",
                                   fixture->station, "--at", "2026-05-03T09:30Z", text, NULL),
                   ==, NO);
  g_assert_cmpstr (json_object_get_string_member (after, "verdict"), ==, "used");
}

static void
assert_drawn (Fixture *fixture, const char *name, const char *head, gsize head_size)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *picture = NULL;
  gsize size = 0;
  GStatBuf status;

  g_assert_cmpint (kouan_test_ctl (&answer, NULL, "appointment", "issue", "--key", fixture->key,
                                   "--hall", "3", "--service", "1", "--from", "2026-05-03T09:00Z",
                                   "--until", "2026-05-03T10:00Z", "--out", path, NULL),
                   ==, OK);
  g_assert_false (json_object_has_member (answer, "text")); /* the secret is not for the terminal */
  g_assert_false (json_object_get_boolean_member (answer, "bound"));
  g_assert_cmpint (json_object_get_int_member (answer, "qr_version"), ==, 8);
  g_assert_true (g_file_get_contents (path, &picture, &size, NULL));
  g_assert_cmpuint (size, >, head_size);
  g_assert_cmpmem (picture, head_size, head, head_size);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_drawn (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  assert_drawn (fixture, "code.png", "\x89PNG", 4);
  assert_drawn (fixture, "code.svg", "<", 1);
}

static int
issue_with (const char *key, const char *hall, const char *from, const char *until, const char *out)
{
  return kouan_test_ctl (NULL, NULL, "appointment", "issue", "--key", key, "--hall", hall,
                         "--service", "1", "--from", from, "--until", until, "--out", out, NULL);
}

static void
test_issue_refuses (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *out = g_build_filename (fixture->folder, "a.png", NULL);
  g_autofree char *gif = g_build_filename (fixture->folder, "a.gif", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->folder, "missing", "a.png", NULL);
  const char *nine = "2026-05-03T09:00Z";
  const char *ten = "2026-05-03T10:00Z";

  g_assert_cmpint (issue_with (fixture->key, "3", nine, ten, out), ==, OK);
  g_assert_cmpint (issue_with (fixture->key, "0", nine, ten, out), ==, USAGE);
  g_assert_cmpint (issue_with (fixture->key, "65536", nine, ten, out), ==, USAGE);
  g_assert_cmpint (issue_with (fixture->key, "three", nine, ten, out), ==, USAGE);
  g_assert_cmpint (issue_with (fixture->key, "3", ten, nine, out), ==, USAGE);
  g_assert_cmpint (issue_with (fixture->key, "3", "tomorrow", ten, out), ==, USAGE);
  g_assert_cmpint (issue_with (fixture->key, "3", nine, ten, gif), ==, USAGE);
  g_assert_cmpint (issue_with (fixture->key, "3", nine, ten, nowhere), ==, FAILED);
  g_assert_cmpint (issue_with (fixture->issuer, "3", nine, ten, out), ==, FAILED);
  g_assert_cmpint (issue_with (nowhere, "3", nine, ten, out), ==, FAILED);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "appointment", "issue", "--key", fixture->key,
                                   "--hall", "3", "--service", "1", "--from", nine, "--until", ten,
                                   "--text", "--document", "L898902C3", NULL),
                   ==, USAGE);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "appointment", "issue", "--key", fixture->key,
                                   "--hall", "3", "--service", "1", "--from", nine, "--until", ten,
                                   NULL),
                   ==, USAGE);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "appointment", NULL), ==, USAGE);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "appointment", "make", NULL), ==, USAGE);
}

static void
test_verify_refuses (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *text = issue (fixture);

  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "appointment", "verify", text, NULL), ==, USAGE);
  g_assert_cmpint (
    kouan_test_ctl (NULL, NULL, "appointment", "verify", "--issuer", fixture->issuer, text, NULL),
    ==, USAGE);
  g_assert_cmpint (
    kouan_test_ctl (NULL, NULL, "appointment", "verify", "--station", fixture->station, NULL), ==,
    USAGE);
  g_assert_cmpint (
    kouan_test_ctl (NULL, NULL, "appointment", "verify", "--station", fixture->folder, text, NULL),
    ==, FAILED);
  g_assert_cmpint (kouan_test_ctl (NULL, NULL, "appointment", "verify", "--issuer",
                                   fixture->hall_key, "--hall", "3", text, NULL),
                   ==, FAILED);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ctl/appointment/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("verdicts", test_verdicts);
  ADD ("stdin-and-words", test_stdin_and_words);
  ADD ("document", test_document);
  ADD ("moved", test_moved);
  ADD ("station", test_station);
  ADD ("drawn", test_drawn);
  ADD ("issue-refuses", test_issue_refuses);
  ADD ("verify-refuses", test_verify_refuses);
  return g_test_run ();
}
