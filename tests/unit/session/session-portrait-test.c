/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/record/open.h"
#include "app/record/outbox.h"
#include "app/session/session.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/station.h"

#include <string.h>

/* The picture of a person on its way from the page to the record, and back out where it is not
 * wanted any more. */

#define NOW_S G_GINT64_CONSTANT (1796000000) /* 30 November 2026 */
#define CONSENT "May we take your picture?"

/* No JPEG, but what every file of it would have to contain. */
#define PICTURE "JFIF of a face that must not lie about"

typedef struct
{
  char *folder;
  KouanClock *clock;
  KouanSigningKey *issuer;
  KouanStation *station;
  KouanCatalogue *catalogue;
  KouanPixels *pixels;
  KouanSession *session;
  char *code;
} Fixture;

static void
load_catalogue (Fixture *fixture)
{
  g_autofree char *target = kouan_station_path (fixture->station, KOUAN_STATION_CATALOGUE);
  g_autofree char *to = g_build_filename (target, "lodging-registration.json", NULL);
  g_autofree char *from = g_test_build_filename (G_TEST_DIST, "..", "assets", "catalogue",
                                                 "lodging-registration.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (from, &text, &size, &error));
  g_assert_true (g_file_set_contents (to, text, (gssize)size, &error));
  g_assert_true (kouan_catalogue_sign (target, fixture->issuer, 1, NOW_S, &error));
  fixture->catalogue
    = kouan_catalogue_load (target, kouan_station_get_keyring (fixture->station), 0, &error);
  g_assert_no_error (error);
}

/* As after a power cut: another process, the same disk. */
static void
start_session (Fixture *fixture)
{
  g_autoptr (KouanOutbox) outbox = kouan_outbox_new (fixture->station, fixture->clock);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDatabase) db = kouan_outbox_open_database (outbox, &error);

  g_assert_no_error (error);
  g_clear_object (&fixture->session);
  fixture->session
    = kouan_session_new (fixture->station, fixture->clock, fixture->catalogue, fixture->pixels);
  kouan_session_set_store (fixture->session, db);
}

static void
send (Fixture *fixture, KouanFlowEvent event)
{
  g_assert_true (kouan_session_send (fixture->session, event));
}

static void
to_appointment (Fixture *fixture)
{
  send (fixture, KOUAN_EVENT_START);
  kouan_session_set_language (fixture->session, "en");
  send (fixture, KOUAN_EVENT_NEXT);
  kouan_session_consent (fixture->session, "I agree.");
  send (fixture, KOUAN_EVENT_NEXT);
}

static void
show_passport (Fixture *fixture)
{
  static const char *const zone[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                                      "L898902C36UTO7408122F3204159ZE184226B<<<<<10", NULL };
  g_autoptr (KouanTrouble) trouble = NULL;
  g_autoptr (KouanMrz) mrz = NULL;
  g_autoptr (KouanDocumentReading) reading = NULL;
  GDate today;

  g_date_set_dmy (&today, 30, 11, 2026);
  mrz = kouan_mrz_parse (zone, &today, NULL);
  reading = kouan_session_read_typed (fixture->session, mrz);
  g_assert_true (kouan_session_take_reading (fixture->session, reading, &trouble));
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTrouble) trouble = NULL;

  fixture->folder = kouan_test_folder_new ();
  fixture->clock = kouan_manual_clock_new (NOW_S * G_USEC_PER_SEC);
  fixture->issuer = kouan_signing_key_generate ();
  fixture->station = kouan_test_station_new (fixture->folder, fixture->issuer);
  fixture->pixels = kouan_pixels_new ("/nonexistent/kouan-pixels");
  load_catalogue (fixture);
  start_session (fixture);
  to_appointment (fixture);
  send (fixture, KOUAN_EVENT_NO_CODE);
  g_assert_true (kouan_session_take_service (fixture->session, 2, &trouble));
  fixture->code = g_strdup (kouan_session_get_visit (fixture->session)->code_text);
  send (fixture, KOUAN_EVENT_NEXT);
  show_passport (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->session);
  g_clear_object (&fixture->pixels);
  g_clear_pointer (&fixture->catalogue, kouan_catalogue_unref);
  g_clear_object (&fixture->station);
  g_clear_pointer (&fixture->issuer, kouan_signing_key_unref);
  g_clear_object (&fixture->clock);
  g_free (fixture->code);
  kouan_test_folder_remove (fixture->folder);
}

