/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/ctl.h"
#include "app/ctl/document-lines.h"
#include "app/ctl/programs.h"
#include "app/documents/document.h"

/* `kouanctl document import FILE…` does with a file what the kiosk does with it: pages, findings,
 * and the PDF that would go into the record. `kouanctl document check IMAGE…` says what a page
 * measures and what an officer would object to. A file is one line, or one line a page. */

#define FILE_MODE 0600

typedef struct
{
  char *out;
  char *pixels;
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
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options->out, "Where the PDFs go", "DIR" },
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

/* "papers/scan.final.jpg" becomes "DIR/scan.final.pdf". */
static char *
pdf_path (const char *folder, const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');
  g_autofree char *name = NULL;

  if (dot != NULL && dot != base)
    *dot = '\0';
  name = g_strconcat (base, ".pdf", NULL);
  return g_build_filename (folder, name, NULL);
}

static gboolean
write_pdf (const char *folder, const char *path, GBytes *pdf, char **written, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (pdf, &size);

  *written = pdf_path (folder, path);
  if (g_file_test (*written, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s is there already", *written);
      return FALSE;
    }
  return g_file_set_contents_full (*written, bytes, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT,
                                   FILE_MODE, error);
}

static KouanExit
import_file (KouanPixels *pixels, const Options *options, const char *path)
{
  g_autoptr (JsonBuilder) line = kouan_ctl_document_line_new (path);
  g_autoptr (KouanDocument) document = kouan_document_new ("import");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = load (path, &error);
  g_autoptr (GPtrArray) sheets = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *written = NULL;
  KouanPdfFit fit = { 0 };

  if (file != NULL)
    sheets = kouan_sheets_from_file (pixels, file, NULL, &error);
  if (sheets != NULL)
    pdf = kouan_sheets_to_pdf (sheets, pixels, KOUAN_PDF_SIZE_MAX, &fit, NULL, &error);
  if (pdf == NULL
      || (options->out != NULL && !write_pdf (options->out, path, pdf, &written, &error)))
    return kouan_ctl_document_line_end_with_error (line, error);
  for (guint i = 0; i < sheets->len; i++)
    kouan_document_add (document, g_ptr_array_index (sheets, i));
  kouan_ctl_document_line_add_pages (line, document);
  kouan_ctl_document_line_add_pdf (line, pdf, &fit, written);
  kouan_ctl_document_line_end (line);
  return KOUAN_EXIT_OK;
}

typedef struct
{
  const char *path;
  guint page;
  guint bad;
} Checking;

static gboolean
check_page (KouanPage *page, gpointer data)
{
  Checking *checking = data;

  if (kouan_ctl_document_print_measures (checking->path, ++checking->page, page)
      != KOUAN_FINDING_NONE)
    checking->bad++;
  return TRUE;
}

static KouanExit
check_file (KouanPixels *pixels, const Options *options G_GNUC_UNUSED, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = load (path, &error);
  Checking checking = { path, 0, 0 };

  if (file == NULL || !kouan_pixels_read (pixels, file, check_page, &checking, NULL, &error))
    {
      g_autoptr (JsonBuilder) line = kouan_ctl_document_line_new (path);

      return kouan_ctl_document_line_end_with_error (line, error);
    }
  return checking.bad > 0 ? KOUAN_EXIT_NO : KOUAN_EXIT_OK;
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
  return kouan_ctl_usage (
    "document import FILE… [--out DIR] [--pixels PATH] | document check IMAGE…");
}
