/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/chip/chip-reader.h"
#include "app/chip/pcsc-transport.h"
#include "app/clock/date.h"
#include "app/ctl/ctl.h"
#include "app/ctl/fields.h"

#include <string.h>

/* kouanctl chip: which card readers there are, and what the chip of a travel document says. The
 * same reader as the kiosk's. */

#define USAGE                                                                                      \
  "chip read [--mrz LINE LINE [LINE] | --can DIGITS] [--reader NAME | --chip SOURCE] [--wait "     \
  "SECONDS] [--out DIR]; chip list"

static KouanExit
exit_of (int chip_error)
{
  switch (chip_error)
    {
    case KOUAN_CHIP_ERROR_SERVICE:
    case KOUAN_CHIP_ERROR_NO_READER:
      return KOUAN_EXIT_UNAVAILABLE;
    case KOUAN_CHIP_ERROR_READER:
      return KOUAN_EXIT_FAILED;
    default:
      return KOUAN_EXIT_NO;
    }
}

static KouanExit
list_readers (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) readers = kouan_pcsc_list_readers (&error);

  if (readers == NULL)
    {
      kouan_ctl_failed (error);
      return exit_of (error->code);
    }
  for (guint i = 0; i < readers->len; i++)
    {
      const KouanPcscReader *reader = readers->pdata[i];
      g_autoptr (JsonBuilder) line = json_builder_new ();

      json_builder_begin_object (line);
      kouan_ctl_add_text (line, "reader", reader->name);
      kouan_ctl_add_bool (line, "card", reader->has_card);
      json_builder_end_object (line);
      kouan_ctl_print (line);
    }
  return KOUAN_EXIT_OK;
}

/* One reading, while the main loop runs. */
typedef struct
{
  GMainLoop *loop;
  GCancellable *cancellable;
  KouanReadStage stage;
  int percent;
  KouanDocumentReading *reading; /* (nullable) */
  GError *error;                 /* (nullable) */
} Run;

static void
on_progress (KouanReadStage stage, double fraction, gpointer data)
{
  static const char *const words[]
    = { "waiting for a document", "opening the chip", "reading", "checking" };
  Run *run = data;
  int percent = fraction >= 0 ? (int)(fraction * 10) * 10 : -1;

  if (stage == run->stage && percent == run->percent)
    return;
  run->stage = stage;
  run->percent = percent;
  if (percent >= 0)
    g_printerr ("%s %d %%\n", words[stage], percent);
  else
    g_printerr ("%s\n", words[stage]);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  run->reading
    = kouan_document_reader_read_finish (KOUAN_DOCUMENT_READER (source), result, &run->error);
  g_main_loop_quit (run->loop);
}

static gboolean
on_patience_lost (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
run_reading (Run *run, KouanChipReader *reader, const KouanMrz *known, int wait_s)
{
  guint timeout
    = wait_s > 0 ? g_timeout_add_seconds ((guint)wait_s, on_patience_lost, run->cancellable) : 0;

  kouan_document_reader_read_async (KOUAN_DOCUMENT_READER (reader), known, on_progress, run,
                                    run->cancellable, on_read, run);
  g_main_loop_run (run->loop);
  if (timeout != 0 && !g_cancellable_is_cancelled (run->cancellable))
    g_source_remove (timeout);
}

static void
add_checks (JsonBuilder *line, KouanChecks *checks)
{
  json_builder_set_member_name (line, "checks");
  json_builder_begin_object (line);
  for (guint i = 0; i < kouan_checks_get_count (checks); i++)
    {
      const KouanCheck *check = kouan_checks_get_nth (checks, i);

      kouan_ctl_add_text (line, check->id, kouan_result_id (check->result));
    }
  json_builder_end_object (line);
}

static void
add_files (JsonBuilder *line, KouanDocumentReading *reading)
{
  json_builder_set_member_name (line, "files");
  json_builder_begin_object (line);
  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_FILES; file++)
    {
      const char *name = kouan_chip_file_info (file)->name;
      GBytes *content = kouan_document_reading_get_file (reading, name);

      if (content != NULL)
        kouan_ctl_add_int (line, name, (gint64)g_bytes_get_size (content));
    }
  json_builder_end_object (line);
}

static void
add_reading (JsonBuilder *line, KouanDocumentReading *reading)
{
  KouanMrz *mrz = kouan_document_reading_get_mrz (reading);

  json_builder_set_member_name (line, "lines");
  json_builder_begin_array (line);
  for (guint i = 0; i < KOUAN_MRZ_LINES_MAX && mrz->lines[i][0] != '\0'; i++)
    json_builder_add_string_value (line, mrz->lines[i]);
  json_builder_end_array (line);
  kouan_ctl_add_text (line, "document_number", mrz->document_number);
  add_files (line, reading);
  add_checks (line, kouan_document_reading_get_checks (reading));
}

