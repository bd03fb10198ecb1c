/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouan"

#include "app/board/device-set.h"
#include "app/clock/clock.h"
#include "app/language/language.h"
#include "app/record/outbox.h"
#include "ui/farewell.h"
#include "ui/first-run.h"
#include "ui/hand-over.h"
#include "ui/kouan-config.h"
#include "ui/harden/harden.h"
#include "ui/pages/screens.h"
#include "ui/shell.h"
#include "ui/style/style.h"
#include "ui/voice/voice.h"
#include "ui/widgets/language-picker.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* kouan, the kiosk: one process image a visit. This file wires, and only this file knows which
 * devices are real. The first picture is drawn before the disk and the devices are opened; the last
 * thing that a visit does is to replace this image by a fresh one, because toolkits copy what they
 * show and nobody can wipe what they copied. */

#define ASK_DEVICES_S 300
#define WARM_UP_MS 250 /* after the first picture and the devices */
#define OPEN_AGAIN_MS 200

static char *option_station;
static char *option_pixels;
static char *option_codes;
static char *option_scan;
static char *option_phone;
static char *option_voice;
static char *option_sync;
static char *option_messages;
static char *option_size;
static int option_startup_fd = -1;
static int option_group_fd = -1;
static int option_screen_fd = -1;
static gboolean option_once;
static gboolean option_setup;
static char *option_stick;

static const GOptionEntry options[] = {
  { "station", 0, 0, G_OPTION_ARG_FILENAME, &option_station, "The kiosk's folder", "FOLDER" },
  { "pixels", 0, 0, G_OPTION_ARG_FILENAME, &option_pixels, "The kouan-pixels program", "PROGRAM" },
  { "codes", 0, 0, G_OPTION_ARG_FILENAME, &option_codes, "The kouan-codes program", "PROGRAM" },
  { "scan", 0, 0, G_OPTION_ARG_FILENAME, &option_scan, "The kouan-scan program", "PROGRAM" },
  { "phone", 0, 0, G_OPTION_ARG_FILENAME, &option_phone, "The kouan-phone program", "PROGRAM" },
  { "voice", 0, 0, G_OPTION_ARG_FILENAME, &option_voice, "The kouan-voice program", "PROGRAM" },
  { "sync", 0, 0, G_OPTION_ARG_FILENAME, &option_sync, "The kouan-sync program", "PROGRAM" },
  { "messages", 0, 0, G_OPTION_ARG_FILENAME, &option_messages, "The folder of translations",
    "FOLDER" },
  { "size", 0, 0, G_OPTION_ARG_STRING, &option_size,
    "A window of this size in pixels in place of the full screen", "WxH" },
  { "startup-fd", 0, 0, G_OPTION_ARG_INT, &option_startup_fd,
    "Write one byte to this descriptor when the first picture is on the screen", "N" },
  { "group-fd", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &option_group_fd,
    "What the next person of a group begins with: from the process image before", "N" },
  { "screen-fd", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &option_screen_fd,
    "What keeps the last page of the process image before on the screen", "N" },
  { "once", 0, 0, G_OPTION_ARG_NONE, &option_once, "End after one visit in place of starting anew",
    NULL },
  { "setup", 0, 0, G_OPTION_ARG_NONE, &option_setup, "Make a kiosk of this machine, step by step",
    NULL },
  { "stick", 0, 0, G_OPTION_ARG_FILENAME, &option_stick, "With --setup: where a USB stick appears",
    "FOLDER" },
  { NULL },
};

typedef struct
{
  GMainLoop *loop;
  KouanStation *station;
  KouanClock *clock;
  KouanPixels *pixels;
  KouanSession *session;
  KouanKiosk *kiosk;
  KouanShell *shell;
  KouanVoice *voice; /* (nullable) */
  KouanWindow *window;
  gulong painted_handler;
  gboolean waits_for_store;
  gboolean failed; /* there is nothing to serve with */
} Program;

