/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/speech/file-speech.h"
#include "tests/testlib/fixture.h"
#include "tests/ui/testkit/ear.h"
#include "tests/ui/testkit/picture.h"
#include "tests/ui/testkit/scenes.h"
#include "ui/voice/phrases.h"
#include "ui/voice/voice.h"
#include "ui/widgets/button.h"
#include "ui/widgets/camera-view.h"
#include "ui/widgets/choice-list.h"
#include "ui/widgets/field.h"
#include "ui/widgets/notice.h"
#include "ui/widgets/summary-list.h"
#include "ui/widgets/text.h"
#include "ui/window/comfort.h"
#include "ui/window/panels.h"

#include <glib/gstdio.h>
#include <string.h>

/* The kiosk by ear: what is written down is what would be heard. */

typedef struct
{
  KouanTestEar ear;
  KouanWindow *window;
  KouanPageFrame *frame;
} Fixture;

static void
settle (Fixture *fixture)
{
  kouan_test_wait_for_frame (GTK_WINDOW (fixture->window));
  kouan_voice_look (fixture->ear.voice);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  KouanSceneSettings settings = { .width = 1080, .height = 1920 };

  fixture->window = kouan_scene_window_new (kouan_scene_find (data), &settings);
  fixture->frame = kouan_window_get_frame (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  kouan_test_wait_for_frame (GTK_WINDOW (fixture->window));
  kouan_test_ear_open (&fixture->ear, fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_test_ear_close (&fixture->ear);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static void
press (Fixture *fixture, KouanVoiceKey key)
{
  kouan_test_ear_press (&fixture->ear, key);
}

static char *
hear (Fixture *fixture)
{
  return kouan_test_ear_hear (&fixture->ear);
}

static void
assert_heard (Fixture *fixture, const char *text)
{
  kouan_test_ear_assert_heard (&fixture->ear, text);
}

static void
assert_not_heard (Fixture *fixture, const char *text)
{
  g_autofree char *heard = hear (fixture);

  if (strstr (heard, text) != NULL)
    g_error ("\"%s\" was said: %s", text, heard);
}

static void
go_to (Fixture *fixture, const char *text)
{
  kouan_test_ear_go_to (&fixture->ear, text);
}

static gboolean
is_out (gpointer data)
{
  return !kouan_headphone_is_plugged (data);
}

static void
plug_in (Fixture *fixture)
{
  kouan_test_ear_plug_in (&fixture->ear);
}

/* Silent until somebody asks for it; then it says who it is and where one stands. */
static void
test_switched_on (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *nothing = hear (fixture);

  g_assert_cmpstr (nothing, ==, "");
  g_assert_false (kouan_voice_press (fixture->ear.voice, KOUAN_VOICE_KEY_NEXT));
  press (fixture, KOUAN_VOICE_KEY_REPEAT);
  g_assert_true (kouan_preferences_get_voice (kouan_window_get_preferences (fixture->window)));
  assert_heard (fixture, "The voice is on.");
  kouan_preferences_set_voice (kouan_window_get_preferences (fixture->window), FALSE);
  g_assert_false (kouan_voice_press (fixture->ear.voice, KOUAN_VOICE_KEY_NEXT));
}

static void
test_plugged_in (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *heard = NULL;

  plug_in (fixture);
  heard = hear (fixture);
  g_assert_nonnull (strstr (heard, "The voice is on."));
  g_assert_nonnull (strstr (heard, "2 of 7 · Identity"));
  g_assert_nonnull (strstr (heard, "How do you want to show who you are?"));
  g_assert_null (strstr (heard, "Plug in a headphone"));
}

/* Every widget that a finger could press is reached by the five keys and is said. */
static void
test_reaches (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  plug_in (fixture);
  kouan_test_ear_check_reaches (&fixture->ear);
}

static void
test_private (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *heard = NULL;

  press (fixture, KOUAN_VOICE_KEY_REPEAT);
  g_free (hear (fixture));
  for (guint i = 0; i < 30; i++)
    press (fixture, KOUAN_VOICE_KEY_NEXT);
  heard = hear (fixture);
  g_assert_nonnull (strstr (heard, "Passport number"));
  g_assert_null (strstr (heard, "L898902C3"));
  g_assert_null (strstr (heard, "ERIKSSON"));
  g_assert_nonnull (strstr (heard, "Plug in a headphone to hear this."));

  plug_in (fixture);
  go_to (fixture, "L898902C3");

  /* Nothing that was said in the headphone is said again to the hall. */
  g_unlink (fixture->ear.plug);
  kouan_test_wait_for (is_out, fixture->ear.headphone);
  g_free (hear (fixture));
  press (fixture, KOUAN_VOICE_KEY_REPEAT);
  assert_not_heard (fixture, "L898902C3");
}

/* A line that is not there yet is nothing to stop at. */
static void
test_blank (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  kouan_page_frame_set_body (fixture->frame, kouan_text_new (" "));
  press (fixture, KOUAN_VOICE_KEY_REPEAT);
  settle (fixture);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *heard = NULL;

      g_free (hear (fixture));
      press (fixture, KOUAN_VOICE_KEY_NEXT);
      heard = hear (fixture);
      g_assert_cmpstr (heard, !=, "");
    }
}

static void
test_numbers (void)
{
  g_autofree char *masked = kouan_phrase_without_numbers ("Room 12, call 13800001234 in 2026");
  g_autofree char *arabic = kouan_phrase_without_numbers ("رقم ١٢٣٤٥٦");

  g_assert_cmpstr (masked, ==, "Room 12, call a number in 2026");
  g_assert_null (strstr (arabic, "١٢٣"));
}

static void
test_cut_off (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;

  press (fixture, KOUAN_VOICE_KEY_REPEAT);
  g_free (hear (fixture));
  kouan_file_speech_set_endless (KOUAN_FILE_SPEECH (fixture->ear.speech), TRUE);
  press (fixture, KOUAN_VOICE_KEY_NEXT);
  first = hear (fixture);
  press (fixture, KOUAN_VOICE_KEY_NEXT);
  assert_heard (fixture, "-\n");

  /* "Repeat" is a pause while something is said, and says it anew after that. */
  press (fixture, KOUAN_VOICE_KEY_PREVIOUS);
  g_free (hear (fixture));
  press (fixture, KOUAN_VOICE_KEY_REPEAT);
  again = hear (fixture);
  g_assert_cmpstr (again, ==, "-\n");
  press (fixture, KOUAN_VOICE_KEY_REPEAT);
  assert_heard (fixture, first);
}

static void
test_chooses (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  press (fixture, KOUAN_VOICE_KEY_REPEAT);
  go_to (fixture, "Type the two lines");
  press (fixture, KOUAN_VOICE_KEY_CHOOSE);
  assert_heard (fixture, "Chosen.");
  go_to (fixture, "I have no passport with me");
  press (fixture, KOUAN_VOICE_KEY_CHOOSE);
  assert_heard (fixture, "Not available now.");
}

static void
on_event (GObject *object G_GNUC_UNUSED, guint *count)
{
  (*count)++;
}

static void
test_back (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint back = 0;

  g_signal_connect (fixture->frame, "back", G_CALLBACK (on_event), &back);
  press (fixture, KOUAN_VOICE_KEY_REPEAT);
  g_free (hear (fixture));
  kouan_window_open_accessibility (fixture->window);
  settle (fixture);
  assert_heard (fixture, "Make this easier to use");
  go_to (fixture, "Voice: how fast: Slow");
  press (fixture, KOUAN_VOICE_KEY_CHOOSE);
  assert_heard (fixture, "Chosen.");
  g_assert_cmpint (kouan_preferences_get_pace (kouan_window_get_preferences (fixture->window)), ==,
                   KOUAN_PACE_SLOW);
  press (fixture, KOUAN_VOICE_KEY_BACK);
  g_assert_null (kouan_window_get_panel (fixture->window));
  assert_heard (fixture, "How do you want to show who you are?");
  g_assert_cmpuint (back, ==, 0);
  press (fixture, KOUAN_VOICE_KEY_BACK);
  g_assert_cmpuint (back, ==, 1);
}

/* Louder and quieter, for this visit alone. */
static void
test_loudness (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanFileSpeech *speech = KOUAN_FILE_SPEECH (fixture->ear.speech);

  press (fixture, KOUAN_VOICE_KEY_REPEAT);
  g_free (hear (fixture));
  kouan_window_open_accessibility (fixture->window);
  settle (fixture);
  g_assert_cmpint (kouan_file_speech_get_loudness (speech), ==, KOUAN_LOUDNESS_NORMAL);
  go_to (fixture, "Voice: how loud: Loud");
  press (fixture, KOUAN_VOICE_KEY_CHOOSE);
  assert_heard (fixture, "Chosen.");
  g_assert_cmpint (kouan_file_speech_get_loudness (speech), ==, KOUAN_LOUDNESS_LOUD);
  go_to (fixture, "Voice: how loud: Quiet");
  press (fixture, KOUAN_VOICE_KEY_CHOOSE);
  g_assert_cmpint (kouan_file_speech_get_loudness (speech), ==, KOUAN_LOUDNESS_QUIET);
  kouan_preferences_reset (kouan_window_get_preferences (fixture->window));
  g_assert_cmpint (kouan_file_speech_get_loudness (speech), ==, KOUAN_LOUDNESS_NORMAL);
}

static KouanCameraView *
find_camera (GtkWidget *widget)
{
  KouanCameraView *found = KOUAN_IS_CAMERA_VIEW (widget) ? KOUAN_CAMERA_VIEW (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_camera (child);
  return found;
}

/* What the camera sees is said as it changes, also when nobody presses anything. */
static gboolean
has_grown (gpointer data)
{
  Fixture *fixture = data;
  GStatBuf file;

  return g_stat (fixture->ear.path, &file) == 0 && (gsize)file.st_size > fixture->ear.heard;
}

static void
test_camera (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  KouanCameraView *camera = find_camera (GTK_WIDGET (fixture->window));

  press (fixture, KOUAN_VOICE_KEY_REPEAT);
  assert_heard (fixture, "Hold it closer");
  kouan_camera_view_set_status (camera, KOUAN_NOTICE_WARNING, "Too dark");
  kouan_test_wait_for (has_grown, fixture);
  assert_heard (fixture, "Too dark");

  /* It waits for what a person asked to hear. */
  kouan_file_speech_set_endless (KOUAN_FILE_SPEECH (fixture->ear.speech), TRUE);
  press (fixture, KOUAN_VOICE_KEY_NEXT);
  g_free (hear (fixture));
  kouan_camera_view_set_status (camera, KOUAN_NOTICE_SUCCESS, "Got it");
  settle (fixture);
  assert_not_heard (fixture, "Got it");
  kouan_file_speech_finish (KOUAN_FILE_SPEECH (fixture->ear.speech));
  assert_heard (fixture, "Got it");
}

static void
test_alert (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  press (fixture, KOUAN_VOICE_KEY_REPEAT);
  g_free (hear (fixture));
  kouan_file_speech_set_endless (KOUAN_FILE_SPEECH (fixture->ear.speech), TRUE);
  press (fixture, KOUAN_VOICE_KEY_NEXT);
  g_free (hear (fixture));
  kouan_page_frame_set_body (fixture->frame,
                             kouan_notice_new (KOUAN_NOTICE_PROBLEM, "The scanner is jammed",
                                               "Open it, or use the camera."));
  settle (fixture);
  assert_heard (fixture, "Open it, or use the camera.");
}

/* From the field to a key and back, on what is said alone. */
static void
test_typing (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  plug_in (fixture);
  go_to (fixture, "Street and number\n+en\tField.");
  press (fixture, KOUAN_VOICE_KEY_CHOOSE);
  assert_heard (fixture, "A row of keys.");
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *heard = NULL;

      press (fixture, KOUAN_VOICE_KEY_NEXT);
      heard = hear (fixture);
      if (strstr (heard, "q, w, e") != NULL)
        break;
    }
  press (fixture, KOUAN_VOICE_KEY_CHOOSE);
  assert_heard (fixture, "en\tq\n");
  press (fixture, KOUAN_VOICE_KEY_NEXT);
  assert_heard (fixture, "en\tw\n");
  press (fixture, KOUAN_VOICE_KEY_CHOOSE);
  assert_heard (fixture, "en\tw\n");
  press (fixture, KOUAN_VOICE_KEY_BACK);
  assert_heard (fixture, "q, w, e");
  go_to (fixture, "Suzhouw");
}

/* A key that brings up other keys has typed nothing, and is no mistake. */
static void
test_layers (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *heard = NULL;

  plug_in (fixture);
  go_to (fixture, "Street and number\n+en\tField.");
  press (fixture, KOUAN_VOICE_KEY_CHOOSE);
  go_to (fixture, "A row of keys.\n+en\tDigits and signs");
  press (fixture, KOUAN_VOICE_KEY_CHOOSE);
  g_free (hear (fixture));
  press (fixture, KOUAN_VOICE_KEY_CHOOSE);
  heard = hear (fixture);
  g_assert_nonnull (strstr (heard, "A row of keys.\n+en\t1, 2, 3"));
  g_assert_null (strstr (heard, "That does not go here."));
  press (fixture, KOUAN_VOICE_KEY_NEXT);
  assert_heard (fixture, "A row of keys.");
}

/* Why an answer is refused is said at once, and again when it is refused again. */
static void
test_refused (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *field = kouan_field_new ("Your name", KOUAN_TEXT_NAME, 20);

  gtk_box_append (GTK_BOX (box), field);
  gtk_box_append (GTK_BOX (box), kouan_button_new (NULL, "Send it"));
  kouan_page_frame_set_body (fixture->frame, box);
  press (fixture, KOUAN_VOICE_KEY_REPEAT);
  settle (fixture);
  g_free (hear (fixture));
  kouan_field_set_problem (KOUAN_FIELD (field), "Type your name");
  settle (fixture);
  assert_heard (fixture, "Type your name");
  go_to (fixture, "Send it");
  g_free (hear (fixture));
  press (fixture, KOUAN_VOICE_KEY_CHOOSE);
  assert_heard (fixture, "Type your name");
}

/* The keys are explained in the language that somebody chose, and in English before that. */
static void
test_greets (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *heard = NULL;

  kouan_page_frame_set_body (fixture->frame, kouan_text_new ("Hello"));
  kouan_language_set (kouan_language_find ("zh-Hans"));
  press (fixture, KOUAN_VOICE_KEY_REPEAT);
  heard = hear (fixture);
  g_assert_nonnull (strstr (heard, "zh-Hans\t语音已打开。"));
  kouan_language_set (kouan_language_find ("fr"));
  settle (fixture);
  assert_heard (fixture, "fr\tLa voix est activée.");
  kouan_language_set (kouan_language_find ("en"));
}

/* To the hall it says that something was typed, and never what. */
static void
test_typing_aloud (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *heard = NULL;

  press (fixture, KOUAN_VOICE_KEY_REPEAT);
  go_to (fixture, "Street and number\n+en\tField.");
  press (fixture, KOUAN_VOICE_KEY_CHOOSE);
  press (fixture, KOUAN_VOICE_KEY_NEXT);
  press (fixture, KOUAN_VOICE_KEY_CHOOSE);
  press (fixture, KOUAN_VOICE_KEY_CHOOSE);
  heard = hear (fixture);
  g_assert_nonnull (strstr (heard, "Typed."));
  g_assert_nonnull (strstr (heard, "A key. Plug in a headphone to hear which."));
  g_assert_null (strstr (heard, "\tq\n"));
}

static void
test_keypad (void)
{
  KouanVoiceKeys keys;

  g_assert_true (kouan_voice_keys_parse (&keys, "F13, F14,KP_Enter,KP_0,KP_5"));
  g_assert_cmpint (kouan_voice_keys_find (&keys, GDK_KEY_F14), ==, KOUAN_VOICE_KEY_PREVIOUS);
  g_assert_cmpint (kouan_voice_keys_find (&keys, GDK_KEY_a), ==, KOUAN_VOICE_N_KEYS);
  g_assert_false (kouan_voice_keys_parse (&keys, "Down,Up,Return,Escape"));
  g_assert_false (kouan_voice_keys_parse (&keys, "Down,Up,Return,Escape,Down"));
  g_assert_false (kouan_voice_keys_parse (&keys, "Down,Up,Return,Escape,Nonsense"));
  g_assert_cmpint (kouan_voice_keys_find (&keys, GDK_KEY_Escape), ==, KOUAN_VOICE_KEY_BACK);
}

static void
add_test (const char *path, const char *scene, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, scene, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_autofree char *catalogues = NULL;
  guint count;
  const KouanScene *scenes = kouan_scenes (&count);

  gtk_test_init (&argc, &argv, NULL);
  catalogues = g_test_build_filename (G_TEST_BUILT, "..", "assets", "po", NULL);
  kouan_language_init (catalogues);
  kouan_style_load (gdk_display_get_default ());
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  add_test ("/voice/switched-on", "choices", test_switched_on);
  add_test ("/voice/plugged-in", "choices", test_plugged_in);
  add_test ("/voice/private", "summary", test_private);
  add_test ("/voice/cut-off", "choices", test_cut_off);
  add_test ("/voice/chooses", "choices", test_chooses);
  add_test ("/voice/back", "choices", test_back);
  add_test ("/voice/loudness", "choices", test_loudness);
  add_test ("/voice/camera", "camera", test_camera);
  add_test ("/voice/alert", "choices", test_alert);
  add_test ("/voice/typing", "fields", test_typing);
  add_test ("/voice/typing-aloud", "fields", test_typing_aloud);
  add_test ("/voice/layers", "fields", test_layers);
  add_test ("/voice/refused", "choices", test_refused);
  add_test ("/voice/greets", "choices", test_greets);
  add_test ("/voice/blank", "choices", test_blank);
  g_test_add_func ("/voice/numbers", test_numbers);
  g_test_add_func ("/voice/keypad", test_keypad);
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *path = g_strdup_printf ("/reaches/%s", scenes[i].name);

      add_test (path, scenes[i].name, test_reaches);
    }
  return g_test_run ();
}
