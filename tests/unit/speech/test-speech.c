/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/speech/file-speech.h"
#include "app/speech/headphone.h"
#include "app/speech/protocol.h"
#include "app/speech/voice-process.h"
#include "app/speech/voices.h"
#include "tests/testlib/fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/input.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SOUND_MIN (KOUAN_VOICE_RATE_HZ / 4) /* samples: a quarter of a second */

static KouanUtterance *
utterance_of (const char *language, const char *text)
{
  KouanUtterance *utterance = kouan_utterance_new ();

  kouan_utterance_add (utterance, language, text);
  return utterance;
}

static void
test_utterance (void)
{
  g_autoptr (KouanUtterance) utterance = utterance_of ("en", "  two\nlines\t\n");
  g_autofree char *text = NULL;

  kouan_utterance_add (utterance, "ru", "   ");
  kouan_utterance_add (utterance, "ru", "слово");
  g_assert_cmpuint (kouan_utterance_get_count (utterance), ==, 2);
  g_assert_cmpstr (kouan_utterance_get (utterance, 0)->text, ==, "two lines");
  g_assert_cmpstr (kouan_utterance_get (utterance, 1)->language, ==, "ru");
  text = kouan_utterance_dup_text (utterance);
  g_assert_cmpstr (text, ==, "two lines слово");
}

static void
test_voice_names (void)
{
  g_assert_cmpstr (kouan_voice_find ("zh-Hant"), ==, "cmn");
  g_assert_cmpstr (kouan_voice_find ("yue-Hant-HK"), ==, "yue");
  g_assert_cmpstr (kouan_voice_find ("pt-BR"), ==, "pt-br");
  g_assert_cmpstr (kouan_voice_find ("RU"), ==, "ru");
  g_assert_null (kouan_voice_find ("tlh"));
  g_assert_null (kouan_voice_find ("fro")); /* not French */
}

static void
on_finished (KouanSpeech *speech G_GNUC_UNUSED, guint *count)
{
  (*count)++;
}

static gboolean
is_not_zero (gpointer data)
{
  return *(guint *)data > 0;
}

static void
test_written_down (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "spoken", NULL);
  g_autofree char *source = g_strconcat ("file:", path, NULL);
  g_autoptr (KouanSpeech) speech = kouan_speech_new_for_source (source, NULL, NULL);
  g_autoptr (KouanUtterance) first = utterance_of ("zh-Hans", "开始");
  g_autoptr (KouanUtterance) second = utterance_of ("en", "Back");
  g_autofree char *spoken = NULL;
  guint finished = 0;

  kouan_utterance_add (first, "en", "Start");
  g_signal_connect (speech, "finished", G_CALLBACK (on_finished), &finished);
  kouan_file_speech_set_endless (KOUAN_FILE_SPEECH (speech), TRUE);
  kouan_speech_say (speech, first, KOUAN_PACE_NORMAL);
  kouan_file_speech_set_endless (KOUAN_FILE_SPEECH (speech), FALSE);
  kouan_speech_say (speech, second, KOUAN_PACE_NORMAL);
  kouan_test_wait_for (is_not_zero, &finished);
  kouan_speech_stop (speech); /* nothing is being said: nothing is cut off */
  g_assert_cmpuint (finished, ==, 1);
  g_assert_true (g_file_get_contents (path, &spoken, NULL, NULL));
  g_assert_cmpstr (spoken, ==, "zh-Hans\t开始\n+en\tStart\n-\nen\tBack\n");
  kouan_test_folder_remove (folder);
}

static void
test_out_of_order (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "spoken", NULL);
  g_autoptr (KouanSpeech) speech = kouan_file_speech_new (path);
  g_autoptr (KouanUtterance) words = utterance_of ("en", "Back");
  g_autofree char *spoken = NULL;

  g_assert_cmpint (kouan_speech_get_state (speech), ==, KOUAN_DEVICE_READY);
  kouan_file_speech_set_failed (KOUAN_FILE_SPEECH (speech), TRUE);
  kouan_speech_say (speech, words, KOUAN_PACE_SLOW);
  g_assert_cmpint (kouan_speech_get_state (speech), ==, KOUAN_DEVICE_FAILED);
  g_assert_true (g_file_get_contents (path, &spoken, NULL, NULL));
  g_assert_cmpstr (spoken, ==, "");
  kouan_test_folder_remove (folder);
}

