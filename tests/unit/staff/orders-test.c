/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/staff/orders.h"
#include "app/staff/visit-order.h"

#include "app/staff/hours.h"
#include "app/station/troubles.h"
#include "db/kiosk/audit.h"
#include "db/kiosk/kiosk-store.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/staff.h"
#include "tests/testlib/station.h"

#include <string.h>

#define NOW_S G_GINT64_CONSTANT (1796000000) /* Monday, 30 November 2026, in the night */

typedef struct
{
  char *folder;
  KouanSigningKey *key;
  KouanStation *station;
  KouanClock *clock;
  KouanDatabase *db;
  KouanStaffGate *gate;
  KouanStaffPass *all;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = kouan_test_folder_new ();
  fixture->key = kouan_signing_key_generate ();
  fixture->station = kouan_test_station_new (fixture->folder, fixture->key);
  path = kouan_station_path (fixture->station, KOUAN_STATION_DATABASE);
  fixture->clock = kouan_manual_clock_new (NOW_S * G_USEC_PER_SEC);
  fixture->db = kouan_kiosk_store_open (path, &error);
  g_assert_no_error (error);
  fixture->gate = kouan_staff_gate_new (fixture->station, fixture->clock, fixture->db);
  kouan_test_roster_install (fixture->db, 1, NULL);
  fixture->all = kouan_test_pass (fixture->gate, fixture->key, "u-all", KOUAN_ROLES_ALL);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_staff_pass_unref (fixture->all);
  g_clear_object (&fixture->gate);
  g_clear_object (&fixture->db);
  g_clear_object (&fixture->clock);
  g_clear_object (&fixture->station);
  kouan_signing_key_unref (fixture->key);
  kouan_test_folder_remove (fixture->folder);
}

static void
assert_last_entry (Fixture *fixture,
                   const char *role,
                   const char *who,
                   const char *action,
                   const char *object,
                   const char *result)
{
  g_autoptr (GPtrArray) entries = kouan_audit_list (fixture->db, 0, 100, NULL);
  KouanAuditEntry *last = g_ptr_array_index (entries, entries->len - 1);

  g_assert_cmpstr (last->role, ==, role);
  g_assert_cmpstr (last->who, ==, who);
  g_assert_cmpstr (last->action, ==, action);
  g_assert_cmpstr (last->object, ==, object);
  g_assert_cmpstr (last->result, ==, result);
}

static guint
count_entries (Fixture *fixture)
{
  g_autoptr (GPtrArray) entries = kouan_audit_list (fixture->db, 0, 1000, NULL);

  return entries->len;
}

static gboolean
has_trouble (Fixture *fixture, const char *line)
{
  g_auto (GStrv) lines = kouan_troubles_list (fixture->station);

  return g_strv_contains ((const char *const *)lines, line);
}

