/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/unit/session/visit-kit.h"

#include "app/appointment/appointment.h"
#include "app/record/outbox.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/station.h"

#include <string.h>

#define SERVICE 1

static const char *const zone[] = {
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
  "L898902C36UTO7408122F3204159ZE184226B<<<<<10",
  NULL,
};

static void
copy_catalogue (VisitFixture *fixture)
{
  static const char *const names[] = { "work-residence-permit.json", "lodging-registration.json",
                                       "customs-declaration.json", "calendar.json" };
  g_autofree char *target = kouan_station_path (fixture->station, KOUAN_STATION_CATALOGUE);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *from
        = g_test_build_filename (G_TEST_DIST, "..", "assets", "catalogue", names[i], NULL);
      g_autofree char *to = g_build_filename (target, names[i], NULL);
      g_autofree char *text = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (from, &text, &size, &error));
      g_assert_true (g_file_set_contents (to, text, size, &error));
    }
  g_assert_true (kouan_catalogue_sign (target, fixture->issuer, 1, NOW_S, &error));
  fixture->catalogue
    = kouan_catalogue_load (target, kouan_station_get_keyring (fixture->station), 0, &error);
  g_assert_no_error (error);
}

/* As after a power cut: another process, the same disk. */
void
visit_start_session (VisitFixture *fixture)
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

void
visit_set_up (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->clock = kouan_manual_clock_new (NOW_S * G_USEC_PER_SEC);
  fixture->issuer = kouan_signing_key_generate ();
  fixture->station = kouan_test_station_new (fixture->folder, fixture->issuer);
  fixture->pixels = kouan_pixels_new ("/nonexistent/kouan-pixels");
  copy_catalogue (fixture);
  visit_start_session (fixture);
}

void
visit_tear_down (VisitFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->session);
  g_clear_object (&fixture->pixels);
  g_clear_pointer (&fixture->catalogue, kouan_catalogue_unref);
  g_clear_object (&fixture->station);
  g_clear_pointer (&fixture->issuer, kouan_signing_key_unref);
  g_clear_object (&fixture->clock);
  kouan_test_folder_remove (fixture->folder);
}

char *
visit_issue_to (
  VisitFixture *fixture, guint hall, gint64 from_s, const char *number, const char *birth)
{
  g_autoptr (KouanAppointment) appointment
    = kouan_appointment_new (SERVICE, hall, from_s, from_s + 3600, NOW_S * G_USEC_PER_SEC);

  g_assert_true (kouan_appointment_bind (appointment, kouan_station_get_hall_key (fixture->station),
                                         number, birth));
  return kouan_appointment_issue (appointment, fixture->issuer);
}

char *
visit_issue_for (VisitFixture *fixture, guint hall, gint64 from_s, const char *number)
{
  return visit_issue_to (fixture, hall, from_s, number, "740812");
}

char *
visit_issue (VisitFixture *fixture)
{
  return visit_issue_for (fixture, KOUAN_TEST_HALL, NOW_S, "L898902C3");
}

void
visit_send (VisitFixture *fixture, KouanFlowEvent event)
{
  g_assert_true (kouan_session_send (fixture->session, event));
}

void
visit_assert_state (VisitFixture *fixture, KouanFlowState state)
{
  g_assert_cmpstr (kouan_flow_state_to_string (kouan_session_get_state (fixture->session)), ==,
                   kouan_flow_state_to_string (state));
}

void
visit_to_appointment (VisitFixture *fixture)
{
  visit_send (fixture, KOUAN_EVENT_START);
  kouan_session_set_language (fixture->session, "en");
  visit_send (fixture, KOUAN_EVENT_NEXT);
  kouan_session_consent (fixture->session, "I agree to everything that stands here.");
  visit_send (fixture, KOUAN_EVENT_NEXT);
  visit_assert_state (fixture, KOUAN_STATE_APPOINTMENT);
}

void
visit_show_code (VisitFixture *fixture, const char *text)
{
  g_autoptr (KouanTrouble) trouble = NULL;

  g_assert_true (kouan_session_take_code (fixture->session, text, &trouble));
  g_assert_null (trouble);
}

KouanMrz *
visit_mrz (void)
{
  GDate today;

  g_date_set_dmy (&today, 30, 11, 2026);
  return kouan_mrz_parse (zone, &today, NULL);
}

gboolean
visit_take_typed (KouanSession *session, KouanMrz *passport, KouanTrouble **trouble)
{
  g_autoptr (KouanDocumentReading) reading = kouan_session_read_typed (session, passport);

  return kouan_session_take_reading (session, reading, trouble);
}

void
visit_show_passport (VisitFixture *fixture)
{
  g_autoptr (KouanMrz) passport = visit_mrz ();
  g_autoptr (KouanTrouble) trouble = NULL;

  g_assert_true (visit_take_typed (fixture->session, passport, &trouble));
  visit_send (fixture, KOUAN_EVENT_NEXT);
}

/* Returns: (transfer full): an empty page of @level */
KouanSheet *
visit_sheet_new (guint8 level)
{
  guint width = 400, height = 500;
  guint8 *rows = g_malloc (width * height * 3);
  g_autoptr (GBytes) pixels = NULL;
  g_autoptr (KouanPage) page = NULL;
  g_autoptr (KouanJpeg) jpeg = NULL;

  memset (rows, level, width * height * 3);
  pixels = g_bytes_new_take (rows, width * height * 3);
  page = kouan_page_new (width, height, 100, pixels);
  jpeg = kouan_jpeg_encode (page, 90);
  return kouan_sheet_new (jpeg, KOUAN_FINDING_FAINT, NULL, "written on it", "read off\nit");
}

void
visit_keep_page_of (VisitFixture *fixture, guint8 level)
{
  g_autoptr (KouanSheet) sheet = visit_sheet_new (level);
  g_autoptr (KouanTrouble) trouble = NULL;

  g_assert_true (
    kouan_session_keep_sheet (fixture->session, "passport", G_MAXUINT, sheet, &trouble));
}

void
visit_keep_page (VisitFixture *fixture)
{
  visit_keep_page_of (fixture, 0xf0);
}

/* To the papers, with an answer and a page. */
void
visit_to_documents (VisitFixture *fixture, const char *code)
{
  visit_to_appointment (fixture);
  visit_show_code (fixture, code);
  visit_show_passport (fixture);
  kouan_answers_set (kouan_session_get_visit (fixture->session)->answers, "address", MARKER);
  visit_send (fixture, KOUAN_EVENT_NEXT);
  visit_keep_page (fixture);
  visit_assert_state (fixture, KOUAN_STATE_DOCUMENTS);
}

gboolean
visit_has_left_submit (gpointer data)
{
  return kouan_session_get_state (data) != KOUAN_STATE_SUBMIT;
}

void
visit_sign_and_hand_in (VisitFixture *fixture)
{
  visit_send (fixture, KOUAN_EVENT_NEXT);
  kouan_session_sign (fixture->session, "<svg/>", FALSE);
  visit_send (fixture, KOUAN_EVENT_NEXT);
  kouan_test_wait_for (visit_has_left_submit, fixture->session);
}

void
visit_hand_in (VisitFixture *fixture)
{
  visit_send (fixture, KOUAN_EVENT_NEXT);
  visit_sign_and_hand_in (fixture);
}
