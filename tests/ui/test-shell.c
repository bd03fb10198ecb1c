/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/testlib/fixture.h"
#include "tests/testlib/station.h"
#include "tests/ui/testkit/ear.h"
#include "tests/ui/testkit/picture.h"
#include "tests/ui/testkit/walk.h"
#include "ui/farewell.h"
#include "ui/hand-over.h"
#include "ui/pages/screens.h"
#include "ui/shell.h"

#include "app/record/outbox.h"
#include "ui/style/style.h"
#include "ui/window/panels.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The real pages of a visit at a station without devices, by five keys and by ear; and what becomes
 * of a visitor's own settings. */

#define HALL "zh-Hans"                       /* the language of a station that says nothing else */
#define NOW_S G_GINT64_CONSTANT (1796000000) /* 30 November 2026 */

typedef struct
{
  char *folder;
  KouanClock *clock;
  KouanSigningKey *issuer;
  KouanStation *station;
  KouanCatalogue *catalogue;
  KouanPixels *pixels;
  KouanSession *session;
  KouanKiosk *kiosk;
  KouanPreferences *preferences;
  KouanWindow *window;
  KouanShell *shell;
  KouanTestEar ear;
} Fixture;

static void
load_catalogue (Fixture *fixture)
{
  g_autofree char *target = kouan_station_path (fixture->station, KOUAN_STATION_CATALOGUE);
  g_autofree char *from = g_test_build_filename (G_TEST_DIST, "..", "assets", "catalogue",
                                                 "lodging-registration.json", NULL);
  g_autofree char *to = g_build_filename (target, "lodging-registration.json", NULL);
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
  g_autoptr (KouanIdle) idle = kouan_idle_new (fixture->clock);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanDatabase) db = kouan_outbox_open_database (outbox, &error);

  g_assert_no_error (error);
  fixture->pixels = kouan_pixels_new ("/nonexistent/kouan-pixels");
  fixture->session
    = kouan_session_new (fixture->station, fixture->clock, fixture->catalogue, fixture->pixels);
  kouan_session_set_store (fixture->session, db);
  fixture->kiosk = kouan_kiosk_new (fixture->session, idle, fixture->pixels);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  kouan_language_set (kouan_language_find (g_strcmp0 (data, HALL) == 0 ? HALL : "en"));
  fixture->folder = kouan_test_folder_new ();
  fixture->clock = kouan_manual_clock_new (NOW_S * G_USEC_PER_SEC);
  fixture->issuer = kouan_signing_key_generate ();
  fixture->station = kouan_test_station_new (fixture->folder, fixture->issuer);
  load_catalogue (fixture);
  start_session (fixture);
  fixture->preferences = kouan_preferences_new (KOUAN_THEME_LIGHT);
  fixture->window = kouan_window_new (fixture->preferences);
  kouan_window_set_screen (fixture->window, 1080, 1920);
  fixture->shell = kouan_shell_new (fixture->kiosk, fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  kouan_test_wait_for_frame (GTK_WINDOW (fixture->window));
  kouan_test_ear_open (&fixture->ear, fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_test_ear_close (&fixture->ear);
  g_clear_object (&fixture->shell);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->preferences);
  g_clear_object (&fixture->kiosk);
  g_clear_object (&fixture->session);
  g_clear_object (&fixture->pixels);
  g_clear_pointer (&fixture->catalogue, kouan_catalogue_unref);
  g_clear_object (&fixture->station);
  g_clear_pointer (&fixture->issuer, kouan_signing_key_unref);
  g_clear_object (&fixture->clock);
  kouan_test_folder_remove (fixture->folder);
}

static void
settle (Fixture *fixture)
{
  kouan_test_wait_for_frame (GTK_WINDOW (fixture->window));
  kouan_voice_look (fixture->ear.voice);
}

/* Checks the page, and chooses what leads to the next. */
static void
walk (Fixture *fixture, const char *heard, const char *chosen)
{
  KouanTestEar *ear = &fixture->ear;

  settle (fixture);
  kouan_test_ear_assert_heard (ear, heard);
  kouan_test_ear_check_reaches (ear);
  kouan_test_check_names (GTK_WIDGET (fixture->window));
  kouan_test_ear_go_to (ear, chosen);
  kouan_test_ear_press (ear, KOUAN_VOICE_KEY_CHOOSE);
}