static void
print_run (const Run *run, KouanChipReader *reader)
{
  const KouanChipDetails *details = kouan_chip_reader_get_details (reader);
  g_autoptr (JsonBuilder) line = json_builder_new ();

  json_builder_begin_object (line);
  kouan_ctl_add_bool (line, "read", run->reading != NULL);
  if (run->reading != NULL)
    add_reading (line, run->reading);
  else
    kouan_ctl_add_text (line, "error",
                        details->error >= 0 ? kouan_chip_error_id (details->error) : "cancelled");
  kouan_ctl_add_text (line, "access", kouan_chip_access_protocol_id (details->access));
  kouan_ctl_add_int (line, "commands", details->commands);
  kouan_ctl_add_int (line, "whole_ms", details->whole_us / 1000);
  kouan_ctl_add_int (line, "own_ms", details->own_us / 1000);
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

static gboolean
write_files (KouanDocumentReading *reading, const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s cannot be made", folder);
      return FALSE;
    }
  for (KouanChipFile file = 0; file < KOUAN_CHIP_N_FILES; file++)
    {
      const char *name = kouan_chip_file_info (file)->name;
      GBytes *content = kouan_document_reading_get_file (reading, name);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (content != NULL
          && !g_file_set_contents_full (path, g_bytes_get_data (content, NULL),
                                        (gssize)g_bytes_get_size (content),
                                        G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  GStrv lines;
  char *can;
  char *reader;
  char *chip;
  char *out;
  int wait_s;
} Options;

static void
options_clear (Options *self)
{
  g_strfreev (self->lines);
  g_free (self->can);
  g_free (self->reader);
  g_free (self->chip);
  g_free (self->out);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static KouanExit
finish (const Run *run, KouanChipReader *reader, const Options *options)
{
  g_autoptr (GError) error = NULL;
  KouanChecks *checks;

  print_run (run, reader);
  if (run->reading == NULL)
    {
      g_printerr ("kouanctl: %s\n", run->error->message);
      return exit_of (kouan_chip_reader_get_details (reader)->error);
    }
  if (options->out != NULL && !write_files (run->reading, options->out, &error))
    return kouan_ctl_failed (error);
  checks = kouan_document_reading_get_checks (run->reading);
  return kouan_checks_summary (checks, NULL) != KOUAN_RESULT_FAILED ? KOUAN_EXIT_OK : KOUAN_EXIT_NO;
}

static KouanExit
read_with (KouanChipReader *reader, const KouanMrz *known, const Options *options)
{
  Run run
    = { .loop = g_main_loop_new (NULL, FALSE), .cancellable = g_cancellable_new (), .percent = -2 };
  KouanExit code;

  run_reading (&run, reader, known, options->wait_s);
  code = finish (&run, reader, options);
  g_clear_pointer (&run.reading, kouan_document_reading_unref);
  g_clear_error (&run.error);
  g_object_unref (run.cancellable);
  g_main_loop_unref (run.loop);
  return code;
}

/* Zones may come as one text with "|" between the lines too. */
static GStrv
take_lines (int *argc, char **argv)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  int kept = 0;

  for (int i = 0; i < *argc; i++)
    {
      if (!g_str_equal (argv[i], "--mrz"))
        {
          argv[kept++] = argv[i];
          continue;
        }
      while (i + 1 < *argc && !g_str_has_prefix (argv[i + 1], "--"))
        {
          g_auto (GStrv) parts = g_strsplit (argv[++i], "|", KOUAN_MRZ_LINES_MAX);

          g_strv_builder_addv (lines, (const char **)parts);
        }
    }
  argv[kept] = NULL;
  *argc = kept;
  return g_strv_builder_end (lines);
}

static KouanMrz *
parse_lines (const Options *options, KouanClock *clock)
{
  GDate today;

  kouan_date_today (clock, &today);
  return kouan_mrz_parse ((const char *const *)options->lines, &today, NULL);
}

static KouanExit
read_chip (const Options *options)
{
  g_autoptr (KouanClock) clock = kouan_system_clock_new ();
  g_autofree char *source
    = options->chip != NULL
        ? g_strdup (options->chip)
        : g_strconcat ("pcsc:", options->reader != NULL ? options->reader : "", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KouanMrz) known = NULL;
  g_autoptr (KouanChipReader) reader = kouan_chip_reader_new_for_source (source, clock, &error);

  if (reader == NULL)
    return kouan_ctl_usage ("%s", error->message);
  if (!kouan_chip_reader_set_can (reader, options->can))
    return kouan_ctl_usage ("--can: the six digits on the card");
  if (options->lines[0] != NULL)
    {
      known = parse_lines (options, clock);
      if (known == NULL)
        return kouan_ctl_usage (
          "--mrz: lines that are none; kouanctl mrz parse says what is wrong");
    }
  return read_with (reader, known, options);
}

/* kouanctl chip read … | list */
KouanExit
kouan_ctl_chip (int argc, char **argv)
{
  g_auto (Options) options = { .lines = take_lines (&argc, argv) };
  const GOptionEntry entries[] = {
    { "can", 0, 0, G_OPTION_ARG_STRING, &options.can, "The number on the card", "DIGITS" },
    { "reader", 0, 0, G_OPTION_ARG_STRING, &options.reader, "A part of its name", "NAME" },
    { "chip", 0, 0, G_OPTION_ARG_STRING, &options.chip, "As kouan.conf has it", "SOURCE" },
    { "wait", 0, 0, G_OPTION_ARG_INT, &options.wait_s, "Give up after so long", "SECONDS" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, "Write the files here", "DIR" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return kouan_ctl_usage ("%s", error->message);
  if (argc == 2 && g_str_equal (argv[1], "list"))
    return list_readers ();
  if (argc != 2 || !g_str_equal (argv[1], "read"))
    return kouan_ctl_usage (USAGE);
  return read_chip (&options);
}