static void
test_out_of_service (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanStaffOrder order = { fixture->gate, fixture->all, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *none = NULL;

  g_assert_true (kouan_staff_set_reason (&order, "cleaning", &error));
  g_assert_true (kouan_staff_get_reason (fixture->db, &reason, &error));
  g_assert_cmpstr (reason, ==, "cleaning");
  g_assert_true (has_trouble (fixture, "out-of-service cleaning"));
  assert_last_entry (fixture, "attendant", "u-all", "staff.out-of-service", "", "cleaning");
  g_assert_false (kouan_staff_set_reason (&order, "tired", &error));
  g_assert_error (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_true (kouan_staff_set_reason (&order, NULL, &error));
  g_assert_true (kouan_staff_get_reason (fixture->db, &none, &error));
  g_assert_null (none);
  g_assert_false (has_trouble (fixture, "out-of-service cleaning"));
}

static void
test_reasons_have_sentences (void)
{
  const char *const *reasons = kouan_staff_reasons ();

  g_assert_cmpuint (g_strv_length ((char **)reasons), >=, 4);
  for (guint i = 0; reasons[i] != NULL; i++)
    g_assert_nonnull (kouan_staff_reason_text (reasons[i]));
  g_assert_null (kouan_staff_reason_text ("tired"));
}

static void
test_devices (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanStaffOrder order = { fixture->gate, fixture->all, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_staff_disable (&order, "scanner", TRUE, &error));
  g_assert_true (kouan_staff_is_disabled (fixture->db, "scanner"));
  g_assert_false (kouan_staff_is_disabled (fixture->db, "printer"));
  g_assert_true (has_trouble (fixture, "scanner disabled"));
  assert_last_entry (fixture, "supervisor", "u-all", "staff.disable", "scanner", "disabled");
  g_assert_true (kouan_staff_disable (&order, "scanner", FALSE, &error));
  g_assert_false (kouan_staff_is_disabled (fixture->db, "scanner"));
  g_assert_false (kouan_staff_disable (&order, "teapot", TRUE, &error));
  g_assert_error (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_UNKNOWN);
}

/* A call lasts until somebody answers, and calling twice is one call. */
static void
test_call (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanStaffOrder order = { fixture->gate, fixture->all, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (kouan_staff_get_call_s (fixture->db), ==, 0);
  g_assert_true (kouan_staff_call (fixture->db, fixture->station, NOW_S, "documents", &error));
  assert_last_entry (fixture, "visitor", "", "staff.called", "", "documents");
  g_assert_true (kouan_staff_call (fixture->db, fixture->station, NOW_S + 60, "review", &error));
  g_assert_cmpint (kouan_staff_get_call_s (fixture->db), ==, NOW_S);
  g_assert_true (has_trouble (fixture, "staff called"));
  g_assert_true (kouan_staff_answer_call (&order, &error));
  g_assert_cmpint (kouan_staff_get_call_s (fixture->db), ==, 0);
  g_assert_false (has_trouble (fixture, "staff called"));
}

static void
test_not_yours (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanStaffPass) att
    = kouan_test_pass (fixture->gate, fixture->key, "u-att", KOUAN_ROLE_ATTENDANT);
  KouanStaffOrder order = { fixture->gate, att, NULL };
  g_autoptr (GError) error = NULL;
  guint before = count_entries (fixture);

  g_assert_false (kouan_staff_disable (&order, "scanner", TRUE, &error));
  g_assert_error (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_NOT_YOURS);
  g_assert_false (kouan_staff_is_disabled (fixture->db, "scanner"));
  g_assert_cmpuint (count_entries (fixture), ==, before);
}

/* Two agree, and both stand in the audit. */
static void
test_two_agree (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanStaffPass) sec
    = kouan_test_pass (fixture->gate, fixture->key, "u-sec", KOUAN_ROLE_SECURITY);
  KouanStaffOrder alone = { fixture->gate, sec, NULL };
  KouanStaffOrder both = { fixture->gate, sec, fixture->all };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (kouan_staff_unlock (&alone, "u-tec", &error));
  g_assert_error (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_NEEDS_SECOND);
  g_clear_error (&error);
  g_assert_true (kouan_staff_unlock (&both, "u-tec", &error));
  g_assert_no_error (error);
  assert_last_entry (fixture, "security", "u-sec", "staff.unlock", "u-tec", "ok");
  entries = kouan_audit_list (fixture->db, 0, 100, &error);
  g_assert_cmpstr (((KouanAuditEntry *)entries->pdata[entries->len - 1])->reason, ==,
                   "second: u-all");
}

static gboolean
change_and_fail (KouanDatabase *db, gpointer data, GError **error)
{
  (*(guint *)data)++;
  g_assert_true (kouan_audit_append (db, NOW_S, "x", "", "half", "", "", NULL));
  g_set_error_literal (error, KOUAN_DATABASE_ERROR, KOUAN_DATABASE_ERROR_FULL, "no room");
  return FALSE;
}

/* A disk that is full in the middle of it: a sentence, and nothing of it stays. */
static void
test_full_disk (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanStaffOrder order = { fixture->gate, fixture->all, NULL };
  g_autoptr (GError) error = NULL;
  guint before = count_entries (fixture), calls = 0;

  g_assert_false (
    kouan_staff_do (&order, KOUAN_DUTY_HOURS, "", "set", change_and_fail, &calls, &error));
  g_assert_error (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_STORE);
  g_assert_cmpuint (calls, ==, 1);
  g_assert_cmpuint (count_entries (fixture), ==, before);
}

/* At the screen and over ssh, on two connections: both are done, one after the other. */
static void
test_two_staff_at_once (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = kouan_station_path (fixture->station, KOUAN_STATION_DATABASE);
  g_autoptr (KouanDatabase) db = kouan_kiosk_store_open (path, NULL);
  g_autoptr (KouanStaffGate) gate = kouan_staff_gate_new (fixture->station, fixture->clock, db);
  g_autoptr (KouanStaffPass) tec
    = kouan_test_pass (gate, fixture->key, "u-tec", KOUAN_ROLE_TECHNICIAN);
  KouanStaffOrder screen = { fixture->gate, fixture->all, NULL };
  KouanStaffOrder shell = { gate, tec, NULL };
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;
  gint64 entries, broken_at;

  g_assert_true (kouan_staff_set_reason (&screen, "broken", &error));
  g_assert_true (kouan_staff_disable (&shell, "printer", TRUE, &error));
  g_assert_true (kouan_staff_set_reason (&shell, "maintenance", &error));
  g_assert_true (kouan_staff_get_reason (fixture->db, &reason, &error));
  g_assert_cmpstr (reason, ==, "maintenance");
  g_assert_true (kouan_staff_is_disabled (fixture->db, "printer"));
  g_assert_true (kouan_audit_verify (fixture->db, &entries, &broken_at, &error));
  g_assert_cmpint (broken_at, ==, 0);
}

/* An order about the visit is taken once, and not at all when it has lain for long: it would meet
 * somebody else's visit. */
static void
test_visit_orders (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanStaffOrder order = { fixture->gate, fixture->all, NULL };
  g_autofree char *result = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  KouanVisitOrder which;

  g_assert_false (kouan_visit_order_take (fixture->db, NOW_S, &which));
  g_assert_true (kouan_visit_order_give (&order, KOUAN_VISIT_ORDER_PARK, &error));
  g_assert_true (kouan_visit_order_take (fixture->db, NOW_S + 1, &which));
  g_assert_cmpint (which, ==, KOUAN_VISIT_ORDER_PARK);
  g_assert_false (kouan_visit_order_take (fixture->db, NOW_S + 1, &which));
  g_assert_true (kouan_visit_order_read_answer (fixture->db, &result, &text, &error));
  g_assert_null (result);
  kouan_visit_order_answer (fixture->db, "done", "Hall\nKiosk 7");
  g_assert_true (kouan_visit_order_read_answer (fixture->db, &result, &text, &error));
  g_assert_cmpstr (result, ==, "done");
  g_assert_cmpstr (text, ==, "Hall\nKiosk 7");
  g_assert_true (kouan_visit_order_give (&order, KOUAN_VISIT_ORDER_FREE, &error));
  g_assert_false (
    kouan_visit_order_take (fixture->db, NOW_S + KOUAN_VISIT_ORDER_FRESH_S + 1, &which));
  g_assert_false (kouan_visit_order_take (fixture->db, NOW_S, &which));
}

static GDateTime *
at (const char *text)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  return g_date_time_new_from_iso8601 (text, zone);
}

