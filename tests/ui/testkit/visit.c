/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/ui/testkit/visit.h"

#include "app/appointment/appointment.h"
#include "app/documents/take.h"
#include "app/record/outbox.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/forms.h"
#include "tests/testlib/papers.h"
#include "tests/testlib/station.h"

#include <glib/gstdio.h>

#define NOW_S G_GINT64_CONSTANT (1796029500) /* 30 November 2026, 08:05 */
#define SERVICE 1
#define PAPER_DPI 60

static const char *const zone[] = {
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
  "L898902C36UTO7408122F3204159ZE184226B<<<<<10",
  NULL,
};

static const struct
{
  const char *id;
  const char *value;
} answers[] = {
  { "entered_with", "z" },
  { "entry_date", "2026-11-21" },
  { "permit_marked", "yes" },
  { "employer", "Suzhou Bio-Lattice Materials Co., Ltd." },
  { "job", "Process engineer" },
  { "work_proof", "notice" },
  { "period", "under-1-year" },
  { "performs", "no" },
  { "health_given", "yes" },
  { "former_chinese", "no" },
  { "lodging_registered", "yes" },
  { "address", "Room 1204, Building 7\n88 Xinghu Street\nSuzhou Industrial Park" },
  { "phone", "+86 138 0000 0000" },
  { "email", "anna@example.org" },
};

static const struct
{
  const char *kind;
  KouanTestPaper paper;
} kept[] = { { "passport", KOUAN_TEST_PASSPORT }, { "lodging-form", KOUAN_TEST_FORM } };

/* A hall in China: the companion line is Chinese. */
static void
make_station (KouanTestVisit *self)
{
  g_autofree char *station = g_build_filename (self->folder, "station", NULL);
  g_autofree char *path = g_build_filename (station, "kouan.conf", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  kouan_test_station_make (self->folder, self->issuer);
  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, &error);
  g_assert_no_error (error);
  g_key_file_set_string (file, "station", "hall-language", "zh-Hans");
  g_key_file_set_string (file, "station", "name", "苏州外国人才服务大厅");
  g_key_file_set_string (file, "station", "name[en]", "Suzhou Foreign Talent Service Hall");
  g_assert_true (g_key_file_save_to_file (file, path, &error));
  self->station = kouan_station_load (station, &error);
  g_assert_no_error (error);
}

static void
make_catalogue (KouanTestVisit *self)
{
  g_autofree char *target = kouan_station_path (self->station, KOUAN_STATION_CATALOGUE);
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "..", "assets", "catalogue", NULL);
  g_autoptr (GDir) dir = g_dir_open (source, 0, NULL);
  g_autoptr (GError) error = NULL;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *from = g_build_filename (source, name, NULL);
      g_autofree char *to = g_build_filename (target, name, NULL);
      g_autofree char *text = NULL;
      gsize size;

      g_file_get_contents (from, &text, &size, &error);
      g_assert_no_error (error);
      g_assert_true (g_file_set_contents (to, text, (gssize)size, &error));
    }
  g_assert_true (kouan_catalogue_sign (target, self->issuer, 1, NOW_S, &error));
  self->catalogue
    = kouan_catalogue_load (target, kouan_station_get_keyring (self->station), 0, &error);
  g_assert_no_error (error);
}

static void
make_session (KouanTestVisit *self)
{
  g_autoptr (KouanOutbox) outbox = kouan_outbox_new (self->station, self->clock);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDatabase) db = kouan_outbox_open_database (outbox, &error);

  g_assert_no_error (error);
  self->session = kouan_session_new (self->station, self->clock, self->catalogue, self->pixels);
  kouan_session_set_store (self->session, db);
}

/* @name: below the visit's folder. Returns: (transfer full): "file:" and where it is */
static char *
put_paper (KouanTestVisit *self, const char *name, KouanTestPaper kind)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (KouanPage) page = kouan_test_paper (kind, 1, PAPER_DPI);
  g_autoptr (GBytes) png = kouan_test_png (page);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (
    g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize)g_bytes_get_size (png), NULL));
  return g_strconcat ("file:", path, NULL);
}

static void
make_devices (KouanTestVisit *self)
{
  g_autofree char *view = put_paper (self, "view.png", KOUAN_TEST_CARD_ON_PAGE);
  g_autofree char *glass = put_paper (self, "glass.png", KOUAN_TEST_FORM);
  g_autofree char *on_stick = put_paper (self, "stick/contract.png", KOUAN_TEST_LETTER);
  g_autofree char *stick_source = g_strconcat ("file:", self->folder, "/stick", NULL);
  g_autofree char *printer_source = g_strconcat ("file:", self->folder, NULL);
  g_autoptr (KouanCamera) camera = kouan_camera_new_for_source (view, NULL);
  g_autoptr (KouanOpticalReader) reader = kouan_optical_reader_new (camera, self->clock);
  g_autoptr (KouanScanner) scanner
    = kouan_scanner_new_for_source (glass, "/nonexistent", self->pixels, NULL);
  g_autoptr (KouanStick) stick = kouan_stick_new_for_source (stick_source, NULL);
  g_autoptr (KouanPrinter) printer = kouan_printer_new_for_source (printer_source, NULL);

  g_assert_true (camera != NULL && scanner != NULL && stick != NULL && printer != NULL);
  kouan_kiosk_set_camera (self->kiosk, camera);
  kouan_kiosk_set_optical_reader (self->kiosk, reader);
  kouan_kiosk_set_scanner (self->kiosk, scanner);
  kouan_kiosk_set_document_camera (self->kiosk, camera);
  kouan_kiosk_set_stick (self->kiosk, stick);
  kouan_kiosk_set_printer (self->kiosk, printer);
}