static void
test_sources (void)
{
  static const char *const wrong[] = { "file:", "espeak:", "espeak:nosuchelement", "sapi:x", "" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KouanSpeech) speech
        = kouan_speech_new_for_source (wrong[i], KOUAN_VOICE_PROGRAM, &error);

      g_assert_null (speech);
      g_assert_error (error, KOUAN_DEVICE_ERROR, KOUAN_DEVICE_ERROR_CONFIGURATION);
    }
}

typedef struct
{
  guint64 samples;
  guint64 loud;
  guint ended;
} Heard;

static void
on_samples (GBytes *bytes, gpointer data)
{
  Heard *heard = data;
  gsize size;
  const gint16 *samples;

  if (bytes == NULL)
    {
      heard->ended++;
      return;
    }
  samples = g_bytes_get_data (bytes, &size);
  for (gsize i = 0; i < size / sizeof *samples; i++)
    heard->loud += ABS (samples[i]) > 1000;
  heard->samples += size / sizeof *samples;
}

static gboolean
has_ended (gpointer data)
{
  return ((Heard *)data)->ended > 0;
}

static void
hear (KouanVoiceProcess *process, Heard *heard, const char *language, const char *text)
{
  *heard = (Heard){ 0 };
  g_assert_true (kouan_voice_process_ask (process, language, text, 160));
  kouan_test_wait_for (has_ended, heard);
}

/* One process speaks all languages of the kiosk. */
static void
test_speaks (void)
{
  static const char *const words[][2] = {
    { "en", "Show your appointment code" },
    { "zh-Hans", "请出示预约码" },
    { "zh-Hant", "請出示預約碼" },
    { "ru", "Покажите код записи" },
    { "ko", "예약 코드를 보여 주세요" },
    { "ja", "よやくコードをみせてください" },
    { "fr", "Montrez votre code" },
    { "es", "Muestre su código" },
    { "pt", "Mostre o seu código" },
    { "ar", "أظهر رمز الموعد" },
    { "hi", "अपना कोड दिखाएँ" },
    { "vi", "Hãy đưa mã hẹn" },
  };
  Heard heard = { 0 };
  g_autoptr (KouanVoiceProcess) process
    = kouan_voice_process_new (KOUAN_VOICE_PROGRAM, on_samples, &heard);
  g_autofree char *id = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      hear (process, &heard, words[i][0], words[i][1]);
      g_test_message ("%s: %.2f s", words[i][0], (double)heard.samples / KOUAN_VOICE_RATE_HZ);
      g_assert_cmpuint (heard.samples, >, SOUND_MIN);
      g_assert_cmpuint (heard.loud, >, SOUND_MIN / 10);
      if (id == NULL)
        id = g_strdup (kouan_voice_process_get_id (process));
      g_assert_cmpstr (kouan_voice_process_get_id (process), ==, id);
    }
  hear (process, &heard, "tlh", "nuqneH");
  g_assert_cmpuint (heard.samples, ==, 0);
}

/* Slower is longer. */
static void
test_pace (void)
{
  Heard heard = { 0 };
  g_autoptr (KouanVoiceProcess) process
    = kouan_voice_process_new (KOUAN_VOICE_PROGRAM, on_samples, &heard);
  guint64 normal;

  hear (process, &heard, "en", "Show the page with your photo");
  normal = heard.samples;
  heard = (Heard){ 0 };
  g_assert_true (kouan_voice_process_ask (process, "en", "Show the page with your photo", 115));
  kouan_test_wait_for (has_ended, &heard);
  g_assert_cmpuint (heard.samples, >, normal * 12 / 10);
}

/* What is asked for later is heard alone, however much was on its way. */
static void
test_cut_off (void)
{
  g_autofree char *long_text = g_strnfill (KOUAN_VOICE_TEXT_MAX + 100, 'a');
  Heard heard = { 0 };
  g_autoptr (KouanVoiceProcess) process
    = kouan_voice_process_new (KOUAN_VOICE_PROGRAM, on_samples, &heard);

  for (gsize i = 3; i < strlen (long_text); i += 4)
    long_text[i] = ' ';
  g_assert_true (kouan_voice_process_ask (process, "en", long_text, 160));
  hear (process, &heard, "en", "Yes");
  g_assert_cmpuint (heard.ended, ==, 1);
  g_assert_cmpuint (heard.samples, <, 3 * KOUAN_VOICE_RATE_HZ);
}