#define WEEK "08:30-17:00 08:30-17:00 closed 08:30-17:00 08:30-12:00 closed closed"

static void
test_hours (void)
{
  static const struct
  {
    const char *when;
    gboolean open;
    const char *next;
  } moments[] = {
    { "2026-11-30T08:29:59Z", FALSE, "2026-11-30T08:30:00Z" }, /* a Monday */
    { "2026-11-30T08:30:00Z", TRUE, "2026-12-01T08:30:00Z" },
    { "2026-11-30T16:59:59Z", TRUE, "2026-12-01T08:30:00Z" },
    { "2026-11-30T17:00:00Z", FALSE, "2026-12-01T08:30:00Z" },
    { "2026-12-01T20:00:00Z", FALSE, "2026-12-03T08:30:00Z" }, /* closed on Wednesdays */
    { "2026-12-04T12:00:00Z", FALSE, "2026-12-07T08:30:00Z" },
  };
  KouanHours hours;
  g_autofree char *text = NULL;

  g_assert_true (kouan_hours_parse (WEEK, &hours));
  text = kouan_hours_to_string (&hours);
  g_assert_cmpstr (text, ==, WEEK);
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (GDateTime) when = at (moments[i].when);
      g_autoptr (GDateTime) expected = at (moments[i].next);
      g_autoptr (GDateTime) next = kouan_hours_next_opening (&hours, when);

      g_assert_true (kouan_hours_is_open (&hours, when) == moments[i].open);
      g_assert_cmpint (g_date_time_compare (next, expected), ==, 0);
    }
}