static KouanHeadphone *
headphone_for (Program *self)
{
  const char *source = kouan_station_get_value (self->station, "devices", "headphone");
  g_autoptr (GError) error = NULL;
  KouanHeadphone *headphone;

  if (source == NULL)
    return NULL;
  headphone = kouan_headphone_new_for_source (source, &error);
  if (headphone == NULL)
    g_message ("No headphone: %s", error->message);
  return headphone;
}

static void
on_voice_used (KouanVoice *voice G_GNUC_UNUSED, Program *self)
{
  kouan_idle_touch (kouan_kiosk_get_idle (self->kiosk));
}

static void
open_voice (Program *self)
{
  KouanSpeech *speech = kouan_device_set_get_speech (kouan_kiosk_get_devices (self->kiosk));
  const char *keypad = kouan_station_get_value (self->station, "devices", "keypad");
  g_autoptr (KouanHeadphone) headphone = headphone_for (self);
  KouanVoiceKeys keys;

  if (speech == NULL)
    return;
  if (!kouan_voice_keys_parse (&keys, keypad))
    g_message ("The five keys of the keypad are not \"%s\"", keypad);
  self->voice = kouan_voice_new (self->window, speech, headphone, &keys);
  g_signal_connect (self->voice, "used", G_CALLBACK (on_voice_used), self);
}

static void
open_devices (Program *self)
{
  KouanStaffGate *gate = kouan_kiosk_get_gate (self->kiosk);
  const KouanDevicePrograms programs
    = { option_scan != NULL ? option_scan : KOUAN_SCAN_PROGRAM,
        option_phone != NULL ? option_phone : KOUAN_PHONE_PROGRAM,
        option_voice != NULL ? option_voice : KOUAN_VOICE_PROGRAM,
        option_messages != NULL ? option_messages : KOUAN_MESSAGES_FOLDER };
  g_autoptr (KouanDeviceSet) devices
    = kouan_device_set_new (self->station, self->clock, self->pixels, &programs);

  kouan_device_set_open (devices, gate != NULL ? kouan_staff_gate_get_database (gate) : NULL);
  kouan_kiosk_set_devices (self->kiosk, devices);
  if (kouan_kiosk_get_camera (self->kiosk) != NULL)
    {
      g_autoptr (KouanOpticalReader) reader
        = kouan_optical_reader_new (kouan_kiosk_get_camera (self->kiosk), self->clock);

      kouan_kiosk_set_optical_reader (self->kiosk, reader);
    }
}

/* What devices lack is known before somebody stands there, and without a visit. */
static gboolean
on_ask_devices (gpointer data)
{
  Program *self = data;

  if (!kouan_flow_state_has_visitor (kouan_session_get_state (self->session)))
    kouan_device_set_refresh (kouan_kiosk_get_devices (self->kiosk));
  return G_SOURCE_CONTINUE;
}

/* What a crash or a power cut left is put right before anybody can submit. */
static gboolean
open_store (Program *self, GError **error)
{
  g_autoptr (KouanOutbox) outbox = kouan_outbox_new (self->station, self->clock);
  g_autoptr (KouanDatabase) db = kouan_outbox_open_database (outbox, error);
  g_autoptr (KouanStaffGate) gate = NULL;
  KouanOutboxRecovery done = { 0 };

  if (db == NULL || !kouan_outbox_recover (outbox, db, &done, error))
    return FALSE;
  kouan_session_set_store (self->session, db);
  gate = kouan_staff_gate_new (self->station, self->clock, db);
  kouan_staff_gate_settle (gate);
  kouan_kiosk_set_gate (self->kiosk, gate);
  return TRUE;
}

static void
announce_start (void)
{
  if (option_startup_fd < 0)
    return;
  if (write (option_startup_fd, "\n", 1) != 1)
    g_message ("Nobody waits for the first picture");
  close (option_startup_fd);
  option_startup_fd = -1;
}

