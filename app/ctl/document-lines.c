/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "kouanctl"

#include "app/ctl/document-lines.h"

#include "app/ctl/fields.h"

static const char *const codes[] = {
  [KOUAN_PIXELS_ERROR_NOT_SUPPORTED] = "not-supported",
  [KOUAN_PIXELS_ERROR_TOO_LARGE] = "too-large",
  [KOUAN_PIXELS_ERROR_TOO_MANY_PAGES] = "too-many-pages",
  [KOUAN_PIXELS_ERROR_DAMAGED] = "damaged",
  [KOUAN_PIXELS_ERROR_ENCRYPTED_PDF] = "encrypted-pdf",
  [KOUAN_PIXELS_ERROR_TIMED_OUT] = "timed-out",
  [KOUAN_PIXELS_ERROR_FAILED] = "failed",
};

JsonBuilder *
kouan_ctl_document_line_new (const char *path)
{
  JsonBuilder *line = json_builder_new ();
  g_autofree char *shown = g_filename_display_name (path);

  json_builder_begin_object (line);
  kouan_ctl_add_text (line, "file", shown);
  return line;
}

static void
add_findings (JsonBuilder *line, KouanFindings findings)
{
  json_builder_set_member_name (line, "findings");
  json_builder_begin_array (line);
  for (guint bit = 1; bit <= KOUAN_FINDING_LAST; bit <<= 1)
    if (findings & bit)
      json_builder_add_string_value (line, kouan_finding_id (bit));
  json_builder_end_array (line);
}

void
kouan_ctl_document_line_add_pages (JsonBuilder *line, KouanDocument *document)
{
  json_builder_set_member_name (line, "pages");
  json_builder_begin_array (line);
  for (guint i = 0; i < kouan_document_get_count (document); i++)
    {
      const KouanJpeg *jpeg = kouan_document_get_nth (document, i)->jpeg;

      json_builder_begin_object (line);
      kouan_ctl_add_int (line, "width", jpeg->width);
      kouan_ctl_add_int (line, "height", jpeg->height);
      kouan_ctl_add_int (line, "dpi", jpeg->dpi);
      kouan_ctl_add_int (line, "bytes", (gint64)g_bytes_get_size (jpeg->bytes));
      add_findings (line, kouan_document_get_findings (document, i));
      json_builder_end_object (line);
    }
  json_builder_end_array (line);
}

/* @written: (nullable): where the PDF is, if anywhere */
void
kouan_ctl_document_line_add_pdf (JsonBuilder *line,
                                 GBytes *pdf,
                                 const KouanPdfFit *fit,
                                 const char *written)
{
  g_autofree char *shown = written != NULL ? g_filename_display_name (written) : NULL;

  json_builder_set_member_name (line, "pdf");
  json_builder_begin_object (line);
  kouan_ctl_add_text (line, "file", shown);
  kouan_ctl_add_int (line, "bytes", (gint64)g_bytes_get_size (pdf));
  kouan_ctl_add_int (line, "quality", fit->quality);
  kouan_ctl_add_int (line, "dpi", fit->dpi_max);
  json_builder_end_object (line);
}

void
kouan_ctl_document_line_end (JsonBuilder *line)
{
  json_builder_end_object (line);
  kouan_ctl_print (line);
}

/* A file that is refused is an answer; one that cannot be read, or no working kouan-pixels, is
 * none. */
static KouanExit
exit_of (const GError *error)
{
  if (error->domain == KOUAN_PDF_ERROR)
    return KOUAN_EXIT_NO;
  if (error->domain == KOUAN_PIXELS_ERROR && error->code != KOUAN_PIXELS_ERROR_FAILED)
    return KOUAN_EXIT_NO;
  return KOUAN_EXIT_FAILED;
}

KouanExit
kouan_ctl_document_line_end_with_error (JsonBuilder *line, const GError *error)
{
  g_printerr ("kouanctl: %s\n", error->message);
  if (error->domain == KOUAN_PIXELS_ERROR)
    {
      kouan_ctl_add_text (line, "error", codes[error->code]);
      kouan_ctl_add_text (line, "kind", kouan_file_kind_name (kouan_pixels_error_kind (error)));
      kouan_ctl_add_text (line, "title", kouan_pixels_error_title (error));
      kouan_ctl_add_text (line, "remedy", kouan_pixels_error_remedy (error));
    }
  else
    kouan_ctl_add_text (line, "error",
                        error->domain == KOUAN_PDF_ERROR ? "pdf-too-large" : "unreadable");
  kouan_ctl_document_line_end (line);
  return exit_of (error);
}

static void
add_number (JsonBuilder *line, const char *name, double value)
{
  json_builder_set_member_name (line, name);
  json_builder_add_double_value (line, value);
}

/* Prints a line. Returns: what is wrong with the page */
KouanFindings
kouan_ctl_document_print_measures (const char *path, guint number, KouanPage *page)
{
  g_autoptr (JsonBuilder) line = kouan_ctl_document_line_new (path);
  KouanMeasures measures;
  KouanFindings findings;

  kouan_quality_measure (page, &measures);
  findings = kouan_quality_judge (&measures);
  kouan_ctl_add_int (line, "page", number);
  kouan_ctl_add_int (line, "width", page->width);
  kouan_ctl_add_int (line, "height", page->height);
  kouan_ctl_add_int (line, "dpi", measures.dpi);
  kouan_ctl_add_int (line, "paper", measures.paper);
  kouan_ctl_add_int (line, "contrast", measures.contrast);
  add_number (line, "sharpness", measures.sharpness);
  add_findings (line, findings);
  kouan_ctl_document_line_end (line);
  return findings;
}
