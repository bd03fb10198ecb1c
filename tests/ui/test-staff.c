/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/record/outbox.h"
#include "app/staff/visit-order.h"
#include "tests/testlib/fixture.h"
#include "tests/testlib/staff.h"
#include "tests/testlib/station.h"
#include "tests/ui/testkit/ear.h"
#include "tests/ui/testkit/picture.h"
#include "tests/ui/testkit/walk.h"
#include "ui/pages/screens.h"
#include "ui/shell.h"
#include "ui/staff/staff-screens.h"
#include "ui/style/style.h"
#include "ui/widgets/button.h"

#include <string.h>

/* Every page of staff mode on every screen, in every language, in small and in large text; and what
 * the shell makes of coming in, of leaving, and of nobody touching the glass. */

#define IDLE_S 61

typedef struct
{
  char *folder;
  KouanSigningKey *key;
  KouanStation *station;
  KouanClock *clock;
  KouanSession *session;
  KouanKiosk *kiosk;
  KouanStaffMode *mode;
  gboolean ended;
} Fixture;

static const struct
{
  int width;
  int height;
} SCREENS[] = { { 1080, 1920 }, { 1920, 1080 }, { 1024, 768 } };

static KouanCatalogue *
sign_catalogue (Fixture *fixture)
{
  g_autofree char *target = kouan_station_path (fixture->station, KOUAN_STATION_CATALOGUE);
  g_autofree char *from = g_test_build_filename (G_TEST_DIST, "..", "assets", "catalogue",
                                                 "work-residence-permit.json", NULL);
  g_autofree char *to = g_build_filename (target, "work-residence-permit.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  KouanCatalogue *catalogue;
  gsize size;

  g_assert_true (g_file_get_contents (from, &text, &size, &error));
  g_assert_true (g_file_set_contents (to, text, (gssize)size, &error));
  g_assert_true (kouan_catalogue_sign (target, fixture->key, 1, 1, &error));
  catalogue
    = kouan_catalogue_load (target, kouan_station_get_keyring (fixture->station), 0, &error);
  g_assert_no_error (error);
  return catalogue;
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const KouanDevicePrograms programs = { "/nonexistent", "/nonexistent", "/nonexistent", "" };
  g_autoptr (KouanPixels) pixels = kouan_pixels_new ("/nonexistent");
  g_autoptr (KouanCatalogue) catalogue = NULL;
  g_autoptr (KouanIdle) idle = NULL;
  g_autoptr (KouanOutbox) outbox = NULL;
  g_autoptr (KouanDatabase) db = NULL;
  g_autoptr (KouanStaffGate) gate = NULL;
  g_autoptr (KouanDeviceSet) devices = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = kouan_test_folder_new ();
  fixture->key = kouan_signing_key_generate ();
  fixture->station = kouan_test_station_new (fixture->folder, fixture->key);
  fixture->clock = kouan_manual_clock_new (G_GINT64_CONSTANT (1796000000) * G_USEC_PER_SEC);
  catalogue = sign_catalogue (fixture);
  fixture->session = kouan_session_new (fixture->station, fixture->clock, catalogue, pixels);
  outbox = kouan_outbox_new (fixture->station, fixture->clock);
  db = kouan_outbox_open_database (outbox, &error);
  g_assert_no_error (error);
  kouan_session_set_store (fixture->session, db);
  kouan_test_roster_install (db, 1, NULL);
  gate = kouan_staff_gate_new (fixture->station, fixture->clock, db);
  idle = kouan_idle_new (fixture->clock);
  fixture->kiosk = kouan_kiosk_new (fixture->session, idle, pixels);
  devices = kouan_device_set_new (fixture->station, fixture->clock, pixels, &programs);
  kouan_device_set_open (devices, db);
  kouan_kiosk_set_devices (fixture->kiosk, devices);
  kouan_kiosk_set_gate (fixture->kiosk, gate);
  kouan_kiosk_set_sync_program (fixture->kiosk, "/nonexistent");
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_object (&fixture->mode);
  g_clear_object (&fixture->kiosk);
  g_clear_object (&fixture->session);
  g_clear_object (&fixture->clock);
  g_clear_object (&fixture->station);
  kouan_signing_key_unref (fixture->key);
  kouan_test_folder_remove (fixture->folder);
}

static void
get_in (Fixture *fixture, KouanStaffMode *mode, guint roles)
{
  g_autoptr (KouanStaffPass) pass
    = kouan_test_pass (kouan_kiosk_get_gate (fixture->kiosk), fixture->key, "u-all", roles);
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_staff_mode_let_in (mode, pass, &error));
  g_assert_no_error (error);
}