static gboolean
open_catalogue (Program *self)
{
  g_autofree char *folder = kouan_station_path (self->station, KOUAN_STATION_CATALOGUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanCatalogue) catalogue
    = kouan_catalogue_load (folder, kouan_station_get_keyring (self->station), 0, &error);

  if (catalogue != NULL)
    kouan_session_set_catalogue (self->session, catalogue);
  else
    g_printerr ("kouan: %s\n", error->message);
  return catalogue != NULL;
}

/* The first press shows every language in its own script: their fonts are looked for and loaded
 * while nobody waits, by a page that nobody sees. */
static gboolean
on_warm_up (gpointer data)
{
  Program *self = data;
  g_auto (GStrv) classes = NULL;
  GtkWidget *picker;
  GtkWidget *unseen;

  if (kouan_flow_state_has_visitor (kouan_session_get_state (self->session)))
    return G_SOURCE_REMOVE;
  classes = gtk_widget_get_css_classes (GTK_WIDGET (self->window));
  picker = kouan_language_picker_new (1);
  unseen = gtk_window_new ();
  gtk_widget_set_css_classes (unseen, (const char **)classes);
  gtk_window_set_child (GTK_WINDOW (unseen), picker);
  gtk_widget_measure (picker, GTK_ORIENTATION_VERTICAL, -1, NULL, NULL, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (unseen));
  return G_SOURCE_REMOVE;
}

static void
show_trouble (Program *self, const GError *error)
{
  g_autoptr (KouanTrouble) trouble = kouan_trouble_from_error (error);

  kouan_screen_show_trouble (kouan_shell_get_screen (self->shell), trouble);
}

/* Without its store the kiosk takes nothing from anybody. Where another program has it, such as
 * kouanctl, that ends soon, and then there is nothing left to complain of. */
static gboolean
on_open (gpointer data)
{
  Program *self = data;
  g_autoptr (GError) error = NULL;
  gboolean opened = open_store (self, &error);

  if (!opened && g_error_matches (error, KOUAN_OUTBOX_ERROR, KOUAN_OUTBOX_ERROR_BUSY))
    {
      if (!self->waits_for_store)
        show_trouble (self, error);
      self->waits_for_store = TRUE;
      return G_SOURCE_CONTINUE;
    }
  open_devices (self);
  open_voice (self);
  kouan_shell_refresh (self->shell);
  on_ask_devices (self);
  g_timeout_add_seconds (ASK_DEVICES_S, on_ask_devices, self);
  g_timeout_add (WARM_UP_MS, on_warm_up, self);
  if (!opened)
    show_trouble (self, error);
  return G_SOURCE_REMOVE;
}

static gboolean
on_first_idle (gpointer data)
{
  Program *self = data;

  if (!open_catalogue (self))
    {
      self->failed = TRUE;
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }
  if (on_open (self))
    g_timeout_add (OPEN_AGAIN_MS, on_open, self);
  return G_SOURCE_REMOVE;
}

static void
on_painted (GdkFrameClock *clock, Program *self)
{
  g_signal_handler_disconnect (clock, self->painted_handler);
  kouan_farewell_take_down (gtk_widget_get_display (GTK_WIDGET (self->window)), option_screen_fd);
  option_screen_fd = -1;
  announce_start ();
  /* Before any press: without the store a press has no effect, and it would be lost. */
  g_idle_add_full (G_PRIORITY_HIGH, on_first_idle, self, NULL);
}

static void
on_realized (GtkWidget *window, Program *self)
{
  self->painted_handler = g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint",
                                            G_CALLBACK (on_painted), self);
}

static void
on_ended (KouanShell *shell G_GNUC_UNUSED, Program *self)
{
  g_main_loop_quit (self->loop);
}