static void
test_by_ear (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanTestEar *ear = &fixture->ear;

  kouan_test_ear_plug_in (ear);
  walk (fixture, "The voice is on.", "Start\n+en\tButton.");
  walk (fixture, "Choose your language", "English\n+en\tButton.");
  walk (fixture, "Before you begin", "I agree\n+en\tButton.");
  walk (fixture, "Show your appointment code", "I have no code\n+en\tButton.");
  walk (fixture, "What do you want to apply for?", "Lodging registration\n+en\tChoice");
  walk (fixture, "This is your code", "Go on\n+en\tButton.");
  settle (fixture);
  kouan_test_ear_assert_heard (ear, "Type the two lines at the bottom of your passport");
  kouan_test_ear_check_reaches (ear);

  /* Where the visit cannot go back, back asks. */
  kouan_test_ear_press (ear, KOUAN_VOICE_KEY_BACK);
  walk (fixture, "Do you want to leave?", "Stay here");
}

/* Before anybody has chosen a language, what stands there twice is said by two voices. */
static void
test_two_voices (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanTestEar *ear = &fixture->ear;

  kouan_test_ear_plug_in (ear);
  settle (fixture);
  kouan_test_ear_go_to (ear, "zh-Hans\t请按您的语言开始\n+en\tPress your language to begin\n");
  kouan_test_ear_go_to (ear, "zh-Hans\t护照\n");
  kouan_test_ear_go_to (ear, "en\tYour passport\n");
  kouan_test_ear_go_to (ear, "zh-Hans\t开始\n+en\tStart\n+zh-Hans\t按钮。\n");
}

static void
pass (Fixture *fixture, int seconds)
{
  for (int i = 0; i < seconds; i++)
    {
      kouan_manual_clock_advance (KOUAN_MANUAL_CLOCK (fixture->clock), G_USEC_PER_SEC);
      kouan_shell_tick (fixture->shell);
    }
}

/* Settings stay with the visit, on every page and in every language, and not with the kiosk. */
static void
test_comfort_stays (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_preferences_set_text_size (fixture->preferences, KOUAN_TEXT_LARGE);
  kouan_preferences_set_theme (fixture->preferences, KOUAN_THEME_CONTRAST);
  kouan_session_send (fixture->session, KOUAN_EVENT_START);
  kouan_session_set_language (fixture->session, "zh-Hans");
  kouan_session_send (fixture->session, KOUAN_EVENT_NEXT);
  settle (fixture);
  g_assert_cmpint (kouan_preferences_get_text_size (fixture->preferences), ==, KOUAN_TEXT_LARGE);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture->window), "text-large"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture->window), "contrast"));
}

static void
test_comfort_is_forgotten (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_preferences_set_text_size (fixture->preferences, KOUAN_TEXT_LARGER);
  pass (fixture, KOUAN_IDLE_ASK_S - 2);
  g_assert_cmpint (kouan_preferences_get_text_size (fixture->preferences), ==, KOUAN_TEXT_LARGER);
  pass (fixture, 3);
  g_assert_cmpint (kouan_preferences_get_text_size (fixture->preferences), ==, KOUAN_TEXT_NORMAL);
}

static gboolean
keeps_page (Fixture *fixture)
{
  g_autoptr (KouanScreen) before = g_object_ref (kouan_shell_get_screen (fixture->shell));

  kouan_shell_refresh (fixture->shell);
  return kouan_shell_get_screen (fixture->shell) == before;
}

/* A finger that is on the page when the disk has been opened presses what it touched. */
static void
test_refresh (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_false (keeps_page (fixture));
  kouan_session_send (fixture->session, KOUAN_EVENT_START);
  g_assert_true (keeps_page (fixture));
}

/* What the next process image is left: a page that is painted, and the connection it came by. */
static void
test_farewell (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *frame = GTK_WIDGET (kouan_window_get_frame (fixture->window));
  GSocket *connection;
  g_autoptr (GError) error = NULL;
  int screen_fd;

  g_clear_object (&fixture->shell);
  kouan_window_open_language (fixture->window);
  while (
    !kouan_farewell_show (fixture->window)) /* a busy machine takes longer than a visitor waits */
    ;
  g_assert_null (kouan_window_get_panel (fixture->window));
  g_assert_false (gtk_widget_get_mapped (frame));
  screen_fd = kouan_farewell_leave_up (fixture->window);
  connection = g_socket_new_from_fd (dup (screen_fd), &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_socket_get_family (connection), ==, G_SOCKET_FAMILY_UNIX);
  g_assert_true (g_socket_is_connected (connection));
  g_object_unref (connection);
}

static gboolean
is_asked (Fixture *fixture, int seconds)
{
  pass (fixture, seconds);
  return kouan_window_get_panel (fixture->window) != NULL;
}

static void
test_more_time (Fixture *fixture, gconstpointer data)
{
  kouan_session_send (fixture->session, KOUAN_EVENT_START);
  kouan_preferences_set_has_voice (fixture->preferences, TRUE);
  g_object_set (fixture->preferences, data, TRUE, NULL);
  g_assert_false (is_asked (fixture, KOUAN_IDLE_ASK_S * KOUAN_IDLE_PATIENT - 2));
  g_assert_true (is_asked (fixture, 3));
}