static KouanWindow *
window_new (int width, int height, const KouanLanguage *language, KouanTextSize size)
{
  g_autoptr (KouanPreferences) preferences = kouan_preferences_new (KOUAN_THEME_LIGHT);
  KouanWindow *window = kouan_window_new (preferences);

  kouan_language_set (language);
  kouan_window_set_language (window, language);
  kouan_window_set_screen (window, width, height);
  kouan_preferences_set_text_size (preferences, size);
  return window;
}

/* Returns: with @page of the stay in it, as the shell would show it */
static KouanWindow *
show_page (Fixture *fixture, KouanStaffPage page, guint screen, KouanTextSize size)
{
  KouanWindow *window
    = window_new (SCREENS[screen].width, SCREENS[screen].height, kouan_language_current (), size);
  KouanPageFrame *frame = kouan_window_get_frame (window);
  KouanScreen *built;

  kouan_staff_mode_show (fixture->mode, page);
  built = kouan_staff_screen_for_page (fixture->mode);
  kouan_page_frame_set_wide (frame, kouan_screen_is_wide (built));
  kouan_page_frame_set_title (frame, kouan_screen_get_title (built));
  kouan_page_frame_set_primary (frame, kouan_screen_get_primary_label (built));
  kouan_page_frame_set_back (frame, kouan_screen_get_back_visible (built), TRUE);
  kouan_page_frame_set_body (frame, GTK_WIDGET (built));
  gtk_window_present (GTK_WINDOW (window));
  kouan_test_wait_for_frame (GTK_WINDOW (window));
  return window;
}