/* A text that kills the process costs that text. */
static void
test_death (void)
{
  Heard heard = { 0 };
  g_autoptr (KouanVoiceProcess) process
    = kouan_voice_process_new (KOUAN_VOICE_PROGRAM, on_samples, &heard);
  pid_t pid;

  hear (process, &heard, "en", "Before");
  pid = (pid_t)atoi (kouan_voice_process_get_id (process));
  heard = (Heard){ 0 };
  kill (pid, SIGSTOP);
  g_assert_true (kouan_voice_process_ask (process, "en", "Never heard", 160));
  kill (pid, SIGKILL);
  kouan_test_wait_for (has_ended, &heard);
  g_assert_cmpuint (heard.samples, ==, 0);
  hear (process, &heard, "en", "After");
  g_assert_cmpuint (heard.samples, >, SOUND_MIN);
}

/* Two languages in one sentence, through GStreamer into a file. */
static void
test_whole_way (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "sound", NULL);
  g_autofree char *source = g_strdup_printf ("espeak:filesink location=%s", path);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanSpeech) speech
    = kouan_speech_new_for_source (source, KOUAN_VOICE_PROGRAM, &error);
  g_autoptr (KouanUtterance) words = utterance_of ("ru", "Русский");
  guint finished = 0;
  GStatBuf file;

  g_assert_no_error (error);
  kouan_utterance_add (words, "fr", "Français");
  g_signal_connect (speech, "finished", G_CALLBACK (on_finished), &finished);
  kouan_speech_say (speech, words, KOUAN_PACE_NORMAL);
  kouan_test_wait_for (is_not_zero, &finished);
  g_assert_cmpint (kouan_speech_get_state (speech), ==, KOUAN_DEVICE_READY);
  g_assert_cmpint (g_stat (path, &file), ==, 0);
  g_assert_cmpint (file.st_size, >, 4 * SOUND_MIN);
  kouan_test_folder_remove (folder);
}

/* Returns: the greatest amplitude of what is said into a file with this loudness */
static int
peak_at (const char *folder, KouanLoudness loudness)
{
  g_autofree char *path = g_strdup_printf ("%s/sound-%d", folder, (int)loudness);
  g_autofree char *source = g_strdup_printf ("espeak:filesink location=%s", path);
  g_autoptr (KouanSpeech) speech = kouan_speech_new_for_source (source, KOUAN_VOICE_PROGRAM, NULL);
  g_autoptr (KouanUtterance) words = utterance_of ("en", "How loud is this?");
  g_autofree char *sound = NULL;
  guint finished = 0;
  gsize size;
  int peak = 0;

  g_signal_connect (speech, "finished", G_CALLBACK (on_finished), &finished);
  kouan_speech_set_loudness (speech, loudness);
  kouan_speech_say (speech, words, KOUAN_PACE_NORMAL);
  kouan_test_wait_for (is_not_zero, &finished);
  g_assert_true (g_file_get_contents (path, &sound, &size, NULL));
  for (gsize i = 0; i + 1 < size; i += 2)
    {
      gint16 sample;

      memcpy (&sample, sound + i, sizeof sample);
      peak = MAX (peak, ABS ((int)sample));
    }
  return peak;
}

static void
test_loudness (void)
{
  char *folder = kouan_test_folder_new ();
  int quiet = peak_at (folder, KOUAN_LOUDNESS_QUIET);
  int normal = peak_at (folder, KOUAN_LOUDNESS_NORMAL);
  int loud = peak_at (folder, KOUAN_LOUDNESS_LOUD);

  g_test_message ("peaks: %d, %d, %d", quiet, normal, loud);
  g_assert_cmpint (quiet, >, 500);
  g_assert_cmpint (normal, >, quiet * 2);
  g_assert_cmpint (loud, >, normal * 19 / 10);
  kouan_test_folder_remove (folder);
}

/* A sound card that is not there is said once and holds nothing up. */
static void
test_no_sound_card (void)
{
  g_autoptr (KouanSpeech) speech = kouan_speech_new_for_source (
    "espeak:filesink location=/nowhere/at/all", KOUAN_VOICE_PROGRAM, NULL);
  g_autoptr (KouanUtterance) words = utterance_of ("en", "Nobody hears this");
  guint finished = 0;

  g_signal_connect (speech, "finished", G_CALLBACK (on_finished), &finished);
  kouan_speech_say (speech, words, KOUAN_PACE_NORMAL);
  kouan_test_wait_for (is_not_zero, &finished);
  g_assert_cmpint (kouan_speech_get_state (speech), ==, KOUAN_DEVICE_FAILED);
}

typedef struct
{
  KouanHeadphone *headphone;
  gboolean wanted;
} Plug;