static void
test_bad_hours (void)
{
  static const char *const wrong[] = {
    "",
    "closed",
    WEEK " closed",
    "08:30-25:00 closed closed closed closed closed closed",
    "17:00-08:30 closed closed closed closed closed closed", /* not over midnight */
    "08:30-08:30 closed closed closed closed closed closed",
  };
  KouanHours hours;
  g_autoptr (GDateTime) when = at ("2026-11-30T12:00:00Z");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (kouan_hours_parse (wrong[i], &hours));
  g_assert_true (kouan_hours_parse ("closed closed closed closed closed closed closed", &hours));
  g_assert_null (kouan_hours_next_opening (&hours, when));
}

static void
test_hours_are_kept (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanStaffOrder order = { fixture->gate, fixture->all, NULL };
  KouanHours hours, kept;
  gboolean is_set;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_hours_load (fixture->db, &kept, &is_set, &error));
  g_assert_false (is_set);
  g_assert_true (kouan_hours_parse (WEEK, &hours));
  g_assert_true (kouan_staff_set_hours (&order, &hours, &error));
  g_assert_true (kouan_hours_load (fixture->db, &kept, &is_set, &error));
  g_assert_true (is_set);
  text = kouan_hours_to_string (&kept);
  g_assert_cmpstr (text, ==, WEEK);
  g_assert_true (kouan_staff_set_hours (&order, NULL, &error));
  g_assert_true (kouan_hours_load (fixture->db, &kept, &is_set, &error));
  g_assert_false (is_set);
}

/* A line a subject, and one subject's change leaves the others as they are. */
static void
test_troubles (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_troubles_set (fixture->station, "printer", "needs-paper");
  kouan_troubles_set (fixture->station, "document-camera", "offline");
  kouan_troubles_set (fixture->station, "printer", "cover-open");
  g_assert_true (has_trouble (fixture, "printer cover-open"));
  g_assert_false (has_trouble (fixture, "printer needs-paper"));
  kouan_troubles_set (fixture->station, "camera", NULL);
  g_assert_true (has_trouble (fixture, "document-camera offline"));
  kouan_troubles_set (fixture->station, "document-camera", NULL);
  g_assert_false (has_trouble (fixture, "document-camera offline"));
}

#define ADD(name, test) g_test_add ("/orders/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("out-of-service", test_out_of_service);
  g_test_add_func ("/orders/reasons", test_reasons_have_sentences);
  ADD ("devices", test_devices);
  ADD ("call", test_call);
  ADD ("not-yours", test_not_yours);
  ADD ("two-agree", test_two_agree);
  ADD ("full-disk", test_full_disk);
  ADD ("two-staff-at-once", test_two_staff_at_once);
  ADD ("visit-orders", test_visit_orders);
  g_test_add_func ("/orders/hours", test_hours);
  g_test_add_func ("/orders/bad-hours", test_bad_hours);
  ADD ("hours-are-kept", test_hours_are_kept);
  ADD ("troubles", test_troubles);
  return g_test_run ();
}
