/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/audit/check.h"
#include "app/hub/door.h"
#include "app/hub/stranger.h"
#include "app/language/language.h"
#include "app/record/outbox.h"
#include "db/kiosk/tallies.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/hub.h"
#include "tests/ui/testkit/picture.h"
#include "tests/ui/testkit/walk.h"
#include "ui/staff/audit/audit-view.h"
#include "ui/staff/reports/reports-view.h"
#include "ui/staff/setup/device-row.h"
#include "ui/staff/setup/setup-view.h"
#include "ui/style/style.h"
#include "ui/widgets/column.h"

#include <glib/gstdio.h>
#include <string.h>

/* Staff's views of the audit and of the counts, and the first-run assistant, each in a window of
 * its own. */

#define NOW_S G_GINT64_CONSTANT (1795770000)
#define KIOSK 7

typedef struct
{
  KouanTestHub *world;
  char *folder; /* of a kiosk that is enrolled */
  KouanClock *clock;
  KouanStation *station;
  KouanDatabase *db;
  GtkWindow *window; /* (nullable) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanOutbox) outbox = NULL;
  g_autoptr (GError) error = NULL;

  fixture->world = kouan_test_hub_new ();
  fixture->folder = kouan_test_hub_enrol (fixture->world, KIOSK);
  fixture->clock = kouan_manual_clock_new (NOW_S * G_USEC_PER_SEC);
  fixture->station = kouan_station_load (fixture->folder, &error);
  g_assert_no_error (error);
  outbox = kouan_outbox_new (fixture->station, fixture->clock);
  fixture->db = kouan_outbox_open_database (outbox, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  if (fixture->window != NULL)
    gtk_window_destroy (fixture->window);
  g_object_unref (fixture->db);
  g_object_unref (fixture->station);
  g_object_unref (fixture->clock);
  g_free (fixture->folder);
  kouan_test_hub_free (fixture->world);
}

/* In a column that scrolls, as the staff's shell puts it up. */
static void
show (Fixture *fixture, GtkWidget *view)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller),
                                 kouan_column_new (view, KOUAN_COLUMN_WIDTH));
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (fixture->window, 1080, 1400);
  gtk_window_set_child (fixture->window, scroller);
  gtk_window_present (fixture->window);
  kouan_test_wait_for_frame (fixture->window);
}

/* What the smallest screen has room for, in every language that there is. */
static void
check_fits (Fixture *fixture, GtkWidget *view)
{
  int width;

  kouan_test_wait_for_frame (fixture->window);
  kouan_test_wait_for_frame (fixture->window);
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 960);
  kouan_test_check_touch (GTK_WIDGET (fixture->window));
  kouan_test_check_names (GTK_WIDGET (fixture->window));
}

static void
append (Fixture *fixture, const char *role, const char *action, const char *object, gint64 wall_s)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_audit_append (fixture->db, wall_s, role, "", action, object, "ok", &error));
  g_assert_no_error (error);
}

static void
on_export (GObject *view G_GNUC_UNUSED, guint *count)
{
  (*count)++;
}

