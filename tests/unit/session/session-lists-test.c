/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/appointment/appointment.h"
#include "app/record/outbox.h"
#include "app/session/session.h"
#include "db/kiosk/lists.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/station.h"

#include <string.h>

/* What the lists that came down at night make of a code. */

#define NOW_S G_GINT64_CONSTANT (1796000000) /* 30 November 2026 */
#define SERVICE 2

typedef struct
{
  char *folder;
  KouanClock *clock;
  KouanSigningKey *issuer;
  KouanStation *station;
  KouanCatalogue *catalogue;
  KouanPixels *pixels;
  KouanSession *session;
  KouanDatabase *db;
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

static void
start_session (Fixture *fixture)
{
  g_autoptr (KouanOutbox) outbox = kouan_outbox_new (fixture->station, fixture->clock);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDatabase) db = kouan_outbox_open_database (outbox, &error);

  g_assert_no_error (error);
  g_set_object (&fixture->db, db);
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
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->folder = kouan_test_folder_new ();
  fixture->clock = kouan_manual_clock_new (NOW_S * G_USEC_PER_SEC);
  fixture->issuer = kouan_signing_key_generate ();
  fixture->station = kouan_test_station_new (fixture->folder, fixture->issuer);
  fixture->pixels = kouan_pixels_new ("/nonexistent/kouan-pixels");
  load_catalogue (fixture);
  start_session (fixture);
  to_appointment (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->session);
  g_clear_object (&fixture->db);
  g_clear_object (&fixture->pixels);
  g_clear_pointer (&fixture->catalogue, kouan_catalogue_unref);
  g_clear_object (&fixture->station);
  g_clear_pointer (&fixture->issuer, kouan_signing_key_unref);
  g_clear_object (&fixture->clock);
  kouan_test_folder_remove (fixture->folder);
}

static KouanAppointment *
make (guint hall, gint64 from_s)
{
  return kouan_appointment_new (SERVICE, hall, from_s, from_s + 3600, NOW_S * G_USEC_PER_SEC);
}

static void
assert_refused (Fixture *fixture, KouanAppointment *appointment, const char *id)
{
  g_autofree char *text = kouan_appointment_issue (appointment, fixture->issuer);
  g_autoptr (KouanTrouble) trouble = NULL;

  g_assert_false (kouan_session_take_code (fixture->session, text, &trouble));
  g_assert_cmpstr (kouan_trouble_get_id (trouble), ==, id);
}

static void
assert_taken (Fixture *fixture, KouanAppointment *appointment)
{
  g_autofree char *text = kouan_appointment_issue (appointment, fixture->issuer);
  g_autoptr (KouanTrouble) trouble = NULL;

  g_assert_true (kouan_session_take_code (fixture->session, text, &trouble));
  g_assert_null (trouble);
}

static void
put_appointments (Fixture *fixture, gint64 version, KouanAppointment *appointment, gint64 from_s)
{
  g_autofree char *id = kouan_hex (kouan_appointment_get_id (appointment), KOUAN_UUID_SIZE);
  g_autofree char *line = g_strdup_printf ("%s %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", id,
                                           SERVICE, from_s, from_s + 3600);
  g_autoptr (GBytes) content = g_bytes_new (line, strlen (line));
  const KouanListRow list = { .version = version, .content = content };
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_lists_replace (fixture->db, "appointments", &list, NOW_S, &error));
  g_assert_no_error (error);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAppointment) appointment = make (KOUAN_TEST_HALL, NOW_S);
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GBytes) content = g_bytes_new_static ("x", 1);
  const KouanListRow list = { .version = 1, .content = content };
  g_autoptr (GError) error = NULL;

  put_appointments (fixture, 1, appointment, NOW_S);
  g_ptr_array_add (codes, g_bytes_new (kouan_appointment_get_id (appointment), KOUAN_UUID_SIZE));
  g_assert_true (kouan_lists_replace_revoked (fixture->db, &list, codes, NOW_S, &error));
  g_assert_no_error (error);
  assert_refused (fixture, appointment, "revoked");
}

/* The same code before and after the list has come. */
static void
test_moved (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAppointment) appointment = make (KOUAN_TEST_HALL, NOW_S);

  put_appointments (fixture, 1, appointment, NOW_S + 86400);
  assert_refused (fixture, appointment, "moved");
  put_appointments (fixture, 2, appointment, NOW_S - 86400);
  assert_refused (fixture, appointment, "too-late");
  put_appointments (fixture, 3, appointment, NOW_S - 60);
  assert_taken (fixture, appointment);
}

static void
test_moved_here (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAppointment) appointment = make (KOUAN_TEST_HALL + 1, NOW_S + 86400);

  assert_refused (fixture, appointment, "other-hall");
  put_appointments (fixture, 1, appointment, NOW_S);
  assert_taken (fixture, appointment);
}

static void
test_not_in_the_list (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanAppointment) appointment = make (KOUAN_TEST_HALL, NOW_S);
  g_autoptr (KouanAppointment) other = make (KOUAN_TEST_HALL, NOW_S);

  put_appointments (fixture, 1, other, NOW_S + 86400);
  assert_taken (fixture, appointment);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/session/lists/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("cancelled", test_cancelled);
  ADD ("moved", test_moved);
  ADD ("moved-here", test_moved_here);
  ADD ("not-in-the-list", test_not_in_the_list);
  return g_test_run ();
}