static void
test_usual_time (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_session_send (fixture->session, KOUAN_EVENT_START);
  g_assert_true (is_asked (fixture, KOUAN_IDLE_ASK_S + 1));
}

static void
add_test (const char *path, gconstpointer data, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, data, set_up, test, tear_down);
}

/* A file without a name, as the process image before leaves it. */
static int
file_with (gconstpointer data, gsize size)
{
  int fd = memfd_create ("test", 0);

  g_assert_cmpint (write (fd, data, size), ==, (gssize)size);
  return fd;
}

static KouanSession *
nobody_s_session (Fixture *fixture)
{
  return kouan_session_new (fixture->station, fixture->clock, NULL, fixture->pixels);
}

/* The next person of a group: the language and the way of seeing are there before the first
 * picture, and the file is gone. */
static void
test_hand_over (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char text[] = "{\"version\":1,\"language\":\"fr\",\"service\":2,"
                             "\"shared\":{\"phone\":\"13100005550\"},\"numbers\":[\"1\"]}";
  g_autoptr (KouanSession) session = nobody_s_session (fixture);
  g_autoptr (KouanPreferences) preferences = kouan_preferences_new (KOUAN_THEME_LIGHT);
  g_autoptr (GVariant) packed = g_variant_ref_sink (
    g_variant_new ("(uubbbbuu@ay)", (guint32)KOUAN_TEXT_LARGER, (guint32)KOUAN_THEME_CONTRAST, TRUE,
                   FALSE, TRUE, FALSE, (guint32)KOUAN_PACE_NORMAL, (guint32)KOUAN_LOUDNESS_LOUD,
                   g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, text, strlen (text), 1)));
  int fd = file_with (g_variant_get_data (packed), g_variant_get_size (packed));
  int other = dup (fd);
  char left[64];

  g_assert_true (kouan_hand_over_read (fd, session, preferences));
  g_assert_cmpint (kouan_session_get_state (session), ==, KOUAN_STATE_CONSENT);
  g_assert_cmpstr (kouan_session_get_visit (session)->language, ==, "fr");
  g_assert_cmpuint (kouan_session_get_group_service (session), ==, 2);
  g_assert_cmpint (kouan_preferences_get_text_size (preferences), ==, KOUAN_TEXT_LARGER);
  g_assert_cmpint (kouan_preferences_get_theme (preferences), ==, KOUAN_THEME_CONTRAST);
  g_assert_true (kouan_preferences_get_low_reach (preferences));
  g_assert_true (kouan_preferences_get_more_time (preferences));
  g_assert_cmpint (kouan_preferences_get_loudness (preferences), ==, KOUAN_LOUDNESS_LOUD);
  g_assert_cmpint (fcntl (fd, F_GETFD), ==, -1);
  g_assert_cmpint (pread (other, left, sizeof left, 0), ==, sizeof left);
  for (guint i = 0; i < sizeof left; i++)
    g_assert_cmpint (left[i], ==, 0);
  close (other);
}

/* Anything else: a kiosk that waits for anybody. */
static void
test_no_hand_over (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (KouanSession) session = nobody_s_session (fixture);
  g_autoptr (KouanPreferences) preferences = kouan_preferences_new (KOUAN_THEME_LIGHT);
  g_autofree char *noise = g_strnfill (300, '\xa5');

  g_assert_cmpint (kouan_hand_over_write (session, preferences), ==, -1);
  g_assert_false (kouan_hand_over_read (file_with ("", 0), session, preferences));
  g_assert_false (kouan_hand_over_read (file_with (noise, 300), session, preferences));
  g_assert_cmpint (kouan_session_get_state (session), ==, KOUAN_STATE_ATTRACT);
  g_assert_cmpint (kouan_preferences_get_text_size (preferences), ==, KOUAN_TEXT_NORMAL);
}

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

  add_test ("/shell/by-ear", NULL, test_by_ear);
  add_test ("/shell/two-voices", HALL, test_two_voices);
  add_test ("/shell/comfort-stays", NULL, test_comfort_stays);
  add_test ("/shell/comfort-is-forgotten", NULL, test_comfort_is_forgotten);
  add_test ("/shell/farewell", NULL, test_farewell);
  add_test ("/shell/hand-over", NULL, test_hand_over);
  add_test ("/shell/no-hand-over", NULL, test_no_hand_over);
  add_test ("/shell/refresh", NULL, test_refresh);
  add_test ("/shell/usual-time", NULL, test_usual_time);
  add_test ("/shell/more-time", "more-time", test_more_time);
  add_test ("/shell/voice-has-more-time", "voice", test_more_time);
  return g_test_run ();
}