static void
take (Fixture *fixture, KouanPortraitFindings findings, KouanResult match)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (PICTURE, strlen (PICTURE));
  g_autoptr (KouanJpeg) picture = kouan_jpeg_new (480, 640, 300, bytes);
  g_autoptr (KouanTrouble) trouble = NULL;

  g_assert_true (
    kouan_session_take_portrait (fixture->session, picture, findings, match, CONSENT, &trouble));
}

static KouanResult
result_of (Fixture *fixture, const char *id)
{
  const KouanCheck *check = kouan_checks_get (kouan_session_get_visit (fixture->session)->checks,
                                              id, KOUAN_SOURCE_COMBINED);

  g_assert_nonnull (check);
  return check->result;
}

static guint
count_files (Fixture *fixture)
{
  g_autofree char *path = kouan_station_path (fixture->station, KOUAN_STATION_DRAFTS);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (folder) != NULL)
    count++;
  return count;
}

static void
test_take (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanVisitPortrait *portrait;

  take (fixture, KOUAN_PORTRAIT_BLURRED, KOUAN_RESULT_UNDETERMINED);
  portrait = kouan_session_get_visit (fixture->session)->portrait;
  g_assert_cmpstr (portrait->findings[0], ==, "blurred");
  g_assert_null (portrait->findings[1]);
  g_assert_cmpint (result_of (fixture, KOUAN_CHECK_FACE_MATCH), ==, KOUAN_RESULT_UNDETERMINED);
  g_assert_cmpint (result_of (fixture, KOUAN_CHECK_FACE_QUALITY), ==, KOUAN_RESULT_UNDETERMINED);
  g_assert_cmpuint (count_files (fixture), ==, 1);

  take (fixture, KOUAN_PORTRAIT_FINE, KOUAN_RESULT_SUCCESSFUL); /* the first one is gone */
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_cmpint (result_of (fixture, KOUAN_CHECK_FACE_MATCH), ==, KOUAN_RESULT_SUCCESSFUL);
  g_assert_cmpint (result_of (fixture, KOUAN_CHECK_FACE_QUALITY), ==, KOUAN_RESULT_SUCCESSFUL);
}

static void
test_decline (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTrouble) trouble = NULL;

  take (fixture, KOUAN_PORTRAIT_FINE, KOUAN_RESULT_FAILED);
  g_assert_true (kouan_session_skip_portrait (fixture->session, &trouble));
  g_assert_null (kouan_session_get_visit (fixture->session)->portrait);
  g_assert_cmpuint (count_files (fixture), ==, 0);
  g_assert_cmpint (result_of (fixture, KOUAN_CHECK_FACE_MATCH), ==, KOUAN_RESULT_NOT_SUPPORTED);
}

/* Another document may be somebody else's: the picture is asked for again. */
static void
test_other_document (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  take (fixture, KOUAN_PORTRAIT_FINE, KOUAN_RESULT_SUCCESSFUL);
  show_passport (fixture);
  g_assert_null (kouan_session_get_visit (fixture->session)->portrait);
  g_assert_null (kouan_checks_get (kouan_session_get_visit (fixture->session)->checks,
                                   KOUAN_CHECK_FACE_MATCH, KOUAN_SOURCE_COMBINED));
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_comes_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTrouble) trouble = NULL;
  KouanVisitPortrait *portrait;

  take (fixture, KOUAN_PORTRAIT_GRAY, KOUAN_RESULT_SUCCESSFUL);
  start_session (fixture);
  to_appointment (fixture);
  g_assert_true (kouan_session_take_code (fixture->session, fixture->code, &trouble));
  portrait = kouan_session_get_visit (fixture->session)->portrait;
  g_assert_nonnull (portrait);
  g_assert_cmpstr (portrait->findings[0], ==, "gray");
  g_assert_cmpint (portrait->consented_s, ==, NOW_S);
  g_assert_cmpuint (strlen (portrait->consent_sha256), ==, 64);
}