static gboolean
is_as_wanted (gpointer data)
{
  Plug *plug = data;

  return kouan_headphone_is_plugged (plug->headphone) == plug->wanted;
}

static void
test_headphone_file (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "plugged", NULL);
  g_autofree char *source = g_strconcat ("file:", path, NULL);
  g_autoptr (KouanHeadphone) headphone = kouan_headphone_new_for_source (source, NULL);
  Plug plug = { headphone, TRUE };

  g_assert_false (kouan_headphone_is_plugged (headphone));
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  kouan_test_wait_for (is_as_wanted, &plug);
  g_unlink (path);
  plug.wanted = FALSE;
  kouan_test_wait_for (is_as_wanted, &plug);
  kouan_test_folder_remove (folder);
}

static void
send_event (int fd, guint16 type, guint16 code, gint32 value)
{
  struct input_event event = { .type = type, .code = code, .value = value };

  g_assert_cmpint (write (fd, &event, sizeof event), ==, sizeof event);
}

/* The kernel's own records, through a pipe: this machine has no jack. */
static void
test_headphone_jack (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "event", NULL);
  g_autofree char *source = g_strconcat ("jack:", path, NULL);
  g_autoptr (KouanHeadphone) headphone = NULL;
  Plug plug = { NULL, TRUE };
  int fd;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  headphone = kouan_headphone_new_for_source (source, NULL);
  plug.headphone = headphone;
  fd = g_open (path, O_WRONLY, 0);
  send_event (fd, EV_SW, SW_LID, 1);
  send_event (fd, EV_SW, SW_HEADPHONE_INSERT, 1);
  kouan_test_wait_for (is_as_wanted, &plug);
  send_event (fd, EV_SW, SW_HEADPHONE_INSERT, 0);
  plug.wanted = FALSE;
  kouan_test_wait_for (is_as_wanted, &plug);
  send_event (fd, EV_SW, SW_HEADPHONE_INSERT, 1);
  plug.wanted = TRUE;
  kouan_test_wait_for (is_as_wanted, &plug);
  close (fd); /* the keypad is pulled out, and the headphone with it */
  plug.wanted = FALSE;
  kouan_test_wait_for (is_as_wanted, &plug);
  kouan_test_folder_remove (folder);
}

static void
test_headphone_sources (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanHeadphone) absent = kouan_headphone_new_for_source ("jack:/dev/nothing", NULL);

  g_assert_false (kouan_headphone_is_plugged (absent));
  g_assert_null (kouan_headphone_new_for_source ("jack:relative", &error));
  g_assert_error (error, KOUAN_DEVICE_ERROR, KOUAN_DEVICE_ERROR_CONFIGURATION);
}

static void
test_kouanctl (void)
{
  char *folder = kouan_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "sound.wav", NULL);
  const char *words[] = { KOUAN_CTL_PROGRAM,    "speech", "say", "--language", "fr", "--out", path,
                          "Montrez votre code", NULL };
  g_autofree char *answer = NULL;
  g_autofree char *wave = NULL;
  gsize size;
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **)words, NULL, G_SPAWN_DEFAULT, NULL, NULL, &answer,
                               NULL, &status, NULL));
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_assert_nonnull (strstr (answer, "\"voice\":\"fr\""));
  g_assert_true (g_file_get_contents (path, &wave, &size, NULL));
  g_assert_cmpint (memcmp (wave, "RIFF", 4), ==, 0);
  g_assert_cmpuint (size, >, 44 + SOUND_MIN * sizeof (gint16));
  kouan_test_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/speech/utterance", test_utterance);
  g_test_add_func ("/speech/voice-names", test_voice_names);
  g_test_add_func ("/speech/written-down", test_written_down);
  g_test_add_func ("/speech/out-of-order", test_out_of_order);
  g_test_add_func ("/speech/sources", test_sources);
  g_test_add_func ("/speech/speaks", test_speaks);
  g_test_add_func ("/speech/pace", test_pace);
  g_test_add_func ("/speech/cut-off", test_cut_off);
  g_test_add_func ("/speech/death", test_death);
  g_test_add_func ("/speech/whole-way", test_whole_way);
  g_test_add_func ("/speech/loudness", test_loudness);
  g_test_add_func ("/speech/no-sound-card", test_no_sound_card);
  g_test_add_func ("/headphone/file", test_headphone_file);
  g_test_add_func ("/headphone/jack", test_headphone_jack);
  g_test_add_func ("/headphone/sources", test_headphone_sources);
  g_test_add_func ("/speech/kouanctl", test_kouanctl);
  return g_test_run ();
}