static void
check_page (Fixture *fixture, KouanStaffPage page, guint screen, KouanTextSize size)
{
  KouanWindow *window = show_page (fixture, page, screen, size);
  KouanPageFrame *frame = kouan_window_get_frame (window);

  g_test_message ("page %d, %d × %d, text %d, %s", (int)page, SCREENS[screen].width,
                  SCREENS[screen].height, (int)size, kouan_language_current ()->code);
  g_assert_cmpuint (strlen (kouan_page_frame_get_title (frame)), >, 0);
  kouan_test_check_fits (GTK_WINDOW (window), SCREENS[screen].width, SCREENS[screen].height);
  kouan_test_check_touch (GTK_WIDGET (window));
  kouan_test_check_names (GTK_WIDGET (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

#define STEP                                                                                       \
  4 /* of twelve languages: each page comes up in all of them, on one screen or another */

static void
test_pages_fit (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint n_languages, look = 0;
  const KouanLanguage *const *languages = kouan_language_all (&n_languages);
  g_autoptr (GError) error = NULL;

  fixture->mode = kouan_staff_mode_new (fixture->kiosk);
  get_in (fixture, fixture->mode, KOUAN_ROLES_ALL);
  g_assert_true (
    kouan_staff_call (kouan_staff_gate_get_database (kouan_kiosk_get_gate (fixture->kiosk)),
                      fixture->station, 1796000000, "details", &error));
  for (KouanStaffPage page = KOUAN_STAFF_PAGE_ENTRY; page <= KOUAN_STAFF_PAGE_REPORTS; page++)
    for (guint screen = 0; screen < G_N_ELEMENTS (SCREENS); screen++)
      for (KouanTextSize size = KOUAN_TEXT_NORMAL; size <= KOUAN_TEXT_LARGER; size += 2)
        for (guint language = look++ % STEP; language < n_languages; language += STEP)
          {
            kouan_language_set (languages[language]);
            check_page (fixture, page, screen, size);
          }
  kouan_language_set (kouan_language_find ("en"));
}

/* With five keys alone: all that a finger could press on each page is reached and is said. */
static void
test_five_keys (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  kouan_language_set (kouan_language_find ("en"));
  fixture->mode = kouan_staff_mode_new (fixture->kiosk);
  get_in (fixture, fixture->mode, KOUAN_ROLES_ALL);
  g_assert_true (
    kouan_staff_call (kouan_staff_gate_get_database (kouan_kiosk_get_gate (fixture->kiosk)),
                      fixture->station, 1796000000, "details", &error));
  for (KouanStaffPage page = KOUAN_STAFF_PAGE_ENTRY; page <= KOUAN_STAFF_PAGE_REPORTS; page++)
    {
      KouanWindow *window = show_page (fixture, page, 0, KOUAN_TEXT_NORMAL);
      KouanTestEar ear;

      g_test_message ("page %d by ear", (int)page);
      kouan_test_ear_open (&ear, window);
      kouan_test_ear_plug_in (&ear);
      kouan_test_ear_check_reaches (&ear);
      kouan_test_ear_close (&ear);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

#define PRESSES 120

/* Through the loudspeaker of the hall nothing is said that could be somebody's: no number of a
 * receipt, no key of a lock, nothing that a visitor has entered. */
static void
test_nothing_private_is_said (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->mode = kouan_staff_mode_new (fixture->kiosk);
  kouan_language_set (kouan_language_find ("en"));
  get_in (fixture, fixture->mode, KOUAN_ROLES_ALL);
  for (KouanStaffPage page = KOUAN_STAFF_PAGE_ENTRY; page <= KOUAN_STAFF_PAGE_REPORTS; page++)
    {
      KouanWindow *window = show_page (fixture, page, 0, KOUAN_TEXT_NORMAL);
      g_autofree char *heard = NULL;
      KouanTestEar ear;

      kouan_test_ear_open (&ear, window);
      kouan_test_ear_press (&ear, KOUAN_VOICE_KEY_REPEAT);
      for (guint i = 0; i < PRESSES; i++)
        kouan_test_ear_press (&ear, KOUAN_VOICE_KEY_NEXT);
      heard = kouan_test_ear_hear (&ear);
      g_assert_cmpuint (strlen (heard), >, 0);
      if (g_regex_match_simple ("[0-9]{5}", heard, 0, 0))
        g_error ("page %d says a number: %s", (int)page, heard);
      kouan_test_ear_close (&ear);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* KOUAN_PICTURES=FOLDER keeps what each page looks like. */
static void
test_pictures (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *folder = g_getenv ("KOUAN_PICTURES");

  if (folder == NULL)
    {
      g_test_skip ("KOUAN_PICTURES is not set");
      return;
    }
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  kouan_language_set (kouan_language_find ("en"));
  fixture->mode = kouan_staff_mode_new (fixture->kiosk);
  get_in (fixture, fixture->mode, KOUAN_ROLES_ALL);
  for (KouanStaffPage page = KOUAN_STAFF_PAGE_ENTRY; page <= KOUAN_STAFF_PAGE_REPORTS; page++)
    for (guint screen = 0; screen < G_N_ELEMENTS (SCREENS); screen++)
      {
        KouanWindow *window = show_page (fixture, page, screen, KOUAN_TEXT_NORMAL);
        g_autofree char *name
          = g_strdup_printf ("staff-%02d-%d.png", (int)page, SCREENS[screen].width);
        g_autofree char *path = g_build_filename (folder, name, NULL);

        kouan_test_picture_save (GTK_WINDOW (window), path);
        gtk_window_destroy (GTK_WINDOW (window));
      }
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = NULL;

      if (GTK_IS_BUTTON (child)
          && g_strcmp0 (kouan_button_get_label (GTK_BUTTON (child)), label) == 0)
        return child;
      found = find_button (child, label);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Returns: (transfer full): label to command, as tests/data/staff/actions.tsv has them */
static GHashTable *
read_actions (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "staff", "actions.tsv", NULL);
  GHashTable *actions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", 2);

      if (*lines[i] != '#' && g_strv_length (columns) == 2)
        g_hash_table_insert (actions, g_strdup (columns[0]), g_strdup (columns[1]));
    }
  return actions;
}

/* The seven days of the hours page show what is edited below them. */
static gboolean
is_day (const char *label)
{
  return strstr (label, "   ") != NULL;
}

/* Returns: how many there are that @actions does not know */
static guint
check_buttons (GtkWidget *root, GHashTable *actions)
{
  guint unknown = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *label
        = GTK_IS_BUTTON (child) ? kouan_button_get_label (GTK_BUTTON (child)) : NULL;

      if (label != NULL && *label != '\0' && !is_day (label)
          && !g_hash_table_contains (actions, label))
        {
          g_test_message ("\"%s\" has no command in actions.tsv", label);
          unknown++;
        }
      unknown += check_buttons (child, actions);
    }
  return unknown;
}

/* Nothing can be done at the screen that could not be done over ssh; that the commands are there,
 * the test of kouanctl sees. */
static void
test_every_button_has_a_command (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GHashTable) actions = read_actions ();
  guint unknown = 0;

  kouan_language_set (kouan_language_find ("en"));
  g_assert_true (kouan_session_send (fixture->session, KOUAN_EVENT_START));
  fixture->mode = kouan_staff_mode_new (fixture->kiosk);
  get_in (fixture, fixture->mode, KOUAN_ROLES_ALL);
  for (KouanStaffPage page = KOUAN_STAFF_PAGE_ENTRY; page <= KOUAN_STAFF_PAGE_REPORTS; page++)
    {
      KouanScreen *screen;
      const char *primary;

      kouan_staff_mode_show (fixture->mode, page);
      screen = g_object_ref_sink (kouan_staff_screen_for_page (fixture->mode));
      primary = kouan_screen_get_primary_label (screen);
      g_assert_true (primary == NULL || g_hash_table_contains (actions, primary));
      unknown += check_buttons (GTK_WIDGET (screen), actions);
      g_object_unref (screen);
    }
  g_assert_cmpuint (unknown, ==, 0);
}

/* Over ssh somebody orders what to do with the visit; the kiosk does it at its next tick, and says
 * how it went. */
static void
order_from_elsewhere (Fixture *fixture,
                      KouanShell *shell,
                      KouanVisitOrder which,
                      const char *result)
{
  KouanStaffGate *gate = kouan_kiosk_get_gate (fixture->kiosk);
  g_autoptr (KouanStaffPass) pass
    = kouan_test_pass (gate, fixture->key, "u-att", KOUAN_ROLE_ATTENDANT);
  KouanStaffOrder order = { gate, pass, NULL };
  g_autofree char *found = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kouan_visit_order_give (&order, which, &error));
  g_assert_no_error (error);
  kouan_shell_tick (shell);
  g_assert_true (
    kouan_visit_order_read_answer (kouan_staff_gate_get_database (gate), &found, &text, &error));
  g_assert_cmpstr (found, ==, result);
  g_assert_true ((text != NULL)
                 == (which == KOUAN_VISIT_ORDER_HAND_OVER && g_str_equal (result, "done")));
}

static void
test_ordered_from_elsewhere (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanWindow *window = window_new (1080, 1920, kouan_language_find ("en"), KOUAN_TEXT_NORMAL);
  g_autoptr (KouanShell) shell = kouan_shell_new (fixture->kiosk, window);

  for (KouanVisitOrder which = 0; which < KOUAN_VISIT_N_ORDERS; which++)
    order_from_elsewhere (fixture, shell, which, "nobody");
  g_assert_true (kouan_session_send (fixture->session, KOUAN_EVENT_START));
  order_from_elsewhere (fixture, shell, KOUAN_VISIT_ORDER_TIME, "done");
  order_from_elsewhere (fixture, shell, KOUAN_VISIT_ORDER_HAND_OVER, "done");
  order_from_elsewhere (fixture, shell, KOUAN_VISIT_ORDER_CARRY_OUT, "nothing-to-keep");
  g_assert_cmpint (kouan_session_get_state (fixture->session), ==, KOUAN_STATE_LANGUAGE);
  order_from_elsewhere (fixture, shell, KOUAN_VISIT_ORDER_FREE, "done");
  g_assert_false (kouan_flow_state_has_visitor (kouan_session_get_state (fixture->session)));
  g_clear_object (&shell);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Each role is offered what the table gives it, and nothing else. */
static void
test_offers_by_role (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct
  {
    guint role;
    const char *label;
    gboolean there;
  } offers[] = {
    { KOUAN_ROLE_ATTENDANT, "Help the visitor", TRUE },
    { KOUAN_ROLE_ATTENDANT, "Send and carry", FALSE },
    { KOUAN_ROLE_ATTENDANT, "Locked badges", FALSE },
    { KOUAN_ROLE_SUPERVISOR, "Send and carry", TRUE },
    { KOUAN_ROLE_TECHNICIAN, "Help the visitor", FALSE },
    { KOUAN_ROLE_TECHNICIAN, "Devices", TRUE },
    { KOUAN_ROLE_SECURITY, "Locked badges", TRUE },
    { KOUAN_ROLE_SECURITY, "Out of service and hours", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    {
      g_autoptr (KouanStaffMode) mode = kouan_staff_mode_new (fixture->kiosk);
      KouanScreen *screen;

      get_in (fixture, mode, offers[i].role);
      screen = g_object_ref_sink (kouan_staff_screen_for_page (mode));
      g_assert_true ((find_button (GTK_WIDGET (screen), offers[i].label) != NULL)
                     == offers[i].there);
      g_object_unref (screen);
    }
}

static void
on_ended (KouanShell *shell G_GNUC_UNUSED, Fixture *fixture)
{
  fixture->ended = TRUE;
}

static const char *
title_of (KouanWindow *window)
{
  return kouan_page_frame_get_title (kouan_window_get_frame (window));
}

/* From a visit's page to the door and back: the page is away while the door shows, and the visit
 * goes on where it was. Nobody got in, so that nothing was parked. */
static void
test_door_and_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanWindow *window = window_new (1080, 1920, kouan_language_find ("en"), KOUAN_TEXT_NORMAL);
  g_autoptr (KouanShell) shell = kouan_shell_new (fixture->kiosk, window);
  KouanPageFrame *frame = kouan_window_get_frame (window);

  g_assert_true (kouan_session_send (fixture->session, KOUAN_EVENT_START));
  g_assert_cmpstr (title_of (window), ==, "Choose your language");
  g_signal_emit_by_name (window, "staff-here");
  g_assert_cmpstr (title_of (window), ==, "Staff: show your badge");
  g_signal_emit_by_name (frame, "back");
  g_assert_cmpstr (title_of (window), ==, "Choose your language");
  g_assert_cmpint (kouan_session_get_state (fixture->session), ==, KOUAN_STATE_LANGUAGE);
  g_clear_object (&shell);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Nobody touches the glass for a minute: the door closes, and the visit shows again. */
static void
test_idle_locks (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanWindow *window = window_new (1080, 1920, kouan_language_find ("en"), KOUAN_TEXT_NORMAL);
  g_autoptr (KouanShell) shell = kouan_shell_new (fixture->kiosk, window);

  g_signal_connect (shell, "ended", G_CALLBACK (on_ended), fixture);
  g_assert_true (kouan_session_send (fixture->session, KOUAN_EVENT_START));
  g_signal_emit_by_name (window, "staff-here");
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->clock), (IDLE_S - 2) * G_USEC_PER_SEC);
  kouan_shell_tick (shell);
  g_assert_cmpstr (title_of (window), ==, "Staff: show your badge");
  kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->clock), 2 * G_USEC_PER_SEC);
  kouan_shell_tick (shell);
  g_assert_cmpstr (title_of (window), ==, "Choose your language");
  g_assert_false (fixture->ended);
  g_clear_object (&shell);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* While it is out of service, the first page says why and offers no start. */
static void
test_out_of_service (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanStaffGate *gate = kouan_kiosk_get_gate (fixture->kiosk);
  g_autoptr (KouanStaffPass) pass = kouan_test_pass (gate, fixture->key, "u-all", KOUAN_ROLES_ALL);
  KouanStaffOrder order = { gate, pass, NULL };
  KouanWindow *window = window_new (1080, 1920, kouan_language_find ("en"), KOUAN_TEXT_NORMAL);
  g_autoptr (KouanShell) shell = kouan_shell_new (fixture->kiosk, window);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (kouan_screen_get_primary_label (kouan_shell_get_screen (shell)));
  g_assert_true (kouan_staff_set_reason (&order, "cleaning", &error));
  kouan_shell_tick (shell);
  g_assert_null (kouan_screen_get_primary_label (kouan_shell_get_screen (shell)));
  g_assert_true (kouan_staff_set_reason (&order, NULL, &error));
  kouan_shell_tick (shell);
  g_assert_nonnull (kouan_screen_get_primary_label (kouan_shell_get_screen (shell)));
  g_clear_object (&shell);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Somebody works on the kiosk over ssh: the screen lets nobody in meanwhile. */
static void
test_two_at_once (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanStationLock) lock
    = kouan_station_lock (fixture->station, KOUAN_STATION_LOCK_STAFF, FALSE, FALSE);
  g_autoptr (KouanStaffPass) pass = kouan_test_pass (kouan_kiosk_get_gate (fixture->kiosk),
                                                     fixture->key, "u-all", KOUAN_ROLES_ALL);
  g_autoptr (GError) error = NULL;

  fixture->mode = kouan_staff_mode_new (fixture->kiosk);
  g_assert_false (kouan_staff_mode_let_in (fixture->mode, pass, &error));
  g_assert_error (error, KOUAN_STAFF_ERROR, KOUAN_STAFF_ERROR_BUSY);
  g_assert_null (kouan_staff_mode_get_pass (fixture->mode));
}

#define ADD(name, test) g_test_add ("/staff/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *catalogues = NULL;

  gtk_test_init (&argc, &argv, NULL);
  catalogues = g_test_build_filename (G_TEST_BUILT, "..", "assets", "po", NULL);
  kouan_language_init (catalogues);
  kouan_style_load (gdk_display_get_default ());
  kouan_screens_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("pages-fit", test_pages_fit);
  ADD ("five-keys", test_five_keys);
  ADD ("nothing-private-is-said", test_nothing_private_is_said);
  ADD ("pictures", test_pictures);
  ADD ("offers-by-role", test_offers_by_role);
  ADD ("every-button-has-a-command", test_every_button_has_a_command);
  ADD ("ordered-from-elsewhere", test_ordered_from_elsewhere);
  ADD ("door-and-back", test_door_and_back);
  ADD ("idle-locks", test_idle_locks);
  ADD ("out-of-service", test_out_of_service);
  ADD ("two-at-once", test_two_at_once);
  return g_test_run ();
}
