/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/ctl.h"
#include "app/ctl/fields.h"
#include "app/ctl/programs.h"
#include "app/phone/phone-address.h"
#include "app/phone/phone.h"
#include "app/phone/protocol.h"
#include "app/phone/served-phone.h"
#include "app/pixels/sniff.h"

#include <glib-unix.h>

/* `kouanctl phone receive` does what the kiosk's page for phones does: serves the page for a while,
 * prints its address, and a line for each file that comes. What comes is written to a folder as it
 * is; nobody has looked into it, and `kouanctl document import` is for that. */

#define FILE_MODE 0600

typedef struct
{
  GMainLoop *loop;
  char *out;
  guint wanted;
  guint received;
  KouanExit answer;
} Receiving;

static const char *
suffix_of (GBytes *bytes)
{
  static const char *const suffixes[] = {
    [KOUAN_FILE_KIND_PDF] = "pdf",   [KOUAN_FILE_KIND_JPEG] = "jpg",
    [KOUAN_FILE_KIND_PNG] = "png",   [KOUAN_FILE_KIND_TIFF] = "tif",
    [KOUAN_FILE_KIND_WEBP] = "webp", [KOUAN_FILE_KIND_HEIC] = "heic",
  };
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  KouanFileKind kind = kouan_sniff (data, size);

  return kind < G_N_ELEMENTS (suffixes) && suffixes[kind] != NULL ? suffixes[kind] : "bin";
}

static void
end (Receiving *receiving, KouanExit answer)
{
  receiving->answer = answer;
  g_main_loop_quit (receiving->loop);
}

static void
on_address (KouanPhone *phone, GParamSpec *pspec G_GNUC_UNUSED, Receiving *receiving G_GNUC_UNUSED)
{
  g_autoptr (JsonBuilder) line = NULL;

  if (kouan_phone_get_address (phone) == NULL)
    return;
  line = json_builder_begin_object (json_builder_new ());
  kouan_ctl_add_text (line, "address", kouan_phone_get_address (phone));
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

static void
on_file (KouanPhone *phone G_GNUC_UNUSED, KouanPhoneFile *file, Receiving *receiving)
{
  g_autofree char *name
    = g_strdup_printf ("phone-%02u.%s", receiving->received + 1, suffix_of (file->bytes));
  g_autofree char *path = g_build_filename (receiving->out, name, NULL);
  g_autofree char *code = g_strdup_printf ("%04u", file->code);
  g_autoptr (JsonBuilder) line = json_builder_begin_object (json_builder_new ());
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents_full (path, g_bytes_get_data (file->bytes, NULL),
                                 (gssize)g_bytes_get_size (file->bytes),
                                 G_FILE_SET_CONTENTS_CONSISTENT, FILE_MODE, &error))
    {
      end (receiving, kouan_ctl_failed (error));
      return;
    }
  receiving->received++;
  kouan_ctl_add_text (line, "file", path);
  kouan_ctl_add_int (line, "bytes", (gint64)g_bytes_get_size (file->bytes));
  kouan_ctl_add_text (line, "code", code);
  kouan_ctl_add_int (line, "index", file->index);
  kouan_ctl_add_int (line, "count", file->count);
  json_builder_end_object (line);
  kouan_ctl_print (line);
  if (receiving->received == receiving->wanted)
    end (receiving, KOUAN_EXIT_OK);
}

static void
on_progress (KouanPhone *phone G_GNUC_UNUSED, double fraction, Receiving *receiving G_GNUC_UNUSED)
{
  g_printerr ("kouanctl: %3.0f %% of a file\n", fraction * 100);
}

static void
on_trouble (KouanPhone *phone G_GNUC_UNUSED, const GError *error, Receiving *receiving)
{
  g_printerr ("kouanctl: %s: %s\n", kouan_phone_error_title (error), error->message);
  if (g_error_matches (error, KOUAN_PHONE_ERROR, KOUAN_PHONE_ERROR_TIME_OVER))
    end (receiving, KOUAN_EXIT_NO);
  else if (!g_error_matches (error, KOUAN_PHONE_ERROR, KOUAN_PHONE_ERROR_CUT))
    end (receiving, KOUAN_EXIT_FAILED);
}

