/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/ctl.h"
#include "app/ctl/fields.h"
#include "app/ctl/programs.h"
#include "app/ctl/store.h"
#include "app/language/language.h"
#include "app/speech/protocol.h"
#include "app/speech/voice-process.h"
#include "app/speech/voices.h"

/* kouanctl speech: what the kiosk would say, as sound in a file, and which voice says it. For a
 * technician who wants to hear a language before a hall does. */

#define RATE_WORDS_DEFAULT 160

typedef struct
{
  GMainLoop *loop;
  GByteArray *samples;
} Saying;

static void
on_samples (GBytes *samples, gpointer data)
{
  Saying *saying = data;

  if (samples == NULL)
    g_main_loop_quit (saying->loop);
  else
    g_byte_array_append (saying->samples, g_bytes_get_data (samples, NULL),
                         (guint)g_bytes_get_size (samples));
}

static void
append_number (GByteArray *file, guint32 value, guint size)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (file, (const guint8 *)&little, size);
}

/* RIFF: PCM, one channel, 16 bits. */
static gboolean
write_wave (const char *path, GByteArray *samples, GError **error)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();

  g_byte_array_append (file, (const guint8 *)"RIFF", 4);
  append_number (file, 36 + samples->len, 4);
  g_byte_array_append (file, (const guint8 *)"WAVEfmt ", 8);
  append_number (file, 16, 4);
  append_number (file, 1, 2);
  append_number (file, 1, 2);
  append_number (file, KOUAN_VOICE_RATE_HZ, 4);
  append_number (file, KOUAN_VOICE_RATE_HZ * 2, 4);
  append_number (file, 2, 2);
  append_number (file, 16, 2);
  g_byte_array_append (file, (const guint8 *)"data", 4);
  append_number (file, samples->len, 4);
  g_byte_array_append (file, samples->data, samples->len);
  return g_file_set_contents (path, (const char *)file->data, file->len, error);
}

static KouanExit
print_said (const char *language, const char *text, Saying *saying, const char *out)
{
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  g_autoptr (GError) error = NULL;

  if (out != NULL && !write_wave (out, saying->samples, &error))
    return kouan_ctl_failed (error);
  kouan_ctl_add_text (line, "language", language);
  kouan_ctl_add_text (line, "voice", kouan_voice_find (language));
  kouan_ctl_add_text (line, "text", text);
  kouan_ctl_add_int (line, "milliseconds",
                     saying->samples->len / 2 * G_GINT64_CONSTANT (1000) / KOUAN_VOICE_RATE_HZ);
  kouan_ctl_add_text (line, "file", out);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  return saying->samples->len > 0 ? KOUAN_EXIT_OK : KOUAN_EXIT_FAILED;
}

static KouanExit
say (const char *language, const char *text, int words_per_minute, const char *out)
{
  g_autofree char *program = kouan_ctl_find_voice ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GByteArray) samples = g_byte_array_new ();
  g_autoptr (KouanVoiceProcess) process = NULL;
  Saying saying = { loop, samples };

  if (kouan_voice_find (language) == NULL)
    return kouan_ctl_usage ("speech: there is no voice for \"%s\"", language);
  if (program == NULL)
    return KOUAN_EXIT_UNAVAILABLE;
  process = kouan_voice_process_new (program, on_samples, &saying);
  if (!kouan_voice_process_ask (process, language, text, (guint)words_per_minute))
    return KOUAN_EXIT_FAILED;
  g_main_loop_run (loop);
  return print_said (language, text, &saying, out);
}

static KouanExit
print_voices (void)
{
  static const char *const languages[]
    = { "en", "zh-Hans", "zh-Hant", "ru", "ko", "ja", "fr", "es", "pt", "ar", "hi", "vi" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());

      kouan_ctl_add_text (line, "language", languages[i]);
      kouan_ctl_add_text (line, "name", kouan_language_find (languages[i])->own_name);
      kouan_ctl_add_text (line, "voice", kouan_voice_find (languages[i]));
      json_builder_end_object (line);
      kouan_ctl_print (line);
    }
  return KOUAN_EXIT_OK;
}

KouanExit
kouan_ctl_speech (int argc, char **argv)
{
  g_autofree char *language = NULL;
  g_autofree char *out = NULL;
  int words_per_minute = RATE_WORDS_DEFAULT;
  const GOptionEntry entries[]
    = { { "language", 0, 0, G_OPTION_ARG_STRING, &language, "Of the text (en)", "TAG" },
        { "rate", 0, 0, G_OPTION_ARG_INT, &words_per_minute, "Words a minute (160)", "N" },
        { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "Where the sound goes, as WAV", "FILE" },
        G_OPTION_ENTRY_NULL };

  if (!kouan_ctl_parse ("speech", entries, &argc, &argv))
    return KOUAN_EXIT_USAGE;
  if (argc == 2 && g_str_equal (argv[1], "voices"))
    return print_voices ();
  if (argc == 3 && g_str_equal (argv[1], "say") && words_per_minute > 0)
    return say (language != NULL ? language : "en", argv[2], words_per_minute, out);
  return kouan_ctl_usage ("speech: say [--language TAG] [--rate N] [--out FILE.wav] TEXT | voices");
}