static void
test_delete (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  take (fixture, KOUAN_PORTRAIT_FINE, KOUAN_RESULT_SUCCESSFUL);
  send (fixture, KOUAN_EVENT_LEAVE);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static gboolean
has_left_submit (gpointer data)
{
  return kouan_session_get_state (data) != KOUAN_STATE_SUBMIT;
}

static void
hand_in (Fixture *fixture)
{
  send (fixture, KOUAN_EVENT_NEXT); /* details */
  send (fixture, KOUAN_EVENT_NEXT); /* documents */
  send (fixture, KOUAN_EVENT_NEXT); /* review */
  send (fixture, KOUAN_EVENT_NEXT); /* sign */
  kouan_session_sign (fixture->session, "<svg/>", FALSE);
  send (fixture, KOUAN_EVENT_NEXT);
  kouan_test_wait_for (has_left_submit, fixture->session);
  g_assert_cmpint (kouan_session_get_state (fixture->session), ==, KOUAN_STATE_RECEIPT);
}

static char *
read_member (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, "opened", name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static void
open_record (Fixture *fixture)
{
  g_autofree char *records = kouan_station_path (fixture->station, KOUAN_STATION_RECORDS);
  g_autofree char *out = g_build_filename (fixture->folder, "opened", NULL);
  g_autoptr (KouanAgeIdentity) identity = kouan_test_station_hub_identity (fixture->folder);
  g_autoptr (GDir) dir = g_dir_open (records, 0, NULL);
  g_autofree char *file = g_build_filename (records, g_dir_read_name (dir), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) members = kouan_record_open (file, identity, out, &error);

  g_assert_no_error (error);
  g_assert_nonnull (members);
}

static void
test_record (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *picture = NULL;
  g_autofree char *identity = NULL;
  g_autofree char *consents = NULL;

  take (fixture, KOUAN_PORTRAIT_BLURRED, KOUAN_RESULT_FAILED);
  hand_in (fixture);
  g_assert_cmpuint (count_files (fixture), ==, 0);
  open_record (fixture);
  picture = read_member (fixture, "portrait.jpg");
  identity = read_member (fixture, "identity.json");
  consents = read_member (fixture, "consents.json");
  g_assert_cmpstr (picture, ==, PICTURE);
  g_assert_nonnull (strstr (identity, "face.match"));
  g_assert_nonnull (strstr (identity, "\"blurred\""));
  g_assert_nonnull (strstr (consents, "picture-and-comparison"));
}

static void
test_record_without (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanTrouble) trouble = NULL;
  g_autofree char *picture = NULL;
  g_autofree char *consents = NULL;

  g_assert_true (kouan_session_skip_portrait (fixture->session, &trouble));
  hand_in (fixture);
  open_record (fixture);
  picture = read_member (fixture, "portrait.jpg");
  consents = read_member (fixture, "consents.json");
  g_assert_null (picture);
  g_assert_null (strstr (consents, "picture-and-comparison"));
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/portrait/take", test_take);
  ADD ("/session/portrait/decline", test_decline);
  ADD ("/session/portrait/other-document", test_other_document);
  ADD ("/session/portrait/comes-back", test_comes_back);
  ADD ("/session/portrait/delete", test_delete);
  ADD ("/session/portrait/record", test_record);
  ADD ("/session/portrait/record-without", test_record_without);
  return g_test_run ();
}
