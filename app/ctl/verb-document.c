/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/ctl.h"
#include "app/ctl/document-lines.h"
#include "app/ctl/document-take.h"
#include "app/ctl/programs.h"
#include "app/documents/take.h"

/* `kouanctl document import FILE…` does with a file what the kiosk does with it: pages, findings,
 * and the PDF that would go into the record, one line a file. `kouanctl document check IMAGE…` says
 * what each page measures, what was done to make it readable and what an officer would object to,
 * one line a page; --out keeps the page that was made of it. --colour asks for what the catalogue
 * asks of a paper that is needed in colour, --zone for the machine readable zone of a travel
 * document's copy. */

#define FILE_MODE 0600

typedef struct
{
  char *out;
  char *pixels;
  gboolean colour;
  gboolean zone;
  char **files;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->out);
  g_free (options->pixels);
  g_strfreev (options->files);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (int argc, char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options->out, "Where PDFs and pictures go", "DIR" },
    { "colour", 0, 0, G_OPTION_ARG_NONE, &options->colour, "The paper is needed in colour", NULL },
    { "zone", 0, 0, G_OPTION_ARG_NONE, &options->zone, "It is a copy of a travel document", NULL },
    { "pixels", 0, 0, G_OPTION_ARG_FILENAME, &options->pixels, "Another kouan-pixels", "PATH" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->files, NULL, NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, &argc, &argv, error);
}

static GBytes *
load (const char *path, GError **error)
{
  char *contents;
  gsize size;

  if (!g_file_get_contents (path, &contents, &size, error))
    return NULL;
  return g_bytes_new_take (contents, size);
}

/* "papers/scan.final.jpg" becomes "DIR/scan.final" with @ending. */
static char *
path_in (const char *folder, const char *path, const char *ending)
{
  g_autofree char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');
  g_autofree char *name = NULL;

  if (dot != NULL && dot != base)
    *dot = '\0';
  name = g_strconcat (base, ending, NULL);
  return g_build_filename (folder, name, NULL);
}

/* Never over what is there. */
static gboolean
write_new (const char *path, GBytes *contents, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (contents, &size);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s is there already", path);
      return FALSE;
    }
  return g_file_set_contents_full (path, bytes, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT,
                                   FILE_MODE, error);
}

static GPtrArray *
read_takes (KouanPixels *pixels, const Options *options, const char *path, GError **error)
{
  g_autoptr (GBytes) file = load (path, error);
  KouanAsked asked = KOUAN_ASKED_NOTHING;

  if (file == NULL)
    return NULL;
  if (options->colour)
    asked |= KOUAN_ASKED_COLOUR;
  if (options->zone)
    asked |= KOUAN_ASKED_ZONE;
  return kouan_takes_from_file (pixels, file, asked, NULL, error);
}

/* Returns: (transfer full) (element-type KouanSheet) */
static GPtrArray *
sheets_of (const GPtrArray *takes)
{
  GPtrArray *sheets = g_ptr_array_new_with_free_func ((GDestroyNotify)kouan_sheet_unref);

  for (guint i = 0; i < takes->len; i++)
    g_ptr_array_add (sheets, kouan_sheet_ref (((KouanTake *)takes->pdata[i])->sheet));
  return sheets;
}

static KouanExit
import_file (KouanPixels *pixels, const Options *options, const char *path)
{
  g_autoptr (JsonBuilder) line = kouan_ctl_document_line_new (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) takes = read_takes (pixels, options, path, &error);
  g_autoptr (GPtrArray) sheets = takes != NULL ? sheets_of (takes) : NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *written = options->out != NULL ? path_in (options->out, path, ".pdf") : NULL;
  KouanPdfFit fit = { 0 };

  if (sheets != NULL)
    pdf = kouan_sheets_to_pdf (sheets, pixels, KOUAN_PDF_SIZE_MAX, &fit, NULL, &error);
  if (pdf == NULL || (written != NULL && !write_new (written, pdf, &error)))
    return kouan_ctl_document_line_end_with_error (line, error);
  kouan_ctl_document_line_add_pages (line, sheets);
  kouan_ctl_document_line_add_pdf (line, pdf, &fit, written);
  kouan_ctl_document_line_end (line);
  return KOUAN_EXIT_OK;
}

/* Returns: (transfer full) (nullable): where the picture of page @index goes */
static char *
picture_path (const Options *options, const char *path, guint index)
{
  g_autofree char *ending = g_strdup_printf ("-%u.jpg", index + 1);

  return options->out != NULL ? path_in (options->out, path, ending) : NULL;
}

static KouanExit
check_file (KouanPixels *pixels, const Options *options, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) takes = read_takes (pixels, options, path, &error);
  g_autoptr (GPtrArray) sheets = takes != NULL ? sheets_of (takes) : NULL;
  KouanFindings all = KOUAN_FINDING_NONE;

  for (guint i = 0; sheets != NULL && error == NULL && i < sheets->len; i++)
    {
      g_autofree char *written = picture_path (options, path, i);
      KouanFindings findings = kouan_sheets_findings (sheets, i);
      const KouanTake *take = g_ptr_array_index (takes, i);

      if (written != NULL && !write_new (written, take->sheet->jpeg->bytes, &error))
        break;
      kouan_ctl_document_print_take (path, i + 1, take, findings, written);
      all |= findings;
    }
  if (error != NULL)
    {
      g_autoptr (JsonBuilder) line = kouan_ctl_document_line_new (path);

      return kouan_ctl_document_line_end_with_error (line, error);
    }
  return all != KOUAN_FINDING_NONE ? KOUAN_EXIT_NO : KOUAN_EXIT_OK;
}

typedef KouanExit (*Work) (KouanPixels *pixels, const Options *options, const char *path);

static KouanExit
run (int argc, char **argv, Work work)
{
  g_auto (Options) options = { 0 };
  g_autoptr (KouanPixels) pixels = NULL;
  g_autoptr (GError) error = NULL;
  KouanExit worst = KOUAN_EXIT_OK;

  if (!parse (argc, argv, &options, &error))
    return kouan_ctl_usage ("document: %s", error->message);
  if (options.files == NULL)
    return kouan_ctl_usage ("document: which file?");
  pixels = options.pixels != NULL ? kouan_pixels_new (options.pixels) : kouan_ctl_pixels_new ();
  if (pixels == NULL)
    return KOUAN_EXIT_UNAVAILABLE;
  for (guint i = 0; options.files[i] != NULL; i++)
    {
      KouanExit answer = work (pixels, &options, options.files[i]);

      worst = MAX (worst, answer);
    }
  return worst;
}

KouanExit
kouan_ctl_document (int argc, char **argv)
{
  if (argc > 1 && g_str_equal (argv[1], "import"))
    return run (argc - 1, argv + 1, import_file);
  if (argc > 1 && g_str_equal (argv[1], "check"))
    return run (argc - 1, argv + 1, check_file);
  if (argc > 1 && g_str_equal (argv[1], "take"))
    return kouan_ctl_document_take (argc - 1, argv + 1);
  if (argc > 1 && g_str_equal (argv[1], "list"))
    return kouan_ctl_document_list (argc - 1, argv + 1);
  return kouan_ctl_usage (
    "document import|check FILE… [--out DIR] [--colour] [--zone] [--pixels PATH], "
    "document take --scanner|--camera SOURCE, document list --stick SOURCE");
}