static void
show_window (Program *self)
{
  g_autoptr (KouanPreferences) preferences = kouan_preferences_new (KOUAN_THEME_LIGHT);
  KouanWindow *window = kouan_window_new (preferences);
  const char *language = kouan_station_get_hall_language (self->station);
  int width, height;

  if (option_group_fd >= 0 && kouan_hand_over_read (option_group_fd, self->session, preferences))
    language = kouan_session_get_visit (self->session)->language;
  if (kouan_language_find (language) != NULL)
    kouan_language_set (kouan_language_find (language));
  kouan_window_set_language (window, kouan_language_current ());
  if (option_size != NULL && sscanf (option_size, "%dx%d", &width, &height) == 2)
    kouan_window_set_screen (window, width, height);
  else
    gtk_window_fullscreen (GTK_WINDOW (window));
  kouan_harden_window (GTK_WINDOW (window));
  self->window = window;
  self->shell = kouan_shell_new (self->kiosk, window);
  g_signal_connect (self->shell, "ended", G_CALLBACK (on_ended), self);
  g_signal_connect (window, "realize", G_CALLBACK (on_realized), self);
  gtk_window_present (GTK_WINDOW (window));
}

static gboolean
set_up (Program *self, GError **error)
{
  g_autoptr (KouanIdle) idle = NULL;

  self->clock = kouan_system_clock_new ();
  self->station = kouan_station_load (option_station, error);
  if (self->station == NULL)
    return FALSE;
  idle = kouan_idle_new (self->clock);
  self->pixels = kouan_pixels_new (option_pixels != NULL ? option_pixels : KOUAN_PIXELS_PROGRAM);
  self->session = kouan_session_new (self->station, self->clock, NULL, self->pixels);
  self->kiosk = kouan_kiosk_new (self->session, idle, self->pixels);
  kouan_kiosk_set_codes_program (self->kiosk,
                                 option_codes != NULL ? option_codes : KOUAN_CODES_PROGRAM);
  kouan_kiosk_set_sync_program (self->kiosk,
                                option_sync != NULL ? option_sync : KOUAN_SYNC_PROGRAM);
  return TRUE;
}

/* A window with the assistant alone; ends when the kiosk serves. */
static int
set_up_kiosk (void)
{
  const KouanDoctorPrograms programs
    = { option_pixels != NULL ? option_pixels : KOUAN_PIXELS_PROGRAM,
        option_codes != NULL ? option_codes : KOUAN_CODES_PROGRAM,
        option_scan != NULL ? option_scan : KOUAN_SCAN_PROGRAM,
        option_phone != NULL ? option_phone : KOUAN_PHONE_PROGRAM,
        option_voice != NULL ? option_voice : KOUAN_VOICE_PROGRAM,
        KOUAN_SYNC_PROGRAM };
  g_autoptr (KouanPreferences) preferences = kouan_preferences_new (KOUAN_THEME_LIGHT);
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  KouanWindow *window = kouan_window_new (preferences);
  int width, height;

  kouan_window_set_language (window, kouan_language_current ());
  if (option_size != NULL && sscanf (option_size, "%dx%d", &width, &height) == 2)
    kouan_window_set_screen (window, width, height);
  else
    gtk_window_fullscreen (GTK_WINDOW (window));
  kouan_harden_window (GTK_WINDOW (window));
  kouan_first_run_show (window, option_station,
                        option_stick != NULL ? option_stick : "/media/kiosk", &programs, clock,
                        loop);
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (loop);
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}

#define LEASHES_FROM (STDERR_FILENO + 1)
#define LEASHES_MAX 256

/* Pipes that were open when this image began, by the number of their descriptor. A compositor that
 * shows one program, such as cage, holds it by one: when its end is closed the program has gone,
 * and the compositor stops. The next image is still that program. */
static ino_t leashes[LEASHES_MAX];

static ino_t
pipe_at (int fd)
{
  struct stat file;

  return fstat (fd, &file) == 0 && S_ISFIFO (file.st_mode) ? file.st_ino : 0;
}

static void
find_leashes (void)
{
  for (int i = 0; i < LEASHES_MAX; i++)
    leashes[i] = pipe_at (LEASHES_FROM + i);
}

/* A number that has been given to another file since then is not kept. */
static void
keep_leashes (void)
{
  for (int i = 0; i < LEASHES_MAX; i++)
    if (leashes[i] != 0 && pipe_at (LEASHES_FROM + i) == leashes[i])
      fcntl (LEASHES_FROM + i, F_SETFD, 0);
}