static void
test_audit (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *file = g_build_filename (fixture->world->folder, "audit.jsonl", NULL);
  g_autoptr (GError) error = NULL;
  KouanAuditView *view;
  guint exports = 0;

  for (guint i = 0; i < 30; i++)
    append (fixture, i % 3 == 0 ? "visitor" : "kiosk", "visit.opened", "x", NOW_S - 8 * 86400);
  append (fixture, "supervisor", "staff.hours", "08:00", NOW_S - 60);
  view = KOUAN_AUDIT_VIEW (kouan_audit_view_new (fixture->station, fixture->db, fixture->clock));
  show (fixture, GTK_WIDGET (view));
  g_assert_cmpuint (kouan_audit_view_count (view), ==, 20);
  kouan_audit_view_filter (view, "visitor", NULL);
  g_assert_cmpuint (kouan_audit_view_count (view), ==, 10);
  kouan_audit_view_filter (view, "staff", NULL);
  g_assert_cmpuint (kouan_audit_view_count (view), ==, 1);
  kouan_audit_view_filter (view, "week", NULL);
  g_assert_cmpuint (kouan_audit_view_count (view), ==, 1);
  kouan_field_set_text (kouan_audit_view_get_field (view), "HOURS");
  kouan_audit_view_filter (view, "all", "HOURS");
  g_assert_cmpuint (kouan_audit_view_count (view), ==, 1);
  kouan_audit_view_filter (view, NULL, "nothing like it");
  g_assert_cmpuint (kouan_audit_view_count (view), ==, 0);
  g_signal_connect (view, "export", G_CALLBACK (on_export), &exports);
  g_assert_true (kouan_audit_view_export (view, file, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  kouan_audit_view_filter (view, "all", "");
  check_fits (fixture, GTK_WIDGET (view));
}

static char *
name_service (gint64 service, gpointer data G_GNUC_UNUSED)
{
  return service == 3 ? g_strdup ("Work permit") : NULL;
}

static void
tally (Fixture *fixture, const char *day, const char *measure, const char *word, guint times)
{
  const KouanTally one = { day, measure, 3, word, 60 };

  for (guint i = 0; i < times; i++)
    g_assert_true (kouan_tallies_add (fixture->db, &one, NULL));
}

static gboolean
shows (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_text (GTK_LABEL (root)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static void
test_reports (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanReportsView *view;

  tally (fixture, "2026-11-27", KOUAN_TALLY_END, "completed", 40);
  tally (fixture, "2026-11-01", KOUAN_TALLY_END, "left", 10);
  tally (fixture, "2026-11-27", KOUAN_TALLY_STEP, "documents", 40);
  tally (fixture, "2026-11-27", KOUAN_TALLY_LANGUAGE, "ru", 37);
  tally (fixture, "2026-11-27", KOUAN_TALLY_LANGUAGE, "ko", 2);
  tally (fixture, "2026-11-27", KOUAN_TALLY_LANGUAGE, "ja", 1);
  view
    = KOUAN_REPORTS_VIEW (kouan_reports_view_new (fixture->db, fixture->clock, name_service, NULL));
  show (fixture, GTK_WIDGET (view));
  g_assert_cmpint (kouan_reports_view_get_report (view)->visits, ==, 50);
  g_assert_true (shows (GTK_WIDGET (view), "Work permit"));
  g_assert_true (shows (GTK_WIDGET (view), "37"));
  g_assert_true (shows (GTK_WIDGET (view), "withheld"));
  g_assert_false (shows (GTK_WIDGET (view), "2"));
  check_fits (fixture, GTK_WIDGET (view));
  kouan_reports_view_set_days (view, 7);
  g_assert_cmpint (kouan_reports_view_get_report (view)->visits, ==, 40);
  g_assert_false (shows (GTK_WIDGET (view), "deleted and left"));
}

static void
enrol_at_hub (Fixture *fixture, const char *request, const char *bundle, char **hub)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  KouanHubPlacement placement = { .hall_id = KOUAN_TEST_HALL, .hall_names = names };
  g_autoptr (KouanHubEnrolled) enrolled = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize size;

  g_hash_table_insert (names, (gpointer) "zh-Hans", (gpointer) "测试大厅");
  g_assert_true (g_file_get_contents (request, &contents, &size, &error));
  message = g_bytes_new_take (contents, size);
  enrolled = kouan_hub_enrol (fixture->world->hub, message, &placement, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (bundle, g_bytes_get_data (enrolled->bundle, NULL),
                                      (gssize)g_bytes_get_size (enrolled->bundle), NULL));
  *hub = g_strdup (enrolled->hub_fingerprint);
}

static gboolean
is_tested (gpointer data)
{
  return kouan_setup_view_is_tested (data);
}

static KouanDeviceRow *
find_row (GtkWidget *root, const char *key)
{
  KouanDeviceRow *found = NULL;

  if (KOUAN_IS_DEVICE_ROW (root)
      && g_str_equal (kouan_device_row_get_key (KOUAN_DEVICE_ROW (root)), key))
    return KOUAN_DEVICE_ROW (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, key);
  return found;
}

static gboolean
is_tried (gpointer data)
{
  return !kouan_device_row_is_testing (data);
}

/* A device does what it is for before the kiosk is opened: here a stick is looked for. */
static void
check_device_row (Fixture *fixture, KouanSetupView *view)
{
  KouanDeviceRow *row = find_row (GTK_WIDGET (view), "stick");

  kouan_device_row_test (row);
  kouan_test_wait_for (is_tried, row);
  kouan_test_wait_for_frame (fixture->window);
  check_fits (fixture, GTK_WIDGET (view));
}

static void
test_setup (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *folder = g_build_filename (fixture->world->folder, "new", NULL);
  g_autofree char *stick = g_build_filename (fixture->world->folder, "stick", NULL);
  g_autofree char *request = kouan_setup_stick_request (stick, 9);
  g_autofree char *bundle = kouan_setup_stick_bundle (stick, 9);
  g_autofree char *hub = NULL;
  const KouanDoctorPrograms programs = { 0 };
  KouanSetupView *view
    = KOUAN_SETUP_VIEW (kouan_setup_view_new (folder, stick, &programs, fixture->clock));

  show (fixture, GTK_WIDGET (view));
  check_fits (fixture, GTK_WIDGET (view));
  kouan_setup_view_request (view, "nine");
  g_assert_cmpstr (kouan_setup_view_get_said (view), ==, "Which kiosk is this?");
  kouan_setup_view_request (view, "9");
  g_assert_cmpint (kouan_setup_view_get_stage (view), ==, KOUAN_SETUP_REQUESTED);
  check_fits (fixture, GTK_WIDGET (view));
  enrol_at_hub (fixture, request, bundle, &hub);
  kouan_setup_view_install (view, "9", "");
  g_assert_cmpstr (kouan_setup_view_get_said (view), ==, "Which hub is it from?");
  kouan_setup_view_install (view, "9", "0000-0000");
  g_assert_cmpint (kouan_setup_view_get_stage (view), ==, KOUAN_SETUP_REQUESTED);
  kouan_setup_view_install (view, "9", hub);
  g_assert_cmpint (kouan_setup_view_get_stage (view), ==, KOUAN_SETUP_ENROLLED);
  kouan_setup_view_choose (view, "station.profile", "overseas");
  g_assert_cmpstr (kouan_setup_view_get_said (view), ==, "Kept");
  check_device_row (fixture, view);
  kouan_setup_view_go_live (view);
  g_assert_cmpstr (kouan_setup_view_get_said (view), ==, "Test everything first");
  kouan_setup_view_test (view);
  kouan_test_wait_for (is_tested, view);
  g_assert_cmpstr (kouan_setup_view_get_said (view), ==, "This kiosk is not fit to serve yet");
  kouan_test_wait_for_frame (fixture->window);
  check_fits (fixture, GTK_WIDGET (view));
  kouan_setup_view_go_live (view);
  g_assert_cmpint (kouan_setup_view_get_stage (view), ==, KOUAN_SETUP_ENROLLED);
}

static gboolean
is_said (gpointer data)
{
  gpointer *both = data;

  return g_strcmp0 (kouan_setup_view_get_said (both[0]), both[1]) == 0;
}

static void
wait_for_said (KouanSetupView *view, const char *title)
{
  gpointer both[] = { view, (gpointer)title };

  kouan_test_wait_for (is_said, both);
}

static void
enrol_stranger (Fixture *fixture, const char *fingerprint)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  KouanHubPlacement placement = { .hall_id = KOUAN_TEST_HALL, .hall_names = names };
  g_autoptr (KouanHubEnrolled) enrolled = NULL;
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (names, (gpointer) "zh-Hans", (gpointer) "测试大厅");
  enrolled = kouan_hub_answer_stranger (fixture->world->hub, fingerprint, &placement, &error);
  g_assert_no_error (error);
}

/* A whole enrolment without a stick, on the screen of the new machine. */
static void
test_setup_over_the_network (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *folder = g_build_filename (fixture->world->folder, "new", NULL);
  g_autofree char *hub = kouan_hub_get_fingerprint (fixture->world->hub, NULL);
  g_autofree char *typed = g_ascii_strup (hub, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHubDoor) door = kouan_hub_door_new (fixture->world->hub, 0, &error);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", kouan_hub_door_get_port (door));
  g_autoptr (KouanAsked) asked = NULL;
  const KouanDoctorPrograms programs = { 0 };
  KouanSetupView *view
    = KOUAN_SETUP_VIEW (kouan_setup_view_new (folder, folder, &programs, fixture->clock));

  g_assert_no_error (error);
  show (fixture, GTK_WIDGET (view));
  check_fits (fixture, GTK_WIDGET (view));
  kouan_setup_view_ask (view, "nine", url);
  g_assert_cmpstr (kouan_setup_view_get_said (view), ==, "Which kiosk is this?");
  kouan_setup_view_ask (view, "9", "hub.example");
  wait_for_said (view, "That is no address of a hub");
  kouan_setup_view_ask (view, "9", url);
  g_assert_cmpstr (kouan_setup_view_get_said (view), ==, "The hub is being asked");
  wait_for_said (view, "The hub has the request");
  g_assert_cmpint (kouan_setup_view_get_stage (view), ==, KOUAN_SETUP_REQUESTED);
  kouan_test_wait_for_frame (fixture->window);
  check_fits (fixture, GTK_WIDGET (view));
  asked = kouan_ask_read (folder);
  enrol_stranger (fixture, asked->fingerprint);
  wait_for_said (view, "The hub's answer is here");
  kouan_setup_view_install (view, "", "1a2b");
  g_assert_cmpint (kouan_setup_view_get_stage (view), ==, KOUAN_SETUP_REQUESTED);
  kouan_setup_view_install (view, "", g_strdelimit (typed, "-", ' '));
  g_assert_cmpint (kouan_setup_view_get_stage (view), ==, KOUAN_SETUP_ENROLLED);
}

int
main (int argc, char **argv)
{
  g_autofree char *catalogues = NULL;

  gtk_test_init (&argc, &argv, NULL);
  catalogues = g_test_build_filename (G_TEST_BUILT, "..", "assets", "po", NULL);
  kouan_language_init (catalogues);
  kouan_style_load (gdk_display_get_default ());

#define ADD(path, function)                                                                        \
  g_test_add ("/staff-views/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("audit", test_audit);
  ADD ("reports", test_reports);
  ADD ("setup", test_setup);
  ADD ("setup-over-the-network", test_setup_over_the_network);
  return g_test_run ();
}