/* The answer to a key that interrupts: the page must not outlive this process, and does not. */
static gboolean
on_interrupted (gpointer data)
{
  end (data, KOUAN_EXIT_NO);
  return G_SOURCE_CONTINUE;
}

static KouanExit
receive (KouanPhone *phone, const char *language, Receiving *receiving)
{
  guint interrupted = g_unix_signal_add (SIGINT, on_interrupted, receiving);

  g_signal_connect (phone, "notify::address", G_CALLBACK (on_address), receiving);
  g_signal_connect (phone, "file", G_CALLBACK (on_file), receiving);
  g_signal_connect (phone, "progress", G_CALLBACK (on_progress), receiving);
  g_signal_connect (phone, "trouble", G_CALLBACK (on_trouble), receiving);
  receiving->loop = g_main_loop_new (NULL, FALSE);
  kouan_phone_start (phone, language);
  g_main_loop_run (receiving->loop);
  g_signal_handlers_disconnect_by_data (phone, receiving);
  kouan_phone_stop (phone);
  g_main_loop_unref (receiving->loop);
  g_source_remove (interrupted);
  return receiving->answer;
}

typedef struct
{
  char *listen;
  char *out;
  char *language;
  int count;
  int seconds;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->listen);
  g_free (options->out);
  g_free (options->language);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (int argc, char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, "An address of this machine",
      "http://IP:PORT" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options->out, "Where the files go", "DIR" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options->language, "What the page speaks", "TAG" },
    { "count", 0, 0, G_OPTION_ARG_INT, &options->count, "End after so many files", "N" },
    { "seconds", 0, 0, G_OPTION_ARG_INT, &options->seconds, "End after this time", "N" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, &argc, &argv, error);
}

static KouanExit
run (const Options *options)
{
  g_autofree char *program = kouan_ctl_find_phone ();
  g_autofree char *messages = kouan_ctl_find_messages ();
  g_autofree char *host = NULL;
  g_autoptr (KouanPhone) phone = NULL;
  Receiving receiving = { NULL, options->out, (guint)options->count, 0, KOUAN_EXIT_NO };
  guint port;

  if (!kouan_phone_parse_source (options->listen, &host, &port))
    return kouan_ctl_usage ("phone: --listen must be like http://192.168.4.1:8080");
  if (program == NULL)
    return KOUAN_EXIT_UNAVAILABLE;
  phone = kouan_served_phone_new (host, port, program, messages);
  kouan_served_phone_set_time (KOUAN_SERVED_PHONE (phone), (guint)options->seconds);
  return receive (phone, options->language != NULL ? options->language : "en", &receiving);
}

KouanExit
kouan_ctl_phone (int argc, char **argv)
{
  g_auto (Options) options = { NULL, NULL, NULL, 1, KOUAN_PHONE_TIME_S };
  g_autoptr (GError) error = NULL;

  if (argc < 2 || !g_str_equal (argv[1], "receive"))
    return kouan_ctl_usage ("phone: receive --listen http://IP:PORT --out DIR [--count N] "
                            "[--seconds N] [--language TAG]");
  if (!parse (argc - 1, argv + 1, &options, &error))
    return kouan_ctl_usage ("phone: %s", error->message);
  if (options.listen == NULL || options.out == NULL)
    return kouan_ctl_usage ("phone: receive needs --listen and --out");
  if (options.count < 1 || options.count > KOUAN_PHONE_FILES_MAX || options.seconds < 1
      || options.seconds > KOUAN_PHONE_TIME_MAX_S)
    return kouan_ctl_usage ("phone: --count is 1 to %d, --seconds 1 to %d", KOUAN_PHONE_FILES_MAX,
                            KOUAN_PHONE_TIME_MAX_S);
  return run (&options);
}