KouanTestVisit *
kouan_test_visit_new (void)
{
  KouanTestVisit *self = g_new0 (KouanTestVisit, 1);
  g_autoptr (KouanIdle) idle = NULL;

  self->folder = kouan_test_folder_new ();
  self->clock = kouan_manual_clock_new (NOW_S * G_USEC_PER_SEC);
  self->issuer = kouan_signing_key_generate ();
  make_station (self);
  self->pixels = kouan_pixels_new (KOUAN_PIXELS_PROGRAM);
  make_catalogue (self);
  make_session (self);
  idle = kouan_idle_new (self->clock);
  self->kiosk = kouan_kiosk_new (self->session, idle, self->pixels);
  kouan_kiosk_set_codes_program (self->kiosk, KOUAN_CODES_PROGRAM);
  make_devices (self);
  return self;
}

void
kouan_test_visit_free (KouanTestVisit *self)
{
  g_clear_object (&self->kiosk);
  g_clear_object (&self->session);
  g_clear_object (&self->pixels);
  g_clear_pointer (&self->catalogue, kouan_catalogue_unref);
  g_clear_object (&self->station);
  g_clear_pointer (&self->issuer, kouan_signing_key_unref);
  g_clear_object (&self->clock);
  kouan_test_folder_remove (self->folder);
  g_free (self);
}

void
kouan_test_visit_send (KouanTestVisit *self, KouanFlowEvent event)
{
  g_assert_true (kouan_session_send (self->session, event));
}

static void
show_code (KouanTestVisit *self)
{
  g_autoptr (KouanAppointment) appointment
    = kouan_appointment_new (SERVICE, KOUAN_TEST_HALL, NOW_S, NOW_S + 3600, NOW_S * G_USEC_PER_SEC);
  g_autoptr (KouanTrouble) trouble = NULL;
  g_autofree char *code = NULL;

  g_assert_true (kouan_appointment_bind (appointment, kouan_station_get_hall_key (self->station),
                                         "L898902C3", "740812"));
  code = kouan_appointment_issue (appointment, self->issuer);
  g_assert_true (kouan_session_take_code (self->session, code, &trouble));
}

KouanDocumentReading *
kouan_test_visit_read (KouanTestVisit *self)
{
  g_autoptr (KouanMrz) mrz = NULL;
  GDate today;

  g_date_set_dmy (&today, 30, 11, 2026);
  mrz = kouan_mrz_parse (zone, &today, NULL);
  return kouan_session_read_typed (self->session, mrz);
}

static void
show_passport (KouanTestVisit *self)
{
  g_autoptr (KouanDocumentReading) reading = kouan_test_visit_read (self);
  g_autoptr (KouanTrouble) trouble = NULL;

  g_assert_true (kouan_session_take_reading (self->session, reading, &trouble));
  kouan_test_visit_send (self, KOUAN_EVENT_NEXT);
}

static void
answer (KouanTestVisit *self)
{
  KouanAnswers *given = kouan_session_get_visit (self->session)->answers;

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    kouan_answers_set (given, answers[i].id, answers[i].value);
  kouan_test_visit_send (self, KOUAN_EVENT_NEXT);
}

static void
hand_in_papers (KouanTestVisit *self)
{
  g_autoptr (KouanTrouble) trouble = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autoptr (KouanPage) page = kouan_test_paper (kept[i].paper, 1, PAPER_DPI);
      g_autoptr (KouanTake) take = kouan_take_new (page, FALSE, NULL);

      g_assert_true (
        kouan_session_keep_sheet (self->session, kept[i].kind, G_MAXUINT, take->sheet, &trouble));
    }
  kouan_test_visit_send (self, KOUAN_EVENT_NEXT);
}

static gboolean
has_left_submit (gpointer data)
{
  return kouan_session_get_state (data) != KOUAN_STATE_SUBMIT;
}

/* One step forward. */
static void
advance (KouanTestVisit *self)
{
  switch (kouan_session_get_state (self->session))
    {
    case KOUAN_STATE_ATTRACT:
      kouan_test_visit_send (self, KOUAN_EVENT_START);
      break;
    case KOUAN_STATE_CONSENT:
      kouan_session_consent (self->session, "I agree.");
      kouan_test_visit_send (self, KOUAN_EVENT_NEXT);
      break;
    case KOUAN_STATE_APPOINTMENT:
      show_code (self);
      break;
    case KOUAN_STATE_IDENTITY:
      show_passport (self);
      break;
    case KOUAN_STATE_DETAILS:
      answer (self);
      break;
    case KOUAN_STATE_DOCUMENTS:
      hand_in_papers (self);
      break;
    case KOUAN_STATE_SIGN:
      kouan_session_sign (self->session, "<svg xmlns='http://www.w3.org/2000/svg'/>", FALSE);
      kouan_test_visit_send (self, KOUAN_EVENT_NEXT);
      kouan_test_wait_for (has_left_submit, self->session);
      break;
    default:
      kouan_test_visit_send (self, KOUAN_EVENT_NEXT);
      break;
    }
}

void
kouan_test_visit_walk (KouanTestVisit *self, KouanFlowState state)
{
  while (kouan_session_get_state (self->session) < state)
    advance (self);
  g_assert_cmpint (kouan_session_get_state (self->session), ==, state);
}