/* Options that hold a descriptor for this process image alone. */
static const char *const inherited[] = { "--startup-fd", "--group-fd", "--screen-fd" };

static gboolean
is_inherited (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (inherited); i++)
    if (g_str_has_prefix (word, inherited[i]))
      return TRUE;
  return FALSE;
}

static void
hand_down (GStrvBuilder *builder, const char *option, int fd)
{
  g_autofree char *word = g_strdup_printf ("%s=%d", option, fd);

  if (fd >= 0)
    g_strv_builder_add (builder, word);
}

static void
keep (int fd)
{
  if (fd >= 0)
    fcntl (fd, F_SETFD, 0);
}

/* The same words again, without the descriptors that have been answered.
 *
 * @group_fd: for the next person of a group, or -1
 * @screen_fd: what keeps the last page on the screen, or -1 */
static void
replace_image (char **argv, int group_fd, int screen_fd)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  for (guint i = 0; argv[i] != NULL; i++)
    {
      if (!is_inherited (argv[i]))
        g_strv_builder_add (builder, argv[i]);
      else if (strchr (argv[i], '=') == NULL && argv[i + 1] != NULL)
        i++;
    }
  hand_down (builder, "--group-fd", group_fd);
  hand_down (builder, "--screen-fd", screen_fd);
  words = g_strv_builder_end (builder);
  close_range (STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
  keep_leashes ();
  keep (group_fd);
  keep (screen_fd);
  execv ("/proc/self/exe", words);
  g_printerr ("kouan: cannot start anew: %s\n", g_strerror (errno));
}

static gboolean
parse_options (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_set_summary (context, "The kiosk. See the README for how to set up a station.");
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_printerr ("kouan: %s\n", error->message);
  else if (option_station == NULL)
    g_printerr ("kouan: which station? Say --station FOLDER\n");
  else
    return TRUE;
  return FALSE;
}

/* What a screen reader and a test's own display are found by. */
static const char *const kept_variables[] = {
  "AT_SPI_BUS_ADDRESS",
  "DBUS_SESSION_BUS_ADDRESS",
  "GDK_BACKEND",
  "BROADWAY_DISPLAY",
  "GSK_RENDERER", /* Broadway shows nothing that cairo draws for it */
  "SANE_CONFIG_DIR",
  "GTK_A11Y",
  "G_DEBUG",
  NULL,
};

int
main (int argc, char **argv, char **environment)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (GError) error = NULL;
  Program program = { 0 };
  gboolean over, ends;
  int group_fd, screen_fd = -1;

  find_leashes ();
  kouan_harden_environment (environment, kept_variables);
  kouan_harden_process ();
  if (!parse_options (argc, argv))
    return 2;
  kouan_language_init (option_messages != NULL ? option_messages : KOUAN_MESSAGES_FOLDER);
  gtk_init ();
  kouan_style_load (gdk_display_get_default ());
  kouan_screens_init ();
  if (option_setup)
    return set_up_kiosk ();
  if (!set_up (&program, &error))
    {
      g_printerr ("kouan: %s\n", error->message);
      return 3;
    }
  program.loop = g_main_loop_new (NULL, FALSE);
  show_window (&program);
  g_main_loop_run (program.loop);
  kouan_harden_clear_clipboards (gdk_display_get_default ());
  over = kouan_shell_is_over (program.shell);
  group_fd = kouan_hand_over_write (program.session, kouan_window_get_preferences (program.window));
  ends = program.failed || over || (option_once && group_fd < 0);
  g_clear_object (&program.voice);
  g_clear_object (&program.shell);
  if (!ends && !kouan_farewell_show (program.window))
    g_message ("The last page was not painted; the screen is left empty");
  else if (!ends)
    screen_fd = kouan_farewell_leave_up (program.window);
  g_clear_object (&program.kiosk);
  g_clear_object (&program.session);
  if (ends)
    return program.failed ? 3 : 0;
  replace_image (words, group_fd, screen_fd);
  return 3;
}
